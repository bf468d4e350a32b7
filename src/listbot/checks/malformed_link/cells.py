"""`| [Lark | a parser](https://…) |`: a `|` in a link's text ends the cell, and half of the link stands in either.

A cell ends at every `|` without a backslash, in code and links too
(https://github.github.com/gfm/#tables-extension-).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from listbot.checks.malformed_link.grades import BROKEN
from listbot.document import Block, Document
from listbot.finding import Edit, Finding, Fix
from listbot.source import Span

_PIPE = re.compile(r"(?<!\\)\|")
_CUT_LINK = re.compile(
    r"(?<!\\)\[(?P<text>[^\[\]|\r\n]{1,200}+(?:(?<!\\)\|[^\[\]|\r\n]{1,200}+){1,3})\]\(https?://[^\s()|]++\)"
)


def check(document: Document) -> Iterator[Finding]:
    """Every link of a document that the end of a cell cuts in two, in rows with as many cells too many."""
    columns = 0
    for index, block in enumerate(document.blocks):
        if block.kind != "row":
            continue
        if block.level:
            columns = _cells(document, index)
            continue
        yield from _cut_links(document, block, columns)


def _cells(document: Document, header: int) -> int:
    behind = islice(document.blocks, header + 1, None)
    return sum(1 for _ in takewhile(lambda block: block.kind == "cell" and block.parent == header, behind))


def _cut_links(document: Document, row: Block, columns: int) -> Iterator[Finding]:
    line = document.source.line_span(row.first)
    text = document.source[line]
    found = list(_CUT_LINK.finditer(text))
    if not found:
        return
    pipes = [pipe.start() for link in found for pipe in _PIPE.finditer(text, *link.span("text"))]
    bare = text.strip()
    edges = bare.startswith("|") + (bare.endswith("|") and not bare.endswith("\\|"))
    if len(_PIPE.findall(text)) - edges + 1 != columns + len(pipes):
        return  # the cells are as many as they should be: two links that lost a half each
    for link in found:
        edits = (
            Edit(Span(line.start + at, line.start + at + 1), "\\|") for at in pipes if link.start() < at < link.end()
        )
        yield Finding(
            Span(line.start + link.start(), line.start + link.end()),
            "the “|” in this link's text ends the cell, and half of the link stands in either",
            BROKEN,
            fix=Fix("write \\|", tuple(edits), safe=False),
            hint="write “\\|”",
        )
