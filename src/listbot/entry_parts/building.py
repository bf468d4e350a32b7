"""The parts of an entry -> the entry."""

from __future__ import annotations

from listbot.document import Document, Entry, EntryLink, PartSpans
from listbot.entry_parts.phrases import EDGE_OF_NOTES
from listbot.entry_parts.pieces import Title
from listbot.entry_parts.stated import Facts
from listbot.grouping import Group
from listbot.source import Span, record
from listbot.tokens import Tokenizer

Marks = list[tuple[str, Span]]
"""The names of marks, and where they stand."""


class Builder:
    """Makes the entries of one document."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.document = document
        self.tokenizer = tokenizer

    def entry(
        self,
        group: Group,
        title: Title | None,
        facts: Facts,
        links: list[EntryLink],
        primary: EntryLink | None,
        marks: Marks,
    ) -> Entry:
        notes = facts.notes
        year, year_span = facts.year or (None, None)
        noted = [shown for span in notes if (shown := self._shown(span))]
        parts: PartSpans = record(
            PartSpans,
            (
                title.span if title else None,
                facts.authors,
                facts.venue,
                year_span,
                record(Span, (notes[0].start, notes[-1].end)) if notes else None,
                tuple([span for _, span in facts.tags]),
                tuple([span for _, span in marks]),
            ),
        )
        return self.of_parts(
            group,
            title.text if title else None,
            tuple(links),
            primary,
            self._shown(facts.authors),
            self._shown(facts.venue),
            year,
            tuple([text for text, _ in facts.tags]),
            marks,
            " ".join(noted) or None,
            _shape(title, facts, links, primary, group),
            parts,
        )

    def of_parts(
        self,
        group: Group,
        title: str | None,
        links: tuple[EntryLink, ...],
        primary: EntryLink | None,
        authors: str | None,
        venue: str | None,
        year: int | None,
        tags: tuple[str, ...],
        marks: Marks,
        notes: str | None,
        shape: str,
        spans: PartSpans,
    ) -> Entry:
        """An entry of what was read. By position: naming seventeen fields takes longer than all else here."""
        kind, span, first, last, _ = group
        section = self.document.section_at(span[0])
        fields = (kind, span, first, last, section, title, links, primary, authors, venue, year, tags)
        return record(Entry, (*fields, _names_of(marks), notes, shape, spans))

    def _shown(self, span: Span | None) -> str | None:
        if span is None:
            return None
        return self.tokenizer.shown(span).strip(EDGE_OF_NOTES) or None


def _names_of(marks: Marks) -> tuple[str, ...]:
    if len(marks) < 2:
        return (marks[0][0],) if marks else ()
    return tuple(dict.fromkeys([name for name, _ in marks]))


def _shape(title: Title | None, facts: Facts, links: list[EntryLink], primary: EntryLink | None, group: Group) -> str:
    """The order of the parts, as in `Entry.shape`."""
    if group.kind == "row":
        return "row"
    places: list[tuple[int, str]] = []
    if title is not None:
        places.append((title.span.start, title.kind))
    if facts.authors is not None:
        places.append((facts.authors.start, "authors"))
    if facts.venue is not None:
        places.append((facts.venue.start, "venue"))
    elif facts.year is not None:
        places.append((facts.year[1].start, "year"))
    if facts.notes:
        places.append((facts.notes[0].start, "notes"))
    if facts.tags:
        places.append((facts.tags[0][1].start, "tags"))
    for link in links:
        if title is None or link is not primary or title.link is None:
            places.append((link.link.span.start, "labels"))
            break
    if len(places) > 1:
        places.sort()
    return " ".join([name for _, name in places])
