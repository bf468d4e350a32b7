"""Which entries are plain enough to be merged: items of one line with nothing below them, and rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from listbot.document import Block, Document
from listbot.source import Span

_FEWEST = 2
"""So many items or rows must there be for one to go."""
_WITH_BOTH_NEIGHBOURS = 3


class Siblings(NamedTuple):
    """The items of a list, or the rows of a table below the header."""

    blocks: tuple[Block, ...]
    gaps: int
    """How many of them have a blank line behind them, before the next; one makes a paragraph of each item."""


class Line(NamedTuple):
    """An item of one line with nothing below it, or a row."""

    block: Block
    parts: tuple[Block, ...]
    """The item's paragraph, or the row's cells."""
    among: Siblings
    number: int
    """Its place among them."""


@lru_cache(maxsize=1)
def plain_lines(document: Document) -> dict[Span, Line]:
    """The plain items and rows of a document by the span of their entry."""
    children: dict[int, list[Block]] = {}
    for block in document.blocks:
        children.setdefault(block.parent, []).append(block)
    starts = {document.source.position(entry.span.start).line: entry.span for entry in document.entries}
    among = {parent: _siblings(blocks) for parent, blocks in children.items()}
    numbers = {block: number for siblings in among.values() for number, block in enumerate(siblings.blocks)}
    found: dict[Span, Line] = {}
    for index, block in enumerate(document.blocks):
        parts = tuple(children.get(index, ()))
        if block.first == block.last and block.first in starts and _is_plain(block, parts):
            found[starts[block.first]] = Line(block, parts, among[block.parent], numbers[block])
    return found


def _siblings(children: Sequence[Block]) -> Siblings:
    blocks = tuple(block for block in children if block.kind == "item" or (block.kind == "row" and not block.level))
    return Siblings(blocks, sum(_gap(*pair) for pair in pairwise(blocks)))


def _gap(earlier: Block, later: Block) -> bool:
    return later.first - earlier.last > 1


def _is_plain(block: Block, parts: tuple[Block, ...]) -> bool:
    if block.kind == "item":
        return block.mark in "-*+" and [part.kind for part in parts] == ["paragraph"]
    return block.kind == "row" and not block.level and all(part.kind == "cell" for part in parts)


def can_go(document: Document, line: Line) -> bool:
    """Whether taking a line out leaves the list or table as it is: not empty, and set as tightly as before."""
    source, (blocks, gaps) = document.source, line.among
    ended = source.text.startswith(("\n", "\r"), source.line_span(line.block.last).end)
    if len(blocks) < _FEWEST or not ended:
        return False
    around = blocks[max(0, line.number - 1) : line.number + 2]
    left = gaps - sum(_gap(*pair) for pair in pairwise(around))
    if len(around) == _WITH_BOTH_NEIGHBOURS:
        left += around[-1].first - around[0].last - 1 > 1  # the line between them is gone
    return line.block.kind == "row" or (left > 0) == (gaps > 0)
