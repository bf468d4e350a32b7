"""lost-line-break: a line of a paragraph whose other lines end with a hard break, and that lacks its own.

In a README a line ending is a blank on the page; two blanks, a backslash or `<br>` before it make a break. Lists that
set title, authors and venue in lines of one paragraph lose one now and then, and the next line runs on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from listbot.document import Block, Document
from listbot.finding import Edit, Finding, Fix
from listbot.rule import Context
from listbot.source import Span

_BREAK = re.compile(r"(?: {2,}|\\|<br ?/?>[ \t]*)\Z", re.IGNORECASE)
_SHARE = 2 / 3
"""So many line endings of the paragraph are hard breaks where one more is missing."""
_FEWEST = 2
_DOCUMENT_SHARE = 0.7
"""A document that wraps its lines has few paragraphs of hard breaks, and soft ones in them are meant."""
_PART_ENDS = re.compile(r"[*_)\]>`][.,:;]{0,2}[ \t]*\Z|[*_]{2}[.]?[ \t]*\Z")
_PART_BEGINS = re.compile(r"(?!<<)[*_\[(<`!]")
_RUNS_ON = re.compile(r"(?:[,&(-]|\b(?:and|or|of|the|by|in|with))[ \t]*\Z")


class _Ending(NamedTuple):
    """The end of a line that has another below it in its paragraph."""

    line: int
    hard: bool
    parts: bool
    """Whether one part ends here and another begins: what marks say, such as `**title**` above authors."""


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    paragraphs = [(block, endings) for block in document.blocks if (endings := _endings(document, block))]
    all_endings = [ending for _, endings in paragraphs for ending in endings]
    if sum(ending.hard for ending in all_endings) < _DOCUMENT_SHARE * len(all_endings):
        return
    for block, endings in paragraphs:
        hard = sum(ending.hard for ending in endings)
        for ending in endings:
            if not ending.hard and ending.parts:
                yield _finding(document, block, ending.line, hard, len(endings))


def _endings(document: Document, block: Block) -> list[_Ending]:
    """The line endings of a paragraph most of whose lines end with a hard break; else nothing."""
    if block.kind != "paragraph" or "\n" not in block.text:
        return []
    lines = block.text.split("\n")
    hard = [_BREAK.search(document.source.line(number)) is not None for number in range(block.first, block.last)]
    if len(hard) != len(lines) - 1 or sum(hard) < max(_FEWEST, _SHARE * len(hard)):
        return []
    return [
        _Ending(block.first + at, hard[at], _ends_part(lines[at], lines[at + 1].lstrip())) for at in range(len(hard))
    ]


def _ends_part(line: str, following: str) -> bool:
    if _RUNS_ON.search(line):
        return False
    return _PART_BEGINS.match(following) is not None or (
        _PART_ENDS.search(line) is not None and following[:1].isupper()
    )


def _finding(document: Document, block: Block, line: int, hard: int, of: int) -> Finding:
    source = document.source
    span = source.line_span(line)
    text = source[span]
    end = span.start + len(text.rstrip())
    mark = next(
        found[0].rstrip() or "  "
        for number in range(block.first, block.last)
        if (found := _BREAK.search(source.line(number)))
    )
    return Finding(
        Span(max(span.start, end - 1), end),
        f"the line break behind this line is lost: {hard} of {of} lines of the paragraph end with one",
        fix=Fix("end the line with a break", (Edit(Span(end, span.end), mark),), safe=False),
        hint="end the line with two blanks" if mark == "  " else f"end the line with {mark}",
    )
