"""title-slip: a word of a title is not the word that the same title has elsewhere in the list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from listbot import catalogue, derivations, identity, lexicon, project_words
from listbot.checks.title_slip import refuted
from listbot.document import Document, Entry
from listbot.finding import Edit, Finding, Fix, Related
from listbot.rule import Context
from listbot.source import Span

_WORD = re.compile(r"[^\W_]+")
_FEWEST_WORDS = 5
"""Two titles with fewer words in common may be two titles."""
_MOST_WORDS = 40
_SHORTEST = 5


_MOST_ALIKE = 50
"""So many titles that differ in one word are compared with one; hostile lists have thousands."""


class Options(NamedTuple):
    words: list[str]


class _Title(NamedTuple):
    entry: Entry
    words: tuple[str, ...]
    """In lower case."""

    def span(self, document: Document, at: int) -> Span:
        """Where a word stands."""
        title = self.entry.spans.title or self.entry.span
        return Span(*next(islice(_WORD.finditer(document.source.text, *title), at, None)).span())


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    listed = [title for entry in catalogue.of(document).entries if (title := _title(document, entry)) is not None]
    counts = Counter(word for title in listed for word in title.words)
    accepted = project_words.accepted(context.options.words)
    suspects = [
        (title, at)
        for title in listed
        for at, word in enumerate(title.words)
        if counts[word] == 1 and word not in accepted and _is_unknown(word)
    ]
    wanted = {_without(title, at) for title, at in suspects}
    others: dict[tuple[str, ...], list[tuple[_Title, int]]] = defaultdict(list)
    for title in listed if wanted else ():
        for at, word in enumerate(title.words):
            if (counts[word] > 1 or lexicon.knows(word)) and (rest := _without(title, at)) in wanted:
                others[rest].append((title, at))
    told: set[Span] = set()
    for title, at in suspects:
        alike = others[_without(title, at)][:_MOST_ALIKE]
        found = next((one for one in alike if _is_right(title, at, *one)), None)
        if found is not None:
            here, there = title.span(document, at), found[0].span(document, found[1])
            told.add(here)
            line = document.source.line_of(there.start)
            where = f"in the same title on line {line}"
            yield _finding(document, here, document.source[there], where, Related(there, "the same title"))
    for one in refuted.words(document, lambda word: word not in accepted and _is_unknown(word)):
        if one.span not in told:
            meant = _in_case_of(document.source[one.span], one.meant)
            yield _finding(document, one.span, meant, one.where)


def _title(document: Document, entry: Entry) -> _Title | None:
    span = entry.spans.title
    if span is None:
        return None
    words = _WORD.findall(document.source.text, span.start, span.end)
    if not _FEWEST_WORDS < len(words) <= _MOST_WORDS:
        return None
    return _Title(entry, tuple(word.lower() for word in words))


def _is_unknown(word: str) -> bool:
    alone = len(word) >= _SHORTEST and word.isalpha() and word.isascii()
    return alone and not lexicon.knows(word) and not derivations.is_derived(word)


def _without(title: _Title, at: int) -> tuple[str, ...]:
    return (*title.words[:at], "", *title.words[at + 1 :])


def _is_right(title: _Title, at: int, other: _Title, there: int) -> bool:
    """Whether the other title is the same one, and has at this place what was meant here."""
    wrong, right = title.words[at], other.words[there]
    here, elsewhere = identity.works_of(title.entry), identity.works_of(other.entry)
    if other is title or (not set(here) & set(elsewhere) and identity.told_apart(here, elsewhere)):
        return False
    cut_off = at == len(title.words) - 1 and right.startswith(wrong)
    return lexicon.distance(wrong, right) <= 2 or cut_off or wrong.startswith(right)


def _in_case_of(written: str, right: str) -> str:
    """The right word with the capitals of the wrong one; a name's own stay, as in `LLM`."""
    if right.islower() or (right.istitle() and lexicon.knows(right)):
        case = str.upper if written.isupper() else str.capitalize if written.istitle() else str.lower
        return case(right)
    return right


def _finding(document: Document, here: Span, right: str, where: str, *related: Related) -> Finding:
    written = document.source[here]
    fix = None
    if not document.in_heading(here.start):
        cased = _in_case_of(written, right)
        fix = Fix(f"write {cased}", (Edit(here, cased),), safe=False)
    return Finding(here, f"`{written}` in this title is `{right}` {where}", fix=fix, related=related)
