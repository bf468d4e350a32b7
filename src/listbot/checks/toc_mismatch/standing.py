"""Which headings may belong into the contents, and which stand there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import NamedTuple

from listbot.checks.toc_mismatch.names import name_of, name_of_heading
from listbot.contents_table import ContentsTable
from listbot.document import Block, Document, Heading
from listbot.section_roles import BODY

_BETWEEN = re.compile(r"[\0\r\n|•·,/;]+")
"""What parts the lines of contents that are written without links."""


class Listing(NamedTuple):
    """A section of the body, after the contents, that lists something."""

    number: int
    """Of its heading in `Document.headings`."""
    heading: Heading
    section: int
    """Its index in `Document.sections`."""
    parent: int
    """The same of the section around it, or -1."""


def reached(document: Document, contents: ContentsTable, meant: Collection[str]) -> set[int]:
    """The headings that stand in the contents, as a line, by their name, or as words without a link.

    `meant` are anchors that broken lines mean.
    """
    anchors = contents.anchors.headings
    names = [name_of_heading(document, heading) for heading in document.headings]
    parents = {number: section.parent for section, number in zip(document.sections, numbers(document), strict=True)}
    leading = {line.link.span: line.heading for line in contents.lines}
    found = {line.heading for line in contents.lines} | {anchors.get(anchor) for anchor in meant}
    named: set[str] = set()
    own: set[tuple[str, int | None]] = set()
    """Names of lines that lead to their heading; others of the name stand for it below the same parent only."""
    for block in contents.blocks:
        for link in document.links_in(block.span):
            name, heading = name_of(document.source[link.label]), leading.get(link.span)
            if heading is not None and names[heading] == name:
                own.add((name, parents.get(heading)))
            else:
                named.add(name)
        named.update(name_of(words) for words in _BETWEEN.split(_without_links(document, block)))
    by_name = {n for n, name in enumerate(names) if name in named or (name, parents.get(n)) in own}
    return {number for number in found if number is not None} | by_name


def _without_links(document: Document, block: Block) -> str:
    """What a block of the contents says beside its links."""
    text, position = "", block.span.start
    for link in document.links_in(block.span):
        text, position = f"{text}{document.prose[position : link.span.start]}\0", max(position, link.span.end)
    return text + document.prose[position : block.span.end]


def numbers(document: Document) -> list[int]:
    """The index in `Document.headings` of the heading of each section."""
    by_heading = {heading: number for number, heading in enumerate(document.headings)}
    return [by_heading[section.heading] for section in document.sections]


def listings(document: Document, contents: ContentsTable) -> Iterator[Listing]:
    """The sections that may belong into the contents, in the order of the text."""
    starts = [entry.span.start for entry in document.entries]
    for at, (section, number) in enumerate(zip(document.sections, numbers(document), strict=True)):
        if (
            section.heading.span.start > contents.end
            and section.role == BODY
            and section.heading.text
            and bisect_left(starts, section.span.start) < bisect_left(starts, section.span.end)
        ):
            yield Listing(number, section.heading, at, section.parent)
