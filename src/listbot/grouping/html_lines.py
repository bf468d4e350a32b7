"""Lines of raw HTML that are entries each: `<a href="…"><b>Name</b></a> - what it is.<br>`."""

from __future__ import annotations

import re

from listbot.document import Block
from listbot.grouping.groups import Ground, Leaf
from listbot.grouping.looking import Eye
from listbot.html_tags import Reader
from listbot.source import Span

_ENOUGH = 3
"""Lines of a document. Fewer are a banner."""
_BREAKS = frozenset({"br", "p", "div", "center", "font"})
_LEAD = re.compile(r"(?:\s|&nbsp;|&emsp;|&ensp;|&bull;|[-•·*▪◦‣+]|<(?:b|strong|i|em|big)>)*+", re.IGNORECASE)
_TELLS = re.compile(r"(?:\s|&nbsp;|</[a-z]+>|\*|\([^()<>]*\))*+(?:[-–—:：]|&[mn]dash;)\s*(?=\w)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"<(?:tr|td|th|li|details|summary|table|ul|ol)\b", re.IGNORECASE)
"""What is read by its own marks."""


def lines_of_links(ground: Ground, eye: Eye) -> list[Span]:
    """Add the lines that begin with a linked name and tell of it. Returns what the blocks of such lines cover."""
    lines: list[Span] = []
    taken: list[Span] = []
    for block in ground.blocks:
        if block.kind == "html" and block.parent == -1 and "<a" in block.text and not _ELSEWHERE.search(block.text):
            found = [line for line in _lines(ground.text, block) if _is_entry(ground, eye, line)]
            lines += found
            taken += [block.span] * bool(found)
    if len(lines) < _ENOUGH:
        return []
    for line in lines:
        ground.add("html", [Leaf(line, html=True)], line.start, 0)
    return taken


def _lines(text: str, block: Block) -> list[Span]:
    """The lines of a block, from break to break, with what only leads to their links cut off."""
    starts = [block.span.start]
    ends = []
    for tag in Reader(text, lenient=True).tags(*block.span):
        if tag.name in _BREAKS:
            ends.append(tag.span.start)
            starts.append(tag.span.end)
    found = []
    for start, end in zip(starts, [*ends, block.span.end], strict=True):
        lead = _LEAD.match(text, start, end)
        begin = lead.end() if lead else start
        finish = begin + len(text[begin:end].rstrip())
        if finish > begin:
            found.append(Span(begin, finish))
    return found


def _is_entry(ground: Ground, eye: Eye, line: Span) -> bool:
    links = ground.document.links_in(line)
    if not links or links[0].span.start != line.start or ground.is_quiet(line.start) or ground.is_contents(line.start):
        return False
    first = links[0]
    if not first.target or eye.stays(first) or not eye.is_named(first, True):
        return False
    return _TELLS.match(ground.text, first.label.end, line.end) is not None
