"""What is said of lines that begin with a label, as many of the list do: `Keyword: …`, `Dataset: …`.

Another mark than the others have, nothing behind it, or the plural where all others have the singular.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from listbot.checks.entry_format.outliers import is_house_style
from listbot.document import Block
from listbot.entry_habits import Body
from listbot.finding import Finding
from listbot.habits import Majority, in_body, majority
from listbot.source import Span

_LABEL = re.compile(
    r"[*_]*(?P<label>[A-Za-z]{3,16}(?: [A-Za-z]{2,15})?)[*_]*(?P<mark>[：；]|[:;](?=[*_]*(?:\s|\[|$)))[*_]*"
)
_ENOUGH = 40
"""Fewer lines do not show that a label has one form only: one author, several authors."""


class _Line(NamedTuple):
    label: str
    mark: str
    filled: bool
    span: Span
    """The label with its mark."""


def check(body: Body) -> Iterator[Finding]:
    by_label: dict[str, list[_Line]] = defaultdict(list)
    for line in _lines(body):
        by_label[line.label.casefold().removesuffix("s")].append(line)
    for lines in by_label.values():
        yield from _told(lines)


def _told(lines: Sequence[_Line]) -> Iterator[Finding]:
    """What is said of the lines of one label."""
    for line, most in _others(lines, [line.mark for line in lines]):
        reason = f"{most.count:,} of {most.of:,} lines with “{line.label}” have '{most.what}' behind it"
        yield Finding(line.span, f"{reason}; this one has '{line.mark}'", "separator")
    for line, most in _others(lines, ["something" if line.filled else "nothing" for line in lines]):
        if most.what == "something":
            reason = f"{most.count:,} of {most.of:,} lines with “{line.label}” go on behind it"
            yield Finding(line.span, f"{reason}; this one is empty", "part")
    for line, most in _others(lines, [line.label for line in lines]):
        if most.of >= _ENOUGH:
            reason = f"{most.count:,} of {most.of:,} such lines begin with “{most.what}”"
            yield Finding(line.span, f"{reason}; this one with “{line.label}”", "trifle")


def _others(lines: Sequence[_Line], whats: Sequence[str]) -> Iterator[tuple[_Line, Majority]]:
    most = majority(whats)
    if most is not None and is_house_style(most):
        yield from ((line, most) for line, what in zip(lines, whats, strict=True) if what != most.what)


def _lines(body: Body) -> Iterator[_Line]:
    for block in body.document.blocks:
        if block.kind == "paragraph" and in_body(body.document, block.span.start):
            yield from _labelled(body, block)


def _labelled(body: Body, block: Block) -> Iterator[_Line]:
    """The lines of a paragraph that begin with a label."""
    source = body.document.source
    lines = block.text.split("\n")
    for at, text in enumerate(lines):
        found = _LABEL.match(text)
        if found is not None:
            line = source.line_span(block.first + at)
            start = source.text.find(found[0], line.start, line.end)
            below = at + 1 < len(lines) and _LABEL.match(lines[at + 1]) is None
            leads_on = below or (at + 1 == len(lines) and _leads_on(body, block))
            filled = text[found.end() :].strip(" \\\t") != "" or leads_on
            if start >= 0:
                yield _Line(found["label"], found["mark"], filled, Span(start, start + len(found[0])))


def _leads_on(body: Body, block: Block) -> bool:
    """Whether something else stands below a label in its item, or behind its paragraph."""
    item = body.document.blocks[block.parent] if block.parent >= 0 else None
    return item is None or item.kind != "item" or item.last > block.last
