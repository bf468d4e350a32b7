"""Items that go on in an unindented line, in a list whose items are one line each.

Markdown calls it lazy continuation: the page shows one text, and programs that read a list line by line, people who
sort it and `git blame` see two. Lists that wrap their lines do it on purpose and often.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot import typed
from listbot.checks.unrendered_markdown.grades import CUT
from listbot.document import Block, Document
from listbot.finding import Edit, Finding, Fix
from listbot.source import Span

_FEWEST_ITEMS = 20
_MOST_CUT = 0.01
"""A list with a larger share of its items in several lines wraps them on purpose."""
_FEW = 2
_HARD_BREAK = re.compile(r"(?: {2}|\\|<br ?/?>)\s*\Z", re.IGNORECASE)
_BREAK = re.compile(r"[ \t]*(?:\r\n|\n|\r)")
_GOES_ON = re.compile(r"(?!www\.|https?:)[^\W\d_A-Z]|[,;&]")
"""A sentence goes on; what begins with a capital letter or a link may be an item that lost its bullet, and a URL the
second half of a broken link."""


def check(document: Document) -> Iterator[Finding]:
    items = list(_item_paragraphs(document))
    cut = [block for block in items if "\n" in block.text]
    if len(items) < _FEWEST_ITEMS or len(cut) > max(_FEW, _MOST_CUT * len(items)):
        return
    shown = typed.typed(document).text
    for block in cut:
        lines = block.text.split("\n")
        for number in range(1, len(lines)):
            place = document.source.line_span(block.first + number).start
            if _HARD_BREAK.search(lines[number - 1]) or shown[place : place + 1] != lines[number][:1]:
                continue  # indented, quoted, or inside a link
            if _GOES_ON.match(lines[number]):
                yield _cut(document, block.first + number)


def _item_paragraphs(document: Document) -> Iterator[Block]:
    for block in document.blocks:
        if block.kind == "paragraph" and block.parent >= 0 and document.blocks[block.parent].kind == "item":
            yield block


def _cut(document: Document, line: int) -> Finding:
    source = document.source
    before, span = source.line_span(line - 1), source.line_span(line)
    kept = before.start + len(source[before].rstrip())
    first = source.text[span.start]  # part of the edit, so that both lines are edited ones
    fix = Fix(f"join it to line {line - 1}", (Edit(Span(kept, span.start + 1), f" {first}"),), safe=True)
    return Finding(
        span, f"the item of line {line - 1} goes on here, in a line without indentation", CUT, fix=fix, hint=fix.message
    )
