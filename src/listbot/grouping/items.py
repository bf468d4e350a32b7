"""List items: which sub-items belong to the item above them, and which are entries of their own."""

from __future__ import annotations

from listbot import venues
from listbot.document import Block
from listbot.grouping.groups import Ground, Group, Leaf
from listbot.grouping.looking import LONG, Eye
from listbot.grouping.rows import add_rows
from listbot.source import Span, record
from listbot.tokens import Tokenizer, plain

_FEW = 2


class Items:
    """Groups the items of one document."""

    def __init__(self, ground: Ground, eye: Eye, tokenizer: Tokenizer) -> None:
        self.ground = ground
        self.eye = eye
        self.tokenizer = tokenizer

    def add(self, index: int) -> None:
        """Add an item with what belongs to it, or the items below it where it only heads them."""
        item = self.ground.blocks[index]
        inside = self.ground.children(index)
        if len(inside) == 1 and self.ground.blocks[inside[0]].kind == "paragraph":
            self._add_line(item, self.ground.blocks[inside[0]])  # as nine items in ten
            return
        leaves, items, last = self._own(index)
        if not leaves:
            self._add_each(items)
            return
        looks = [self.eye.look(leaf.span) for leaf in leaves]
        has_links = any(look.links for look in looks)
        contents = self.ground.is_contents(item.span.start)
        if contents and not any("://" in link.target for look in looks for link in look.links):
            return  # chapters in files of their own
        if not has_links and any(look.anchors for look in looks):
            self._add_each(items)  # contents may be nested in contents only, but what leads out is an entry
            return
        own = [Leaf(leaf.span, leaf.kind == "html") for leaf in leaves]
        below = [(sub, self.details(sub)) for sub in items]
        if not has_links and not any(details for _, details in below) and any(self._leads_out(sub) for sub in items):
            self._add_each(items)  # a category with entries below it
            return
        if not has_links and (any(details is None for _, details in below) or _is_date(leaves[0])):
            self._add_each(items)
            return
        for sub, details in below:
            if details is not None:
                own += details
                last = max(last, self.ground.blocks[sub].last)
        self.ground.add("item", own, item.span.start, last)
        self._add_each([sub for sub, details in below if details is None])

    def _add_line(self, item: Block, leaf: Block) -> None:
        """An item that is one paragraph."""
        ground = self.ground
        if ground.is_contents(item.span.start) or not self.eye.leads_out(leaf.span):
            look = self.eye.look(leaf.span)
            if ground.is_contents(item.span.start) and not any("://" in link.target for link in look.links):
                return  # a chapter in a file of its own
            if not look.links and (look.anchors or _is_date(leaf)):
                return
        span = record(Span, (item.span.start, leaf.span.end))
        own = [record(Leaf, (leaf.span, False, None, 0))]
        ground.found.append(record(Group, ("item", span, item.first, leaf.last, own)))

    def _add_each(self, items: list[int]) -> None:
        for item in items:
            self.add(item)

    def _own(self, item: int) -> tuple[list[Block], list[int], int]:
        """An item's own leaves, its sub-items, and the last line of what is its own."""
        leaves: list[Block] = []
        items: list[int] = []
        blocks, children = self.ground.blocks, self.ground.children
        last = blocks[item].first
        for index in children(item):
            block = blocks[index]
            if block.kind in ("paragraph", "heading", "html"):
                leaves.append(block)
                last = max(last, block.last)
            elif block.kind == "list":
                items.extend(children(index))
            elif block.kind == "table":
                add_rows(self.ground, self.eye, index)
            elif block.kind == "code":
                last = max(last, block.last)
            elif block.kind == "quote":
                inside = [blocks[i] for i in children(index) if blocks[i].kind == "paragraph"]
                leaves.extend(inside)
                last = max([last, *(leaf.last for leaf in inside)])
        return leaves, items, last

    def details(self, item: int) -> list[Leaf] | None:
        """The leaves of a sub-item that belongs to the item above it, or None where it is an entry of its own."""
        leaves, items, _ = self._own(item)
        found: list[Leaf] = []
        for leaf in leaves:
            look = self.eye.look(leaf.span)
            if look.anchors and not look.links:
                return None
            if (look.links or leaf is not leaves[0]) and look.titled and not self.eye.is_only_a_name(look):
                return None
            found.append(Leaf(leaf.span, leaf.kind == "html", level=1))
        for sub in items:
            details = self.details(sub)
            if details is None:
                return None
            found += details
        return found

    def details_of_list(self, index: int) -> list[Leaf] | None:
        """The leaves of a list that belongs to the line above it, or None where one of its items is an entry."""
        found: list[Leaf] = []
        for item in self.ground.children(index):
            details = self.details(item)
            if details is None:
                return None
            found += details
        return found

    def continue_last(self, block: Block) -> bool:
        """Authors or labels below a list, indented too little for Markdown to see that they belong to the last item."""
        found = self.ground.found
        if not found or found[-1].kind != "item" or block.first - found[-1].last > _FEW:
            return False
        look = self.eye.look(block.span)
        if look.anchors or look.titled:
            return False
        tokens = self.tokenizer.tokens(block.span)
        shown = plain(self.ground.text, [token for token in tokens if token.kind in ("text", "emphasis")])
        if not look.links and venues.people(shown) < _FEW:
            return False
        if look.links and len(shown.split()) > LONG and not self.ground.text.startswith(("*", "_"), block.span.start):
            return False
        group = found[-1]
        span = Span(group.span.start, block.span.end)
        found[-1] = Group(group.kind, span, group.first, block.last, [*group.leaves, Leaf(block.span, level=1)])
        return True

    def _leads_out(self, item: int) -> bool:
        span = self.ground.blocks[item].span
        return any(not self.eye.stays(link) for link in self.ground.document.links_in(span))


def _is_date(leaf: Block) -> bool:
    """`- 2023` above a list of what the year brought."""
    return venues.year(leaf.text) is not None
