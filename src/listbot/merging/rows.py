"""Two rows of one width as one, cell by cell."""

from __future__ import annotations

from listbot import works
from listbot.document import Block, Document
from listbot.finding import Edit
from listbot.merging.items import applied
from listbot.merging.links import is_preprint, wrapped
from listbot.merging.notes import join, words_of
from listbot.merging.plain import Line

_NOTHING = frozenset({"", "-", "–", "—", "/", "N/A", "n/a", "NA", "TBD"})


def merged_row(document: Document, one: Line, other: Line) -> str | None:
    """The first row with each cell that the second fills, lengthens or adds links to."""
    if len(one.parts) != len(other.parts):
        return None
    edits = []
    for cell, beside in zip(one.parts, other.parts, strict=True):
        text = document.source[cell.span]
        merged = _merged_cell(document, cell, beside)
        if merged is None:
            return None
        if merged != text:
            blank = "" if document.source.text[cell.span.start - 1].isspace() else " "
            edits.append(Edit(cell.span, merged if text else f"{blank}{merged} "))
    return applied(document.source, document.source.line_span(one.block.first), edits)


def _merged_cell(document: Document, cell: Block, beside: Block) -> str | None:
    one, other = document.source[cell.span].strip(), document.source[beside.span].strip()
    if other in _NOTHING or one == other:
        return document.source[cell.span]
    if one in _NOTHING:
        return other
    links, more = document.links_in(cell.span), document.links_in(beside.span)
    if links or more:
        there = {works.identity(link.target) or link.target for link in links}
        new = [link for link in more if (works.identity(link.target) or link.target) not in there]
        if not new:
            return document.source[cell.span]
        only_links = all(not _outside(document, block) for block in (cell, beside))
        if not only_links or not links:
            return None
        pieces = [wrapped(document, link.span) for link in new]
        published = not is_preprint(works.identity(new[0].target) or "") and all(
            is_preprint(works.identity(link.target) or "") for link in links
        )
        return " ".join([*pieces, one] if published else [one, *pieces])
    joined = join(one, other)
    return joined if joined in (one, other) else None


def _outside(document: Document, cell: Block) -> list[str]:
    """The words of a cell that stand in no link."""
    text, position, left = document.source.text, cell.span.start, ""
    for link in document.links_in(cell.span):
        left += text[position : link.span.start] + " "
        position = max(position, link.span.end)
    return words_of(left + text[position : cell.span.end])
