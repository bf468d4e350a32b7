"""What the cells of a row state, by what the table's header says they hold."""

from __future__ import annotations

import re

from listbot import venues, vocabulary
from listbot.document import Document
from listbot.entry_parts.phrases import EDGE, NOTHING
from listbot.entry_parts.pieces import Piece, Title
from listbot.entry_parts.stated import Facts
from listbot.grouping import Leaf
from listbot.source import Span
from listbot.tokens import Tokenizer, plain

_COLUMNS_OF_FACTS = frozenset({"", "authors", "venue", "year"})
_LONGEST_FACT = 200
_LONGEST_VENUE = 160
_TAG = re.compile(r"[^,;，；、]+")
_MARKS_AROUND_TAG = " `*_[]"


class CellReader:
    """Reads the cells of one document's tables."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.document = document
        self.text = document.source.text
        self.tokenizer = tokenizer

    def whole(self, leaf: Leaf, title: Title | None, facts: Facts) -> None:
        """A cell without links that is a venue, a date or a row of people as a whole."""
        if leaf.column not in _COLUMNS_OF_FACTS or leaf.span.end - leaf.span.start > _LONGEST_FACT:
            return
        if self.document.links_in(leaf.span) or (title is not None and title.span.overlaps(leaf.span)):
            return
        shown = plain(self.text, self.tokenizer.tokens(leaf.span, leaf.html)).strip(EDGE)
        if not shown or NOTHING.fullmatch(shown):
            return
        found = venues.venue(shown, True)
        if leaf.column == "authors":
            facts.authors = facts.authors or leaf.span
        elif leaf.column == "year" or venues.year(shown) is not None:
            facts.take_year(venues.year(shown), leaf.span, 2)
        elif (leaf.column == "venue" or (not leaf.column and found is not None)) and facts.venue is None:
            facts.venue = leaf.span
            if found is not None:
                facts.take_year(found.year, leaf.span, 1)

    def piece(self, piece: Piece, column: str, facts: Facts) -> bool:
        """Take what a piece of a cell states. False where the column does not say how it is to be read."""
        shown = piece.text.strip(EDGE)
        if not shown or NOTHING.fullmatch(shown):
            return piece.link is None
        if column == "year" or (column == "venue" and venues.year(shown) is not None):
            facts.take_year(venues.year(shown), piece.span, 2)
            return venues.year(shown) is not None
        if column == "venue" and (
            piece.link is None or vocabulary.role_of_label(shown) is None or venues.venue(shown) is not None
        ):
            label = piece.link.link.label if piece.link else piece.span
            found = venues.venue(piece.text, True)
            if found is not None:
                facts.take_year(found.year, label, 1)
            if facts.venue is None and len(shown) < _LONGEST_VENUE:
                lead = len(piece.text) - len(piece.text.lstrip(EDGE)) if piece.kind == "text" else 0
                tail = len(piece.text.rstrip(EDGE)) if piece.kind == "text" else label.end - label.start
                facts.venue = Span(label.start + lead, label.start + tail)
            return True
        if column == "authors" and piece.link is None:
            facts.authors = facts.authors or piece.span
            return True
        if column == "tags" and piece.link is None:
            for tag in _TAG.finditer(self.text, *piece.span):
                name = tag[0].strip(_MARKS_AROUND_TAG)
                if name:
                    facts.tags.append((name, Span(*tag.span())))
            return True
        if column == "notes" and piece.link is None:
            facts.notes.append(piece.span)
            return True
        return column in ("title", "paper") and piece.kind == "code"
