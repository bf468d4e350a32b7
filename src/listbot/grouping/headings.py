"""Headings that are titles of entries, with their labels and notes below them."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from listbot import venues
from listbot.document import Block
from listbot.grouping.groups import Ground, Leaf
from listbot.grouping.items import Items
from listbot.grouping.looking import Eye
from listbot.grouping.paragraphs import BOLD_LINE
from listbot.tokens import Tokenizer, plain

_ENOUGH = 3
_FEW = 2
_MOST_LINES = 8


class _Candidate(NamedTuple):
    """A heading with nothing but labels and notes below it."""

    leaves: list[Leaf]
    last: int
    """The last line."""
    after: int
    """Index of the first block after it."""


class Headings:
    """Groups the headings of one document that are titles."""

    def __init__(self, ground: Ground, eye: Eye, tokenizer: Tokenizer, items: Items) -> None:
        self.ground = ground
        self.eye = eye
        self.tokenizer = tokenizer
        self.items = items

    def add(self, indexes: list[int]) -> dict[int, int]:
        """Add the headings that are titles: three or more of one level, and half of that level.

        heading's index -> index of the first block after its entry
        """
        blocks = self.ground.blocks
        candidates = self._candidates(indexes)
        levels = Counter(blocks[index].level for index in indexes if blocks[index].kind == "heading")
        entitled = Counter(blocks[index].level for index in candidates)
        found: dict[int, int] = {}
        for index, (leaves, last, after) in candidates.items():
            heading = blocks[index]
            if entitled[heading.level] < _ENOUGH or entitled[heading.level] * 2 < levels[heading.level]:
                continue
            if not self.ground.is_quiet(heading.span.start):
                start = self.ground.source.line_span(heading.first).start
                self.ground.add("heading", [Leaf(heading.span), *leaves], start, last)
            found[index] = after
        return found

    def _candidates(self, indexes: list[int]) -> dict[int, _Candidate]:
        blocks = self.ground.blocks
        places = [place for place, index in enumerate(indexes) if blocks[index].kind == "heading"]
        found: dict[int, _Candidate] = {}
        for place, following in zip(places, [*places[1:], len(indexes)], strict=False):
            if following == place + 1:
                continue
            leaves = self._leaves(indexes[place + 1 : following])
            if leaves:
                last = indexes[following - 1]
                after = max(last, *(self.ground.children(last) or [0])) + 1
                found[indexes[place]] = _Candidate(leaves, blocks[last].last, after)
        return found

    def _leaves(self, body: list[int]) -> list[Leaf]:
        """The leaves below a heading if they are all labels and notes and hold a link, else none."""
        leaves: list[Leaf] = []
        for index in body:
            block = self.ground.blocks[index]
            if block.kind == "list":
                details = self._labels(index)
                if details is None:
                    return []
                leaves += details
            elif block.kind == "paragraph":
                if self._is_titled(block):
                    return []
                leaves.append(Leaf(block.span, level=1))
            elif block.kind in ("table", "heading") or (block.kind == "html" and "<a" in block.text):
                return []
        looks = [self.eye.look(leaf.span) for leaf in leaves]
        few = sum(bool(look.links) for look in looks) <= _MOST_LINES
        return leaves if few and any(look.links and not look.titled for look in looks) else []

    def _labels(self, index: int) -> list[Leaf] | None:
        """The leaves of a list of labels and notes, one an item; None where an item has more, or a title."""
        found: list[Leaf] = []
        for item in self.ground.children(index):
            details = self.items.details(item)
            if details is None or len(details) > 1 or any(self.eye.look(leaf.span).titled for leaf in details):
                return None
            found += details
        return found

    def _is_titled(self, block: Block) -> bool:
        """Whether a paragraph is an entry, or a title of its own, so that the heading above it is a topic."""
        look = self.eye.look(block.span)
        if look.anchors or (look.links and look.titled and look.named is not None):
            return True
        return BOLD_LINE.fullmatch(block.text.strip()) is not None and not self._names_people(block)

    def _names_people(self, block: Block) -> bool:
        shown = plain(self.ground.text, self.tokenizer.tokens(block.span)).strip("* .")
        return venues.people(shown) >= _FEW
