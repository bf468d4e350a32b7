"""Runs of entries that stand in two places in one order: pasted, and not put there one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from listbot.catalogue import Catalogue
from listbot.checks.duplicate_entry.shelves import Place, Shelves
from listbot.checks.duplicate_entry.views import Views
from listbot.document import Entry

_FEWEST = 3
"""So many entries of one order are a run."""
_STEP = 3
"""The next entry of a run stands no farther on; those between were added later, on one side."""
_MOST_LISTINGS = 16
"""A work that is listed more often is in no run; hostile lists have thousands."""


class Run(NamedTuple):
    """Where a pair of entries stands in its run."""

    number: int
    """0 for the first."""
    length: int


class Pasted:
    """The runs of a list, by the pairs of entries that are in them."""

    def __init__(self, listed: Catalogue, shelves: Shelves, views: Views) -> None:
        order = {entry.span.start: number for number, entry in enumerate(listed.entries)}
        pairs: dict[tuple[Place, Place], list[tuple[int, int]]] = defaultdict(list)
        for first, again in _pairs(listed, views):
            places = shelves.place(first), shelves.place(again)
            if places[0] != places[1]:
                pairs[places].append((order[first.span.start], order[again.span.start]))
        self._runs: dict[tuple[int, int], Run] = {}
        for found in pairs.values():
            for run in _chains(sorted(found)):
                for number, (one, other) in enumerate(run):
                    key = listed.entries[one].span.start, listed.entries[other].span.start
                    self._runs[key] = Run(number, len(run))

    def run(self, first: Entry, again: Entry) -> Run | None:
        """Where two entries of one work stand in a run; None where they stand alone."""
        starts = first.span.start, again.span.start
        return self._runs.get((min(starts), max(starts)))


def _pairs(listed: Catalogue, views: Views) -> Iterator[tuple[Entry, Entry]]:
    """The entries of the list itself that share a work, the earlier first."""
    for listings in listed.by_work.values():
        if 1 < len(listings) <= _MOST_LISTINGS:
            yield from combinations((one.entry for one in listings if views.is_listed(one.entry)), 2)


def _chains(pairs: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Pairs of numbers that grow together in small steps; pairs are sorted."""
    chain: list[tuple[int, int]] = []
    for pair in pairs:
        if chain and not all(0 < now - before <= _STEP for before, now in zip(chain[-1], pair, strict=True)):
            if len(chain) >= _FEWEST:
                yield chain
            chain = []
        chain.append(pair)
    if len(chain) >= _FEWEST:
        yield chain
