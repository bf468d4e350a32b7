"""Defects of the table of contents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from listbot.contents_table import ContentsTable, Line
from listbot.document import Heading, Section
from listbot.finding import Edit
from listbot.section_roles import BODY
from tests.vandals.defects import Change, cut, defect, put
from tests.vandals.listed import Listed

_ALONE = re.compile(r"\s*[-*+] \[[^\]]+\]\([^)]+\)\s*")


class _Leaf(NamedTuple):
    """A line of the contents that is a bullet and its link and nothing else, with no other line below it."""

    heading: Heading
    number: int
    text: str
    indent: int


def _lines(listed: Listed, contents: ContentsTable) -> list[Line]:
    """Lines of the contents of which nothing is said, whose heading no other line leads to."""
    reached = Counter(line.heading for line in contents.lines)
    line_of = listed.document.source.line_of
    return [
        line
        for line in contents.lines
        if reached[line.heading] == 1
        and line.heading is not None
        and listed.document.source[line.link.destination].startswith("#")
        and listed.is_clean(line_of(line.link.span.start), line_of(line.link.span.end))
    ]


def _leaves(listed: Listed, contents: ContentsTable) -> Iterator[_Leaf]:
    source = listed.document.source
    for line in _lines(listed, contents):
        number = source.line_of(line.link.span.start)
        text = source.line(number)
        below = source.line(number + 1) if number < source.line_count else ""
        if line.heading is not None and _ALONE.fullmatch(text) and _indent(below) <= _indent(text):
            yield _Leaf(listed.document.headings[line.heading], number, text, _indent(text))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _wrong_anchor(listed: Listed) -> Iterator[Change]:
    lines = _lines(listed, listed.contents) if listed.contents is not None else []
    for line in lines if len(lines) > 5 else ():
        start, end = line.link.destination
        if end - start > 5:
            yield Change((put(start + 2, "zq"),))


def _line_lacks(listed: Listed) -> Iterator[Change]:
    """Takes a line out whose heading is of a level that stands in the contents as a whole."""
    contents, document = listed.contents, listed.document
    if contents is None:
        return
    sections = {section.heading: section for section in _listing(listed) if section.heading.span.start > contents.end}
    reached = {document.headings[line.heading] for line in contents.lines if line.heading is not None}
    levels = Counter(heading.level for heading in sections)
    in_contents = Counter(heading.level for heading in sections if heading in reached)
    beside = Counter((section.parent, heading.level) for heading, section in sections.items())
    for leaf in _leaves(listed, contents):
        section, level = sections.get(leaf.heading), leaf.heading.level
        if section is None or not listed.is_clean(leaf.heading.first, leaf.heading.last):
            continue
        if levels[level] == in_contents[level] >= 12 and beside[section.parent, level] > 2:
            start, end = document.source.line_span(leaf.number)
            yield Change((cut(start, end + 1),), (leaf.heading.span,))


def _listing(listed: Listed) -> list[Section]:
    """The body's sections with an entry in them."""
    starts = [entry.span.start for entry in listed.document.entries]
    return [
        section
        for section in listed.document.sections
        if section.role == BODY and bisect_left(starts, section.span.start) < bisect_left(starts, section.span.end)
    ]


def _lines_changed_places(listed: Listed) -> Iterator[Change]:
    contents = listed.contents
    if contents is None or len(contents.lines) < 6:
        return
    order = [-1 if line.heading is None else line.heading for line in contents.lines]
    if order != sorted(set(order)) or order[0] < 0:
        return
    for one, other in pairwise(_leaves(listed, contents)):
        if other.number == one.number + 1 and other.indent == one.indent:
            source = listed.document.source
            spans = source.line_span(one.number), source.line_span(other.number)
            yield Change((Edit(spans[0], other.text), Edit(spans[1], one.text)))


CONTENTS = (
    defect("a wrong anchor", "toc-mismatch", _wrong_anchor),
    defect("no line in the contents", "toc-mismatch", _line_lacks),
    defect("contents out of order", "toc-mismatch", _lines_changed_places),
)
