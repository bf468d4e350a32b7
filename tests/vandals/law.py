"""The law of one defect: it is found, once, at its place, and nothing else comes or goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from bench.quality.checked import diagnostics_of

from listbot.document import Document
from listbot.finding import Diagnostic
from listbot.parser import parse
from listbot.source import Source, Span
from tests.vandals.defects import Change
from tests.vandals.listed import Listed

Said = tuple[str, str, str]
"""Rule, entry and text of a diagnostic: where it stands and how many do otherwise may change."""


class Damaged(NamedTuple):
    document: Document
    lines: frozenset[int]
    """Where the defect may be found."""


def damaged(listed: Listed, change: Change) -> Damaged:
    """The list after a change."""
    text, shift = listed.text, 0
    pieces: list[str] = []
    put: list[Span] = []
    position = 0
    moves: list[tuple[int, int]] = []
    for edit in sorted(change.edits):
        pieces += [text[position : edit.span.start], edit.text]
        start = edit.span.start + shift
        if edit.text:
            put.append(Span(start, start + len(edit.text)))
        shift += len(edit.text) - (edit.span.end - edit.span.start)
        moves.append((edit.span.end, shift))
        position = edit.span.end
    document = parse(Source(listed.document.source.path, "".join(pieces) + text[position:]))

    def moved(offset: int) -> int:
        return offset + next((by for end, by in reversed(moves) if end <= offset), 0)

    blamed = [Span(moved(span.start), moved(span.end)) for span in change.blamed] or put
    blamed = blamed or [Span(change.edits[0].span.start, change.edits[0].span.start)]
    line_of = document.source.line_of
    lines = frozenset(line for span in blamed for line in range(line_of(span.start), line_of(span.end) + 1))
    return Damaged(document, lines)


def said(document: Document, diagnostics: Iterable[Diagnostic]) -> Counter[Said]:
    return Counter(key(document, diagnostic) for diagnostic in diagnostics)


def key(document: Document, diagnostic: Diagnostic) -> Said:
    entry = document.entry_at(diagnostic.span.start)
    return diagnostic.rule, (entry.title or "") if entry is not None else "", document.source[diagnostic.span]


def wrongs(listed: Listed, change: Change, rules: frozenset[str]) -> list[str]:
    """What the law of one defect says is wrong with what is said after it; empty where it holds.

    The defect is found, once, at its place, by a rule that is for it; nothing else comes, and nothing goes.
    """
    after = damaged(listed, change)
    found = diagnostics_of(after.document)
    before, now = said(listed.document, listed.diagnostics), said(after.document, found)
    come = now - before
    wrong = [f"no longer said: {one}" for one in before - now]
    here = 0
    for diagnostic in found:
        its = key(after.document, diagnostic)
        if come[its] and diagnostic.start.line in after.lines and diagnostic.rule in rules:
            come[its] -= 1
            here += 1
    wrong += [f"also said: {one}" for one in +come]
    return wrong if here == 1 else [*wrong, f"found {here} times"]


_BY_SHARE = ("unsorted-entries", "entry-format", "heading-style")
"""What these say of an entry or a heading depends on what share of the others does so."""


def holds_without(listed: Listed, change: Change) -> bool:
    """Whether what is said by the share of entries holds without the lines of a change, and with each of them twice.

    A list is in order, or has a house style, from some share of its entries on. One entry that cannot be read is one
    less, and where the share stands on its edge, others are judged anew.
    """
    document = listed.document
    touched = {document.source.line_span(document.source.line_of(edit.span.start)) for edit in change.edits}
    before = said(document, (d for d in listed.diagnostics if d.rule in _BY_SHARE))
    return all(
        said(other, diagnostics_of(other, _BY_SHARE)) == before
        for times in (0, 2)
        for other in [_with_lines(listed, sorted(touched), times)]
    )


def _with_lines(listed: Listed, lines: Iterable[Span], times: int) -> Document:
    """The list with some of its lines so many times."""
    text, position = "", 0
    for start, end in lines:
        text += listed.text[position:start] + (listed.text[start:end] + "\n") * times
        position = end + 1
    return parse(Source(listed.document.source.path, text + listed.text[position:]))
