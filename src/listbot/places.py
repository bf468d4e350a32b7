"""Where the inline text of a block stands in the source.

Each line of a block's inline text is a *suffix* of its source line, because indentation, `>` and list marks are
prefixes: its place is the end of the line less its length. Only headings and cells have something after their text.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from listbot.source import Source, Span, record

_ESCAPED_PIPE = re.compile(r"\\\|")
_HASHES = re.compile(r"[^#]*+#++\s*+")
_CUT = re.compile(r"(?<!\\)\|")


class Place:
    """Translates offsets in one piece of inline text to offsets in the source: they differ by `shift`."""

    __slots__ = ("shift",)

    def __init__(self, shift: int) -> None:
        self.shift = shift

    def offset(self, content: int) -> int:
        return content + self.shift

    def whole(self, length: int) -> Span:
        """The span of the whole text, which has so many characters."""
        return Span(self.shift, self.shift + length)

    def span(self, span: Span) -> Span:
        start, end = span
        return record(Span, (start + self.shift, end + self.shift))


class BrokenPlace(Place):
    """The place of inline text in several pieces: `shifts[i]` holds from `starts[i]` on.

    A new piece begins after a line break (`joins_lines`), or, in a cell, after the backslash of an escaped pipe.
    """

    __slots__ = ("joins_lines", "shifts", "starts")

    def __init__(self, starts: list[int], shifts: list[int], joins_lines: bool) -> None:
        super().__init__(shifts[0])
        self.starts = starts
        self.shifts = shifts
        self.joins_lines = joins_lines

    def offset(self, content: int) -> int:
        return content + self.shifts[bisect_right(self.starts, content) - 1]

    def whole(self, length: int) -> Span:
        start = self.offset(0)
        return Span(start, max(start, self.offset(length - 1) + 1)) if length else Span(start, start)

    def span(self, span: Span) -> Span:
        start = self.offset(span.start)
        if span.end == span.start:
            return Span(start, start)
        following = bisect_right(self.starts, span.end) - 1
        if self.joins_lines and self.starts[following] == span.end:
            return Span(start, span.end + self.shifts[following])  # the line break that it ends with is part of it
        return Span(start, self.offset(span.end - 1) + 1)


def of_lines(source: Source, first: int, content: str) -> Place:
    """The place of a paragraph's or setext heading's text, which begins on a 1-based line or on a blank one before."""
    if "\n" not in content:
        start, end = source.line_span(first)
        text = source.text
        if not text.endswith(content, start, end):
            end = start + len(text[start:end].rstrip())
        if content and text.endswith(content, start, end):
            return Place(end - len(content))
    lines = content.split("\n")
    # markdown-it strips a block of every Unicode blank, so a line of no-break spaces at its start is gone
    opening = lines[0].rstrip()
    while first < source.line_count and not _as_seen(source.line(first).rstrip()).endswith(opening):
        first += 1
    starts, shifts, offset = [], [], 0
    for number, text in enumerate(lines, first):
        start, end = source.line_span(number)
        if number == first + len(lines) - 1:
            end = start + len(source.text[start:end].rstrip())
        starts.append(offset)
        shifts.append(end - len(text) - offset)
        offset += len(text) + 1
    return Place(shifts[0]) if len(lines) == 1 else BrokenPlace(starts, shifts, joins_lines=True)


def of_heading(source: Source, line: int, content: str) -> Place:
    """The place of an ATX heading's text, between its `#`s."""
    text = source.line(line)
    marks = _HASHES.match(text)
    at = marks.end() if marks else 0
    found = (text if "\0" not in text else _as_seen(text)).find(content, at)
    return Place(source.line_span(line).start + (found if found > at else at))


def of_cells(source: Source, line: int, prefix: re.Pattern[str]) -> list[Place]:
    """The places of a table row's cells, cut as markdown-it cuts them: at every `|` that no backslash precedes.

    `prefix` matches what stands before the row, such as `> `.
    """
    at, end = source.line_span(line)
    text = source.text[at:end].rstrip()
    before = prefix.match(text)
    start = before.end() if before else 0
    # without escapes, splitting at a string takes a quarter of the time of the expression
    written = text[start:].split("|") if "\\" not in text else _CUT.split(text[start:])
    at += start
    found: list[Place] = []
    last = len(written) - 1
    for number, cell in enumerate(written):
        if 0 < number < last or cell.strip():
            found.append(_of_cell(cell, at))
        at += len(cell) + 1
    return found


def _of_cell(written: str, start: int) -> Place:
    """In a cell's text, `\\|` has become `|`."""
    at = start + len(written) - len(written.lstrip())
    if "\\|" not in written:
        return Place(at)
    starts, shifts = [0], [at]
    for escapes, pipe in enumerate(_ESCAPED_PIPE.finditer(written.strip())):
        starts.append(pipe.start() - escapes)
        shifts.append(at + escapes + 1)
    return BrokenPlace(starts, shifts, joins_lines=False)


def _as_seen(line: str) -> str:
    """A line as markdown-it sees it: it has replacement characters in the place of NULs."""
    return line.replace("\0", "\ufffd")
