"""Titles in plain words, without a link or marks that would say where they end."""

from __future__ import annotations

from listbot import venues
from listbot.document import Document
from listbot.entry_parts.phrases import (
    EDGE,
    NUMBER,
    before_year,
    closing_kind,
    ends_title,
    is_fact,
    phrases_of,
    skip_authors,
    tidy,
    without_closing,
)
from listbot.entry_parts.pieces import Piece, Title
from listbot.source import Span
from listbot.tokens import Tokenizer


class PlainTitles:
    """Finds the plain titles of one document's entries."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.text = document.source.text
        self.tokenizer = tokenizer

    def title(self, pieces: list[Piece], start: int, end: int, *, heading: bool = False) -> Title | None:
        """Plain words: from the first phrase that is no fact to the first that is one, or a label, or a line's end."""
        stop, begun = start, False
        while stop < end and not _stops(pieces, stop, begun):
            begun = begun or bool(pieces[stop].text.strip(EDGE))
            stop += 1
        if stop == start:
            return None
        base = pieces[start].span.start
        raw = self._blanked(Span(base, pieces[stop - 1].span.end), pieces[start:stop])
        phrases = phrases_of(raw)
        if not phrases:
            return None
        facts = [
            _phrase_is_fact(raw, phrase)
            or (before_year(raw, phrases, number) and venues.venue(raw[phrase.start : phrase.end], True) is not None)
            for number, phrase in enumerate(phrases)
        ]
        first = skip_authors(raw, phrases, facts)
        if first >= len(phrases):
            first = 0
        last = first
        while last + 1 < len(phrases) and not ends_title(raw, phrases, facts, last + 1, heading):
            last += 1
        begin, finish = phrases[first].start, phrases[last].end
        if not raw[begin:finish].strip(EDGE):
            return None
        span = Span(base + begin, base + finish)
        shown, dropped = without_closing(self.tokenizer.shown(span), keep_year=False)
        shown = tidy(NUMBER.sub("", shown, count=1) if first == 0 else shown)
        if not any(c.isalnum() for c in shown):
            return None
        if dropped:
            at = self.text.rfind(dropped[:1], span.start, span.end)
            span = Span(span.start, at if at > span.start else span.end)
        span = Span(span.start, span.start + len(self.text[span.start : span.end].rstrip(EDGE)))
        covered = max(p for p in range(start, stop) if pieces[p].span.start < max(span.end, span.start + 1))
        return Title(shown, span, "text", start, covered, span.end, None)

    def _blanked(self, span: Span, pieces: list[Piece]) -> str:
        """The source of some pieces with marks of emphasis blanked out, so that offsets hold."""
        raw = list(self.text[span.start : span.end])
        for piece in pieces:
            if piece.kind in ("strong", "emphasis"):
                for at in range(piece.span.start - span.start, piece.span.end - span.start):
                    if raw[at] in "*_~":
                        raw[at] = "\u200b"
        return "".join(raw)


def _stops(pieces: list[Piece], place: int, begun: bool) -> bool:
    """Whether a piece ends the plain words that a title is; `begun`: there are words before it."""
    piece = pieces[place]
    if piece.link is not None or piece.enclosed:
        return piece.kind != "image" or begun
    if piece.kind in ("break", "cell"):
        return begun
    if piece.kind in ("paren", "bracket"):
        return begun and (piece.kind == "bracket" or closing_kind(piece.text) is not None)
    if piece.kind == "emphasis":
        return begun and (
            venues.people(piece.text) > 0 or venues.venue(piece.text, True) is not None or len(piece.text.split()) > 3
        )
    return (
        piece.kind == "code"
        and begun
        and place + 1 < len(pieces)
        and pieces[place + 1].kind in ("code", "break", "link", "bracket")
    )


def _phrase_is_fact(raw: str, phrase: Span) -> bool:
    text = raw[phrase.start : phrase.end]
    return is_fact(text.strip(EDGE)) or (
        phrase.start > 0 and venues.people(text.strip(EDGE)) == 3 and len(text.split()) < 60
    )
