"""What grouping finds, and where: the groups of a document, and the blocks that they are found among."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import NamedTuple

from listbot.document import Document
from listbot.source import Span, record

_QUIET = frozenset({"news", "contributing", "license"})
"""Roles of sections that list nothing."""


class Leaf(NamedTuple):
    """A piece of an entry's text that is tokenised as a whole."""

    span: Span
    html: bool = False
    column: str | None = None
    """What the table's header says the cell holds."""
    level: int = 0
    """0 for the entry's own line, 1 for what hangs below it."""


class Group(NamedTuple):
    """The lines of one entry."""

    kind: str
    span: Span
    first: int
    last: int
    leaves: list[Leaf]


class Ground:
    """The blocks of one document, and the groups that were found among them so far."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.source = document.source
        self.text = document.source.text
        self.found: list[Group] = []
        self.blocks = document.blocks
        self._children: defaultdict[int, list[int]] = defaultdict(list)
        for index, block in enumerate(document.blocks):
            self._children[block.parent].append(index)
        self.tables: set[int] = set()
        """The tables whose rows were added."""
        self.taken: list[Span] = []
        """What entries of raw HTML cover, in order."""

    def children(self, index: int) -> list[int]:
        """The blocks right below a block, -1 being the document."""
        return self._children.get(index, [])

    def is_quiet(self, offset: int) -> bool:
        """Whether a section lists nothing."""
        return self._role_at(offset) in _QUIET

    def is_contents(self, offset: int) -> bool:
        return self._role_at(offset) == "contents"

    def _role_at(self, offset: int) -> str:
        index = self.document.section_at(offset)
        return self.document.sections[index].role if index >= 0 else ""

    def is_taken(self, span: Span) -> bool:
        if not self.taken:
            return False
        index = bisect_left(self.taken, (span.start + 1,)) - 1
        return index >= 0 and self.taken[index].start <= span.start and span.end <= self.taken[index].end

    def add(self, kind: str, leaves: list[Leaf], start: int, last: int) -> None:
        """Add a group from `start` to the end of its leaves; `last` is the line that it reaches to at least."""
        end = leaves[0].span.end if len(leaves) == 1 else max([leaf.span.end for leaf in leaves])
        first = self.source.line_of(start)
        last = max(last, self.source.line_of(max(start, end - 1)))
        self.found.append(record(Group, (kind, record(Span, (start, max(end, start))), first, last, leaves)))
