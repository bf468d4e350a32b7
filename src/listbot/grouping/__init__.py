"""Blocks -> groups: which lines make up one entry, before anything inside is judged.

A list item with its sub-items, a table row, a paragraph, a heading with the links below it, a `<details>` or `<tr>`.
The question at every turn is whether a line has a *title of its own*: one that has is an entry, one that has not (a row
of labels, authors, notes, `Code: url`) belongs to the entry above. What lies in news, contributing and licence sections
lists nothing.
"""

from __future__ import annotations

from listbot.document import Document
from listbot.grouping.groups import Ground, Group, Leaf
from listbot.grouping.headings import Headings
from listbot.grouping.html_entries import HtmlEntries
from listbot.grouping.items import Items
from listbot.grouping.looking import LONGEST_LEAF, Eye
from listbot.grouping.paragraphs import Paragraphs
from listbot.grouping.rows import add_rows
from listbot.tokens import Tokenizer

__all__ = ["Group", "Leaf", "groups"]


def groups(document: Document, tokenizer: Tokenizer) -> list[Group]:
    """The groups of a document, in the order of the text."""
    eye = Eye(document, tokenizer)
    found = _Walk(document, tokenizer, eye).run()
    eye.forget()
    found.sort(key=_outer_first)
    return found


def _outer_first(group: Group) -> tuple[int, int]:
    return group.span.start, -group.span.end


class _Walk:
    """One walk over the blocks."""

    def __init__(self, document: Document, tokenizer: Tokenizer, eye: Eye) -> None:
        self.ground = Ground(document)
        self.eye = eye
        self.items = Items(self.ground, eye, tokenizer)
        self.paragraphs = Paragraphs(self.ground, eye, tokenizer, self.items)
        self.headings = Headings(self.ground, eye, tokenizer, self.items)
        self.html = HtmlEntries(self.ground, eye, tokenizer, self.items)

    def run(self) -> list[Group]:
        self.ground.taken = self.html.add()
        self._walk(self.ground.children(-1), nested=False)
        return self.ground.found

    def _walk(self, indexes: list[int], nested: bool) -> None:
        ground = self.ground
        by_heading = self.headings.add(indexes) if not nested else {}
        skip_until = -1
        previous_list = -2
        for place, index in enumerate(indexes):
            block = ground.blocks[index]
            too_long = block.kind == "paragraph" and block.span.end - block.span.start > LONGEST_LEAF
            if index < skip_until or too_long or ground.is_taken(block.span):
                continue
            if index in by_heading:
                skip_until = by_heading[index]
            elif block.kind == "list":
                if not ground.is_quiet(block.span.start):
                    for item in ground.children(index):
                        self.items.add(item)
                previous_list = place
            elif block.kind == "table":
                if not ground.is_quiet(block.span.start):
                    add_rows(ground, self.eye, index)
            elif block.kind == "quote":
                self._walk(ground.children(index), nested=True)
            elif block.kind == "paragraph" and not nested and not ground.is_quiet(block.span.start):
                if previous_list == place - 1 and self.items.continue_last(block):
                    previous_list = place
                else:
                    skip_until = self.paragraphs.add(indexes, place)
