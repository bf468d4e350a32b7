"""What the text beside the title states: authors, venue, year, tags; what states none of these is notes."""

from __future__ import annotations

import re

from listbot import venues, vocabulary
from listbot.document import Document, EntryLink
from listbot.entry_parts.cell_facts import CellReader
from listbot.entry_parts.phrases import (
    AT,
    CLOSING,
    EDGE,
    QUOTED,
    closing_kind,
)
from listbot.entry_parts.pieces import PAPER_ROLES, Piece, Title, is_keyed
from listbot.entry_parts.plain_facts import CERTAIN, read_plain
from listbot.entry_parts.stated import Facts
from listbot.grouping import Group, Leaf
from listbot.source import Span
from listbot.tokens import Tokenizer

_WORDS_OF_LABEL = 5
_KEY = re.compile(r"(?P<key>[^\s,;.|，；。][^,;.|，；。]{0,24}?)\s*[:：]\s*$")


class FactReader:
    """Reads what stands beside the titles of one document's entries."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.document = document
        self.text = document.source.text
        self.tokenizer = tokenizer
        self.cells = CellReader(document, tokenizer)

    def facts(self, pieces: list[Piece], title: Title | None, group: Group) -> Facts:
        facts = Facts()
        for leaf in group.leaves:
            if leaf.column is not None:
                self.cells.whole(leaf, title, facts)
        for place, piece in enumerate(pieces):
            if title is not None and title.first <= place <= title.last:
                if title.kind == "link":
                    self._inside_link(piece, title, facts)
                    continue
                if title.span.start > piece.span.start and piece.kind == "text":
                    self._read_text(Span(piece.span.start, min(title.span.start, piece.span.end)), facts, after=False)
                if place == title.last and piece.span.end > title.rest and piece.kind == "text":
                    self._read_text(Span(max(title.rest, piece.span.start), piece.span.end), facts, after=True)
                elif piece.kind in ("strong", "quoted"):
                    self._closing_facts(piece, facts)
                elif piece.kind in ("paren", "bracket") and piece.span.start >= title.span.end:
                    self._piece_facts(piece, group.leaves[piece.leaf], facts, True)
                continue
            after = title is None or place > title.last
            if piece.kind == "link" and after and not piece.enclosed and _goes_on_into(pieces[place - 1]):
                continue  # a link inside a sentence
            following = pieces[place + 1] if place + 1 < len(pieces) else None
            if piece.kind == "text" and following is not None and following.link is not None:
                if is_keyed(pieces, place + 1):
                    continue
                piece = _without_key(piece, following.link)
            self._piece_facts(piece, group.leaves[piece.leaf], facts, after)
        return self._with_venue_of_notes(facts)

    def of_text(self, span: Span) -> Facts:
        """What a text after a title states, in which there are no marks but parentheses."""
        facts = Facts()
        raw = self.text[span.start : span.end]
        if "(" not in raw and ")" not in raw:
            read_plain(raw, span.start, facts, after=True)
            return self._with_venue_of_notes(facts) if facts.notes else facts
        for token in self.tokenizer.tokens(span):
            if token.kind == "text":
                self._read_text(token.span, facts, after=True)
            else:
                self._enclosed(Span(token.span.start + 1, token.span.end - 1), facts, tag=False)
        return self._with_venue_of_notes(facts)

    def _with_venue_of_notes(self, facts: Facts) -> Facts:
        if facts.year is None:
            for span in facts.notes:
                found = venues.venue_in(self.text[span.start : span.end])
                if found is not None and facts.venue is None:
                    facts.venue = Span(span.start + found.start, span.start + found.end)
                    facts.take_year(found.year, facts.venue, 3)
                    break
        return facts

    def _inside_link(self, piece: Piece, title: Title, facts: Facts) -> None:
        """What a title's link says beside the title: `(by NimbleBox.ai)`, `(ICLR 2020)`, a whole citation."""
        quoted = QUOTED.search(piece.text)
        label = piece.link.link.label if piece.link else piece.span
        written = self.text[label.start : label.end]
        at = written.find(title.text)
        if quoted is not None and quoted["title"] == title.text and at >= 0:
            self._read_text(Span(label.start, label.start + at), facts, after=False)
            self._read_text(Span(label.start + at + len(title.text), label.end), facts, after=True)
            return
        self._closing_of(written, label.start, facts, known_only=True)

    def _closing_facts(self, piece: Piece, facts: Facts) -> None:
        self._closing_of(
            self.text[piece.span.start : piece.span.end].rstrip('*_"”>.bstrong</'), piece.span.start, facts
        )

    def _closing_of(self, written: str, base: int, facts: Facts, known_only: bool = False) -> None:
        closing = CLOSING.search(written.rstrip(" *_."))
        if closing is not None:
            inner = Span(base + closing.start("inner"), base + closing.end("inner"))
            if known_only and closing_kind(closing["inner"]) == "venue" and venues.venue(closing["inner"]) is None:
                return
            self._enclosed(inner, facts, tag=False)

    def _piece_facts(self, piece: Piece, leaf: Leaf, facts: Facts, after: bool) -> None:
        shown = piece.text.strip(EDGE)
        if leaf.column and piece.kind != "cell" and self.cells.piece(piece, leaf.column, facts):
            return
        if piece.kind == "link" and piece.link is not None:
            self._label_facts(piece, facts, after)
        elif piece.kind == "code":
            year = venues.year(shown)
            found = venues.venue(shown)
            if year is not None:
                facts.take_year(year, piece.span, 2)
            elif found is not None and facts.venue is None:
                facts.venue = piece.span
                facts.take_year(found.year, piece.span, 1)
            elif shown:
                facts.tags.append((shown, piece.span))
        elif piece.kind in ("paren", "bracket"):
            self._enclosed(Span(piece.span.start + 1, piece.span.end - 1), facts, tag=piece.kind == "bracket")
        elif piece.kind in ("emphasis", "quoted", "strong"):
            self._marked(piece, facts)
        elif piece.kind == "text":
            self._read_text(piece.span, facts, after)

    def _label_facts(self, piece: Piece, facts: Facts, after: bool) -> None:
        """`[[CVPR](…)]`, `[Nature Biotechnology (2024)](…)`: a label that is the venue.

        An unknown one counts where only a venue stands: in brackets before the title of a paper, or after the authors.
        """
        link = piece.link
        if link is None or link.link.badge or not piece.text:
            return
        role = vocabulary.role_of_label(piece.text)
        dated = venues.year(piece.text)
        if dated is not None:
            facts.take_year(dated, link.link.label, 2)  # `[[26 Apr 2022]](…)`
            return
        found = venues.venue(piece.text, True)
        alone = (piece.enclosed and not after) or (after and facts.authors is not None)
        if found is None and role is None and alone and link.role in PAPER_ROLES:
            found = venues.Venue(0, len(piece.text), None) if len(piece.text.split()) <= _WORDS_OF_LABEL else None
        if found is None or role not in (None, "paper"):
            return
        if role == "paper" and (facts.venue is not None or not venues.is_known(piece.text)):
            return
        label = link.link.label
        if facts.venue is None:
            written = self.text[label.start : label.end]
            at = written.find(piece.text[found.start : found.end])
            facts.venue = Span(label.start + at, label.start + at + found.end - found.start) if at >= 0 else label
        facts.take_year(found.year, label, 1)

    def _enclosed(self, span: Span, facts: Facts, tag: bool) -> None:
        raw = self.text[span.start : span.end]
        shown = self.tokenizer.shown(span).strip(EDGE)
        kind = closing_kind(shown)
        if kind == "year":
            facts.take_year(venues.year(shown), span, 2)
        elif kind == "venue":
            found = venues.venue(raw, True)
            if found is not None and facts.venue is None:
                facts.venue = Span(span.start + found.start, span.start + found.end)
                facts.take_year(found.year, facts.venue, 1)
            elif found is None:
                self._read_text(span, facts, after=True)
        elif kind == "authors":
            lead = re.match(r"\s*(?:[@＠]|by\s+)\s*", raw, re.IGNORECASE)
            people = Span(span.start + (lead.end() if lead else 0), span.end)
            if facts.authors is None and (
                not AT.match(raw) or venues.people(self.text[people.start : people.end]) == CERTAIN
            ):
                facts.authors = people
        elif tag and shown and len(shown) <= 40 and not shown.isdigit():
            facts.tags.append((shown, span))

    def _marked(self, piece: Piece, facts: Facts) -> None:
        """Italics: people, a venue, both (`*Jiafei Duan et al. IEEE (TETCI).*`), else notes."""
        inner = self._inner(piece)
        raw = self.text[inner.start : inner.end]
        dated = venues.venue(raw, True)
        if (
            dated is not None
            and dated.year is not None
            and facts.venue is None
            and (facts.authors is not None or venues.people(raw) == 0)
        ):
            facts.venue = Span(inner.start + dated.start, inner.start + dated.end)
            facts.take_year(dated.year, facts.venue, 1)
            return
        if venues.people(raw) >= 2 or (
            venues.people(raw)
            and piece.kind == "emphasis"
            and facts.authors is None
            and len(raw.split()) < 4
            and not venues.venue(raw, True)
        ):
            facts.authors = facts.authors or inner
            return
        found = venues.venue(raw, True)
        if found is not None and venues.people(raw.split(",")[0]) < 2:
            if facts.venue is None:
                facts.venue = Span(inner.start + found.start, inner.start + found.end)
                facts.take_year(found.year, facts.venue, 1)
            return
        if venues.year(raw) is not None:
            facts.take_year(venues.year(raw), inner, 2)
            return
        if piece.kind == "emphasis":
            self._read_text(inner, facts, after=True, marked=True)
        else:
            facts.notes.append(piece.span)

    def _inner(self, piece: Piece) -> Span:
        start, end = piece.span
        while start < end and self.text[start] in '*_~"“':
            start += 1
        while end > start and self.text[end - 1] in '*_~"”':
            end -= 1
        if self.text[start : start + 1] == "<":
            start = self.text.find(">", start, end) + 1
            end = max(start, self.text.rfind("<", start, end))
        return Span(start, end)

    def _read_text(self, span: Span, facts: Facts, after: bool, marked: bool = False) -> None:
        read_plain(self.text[span.start : span.end], span.start, facts, after=after, marked=marked)


def _without_key(piece: Piece, link: EntryLink) -> Piece:
    """A text without the key of the bare URL after it: `github: https://…` states nothing but the link's role."""
    key = _KEY.search(piece.text) if link.link.kind in ("bare", "autolink") else None
    if key is None or vocabulary.role_of_label(key["key"]) is None:
        return piece
    span = Span(piece.span.start, piece.span.start + key.start())
    return piece._replace(span=span, text=piece.text[: key.start()])


def _goes_on_into(before: Piece) -> bool:
    """Whether a sentence goes on into the link after it: `the winner of the [NeurIPS 2020 Challenge](…)`."""
    words = before.text.rstrip()
    return before.kind == "text" and len(words.split()) > 1 and words[-1:].isalnum()
