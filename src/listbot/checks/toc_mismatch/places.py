"""Where the lines of the contents stand in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from listbot.checks.toc_mismatch.names import name_of, name_of_heading
from listbot.contents_table import ContentsTable, Line
from listbot.document import Document


class Place(NamedTuple):
    """A line that leads to a heading, or names it."""

    line: Line
    heading: int
    """Index in `Document.headings`."""


def meant(document: Document, contents: ContentsTable) -> Iterator[Place]:
    """The lines that lead to a heading, and those that lead nowhere but name one, which no line leads to.

    The latter hold their places in the order. They name a heading of a level that others lead to.
    """
    reached = {line.heading for line in contents.lines if line.heading is not None}
    levels = {document.headings[number].level for number in reached}
    named: dict[str, list[int]] = defaultdict(list)
    for number, heading in enumerate(document.headings):
        if heading.level in levels:
            named[name_of_heading(document, heading)].append(number)
    for line in contents.lines:
        by_name = named.get(name_of(document.source[line.link.label]), [])
        if line.heading is not None:
            yield Place(line, line.heading)
        elif len(by_name) == 1 and by_name[0] not in reached:
            yield Place(line, by_name[0])
