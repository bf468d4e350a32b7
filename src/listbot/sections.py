"""Headings -> sections: each reaches to the next heading of its level or above."""

from __future__ import annotations

from collections.abc import Iterable

from listbot.document import Heading, Section
from listbot.source import Source, Span, record


def nested(headings: Iterable[Heading], source: Source) -> list[Section]:
    """The sections that headings open, in the order of the text, all with the role `body`."""
    parents: list[int] = []
    ends: list[tuple[int, int]] = []
    opened: list[tuple[int, int]] = []  # (level, index) of the sections that are open, outermost first
    found = list(headings)
    whole = len(source.text), source.line_count
    for index, heading in enumerate(found):
        while opened and opened[-1][0] >= heading.level:
            ends[opened.pop()[1]] = heading.span.start, heading.first - 1
        parents.append(opened[-1][1] if opened else -1)
        opened.append((heading.level, index))
        ends.append(whole)
    return [
        record(Section, (heading, parent, record(Span, (heading.span.start, end)), last, "body"))
        for heading, parent, (end, last) in zip(found, parents, ends, strict=True)
    ]
