"""generated-list: a program writes this file, so an edit belongs elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from listbot.document import Document
from listbot.finding import Finding
from listbot.generated import recognise, sentence
from listbot.rule import Context
from listbot.source import Span


def check(context: Context) -> Iterator[Finding]:
    found = recognise(context.document, context.surroundings)
    if found is not None:
        yield Finding(_place(context.document, found.line), sentence(found))


def _place(document: Document, line: int | None) -> Span:
    """The line that says so; the first block where only what lies beside the file does."""
    if line is None:
        return next((block.span for block in document.blocks), Span(0, 0))
    start, end = document.source.line_span(line)
    written = document.source.text[start:end]
    return Span(start + len(written) - len(written.lstrip()), start + len(written.rstrip()))
