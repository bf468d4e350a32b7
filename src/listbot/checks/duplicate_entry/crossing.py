"""Which works a list puts into several places on purpose.

A list may do so throughout, or in a place that goes across the others: a section of data sets, of one language, of the
best papers. There a second listing is no slip. Slips are rare, and lie scattered, or are a whole run that was pasted:
that is told once, at its first entry, and shows no purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Literal

from listbot import dates
from listbot.catalogue import Catalogue
from listbot.checks.duplicate_entry.pasted import Pasted, Run
from listbot.checks.duplicate_entry.shelves import Place, Shelves
from listbot.checks.duplicate_entry.views import Views
from listbot.document import Entry

_SHARE = 0.04
"""A list that has more of its works than this in several places does so on purpose (`reference/lists.md` §3)."""
_FEW = 5
"""So few works in several places are no habit, however short the list."""
_ACROSS = ((4, 0.15), (3, 0.75))
"""A place goes across the others where so many of its works, and such a share of them, stand elsewhere as well."""
_OVERLAP = (4, 0.125)
"""Two places overlap where they share so many works, and such a share of the smaller one."""
_MOST_LISTINGS = 16
"""A work that is listed more often shows nothing of pairs of places; hostile lists have thousands."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PREPRINTS = re.compile(r"\barxiv\b|\bpre-?prints?\b", re.IGNORECASE)

_Pair = frozenset[Place]


class Crossing:
    """Where a second listing is meant."""

    def __init__(
        self, listed: Catalogue, shelves: Shelves, views: Views, mode: Literal["learned", "on-purpose", "mistake"]
    ) -> None:
        self._shelves = shelves
        self._everywhere = mode == "on-purpose"
        self._across: frozenset[Place] = frozenset()
        self._overlapping: frozenset[_Pair] = frozenset()
        self._pasted: Pasted | None = None
        if mode == "learned":
            self._learn(listed, views)

    def is_meant(self, first: Entry, again: Entry) -> bool:
        """Whether the list puts a work that stands in one of two places into the other on purpose.

        The later entries of a run that was pasted pass for it: the first speaks for them.
        """
        if self._everywhere:
            return True
        run = self._run(first, again)
        if run is not None:
            return run.number > 0
        if self._shelves.is_among_lists(first) != self._shelves.is_among_lists(again):
            return True  # a list of other lists has also those of one subject
        places = frozenset((self._shelves.place(first), self._shelves.place(again)))
        if any(_PREPRINTS.search(self._shelves.name(place)) for place in places):
            return False  # the paper has come out, and its old line is left
        return bool(places & self._across) or places in self._overlapping

    def with_others(self, first: Entry, again: Entry) -> str:
        """What the finding of a run's first entry says of the others."""
        run = None if self._everywhere else self._run(first, again)
        return f", and so are {run.length - 1} more below it" if run is not None and run.number == 0 else ""

    def _run(self, first: Entry, again: Entry) -> Run | None:
        return self._pasted.run(first, again) if self._pasted is not None else None

    def _learn(self, listed: Catalogue, views: Views) -> None:
        entries = {
            work: [one.entry for one in listings if views.is_listed(one.entry)]
            for work, listings in listed.by_work.items()
        }
        places = {work: {self._shelves.place(entry) for entry in of} for work, of in entries.items()}
        several = [work for work, of in places.items() if len(of) > 1]
        self._everywhere = len(several) > max(_FEW, _SHARE * len(places))
        if self._everywhere:
            return
        self._pasted = Pasted(listed, self._shelves, views)
        size = Counter(place for of in places.values() for place in of)
        pairs = [self._pairs(entries[work]) for work in several if len(entries[work]) <= _MOST_LISTINGS]
        self._across = self._places_across(size, pairs)
        self._overlapping = self._overlaps(size, pairs)

    def _pairs(self, entries: Sequence[Entry]) -> set[_Pair]:
        """The pairs of places that a work stands in, but for runs, which show nothing."""
        alone = (pair for pair in combinations(entries, 2) if self._run(*pair) is None)
        pairs = (frozenset((self._shelves.place(first), self._shelves.place(again))) for first, again in alone)
        return {pair for pair in pairs if len(pair) > 1}

    def _places_across(self, size: Mapping[Place, int], pairs: Sequence[set[_Pair]]) -> frozenset[Place]:
        shared = Counter(place for of in pairs for place in frozenset().union(*of))
        return frozenset(
            place
            for place, count in shared.items()
            if self._is_subject(place) and any(count >= max(few, share * size[place]) for few, share in _ACROSS)
        )

    def _overlaps(self, size: Mapping[Place, int], pairs: Sequence[set[_Pair]]) -> frozenset[_Pair]:
        shared = Counter(pair for of in pairs for pair in of)
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
