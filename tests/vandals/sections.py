"""Defects of headings and of the table of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from listbot.contents_table import Line
from listbot.document import Heading
from listbot.finding import Edit
from listbot.section_roles import BODY
from listbot.source import Span
from tests.vandals.listed import Change, Defect, Listed


def _contents(listed: Listed) -> list[Line]:
    """Lines of the contents of which nothing is said, whose heading no other line leads to."""
    lines = listed.contents.lines if listed.contents is not None else ()
    reached = Counter(line.heading for line in lines)
    line_of = listed.document.source.line_of
    return [
        line
        for line in lines
        if reached[line.heading] == 1
        and line.heading is not None
        and listed.document.source[line.link.destination].startswith("#")
        and listed.is_clean(line_of(line.link.span.start), line_of(line.link.span.end))
    ]


def _alone(listed: Listed, line: Line) -> str | None:
    """The line of text if it is a bullet and this link and nothing else."""
    text = listed.document.source.line(listed.document.source.line_of(line.link.span.start))
    return text if re.fullmatch(r"\s*[-*+] \[[^\]]+\]\([^)]+\)\s*", text) else None


def _wrong_anchor(listed: Listed) -> Iterator[Change]:
    lines = _contents(listed)
    for line in lines if len(lines) > 5 else ():
        start, end = line.link.destination
        if end - start > 5:
            yield Change((Edit(Span(start + 2, start + 2), "zq"),))


def _line_lacks(listed: Listed) -> Iterator[Change]:
    """Takes a line out whose heading is of a level that stands in the contents as a whole."""
    document = listed.document
    reached = {line.heading for line in listed.contents.lines} if listed.contents is not None else set()
    bodies = [s for s in document.sections if s.role == BODY and any(s.span.contains(e.span) for e in document.entries)]
    levels = Counter(section.heading.level for section in bodies)
    listed_ones = Counter(s.heading.level for s in bodies if document.headings.index(s.heading) in reached)
    parents = Counter((s.parent, s.heading.level) for s in bodies)
    for line in _contents(listed):
        section = next((s for s in bodies if s.heading == document.headings[line.heading or 0]), None)
        text = _alone(listed, line)
        if section is None or text is None or not listed.is_clean(section.heading.first, section.heading.last):
            continue
        level = section.heading.level
        if levels[level] == listed_ones[level] >= 12 and parents[section.parent, level] > 2:
            number = document.source.line_of(line.link.span.start)
            below = document.source.line(min(number + 1, document.source.line_count))
            if len(below) - len(below.lstrip()) <= len(text) - len(text.lstrip()):
                start, end = document.source.line_span(number)
                yield Change((Edit(Span(start, end + 1), ""),), (section.heading.span,))


def _lines_changed_places(listed: Listed) -> Iterator[Change]:
    everything = [line.heading for line in listed.contents.lines] if listed.contents is not None else []
    if (
        None in everything
        or everything != sorted({heading for heading in everything if heading is not None})
        or len(everything) < 6
    ):
        return
    line_of = listed.document.source.line_of
    for first, second in pairwise(_contents(listed)):
        one, other = _alone(listed, first), _alone(listed, second)
        if one is None or other is None or line_of(second.link.span.start) != line_of(first.link.span.start) + 1:
            continue
        number = line_of(second.link.span.start)
        below = listed.document.source.line(min(number + 1, listed.document.source.line_count))
        indents = {len(text) - len(text.lstrip()) for text in (one, other)}
        if len(indents) == 1 and len(below) - len(below.lstrip()) <= max(indents):
            spans = [listed.document.source.line_span(number - 1), listed.document.source.line_span(number)]
            yield Change((Edit(spans[0], other), Edit(spans[1], one)))


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
            yield Change((Edit(Span(heading.span.end, heading.span.end), ":"),))


def _level_skipped(listed: Listed) -> Iterator[Change]:
    """A leaf of the tree becomes one of two levels below the section before it, which no other heading is."""
    if any(d.rule == "heading-level-skip" for d in listed.diagnostics):
        return
    headings = _headings(listed)
    for before, heading, after in zip(
        listed.document.headings, listed.document.headings[1:], listed.document.headings[2:], strict=False
    ):
        if heading in headings and 1 < before.level == heading.level == after.level <= 4:
            yield Change((Edit(Span(heading.span.start, heading.span.start), "##"),))


def _empty_section(listed: Listed) -> Iterator[Change]:
    if any(heading.text[-1:] in ":：.。,;" or heading.text[:1].islower() for heading in listed.document.headings):
        return  # one heading more, and these may be outliers
    for heading in _headings(listed):
        start = heading.span.start
        if listed.text[start - 2 : start] == "\n\n":
            yield Change((Edit(Span(start, start), "#" * heading.level + " Zebraquilts\n\n"),))


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
                yield Change((Edit(Span(start, start), "---\nFor teachers\n\n"),))


def _row(name: str, rules: str, changes: Callable[[Listed], Iterator[Change]]) -> Defect:
    return Defect(name, frozenset(rules.split()), changes)


SECTIONS = (
    _row("a wrong anchor", "toc-mismatch", _wrong_anchor),
    _row("no line in the contents", "toc-mismatch", _line_lacks),
    _row("contents out of order", "toc-mismatch", _lines_changed_places),
    _row("a small heading", "heading-style", _small_heading),
    _row("a heading with a colon", "heading-style", _heading_with_colon),
    _row("a level skipped", "heading-level-skip", _level_skipped),
    _row("an empty section", "empty-section", _empty_section),
    _row("a line below a rule", "pseudo-heading", _ruled_line),
)
