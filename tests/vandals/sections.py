"""Defects of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from listbot.document import Heading
from listbot.finding import Edit
from listbot.section_roles import BODY
from listbot.source import Span
from tests.vandals.defects import Change, cut, defect, put
from tests.vandals.listed import Listed


def _headings(listed: Listed) -> list[Heading]:
    """Headings of several plain words of the body, of which nothing is said."""
    return [
        section.heading
        for section in listed.document.sections[1:]
        if section.role == BODY
        and listed.document.source[section.heading.span] == "#" * section.heading.level + " " + section.heading.text
        and re.fullmatch(r"[A-Z][a-z]+(?: [A-Za-z]+)+", section.heading.text)
        and listed.is_clean(section.heading.first, section.heading.last)
    ]


def _small_heading(listed: Listed) -> Iterator[Change]:
    headings = listed.document.headings[1:]
    several = [heading for heading in headings if len(heading.text.split()) > 1]
    if len(_headings(listed)) < 12 or any(heading.text[:1].islower() for heading in several):
        return
    for heading in _headings(listed):
        word = heading.text.split()[0].lower()
        if not any(f"/{word}" in link.url or f"{word}." in link.url for link in listed.document.links):
            start = heading.span.start + heading.level + 1
            yield Change((Edit(Span(start, start + len(word)), word),))


def _heading_with_colon(listed: Listed) -> Iterator[Change]:
    if len(listed.document.headings) >= 13 and not any(h.text[-1:] in ":：.。,;" for h in listed.document.headings):
        for heading in _headings(listed):
            yield Change((put(heading.span.end, ":"),))


def _level_skipped(listed: Listed) -> Iterator[Change]:
    """A leaf of the tree becomes one of two levels below the section before it, which no other heading is."""
    if any(d.rule == "heading-level-skip" for d in listed.diagnostics):
        return
    headings = _headings(listed)
    for before, heading, after in zip(
        listed.document.headings, listed.document.headings[1:], listed.document.headings[2:], strict=False
    ):
        if heading in headings and 1 < before.level == heading.level == after.level <= 4:
            yield Change((put(heading.span.start, "##"),))


def _empty_section(listed: Listed) -> Iterator[Change]:
    if any(heading.text[-1:] in ":：.。,;" or heading.text[:1].islower() for heading in listed.document.headings):
        return  # one heading more, and these may be outliers
    for heading in _headings(listed):
        start = heading.span.start
        if listed.text[start - 2 : start] == "\n\n":
            yield Change((put(start, "#" * heading.level + " Zebraquilts\n\n"),))


def _grown_together(listed: Listed) -> Iterator[Change]:
    """Between two sections of which nothing is said, and to which nothing leads of which something is.

    Behind a blank line: else it is a line of the paragraph above. Contents that are out of order may be in order
    without one of the headings.
    """
    document = listed.document
    if any(diagnostic.rule == "toc-mismatch" for diagnostic in listed.diagnostics):
        return
    leading = {link.target.lower(): document.source.line_of(link.span.start) for link in document.links}
    usual = _headings(listed)
    for before, section in pairwise(document.sections):
        heading = section.heading
        line = leading.get(f"#{heading.slug}")
        if before.heading not in usual or heading not in usual or heading.level < before.heading.level:
            continue
        if listed.is_clean(before.heading.first, section.last) and (line is None or listed.is_clean(line, line)):
            start = heading.span.start
            if listed.text[start - 2 : start] == "\n\n" and heading.level > 1:
                yield Change((cut(start + heading.level, start + heading.level + 1),), (heading.span,))


def _ruled_line(listed: Listed) -> Iterator[Change]:
    document = listed.document
    ruled = sum(block.kind == "rule" for block in document.blocks)
    if len(document.headings) < 6 or ruled:
        return
    for block in document.blocks:
        above = document.source.line(block.first - 1) if block.first > 1 else "text"
        section = document.section_at(block.span.start)
        if block.kind == "list" and block.parent < 0 and not above.strip() and section >= 0:
            body = document.sections[section].role == BODY and any(e.first == block.first for e in listed.entries)
            if body and document.source.line_span(block.first).start == block.span.start:
                start = block.span.start
                yield Change((put(start, "---\nFor teachers\n\n"),))


SECTIONS = (
    defect("a small heading", "heading-style", _small_heading),
    defect("a heading with a colon", "heading-style", _heading_with_colon),
    defect("a level skipped", "heading-level-skip", _level_skipped),
    defect("a heading grown together", "unrendered-markdown", _grown_together),
    defect("an empty section", "empty-section", _empty_section),
    defect("a line below a rule", "pseudo-heading", _ruled_line),
)
