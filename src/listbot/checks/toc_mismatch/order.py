"""Lines of the contents in another order than their headings have in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from listbot.checks.toc_mismatch.names import name_of
from listbot.contents_table import ContentsTable, Line
from listbot.document import Document
from listbot.finding import Finding, Related
from listbot.subsequences import longest_sorted

_FEWEST = 4
_FEW = 0.1
"""More lines out of order, and the contents have an order of their own."""


class _Place(NamedTuple):
    """A line that leads to a heading, or names it."""

    line: Line
    heading: int
    """Index in `Document.headings`."""


def stray(document: Document, contents: ContentsTable) -> Iterator[Finding]:
    """What stands in another place, where that is little. A table is read along its rows or down its columns."""
    places = list(_meant(document, contents))
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


def _meant(document: Document, contents: ContentsTable) -> Iterator[_Place]:
    """The lines that lead to a heading, and those that lead nowhere but name one, which no line leads to.

    The latter hold their places in the order. They name a heading of a level that others lead to.
    """
    reached = {line.heading for line in contents.lines if line.heading is not None}
    levels = {document.headings[number].level for number in reached}
    named: dict[str, list[int]] = defaultdict(list)
    for number, heading in enumerate(document.headings):
        if heading.level in levels:
            named[name_of(heading.text)].append(number)
    for line in contents.lines:
        by_name = named.get(name_of(document.source[line.link.label]), [])
        if line.heading is not None:
            yield _Place(line, line.heading)
        elif len(by_name) == 1 and by_name[0] not in reached:
            yield _Place(line, by_name[0])


def _stray(places: Sequence[_Place]) -> list[_Place]:
    kept = longest_sorted([place.heading for place in places], strictly=True)
    return [place for at, place in enumerate(places) if at not in kept]


def _down(document: Document, contents: ContentsTable, places: Sequence[_Place]) -> Sequence[_Place]:
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

    def by_column(place: _Place) -> tuple[int, int]:
        at = place.line.link.span.start
        cell = bisect_right(starts, at)
        return bisect_right(tables, at), columns[starts[cell - 1]] if cell else 0

    return sorted(places, key=by_column)
