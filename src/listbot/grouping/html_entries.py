"""Entries of raw HTML: `<details>`, `<tr>` and `<li>`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from listbot import vocabulary
from listbot.document import Link
from listbot.grouping.groups import Ground, Leaf
from listbot.grouping.html_lines import lines_of_links
from listbot.grouping.html_table import Table
from listbot.grouping.items import Items
from listbot.grouping.looking import Eye
from listbot.html_tags import Reader
from listbot.source import Span
from listbot.tokens import Tokenizer, plain

_HTML_ROWS = re.compile(r"<(?P<close>/?)(?P<name>details|summary|table|tr|li|td|th)\b[^<>]*>", re.IGNORECASE)
_NAMES = frozenset({"details", "summary", "table", "tr", "li", "td", "th"})
_TITLE_COLUMNS = frozenset({"title", "paper", "name"})
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
        taken = lines_of_links(self.ground, self.eye)
        open_tags: dict[str, list[int]] = {"details": [], "tr": [], "li": [], "summary": []}
        summaries: dict[int, Span] = {}
        cells: set[str] = set()
        table = Table(self.text)
        for name, span, closing in self._tags():
            if name in ("td", "th"):
                cells.add(name)
                continue
            if name == "table":
                table = Table(self.text)
                continue
            if not closing:
                open_tags[name].append(span.end if name == "summary" else span.start)
                if name == "tr":
                    cells = set()
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
            elif name == "tr":
                row = table.row(Span(start, span.end))
                if cells == {"th"}:
                    table.head(row, [self._column(cell) for cell, _ in row])
                elif self._row(Span(start, span.end), row, table):
                    taken.append(Span(start, span.end))
            elif self._listed(Span(start, span.end)):
                taken.append(Span(start, span.end))
        return sorted(taken)

    def _tags(self) -> Iterator[tuple[str, Span, bool]]:
        reader = Reader(self.text, lenient=True)
        for block in self.ground.blocks:
            if block.kind == "html" and _HTML_ROWS.search(block.text):
                for tag in reader.tags(block.span.start, block.span.end):
                    if tag.name in _NAMES:
                        yield tag.name, tag.span, tag.closing

    def _outward(self, span: Span) -> list[Link]:
        return [link for link in self.ground.document.links_in(span) if link.target and not self.eye.stays(link)]

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

    def _column(self, cell: Span) -> str | None:
        return vocabulary.column(self._shown(cell))

    def _shown(self, cell: Span) -> str:
        return plain(self.text, self.tokenizer.tokens(cell, is_html=True))

    def _row(self, span: Span, row: list[tuple[Span, int]], table: Table) -> bool:
        links = self._outward(span)
        if not row or self.ground.is_quiet(span.start) or all(link.badge for link in links):
            return False  # a row without cells only holds Markdown
        kinds = [table.column(number) for _, number in row]
        titled = any(
            kind in _TITLE_COLUMNS and self._shown(cell).strip() for (cell, _), kind in zip(row, kinds, strict=True)
        )
        if not titled and not any(self.eye.is_named(link) for link in links):
            return False
        cells = [cell for cell, _ in row]
        if len(cells) > 1 and sum(bool(self._outward(cell)) for cell in cells) == len(cells) > _ENOUGH:
            return False  # a grid of logos or people
        leaves = [Leaf(cell, html=True, column=kind or "") for cell, kind in zip(cells, kinds, strict=True)]
        self.ground.add("row", leaves, span.start, self.ground.source.line_of(span.end - 1))
        return True

    def _listed(self, span: Span) -> bool:
        """An item: `<li>`."""
        links = self._outward(span)
        if self.ground.is_quiet(span.start) or not any(self.eye.is_named(link) for link in links):
            return False
        self.ground.add("html", [Leaf(span, html=True)], span.start, self.ground.source.line_of(span.end - 1))
        return True
