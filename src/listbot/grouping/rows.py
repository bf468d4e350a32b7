"""Table rows: each is an entry, and the header says what its cells hold."""

from __future__ import annotations

from listbot import vocabulary
from listbot.grouping.groups import Ground, Leaf
from listbot.grouping.looking import Eye
from listbot.source import Span, record


def add_rows(ground: Ground, eye: Eye, table: int) -> None:
    """Add the rows of a table that list something; once, as a table inside an item is met more often."""
    if table in ground.tables:
        return
    ground.tables.add(table)
    columns: list[str | None] = []
    for row in ground.children(table):
        cells = [ground.blocks[cell] for cell in ground.children(row)]
        whole = ground.blocks[row]
        if whole.level:
            columns = [vocabulary.column(cell.text) for cell in cells]
            continue
        if not cells:
            continue
        links = ground.document.links_in(Span(cells[0].span.start, whole.span.end))
        outward = any(not eye.stays(link) for link in links)
        if not outward and (links or not any(kind in ("title", "paper") for kind in columns)):
            continue
        if not any(cell.text and not cell.text.isspace() for cell in cells) or ground.is_taken(whole.span):
            continue
        kinds = columns + [None] * (len(cells) - len(columns))
        leaves = [record(Leaf, (cell.span, False, kind or "", 0)) for cell, kind in zip(cells, kinds, strict=False)]
        ground.add("row", leaves, whole.span.start, whole.last)
