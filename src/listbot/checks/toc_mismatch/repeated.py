"""Lines that stand in the contents twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from listbot.checks.toc_mismatch.names import name_of
from listbot.contents_table import ContentsTable, Line
from listbot.document import Document
from listbot.finding import Finding, Related
from listbot.source import Span


def lines(document: Document, contents: ContentsTable, wrong: Collection[Span]) -> Iterator[Finding]:
    """Lines with the words and the anchor of one before them in the same list, or in the same block that has none.

    `wrong` are the targets of which more is known.
    In another list of the contents a line may stand again: below a second parent, or below one of its own name.
    """
    first: dict[tuple[str, str, int], Line] = {}
    for line in contents.lines:
        if line.heading is None or line.link.destination in wrong or not line.link.target.startswith("#"):
            continue
        label = document.source[line.link.label]
        name = name_of(label)
        before = first.setdefault((name, line.fragment, _list_of(document, contents, line)), line)
        if before is not line and name:
            related = (Related(before.link.span, "its first line"),)
            yield Finding(line.link.span, f"“{label.strip()}” stands in the contents twice", "twice", related=related)


def _list_of(document: Document, contents: ContentsTable, line: Line) -> int:
    """The innermost list that holds a line, by its index among the blocks; that of its outermost block without one."""
    block = next(block for block in contents.blocks if block.span.contains(line.link.span))
    start = document.blocks.index(block)
    held = [start]
    for at, one in enumerate(document.blocks[start:], start):
        if one.span.start > line.link.span.start:
            break
        if one.kind == "list" and one.span.contains(line.link.span):
            held.append(at)
    return held[-1]
