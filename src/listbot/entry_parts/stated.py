"""What an entry states beside its title: authors, venue, year, tags, notes."""

from __future__ import annotations

from listbot.source import Span


class Facts:
    """What the text beside the title states."""

    __slots__ = ("authors", "marked", "notes", "tags", "venue", "year", "year_rank")

    def __init__(self) -> None:
        self.authors: Span | None = None
        self.venue: Span | None = None
        self.year: tuple[int, Span] | None = None
        self.year_rank = 9
        self.tags: list[tuple[str, Span]] = []
        self.notes: list[Span] = []

    def take_year(self, value: int | None, span: Span, rank: int) -> None:
        """A year that a venue states outranks one that stands alone, and the first of one rank the later ones."""
        if value is not None and rank < self.year_rank:
            self.year, self.year_rank = (value, span), rank
