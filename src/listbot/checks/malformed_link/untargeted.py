"""A title in brackets that lost its target: `- [A long title]: notes` in a list whose titles are links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot.document import Document
from listbot.finding import Finding
from listbot.source import Span

BROKEN = "broken"
_TITLE = re.compile(
    r"(?:(?:[-*+]|\d{1,9}[.)])\s++)?(?:\[[ xX]?\]\s++)?(?P<title>\[(?P<text>[^\[\]\n]{12,300})\])"
    r"(?=[ \t]*+(?:[:.：]|[-–—]\s|\r?$))",
    re.MULTILINE,
)
_BEFORE_TITLE = re.compile(r"(?:(?:[-*+]|\d{1,9}[.)])\s++)?(?:\[[ xX]?\]\s++)?\W*")
_WORDS = 3
"""A title has so many words at least; fewer in brackets are a tag."""
_MOST = 0.6
"""Of the list's items this share must begin with a linked title."""


def check(document: Document) -> Iterator[Finding]:
    source = document.source
    linked = {link.span.start for link in document.links}
    starts = sorted(linked)
    items = [block for block in document.blocks if block.kind == "item"]
    titled, lone = 0, []
    for item in items:
        before = _BEFORE_TITLE.match(source.text, item.span.start, item.span.end)
        if before is not None and (before.end() in linked or before.end() - 1 in linked):
            titled += 1
            continue
        title = _TITLE.match(source.text, item.span.start, item.span.end)
        if title is not None and len(title["text"].split()) >= _WORDS:
            lone.append((item, title))
    if titled <= _MOST * len(items):
        return
    for item, title in lone:
        if not any(item.span.start <= start < item.span.end for start in starts):
            yield Finding(Span(*title.span("title")), "this title has no target", BROKEN, hint="write [title](URL)")
