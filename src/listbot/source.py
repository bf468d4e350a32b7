"""A text, its lines, and the two ways to name a place in it.

Inside listbot a place is a *span*: half-open offsets, in code points, into `Source.text`. At the edges (terminal,
JSON, GitHub) it is a *position*: 1-based line and column, the column in code points. A byte order mark is no part of
the text; `Source.bom` remembers it, so that writing gives back what was read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_NEWLINE = re.compile(r"\r\n|\n|\r")
record = tuple.__new__
"""`record(Span, (start, end))` is `Span(start, end)` in less than half the time, without a call in Python: for the
places that make several for every link."""


class Span(NamedTuple):
    """Half-open offsets into `Source.text`: `text[start:end]`."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Share a character, or, where one of them is empty, touch."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


class Position(NamedTuple):
    """A place as people count: both numbers start at 1; the column counts code points."""

    line: int
    column: int


class Source:
    """One Markdown text under the path by which the user knows it."""

    __slots__ = ("_ends", "_starts", "bom", "line_count", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.bom = text.startswith("\ufeff")
        self.text = text[1:] if self.bom else text
        newlines = [newline.span() for newline in _NEWLINE.finditer(self.text)]
        self._starts = [0, *(end for _, end in newlines)]
        self._ends = [*(start for start, _ in newlines), len(self.text)]
        last_is_empty = len(self._starts) > 1 and self._starts[-1] == len(self.text)
        self.line_count = len(self._starts) - last_is_empty
        """Lines as an editor counts them; an empty text has one, an ending newline opens no further one."""

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, without its line ending."""
        return record(Span, (self._starts[line - 1], self._ends[line - 1]))

    def line(self, line: int) -> str:
        """The text of a 1-based line, without its line ending."""
        return self.text[self._starts[line - 1] : self._ends[line - 1]]

    def lines_span(self, first: int, last: int) -> Span:
        """From the start of one 1-based line to the end of another, without the last line ending."""
        return record(Span, (self._starts[first - 1], self._ends[last - 1]))

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds an offset."""
        return bisect_right(self._starts, offset)

    def position(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]
