"""Which entries are plain enough to be merged: items of one line with nothing below them, and rows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from listbot.document import Block, Document
from listbot.source import Span

_FEWEST = 2
"""So many items or rows must there be for one to go."""


class Line(NamedTuple):
    """An item of one line with nothing below it, or a row."""

    block: Block
    parts: tuple[Block, ...]
    """The item's paragraph, or the row's cells."""
    siblings: tuple[Block, ...]
    """The items of its list, or the rows of its table below the header, itself included."""


@lru_cache(maxsize=1)
def plain_lines(document: Document) -> dict[Span, Line]:
    """The plain items and rows of a document by the span of their entry."""
    children: dict[int, list[Block]] = {}
    for block in document.blocks:
        children.setdefault(block.parent, []).append(block)
    starts = {document.source.position(entry.span.start).line: entry.span for entry in document.entries}
    found: dict[Span, Line] = {}
    for index, block in enumerate(document.blocks):
        parts = tuple(children.get(index, ()))
        if block.first != block.last or block.first not in starts or not _is_plain(block, parts):
            continue
        siblings = tuple(
            sibling
            for sibling in children[block.parent]
            if sibling.kind == block.kind and not (block.kind == "row" and sibling.level)
        )
        found[starts[block.first]] = Line(block, parts, siblings)
    return found


def _is_plain(block: Block, parts: tuple[Block, ...]) -> bool:
    if block.kind == "item":
        return block.mark in "-*+" and [part.kind for part in parts] == ["paragraph"]
    return block.kind == "row" and not block.level and all(part.kind == "cell" for part in parts)


def can_go(document: Document, line: Line) -> bool:
    """Whether taking a line out leaves the list or table as it is: not empty, and set as tightly as before."""
    source, at = document.source, line.siblings.index(line.block)
    ended = source.text.startswith(("\n", "\r"), source.line_span(line.block.last).end)
    if len(line.siblings) < _FEWEST or not ended:
        return False
    others = line.siblings[:at] + line.siblings[at + 1 :]
    return line.block.kind == "row" or _gaps(line.siblings, 0) == _gaps(others, line.block.first)


def _gaps(items: Iterable[Block], gone: int) -> bool:
    """Whether blank lines stand between items, which makes a paragraph of each; the line `gone` is none."""
    return any(
        later.first - earlier.last - (earlier.last < gone < later.first) > 1 for earlier, later in pairwise(items)
    )
