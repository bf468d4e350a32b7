"""The longest part of a row that is in order: what is not of it stands in another place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any


def longest_sorted(keys: Sequence[Any], *, strictly: bool = False) -> set[int]:
    """The positions of a longest subsequence that does not fall; `strictly`: that rises. Takes n log n."""
    place = bisect_left if strictly else bisect_right
    tails: list[Any] = []
    ends: list[int] = []
    before: list[int] = []
    for position, key in enumerate(keys):
        at = place(tails, key)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [key]
        ends[at : at + 1] = [position]
    kept: set[int] = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        kept.add(position)
        position = before[position]
    return kept
