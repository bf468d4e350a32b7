"""The venue and year that a work's id names by itself, and the volume that it shares with others.

`usenix:osdi22/…` appeared at OSDI 2022 and `cvf:cvpr2023/…` at CVPR 2023, whatever a list says beside the link. An ACM
proceedings has a number that its DOIs begin with: what that is, a list that links several of its papers knows. The
patterns and names are in `rules/data/proceedings.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from listbot import tables

_NOT_WORD = re.compile(r"[\W\d_]+")
_CENTURY = 2000
_LAST_OF_THE_1900S = 60
"""Two digits from here on are of the last century: the ACL Anthology goes back to 1965."""


class Volume(NamedTuple):
    """What an id says of where the work appeared."""

    shown: str
    """The id's own words for it: `usenix osdi22`, `acl P18`."""
    names: tuple[str, ...]
    """What the series is called, in lower case."""
    year: int


class _Row(NamedTuple):
    work: re.Pattern[str]
    names: tuple[str, ...]


@lru_cache(maxsize=16_384)
def of(work: str) -> Volume | None:
    """The volume that a work's id names, or None where it names none."""
    lowered = work.lower()
    for row in _rows():
        match = row.work.match(lowered)
        if match is not None:
            series = match.groupdict().get("series") or ""
            names = tuple(name.format(series=series) for name in row.names)
            shown = work[: match.end()].rstrip("/-.").replace(":", " ")
            return Volume(shown, names, _year(match["year"]))
    return None


@lru_cache(maxsize=16_384)
def shared(work: str) -> str | None:
    """The beginning of an id that all papers of its volume have: `10.1145/3725843`, `v139`."""
    match = _shared().match(work)
    return match[0].partition(":")[2] if match is not None else None


def words(venue: str) -> str:
    """A venue's words in lower case, digits and marks off, a blank at both ends: ` usenix security `."""
    return f" {' '.join(_NOT_WORD.sub(' ', venue.lower()).split())} "


def speaks_of(venue: str, names: tuple[str, ...]) -> bool:
    """Whether a venue's text has one of the names in it."""
    text = words(venue)
    return any(f" {name} " in text for name in names)


def conference(venue: str) -> str | None:
    """The conference of the table that a venue's text names; None where it names none, or several."""
    found = set(words(venue).split()) & _conferences()
    return found.pop() if len(found) == 1 else None


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) > 2:
        return number
    return number + (_CENTURY - 100 if number >= _LAST_OF_THE_1900S else _CENTURY)


# The table -----------------------------------------------------------------------------------------------------------


@cache
def _rows() -> tuple[_Row, ...]:
    rows = tables.load("proceedings")["volume"]
    return tuple(_Row(re.compile(row["work"]), tuple(row["names"])) for row in rows)


@cache
def _shared() -> re.Pattern[str]:
    return re.compile("|".join(tables.load("proceedings")["shared"]))


@cache
def _conferences() -> frozenset[str]:
    return frozenset(tables.load("proceedings")["conferences"])
