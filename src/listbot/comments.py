"""How a comment is taken out of a text so that everything else is rendered as before."""

from __future__ import annotations

from listbot.document import Document
from listbot.edited_sides import Change
from listbot.parser import parse
from listbot.proof import prove
from listbot.source import Source, Span


def removal(document: Document, comment: Span) -> Span | None:
    """What to delete: the comment with the blanks that belong to it, or its whole line where it stands alone.

    None where anything else would look otherwise: where lists or paragraphs would grow together, or where the comment
    holds apart what would be Markdown. The text is parsed once more to know.
    """
    span = _extent(document.source, comment)
    source = document.source
    text = source.text[: span.start] + source.text[span.end :]
    after = parse(Source(source.path, "\ufeff" * source.bom + text))
    change = Change("", span, Span(span.start, span.start), frozenset({"comments"}))
    return span if prove(document, after, [change]) is None else None


def _extent(source: Source, comment: Span) -> Span:
    first, last = source.line_of(comment.start), source.line_of(comment.end - 1)
    line = Span(source.line_span(first).start, source.line_span(last).end)
    before, after = source.text[line.start : comment.start], source.text[comment.end : line.end]
    if not before.strip() and not after.strip():
        whole = source.text.startswith(("\n", "\r"), line.end)
        return Span(line.start, source.line_span(last + 1).start) if whole else comment
    if not after.strip():  # blanks before a comment at the end of its line go with it
        return Span(line.start + len(before.rstrip(" \t")), comment.end)
    return Span(comment.start, comment.end + len(after) - len(after.lstrip(" \t")))
