"""malformed-link: Markdown that was meant to be a link and is none, shows a stray bracket, or leads nowhere.

The forms and how often maintainers repaired them are those of 124 lists' histories. They are read by small grammars:
`cells` (links that a cell's end cuts), `joints` (the marks between a text and its URL), `targets` (what the parentheses
hold), `brackets` (halves of pairs beside a link), `missing` (texts whose siblings are links) over `listbot.typed` (what
is left as plain text when everything that Markdown understood is taken out).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from listbot.checks.malformed_link import brackets, cells, joints, missing, targets
from listbot.checks.malformed_link.grades import BROKEN
from listbot.document import Document
from listbot.finding import Finding, Fix
from listbot.rule import Context
from listbot.source import Span
from listbot.typed import typed

__all__ = ["check"]


_SHOWN_AS_TEXT = frozenset({"bare", "autolink"})


def check(context: Context) -> Iterator[Finding]:
    for finding in _found(context):
        fix = finding.fix
        if fix is not None and (_changes_heading(context.document, fix) or not _in_one_leaf(context.document, fix)):
            finding = finding._replace(fix=None)
        yield finding


def _in_one_leaf(document: Document, fix: Fix) -> bool:
    """Whether a fix stays in one paragraph, cell or block: a row and what stands below it do not become one."""
    start, end = min(edit.span.start for edit in fix.edits), max(edit.span.end for edit in fix.edits)
    whole = Span(start, end)
    return document.source.line_of(start) == document.source.line_of(end) or any(
        block.kind == "paragraph" and block.span.contains(whole) for block in document.blocks
    )


def _changes_heading(document: Document, fix: Fix) -> bool:
    """Whether a fix changes what a heading says, and so its anchor."""
    edits = [edit.span for edit in fix.edits if document.in_heading(edit.span.start)]
    if not edits:
        return False
    hidden = [link.destination for link in document.links + document.images if link.kind not in _SHOWN_AS_TEXT]
    return not all(any(target.contains(span) for target in hidden) for span in edits)


def _found(context: Context) -> Iterator[Finding]:
    document = context.document
    text = typed(document)
    found = list(cells.check(document))
    cut = [finding.span for finding in found]
    found += [finding for finding in joints.check(document, text) if not _inside(finding.span, cut)]
    broken = [finding.span for finding in found]
    found += [f for f in targets.check(document, context.surroundings, text) if not _inside(f.span, broken)]
    yield from found
    line_of = document.source.line_of
    lines = {line_of(finding.span.start) for finding in found if finding.grade == BROKEN}
    for finding in [*brackets.check(document, text), *missing.check(document, text)]:
        # A broken link leaves brackets without partners and texts without targets behind: one slip, one finding.
        if line_of(finding.span.start) not in lines:
            yield finding


def _inside(span: Span, spans: list[Span]) -> bool:
    """Whether a span touches one of others, which are in the order of the text."""
    at = bisect_right(spans, span)
    return any(span.overlaps(other) for other in spans[max(0, at - 2) : at + 1])
