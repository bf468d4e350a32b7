"""confused-word: a word that is right elsewhere, and certainly wrong in its context."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from listbot import prose_words, tables
from listbot.finding import Edit, Finding, Fix
from listbot.prose_words import Prose
from listbot.rule import Context
from listbot.source import Span

_AROUND = 60
"""So many characters around a word may belong to a confusion, or tell that it is one."""


class _Confusion(NamedTuple):
    """One row of `rules/data/confusions.toml`."""

    wrong: re.Pattern[str]
    right: str
    why: str
    begins: bool


class _Confusions(NamedTuple):
    """The table: by the words where a row is tried, and by the piece of text without which it is not."""

    by_word: dict[str, list[_Confusion]]
    by_piece: list[tuple[str, _Confusion]]


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    prose = prose_words.of(document)
    end = 0
    for found, row in sorted(_found(prose), key=lambda hit: (hit[0].start(), -hit[0].end())):
        span = Span(*found.span())
        if span.start < end or (row.begins and prose.text[span.start].isupper() and not prose.begins(span)):
            continue
        end = span.end
        told = prose_words.languages_of(document)
        if document.source.line_of(span.start) in told.foreign | told.hinted:
            continue
        written = prose.text[span.start : span.end]
        right = _with_capitals(found.expand(row.right), written)
        fix = None if document.in_heading(span.start) else Fix(f"write {right}", (Edit(span, right),), safe=False)
        yield Finding(span, f"`{written}` → `{right}`: {row.why}", fix=fix, alike=True)


def _with_capitals(right: str, written: str) -> str:
    if " " in written and written.istitle():
        return right.title()
    return right[0].upper() + right[1:] if written[0].isupper() else right


def _found(prose: Prose) -> Iterator[tuple[re.Match[str], _Confusion]]:
    """What the rows find; one place may be found twice."""
    text, table = _lower(prose.text), _table()
    for piece, row in table.by_piece:
        if piece in text:
            yield from ((found, row) for found in row.wrong.finditer(text))
    for word in prose.where(table.by_word):
        for row in table.by_word[word.text.lower()]:
            around = row.wrong.finditer(text, max(0, word.span.start - _AROUND), word.span.end + _AROUND)
            yield from ((found, row) for found in around if found.start() <= word.span.start < found.end())


def _lower(text: str) -> str:
    """A text in lower case with the same offsets: of some alphabets a small letter is longer than its capital."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII)


_ASCII = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@cache
def _table() -> _Confusions:
    table = _Confusions(defaultdict(list), [])
    for row in tables.load("confusions")["confusion"]:
        wrong = re.compile(rf"(?<![\w@#$./\\'’&+-])(?:{row['wrong']})(?!['’]?\w)")
        confusion = _Confusion(wrong, row["right"], row["why"], row.get("begins", False))
        if "piece" in row:
            table.by_piece.append((row["piece"], confusion))
        for word in row.get("words", ()):
            table.by_word[word].append(confusion)
    return table
