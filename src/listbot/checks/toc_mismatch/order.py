"""Lines of the contents in another order than their headings have in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from listbot.checks.toc_mismatch.places import Place, meant
from listbot.contents_table import ContentsTable
from listbot.document import Document
from listbot.finding import Finding, Related
from listbot.source import Span
from listbot.subsequences import longest_sorted

_FEWEST = 4
_FEW = 0.1
"""More lines out of order, and the contents have an order of their own."""


def stray(document: Document, contents: ContentsTable, again: Collection[Span]) -> Iterator[Finding]:
    """What stands in another place, where that is little. A table is read along its rows or down its columns.

    `again` are the links of lines that are told to stand there twice.
    """
    places = [place for place in meant(document, contents) if place.line.link.span not in again]
    if len({place.heading for place in places}) < len(places) or len(places) < _FEWEST:
        return
    found = min((_stray(reading) for reading in (places, _down(document, contents, places))), key=len)
    if len(found) > max(1, _FEW * len(places)):
        return
    for line, number in found:
        if line.heading is None:
            continue  # what is wrong with it is said already
        heading = document.headings[number]
        yield Finding(
            line.link.span,
            f"the contents list “{heading.text.strip()}” in another place than the text has it",
            "order",
            related=(Related(heading.span, "the section stands here"),),
        )


def _stray(places: Sequence[Place]) -> list[Place]:
    kept = longest_sorted([place.heading for place in places], strictly=True)
    return [place for at, place in enumerate(places) if at not in kept]


def _down(document: Document, contents: ContentsTable, places: Sequence[Place]) -> Sequence[Place]:
    """The lines of tables column by column, those of other blocks as they are."""
    if all(block.kind != "table" for block in contents.blocks):
        return places
    columns: dict[int, int] = {}
    """From where a cell starts to its number in the row."""
    row, column = -1, 0
    for block in document.blocks:
        if block.kind == "cell":
            column = column + 1 if block.parent == row else 0
            row = block.parent
            columns[block.span.start] = column
    starts = sorted(columns)
    tables = [block.span.start for block in contents.blocks]

    def by_column(place: Place) -> tuple[int, int]:
        at = place.line.link.span.start
        cell = bisect_right(starts, at)
        return bisect_right(tables, at), columns[starts[cell - 1]] if cell else 0

    return sorted(places, key=by_column)
