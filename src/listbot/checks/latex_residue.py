"""latex-residue: commands and accents of LaTeX that a reader sees as they were typed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from listbot import own_words, tables
from listbot.document import LEAF_KINDS, Document
from listbot.finding import Edit, Finding, Fix
from listbot.rule import Context
from listbot.source import Span


class _Table(NamedTuple):
    """`rules/data/latex.toml`."""

    styles: frozenset[str]
    accents: Mapping[str, str]
    signs: Mapping[str, str]
    pattern: re.Pattern[str]


@cache
def _table() -> _Table:
    table = tables.load("latex")
    commands = "|".join(sorted([*table["styles"], *table["keys"]], key=len, reverse=True))
    marks = "".join(re.escape(accent) for accent in table["accents"] if not accent.isalpha())
    letters = "".join(accent for accent in table["accents"] if accent.isalpha())
    signs = "|".join(sorted(table["signs"], key=len, reverse=True))
    loose = "|".join(table["loose"])
    accent = rf"\\(?:(?P<accent>[{marks}])\{{?|(?P<lettered>[{letters}])\{{)(?P<on>\\?[A-Za-z])\}}?"
    pattern = re.compile(
        rf"(?<!\\)(?:\\(?P<command>{commands})\{{(?P<inner>[^{{}}\n]{{0,300}})\}}|\{{{accent}\}}"
        rf"|\{{\\(?P<sign>{signs})\}}|(?<=\d)\\(?P<factor>times)(?![A-Za-z])"
        rf"|\\(?P<bare_letter>[{letters}])\{{(?P<bare_on>[A-Za-z])\}}|\\(?P<loose>{loose})"
        r"|(?<=\s)\\(?P<joint>and)(?=\s)|(?<![^\s\[(|*\"“])\{(?P<kept>[A-Za-z0-9-]*(?:[A-Z][A-Za-z0-9-]*){2})\})"
    )
    return _Table(frozenset(table["styles"]), table["accents"], table["signs"], pattern)


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    pattern = _table().pattern
    hidden, quoted = _hidden(document), _titles_and_venues(document)
    for block in document.blocks:
        if block.kind not in LEAF_KINDS or not ("\\" in block.text or "{" in block.text):
            continue
        for found in pattern.finditer(document.source.text, block.span.start, block.span.end):
            span = Span(*found.span())
            if not _inside(span, hidden) and (found["kept"] is None or _inside(span, quoted)):
                yield _finding(document, found, span)


def _hidden(document: Document) -> list[Span]:
    """Code, tags, formulas and targets, in the order of the text."""
    targets = [link.destination for link in document.links + document.images]
    return sorted([*document.opaque, *targets, *own_words.math(document.source.text)])


def _titles_and_venues(document: Document) -> list[Span]:
    """What is copied from bibliographies, where braces keep the capitals of a name."""
    parts = [part for entry in document.entries for part in (entry.spans.title, entry.spans.venue)]
    return sorted(part for part in parts if part is not None)


def _inside(span: Span, hidden: list[Span]) -> bool:
    at = bisect_right(hidden, span)
    return any(span.overlaps(other) for other in hidden[max(0, at - 2) : at + 1])


def _finding(document: Document, found: re.Match[str], span: Span) -> Finding:
    shown = _shown(found)
    fix = None
    if shown is not None and not document.in_heading(span.start):
        fix = Fix(f"write “{shown}”", (Edit(span, shown),), safe=not (found["kept"] or found["loose"]))
    name = f"\\{found['command']}" if found["command"] else found[0]
    seen = f"“{found[0][1:]}”" if found["loose"] else "it as it stands"
    return Finding(span, f"“{name}” is LaTeX, and a reader sees {seen}", fix=fix, hint=fix.message if fix else None)


def _shown(found: re.Match[str]) -> str | None:
    """What LaTeX would show; None where that is not known."""
    table = _table()
    if found["command"]:
        return found["inner"] if found["command"] in table.styles and found["inner"].strip() else None
    if found["kept"] or found["joint"]:
        return found["kept"] or found["joint"]
    mark, on = found["accent"] or found["lettered"] or found["bare_letter"], found["on"] or found["bare_on"]
    if found["loose"]:
        mark, on = found["loose"][0], found["loose"][1]
    if on:
        composed = normalize("NFC", on.removeprefix("\\") + table.accents[mark])
        return composed if len(composed) == 1 else None
    return table.signs[found["sign"] or found["factor"]]
