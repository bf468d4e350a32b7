"""Which words of a list's prose are misspelt, and what was meant.

A word is misspelt where no dictionary has it, the list uses it for no title or name, and it lies a slip or two away
from a word that is common, or that the list itself uses. What was meant is ranked by how likely the slip is, how common
the word is, and how often this list writes it. It is *certain* where the slip is a single one in the middle of a common
word and nothing else comes near; else *likely*.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from listbot import derivations, lexicon, prose_words, slips, tables
from listbot.document import Document
from listbot.lexicon import Near
from listbot.prose_words import Prose, ProseWord
from listbot.slips import Slips

CERTAIN, LIKELY = "certain", "likely"
_SHORTEST = 4
_SHORT = 5
_MIDDLING = 6
_LONG = 8
"""Lengths of words: the shorter, the more neighbours a word has by chance."""
_COMMON = 13_000
_RARE = 30_000
"""Ranks of words."""
_HALF = 6_000
"""A word of this rank is meant half as often as the commonest."""
_FAMILIAR = 7_500
"""Words of lower rank are what another word may be glued to."""
_KNOWN_WELL = 16_000
"""A word of higher rank is no likelier than a name that nobody has heard of."""
_ONE_SLIP = {6: 0.19, 7: 0.1, 8: 0.1}
_TWO_SLIPS = {7: 0.5, 8: 0.15, 9: 0.15}
"""For each length, how likely a slip and the word must be together; longer words are near others by chance no more."""
_LEAST_OF_ONE, _LEAST_OF_TWO = 0.03, 0.1
_SECOND = 0.05
"""A second slip in a word is so much less likely than the first."""
_APART = 20
"""So many times likelier than any other has to be what is certain."""
_ALSO = 4
"""So many times likelier is what was meant, or the other word is told as well."""
_LOWER = re.compile(r"(?<!\w)[a-z]+(?!\w)")
_NEXT = re.compile(r" ([a-z]{1,6})(?!\w)")
_LAST = re.compile(r"(?<!\w)([a-z]{1,6}) \Z")
_FOREIGN, _FEW = 0.3, 2
"""A line in which more of the words than this are unknown is not English; so few say nothing."""
_NAME_BEFORE = re.compile(r"(?<![\w'’-])([A-Z][a-z]*)\.?[,;&]? *\Z")
_NAME_BEHIND = re.compile(r"[,;&]? +(?:and )?([A-Z][a-z]*)(?![\w'’-])")


class Meant(NamedTuple):
    """What a misspelt word should have been."""

    word: str
    grade: str
    rank: int
    slips: Slips
    is_name: bool = False
    also: str | None = None
    """Another word that may have been meant almost as well."""


class Misspelling(NamedTuple):
    """A misspelt word where it stands; `meant` has the case of what was written."""

    word: ProseWord
    meant: str
    also: str | None
    grade: str


class _Guess(NamedTuple):
    word: str
    score: float
    rank: int
    slips: Slips
    is_name: bool
    used: int
    """How often the list has the word."""


def of(document: Document, accepted: frozenset[str]) -> Iterator[Misspelling]:
    """The misspelt words of a document, in the order of the text. `accepted` are right, in lower case."""
    prose = prose_words.of(document)
    strange = frozenset(word for word in prose.counts if _is_unknown(word, accepted))
    unknown = list(prose.where(strange))
    foreign = _foreign_lines(document, prose, unknown)
    own = _Own(prose)
    for word in unknown:
        lower = word.text.lower()
        if prose.named.get(lower) or document.source.line_of(word.span.start) in foreign:
            continue
        meant = own.meant(lower)
        if meant is None or not _may_be_no_name(document, prose, word, meant):
            continue
        if not _is_cut(prose.text, word):
            also = None if meant.also is None else _written(prose.text, word, meant.also)
            yield Misspelling(word, _written(prose.text, word, meant.word), also, meant.grade)


def _written(text: str, word: ProseWord, meant: str) -> str:
    """What was meant as it has to be written here: with its capital, or with a hyphen: `state-ofthe-art`."""
    if not word.text.islower():
        return _names().get(meant, meant.capitalize())
    first, _, second = meant.partition(" ")
    short_first = len(first) < len(second)
    beside = text[word.span.start - 1 : word.span.start] if short_first else text[word.span.end : word.span.end + 1]
    return f"{first}-{second}" if second and beside == "-" else meant


@cache
def _names() -> Mapping[str, str]:
    """Names of things that everybody writes about, in lower case, as they are written."""
    return {name.lower(): name for name in tables.load("spelling")["names"]}


def _may_be_no_name(document: Document, prose: Prose, word: ProseWord, meant: Meant) -> bool:
    """Whether a word with a capital is a common one, where it stands: sentences and headings begin with one, names have
    it anywhere. Within a sentence only a long word with a plain slip is no name."""
    length, likelihood = len(word.text), meant.slips.likelihood
    if word.text.islower():
        return meant.slips.number < 2 or not _is_among_names(document.source.text, word)
    if not word.text.istitle():
        return False
    if prose.is_heading(document, word):
        return meant.grade == CERTAIN or length >= _LONG
    plain = meant.slips.number == 1 and likelihood >= slips.MISSING
    if meant.word in _names():
        least = slips.EXTRA if length > _MIDDLING else slips.SOUND
        return meant.slips.number == 1 and likelihood >= least
    if meant.rank >= _KNOWN_WELL or meant.is_name:
        return False
    if length > _LONG and plain:
        return True
    if _is_among_names(document.source.text, word):
        return False
    if length > _LONG:
        return (meant.slips.number == 1 and likelihood >= slips.EXTRA) or prose.begins(word.span)
    swapped = likelihood == slips.SWAPPED and len(meant.word) == length
    if plain and meant.rank < _HALF and (length > _MIDDLING or (swapped and length == _MIDDLING)):
        return True
    least = slips.BESIDE if length > _MIDDLING else slips.VOWEL
    good = meant.slips.number == 1 and likelihood >= least and (plain or meant.rank < _HALF)
    return length >= _MIDDLING and good and prose.begins(word.span)


def _is_among_names(text: str, word: ProseWord) -> bool:
    """Whether a neighbour has a capital and is no word: `Yufeng Chen, Changqing Zou`."""
    before = _NAME_BEFORE.search(text, max(0, word.span.start - 30), word.span.start)
    behind = _NAME_BEHIND.match(text, word.span.end)
    return any(found is not None and lexicon.rank(found[1].lower()) is None for found in (before, behind))


def _is_unknown(word: str, accepted: frozenset[str]) -> bool:
    stem = word.removesuffix("'s")
    return len(stem) >= _SHORTEST and not (lexicon.knows(stem) or stem in accepted or derivations.is_derived(stem))


def _foreign_lines(document: Document, prose: Prose, unknown: list[ProseWord]) -> frozenset[int]:
    """Lines that are not English: too many of their words are unknown. Words with a capital may be names anywhere, and
    a plain slip of a common word tells nothing."""
    by_line: dict[int, list[str]] = defaultdict(list)
    for word in unknown:
        if word.text.islower():
            by_line[document.source.line_of(word.span.start)].append(word.text)
    foreign = set()
    for line, strange in by_line.items():
        if len(strange) <= _FEW or sum(not _is_plain_slip(word) for word in strange) <= _FEW:
            continue
        span = document.source.line_span(line)
        words = [word for word in _LOWER.findall(prose.text, span.start, span.end) if len(word) >= _SHORTEST]
        if len(strange) > _FOREIGN * len(words):
            foreign.add(line)
    return frozenset(foreign)


def _is_plain_slip(word: str) -> bool:
    near = lexicon.near(word)
    return any(one.slips.number == 1 and one.slips.likelihood >= slips.MISSING and one.rank < _COMMON for one in near)


def _is_cut(text: str, word: ProseWord) -> bool:
    """Whether a blank only cuts a word in two: `framew ork`."""
    after = _NEXT.match(text, word.span.end)
    before = _LAST.search(text, max(0, word.span.start - 20), word.span.start)
    return bool(after and lexicon.knows(word.text + after[1])) or bool(before and lexicon.knows(before[1] + word.text))


# What was meant ------------------------------------------------------------------------------------------------------


class _Own:
    """A list's own vocabulary, as what a misspelt word may have meant."""

    def __init__(self, prose: Prose) -> None:
        self._counts: dict[str, int] = dict(prose.counts)
        for word, count in prose.named.items():
            self._counts[word] = self._counts.get(word, 0) + count
        self._forms: dict[str, set[str]] = defaultdict(set)
        for word in self._repeated():
            for form in lexicon.forms(word):
                self._forms[form].add(word)

    def _repeated(self) -> Iterator[str]:
        """Known words that this list uses more than once and that are not common."""
        for word, count in self._counts.items():
            if count > 1 and len(word) >= _SHORT and lexicon.knows(word) and lexicon.rank(word) is None:
                yield word

    def used(self, word: str) -> int:
        return self._counts.get(word, 0)

    def meant(self, word: str) -> Meant | None:
        guesses = sorted(self._guesses(word), key=lambda guess: -guess.score)
        if not guesses or self.used(word) > 2 + 3 * guesses[0].used:
            return _split(word)
        best, rivals = guesses[0], [guess for guess in guesses[1:] if guess.slips.number == 1]
        alone = not rivals or best.score > _APART * max(rival.score for rival in rivals)
        certain = alone and _is_plain(word, best) and len(word) > _MIDDLING and best.rank < _COMMON
        also = next((guess.word for guess in guesses[1:2] if not certain and guess.score > best.score / _ALSO), None)
        return Meant(best.word, CERTAIN if certain else LIKELY, best.rank, best.slips, best.is_name, also)

    def _guesses(self, word: str) -> Iterator[_Guess]:
        """What may have been meant: words so near that chance is not the better reason."""
        common = lexicon.near(word)
        here = {one for form in lexicon.forms(word) for one in self._forms.get(form, ())} - {one.word for one in common}
        own = (Near(one, _RARE, slips.between(word, one), False) for one in here)
        for one, rank, how, is_name in (*common, *own):
            used = self.used(one)
            likelihood = how.likelihood * (1 if how.number == 1 else _SECOND)
            guess = _Guess(one, likelihood * (1 + 3 * used) / (rank + 300), rank, how, is_name, used)
            if _is_near_enough(word, guess):
                yield guess


