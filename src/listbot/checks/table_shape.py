"""table-shape: a table row whose cells are not the header's, and a table that is none.

GitHub takes lines for a table where a row of dashes stands below the first and has as many cells
(https://github.github.com/gfm/#tables-extension-). Lines that begin and end with a bar and have equally many cells were
meant as one; bars in a sentence, in a formula or in a drawing were not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import dropwhile, pairwise

from listbot.document import Block, Document
from listbot.finding import Finding, Related
from listbot.rule import Context
from listbot.source import Span

_CUT = re.compile(r"(?<!\\)\|")
_DELIMITERS = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?")
_MEANT_AS_DASHES = re.compile(
    r"(?=[|｜+: \t]*(?:[-=_][ \t]?[-=_]|[\u2010-\u2015\u2212]))(?=[^|｜+]*[|｜+])[-\u2010-\u2015\u2212=_:|｜+ \t]+"
)
"""Dashes of a word processor, of org-mode, of another keyboard; blanks between dashes, or a cell without any."""
_BAR = re.compile(r"[|｜]")
_ROW = re.compile(r"[ \t]*\|.*(?<!\\)\|[ \t]*")
_WORD = re.compile(r"[^\W_]")
_EMPTY_HEADER = re.compile(r"[ \t]*\|(?:[ \t]*\|){2,}[ \t]*")
_HOUSE_STYLE = 0.95


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    rows: dict[int, list[Block]] = defaultdict(list)
    for block in document.blocks:
        if block.kind == "row":
            rows[block.parent].append(block)
    yield from _no_tables(document)
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


def _no_tables(document: Document) -> Iterator[Finding]:
    """Paragraphs that were meant as tables, or as rows of the table above."""
    above: dict[int, Block] = {}
    for block in document.blocks:
        if block.kind == "paragraph" and "|" in block.text.replace("｜", "|"):
            yield from _no_table(document, block, above.get(block.parent))
        above[block.parent] = block


def _no_table(document: Document, block: Block, before: Block | None) -> Iterator[Finding]:
    """Lines that are shown as text, because the row of dashes does not fit, or is no such row."""
    lines = block.text.split("\n")
    for number, (above, dashes) in enumerate(pairwise(lines), start=1):
        if _BAR.search(above) is not None and (fault := _fault(above, dashes)):
            yield Finding(_line(document, block.first + number), f"{fault}, so the table is none", "no-table")
            return
    yield from _without_dashes(document, block, before, lines)


def _without_dashes(document: Document, block: Block, before: Block | None, lines: list[str]) -> Iterator[Finding]:
    """Lines that were drawn as rows, without a row of dashes or without a header."""
    first = _line(document, block.first)
    rows = list(dropwhile(lambda line: _ROW.fullmatch(line) is None, lines))
    cells = _drawn(rows)
    table = _line(document, before.first) if before is not None and before.kind == "table" else None
    if table is not None and cells and rows == lines and cells == _count(document.source[table]):
        message = "a blank line parts this row from its table, so it is shown as text"
        yield Finding(first, message, "no-table", related=(Related(table, "the table"),))
    elif _DELIMITERS.fullmatch(lines[0].rstrip()) is not None and _drawn(lines[1:]) == _count(lines[0]):
        yield Finding(first, "no header stands above this row of dashes, so the table is none", "no-table")
    elif cells and len(rows) > 1:
        header = _line(document, block.last - len(rows) + 1)
        yield Finding(header, "no row of dashes stands below this line, so the table is none", "no-table")


def _fault(above: str, dashes: str) -> str | None:
    """What is wrong with a row of dashes; None where it is none, or right."""
    if _DELIMITERS.fullmatch(dashes.rstrip()) is not None:
        header, columns = _count(above), _count(dashes)
        return f"this row of dashes has {columns} cells and the header {header}" if header != columns else None
    empty = _EMPTY_HEADER.fullmatch(above) is not None and _count(above) == _count(dashes)
    heads = _WORD.search(above) is not None or empty
    if _MEANT_AS_DASHES.fullmatch(dashes) is not None and heads:
        return "GitHub does not read this as a row of dashes, with “---” in each cell and “|” between"
    return None


def _drawn(lines: list[str]) -> int:
    """How many cells each line of what was drawn as a table has, two at least; 0 where it was not."""
    cells = _count(lines[0]) if lines else 0
    rows = all(_ROW.fullmatch(line) and _count(line) == cells for line in lines)
    worded = sum(_WORD.search(line) is not None for line in lines)
    return cells if rows and cells > 1 and 2 * worded >= len(lines) else 0


def _line(document: Document, number: int) -> Span:
    span = document.source.line_span(number)
    return Span(span.start, span.end)


def _count(line: str) -> int:
    return len(_CUT.split(line.strip().removeprefix("|").removesuffix("|")))
