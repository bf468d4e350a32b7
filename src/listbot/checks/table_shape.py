"""table-shape: a table row whose cells are not the header's, and a table that is none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from listbot.document import Block, Document
from listbot.finding import Finding, Related
from listbot.rule import Context
from listbot.source import Span

_CUT = re.compile(r"(?<!\\)\|")
_DELIMITERS = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?")
_HOUSE_STYLE = 0.95


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    rows: dict[int, list[Block]] = defaultdict(list)
    for block in document.blocks:
        if block.kind == "row":
            rows[block.parent].append(block)
        elif block.kind == "paragraph":
            yield from _no_table(document, block)
    for of_table in rows.values():
        yield from _rows(document, of_table)


def _rows(document: Document, rows: list[Block]) -> Iterator[Finding]:
    """A cell too many is not shown at all; what many rows do is meant, to hide a remark or to leave cells out."""
    header = rows[0]
    columns = len(_cells(document, header))
    counted = [(row, _cells(document, row)) for row in rows[1:]]
    few = max(1, (1 - _HOUSE_STYLE) * len(counted))
    short = [(row, cells) for row, cells in counted if len(cells) < columns]
    long = [(row, cells) for row, cells in counted if any(cell.strip() for cell in cells[columns:])]
    related = (Related(header.span, f"the header has {columns}"),)
    for row, cells in long if len(long) <= few else ():
        lost = next(cell.strip() for cell in cells[columns:] if cell.strip())
        message = f"this row has {len(cells)} cells and the header {columns}: “{lost[:40]}” is not shown"
        yield Finding(row.span, message, "extra", related=related)
    for row, cells in short if len(short) <= few else ():
        yield Finding(row.span, f"this row has {len(cells)} of {columns} cells", "missing", related=related)


def _cells(document: Document, row: Block) -> list[str]:
    """A row's cells as GitHub cuts them: at every `|` without a backslash."""
    cells = _CUT.split(document.source[row.span].strip())
    start = 1 if cells and not cells[0].strip() and len(cells) > 1 else 0
    end = len(cells) - 1 if len(cells) - start > 1 and not cells[-1].strip() else len(cells)
    return cells[start:end]


def _no_table(document: Document, block: Block) -> Iterator[Finding]:
    """A header and a row of dashes that do not fit: all of it is shown as text."""
    lines = block.text.split("\n")
    for number, (above, dashes) in enumerate(pairwise(lines)):
        if _DELIMITERS.fullmatch(dashes.rstrip()) is None or "|" not in above:
            continue
        header, columns = _count(above), _count(dashes)
        if header != columns:
            span = document.source.line_span(block.first + number + 1)
            message = f"this row of dashes has {columns} cells and the header {header}, so the table is none"
            yield Finding(Span(span.start, span.end), message, "no-table")
        return


def _count(line: str) -> int:
    return len(_CUT.split(line.strip().removeprefix("|").removesuffix("|")))
