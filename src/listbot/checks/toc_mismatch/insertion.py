"""The line that a heading lacks in the table of contents, written as the list writes the lines beside it."""

from __future__ import annotations

import re
from typing import NamedTuple

from listbot.contents_table import ContentsTable, Line
from listbot.document import Document, Heading
from listbot.finding import Edit, Fix
from listbot.parser import parse
from listbot.proof import Change, prove
from listbot.source import Source, Span

_MARKUP = re.compile(r"[\[\]<>*_`\\&!:]")
"""Headings with any of these are not copied: what they look like in a link is not sure."""
_EDGES = re.compile(r"^[^\w(]+|[^\w)?.]+$")
_MAY = frozenset({"targets", "entries"})
"""What the page declares."""


class _Pattern(NamedTuple):
    """How a line of the contents is made from its heading."""

    prefix: str
    suffix: str
    trimmed: bool
    """Whether emoji at the ends of the heading are left out."""


def fix(document: Document, contents: ContentsTable, heading: Heading) -> Fix | None:
    """The safe fix, or None where the line's place or style is not sure, or the proof does not hold."""
    if heading.html or heading.nested or _MARKUP.search(heading.text) or [b.kind for b in contents.blocks] != ["list"]:
        return None
    pattern = _pattern(document, contents, heading)
    after = _before(document, contents, heading)
    if pattern is None or after is None:
        return None
    source = document.source
    line = source.line_of(after.link.span.start)
    if line >= source.line_count:
        return None
    place = source.line_span(line + 1).start
    ending = source.text[source.line_span(line).end : place]
    shown = _EDGES.sub("", heading.text) if pattern.trimmed else heading.text
    text = f"{pattern.prefix}[{shown}](#{heading.slug}){pattern.suffix}{ending}"
    edit = Edit(Span(place, place), text)
    return Fix("add its line", (edit,), safe=True) if shown and _holds(document, edit, heading) else None


def _pattern(document: Document, contents: ContentsTable, heading: Heading) -> _Pattern | None:
    """The one pattern of all lines of the heading's level."""
    found = set()
    for line in contents.lines:
        if line.heading is not None and document.headings[line.heading].level == heading.level:
            found.add(_pattern_of(document, line, document.headings[line.heading]))
    return found.pop() if len(found) == 1 else None


def _pattern_of(document: Document, line: Line, heading: Heading) -> _Pattern | None:
    source = document.source
    whole = source.line_span(source.line_of(line.link.span.start))
    prefix = source.text[whole.start : line.link.span.start]
    suffix = source.text[line.link.span.end : whole.end]
    label = source[line.link.label]
    is_plain_line = line.link.kind == "inline" and prefix.strip(" \t") in ("-", "*", "+") and not suffix.strip()
    if not is_plain_line or line.fragment != heading.slug:  # a list that names anchors of its own wants one here, too
        return None
    if label == heading.text:
        is_plain = heading.text == _EDGES.sub("", heading.text)
        return _Pattern(prefix, suffix, False) if not is_plain else _Pattern(prefix, suffix, True)
    return _Pattern(prefix, suffix, True) if label == _EDGES.sub("", heading.text) else None


def _before(document: Document, contents: ContentsTable, heading: Heading) -> Line | None:
    """The line after which the new one stands: that of the last heading above which has one."""
    above = [
        line
        for line in contents.lines
        if line.heading is not None and document.headings[line.heading].span < heading.span
    ]
    if not above:
        return None
    last = max(above, key=lambda line: document.headings[line.heading or 0].span)
    following = contents.lines[contents.lines.index(last) + 1 :]
    is_sure = not following or (
        following[0].heading is not None and document.headings[following[0].heading].span > heading.span
    )
    return last if is_sure else None


def _holds(document: Document, edit: Edit, heading: Heading) -> bool:
    """Whether the edit adds this one link and changes nothing else. The text is parsed once more to know."""
    source = document.source
    at = edit.span.start
    text = source.text[:at] + edit.text + source.text[at:]
    after = parse(Source(source.path, "\ufeff" * source.bom + text))
    change = Change("", edit.span, Span(at, at + len(edit.text)), _MAY)
    added = after.links_in(change.after)
    return (
        prove(document, after, [change]) is None
        and len(after.links) == len(document.links) + 1
        and [link.target for link in added] == [f"#{heading.slug}"]
    )
