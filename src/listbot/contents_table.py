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
from listbot.document import Block, Document, Link, Section
from listbot.heading_anchors import HeadingAnchors
from listbot.section_roles import CONTENTS
from listbot.slugs import letters_of
from listbot.source import Span

_FEWEST = 3
_SHARE = 0.8
"""Of the links of the block, so many lead into this document."""
_HALF = 0.5
_CAPTION = 120
"""No longer, in characters, is what may stand between two blocks of contents, or be a line in a paragraph."""
_KINDS = frozenset({"list", "table", "html", "paragraph"})
_PREFIX = "user-content-"
_BLANKS = re.compile(
    r"(?<!!)\[(?P<label>[^\[\]\r\n]{1,200})\]\((?P<url>#[^<>\r\n()]*?[ \t][^<>\r\n()]*(?:\([^()\r\n]*\))?)\)"
)
"""What an author took for a link and Markdown does not: the anchor is written as the heading, with its blanks."""


_NO_ANCHOR = re.compile(r"[#:/.?]|^$")
"""What paths and URLs have, and anchors have not."""


class Line(NamedTuple):
    """One link of the contents, or what was meant for one and has blanks in its anchor or lacks its `#`.

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


def without_hash(document: Document, link: Link) -> str | None:
    """The anchor that a line of the contents means that is written as a path, `[Tools](tools)`; else None.

    Where the path says what the line does, `[Tools & Talks](tools-&-talks)`, the anchor may be another by its marks.
    """
    if _NO_ANCHOR.search(link.target):
        return None
    anchor = unquote(link.target).lower()
    if anchor in document.anchors:
        return anchor
    letters = letters_of(anchor)
    if not letters or letters != letters_of(document.source[link.label]):
        return None
    alike = [other for other in document.anchors if letters_of(other) == letters]
    return alike[0] if len(alike) == 1 else None


def find(document: Document) -> ContentsTable | None:
    """The table of contents, or None where there is none that can be told from other links into the document."""
    runs = [run for run in _runs(document) if sum(_inward(document, block)[0] for block in run) >= _FEWEST]
    named = _under_contents(document)
    if not named and not runs:
        return None
    anchors = heading_anchors.read(document)
    for blocks in (named, *runs):
        if blocks:
            found = ContentsTable(tuple(_lines(document, anchors, blocks)), tuple(blocks), anchors, blocks is named)
            if found.named or _leads_to_a_level(document, found.lines):
                return found
    return None


def _under_contents(document: Document) -> list[Block]:
    """The blocks below a heading that says "contents", up to the first one that links elsewhere."""
    section = next((section for section in document.sections if section.role == CONTENTS), None)
    found: list[Block] = []
    for block in _tops(document) if section is not None else ():
        if section is not None and section.heading.span.end <= block.span.start < section.span.end:
            inward, links = _inward(document, block)
            if _leads_back(document, block, section):
                continue
            if inward and inward >= _SHARE * links and (block.kind in _KINDS or _is_link(document, block)):
                found.append(block)
            elif links:
                break
    return found if sum(_inward(document, block)[0] for block in found) >= _FEWEST else []


def _runs(document: Document) -> Iterator[list[Block]]:
    """Blocks of links into the document that follow each other, with a caption between them at most."""
    run: list[Block] = []
    apart = 0
    for block in _tops(document):
        inward, links = _inward(document, block)
        if (
            block.kind in _KINDS
            and inward
            and inward >= _SHARE * links
            and (run or inward >= _FEWEST or _is_bare(block))
        ):
            run.append(block)
            apart = 0
        elif run and (links or block.kind not in ("paragraph", "html") or apart or len(block.text) > _CAPTION):
            yield run
            run, apart = [], 0
        else:
            apart += 1
    if run:
        yield run


def _tops(document: Document) -> Iterator[Block]:
    """The outermost blocks, and those of quotes."""
    for block in document.blocks:
        above = block.parent
        while above >= 0 and document.blocks[above].kind == "quote":
            above = document.blocks[above].parent
        if above < 0 and block.kind != "quote":
            yield block


def _inward(document: Document, block: Block) -> tuple[int, int]:
    """How many links of a block lead into the document, and how many there are."""
    links = [*document.links_in(block.span), *_with_blanks(document, block)]
    return sum(_anchor(document, link) is not None for link in links), len(links)


def _anchor(document: Document, link: Link) -> str | None:
    if link.target.startswith("#"):
        return fragment_of(link) if len(link.target) > 1 else None
    return without_hash(document, link)


def _is_link(document: Document, block: Block) -> bool:
    """Whether a heading among the contents is a line of them, and no link stands beside its words."""
    return any(document.source[link.span] == block.text.strip() for link in document.links_in(block.span))


def _leads_back(document: Document, block: Block, contents: Section) -> bool:
    """Whether a block is a way back to the contents or the title."""
    links = document.links_in(block.span)
    above = {"top", "readme", contents.heading.slug, document.headings[0].slug}
    return block.kind == "paragraph" and len(links) == 1 and fragment_of(links[0]) in above


def _is_bare(block: Block) -> bool:
    """Whether a block has little to read, so that it may be one line of contents."""
    return len(block.text) <= _CAPTION


def _lines(document: Document, anchors: HeadingAnchors, blocks: Sequence[Block]) -> list[Line]:
    found = []
    for block in blocks:
        for link in sorted([*document.links_in(block.span), *_with_blanks(document, block)]):
            fragment = _anchor(document, link)
            if fragment is not None and not link.badge:
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
