"""A group's tokens -> an entry with its parts.

In half of the entries of paper lists no link text is the title: it is bold, quoted or plain, and the links are labels
(`reference/lists.md` §3). So a link's text is first looked up among the labels; what is no label may be the title. The
facts beside the title are read phrase by phrase; what no phrase states is absent.
"""

from __future__ import annotations

from listbot.document import Document, Entry, EntryLink
from listbot.entry_parts.at_a_glance import BOXES, CHECKBOX, Glance
from listbot.entry_parts.building import Builder, Marks
from listbot.entry_parts.facts import FactReader
from listbot.entry_parts.phrases import MARKS, WORDS_OF_TITLE, may_hold_marks
from listbot.entry_parts.pieces import Flattener, Piece, Title
from listbot.entry_parts.primary import Primary
from listbot.entry_parts.stated import Facts
from listbot.entry_parts.titles import TitleReader
from listbot.grouping import Group
from listbot.source import Span
from listbot.tokens import Tokenizer

_WORDS_OF_CITED = 3
"""A title may be so short where people, venue and year all stand beside it."""


class Reader:
    """Reads the entries of one document's groups."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.document = document
        self.text = document.source.text
        self.tokenizer = tokenizer
        self.pieces = Flattener(document, tokenizer)
        self.titles = TitleReader(document, tokenizer)
        self.facts = FactReader(document, tokenizer)
        self.primary = Primary(document)
        self.builder = Builder(document, tokenizer)
        self.glance = Glance(document, tokenizer, self.facts, self.builder)

    def entry(self, group: Group) -> Entry | None:
        """The entry that a group is, or None where it lists nothing."""
        if len(group.leaves) == 1 and group.leaves[0].column is None and not group.leaves[0].html:
            simple = self.glance.entry(group)
            if simple is not None:
                return simple
            if self._is_too_short(group.leaves[0].span):
                return None
        pieces, marks = self._pieces(group)
        title = self.titles.title(pieces, group)
        facts = self.facts.facts(pieces, title, group)
        links = [piece.link for piece in pieces if piece.link is not None]
        pictured = all(link.link.image or link.link.badge for link in links)
        if pictured and not _is_told_of(group, title, links) and not self._is_paper_like(title, facts, links):
            return None
        kept, primary = self.primary.links_of(pieces, title, facts)
        for piece in pieces:
            if piece.kind == "text" and may_hold_marks(piece.text):
                start = piece.span.start
                for mark in MARKS.finditer(piece.text):
                    marks.append((mark[0], Span(start + mark.start(), start + mark.end())))
        return self.builder.entry(group, title, facts, kept, primary, marks)

    def _pieces(self, group: Group) -> tuple[list[Piece], Marks]:
        """The pieces of all leaves, each leaf ended by a break, and the checkbox before them."""
        pieces: list[Piece] = []
        marks: Marks = []
        for number, leaf in enumerate(group.leaves):
            span = leaf.span
            if number == 0:
                box = CHECKBOX.match(self.text, span.start, span.end)
                if box is not None:
                    marks += [(name, Span(*box.span())) for name in BOXES[box["mark"]]]
                    span = Span(box.end(), span.end)
            self.pieces.flatten(self.tokenizer.tokens(span, leaf.html), number, False, pieces, leaf)
            kind = "cell" if leaf.column is not None else "break"
            pieces.append(Piece(kind, Span(span.end, span.end), "", None, False, number))
        return pieces, marks

    def _is_paper_like(self, title: Title | None, facts: Facts, links: list[EntryLink]) -> bool:
        """Whether a line without links lists something: a title with a venue, a year or people beside it."""
        if title is None:
            return False
        whole = facts.venue is not None and facts.year is not None and facts.authors is not None
        if len(title.text.split()) < (_WORDS_OF_CITED if whole else WORDS_OF_TITLE):
            return False
        stated = bool(links) + (facts.venue is not None) + (facts.year is not None) + (facts.authors is not None)
        return stated >= (1 if title.kind in ("bold", "quoted") else 2) or self._was_a_link(title)

    def _is_too_short(self, span: Span) -> bool:
        """Whether a text without links has fewer words than the shortest title (a tag or an entity may part words)."""
        if self.document.links_in(span):
            return False
        written = self.text[span.start : span.end]
        return len(written.split()) < WORDS_OF_TITLE and "<" not in written and "&" not in written

    def _was_a_link(self, title: Title) -> bool:
        """`[A title that lost its target]: notes`."""
        return self.text[title.span.start : title.span.start + 1] == "["


def _is_told_of(group: Group, title: Title | None, links: list[EntryLink]) -> bool:
    """Whether a row names a thing and tells of it, so that a badge may be its only link."""
    if title is None or all(link.link.image for link in links):
        return False
    return any(leaf.column == "notes" and leaf.span.end > leaf.span.start for leaf in group.leaves)
