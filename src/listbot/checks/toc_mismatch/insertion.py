"""The line that a heading lacks in the table of contents, written as the list writes the lines beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from listbot.checks.toc_mismatch import numbering, templates
from listbot.contents_table import ContentsTable, Line
from listbot.document import Block, Document, Heading
from listbot.edited_sides import Change
from listbot.finding import Edit, Fix
from listbot.parser import parse
from listbot.proof import prove
from listbot.source import Source, Span

_MARKUP = re.compile(r"[\[\]<>*_`\\|]|&#?\w+;|:\w+:")
"""Headings with any of these are not copied: what they look like in a link is not sure."""
_FEWEST = 2
"""So many lines of the level show how they are written."""
_MAY = frozenset({"targets", "entries"})
"""What the page declares."""


class _Gap(NamedTuple):
    """Where the new line stands: the lines on both sides, one of them there for certain, in one block."""

    heading: Heading
    anchor: str
    before: Line | None
    after: Line | None
    block: Block
    peers: tuple[Line, ...]
    """The lines of the heading's level in the block."""


def fix(document: Document, contents: ContentsTable, number: int) -> Fix | None:
    """The safe fix for a heading, or None where the line's place or style is not sure, or the proof does not hold."""
    gap = _gap(document, contents, number)
    if gap is None or len(gap.peers) < _FEWEST or not _is_plain(document, gap.heading):
        return None
    ways = (_as_a_line, _between) if gap.block.kind in ("list", "table") else (_between, _as_a_line)
    for way in ways:
        edits = way(document, contents, gap)
        if edits is not None and _holds(document, edits, gap.anchor):
            return Fix("add its line", tuple(edits), safe=True)
    return None


def _is_plain(document: Document, heading: Heading) -> bool:
    """Whether a heading is written as it reads, and reads the same in a link."""
    text = heading.text.strip()
    return not heading.nested and text in document.source[heading.span] and _MARKUP.search(text) is None


# The place -----------------------------------------------------------------------------------------------------------


def _gap(document: Document, contents: ContentsTable, number: int) -> _Gap | None:
    """The gap behind the line of the last heading above that has one, else before the first line of all."""
    lines = contents.lines
    above = [line for line in lines if line.heading is not None and line.heading < number]
    before = max(above, key=lambda line: line.heading or 0) if above else None
    at = lines.index(before) + 1 if before is not None else 0
    after = lines[at] if at < len(lines) else None
    if after is not None and (after.heading is None or after.heading < number):
        return None
    known = [line for line in (before, after) if line is not None]
    blocks = {block for line in known for block in contents.blocks if block.span.contains(line.link.span)}
    if len(blocks) != 1:
        return None
    (block,) = blocks
    if _group(document, contents, before) != _group(document, contents, after):
        return None
    level = document.headings[number].level
    peers = tuple(
        line
        for line in lines
        if line.heading is not None
        and document.headings[line.heading].level == level
        and block.span.contains(line.link.span)
    )
    return _Gap(document.headings[number], f"#{contents.anchors.of(document, number)}", before, after, block, peers)


def _group(document: Document, contents: ContentsTable, line: Line | None) -> list[int]:
    """The items around a line that only name a group of lines (`- Languages`) and lead nowhere, by index; at an edge of
    the contents there is none, and whether a heading belongs to the group there is not sure."""
    if line is None:
        return []
    starts = [other.link.span.start for other in contents.lines]
    groups = []
    for index, block in enumerate(document.blocks):
        if block.kind == "item" and block.span.contains(line.link.span):
            own = [leaf.span for leaf in document.blocks if leaf.parent == index and leaf.kind != "list"]
            if not any(span.start <= start < span.end for span in own for start in starts):
                groups.append(index)
    return groups


# Between two links ---------------------------------------------------------------------------------------------------


