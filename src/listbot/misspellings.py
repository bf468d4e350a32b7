"""Which words of a list's prose are misspelt, and what was meant.

A word is misspelt where no dictionary has it, the list uses it for no title or name, and it lies a slip or two away
from a word that is common, or that the list itself uses. What was meant is ranked by how likely the slip is, how common
the word is, and how often this list writes it. It is *certain* where the slip is a single one in the middle of a common
word and nothing else comes near; else *likely*.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from listbot import lexicon, prose_words, tables
from listbot.document import Document
from listbot.prose_words import Prose, ProseWord

CERTAIN, LIKELY = "certain", "likely"
_SHORTEST = 4
_SHORT = 5
_MIDDLING = 6
_LONG = 8
"""Lengths of words: the shorter, the more neighbours a word has by chance."""
_VERY_COMMON = 3_000
_COMMON = 12_000
_RARE = 30_000
"""Ranks of words."""
_APART = 20
"""So many times likelier than any other has to be what is certain."""
_LOWER = re.compile(r"(?<!\w)[a-z]+(?!\w)")
_NEXT = re.compile(r" ([a-z]{1,6})(?!\w)")
_LAST = re.compile(r"(?<!\w)([a-z]{1,6}) \Z")
_FOREIGN = 0.3
"""A line in which more of the words than this are unknown is not English."""


class Meant(NamedTuple):
    """What a misspelt word should have been."""

    word: str
    grade: str
    slip: float


class Misspelling(NamedTuple):
    """A misspelt word where it stands; `meant` has the case of what was written."""

    word: ProseWord
    meant: str
    grade: str


class _Guess(NamedTuple):
    word: str
    score: float
    rank: int
    distance: int
    used: int
    """How often the list has the word."""
    slip: float


def of(document: Document, accepted: frozenset[str]) -> Iterator[Misspelling]:
    """The misspelt words of a document, in the order of the text. `accepted` are right, in lower case."""
    prose = prose_words.of(document)
    strange = frozenset(word for word in prose.counts if _is_unknown(word, accepted))
    unknown = [word for word in prose.words if word.text.lower() in strange]
    foreign = _foreign_lines(document, prose, unknown)
    own = _Own(prose)
    for word in unknown:
        lower = word.text.lower()
        if prose.named.get(lower) or document.source.line_of(word.span.start) in foreign:
            continue
        meant = own.meant(lower)
        if meant is None or not (word.text.islower() or _may_be_no_name(document, prose, word, meant)):
            continue
        if not _is_cut(prose.text, word):
            yield Misspelling(word, meant.word if word.text.islower() else meant.word.capitalize(), meant.grade)


def _may_be_no_name(document: Document, prose: Prose, word: ProseWord, meant: Meant) -> bool:
    """Whether a word with a capital is a common one: in a heading, or long and the slip plain."""
    length = len(word.text)
    if not word.text.istitle():
        return False
    if prose.is_heading(document, word):
        return meant.grade == CERTAIN or length >= _LONG
    if meant.grade != CERTAIN or length < _LONG:
        return False
    return meant.slip >= VOWEL or (meant.slip >= EXTRA and length > _LONG + 1)


def _is_unknown(word: str, accepted: frozenset[str]) -> bool:
    stem = word.removesuffix("'s")
    return len(stem) >= _SHORTEST and not (lexicon.knows(stem) or stem in accepted or is_derived(stem))


def is_derived(word: str) -> bool:
    """Whether a word is a known one with a prefix or an ending that any word may have: `resharding`, `tokenizers`."""
    endings, prefixes = _affixes()
    for prefix in prefixes:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > 3 and (lexicon.knows(rest) or _has_ending(rest, endings)):
            return not _is_slip_of_common(word)  # `recommand` commands nothing again
    return _has_ending(word, endings)


def _is_slip_of_common(word: str) -> bool:
    """Whether a very common word is one slip away; a word and its plural are no slip apart."""
    if len(word) <= _MIDDLING:
        return False
    common = (one for one in lexicon.near(word) if one.distance == 1 and one.rank < _VERY_COMMON)
    near = (one for one in common if one.word != word[:-1])
    return any(_slip(word, one.word, 1) >= EXTRA for one in near)


def _has_ending(word: str, endings: tuple[tuple[str, str], ...]) -> bool:
    for ending, instead in endings:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 3 and lexicon.knows(stem + instead):
            doubled, shorter = stem + stem[-1] + ending, stem.removesuffix("e") + ending
            if lexicon.knows(doubled) or (shorter != word and lexicon.knows(shorter)):
                return False  # `begining` wants its last letter doubled, `scaleable` is without its e
            return not _is_slip_of_common(word)
    return False


@cache
def _affixes() -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    table = tables.load("spelling")
    return tuple((ending, instead) for ending, instead in table["endings"]), tuple(table["prefixes"])


def _foreign_lines(document: Document, prose: Prose, unknown: list[ProseWord]) -> frozenset[int]:
    """Lines that are not English: too many of their words are unknown. Words with a capital may be names anywhere."""
    line_of = document.source.line_of
    counts = Counter(line_of(word.span.start) for word in unknown if word.text.islower())
    strange = {line: count for line, count in counts.items() if count > 2}
    foreign = set()
    for line, count in strange.items():
        span = document.source.line_span(line)
        words = [word for word in _LOWER.findall(prose.text, span.start, span.end) if len(word) >= _SHORTEST]
        if count > _FOREIGN * len(words):
            foreign.add(line)
    return frozenset(foreign)


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
            if count > 1 and len(word) >= _SHORT and lexicon.knows(word) and not lexicon.is_frequent(word):
                yield word

    def used(self, word: str) -> int:
        return self._counts.get(word, 0)

    def meant(self, word: str) -> Meant | None:
        guesses = sorted(self._guesses(word), key=lambda guess: (guess.distance, -guess.score))
        if not guesses or self.used(word) > 2 + 3 * guesses[0].used:
            return _split(word)
        best, rivals = guesses[0], [guess for guess in guesses[1:] if guess.distance == 1]
        alone = not rivals or best.score > _APART * max(rival.score for rival in rivals)
        certain = best.slip > FIRST and best.distance == 1 and alone and len(word) > _MIDDLING and best.rank < _COMMON
        return Meant(best.word, CERTAIN if certain else LIKELY, best.slip)

    def _guesses(self, word: str) -> Iterator[_Guess]:
        """What may have been meant: words so near that chance is not the better reason."""
        common: Mapping[str, int] = {near.word: near.rank for near in lexicon.near(word)}
        here = {one for form in lexicon.forms(word) for one in self._forms.get(form, ())}
        for one in here | common.keys():
            distance = lexicon.distance(word, one)
            if one == word or distance > 2:
                continue
            slip, rank, used = _slip(word, one, distance), common.get(one, _RARE), self.used(one)
            guess = _Guess(one, slip * (1 + 3 * used) / (rank + 300), rank, distance, used, slip)
            if _is_near_enough(word, guess):
                yield guess


def _is_near_enough(word: str, guess: _Guess) -> bool:
    """Whether a guess is good enough for a word of its length: short words have neighbours by chance."""
    length = min(len(word), len(guess.word))
    if guess.slip <= 0.0:
        return False
    if guess.distance == 2:
        return length >= _LONG and (guess.rank < _COMMON or guess.used > 1)
    if length <= _SHORT:
        swapped = guess.slip == SWAPPED and len(word) == len(guess.word)
        if guess.slip == DOUBLED or swapped:
            return guess.rank < (2_500 if length < _SHORT else 6_000)
        return length == _SHORT and len(word) != len(guess.word) and guess.slip >= EXTRA and guess.rank < 4_000
    if length <= _MIDDLING + 2:
        good = guess.slip >= VOWEL or (guess.slip >= EXTRA and guess.rank < 6_000)
        return good or (guess.slip == FIRST and guess.rank < _COMMON)
    return True


def _split(word: str) -> Meant | None:
    """A word that a short one was glued to: `asurvey`, `ofthe`."""
    for short in tables.load("spelling")["glued"]:
        for rest in (word.removeprefix(short), word.removesuffix(short)):
            found = next((near for near in lexicon.near(rest) if near.distance == 0), None) if rest != word else None
            if found is not None and found.rank < 6_000 and len(rest) > (4 if len(short) == 1 else 2):
                return Meant(f"{short} {rest}" if word.startswith(short) else f"{rest} {short}", LIKELY, MISSING)
    return None


_VOWELS = frozenset("aeiouy")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
DOUBLED, SWAPPED, MISSING, VOWEL, EXTRA, BESIDE, OTHER, FIRST, TWO = 1.2, 1.0, 1.0, 0.8, 0.6, 0.5, 0.25, 0.2, 0.04
"""How likely slips are, one beside the other."""


def _slip(typed: str, meant: str, distance: int) -> float:
    """How likely a slip is. 0 where it is none: another first letter makes another word, and so do letters before or
    behind a whole word, which names of software are made by (`htop`, `webp`)."""
    if distance == 2:
        return 0.0 if typed[0] != meant[0] or typed.startswith(meant) or typed.endswith(meant) else TWO
    start = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    if len(typed) == len(meant):
        return _wrong_letter(typed, meant, start)
    longer = max(typed, meant, key=len)
    doubled = start > 0 and longer[start - 1] == longer[start]
    if start == 0:
        return FIRST if longer is meant and len(meant) > _MIDDLING else 0.0
    if doubled:
        return DOUBLED
    if longer is meant:
        return MISSING
    return EXTRA if start < len(meant) or len(meant) >= _MIDDLING else 0.0


def _wrong_letter(typed: str, meant: str, start: int) -> float:
    one, other = typed[start], meant[start]
    if typed[start + 1 :] != meant[start + 1 :]:
        return SWAPPED
    if start == 0:
        return 0.0
    if {one, other} <= _VOWELS:
        return VOWEL
    beside = any(one in row and other in row and abs(row.index(one) - row.index(other)) == 1 for row in _ROWS)
    return BESIDE if beside else OTHER
