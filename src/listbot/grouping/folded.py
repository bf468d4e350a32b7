"""Headings that are a linked title, with what is told of it folded away in `<details>` below them."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from listbot.document import Block
from listbot.grouping.groups import Ground, Leaf
from listbot.grouping.looking import Eye
from listbot.source import Span

_OPENS = re.compile(r"<details\b[^<>]*>", re.IGNORECASE)
_CLOSES = re.compile(r"</details\s*>\s*\Z", re.IGNORECASE)
_MOST_BEFORE = 3
"""Paragraphs between a heading and what is folded."""


class Candidate(NamedTuple):
    """A heading that may be the title of an entry."""

    leaves: list[Leaf]
    """What stands below it."""
    last: int
    """The last line."""
    after: int
    """Index of the first block after it."""


class Folded:
    """Finds the headings of one document that are linked titles over `<details>`."""

    def __init__(self, ground: Ground, eye: Eye) -> None:
        self.ground = ground
        self.eye = eye
        self.image_starts = [image.span.start for image in ground.document.images]

    def is_linked(self, heading: Block) -> bool:
        """Whether a heading is nothing but a link that leads out, with marks around it."""
        links = self.ground.document.links_in(heading.span)
        if len(links) != 1 or "://" not in links[0].target or not self.eye.is_named(links[0], True):
            return False
        link, text = links[0], self.ground.text
        around = text[heading.span.start : link.span.start] + text[link.span.end : heading.span.end]
        return not any(map(str.isalpha, around))

    def candidates(self, indexes: list[int]) -> dict[int, Candidate]:
        blocks = self.ground.blocks
        found: dict[int, Candidate] = {}
        for place, index in enumerate(indexes):
            if blocks[index].kind == "heading" and self.is_linked(blocks[index]):
                candidate = self._candidate(indexes, place)
                if candidate is not None:
                    found[index] = candidate
        return found

    def _candidate(self, indexes: list[int], place: int) -> Candidate | None:
        """The heading's lines to the end of what is folded, if it stands right below and reaches to the next title."""
        blocks = self.ground.blocks
        opened = closed = 0
        for at in range(place + 1, len(indexes)):
            block = blocks[indexes[at]]
            if block.kind == "heading" and (not opened or block.level <= blocks[indexes[place]].level):
                break
            if block.kind == "html" and _OPENS.search(block.text):
                opened = opened or at
            elif not opened and (block.kind != "paragraph" or at - place > _MOST_BEFORE):
                break
            if opened and block.kind == "html" and _CLOSES.search(block.text):
                closed = at
        if not closed:
            return None
        end = indexes[closed] + 1
        return Candidate(self._leaves(indexes[place] + 1, end, indexes[opened]), blocks[end - 1].last, end)

    def _leaves(self, start: int, end: int, opened: int) -> list[Leaf]:
        """What is told before the fold, and the lines inside it that hold links."""
        leaves: list[Leaf] = []
        for index in range(start, end):
            block = self.ground.blocks[index]
            if block.kind == "paragraph" and (index < opened or self._has_links(block.span)):
                leaves.append(Leaf(block.span, level=1))
        return leaves

    def _has_links(self, span: Span) -> bool:
        at = bisect_left(self.image_starts, span.start)
        pictured = at < len(self.image_starts) and self.image_starts[at] < span.end
        return pictured or bool(self.eye.look(span).links)
