"""How the lines of the contents are written: what of them stays when words and anchor of the heading change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from listbot.contents_table import ContentsTable, Line
from listbot.document import Document, Heading
from listbot.source import Span

_EDGES = re.compile(r"^[^\w(]+|[^\w)?.!]+$")
_MARKUP = re.compile(r"<[^<>]*+>|&\w+;|\[[ xX]\]")
_BULLET = re.compile(r"[ \t>]*(?:[-*+]|\d{1,4}[.)])[ \t]+")
_NUMBER = re.compile(r"\d+(?=[.)])")
_MOST = 0.8
"""So many lines are written in one way where that is the way to write one more."""


class Template(NamedTuple):
    """What stands around a heading's words and anchor. A line's number is `{n}`."""

    pieces: tuple[str, str, str]
    """Before the first of the two, between them, behind the second."""
    anchor_first: bool
    """As in `<a href="#anchor">words</a>`."""

    def filled(self, words: str, anchor: str, number: str = "") -> str:
        """The text for one heading."""
        first, second = (anchor, words) if self.anchor_first else (words, anchor)
        before, between, behind = self.pieces
        return f"{before.replace('{n}', number)}{first}{between}{second}{behind}"


class Style(NamedTuple):
    """A template, and which words of a heading go into it."""

    template: Template
    trimmed: bool
    """Whether emoji at the ends of the heading are left out."""

    @property
    def numbered(self) -> bool:
        return "{n}" in self.template.pieces[0]

    def words(self, heading: Heading) -> str:
        return _trimmed(heading) if self.trimmed else heading.text.strip()


def end_of(document: Document, line: Line) -> int:
    """Where the construct of a link ends; of HTML, behind `</a>`."""
    closing = line.link.label.end + len("</a>")
    if line.link.kind == "html" and document.source.text[line.link.label.end : closing].lower() == "</a>":
        return closing
    return line.link.span.end


def style_of(document: Document, contents: ContentsTable, lines: Sequence[Line], *, whole_lines: bool) -> Style | None:
    """How nearly all of the lines are written, as links or as whole lines of the text; None where they differ."""
    for trimmed in (False, True):
        found = Counter(_template(document, contents, line, trimmed, whole_lines) for line in lines)
        plain = Counter(_template(document, contents, line, not trimmed, whole_lines) for line in lines)
        template, count = max(found.items(), key=lambda pair: (pair[0] is not None, pair[1]))
        if template is not None and count >= _MOST * len(lines) and found[template] >= plain[template]:
            return Style(template, trimmed)
    return None


def _template(
    document: Document, contents: ContentsTable, line: Line, trimmed: bool, whole_lines: bool
) -> Template | None:
    """What is left of a line without its heading's words and anchor; None where there is more to read in it."""
    text = document.source.text
    heading = document.headings[line.heading or 0]
    words = _trimmed(heading) if trimmed else heading.text.strip()
    at = document.source[line.link.label].find(words)
    if at < 0 or not words or line.fragment != contents.anchors.of(document, line.heading or 0):
        return None
    start, end = line.link.span.start, end_of(document, line)
    if whole_lines:
        start, end = document.source.line_span(document.source.line_of(start))
    label = Span(line.link.label.start + at, line.link.label.start + at + len(words))
    target = line.link.destination
    first, second = sorted((label, target))
    pieces = text[start : first.start], text[first.end : second.start], text[second.end : end]
    bullet = _BULLET.match(pieces[0])
    if bullet is not None:
        pieces = _NUMBER.sub("{n}", bullet[0], count=1) + pieces[0][bullet.end() :], pieces[1], pieces[2]
    template = Template(pieces, target < label)
    return template if says_nothing(template.filled("", "")) else None


def says_nothing(text: str) -> bool:
    """Whether a text has no words of its own, which may be about one heading."""
    return not any(character.isalnum() for character in _MARKUP.sub("", text))


def _trimmed(heading: Heading) -> str:
    return _EDGES.sub("", heading.text)
