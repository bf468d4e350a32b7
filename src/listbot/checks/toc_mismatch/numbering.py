"""The number of a new line in a numbered list, and what becomes of the numbers behind it."""

from __future__ import annotations

from listbot.contents_table import Line
from listbot.document import Block, Document
from listbot.finding import Edit
from listbot.source import Span


def at(document: Document, block: Block, before: Line | None, after: Line | None) -> tuple[str, list[Edit]] | None:
    """The number of a line between two others, and the edits that count on from there.

    `before` is the sibling in front of it; where there is none, `after` is the one behind. None where the list does not
    count: neither one by one nor the same number for all, which Markdown counts for the reader.
    """
    beside = before or after
    item = _item(document, block, beside) if beside is not None else None
    if item is None:
        return None
    items = [other for other in document.blocks if other.kind == "item" and other.parent == item.parent]
    numbers = [other.level for other in items]
    if len(set(numbers)) == 1 and len(numbers) > 1:
        return str(numbers[0]), []
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return None
    place = items.index(item) + (before is not None)
    edits = [Edit(_digits(document, other), str(other.level + 1)) for other in items[place:]]
    return str(item.level + (before is not None)), edits


def _item(document: Document, block: Block, line: Line) -> Block | None:
    """The innermost item of a list that holds a line."""
    holding = [
        one
        for one in document.blocks
        if one.kind == "item" and block.span.contains(one.span) and one.span.contains(line.link.span)
    ]
    return max(holding, key=lambda one: one.span.start, default=None)


def _digits(document: Document, item: Block) -> Span:
    text = document.source.text
    start = end = item.span.start
    while text[end : end + 1].isdigit():
        end += 1
    return Span(start, end)
