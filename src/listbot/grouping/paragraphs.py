"""Paragraphs: entries where they begin with a title and link, or head the lines of labels below them."""

from __future__ import annotations

import re

from listbot import venues
from listbot.document import Block, Link
from listbot.grouping.groups import Ground, Leaf
from listbot.grouping.items import Items
from listbot.grouping.looking import LONG, WORDS_OF_TITLE, Eye, Look
from listbot.source import Span
from listbot.tokens import Tokenizer, plain

_BEGINS_TAIL = re.compile(
    r"(?:</?[a-z]+>)*[*_)\]”\"']*\s*(?:$|[-–—:,.;|(\[/•·~=>`!❤⭐🔥]|by\b|\(|<br|!\[|\*|_|\n|[^\x00-\x7f])",
    re.IGNORECASE,
)
BOLD_LINE = re.compile(r"\*\*(?P<title>[^*]{12,})\*\*[.:]?[ \t\\\r]*\Z")
"""A line that is bold as a whole."""
_NEIGHBOURS = 8
_ENOUGH = 3
_FEW = 2


class Paragraphs:
    """Groups the paragraphs of one document that stand in no list."""

    def __init__(self, ground: Ground, eye: Eye, tokenizer: Tokenizer, items: Items) -> None:
        self.ground = ground
        self.document = ground.document
        self.text = ground.text
        self.eye = eye
        self.tokenizer = tokenizer
        self.items = items
        self.has_subsections = any(section.heading.level > 1 for section in ground.document.sections)
        self.begins_with_title: dict[int, bool] = {}

    def add(self, indexes: list[int], place: int) -> int:
        """Take a paragraph, and the blocks below that belong to it. Returns the index of the first block after them."""
        index = indexes[place]
        block = self.ground.blocks[index]
        if self._introduces(block) and self._titled_around(indexes, place) < _ENOUGH:
            return index + 1
        lines = self._title_lines(block) or self._bold_lines(block)
        if len(lines) > 1:
            for start, end in zip(lines, [*lines[1:], block.span.end], strict=True):
                trimmed = start + len(self.text[start:end].rstrip())
                self.ground.add("paragraph", [Leaf(Span(start, trimmed))], start, 0)
            return index + 1
        look = self.eye.look(block.span)
        if look.links and self._reads_as_entry(block, look, indexes, place):
            self.ground.add("paragraph", [Leaf(block.span)], block.span.start, block.last)
        elif not look.links and not look.anchors and self._is_pseudo_title(block):
            following, last, after = self._below(indexes, place)
            if following:
                self.ground.add("heading", [Leaf(block.span), *following], block.span.start, last)
                return after
        return index + 1

    def _introduces(self, block: Block) -> bool:
        """Whether a paragraph stands where introductions do: above the sections."""
        section = self.document.section_at(block.span.start)
        return self.has_subsections and (section < 0 or (section == 0 and self.document.sections[0].heading.level == 1))

    def _title_lines(self, block: Block) -> list[int]:
        """Where the lines of a paragraph begin that have a linked title each, if all that begin a line are entries."""
        if block.first == block.last:
            return []
        starts = []
        for number in range(block.first, block.last + 1):
            span = self.ground.source.line_span(number)
            start = max(span.start, block.span.start)
            if self.eye.begins_with_title(Span(start, span.end)):
                link = self.document.links_in(Span(start, span.end))[0]
                if self.eye.stays(link) or not _BEGINS_TAIL.match(self.text, _after(link), span.end):
                    return []
                starts.append(start)
            elif not starts:
                return []
        return starts if len(starts) > 1 else []

    def _bold_lines(self, block: Block) -> list[int]:
        """Where the lines of a paragraph begin that are a bold title each, with a link before the next: entries between
        which the blank line is missing."""
        if block.first == block.last:
            return []
        starts = []
        for number in range(block.first, block.last + 1):
            span = self.ground.source.line_span(number)
            start = max(span.start, block.span.start)
            bold = BOLD_LINE.match(self.text, start, span.end)
            if bold is not None and len(bold["title"].split()) >= WORDS_OF_TITLE:
                starts.append(start)
        whole = starts[:1] == [block.span.start]
        stretches = zip(starts, [*starts[1:], block.span.end], strict=True)
        return starts if whole and all(self.document.links_in(Span(*one)) for one in stretches) else []

    def _titled_around(self, indexes: list[int], place: int) -> int:
        """How many paragraphs around this one, in the same section, begin with a linked title."""
        blocks = self.ground.blocks
        section = self.document.section_at(blocks[indexes[place]].span.start)
        count = 0
        for index in indexes[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1]:
            block = blocks[index]
            if block.kind == "paragraph" and self.document.section_at(block.span.start) == section:
                count += self._begins_with_title(index)
        return count

    def _begins_with_title(self, index: int) -> bool:
        """Whether a paragraph begins with a linked title; remembered, as each of its neighbours asks."""
        known = self.begins_with_title.get(index)
        if known is None:
            self.begins_with_title[index] = known = self.eye.begins_with_title(self.ground.blocks[index].span)
        return known

    def _reads_as_entry(self, block: Block, look: Look, indexes: list[int], place: int) -> bool:
        if not look.titled or all(link.badge for link in look.links):
            return False
        first = look.links[0]
        if look.named is not None and self.eye.stands_first(look.named, block.span):
            if _BEGINS_TAIL.match(self.text, _after(look.named), block.span.end):
                return True
            tail = plain(self.text, self.tokenizer.tokens(Span(look.named.span.end, block.span.end)))
            people = venues.people(re.split(r"\.\s|\d", tail, maxsplit=1)[0]) >= 2
            return people or self._titled_around(indexes, place) >= _ENOUGH
        tokens = [
            t
            for t in self.tokenizer.tokens(block.span)
            if t.kind != "text" or self.text[t.span.start : t.span.end].strip()
        ]
        labelled = [link for link in look.links if not self.eye.is_named(link)]
        if not tokens or not labelled:
            return False
        if tokens[0].kind in ("strong", "quoted") or (len(tokens) > 1 and tokens[1].kind == "quoted"):
            return True
        rest = self.text[look.links[-1].span.end : block.span.end]
        bracketed = self.text[first.span.start - 1 : first.span.start] in "[(" or self.text[first.label.start] == "["
        return bracketed and len(rest.split()) <= WORDS_OF_TITLE

    def _below(self, indexes: list[int], place: int) -> tuple[list[Leaf], int, int]:
        """What follows a line without links and has no title of its own: authors, rows of labels, `key: url` items.

        Returns the leaves, the last line of them, and the index of the first block after them.
        """
        leaves: list[Leaf] = []
        last = 0
        after = indexes[place] + 1
        seen_links = False
        for position in range(place + 1, len(indexes)):  # no slice: many titles would copy the rest of the list each
            index = indexes[position]
            block = self.ground.blocks[index]
            new: list[Leaf] | None = None
            if block.kind == "list":
                new = self.items.details_of_list(index)
            elif block.kind == "paragraph":
                seen = self.eye.look(block.span)
                if not (seen.anchors or (seen_links and not seen.links) or seen.titled):
                    new = [Leaf(block.span, level=1)]
            if new is None:
                break
            leaves += new
            seen_links = seen_links or any(self.eye.look(leaf.span).links for leaf in new)
            last, after = block.last, index + 1
            following = self.ground.children(index)
            after = max(after, following[-1] + 1 if following else after)
        return (leaves, last, after) if seen_links else ([], 0, indexes[place] + 1)

    def _is_pseudo_title(self, block: Block) -> bool:
        if block.last - block.first > _FEW:
            return False
        tokens = [
            t
            for t in self.tokenizer.tokens(block.span)
            if t.kind != "text" or self.text[t.span.start : t.span.end].strip(" .:\n")
        ]
        if not tokens or tokens[0].kind not in ("strong", "quoted"):
            return False
        return len(plain(self.text, tokens).strip("* .:")) >= LONG


def _after(link: Link) -> int:
    """Where the text after a link begins; of HTML, the closing tags."""
    return link.label.end if link.kind == "html" else link.span.end
