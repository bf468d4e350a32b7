"""Entries of raw HTML: `<details>`, `<tr>` and `<li>`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from listbot import vocabulary
from listbot.document import Link
from listbot.grouping.groups import Ground, Leaf
from listbot.grouping.items import Items
from listbot.grouping.looking import Eye
from listbot.html_tags import Reader
from listbot.source import Span
from listbot.tokens import Tokenizer, plain

_HTML_ROWS = re.compile(r"<(?P<close>/?)(?P<name>details|summary|tr|li|td|th)\b[^<>]*>", re.IGNORECASE)
_ENOUGH = 3


class HtmlEntries:
    """Groups the raw HTML of one document."""

    def __init__(self, ground: Ground, eye: Eye, tokenizer: Tokenizer, items: Items) -> None:
        self.ground = ground
        self.text = ground.text
        self.eye = eye
        self.tokenizer = tokenizer
        self.items = items

    @cached_property
    def block_starts(self) -> list[int]:
        return [block.span.start for block in self.ground.blocks]

    def add(self) -> list[Span]:
        """Add the entries: `<details>` whose summary names something, rows and items. Returns the spans taken."""
        taken: list[Span] = []
        open_tags: dict[str, list[int]] = {"details": [], "tr": [], "li": [], "summary": []}
        summaries: dict[int, Span] = {}
        headers = False
        columns: list[str | None] = []
        for name, span, closing in self._tags():
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
                if summary is not None and self._details(start, span.end, summary):
                    taken.append(Span(start, span.end))
            elif name == "tr" and headers:
                columns = self._columns(Span(start, span.end))
            elif self._row(name, Span(start, span.end), columns):
                taken.append(Span(start, span.end))
        return sorted(taken)

    def _tags(self) -> Iterator[tuple[str, Span, bool]]:
        reader = Reader(self.text, lenient=True)
        for block in self.ground.blocks:
            if block.kind == "html" and _HTML_ROWS.search(block.text):
                for tag in reader.tags(block.span.start, block.span.end):
                    if tag.name in ("details", "summary", "tr", "li", "td", "th"):
                        yield tag.name, tag.span, tag.closing

    def _outward(self, span: Span) -> list[Link]:
        return [link for link in self.ground.document.links_in(span) if link.target and not link.target.startswith("#")]

    def _details(self, start: int, end: int, summary: Span) -> bool:
        if self.ground.is_quiet(start) or not any(self.eye.is_named(link) for link in self._outward(summary)):
            return False
        first, last = bisect_left(self.block_starts, start + 1), bisect_left(self.block_starts, end)
        blocks = self.ground.blocks
        inside = [index for index in range(first, last) if blocks[index].kind == "item"]
        leaves = [Leaf(summary, html=True)]
        for item in inside:
            details = self.items.details(item) if blocks[blocks[item].parent].parent == -1 else []
            if details is None:
                return False
            leaves += details
        self.ground.add("html", leaves, start, self.ground.source.line_of(end - 1))
        return True

    def _columns(self, span: Span) -> list[str | None]:
        cells = self._cells(span)
        return [vocabulary.column(plain(self.text, self.tokenizer.tokens(cell, is_html=True))) for cell in cells]

    def _cells(self, span: Span) -> list[Span]:
        tags = [t for t in Reader(self.text, lenient=True).tags(span.start, span.end) if t.name in ("td", "th")]
        cells = []
        for index, tag in enumerate(tags):
            if not tag.closing:
                after = tags[index + 1].span.start if index + 1 < len(tags) else span.end
                cells.append(Span(tag.span.end, after))
        return cells

    def _row(self, name: str, span: Span, columns: list[str | None]) -> bool:
        links = self._outward(span)
        named = [link for link in links if self.eye.is_named(link)]
        if not named or self.ground.is_quiet(span.start) or all(link.badge for link in links):
            return False
        cells = self._cells(span) if name == "tr" else [span]
        if not cells:
            return False  # a row that only holds Markdown
        if name == "tr" and len(cells) > 1 and sum(bool(self._outward(cell)) for cell in cells) == len(cells) > _ENOUGH:
            return False  # a grid of logos or people
        kinds = columns + [None] * (len(cells) - len(columns))
        leaves = [
            Leaf(cell, html=True, column=kind or "" if name == "tr" else None)
            for cell, kind in zip(cells, kinds, strict=False)
        ]
        self.ground.add("row" if name == "tr" else "html", leaves, span.start, self.ground.source.line_of(span.end - 1))
        return True