def _is_plain(word: str, guess: _Guess) -> bool:
    """Whether a single letter, or two that are swapped, tells two words apart, and none at an edge."""
    how = guess.slips
    return how.number == 1 and how.likelihood not in (slips.FIRST, slips.LAST) and abs(len(word) - len(guess.word)) < 2


def _is_near_enough(word: str, guess: _Guess) -> bool:
    """Whether a guess is good enough for a word of its length: short words have neighbours by chance."""
    length, how = min(len(word), len(guess.word)), guess.slips
    if guess.word == f"{word}s" and not word.endswith("ie"):
        return False  # `rubygem` is one of several
    if length <= _SHORT:
        return how.number == 1 and _is_near_enough_for_short(word, guess)
    chance = how.likelihood / (1 + (0 if guess.used > 1 else guess.rank / _HALF))
    if how.number == 2:
        whole = word.startswith(guess.word) or word.endswith(guess.word)  # with something glued to it
        return not whole and chance >= _TWO_SLIPS.get(length, _LEAST_OF_TWO if length > _LONG else 1.0)
    if how.likelihood == slips.FIRST:
        return guess.rank < _COMMON
    return how.number == 1 and chance >= _ONE_SLIP.get(length, _LEAST_OF_ONE)


def _is_near_enough_for_short(word: str, guess: _Guess) -> bool:
    length, likelihood = min(len(word), len(guess.word)), guess.slips.likelihood
    same_length = len(word) == len(guess.word)
    if likelihood == slips.DOUBLED or (same_length and likelihood == slips.SWAPPED):
        return guess.rank < (2_500 if length < _SHORT else 6_000)
    return length == _SHORT and not same_length and likelihood >= slips.EXTRA and guess.rank < 4_000


def _split(word: str) -> Meant | None:
    """A word that a short one was glued to: `asurvey`, `ofthe`."""
    for short in tables.load("spelling")["glued"]:
        for rest in (word.removeprefix(short), word.removesuffix(short)):
            rank = lexicon.rank(rest) if rest != word and len(rest) > (4 if len(short) == 1 else 2) else None
            if rank is not None and rank < _FAMILIAR:
                together = f"{short} {rest}" if word.startswith(short) else f"{rest} {short}"
                return Meant(together, LIKELY, rank, slips.NONE)
    return None
