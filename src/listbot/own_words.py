"""What a list says in its own words: its typed text without titles, links, code and formulas.

Rules about spaces, names and words ask here, so that they agree on what is nobody's slip: a paper's title is as its
authors wrote it, and a URL or a formula is no sentence. Whatever is left out is replaced by one mark for its kind, so
offsets are those of `Document.source.text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from listbot.document import LEAF_KINDS, Document
from listbot.source import Span
from listbot.typed import LINK, OPAQUE, typed

TITLE = "\x03"
"""Stands for a character of an entry's title."""
QUOTED = "\x04"
"""Stands for a character inside quotation marks: somebody else's words, or a title."""

_MATH = re.compile(r"\$\$[^$\n]{1,400}+\$\$|(?<![\\\w$])\$(?![\s$])[^$\n]{0,400}?(?<![\s\\])\$(?![\d$])")
"""As GitHub finds formulas (https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/
writing-mathematical-expressions)."""
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\x00-\x04]++")
_QUOTE = re.compile(
    r"“[^“”\n]{1,300}”|(?<![\w\"])\"(?!\s)[^\"\n]{1,300}?(?<!\s)\"(?!\w)|「[^「」\n]{1,300}」|«[^«»\n]{1,300}»"
)

_SEEN = re.compile(r"[^\x00-\x1f]")


def math(text: str) -> list[Span]:
    """The formulas in a piece of text."""
    return [Span(*found.span()) for found in _MATH.finditer(text)] if "$" in text else []


class OwnWords(NamedTuple):
    """A document's own words. Other blocks than paragraphs, headings and cells are line breaks."""

    text: str
    leaves: tuple[Span, ...]
    """The paragraphs, headings and cells, in the order of the text."""

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """What a pattern finds; one that takes no line break reaches from no cell or paragraph into another."""
        return pattern.finditer(self.text)


@lru_cache(maxsize=1)
def of(document: Document) -> OwnWords:
    """The own words of a document; the last are kept, because several rules ask for them in turn."""
    text = typed(document).text
    bare = [link.span for link in document.links if link.kind == "bare"]
    titles = [entry.spans.title for entry in document.entries if entry.spans.title is not None]
    text = _masked(text, bare, LINK)
    text = _masked(text, titles, TITLE)
    text = _masked(text, math(text), OPAQUE)
    text = _masked(text, [Span(*found.span()) for found in _ADDRESS.finditer(text)], LINK)
    text = _masked(text, [Span(found.start() + 1, found.end() - 1) for found in _QUOTE.finditer(text)], QUOTED)
    leaves = tuple(block.span for block in document.blocks if block.kind in LEAF_KINDS)
    return OwnWords(text, leaves)


def _masked(text: str, spans: list[Span], mark: str) -> str:
    """The text with a mark for every character of some spans, links and line breaks inside them as they are."""
    pieces: list[str] = []
    position = 0
    for span in sorted(spans):
        start = max(span.start, position)
        if span.end <= start:
            continue
        pieces.append(text[position:start])
        pieces.append(_SEEN.sub(mark, text[start : span.end]))
        position = span.end
    pieces.append(text[position:])
    return "".join(pieces)
