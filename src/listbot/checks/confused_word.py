"""confused-word: a word that is right elsewhere, and certainly wrong in its context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from listbot import prose_words, tables
from listbot.finding import Edit, Finding, Fix
from listbot.rule import Context
from listbot.source import Span


class _Confusion(NamedTuple):
    """One row of `rules/data/confusions.toml`."""

    wrong: str
    right: str
    why: str


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    text = prose_words.of(document).text
    pattern, confusions = _table()
    for found in pattern.finditer(text):
        row = confusions[int(str(found.lastgroup)[1:])]
        span, written = Span(*found.span()), found[0]
        right = _right(row, text, span)
        fix = None if document.in_heading(span.start) else Fix(f"write {right}", (Edit(span, right),), safe=False)
        yield Finding(span, f"`{written}` → `{right}`: {row.why}", fix=fix, alike=True)


def _right(row: _Confusion, text: str, span: Span) -> str:
    """What a row puts in the place of what it found, with a capital where that had one."""
    found = re.compile(row.wrong, re.IGNORECASE).match(text, span.start)
    right = found.expand(row.right) if found is not None else row.right
    return right[0].upper() + right[1:] if text[span.start].isupper() else right


@cache
def _table() -> tuple[re.Pattern[str], tuple[_Confusion, ...]]:
    """All rows in one expression, each in a group of its own number, and the rows."""
    rows = tuple(_Confusion(row["wrong"], row["right"], row["why"]) for row in tables.load("confusions")["confusion"])
    groups = (f"(?P<n{number}>{row.wrong})" for number, row in enumerate(rows))
    return re.compile(rf"\b(?<![@#$./\\-])(?:{'|'.join(groups)})(?![\w])", re.IGNORECASE), rows
