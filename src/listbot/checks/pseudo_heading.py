"""pseudo-heading: a line that stands for a heading and is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from listbot.document import Block, Document
from listbot.finding import Finding
from listbot.habits import in_body
from listbot.rule import Context
from listbot.source import Span

_BOLD = re.compile(r"(?:\*\*|__)[^*_\n]{2,80}(?:\*\*|__):?")
_MOST_WORDS = 8
_FEW = 0.05
"""Of the headings; more such lines are a habit of the list."""
_FEWEST_HEADINGS = 5


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    top = [block for block in document.blocks if block.parent < 0]
    for grade, found in (("ruled", _ruled(document, top)), ("bold", _bold(document, top))):
        if len(document.headings) >= _FEWEST_HEADINGS and len(found) <= max(1, _FEW * len(document.headings)):
            for span in found:
                how = "below a rule" if grade == "ruled" else "in bold"
                message = f"a line {how} stands for a heading here; {len(document.headings)} sections have a real one"
                yield Finding(span, message, grade, hint="make it a heading, so that it has an anchor")


def _ruled(document: Document, top: Sequence[Block]) -> list[Span]:
    """A rule, a short line right below it, and a list: from the rule to the line."""
    return [
        Span(rule.span.start, line.span.end)
        for rule, line, following in zip(top, top[1:], top[2:], strict=False)
        if rule.kind == "rule"
        and line.first == rule.last + 1
        and following.kind in ("list", "table")
        and _is_caption(document, line)
    ]


def _bold(document: Document, top: Sequence[Block]) -> list[Span]:
    return [
        line.span
        for line, following in pairwise(top)
        if following.kind in ("list", "table") and _is_caption(document, line) and _BOLD.fullmatch(line.text.strip())
    ]


def _is_caption(document: Document, line: Block) -> bool:
    text = line.text.strip()
    return (
        line.kind == "paragraph"
        and line.first == line.last
        and 0 < len(text.split()) <= _MOST_WORDS
        and not text.endswith((".", "!", "?", "。"))
        and any(character.isalpha() for character in text)
        and not document.links_in(line.span)
        and in_body(document, line.span.start)
    )
