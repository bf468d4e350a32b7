"""One joint: a URL that is typed as text, with the characters before it, and how it would be a link."""

from __future__ import annotations

from typing import NamedTuple

from listbot.document import Document
from listbot.finding import Edit, Fix
from listbot.inlines import scan
from listbot.source import Span
from listbot.typed import Typed

_LONGEST_QUOTE = 40
_LONGEST_HINT = 120


class Joint(NamedTuple):
    """A URL typed as text, and the joint before it."""

    document: Document
    typed: Typed
    span: Span
    """From the end of the text's last character to the URL."""
    url: Span
    """Trailing punctuation off."""
    after: int
    """Where a reader sees the URL end: at a blank, or at a bracket that it does not hold both halves of."""
    line: Span

    @property
    def closer(self) -> str:
        return self.typed.text[self.after : self.after + 1]

    @property
    def rest(self) -> str:
        """What follows the URL on its line."""
        return self.typed.text[self.url.end : self.line.end]

    @property
    def as_typed(self) -> str:
        return self.typed.text[self.span.start : self.span.end]


def repaired(joint: Joint, opening: int, closing: Span) -> Fix | None:
    """The construct as a Markdown link, or None where the edits do not make one."""
    source = joint.document.source.text
    edits = []
    if source[opening] != "[":
        edits.append(Edit(Span(opening, opening + 1), "["))
    edits.append(Edit(joint.span, "]("))
    if source[closing.start : closing.end] != ")":
        edits.append(Edit(closing, ")"))
    written = f"[{source[opening + 1 : joint.span.start]}]({source[joint.url.start : closing.start]})"
    hits = scan(written, joint.document.definitions).hits
    whole = next((hit for hit in hits if hit.span == Span(0, len(written)) and hit.kind == "inline"), None)
    if whole is None:
        return None
    return Fix(f"write {written}" if len(written) <= _LONGEST_HINT else "write [text](URL)", tuple(edits), safe=False)


def short(text: str) -> str:
    """A link's text as a message quotes it."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"
