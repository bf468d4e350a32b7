"""Spans of one document -> their tokens; each span is cut once."""

from __future__ import annotations

import re
from bisect import bisect_left

from listbot.document import Document, Link
from listbot.html_tags import Reader
from listbot.source import Span
from listbot.tokens.pairing import Pass
from listbot.tokens.records import Atom, Token
from listbot.tokens.shown import plain, unescaped

_SPECIAL = re.compile(r"[\\*_~\"“”„«»()（）\[\]【】\r\n]")
"""What begins any mark of `pairing`."""
_INDENT = 40
"""Characters in which a raw HTML block begins; inside an item it is indented."""


class Tokenizer:
    """Cuts spans of one document into tokens."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.source.text
        self._atoms = _atoms(document)
        self._atoms.sort(key=_outer_first)
        self._starts = [atom.span.start for atom in self._atoms]
        self._cut: dict[Span, tuple[Token, ...]] = {}
        self._cut_html: dict[Span, tuple[Token, ...]] = {}

    def only_link(self, span: Span) -> Link | None:
        """The link in a span in which there is no further link, image, chip, tag or comment."""
        starts = self._starts
        first = bisect_left(starts, span.start)
        if first == len(starts) or (first + 1 < len(starts) and starts[first + 1] < span.end):
            return None
        atom = self._atoms[first]
        return atom.link if atom.kind == "link" and atom.span.start < span.end else None

    def shown(self, span: Span) -> str:
        """What a reader sees of a span."""
        if span not in self._cut and self._is_plain(span):
            return " ".join(unescaped(self._text[span.start : span.end]).split())
        return plain(self._text, self.tokens(span))

    def _is_plain(self, span: Span) -> bool:
        starts = self._starts
        first = bisect_left(starts, span.start)
        return (first == len(starts) or starts[first] >= span.end) and (
            _SPECIAL.search(self._text, span.start, span.end) is None
        )

    def tokens(self, span: Span, is_html: bool = False) -> tuple[Token, ...]:
        """The tokens of a leaf's span; `is_html` where it is a raw HTML block, in which Markdown is plain text."""
        if is_html:
            return self._tokens_of_html(span)
        known = self._cut.get(span)
        if known is not None:
            return known
        if self._is_plain(span):
            return (Token("text", span),) if span.end > span.start else ()
        self._cut[span] = found = Pass(self._text, span, self._atoms_in(span), is_html=False).run()
        return found

    def _tokens_of_html(self, span: Span) -> tuple[Token, ...]:
        known = self._cut_html.get(span)
        if known is not None:
            return known
        atoms = [atom for atom in self._atoms_in(span) if atom.kind in ("link", "image")]
        kinds = {"!--": "comment"}
        tags = Reader(self._text, lenient=True).tags(span.start, span.end)
        atoms += [Atom(tag.span, kinds.get(tag.name, "tag"), None) for tag in tags]
        atoms.sort(key=lambda atom: (*_outer_first(atom), atom.kind == "tag"))
        self._cut_html[span] = found = Pass(self._text, span, atoms, is_html=True).run()
        return found

    def _atoms_in(self, span: Span) -> list[Atom]:
        return self._atoms[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


def _outer_first(atom: Atom) -> tuple[int, int]:
    return atom.span.start, -atom.span.end


def _atoms(document: Document) -> list[Atom]:
    text = document.source.text
    found = []
    for link in document.links:
        span = link.span
        if link.kind == "html":
            closing = text.find(">", link.label.end)
            span = Span(span.start, closing + 1) if link.label.end > span.end and closing >= 0 else span
        found.append(Atom(span, "link", link))
    found += [Atom(image.span, "image", image) for image in document.images]
    taken = {atom.span.start for atom in found}
    for span in document.opaque:
        if span.start not in taken:
            first = text[span.start : span.start + _INDENT].lstrip()[:4]
            kind = "comment" if first == "<!--" else "tag" if first[:1] == "<" else "code"
            found.append(Atom(span, kind, None))
    return found
