"""The table of contents of a list: the links that lead to its headings, whatever it is called and however written.

It is found by what it is, a block of links into this document, and not by the name of a heading: a list of bullets, a
table, a row of links in a paragraph, raw HTML. Under a heading that says "contents" all such blocks belong to it, else
the first one that leads to half of the headings of some level.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from listbot import heading_anchors
from listbot.document import Block, Document, Link
from listbot.heading_anchors import HeadingAnchors
from listbot.section_roles import CONTENTS
from listbot.source import Span

_FEWEST = 3
_SHARE = 0.8
"""Of the links of the block, so many lead into this document."""
_HALF = 0.5
_KINDS = frozenset({"list", "table", "html", "paragraph"})
_PREFIX = "user-content-"
_BLANKS = re.compile(
    r"(?<!!)\[(?P<label>[^\[\]\r\n]{1,200})\]\((?P<url>#[^<>\r\n()]*?[ \t][^<>\r\n()]*(?:\([^()\r\n]*\))?)\)"
)
"""What an author took for a link and Markdown does not: the anchor is written as the heading, with its blanks."""


class Line(NamedTuple):
    """One link of the contents, or what was meant for one and has blanks in its anchor.

    `heading` is its index in `Document.headings`; None where the anchor is no heading's.
    """

    link: Link
    fragment: str
    heading: int | None


class ContentsTable(NamedTuple):
    """The lines of the contents in the order of the text, the blocks that hold them, and what leads to the headings."""

    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    anchors: HeadingAnchors
    named: bool
    """Whether they stand under a heading that says so."""

    @property
    def end(self) -> int:
        return self.blocks[-1].span.end


def fragment_of(link: Link) -> str:
    """The anchor that a link into this document asks for, as GitHub reads it."""
    return unquote(link.target[1:]).removeprefix(_PREFIX)


def find(document: Document) -> ContentsTable | None:
    """The table of contents, or None where there is none that can be told from other links into the document."""
    candidates = [block for block in document.blocks if _is_candidate(document, block)]
    if not candidates:
        return None
    anchors = heading_anchors.read(document)
    under = [block for block in candidates if _is_under_contents(document, block)]
    for blocks in (under, *([block] for block in candidates)):
        if blocks:
            found = ContentsTable(tuple(_lines(document, anchors, blocks)), tuple(blocks), anchors, blocks is under)
            if blocks is under or _leads_to_a_level(document, found.lines):
                return found
    return None


def _is_candidate(document: Document, block: Block) -> bool:
    if block.parent >= 0 or block.kind not in _KINDS:
        return False
    links = [*document.links_in(block.span), *_with_blanks(document, block)]
    inward = sum(link.target.startswith("#") and len(link.target) > 1 for link in links)
    return inward >= _FEWEST and inward >= _SHARE * len(links)


def _is_under_contents(document: Document, block: Block) -> bool:
    index = document.section_at(block.span.start)
    return index >= 0 and document.sections[index].role == CONTENTS


def _lines(document: Document, anchors: HeadingAnchors, blocks: Sequence[Block]) -> list[Line]:
    found = []
    for block in blocks:
        for link in sorted([*document.links_in(block.span), *_with_blanks(document, block)]):
            if link.target.startswith("#") and len(link.target) > 1 and not link.badge:
                fragment = fragment_of(link)
                found.append(Line(link, fragment, anchors.headings.get(fragment)))
    return found


def _with_blanks(document: Document, block: Block) -> Iterator[Link]:
    """What a reader of the source takes for links: `[Parsers](#The parsers)`."""
    for match in _BLANKS.finditer(document.prose, block.span.start, block.span.end):
        label, target = Span(*match.span("label")), Span(*match.span("url"))
        if not match["url"].endswith('"'):  # [Parsers](#parsers "a title") is a link
            yield Link("inline", Span(*match.span()), target, label, match["url"], match["url"], False, False)


def _leads_to_a_level(document: Document, lines: Sequence[Line]) -> bool:
    """Whether the lines lead to half of the headings of some level, and to something here for the most part.

    Where they lead to anchors that stand beside the headings, they must be as many as half of all headings.
    """
    leading = sum(line.fragment in document.anchors for line in lines)
    if leading < max(_FEWEST, _HALF * len(lines)):
        return False
    reached = {line.heading for line in lines if line.heading is not None}
    by_level = Counter(document.headings[number].level for number in reached)
    all_of_level = Counter(heading.level for heading in document.headings)
    return leading >= _HALF * len(document.headings) or any(
        count >= _FEWEST and count >= _HALF * all_of_level[level] for level, count in by_level.items()
    )
