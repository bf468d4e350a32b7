"""Headings that are titles of entries, with their labels and notes below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from listbot import venues
from listbot.document import Block
from listbot.grouping.folded import Candidate, Folded
from listbot.grouping.groups import Ground, Leaf
from listbot.grouping.items import Items
from listbot.grouping.looking import Eye
from listbot.grouping.paragraphs import BOLD_LINE
from listbot.tokens import Tokenizer, plain

_ENOUGH = 3
_FEW = 2
_MOST_LINES = 8


class Headings:
    """Groups the headings of one document that are titles."""

    def __init__(self, ground: Ground, eye: Eye, tokenizer: Tokenizer, items: Items) -> None:
        self.ground = ground
        self.eye = eye
        self.tokenizer = tokenizer
        self.items = items
        self.folded = Folded(ground, eye)

    def add(self, indexes: list[int]) -> dict[int, int]:
        """Add the headings that are titles: three or more of one level, and half of that level.

        heading's index -> index of the first block after its entry
        """
        blocks = self.ground.blocks
        folded = self.folded.candidates(indexes)
        candidates = self._candidates(indexes) | folded
        levels = Counter(blocks[index].level for index in indexes if blocks[index].kind == "heading")
        entitled = Counter(blocks[index].level for index in candidates)
        of_titles = {level for level, count in entitled.items() if count >= _ENOUGH and count * 2 >= levels[level]}
        linked = self._linked(indexes, candidates, of_titles)
        found: dict[int, int] = {}
        after_folded = 0
        for index, (leaves, last, after) in sorted((candidates | linked).items()):
            heading = blocks[index]
            if heading.level not in of_titles:
                continue
            if index < after_folded:
                continue  # a heading inside a folded entry
            if index in folded:
                after_folded = after
            if not self.ground.is_quiet(heading.span.start):
                start = self.ground.source.line_span(heading.first).start
                self.ground.add("heading", [Leaf(heading.span), *leaves], start, last)
            found[index] = after
        return found

    def _linked(
        self, indexes: list[int], candidates: Mapping[int, Candidate], levels: set[int]
    ) -> dict[int, Candidate]:
        """The other headings of levels of titles, most of them linked, that are linked titles with notes or nothing
        below them: what the notes link is no part of the entry."""
        blocks = self.ground.blocks
        titles = Counter(blocks[index].level for index in candidates)
        linked = Counter(blocks[index].level for index in candidates if self.folded.is_linked(blocks[index]))
        found: dict[int, Candidate] = {}
        for place, following in self._stretches(indexes):
            index, body = indexes[place], indexes[place + 1 : following]
            level = blocks[index].level
            if index in candidates or level not in levels or linked[level] * 2 < titles[level]:
                continue
            if self.folded.is_linked(blocks[index]) and not any(map(self._lists, body)):
                last = body[-1] if body else index
                found[index] = Candidate(self._told(body), blocks[last].last, self._after(last))
        return found

    def _lists(self, index: int) -> bool:
        """Whether a block below a heading has entries of its own: half of its lines begin with a linked title."""
        block = self.ground.blocks[index]
        if block.kind == "list":
            items = self.ground.children(index)
            return sum(map(self._is_linked, items)) * 2 >= len(items)
        if block.kind == "paragraph":
            return self.eye.begins_with_title(block.span)
        return block.kind == "table" or (block.kind == "html" and "<a" in block.text)

    def _is_linked(self, item: int) -> bool:
        """Whether an item begins with a linked title."""
        text = next(
            (index for index in self.ground.children(item) if self.ground.blocks[index].kind == "paragraph"), -1
        )
        return text >= 0 and self.eye.begins_with_title(self.ground.blocks[text].span)

    def _told(self, body: list[int]) -> list[Leaf]:
        """The lines of venue, people and labels that stand right below a title."""
        leaves: list[Leaf] = []
        for index in body:
            block = self.ground.blocks[index]
            if block.kind != "paragraph" or self._is_titled(block):
                break
            leaves.append(Leaf(block.span, level=1))
        return leaves

    def _stretches(self, indexes: list[int]) -> Iterator[tuple[int, int]]:
        """The places of headings, each with that of the next."""
        places = [place for place, index in enumerate(indexes) if self.ground.blocks[index].kind == "heading"]
        return pairwise([*places, len(indexes)])

    def _after(self, last: int) -> int:
        """Index of the first block after a block and those in it."""
        return max(last, *(self.ground.children(last) or [0])) + 1

    def _candidates(self, indexes: list[int]) -> dict[int, Candidate]:
        blocks = self.ground.blocks
        found: dict[int, Candidate] = {}
        for place, following in self._stretches(indexes):
            if following == place + 1:
                continue
            is_linked = self.folded.is_linked(blocks[indexes[place]])
            leaves = self._leaves(indexes[place + 1 : following], is_linked)
            if leaves:
                last = indexes[following - 1]
                found[indexes[place]] = Candidate(leaves, blocks[last].last, self._after(last))
        return found

    def _leaves(self, body: list[int], is_linked: bool) -> list[Leaf]:
        """The leaves below a heading if they are all labels and notes, and one of them or the heading has a link."""
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
        linked = is_linked or any(look.links and not look.titled for look in looks)
        return leaves if few and linked else []

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
