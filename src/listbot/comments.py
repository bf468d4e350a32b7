"""How a comment is taken out of a text so that everything else is rendered as before."""

from __future__ import annotations

from typing import NamedTuple

from listbot.document import Block, Document
from listbot.source import Span

_CLOSED = frozenset({"heading", "rule"})
"""Blocks that nothing on the next line can join."""


class Removal(NamedTuple):
    """What to delete, and whether nothing but the comment changes."""

    span: Span
    safe: bool


def removal(document: Document, comment: Span) -> Removal:
    """The comment with the blanks that belong to it, or with its whole line where it stands alone."""
    source = document.source
    first, last = source.line_of(comment.start), source.line_of(comment.end - 1)
    line = Span(source.line_span(first).start, source.line_span(last).end)
    before, after = source.text[line.start : comment.start], source.text[comment.end : line.end]
    if before.strip() or after.strip():
        return Removal(_with_blanks(line, comment, before, after), safe=bool(before.strip()))
    if last < source.line_count and source.line_span(last + 1).start > line.end:
        return Removal(Span(line.start, source.line_span(last + 1).start), _stands_apart(document, comment))
    return Removal(comment, safe=False)


def _with_blanks(line: Span, comment: Span, before: str, after: str) -> Span:
    """Blanks before a comment at the end of its line go with it; in the middle of a line, those behind it."""
    if not after.strip():
        return Span(line.start + len(before.rstrip(" \t")), comment.end)
    return Span(comment.start, comment.end + len(after) - len(after.lstrip(" \t")))


def _stands_apart(document: Document, comment: Span) -> bool:
    """Whether what stands before and after a block of nothing but the comment does not grow together without it."""
    blocks = document.blocks
    index = next((i for i, block in enumerate(blocks) if block.kind == "html" and block.span.contains(comment)), -1)
    if index < 0 or document.source[blocks[index].span].strip() != document.source[comment]:
        return False
    siblings = [block for block in blocks if block.parent == blocks[index].parent]
    at = siblings.index(blocks[index])
    before = siblings[at - 1] if at else None
    after = siblings[at + 1] if at + 1 < len(siblings) else None
    if before is None or after is None or before.kind in _CLOSED:
        # Inside an item a blank line before the comment sets all items of the list apart, and would not without it.
        return blocks[index].parent < 0 or bool(document.source.line(max(1, blocks[index].first - 1)).strip())
    return (after.kind == "heading" and after.mark.startswith("#")) or _are_one_list(document, before, after)


def _are_one_list(document: Document, before: Block, after: Block) -> bool:
    """Whether a comment parts a bullet list without blank lines in two: without it they are one, looking the same."""
    marks = [_bullets(document, block) for block in (before, after)]
    lines = range(before.first, after.last + 1)
    whole = all(document.source.line(line).strip() for line in lines)
    return whole and marks[0] == marks[1] and len(marks[0]) == 1 and not marks[0] & {".", ")"}


def _bullets(document: Document, block: Block) -> set[str]:
    if block.kind != "list":
        return set()
    index = document.blocks.index(block)
    return {item.mark for item in document.blocks if item.kind == "item" and item.parent == index}
