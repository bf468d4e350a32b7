"""Headings -> sections: each reaches to the next heading of its level or above."""

from __future__ import annotations

from collections.abc import Iterable

from listbot.document import Heading, Section
from listbot.source import Source, Span


def nested(headings: Iterable[Heading], source: Source) -> list[Section]:
    """The sections that headings open, in the order of the text, all with the role `body`."""
    sections: list[Section] = []
    ends: list[tuple[int, int]] = []
    open_sections: list[int] = []
    for heading in headings:
        while open_sections and sections[open_sections[-1]].heading.level >= heading.level:
            ends[open_sections.pop()] = heading.span.start, heading.first - 1
        parent = open_sections[-1] if open_sections else -1
        open_sections.append(len(sections))
        sections.append(Section(heading, parent, heading.span, heading.last, "body"))
        ends.append((len(source.text), source.line_count))
    return [
        section._replace(span=Span(section.heading.span.start, end), last=last)
        for section, (end, last) in zip(sections, ends, strict=True)
    ]
