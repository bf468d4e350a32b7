"""Which words are English, and which frequent words a word is a slip away from.

Frozen lists under `rules/data/words/`, mapped from disk, so that loading takes no time; `tools/build_lexicon.py` builds
them and says where they come from. Words are looked up by their CRC-32, so one unknown word in 15,000 passes for known:
a misspelling is missed then, and none is made up, because words that are suggested are compared letter by letter.
"""

from __future__ import annotations

import mmap
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import NamedTuple
from zlib import crc32

from listbot import slips, tables
from listbot.errors import InternalError
from listbot.slips import Slips

_WIDTH = 20
"""Bytes of a line of `frequent.txt`."""
_LONGEST = _WIDTH + 4
_TWO_LETTERS = 7
"""Words of so many letters may have two slips far apart."""


class Near(NamedTuple):
    """A frequent word that somebody may have meant."""

    word: str
    rank: int
    """How common it is: 0 for the commonest word."""
    slips: Slips
    is_name: bool
    """Whether it is a name as well: `alexander`, `python`."""


class _Frozen(NamedTuple):
    known: Sequence[int]
    forms: Sequence[int]
    words: Sequence[int]
    frequent: mmap.mmap


def knows(word: str) -> bool:
    """Whether a word, in any case, is in a dictionary or a term of the field. Its possessive is not tried."""
    return _holds(_frozen().known, crc32(word.lower().encode("ascii", "replace")))


@lru_cache(maxsize=4_096)
def near(word: str) -> tuple[Near, ...]:
    """The frequent words that a lower-case word may be a slip or two of, commonest first; not the word itself."""
    if not 3 <= len(word) <= _LONGEST or not word.isascii():
        return ()
    found = _meant(word, {rank for form in forms(word) for rank in _ranks(form)})
    if len(word) < _TWO_LETTERS or any(one.slips.number == 1 for one in found):
        return found
    return _meant(word, {rank for form in _forms_of_two(word) for rank in _ranks(form)})


def _meant(word: str, ranks: set[int]) -> tuple[Near, ...]:
    found = ((rank, meant, slips.between(word, meant)) for rank in sorted(ranks) for meant in (_frequent(rank),))
    return tuple(Near(meant, rank, how, _is_name(rank)) for rank, meant, how in found if how.number and meant != word)


def rank(word: str) -> int | None:
    """How common a lower-case word is, 0 for the commonest; None where it is not one of those that `near` finds."""
    return next((rank for rank in _ranks(word) if _frequent(rank) == word), None) if word.isascii() else None


def forms(word: str) -> Iterator[str]:
    """A word as it is, and with one letter taken out: words that share one are a slip apart, or two close together."""
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def _forms_of_two(word: str) -> Iterator[str]:
    """The same, and with any two letters taken out."""
    yield from forms(word)
    for one, other in combinations(range(len(word)), 2):
        yield word[:one] + word[one + 1 : other] + word[other + 1 :]


def distance(one: str, other: str) -> int:
    """Letters missing, extra or wrong, and neighbours swapped: how many slips lie between two words."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, other_letter in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


# The frozen lists ----------------------------------------------------------------------------------------------------


@cache
def _frozen() -> _Frozen:
    known, forms_, words = _numbers("known.u32", "I"), _numbers("near.u32", "I"), _numbers("near.u16", "H")
    return _Frozen(known, forms_, words, _mapped("frequent.txt"))


def _mapped(name: str) -> mmap.mmap:
    path = tables.rules_dir() / "data" / "words" / name
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise InternalError(f"the list rules/data/words/{name} cannot be read: {error}") from error


def _numbers(name: str, code: str) -> Sequence[int]:
    """A file of little-endian numbers."""
    mapped = _mapped(name)
    if sys.byteorder == "little":
        return memoryview(mapped).cast(code)  # type: ignore[call-overload,no-any-return]  # the code is no literal here
    turned = array(code, mapped[:])
    turned.byteswap()
    return turned


def _holds(numbers: Sequence[int], number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _ranks(form: str) -> Iterator[int]:
    frozen = _frozen()
    number = crc32(form.encode("ascii"))
    at = bisect_left(frozen.forms, number)
    while at < len(frozen.forms) and frozen.forms[at] == number:
        yield frozen.words[at]
        at += 1


def _frequent(rank: int) -> str:
    return _frozen().frequent[rank * _WIDTH : (rank + 1) * _WIDTH - 2].decode("ascii").rstrip()


def _is_name(rank: int) -> bool:
    return _frozen().frequent[(rank + 1) * _WIDTH - 2] == ord("^")
