"""unrendered-markdown: marks that were meant as Markdown and stand on the page as they were typed.

Three small grammars: `line_starts` (headings, bullets and checkboxes without their blank), `emphasis` (stars that find
no partner), `cut_items` (items that go on in a line of their own). Links are malformed-link's.
"""

from __future__ import annotations

from collections.abc import Iterator

from listbot.checks.unrendered_markdown import cut_items, emphasis, line_starts
from listbot.document import Document
from listbot.finding import Finding
from listbot.rule import Context
from listbot.source import Span

__all__ = ["check"]


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    found = [*line_starts.check(document), *cut_items.check(document)]
    lines = {document.source.line_of(finding.span.start) for finding in found}
    yield from found
    for finding in emphasis.check(document):
        if document.source.line_of(finding.span.start) in lines:
            continue  # a star that was meant as a bullet has no partner either: one slip, one finding
        heading = document.in_heading(finding.span.start)
        yield finding._replace(fix=None) if heading or not _in_one_line(document, finding.span) else finding


def _in_one_line(document: Document, span: Span) -> bool:
    return document.source.line_of(span.start) == document.source.line_of(span.end)
