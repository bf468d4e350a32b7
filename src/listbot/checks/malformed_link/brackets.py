"""Brackets without a partner beside a link that works: the page shows them."""

from __future__ import annotations

from collections.abc import Iterator

from listbot.checks.malformed_link.typed import Typed
from listbot.document import Document
from listbot.finding import Finding
from listbot.source import Span

STRAY = "stray"
_CLOSING = {"]": "[", ")": "("}


def check(document: Document, typed: Typed) -> Iterator[Finding]:
    """Only a bracket that touches a link is surely the author's slip; `1)`, `:)` and `[0, 1)` touch none."""
    inline = [link for link in document.links + document.images if link.kind == "inline"]
    ends = {link.span.end for link in inline}
    starts = {link.span.start for link in inline}
    for at in typed.unmatched:
        mark = typed.text[at]
        if at in typed.open_before:
            continue
        if (mark in _CLOSING and at in ends) or (mark in "[(" and at + 1 in starts):
            yield Finding(Span(at, at + 1), f"this “{mark}” beside the link has no partner", STRAY)
