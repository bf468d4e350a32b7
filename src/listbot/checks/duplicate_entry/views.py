"""What shows again what the list has already: second views of a section, copies before the first one, lines of news.

An entry there lists nothing of its own. It is compared with what stands beside it, and with nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import combinations, takewhile
from typing import NamedTuple

from listbot import dates
from listbot.catalogue import Catalogue
from listbot.document import Document, Entry
from listbot.section_roles import CONTENTS

_FORMS = frozenset({"list", "table", "html"})
_FEWEST_SHOWN = 3
_SHOWN = 0.8
"""Where a block shows another once more, so much of the smaller is in both; the rest was forgotten, or has no link."""
_MOST_BLOCKS = 16
"""A work in more blocks than this is what they have in common; hostile lists have thousands."""
_FRONT = 0.1
"""Of the entries. More of them before the first section are a part of the list."""
_LIST = -1
"""The list itself, among its views."""


class _Group(NamedTuple):
    """A list or table at the top level, and how it shows things: two tables do it in two ways if their heads differ."""

    block: int
    form: str


class Views:
    """Which entries of a document stand in another view than the list itself."""

    def __init__(self, document: Document, listed: Catalogue) -> None:
        self._document = document
        self._top = [(block.span.start, index) for index, block in enumerate(document.blocks) if block.parent < 0]
        self._forms: dict[int, str] = {}
        self._front = _front(document, listed)
        self._second = self._second_views(listed)

    def same(self, first: Entry, again: Entry) -> bool:
        """Whether two entries are in one view, so that they may list one thing twice."""
        return self.of(first) == self.of(again)

    def of(self, entry: Entry) -> int:
        """The view that an entry stands in; `_LIST` for the list itself."""
        if entry.span.start < self._front:
            return 0
        block = self._block(entry)
        return block + 1 if block in self._second else _LIST

    def is_listed(self, entry: Entry) -> bool:
        """Whether an entry is in the list itself."""
        return self.of(entry) == _LIST

    def _block(self, entry: Entry) -> int:
        """The outermost block that an entry stands in; -1 where it stands in none."""
        at = bisect_right(self._top, (entry.span.start, len(self._document.blocks))) - 1
        return self._top[at][1] if at >= 0 else -1

    def _group(self, entry: Entry) -> _Group | None:
        index = self._block(entry)
        if index < 0 or self._document.blocks[index].kind not in _FORMS:
            return None
        if index not in self._forms:
            self._forms[index] = self._form(index)
        return _Group(index, self._forms[index])

    def _form(self, index: int) -> str:
        """The kind of a block, for a table with its head."""
        blocks = self._document.blocks
        if blocks[index].kind != "table":
            return blocks[index].kind
        head = takewhile(lambda cell: blocks[cell].parent == index + 1, range(index + 2, len(blocks)))
        return " | ".join(("table", *(blocks[cell].text for cell in head)))

    def _second_views(self, listed: Catalogue) -> frozenset[int]:
        """The blocks whose works stand in another block of their section, in another form: the smaller of the two."""
        works: dict[tuple[int, _Group], set[str]] = defaultdict(set)
        where: dict[str, set[tuple[int, _Group]]] = defaultdict(set)
        for work, listings in listed.by_work.items():
            for listing in listings:
                group = self._group(listing.entry)
                if group is not None:
                    works[listing.entry.section, group].add(work)
                    where[work].add((listing.entry.section, group))
        shared = Counter(
            pair
            for groups in where.values()
            if 1 < len(groups) <= _MOST_BLOCKS
            for pair in combinations(sorted(groups), 2)
            if pair[0][0] == pair[1][0] and pair[0][1].form != pair[1][1].form
        )
        return frozenset(
            min(second, first, key=lambda group: len(works[group]))[1].block
            for (first, second), count in shared.items()
            if count >= max(_FEWEST_SHOWN, _SHOWN * min(len(works[first]), len(works[second])))
        )


def _front(document: Document, listed: Catalogue) -> int:
    """Where the list begins: what stands before its first section or its contents recommends some of it.

    0 where nothing stands before them, or where that is a good part of the list.
    """
    starts = [section.span.start for section in document.sections]
    if not starts:
        return 0
    titled = len(starts) > 1 and document.sections[0].heading.level == 1 and document.sections[1].parent == 0
    contents = [index + 1 for index, section in enumerate(document.sections[:-1]) if section.role == CONTENTS]
    for index in (*contents, int(titled)):
        before = sum(entry.span.start < starts[index] for entry in listed.entries)
        if before <= _FRONT * len(listed.entries):
            return starts[index]
    return 0


def is_news(document: Document, entry: Entry) -> bool:
    """Whether an entry tells what happened on a day: a date before its title, and no link."""
    if entry.links or entry.spans.title is None:
        return False
    date = dates.find(document.source.text[entry.span.start : entry.spans.title.start])
    return date is not None and date.day > 0
