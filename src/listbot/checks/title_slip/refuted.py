"""Words of titles that the entry itself, or the rest of the list, refutes.

Nobody knows from a dictionary how systems are called. But where a word is none, stands once in the whole list, and lies
one slip from a word of the same entry, or from one that many titles have, it is a slip; and so is a name that its link
leads to by one letter otherwise. Names that are coined stand before a colon, and are not judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from listbot import lexicon, slips, tables
from listbot.document import Document, Entry
from listbot.lexicon import Near
from listbot.source import Span

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 6
_MIDDLING = 7
_LONG = 8
_VERY_LONG = 10
_BEHIND = re.compile(r"[*_]{1,3}\w|[*_\"”]{0,3}(:)[*_]{0,3} ?\S")
_PHRASE = re.compile(r"[A-Za-z] \Z")
_BEHIND_IT = re.compile(r" ([^\W\d_]+)")
_PART_BEFORE = re.compile(r"(?:[-/_.})\]]|\w[*_]{1,3})\Z")
_PART_BEHIND = frozenset("-/_")
_FEWEST_WORDS = 3
"""A title of fewer words may be a name."""
_FEW, _SOME = 3, 5
"""So many titles of the list have a word that another one lacks by a slip, plain or not."""
_COMMON = 13_000
"""Words of lower rank are common enough to be meant whatever other titles have."""


class Refuted(NamedTuple):
    """A word of a title, what it was meant to be, and where that stands."""

    span: Span
    meant: str
    where: str


def words(document: Document, is_unknown: Callable[[str], bool]) -> Iterator[Refuted]:
    """The refuted words of all titles, in the order of the text. `is_unknown` is asked of words in lower case."""
    text = document.source.text
    titles = [(entry, title) for entry in document.entries if (title := entry.spans.title) is not None]
    in_titles = Counter(word for _, title in titles for word in _WORD.findall(text[title.start : title.end].lower()))
    unknown = {word for word, count in in_titles.items() if count == 1 and len(word) >= _SHORTEST and is_unknown(word)}
    if not unknown:
        return
    counts = Counter(_WORD.findall(text.lower()))
    for entry, title in titles:
        for found in _WORD.finditer(text, *title):
            word = found[0].lower()
            if word not in unknown or counts[word] > 1 or not (found[0].islower() or found[0].istitle()):
                continue
            if not _is_coined(text, found):
                refuted = _by_entry(text, entry, found) or _by_link(entry, found)
                refuted = refuted or _by_list(text, in_titles, title, found)
                if refuted is not None:
                    yield refuted


def _is_coined(text: str, found: re.Match[str]) -> bool:
    """Whether a word is what a title begins with before a colon, or goes on behind marks: `Segmentatio**n**`."""
    behind = _BEHIND.match(text, found.end())
    if behind is None:
        return False
    return behind[1] is None or _PHRASE.search(text, max(0, found.start() - 2), found.start()) is None


def _by_entry(text: str, entry: Entry, found: re.Match[str]) -> Refuted | None:
    """By a known word of the same entry: `Eliptic Curve … elliptic curve`."""
    if _is_part(text, found):
        return None
    word = found[0].lower()
    for other in _WORD.findall(text[entry.span.start : entry.span.end].lower()):
        if slips.may_be_one(word, other) and lexicon.knows(other) and not _are_forms(word, other):
            how = slips.between(word, other)
            if how.number == 1 and how.likelihood >= slips.SYLLABLE and not _is_in_link(entry, word):
                return Refuted(Span(*found.span()), other, "in this entry")
    return None


def _is_in_link(entry: Entry, word: str) -> bool:
    """Whether the entry's link has a word, as a name that it is part of."""
    return entry.primary is not None and word in entry.primary.link.target.lower()


def _by_link(entry: Entry, found: re.Match[str]) -> Refuted | None:
    """By the name that the entry's link leads to: `[pepair](https://github.com/doe/prepair)`."""
    if entry.primary is None:
        return None
    word = found[0].lower()
    for other in _WORD.findall(entry.primary.link.target.lower()):
        if abs(len(other) - len(word)) == 1 and other[0] == word[0] and not _are_forms(word, other):
            how = slips.between(word, other)
            if how.number == 1 and how.likelihood >= slips.EXTRA:
                return Refuted(Span(*found.span()), other, "in its link")
    return None


def _by_list(text: str, in_titles: Counter[str], title: Span, found: re.Match[str]) -> Refuted | None:
    """By a word that many titles have, or a common one: `Nerual Networks`."""
    if _is_part(text, found) or len(_WORD.findall(text, *title)) < _FEWEST_WORDS:
        return None
    word = found[0].lower()
    for one in lexicon.near(word):
        if one.slips.number == 1 and not one.is_name and _is_plain(word, one, in_titles[one.word]):
            count = in_titles[one.word]
            where = f"in {count} other titles" if count >= _FEW else "in dictionaries"
            return Refuted(Span(*found.span()), _apart(text, found, one.word), where)
    return None


def _apart(text: str, found: re.Match[str], meant: str) -> str:
    """What was meant, with the small word that is glued to it: `Adaptationon Birds`; before another small word it was
    only said twice."""
    small = tables.load("spelling")["glued"]
    rest, behind = found[0].lower().removeprefix(meant), _BEHIND_IT.match(text, found.end())
    is_glued = rest in small and behind is not None and behind[1].lower() not in small
    return f"{meant} {rest}" if is_glued else meant


def _is_plain(word: str, one: Near, count: int) -> bool:
    """Whether a slip is plain enough for a word of its length that so many titles have, or of a common one."""
    if one.slips.likelihood >= slips.MISSING:
        is_common = len(word) >= _MIDDLING and one.rank < _COMMON and not _are_forms(word, one.word)
        return count >= _FEW or is_common
    long = _LONG if one.slips.likelihood >= slips.SYLLABLE or one.word[1:] == word else _VERY_LONG
    return len(word) >= long and count >= _SOME


def _is_part(text: str, found: re.Match[str]) -> bool:
    """Whether a word is part of a name with marks: `table-craft`, `r/song`, `**C**ompression`."""
    before = _PART_BEFORE.search(text, max(0, found.start() - 4), found.start())
    return before is not None or text[found.end() : found.end() + 1] in _PART_BEHIND


def _are_forms(word: str, other: str) -> bool:
    """Whether one of two words goes on where the other ends."""
    return word.startswith(other) or other.startswith(word)
