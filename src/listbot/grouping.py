"""Blocks -> groups: which lines make up one entry, before anything inside is judged.

A list item with its sub-items, a table row, a paragraph, a heading with the links below it, a `<details>` or `<tr>`.
The question at every turn is whether a line has a *title of its own*: one that has is an entry, one that has not (a row
of labels, authors, notes, `Code: url`) belongs to the entry above. What lies in news, contributing and licence sections
lists nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from listbot import venues, vocabulary
from listbot.document import Block, Document, Link
from listbot.html_tags import Reader
from listbot.source import Span
from listbot.tokens import Token, Tokenizer, label_text, plain

_QUIET = frozenset({"news", "contributing", "license"})
"""Roles of sections that list nothing."""
_BEFORE_TITLE = re.compile(
    r"(?:\[[ xX]?\]\s*)?(?:\[[^\[\]]*\]\s*(?![(\[]))*(?:[\W\d_]|<[^<>]*>|&[a-z]+;|:[a-z0-9_+-]+:)*"
)
_KEY = re.compile(r"[\W_]*(?P<key>[^\W\d_][^:：\n\[\](){}]{0,24}?)[*_]*\s*[:：]")
_BEGINS_TAIL = re.compile(
    r"(?:</?[a-z]+>)*[*_)\]”\"']*\s*(?:$|[-–—:,.;|(\[/•·~=>`!❤⭐🔥]|by\b|\(|<br|!\[|\*|_|\n|[^\x00-\x7f])",
    re.IGNORECASE,
)
_BOLD_OR_QUOTED = re.compile(r"[*_<\"“”„«»]")
_BOLD_LINE = re.compile(r"\*\*(?P<title>[^*]{12,})\*\*[.:]?[ \t\\\r]*\Z")
"""A line that is bold as a whole."""
_HTML_ROWS = re.compile(r"<(?P<close>/?)(?P<name>details|summary|tr|li|td|th)\b[^<>]*>", re.IGNORECASE)
_LONG = 12
_WORDS_OF_VENUE = 8
_WORDS_OF_TITLE = 3
_ENOUGH = 3
_FEW = 2
_MOST_LINES = 8
_LONGEST_LEAF = 20_000
"""Characters; see `entries`."""


class Leaf(NamedTuple):
    """A piece of an entry's text that is tokenised as a whole."""

    span: Span
    html: bool = False
    column: str | None = None
    """What the table's header says the cell holds."""
    level: int = 0
    """0 for the entry's own line, 1 for what hangs below it."""


class Group(NamedTuple):
    """The lines of one entry."""

    kind: str
    span: Span
    first: int
    last: int
    leaves: list[Leaf]


class _Look(NamedTuple):
    """What can be seen of a leaf without reading it."""

    links: list[Link]
    """Links that lead out of the document."""
    anchors: bool
    """Whether there are links into this document."""
    named: Link | None
    """The first link whose text is no label."""
    titled: bool
    """Whether the leaf has a title of its own."""


def groups(document: Document, tokenizer: Tokenizer) -> list[Group]:
    """The groups of a document, in the order of the text."""
    found = _Grouper(document, tokenizer).run()
    found.sort(key=lambda group: (group.span.start, -group.span.end))
    return found


