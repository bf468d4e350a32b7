"""A heading that was renamed while its line in the contents was not."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from listbot.checks.toc_mismatch import standing
from listbot.contents_table import ContentsTable, Line
from listbot.document import Document, Heading
from listbot.finding import Edit, Finding, Fix, Related
from listbot.section_roles import BODY, role_of
from listbot.source import Span


def pairs(
    document: Document, contents: ContentsTable, wrong: Collection[Finding], reached: Collection[int]
) -> Mapping[Span, Heading]:
    """From the target of a broken line to the heading that is meant, by their places between the same neighbours.

    `reached` are the headings that have a line, or are what a wrong line means. Sure only where one line that means
    nothing stands alone between two lines, or at an end of the contents, and one heading without a line stands alone
    between the headings of these, or before the first or behind the last of all.
    """
    broken = {finding.span for finding in wrong if finding.fix is None}
    meant = {f.span: contents.anchors.headings.get(f.fix.edits[0].text[1:]) for f in wrong if f.fix is not None}
    places = [meant.get(line.link.destination, line.heading) for line in contents.lines]
    levels = {document.headings[number].level for number in places if number is not None}
    without_line = [
        one
        for one in standing.listings(document, contents)
        if one.number not in reached and one.heading.level in levels
    ]
    found = {}
    for at, line in enumerate(contents.lines):
        if line.link.destination not in broken or not _is_of_the_body(document, line):
            continue
        before, after = places[at - 1] if at else -1, places[at + 1] if at + 1 < len(places) else len(document.headings)
        if before is None or after is None:
            continue
        between = [one.heading for one in without_line if before < one.number < after]
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


def _is_of_the_body(document: Document, line: Line) -> bool:
    """Whether a line's words name no licence or the like: where that is gone, no subject stands in its place."""
    return role_of(document.source[line.link.label]) == BODY
