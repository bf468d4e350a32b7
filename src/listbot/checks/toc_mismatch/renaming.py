"""A heading that was renamed while its line in the contents was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from listbot.contents_table import ContentsTable
from listbot.document import Document, Heading
from listbot.finding import Edit, Finding, Fix, Related
from listbot.source import Span


def pairs(
    document: Document, contents: ContentsTable, broken: Iterable[Span], missing: Iterable[Heading]
) -> Mapping[Span, Heading]:
    """From the target of a broken line to the heading that is meant, by their places between the same neighbours.

    Sure only where one line and one heading stand alone between two lines that lead to neighbours in the text; before
    the first line and behind the last one there is only one such neighbour.
    """
    wanted = set(broken)
    without_line = sorted(missing, key=lambda heading: heading.span)
    found = {}
    for at, line in enumerate(contents.lines):
        if line.link.destination not in wanted:
            continue
        room = _room(document, contents, at)
        between = [heading for heading in without_line if room is not None and room.contains(heading.span)]
        if len(between) == 1:
            found[line.link.destination] = between[0]
    return found


def _room(document: Document, contents: ContentsTable, at: int) -> Span | None:
    """Where the heading of a line has to stand: between those of its neighbours; None where one leads nowhere, too."""
    start, end = 0, len(document.source.text)
    for neighbour in contents.lines[max(0, at - 1) : at]:
        if neighbour.heading is None:
            return None
        start = document.headings[neighbour.heading].span.end
    for neighbour in contents.lines[at + 1 : at + 2]:
        if neighbour.heading is None:
            return None
        end = document.headings[neighbour.heading].span.start
    return Span(start, end)


def finding(broken: Finding, heading: Heading) -> Finding:
    """A broken line with the heading that is meant; writing its anchor is somebody's decision, and so is the label."""
    return broken._replace(
        message=f"{broken.message}; “{heading.text}” stands in its place",
        fix=Fix(f"write #{heading.slug}", (Edit(broken.span, f"#{heading.slug}"),), safe=False),
        related=(Related(heading.span, "the heading that has no line"),),
        hint=None,
    )
