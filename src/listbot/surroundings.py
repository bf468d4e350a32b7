"""What stands around a word of prose and says that it is none: a name, an address, an abbreviation.

Nobody knows all names from dictionaries, but names stand in company: other names, small words of other languages,
hosts, full stops behind each word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot import lexicon, tables
from listbot.document import Document
from listbot.prose_words import ProseWord

_REACH = 40
_NAME_BEFORE = re.compile(r"(?<![\w'’-])([A-Z][a-z]*)\.?[,;&]? *\Z")
_NAME_BEHIND = re.compile(r"[,;&]? +(?:and )?([A-Z][a-z]*)(?![\w'’-])")
_BY = re.compile(r"(?:\b[Bb]y |\)[*_]{0,2} ?[-–—:]+ )(?:[A-Z](?:[a-z]+|\.) ){1,2}\Z")
"""Before the last name of somebody: who wrote it, or all that is said of it."""
_NAME_ENDS = re.compile(r"\.?[ \t]*(?:$|[,;])|,? (?:and|&) [A-Z]", re.MULTILINE)
_WORD_BEFORE = re.compile(r"([^\W\d_]+) \Z")
_WORD_BEHIND = re.compile(r" ([^\W\d_]+)")
_NO_ENGLISH = re.compile(r"[\u00c0-\u024f]")
"""A letter that English has in words of other languages only."""
_SHORT_BEFORE = re.compile(r"\b[A-Z][a-z]*\. \Z")
_SHORT_BEHIND = re.compile(r"\. ?(?:[A-Z][a-z]|[^ A-Za-z]|$)", re.MULTILINE)
"""Around a word of an abbreviated name: `Trans. Sci. Songs`."""
_LETTER_BEHIND = re.compile(r" ([A-Za-z])(?= (?:and|etc|or)\b|[^\w ]|$)", re.MULTILINE)
_AT_HOST = re.compile(r" (?:at|AT|[(\[]at[)\]]) (?:[\w-]+(?:\.| dot | ?[(\[]dot[)\]] ?))+[a-z]{2,12}(?![\w/])")
"""Behind the name in an address of mail that programs are to take for none: `ada at lark.example`."""
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]")
_LETTER_OR_COLON = re.compile(r"[^\W\d_]|[:：]")
_CAPITALISED = re.compile(r"[A-Z][a-z]+")


def tell_a_name(document: Document, word: ProseWord) -> bool:
    """Whether a word is part of a journal's abbreviated name, of somebody's address or of a name with a letter, or one
    of those that its entry's name is made of."""
    text = document.source.text
    if word.text.istitle() and _is_shortened(text, word):
        return True
    letter = _LETTER_BEHIND.match(text, word.span.end)
    if letter is not None and [word.text.lower(), letter[1].lower()] in tables.load("spelling")["lettered"]:
        return True
    return _AT_HOST.match(text, word.span.end) is not None or word.text.lower() in _parts_of_title(document, word)


def are_names(text: str, word: ProseWord) -> bool:
    """Whether a neighbour has a capital and is no word, `Yufeng Chen, Changqing Zou`, or somebody is named where lists
    name who wrote something: `- Ada Larke.`"""
    if _BY.search(text, max(0, word.span.start - _REACH), word.span.start) and _NAME_ENDS.match(text, word.span.end):
        return True
    before = _NAME_BEFORE.search(text, max(0, word.span.start - _REACH), word.span.start)
    behind = _NAME_BEHIND.match(text, word.span.end)
    return any(found is not None and lexicon.rank(found[1].lower()) is None for found in (before, behind))


def are_foreign(text: str, word: ProseWord) -> bool:
    """Whether a neighbour is of another language: `École de Technologie Supérieure`."""
    before = _WORD_BEFORE.search(text, max(0, word.span.start - _REACH), word.span.start)
    behind = _WORD_BEHIND.match(text, word.span.end)
    neighbours = [found[1] for found in (before, behind) if found is not None]
    return any(one in tables.load("spelling")["foreign"] or _NO_ENGLISH.search(one) for one in neighbours)


def _is_shortened(text: str, word: ProseWord) -> bool:
    """Whether the word before has a full stop as this one has."""
    before = _SHORT_BEFORE.search(text, max(0, word.span.start - _REACH), word.span.start)
    return before is not None and _SHORT_BEHIND.match(text, word.span.end) is not None


def is_alone(document: Document, word: ProseWord) -> bool:
    """Whether an item, and no heading, is one word: the name of something. With a colon it speaks of what follows."""
    text = document.source.text
    line = document.source.line_span(document.source.line_of(word.span.start))
    if _ITEM.match(text, *line) is None or document.in_heading(word.span.start):
        return False
    return _LETTER_OR_COLON.search(text[line.start : word.span.start] + text[word.span.end : line.end]) is None


def _parts_of_title(document: Document, word: ProseWord) -> Iterator[str]:
    """The words that the name of the entry is grown together of, in lower case: `TheHappieCat`."""
    entry = document.entry_at(word.span.start)
    if entry is not None and (title := entry.spans.title) is not None:
        yield from (part.lower() for part in _CAPITALISED.findall(document.source[title]))
