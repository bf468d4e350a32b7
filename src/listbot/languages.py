"""Which lines of a text are in another language than English, of those that are written with Latin letters.

The words of `rules/data/languages.toml` tell it: those that no sentence does without. A line without any, `Gestor
rápido`, is taken for what the lines of its part of the text are, and where these say little, for what all are: so a
Spanish list has English lines only where they show it, and the other way round.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from listbot import tables

_WORD = re.compile(r"(?<![\w@#$./:\\+=&'’-])[^\W\d_]++(?:['’](?=\w)|(?![\w@/]|[-.:+=_'’]\w))")
"""A word, or one that an apostrophe cuts short; no part of an address, a number or a name with hyphens."""
_ACCENT = re.compile(r"[\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
"""A small letter that English has in borrowed words only."""
_ET_AL = re.compile(r"\bet\.? ?al\b")
_BEGINS = re.compile(r"(?:^|[\0|.:!?>–—-])[ \t*_#>+-]*\Z")
"""What stands before the first word of a sentence; within one, a word with a capital is a name: `Las Vegas`."""
_BEFORE = 12
_CLEAR = 2
"""So many words more of another language: a line is in it, whatever the others around it are."""
_MOST = 3
"""No line counts for more: a long one is one line."""
_TELLING = 3
"""A part of a text with less evidence is taken for what the whole text is, and a text with less says nothing."""


class Verdict(NamedTuple):
    """What is known of the lines of a text, which count from 1. The others are English."""

    foreign: frozenset[int]
    hinted: frozenset[int]
    """Those with one word more of another language, where the others are English, or say nothing."""
    mute: frozenset[int]
    """Those without a word of English only, nor more words of another language or of English, in the same company."""


class _Word(NamedTuple):
    is_english: bool
    others: frozenset[str]
    """The other languages that have it."""


def judge(lines: Sequence[str], parts: Sequence[int]) -> Verdict:
    """What the lines of a text are; `parts` has the number of the part that each belongs to."""
    found = [_evidence(line) for line in lines]
    of_part: Counter[int] = Counter()
    for evidence, part in zip(found, parts, strict=True):
        of_part[part] += max(-_MOST, min(_MOST, evidence.lead))
    whole = of_part.total() if abs(of_part.total()) >= _TELLING else 0
    foreign, hinted, mute = set(), set(), set()
    for number, (evidence, part) in enumerate(zip(found, parts, strict=True), 1):
        around = of_part[part] if abs(of_part[part]) >= _TELLING else whole
        if evidence.lead >= _CLEAR or (evidence.lead >= 0 and around > 0):
            foreign.add(number)
        elif evidence.lead > 0:
            hinted.add(number)
        elif not evidence.english and not evidence.lead:
            mute.add(number)
    return Verdict(frozenset(foreign), frozenset(hinted), frozenset(mute))


class _Evidence(NamedTuple):
    english: int
    """How many words are of English only."""
    lead: int
    """How many more are of one other language; below 0 where English has more."""


def _evidence(line: str) -> _Evidence:
    english, only, accents = 0, 0, 0
    others: Counter[str] = Counter()
    table = _table()
    for word in _words(line):
        found = table.get(word) or table.get(word.rstrip("'"))
        if found is not None:
            english += found.is_english
            only += found.is_english and not found.others
            for language in found.others:
                others[language] += 1
        elif not word.isascii() and _ACCENT.search(word):
            accents += 1
    return _Evidence(only, max(others.values(), default=0) + accents - english)


def _words(line: str) -> Iterator[str]:
    """The words that are no names, in lower case, with the apostrophe that cuts them short."""
    table = _table()
    for found in _WORD.finditer(_ET_AL.sub("", line)):
        word = found[0].replace("’", "'")
        if word.islower():
            yield word
        elif (
            word.lower() in table
            and word.istitle()
            and _BEGINS.search(found.string, max(0, found.start() - _BEFORE), found.start())
        ):
            yield word.lower()


@cache
def _table() -> Mapping[str, _Word]:
    table = tables.load("languages")
    owners: dict[str, set[str]] = defaultdict(set)
    for language, words in table["languages"].items():
        for word in words:
            owners[word].add(language)
    english = frozenset(table["english"])
    borrowed = {word: _Word(False, frozenset()) for word in table["borrowed"]}
    return borrowed | {word: _Word(word in english, frozenset(owners[word])) for word in english | owners.keys()}
