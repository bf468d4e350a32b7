"""Where the items of a list begin, and whether they begin with a link: what the one says that does not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from listbot.document import Block, Document
from listbot.typed import LINK, Typed

_HEAD = re.compile(r"(?:\[[ xX]?\][ \t]++)?+[^\w\[\](){}\x01<>|\"“']*+")
"""What may stand before an item's title: a checkbox, emphasis, an emoji."""
_FEWEST_SIBLINGS = 2
_LINKED_SHARE = 2 / 3


class Head(NamedTuple):
    """An item among others that begin with a link."""

    block: Block
    leaf: Block
    """The item's first paragraph."""
    at: int
    """Where its title begins, in the source and in the typed text."""


def of(document: Document, typed: Typed) -> Iterator[Head]:
    """The items of each list of which two thirds, the item itself left out, begin with a link."""
    lists: dict[int, list[Head]] = defaultdict(list)
    blocks = document.blocks
    for index, block in enumerate(blocks[:-1]):
        leaf = blocks[index + 1]
        if block.kind == "item" and leaf.kind == "paragraph" and leaf.parent == index:
            before = _HEAD.match(typed.text, leaf.span.start, leaf.span.end)
            lists[block.parent].append(Head(block, leaf, before.end() if before else leaf.span.start))
    for heads in lists.values():
        linked = [typed.text[head.at : head.at + 1] == LINK for head in heads]
        for head, is_linked in zip(heads, linked, strict=True):
            others = sum(linked) - is_linked
            if others >= _FEWEST_SIBLINGS and others >= _LINKED_SHARE * (len(heads) - 1):
                yield head
