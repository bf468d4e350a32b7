"""How likely it is that somebody who meant one word typed another: a model of slips of the fingers and of the ear.

A slip is a letter doubled or not doubled, left out, put in, or wrong; two letters swapped; a syllable left out
(`implemention`) or said twice (`imitatiting`). Sounds alike are mistaken for each other more often than letters that
only look or lie alike: one vowel for another, `c` for `s`. The first letter is seldom wrong: what begins otherwise is
another word.
"""

from __future__ import annotations

from typing import NamedTuple

DOUBLED, SWAPPED, MISSING, VOWEL, SOUND, EXTRA, BESIDE, OTHER, FIRST = 1.0, 0.9, 0.9, 0.7, 0.6, 0.5, 0.4, 0.2, 0.15
STUTTER, SYLLABLE, ACROSS, LAST = 0.5, 0.4, 0.4, 0.25
"""How likely slips are, one beside the other."""

_VOWELS = frozenset("aeiouy")
_SOUNDS = tuple(map(frozenset, ("cskqz", "td", "tsc", "pb", "vfw", "gj", "mn")))
"""Consonants that sound alike somewhere: `extention`, `standarts`, `impliment`."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LONG = 7
"""A word of so many letters is still known without its first one, or with one that sounds like it (`somplex`), and may
grow a letter at its end."""
_SYLLABLES = 9
"""Words of so many letters have syllables enough to lose one."""


class Slips(NamedTuple):
    """How a word came out of another one."""

    number: int
    """1 or 2; 0 where no slip explains it."""
    likelihood: float
    """From 0 to 1: the product over the slips."""


NONE = Slips(0, 0.0)


def between(typed: str, meant: str) -> Slips:
    """The fewest slips that make `typed` of `meant`, two at most; and how likely they are."""
    for number in (1, 2):
        likelihood = _best(typed, meant, 0, 0, number)
        if likelihood:
            return Slips(number, likelihood)
    return NONE


def may_be_one(typed: str, meant: str) -> bool:
    """Whether one slip may lie between two words of five letters or more: a quick no, because it leaves two letters at
    one end, or one at both, as they were."""
    ends = typed[:2] == meant[:2] or typed[-2:] == meant[-2:] or (typed[0] == meant[0] and typed[-1] == meant[-1])
    return ends and abs(len(typed) - len(meant)) <= 2


def _best(typed: str, meant: str, i: int, j: int, left: int) -> float:
    """The likelihood of the best way from `meant[j:]` to `typed[i:]` with so many slips at most; 0 for no way."""
    while i < len(typed) and j < len(meant) and typed[i] == meant[j]:
        i, j = i + 1, j + 1
    if i == len(typed) and j == len(meant):
        return 1.0
    if not left or abs((len(typed) - i) - (len(meant) - j)) > 2 * left:
        return 0.0
    ways = (
        (_wrong(typed, meant, i, j), 1, 1),
        (_missing(meant, i, j), 0, 1),
        (_extra(typed, meant, i, j), 1, 0),
        (SWAPPED if _are_swapped(typed, meant, i, j) else 0.0, 2, 2),
        (SYLLABLE if 0 < j < len(meant) - 2 and len(meant) >= _SYLLABLES else 0.0, 0, 2),
        (ACROSS if i and _are_swapped_across(typed, meant, i, j) else 0.0, 3, 3),
        (MISSING if typed[i:] == "ys" and meant[j:] == "ies" else 0.0, 2, 3),
        (STUTTER if i > 1 and typed[i : i + 2] == typed[i - 2 : i] else 0.0, 2, 0),
    )
    return max(way and way * _best(typed, meant, i + di, j + dj, left - 1) for way, di, dj in ways)


def _wrong(typed: str, meant: str, i: int, j: int) -> float:
    if i == len(typed) or j == len(meant):
        return 0.0
    one, other = typed[i], meant[j]
    if not i:
        return FIRST if not j and len(meant) >= _LONG and _sound_alike(one, other) else 0.0
    if {one, other} <= _VOWELS:
        return VOWEL
    if _sound_alike(one, other):
        return SOUND
    beside = any(one in row and other in row and abs(row.index(one) - row.index(other)) == 1 for row in _ROWS)
    return BESIDE if beside else OTHER


def _sound_alike(one: str, other: str) -> bool:
    return any(one in sound and other in sound for sound in _SOUNDS)


def _missing(meant: str, i: int, j: int) -> float:
    if j == len(meant):
        return 0.0
    if not i:
        return FIRST if not j and len(meant) >= _LONG else 0.0
    return DOUBLED if meant[j - 1] == meant[j] else MISSING


def _extra(typed: str, meant: str, i: int, j: int) -> float:
    if i == len(typed):
        return 0.0
    if i and typed[i - 1] == typed[i]:
        return DOUBLED
    if j == len(meant) and typed[i] != "e":  # what stands behind a whole word is another ending of it, more often
        return LAST if len(meant) >= _LONG - 1 else 0.0
    return EXTRA if i else 0.0


def _are_swapped(typed: str, meant: str, i: int, j: int) -> bool:
    return len(typed) > i + 1 and typed[i] != typed[i + 1] and typed[i : i + 2] == meant[j : j + 2][::-1]


def _are_swapped_across(typed: str, meant: str, i: int, j: int) -> bool:
    """Whether two letters changed places around a third: `capabitilies`."""
    return len(typed) > i + 2 and typed[i] != typed[i + 2] and typed[i : i + 3] == meant[j : j + 3][::-1]
