"""Which works a list puts into several places on purpose.

A list may do so throughout, or in a place that goes across the others: a section of data sets, of one language, of the
best papers. There a second listing is no slip. Slips are rare, and lie scattered.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Literal

from listbot import dates
from listbot.catalogue import Catalogue
from listbot.checks.duplicate_entry.shelves import Place, Shelves
from listbot.checks.duplicate_entry.views import Views
from listbot.document import Entry

_SHARE = 0.04
"""A list that has more of its works than this in several places does so on purpose (`reference/lists.md` §3)."""
_FEW = 5
"""So few works in several places are no habit, however short the list."""
_ACROSS = ((4, 0.15), (3, 0.3), (2, 1.0))
"""A place goes across the others where so many of its works, and such a share of them, stand elsewhere as well."""
_OVERLAP = (4, 0.1)
"""Two places overlap where they share so many works, and such a share of the smaller one."""
_MOST_PLACES = 16
"""A work in more places is not asked for pairs of them; hostile lists have thousands."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PREPRINTS = re.compile(r"\barxiv\b|\bpre-?prints?\b", re.IGNORECASE)


class Crossing:
    """Where a second listing is meant."""

    def __init__(
        self, listed: Catalogue, shelves: Shelves, views: Views, mode: Literal["learned", "on-purpose", "mistake"]
    ):
        self._shelves = shelves
        self._everywhere = mode == "on-purpose"
        self._across: frozenset[Place] = frozenset()
        self._overlapping: frozenset[frozenset[Place]] = frozenset()
        if mode == "learned":
            self._learn(listed, views)

    def is_meant(self, first: Entry, again: Entry) -> bool:
        """Whether the list puts a work that stands in one of two places into the other on purpose."""
        if self._everywhere:
            return True
        places = {self._shelves.place(first), self._shelves.place(again)}
        if any(_PREPRINTS.search(self._shelves.name(place)) for place in places):
            return False  # the paper has come out, and its old line is left
        return bool(places & self._across) or frozenset(places) in self._overlapping

    def _learn(self, listed: Catalogue, views: Views) -> None:
        places = {
            work: {self._shelves.place(one.entry) for one in listings if views.is_listed(one.entry)}
            for work, listings in listed.by_work.items()
        }
        several = [of for of in places.values() if len(of) > 1]
        self._everywhere = len(several) > max(_FEW, _SHARE * len(places))
        if not self._everywhere:
            size = Counter(place for of in places.values() for place in of)
            self._across = self._places_across(size, several)
            self._overlapping = self._overlaps(size, several)

    def _places_across(self, size: Mapping[Place, int], several: list[set[Place]]) -> frozenset[Place]:
        shared = Counter(place for of in several for place in of)
        return frozenset(
            place
            for place, count in shared.items()
            if self._is_subject(place) and any(count >= max(few, share * size[place]) for few, share in _ACROSS)
        )

    def _overlaps(self, size: Mapping[Place, int], several: list[set[Place]]) -> frozenset[frozenset[Place]]:
        shared: dict[frozenset[Place], int] = defaultdict(int)
        for of in several:
            if len(of) <= _MOST_PLACES:
                for pair in combinations(of, 2):
                    shared[frozenset(pair)] += 1
        few, share = _OVERLAP
        return frozenset(
            pair
            for pair, count in shared.items()
            if count >= max(few, share * min(size[place] for place in pair)) and any(map(self._is_subject, pair))
        )

    def _is_subject(self, place: Place) -> bool:
        """Not so for a year, of which a work has only one."""
        name = self._shelves.name(place)
        return dates.find(name) is None and any(character.isalpha() for character in _YEAR.sub("", name))
