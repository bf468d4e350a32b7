"""Defects of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot.document import Block
from listbot.finding import Edit
from listbot.source import Span
from tests.vandals.defects import Change, cut, defect, put
from tests.vandals.listed import Listed


def _rows(listed: Listed) -> Iterator[Block]:
    """The rows of long tables of which nothing is said, that begin and end with a bar."""
    rows = [block for block in listed.document.blocks if block.kind == "row" and not block.level]
    for row in rows:
        text = listed.document.source[row.span]
        bars = {listed.text.count("|", *other.span) for other in rows if other.parent == row.parent}
        if (
            len(bars) == 1
            and sum(other.parent == row.parent for other in rows) >= 6
            and listed.is_clean(row.first, row.last)
            and text.startswith("|")
            and text.endswith("|")
        ):
            yield row


def _cell_too_many(listed: Listed) -> Iterator[Change]:
    for row in _rows(listed):
        yield Change((put(row.span.end, " seen |"),))


def _cell_lacks(listed: Listed) -> Iterator[Change]:
    for row in _rows(listed):
        text = listed.document.source[row.span]
        if (
            text.count("|") > 2
            and "\\|" not in text
            and not text[text[:-1].rindex("|") + 1 : -1].strip(" -x0123456789")
        ):
            yield Change((cut(row.span.start + text[:-1].rindex("|") + 1, row.span.end),), (row.span,))


def _separators(listed: Listed) -> Iterator[tuple[Block, Span, str]]:
    """Tables of which nothing is said, and their rows of dashes between bars.

    Behind a blank line: what is no table any longer goes on a paragraph above it.
    """
    for table in listed.document.blocks:
        above = listed.document.source.line(table.first - 1).strip() if table.first > 1 else ""
        if table.kind == "table" and not above and listed.is_clean(table.first, table.last):
            span = listed.document.source.line_span(table.first + 1)
            dashes = listed.document.source[span].rstrip()
            if dashes.startswith("|") and dashes.endswith("|") and dashes.count("|") > 2:
                yield table, span, dashes


def _separator_short(listed: Listed) -> Iterator[Change]:
    for _, span, dashes in _separators(listed):
        last = dashes[:-1].rindex("|")
        yield Change((Edit(span, dashes[: last + 1]),))


def _separator_of_other_dashes(listed: Listed) -> Iterator[Change]:
    for _, span, dashes in _separators(listed):
        yield Change((Edit(span, re.sub("-+", "—", dashes)),))


def _no_separator(listed: Listed) -> Iterator[Change]:
    for table, span, dashes in _separators(listed):
        lines = listed.document.source[table.span].split("\n")
        cells = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
        if len(cells) == 1 and all(line.strip().startswith("|") and line.strip().endswith("|") for line in lines):
            header = listed.document.source.line_span(table.first)
            yield Change((cut(header.end, span.start + len(dashes)),), (header,))


TABLES = (
    defect("a cell too many", "table-shape", _cell_too_many),
    defect("a cell lacks", "table-shape", _cell_lacks),
    defect("a broken separator", "table-shape", _separator_short),
    defect("a separator of other dashes", "table-shape", _separator_of_other_dashes),
    defect("the separator lacks", "table-shape", _no_separator),
)