class _Grouper:
    """The state of one walk over the blocks."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.document = document
        self.source = document.source
        self.text = document.source.text
        self.tokenizer = tokenizer
        self.found: list[Group] = []
        self.children: dict[int, list[int]] = {}
        for index, block in enumerate(document.blocks):
            self.children.setdefault(block.parent, []).append(index)
        self.block_starts = [block.span.start for block in document.blocks]
        self.taken: list[Span] = []
        self.begins_with_title: dict[int, bool] = {}
        self.has_subsections = any(section.heading.level > 1 for section in document.sections)

    def run(self) -> list[Group]:
        self.taken = self._html_groups()
        self._walk(self.children.get(-1, []), nested=False)
        return self.found

    # Where things stand -----------------------------------------------------------------------------------------------

    def _block(self, index: int) -> Block:
        return self.document.blocks[index]

    def _is_quiet(self, offset: int) -> bool:
        index = self.document.section_at(offset)
        return index >= 0 and self.document.sections[index].role in _QUIET

    def _is_contents(self, item: Block) -> bool:
        index = self.document.section_at(item.span.start)
        return index >= 0 and self.document.sections[index].role == "contents"

    def _is_taken(self, span: Span) -> bool:
        index = bisect_left(self.taken, (span.start + 1,)) - 1
        return index >= 0 and self.taken[index].start <= span.start and span.end <= self.taken[index].end

    def _add(self, kind: str, leaves: list[Leaf], start: int, last: int) -> None:
        first = self.source.line_of(start)
        end = max(leaf.span.end for leaf in leaves)
        last = max(last, self.source.line_of(max(start, end - 1)))
        self.found.append(Group(kind, Span(start, max(end, start)), first, last, leaves))

    # Looking at one leaf ----------------------------------------------------------------------------------------------

    def _look(self, span: Span) -> _Look:
        if span.end - span.start > _LONGEST_LEAF:
            return _Look([], False, None, False)
        links = self.document.links_in(span)
        outward = [link for link in links if link.target and link.target[0] != "#"]
        named, titled = None, False
        for link in outward:
            first = self._stands_first(link, span)
            if self._is_named(link, first):
                named, titled = link, first
                break
        if not titled and (outward or not links):
            titled = self._has_text_title(span, outward)
        if not titled and named is not None:
            titled = len(label_text(self.text, named)) >= _LONG and not self._is_keyed(span, named)
        return _Look(outward, len(outward) < len(links), named, titled)

    def _is_named(self, link: Link, first: bool = False) -> bool:
        """Whether a link's text may be a title: no label, no bare URL, no badge, no venue.

        A link that stands first is a venue only where the table knows it: workshops and courses are listed too.
        """
        if link.badge or link.kind in ("bare", "autolink"):
            return False
        written = self.text[link.label.start : link.label.end]
        if written.startswith("[") and self.text[link.span.start - 1 : link.span.start] != "!":
            return False
        label = label_text(self.text, link)
        if not label or self.text[link.span.start - 1 : link.span.start] == "[":
            return False
        role = vocabulary.role_of_label(label)
        if role is not None:
            return vocabulary.is_name(label)
        if len(label.split()) > _WORDS_OF_VENUE or (first and not venues.is_known(label)):
            return True
        return venues.venue(label, True) is None

    def _stands_first(self, link: Link, span: Span) -> bool:
        if link.span.start == span.start:
            return True
        before = _BEFORE_TITLE.match(self.text, span.start, link.span.start)
        return before is not None and before.end() == link.span.start

    def _has_text_title(self, span: Span, links: list[Link]) -> bool:
        """Bold or quoted or plain words before the first label that are neither people nor a key."""
        if not links and _BOLD_OR_QUOTED.search(self.text, span.start, span.end) is None:
            return False  # plain words are a title only before links
        tokens = self.tokenizer.tokens(span)
        head: list[Token] = []
        for token in tokens:
            if token.kind in ("link", "image", "break") or (token.kind in ("bracket", "paren") and _has_link(token)):
                if any(t.kind != "text" or plain(self.text, [t]).strip(" -*•:") for t in head):
                    break
                continue
            head.append(token)
        for token in head:
            if token.kind in ("strong", "quoted"):
                shown = plain(self.text, [token]).strip('"“”:. ')
                if len(shown) >= _LONG and venues.people(shown) < 2:
                    return True
        shown = plain(self.text, head).strip()
        if not shown or head[0].kind == "emphasis" or _KEY.match(shown):
            return False
        if venues.people(shown) or venues.venue(shown) is not None or venues.year(shown):
            return False
        return bool(links) and len(shown.split()) >= _WORDS_OF_TITLE and shown.lstrip("[(0123456789.) ")[:1].isupper()

    def _is_keyed(self, span: Span, link: Link) -> bool:
        """`Code: [name](url)`: the link is named by a key before it."""
        key = _KEY.match(self.text, span.start, link.span.start)
        if key is None:
            return False
        return (
            vocabulary.role_of_label(key["key"]) is not None
            or not key["key"].isascii()
            or vocabulary.column(key["key"]) is not None
        )

    # Blocks -----------------------------------------------------------------------------------------------------------

    def _walk(self, indexes: list[int], nested: bool) -> None:
        by_heading = self._heading_groups(indexes) if not nested else {}
        skip_until = -1
        previous_list = -2
        for place, index in enumerate(indexes):
            block = self._block(index)
            too_long = block.kind == "paragraph" and block.span.end - block.span.start > _LONGEST_LEAF
            if index < skip_until or too_long or self._is_taken(block.span):
                continue
            if index in by_heading:
                skip_until = by_heading[index]
            elif block.kind == "list":
                if not self._is_quiet(block.span.start):
                    for item in self.children.get(index, []):
                        self._item(item)
                previous_list = place
            elif block.kind == "table":
                if not self._is_quiet(block.span.start):
                    self._table(index)
            elif block.kind == "quote":
                self._walk(self.children.get(index, []), nested=True)
            elif block.kind == "paragraph" and not nested and not self._is_quiet(block.span.start):
                if previous_list == place - 1 and self._continues(block):
                    previous_list = place
                else:
                    skip_until = self._paragraph(indexes, place)

    def _continues(self, block: Block) -> bool:
        """Authors or labels below a list, indented too little for Markdown to see that they belong to the last item."""
        if not self.found or self.found[-1].kind != "item" or block.first - self.found[-1].last > _FEW:
            return False
        look = self._look(block.span)
        if look.titled or look.anchors:
            return False
        shown = plain(self.text, [t for t in self.tokenizer.tokens(block.span) if t.kind in ("text", "emphasis")])
        if not look.links and venues.people(shown) < _FEW:
            return False
        if look.links and len(shown.split()) > _LONG and not self.text.startswith(("*", "_"), block.span.start):
            return False
        group = self.found[-1]
        span = Span(group.span.start, block.span.end)
        self.found[-1] = Group(group.kind, span, group.first, block.last, [*group.leaves, Leaf(block.span, level=1)])
        return True

    # List items -------------------------------------------------------------------------------------------------------

    def _own(self, item: int) -> tuple[list[Block], list[int], int]:
        """An item's own leaves, its sub-items, and the last line of what is its own."""
        leaves: list[Block] = []
        items: list[int] = []
        blocks = self.document.blocks
        last = blocks[item].first
        for index in self.children.get(item, []):
            block = blocks[index]
            if block.kind in ("paragraph", "heading", "html"):
                leaves.append(block)
                last = max(last, block.last)
            elif block.kind == "list":
                items.extend(self.children.get(index, []))
            elif block.kind == "table":
                self._table(index)
            elif block.kind == "code":
                last = max(last, block.last)
            elif block.kind == "quote":
                inside = [self._block(i) for i in self.children.get(index, []) if self._block(i).kind == "paragraph"]
                leaves.extend(inside)
                last = max([last, *(leaf.last for leaf in inside)])
        return leaves, items, last

    def _item(self, index: int) -> None:
        item = self._block(index)
        leaves, items, last = self._own(index)
        if not leaves:
            for sub in items:
                self._item(sub)
            return
        looks = [self._look(leaf.span) for leaf in leaves]
        if not items and looks[0].links and not self._is_contents(item):
            own = [Leaf(leaf.span, leaf.kind == "html") for leaf in leaves]
            self._add("item", own, item.span.start, last)  # as nine items in ten
            return
        if self._is_contents(item) and not any("://" in link.target for look in looks for link in look.links):
            return  # chapters in files of their own
        has_links = any(look.links for look in looks)
        if not has_links and any(look.anchors for look in looks):
            for sub in items:
                self._item(sub)  # contents may be nested in contents only, but what leads out is an entry
            return
        own = [Leaf(leaf.span, leaf.kind == "html") for leaf in leaves]
        below = [(sub, self._details(sub)) for sub in items]
        if not has_links and not any(details for _, details in below) and any(self._leads_out(sub) for sub in items):
            for sub in items:
                self._item(sub)  # a category with entries below it
            return
        if not has_links and (any(details is None for _, details in below) or self._is_date(leaves[0])):
            for sub in items:
                self._item(sub)
            return
        for sub, details in below:
            if details is None:
                continue
            own += details
            last = max(last, self._block(sub).last)
        self._add("item", own, item.span.start, last)
        for sub, details in below:
            if details is None:
                self._item(sub)

    def _is_date(self, leaf: Block) -> bool:
        """`- 2023` above a list of what the year brought."""
        return venues.year(leaf.text) is not None

    def _details(self, item: int) -> list[Leaf] | None:
        """The leaves of a sub-item that belongs to the item above it, or None where it is an entry of its own."""
        leaves, items, _ = self._own(item)
        found: list[Leaf] = []
        for leaf in leaves:
            look = self._look(leaf.span)
            if look.anchors and not look.links:
                return None
            if look.titled and (look.links or leaf is not leaves[0]) and not self._is_only_a_name(look):
                return None
            found.append(Leaf(leaf.span, leaf.kind == "html", level=1))
        for sub in items:
            details = self._details(sub)
            if details is None:
                return None
            found += details
        return found

    def _is_only_a_name(self, look: _Look) -> bool:
        """`[PyPi](…)`, `[PyTorch](…)` below an entry say where the thing is, and are no things themselves."""
        return look.named is not None and vocabulary.role_of_label(label_text(self.text, look.named)) is not None

    def _leads_out(self, item: int) -> bool:
        span = self._block(item).span
        return any(not link.target.startswith("#") for link in self.document.links_in(span))

    # Tables -----------------------------------------------------------------------------------------------------------

    def _table(self, index: int) -> None:
        columns: list[str | None] = []
        for row in self.children.get(index, []):
            cells = [self._block(cell) for cell in self.children.get(row, [])]
            if self._block(row).level:
                columns = [vocabulary.column(cell.text) for cell in cells]
                continue
            links = [link for cell in cells for link in self.document.links_in(cell.span)]
            outward = [link for link in links if not link.target.startswith("#")]
            if not outward and (links or not any(kind in ("title", "paper") for kind in columns)):
                continue
            if not any(cell.text.strip() for cell in cells) or self._is_taken(self._block(row).span):
                continue
            kinds = columns + [None] * (len(cells) - len(columns))
            leaves = [Leaf(cell.span, column=kind or "") for cell, kind in zip(cells, kinds, strict=False)]
            self._add("row", leaves, self._block(row).span.start, self._block(row).last)

    # Paragraphs -------------------------------------------------------------------------------------------------------

    def _paragraph(self, indexes: list[int], place: int) -> int:
        """Take a paragraph, and the blocks below that belong to it. Returns the index of the first block after them."""
        index = indexes[place]
        block = self._block(index)
        section = self.document.section_at(block.span.start)
        if self.has_subsections and section <= 0 and (section < 0 or self.document.sections[0].heading.level == 1):
            siblings = self._titled_paragraphs(indexes, place)
            if siblings < _ENOUGH:
                return index + 1  # an introduction
        lines = self._title_lines(block) or self._bold_lines(block)
        if len(lines) > 1:
            for start, end in zip(lines, [*lines[1:], block.span.end], strict=True):
                trimmed = start + len(self.text[start:end].rstrip())
                self._add("paragraph", [Leaf(Span(start, trimmed))], start, 0)
            return index + 1
        look = self._look(block.span)
        if look.links and self._reads_as_entry(block, look, indexes, place):
            self._add("paragraph", [Leaf(block.span)], block.span.start, block.last)
        elif not look.links and not look.anchors and self._is_pseudo_title(block):
            following, last, after = self._below(indexes, place)
            if following:
                self._add("heading", [Leaf(block.span), *following], block.span.start, last)
                return after
        return index + 1

    def _title_lines(self, block: Block) -> list[int]:
        """Where the lines of a paragraph begin that have a linked title each, if all that begin a line are entries."""
        starts = []
        for number in range(block.first, block.last + 1):
            span = self.source.line_span(number)
            start = max(span.start, block.span.start)
            links = self.document.links_in(Span(start, span.end))
            if links and self._is_named(links[0], True) and self._stands_first(links[0], Span(start, span.end)):
                if links[0].target.startswith("#") or not _BEGINS_TAIL.match(self.text, _after(links[0]), span.end):
                    return []
                starts.append(start)
            elif not starts:
                return []
        return starts if len(starts) > 1 else []

    def _bold_lines(self, block: Block) -> list[int]:
        """Where the lines of a paragraph begin that are a bold title each, with a link before the next: entries between
        which the blank line is missing."""
        starts = []
        for number in range(block.first, block.last + 1):
            span = self.source.line_span(number)
            start = max(span.start, block.span.start)
            bold = _BOLD_LINE.match(self.text, start, span.end)
            if bold is not None and len(bold["title"].split()) >= _WORDS_OF_TITLE:
                starts.append(start)
        whole = starts[:1] == [block.span.start]
        stretches = zip(starts, [*starts[1:], block.span.end], strict=True)
        return starts if whole and all(self.document.links_in(Span(*one)) for one in stretches) else []

    def _titled_paragraphs(self, indexes: list[int], place: int) -> int:
        """How many paragraphs around this one, in the same section, begin with a linked title."""
        section = self.document.section_at(self._block(indexes[place]).span.start)
        count = 0
        for index in indexes[max(0, place - 8) : place + 9]:
            block = self._block(index)
            if block.kind == "paragraph" and self.document.section_at(block.span.start) == section:
                count += self._begins_with_title(index)
        return count

    def _begins_with_title(self, index: int) -> bool:
        """Whether a paragraph begins with a linked title; remembered, as each of its neighbours asks."""
        known = self.begins_with_title.get(index)
        if known is None:
            span = self._block(index).span
            links = self.document.links_in(span)
            known = bool(links) and self._is_named(links[0], True) and self._stands_first(links[0], span)
            self.begins_with_title[index] = known
        return known

    def _reads_as_entry(self, block: Block, look: _Look, indexes: list[int], place: int) -> bool:
        if not look.titled or all(link.badge for link in look.links):
            return False
        first = look.links[0]
        if look.named is not None and self._stands_first(look.named, block.span):
            if _BEGINS_TAIL.match(self.text, _after(look.named), block.span.end):
                return True
            tail = plain(self.text, self.tokenizer.tokens(Span(look.named.span.end, block.span.end)))
            people = venues.people(re.split(r"\.\s|\d", tail, maxsplit=1)[0]) >= 2
            return people or self._titled_paragraphs(indexes, place) >= _ENOUGH
        tokens = [
            t
            for t in self.tokenizer.tokens(block.span)
            if t.kind != "text" or self.text[t.span.start : t.span.end].strip()
        ]
        labelled = [link for link in look.links if not self._is_named(link)]
        if not tokens or not labelled:
            return False
        if tokens[0].kind in ("strong", "quoted") or (len(tokens) > 1 and tokens[1].kind == "quoted"):
            return True
        rest = self.text[look.links[-1].span.end : block.span.end]
        bracketed = self.text[first.span.start - 1 : first.span.start] in "[(" or self.text[first.label.start] == "["
        return bracketed and len(rest.split()) <= _WORDS_OF_TITLE

    def _below(self, indexes: list[int], place: int) -> tuple[list[Leaf], int, int]:
        """What follows a line without links and has no title of its own: authors, rows of labels, `key: url` items."""
        leaves: list[Leaf] = []
        last = 0
        after = indexes[place] + 1
        seen_links = False
        for position in range(place + 1, len(indexes)):  # no slice: many titles would copy the rest of the list each
            index = indexes[position]
            block = self._block(index)
            if block.kind == "list":
                details = [self._details(item) for item in self.children.get(index, [])]
                if any(found is None for found in details):
                    break
                new = [leaf for found in details if found for leaf in found]
            elif block.kind == "paragraph":
                seen = self._look(block.span)
                if seen.titled or seen.anchors or (seen_links and not seen.links):
                    break
                new = [Leaf(block.span, level=1)]
            else:
                break
            leaves += new
            seen_links = seen_links or any(self._look(leaf.span).links for leaf in new)
            last, after = block.last, index + 1
            following = self.children.get(index)
            after = max(after, following[-1] + 1 if following else after)
        return (leaves, last, after) if seen_links else ([], 0, indexes[place] + 1)

    def _is_pseudo_title(self, block: Block) -> bool:
        tokens = [
            t
            for t in self.tokenizer.tokens(block.span)
            if t.kind != "text" or self.text[t.span.start : t.span.end].strip(" .:\n")
        ]
        shown = plain(self.text, tokens).strip("* .:")
        return (
            bool(tokens)
            and tokens[0].kind in ("strong", "quoted")
            and len(shown) >= _LONG
            and block.last - block.first <= _FEW
        )

    def _names_people(self, block: Block) -> bool:
        shown = plain(self.text, self.tokenizer.tokens(block.span)).strip("* .")
        return venues.people(shown) >= _FEW

    # Headings ---------------------------------------------------------------------------------------------------------

    def _heading_groups(self, indexes: list[int]) -> dict[int, int]:
        """Headings that are titles of entries: three or more of one level with nothing but labels and notes below.

        heading's index -> index of the first block after its entry
        """
        candidates: dict[int, tuple[int, list[Leaf], int]] = {}
        levels: Counter[int] = Counter()
        for place, index in enumerate(indexes):
            block = self._block(index)
            if block.kind != "heading":
                continue
            levels[block.level] += 1
            end = place + 1
            while end < len(indexes) and self._block(indexes[end]).kind != "heading":
                end += 1
            body = indexes[place + 1 : end]
            leaves = self._heading_body(body)
            if leaves:
                after = max(body[-1], *(self.children.get(body[-1], [0]))) + 1
                candidates[index] = (after, leaves, self._block(body[-1]).last)
        entitled = Counter(self._block(index).level for index in candidates)
        found: dict[int, int] = {}
        for index, (after, leaves, last) in candidates.items():
            heading = self._block(index)
            if entitled[heading.level] < _ENOUGH or entitled[heading.level] * 2 < levels[heading.level]:
                continue
            if not self._is_quiet(heading.span.start):
                self._add("heading", [Leaf(heading.span), *leaves], self.source.line_span(heading.first).start, last)
            found[index] = after
        return found

    def _heading_body(self, body: list[int]) -> list[Leaf]:
        """The leaves below a heading if they are all labels and notes and hold a link, else none."""
        leaves: list[Leaf] = []
        linked = False
        for index in body:
            block = self._block(index)
            if block.kind == "list":
                for item in self.children.get(index, []):
                    details = self._details(item)
                    if details is None or len(details) > 1 or any(self._look(leaf.span).titled for leaf in details):
                        return []
                    leaves += details
                    linked = linked or any(self._look(leaf.span).links for leaf in details)
            elif block.kind == "paragraph":
                look = self._look(block.span)
                if look.anchors or (look.titled and look.links and look.named is not None):
                    return []
                if _BOLD_LINE.fullmatch(block.text.strip()) is not None and not self._names_people(block):
                    return []  # a title of its own: the heading is a topic
                linked = linked or (bool(look.links) and not look.titled)
                leaves.append(Leaf(block.span, level=1))
            elif block.kind in ("table", "heading") or (block.kind == "html" and "<a" in block.text):
                return []
        return leaves if linked and sum(bool(self._look(leaf.span).links) for leaf in leaves) <= _MOST_LINES else []

    # Raw HTML ---------------------------------------------------------------------------------------------------------

    def _html_groups(self) -> list[Span]:
        """Entries of raw HTML: `<details>` whose summary names something, rows and items. Returns the spans taken."""
        taken: list[Span] = []
        open_tags: dict[str, list[int]] = {"details": [], "tr": [], "li": [], "summary": []}
        summaries: dict[int, Span] = {}
        headers = False
        columns: list[str | None] = []
        for name, span, closing in self._row_tags():
            if name in ("td", "th"):
                headers = headers or name == "th"
                continue
            if not closing:
                open_tags[name].append(span.end if name == "summary" else span.start)
                headers = False if name == "tr" else headers
                continue
            if not open_tags[name]:
                continue
            start = open_tags[name].pop()
            if name == "summary":
                if open_tags["details"]:
                    summaries[open_tags["details"][-1]] = Span(start, span.start)
            elif name == "details":
                summary = summaries.pop(start, None)
                if summary is not None and self._html_details(start, span.end, summary):
                    taken.append(Span(start, span.end))
            elif name == "tr" and headers:
                columns = self._html_columns(Span(start, span.end))
            elif self._html_row(name, Span(start, span.end), columns):
                taken.append(Span(start, span.end))
        return sorted(taken)

    def _row_tags(self) -> Iterator[tuple[str, Span, bool]]:
        reader = Reader(self.text, lenient=True)
        for block in self.document.blocks:
            if block.kind == "html" and _HTML_ROWS.search(block.text):
                for tag in reader.tags(block.span.start, block.span.end):
                    if tag.name in ("details", "summary", "tr", "li", "td", "th"):
                        yield tag.name, tag.span, tag.closing

    def _outward(self, span: Span) -> list[Link]:
        return [link for link in self.document.links_in(span) if link.target and not link.target.startswith("#")]

    def _html_details(self, start: int, end: int, summary: Span) -> bool:
        if self._is_quiet(start) or not any(self._is_named(link) for link in self._outward(summary)):
            return False
        first, last = bisect_left(self.block_starts, start + 1), bisect_left(self.block_starts, end)
        inside = [index for index in range(first, last) if self._block(index).kind == "item"]
        leaves = [Leaf(summary, html=True)]
        for item in inside:
            details = self._details(item) if self._block(self._block(item).parent).parent == -1 else []
            if details is None:
                return False
            leaves += details
        self._add("html", leaves, start, self.source.line_of(end - 1))
        return True

    def _html_columns(self, span: Span) -> list[str | None]:
        cells = self._html_cells(span)
        return [vocabulary.column(plain(self.text, self.tokenizer.tokens(cell, is_html=True))) for cell in cells]

    def _html_cells(self, span: Span) -> list[Span]:
        tags = [t for t in Reader(self.text, lenient=True).tags(span.start, span.end) if t.name in ("td", "th")]
        cells = []
        for index, tag in enumerate(tags):
            if not tag.closing:
                after = tags[index + 1].span.start if index + 1 < len(tags) else span.end
                cells.append(Span(tag.span.end, after))
        return cells

    def _html_row(self, name: str, span: Span, columns: list[str | None]) -> bool:
        links = self._outward(span)
        named = [link for link in links if self._is_named(link)]
        if not named or self._is_quiet(span.start) or all(link.badge for link in links):
            return False
        cells = self._html_cells(span) if name == "tr" else [span]
        if not cells:
            return False  # a row that only holds Markdown
        if name == "tr" and len(cells) > 1 and sum(bool(self._outward(cell)) for cell in cells) == len(cells) > _ENOUGH:
            return False  # a grid of logos or people
        kinds = columns + [None] * (len(cells) - len(columns))
        leaves = [
            Leaf(cell, html=True, column=kind or "" if name == "tr" else None)
            for cell, kind in zip(cells, kinds, strict=False)
        ]
        self._add("row" if name == "tr" else "html", leaves, span.start, self.source.line_of(span.end - 1))
        return True


def _after(link: Link) -> int:
    """Where the text after a link begins; of HTML, the closing tags."""
    return link.label.end if link.kind == "html" else link.span.end


def _has_link(token: Token) -> bool:
    return any(inner.kind in ("link", "image") or _has_link(inner) for inner in token.inner)