def _between(document: Document, contents: ContentsTable, gap: _Gap) -> list[Edit] | None:
    """Contents in which the same characters part all links."""
    text = document.source.text
    lines = [line for line in contents.lines if gap.block.span.contains(line.link.span)]
    parting = {text[templates.end_of(document, one) : other.link.span.start] for one, other in pairwise(lines)}
    style = templates.style_of(document, contents, gap.peers, whole_lines=False)
    if style is None or len(parting) != 1:
        return None
    (separator,) = parting
    words = style.words(gap.heading)
    if not words or not templates.says_nothing(separator):
        return None
    link = style.template.filled(words, gap.anchor)
    if gap.before is not None:
        place = templates.end_of(document, gap.before)
        return [Edit(Span(place, place), separator + link)]
    start = lines[0].link.span.start
    return [Edit(Span(start, start), link + separator)]


# A line of the text --------------------------------------------------------------------------------------------------


def _as_a_line(document: Document, contents: ContentsTable, gap: _Gap) -> list[Edit] | None:
    """Contents with a link a line: nested lists, tables of one column, lines of HTML."""
    source = document.source
    held = [source.line_of(line.link.span.start) for line in contents.lines]
    style = templates.style_of(document, contents, gap.peers, whole_lines=True)
    if style is None or len(set(held)) < len(held) or not style.words(gap.heading):
        return None
    numbers = numbering.at(document, gap.block, _sibling(contents, gap), gap.after) if style.numbered else ("", [])
    if numbers is None:
        return None
    number, edits = numbers
    line = style.template.filled(style.words(gap.heading), gap.anchor, number)
    inserted = _inserted(document, gap, line)
    return sorted([inserted, *edits]) if inserted is not None else None


def _sibling(contents: ContentsTable, gap: _Gap) -> Line | None:
    """The line of the heading's level that stands last before the gap."""
    at = contents.lines.index(gap.before) if gap.before is not None else -1
    return next((line for line in reversed(contents.lines[: at + 1]) if line in gap.peers), None)


def _inserted(document: Document, gap: _Gap, line: str) -> Edit | None:
    """The line put in: as lines of their own in a list or table, which is what the proof wants there."""
    source = document.source
    ending = _ending(document)
    loose = _is_loose(document, gap.peers)
    blank = ending if loose else ""
    if gap.before is None:
        place = source.line_span(source.line_of(gap.peers[0].link.span.start)).start
        return Edit(Span(place, place), line + ending + blank)
    above = source.line_of(gap.before.link.span.start)
    if gap.block.kind in ("list", "table"):
        if above >= source.line_count:
            return None
        place = source.line_span(above + 1).start
        return Edit(Span(place, place), blank + line + ending)
    place = source.line_span(above).end
    return Edit(Span(place, place), ending + line) if gap.before in gap.peers else None


def _ending(document: Document) -> str:
    source = document.source
    return source.text[source.line_span(1).end : source.line_span(2).start] if source.line_count > 1 else "\n"


def _is_loose(document: Document, peers: Sequence[Line]) -> bool:
    """Whether a blank line stands behind each line but the last."""
    return all(not document.source.line(number + 1).strip(" \t>") for number in _lines_of(document, peers[:-1]))


def _lines_of(document: Document, lines: Sequence[Line]) -> Iterator[int]:
    return (document.source.line_of(line.link.span.start) for line in lines)


# The proof -----------------------------------------------------------------------------------------------------------


def _holds(document: Document, edits: Sequence[Edit], anchor: str) -> bool:
    """Whether the edits add this one link and change nothing else. The text is parsed once more to know."""
    pieces, changes = [], []
    position = moved = 0
    for edit in edits:
        pieces += [document.source.text[position : edit.span.start], edit.text]
        position = edit.span.end
        start = edit.span.start + moved
        changes.append(Change("", edit.span, Span(start, start + len(edit.text)), _MAY))
        moved += len(edit.text) - (edit.span.end - edit.span.start)
    text = "".join([*pieces, document.source.text[position:]])
    after = parse(Source(document.source.path, "\ufeff" * document.source.bom + text))
    added = [link.target for change in changes for link in after.links_in(change.after)]
    return prove(document, after, changes) is None and len(after.links) == len(document.links) + 1 and added == [anchor]
