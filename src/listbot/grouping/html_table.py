"""The cells of a raw HTML table's rows, and the columns that they stand in, cells of earlier rows counted."""

from __future__ import annotations

from listbot.html_tags import Reader, Tag
from listbot.source import Span

_WIDEST = 100
"""Columns. What spans more is no table of entries."""


class Table:
    """One table, read row by row from the top."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.columns: list[str | None] = []
        """What the header says that the columns hold."""
        self._held: dict[int, int] = {}
        """column -> the rows below that a cell with a `rowspan` still covers."""

    def row(self, span: Span) -> list[tuple[Span, int]]:
        """The cells of the next row, each with the number of its column."""
        tags = [t for t in Reader(self.text, lenient=True).tags(span.start, span.end) if t.name in ("td", "th")]
        covered = {column for column, rows in self._held.items() if rows > 0}
        self._held = {column: rows - 1 for column, rows in self._held.items() if rows > 1}
        cells: list[tuple[Span, int]] = []
        column = 0
        for index, tag in enumerate(tags):
            if tag.closing:
                continue
            while column in covered:
                column += 1
            after = tags[index + 1].span.start if index + 1 < len(tags) else span.end
            cells.append((Span(tag.span.end, after), column))
            rows = _number(tag, "rowspan")
            for _ in range(_number(tag, "colspan")):
                if rows > 1 and column < _WIDEST:
                    self._held[column] = rows - 1
                column += 1
        return cells

    def column(self, number: int) -> str | None:
        return self.columns[number] if number < len(self.columns) else None

    def head(self, cells: list[tuple[Span, int]], kinds: list[str | None]) -> None:
        """Take a row for the header."""
        self.columns = [None] * (cells[-1][1] + 1 if cells else 0)
        for (_, number), kind in zip(cells, kinds, strict=True):
            self.columns[number] = kind


def _number(tag: Tag, name: str) -> int:
    """An attribute that counts rows or columns; 1 where it is absent or no number."""
    attribute = tag.get(name)
    value = attribute.value.strip() if attribute is not None else ""
    return min(max(int(value), 1), _WIDEST) if value.isascii() and value.isdigit() and len(value) < 6 else 1
