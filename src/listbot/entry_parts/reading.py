"""A group's tokens -> an entry with its parts.

In half of the entries of paper lists no link text is the title: it is bold, quoted or plain, and the links are labels
(`reference/lists.md` §3). So a link's text is first looked up among the labels; what is no label may be the title. The
facts beside the title are read phrase by phrase; what no phrase states is absent.
"""

from __future__ import annotations

import re

from listbot import venues, vocabulary
from listbot.document import Document, Entry, EntryLink, Link, PartSpans
from listbot.entry_parts.at_a_glance import (
    BOXES,
    CHECKBOX,
    SHORTCODE,
    is_marked,
    is_plain_title,
    marks_before,
    may_state,
)
from listbot.entry_parts.facts import FactReader, Facts
from listbot.entry_parts.phrases import BY, EDGE, EDGE_OF_NOTES, GAP, MARKS, WORDS_OF_TITLE, may_hold_marks, tidy
from listbot.entry_parts.pieces import PAPER_ROLES, Flattener, Piece
from listbot.entry_parts.titles import Title, TitleReader
from listbot.grouping import Group
from listbot.source import Span
from listbot.tokens import Tokenizer

_SEPARATOR = re.compile(r"\s*(?:[-–—:：|,;.·•>]+)\s*")
_BESIDE_A_PAPER = frozenset({"code", "slides", "video", "data", "model", "demo", "other", "badge", "image", "source"})


def _names_of(marks: list[tuple[str, Span]]) -> tuple[str, ...]:
    return (marks[0][0],) if len(marks) == 1 else tuple(dict.fromkeys([name for name, _ in marks]))


class Reader:
    """Reads the entries of one document's groups."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.document = document
        self.text = document.source.text
        self.tokenizer = tokenizer
        self.pieces = Flattener(document, tokenizer)
        self.titles = TitleReader(document, tokenizer)
        self.facts = FactReader(document, tokenizer)

    def entry(self, group: Group) -> Entry | None:
        """The entry that a group is, or None where it lists nothing."""
        if len(group.leaves) == 1 and group.leaves[0].column is None and not group.leaves[0].html:
            simple = self._simple(group)
            if simple is not None:
                return simple
            if self._is_too_short(group.leaves[0].span):
                return None
        pieces: list[Piece] = []
        marks: list[tuple[str, Span]] = []
        for number, leaf in enumerate(group.leaves):
            span = leaf.span
            if number == 0:
                box = CHECKBOX.match(self.text, span.start, span.end)
                if box is not None:
                    marks += [(name, Span(*box.span())) for name in BOXES[box["mark"]]]
                    span = Span(box.end(), span.end)
            self.pieces.flatten(self.tokenizer.tokens(span, leaf.html), number, False, pieces, leaf)
            pieces.append(
                Piece("cell" if leaf.column is not None else "break", Span(span.end, span.end), "", None, False, number)
            )
        links = [piece.link for piece in pieces if piece.link is not None]
        title = self.titles.title(pieces, group)
        facts = self.facts.facts(pieces, title, group)
        if all(link.link.image or link.link.badge for link in links) and not self._is_paper_like(title, facts, links):
            return None
        kept, primary = self._links(pieces, title, facts)
        for piece in pieces:
            if piece.kind == "text" and may_hold_marks(piece.text):
                marks += [
                    (mark[0], Span(piece.span.start + mark.start(), piece.span.start + mark.end()))
                    for mark in MARKS.finditer(piece.text)
                ]
        return self._entry(group, title, facts, kept, primary, marks)

    def _entry(
        self,
        group: Group,
        title: Title | None,
        facts: Facts,
        links: list[EntryLink],
        primary: EntryLink | None,
        marks: list[tuple[str, Span]],
    ) -> Entry:
        notes = facts.notes
        return Entry(
            kind=group.kind,
            span=group.span,
            first=group.first,
            last=group.last,
            section=self.document.section_at(group.span.start),
            title=title.text if title else None,
            links=tuple(links),
            primary=primary,
            authors=self._shown(facts.authors),
            venue=self._shown(facts.venue),
            year=facts.year[0] if facts.year else None,
            tags=tuple([text for text, _ in facts.tags]),
            marks=_names_of(marks),
            notes=" ".join([shown for span in notes if (shown := self._shown(span))]) or None,
            shape=self._shape(title, facts, links, primary, group),
            spans=PartSpans(
                title.span if title else None,
                facts.authors,
                facts.venue,
                facts.year[1] if facts.year else None,
                Span(notes[0].start, notes[-1].end) if notes else None,
                tuple([span for _, span in facts.tags]),
                tuple([span for _, span in marks]),
            ),
        )

    def _simple(self, group: Group) -> Entry | None:
        """`[Title](url) - notes` without further links or marks, as two thirds of all entries of tools are.

        Reads the same as the general way (the tests hold them against each other) in a tenth of the time, or in a
        third where the notes may state a fact.
        """
        text, span = self.text, group.leaves[0].span
        link = self.tokenizer.only_link(span)
        if link is None or link.kind != "inline" or not link.target:
            return None
        marks: list[tuple[str, Span]] = []
        if span.start != link.span.start:
            before = marks_before(text[span.start : link.span.start])
            marks = [(name, Span(span.start + start, span.start + end)) for name, start, end in before]
            if not marks:
                return None
        label = text[link.label.start : link.label.end]
        tail = text[link.span.end : span.end]
        if not is_plain_title(label) or is_marked(tail):
            return None
        if vocabulary.role_of_label(label) is not None or venues.venue(label, True) is not None:
            return None
        if not may_state(tail):
            notes = tail.lstrip(EDGE).rstrip(EDGE_OF_NOTES)
            if not notes or self._states_nothing(tail, notes):
                return self._tool(group, link, tail, notes, marks)
        elif ":" in tail and SHORTCODE.search(tail):
            return None
        part = self._link_of_title(link, label)
        title = Title(tidy(label), link.label, "link", 0, 0, link.span.end, part)
        facts = self.facts.of_text(Span(link.span.end, span.end))
        return self._entry(group, title, facts, [part], part, marks)

    @staticmethod
    def _states_nothing(tail: str, notes: str) -> bool:
        """Whether notes begin with a separator, and with neither people nor a venue."""
        if _SEPARATOR.match(tail) is None or BY.match(notes):
            return False
        gap = GAP.search(notes)
        first = notes[: gap.start()] if gap else notes
        return not venues.people(first) and venues.venue(first, True) is None

    @staticmethod
    def _link_of_title(link: Link, label: str) -> EntryLink:
        """A title's link leads to the thing itself, where the host does not say what it is."""
        role = vocabulary.role_of_target(link.target) or "other"
        if role in ("other", "docs") and not vocabulary.is_known_host(link.target):
            role = "project"
        return EntryLink(link, label.strip(), role)

    def _tool(self, group: Group, link: Link, tail: str, notes: str, marks: list[tuple[str, Span]]) -> Entry:
        label = self.text[link.label.start : link.label.end]
        part = self._link_of_title(link, label)
        start = link.span.end + (tail.find(notes) if notes else 0)
        return Entry(
            kind=group.kind,
            span=group.span,
            first=group.first,
            last=group.last,
            section=self.document.section_at(group.span.start),
            title=tidy(label),
            links=(part,),
            primary=part,
            authors=None,
            venue=None,
            year=None,
            tags=(),
            marks=_names_of(marks),
            notes=notes or None,
            shape="link notes" if notes else "link",
            spans=PartSpans(
                title=link.label,
                notes=Span(start, start + len(notes)) if notes else None,
                marks=tuple([span for _, span in marks]),
            ),
        )

    def _shown(self, span: Span | None) -> str | None:
        if span is None:
            return None
        return self.tokenizer.shown(span).strip(EDGE_OF_NOTES) or None

    def _is_paper_like(self, title: Title | None, facts: Facts, links: list[EntryLink]) -> bool:
        """Whether a line without links lists something: a title with a venue, a year or people beside it."""
        if title is None or len(title.text.split()) < WORDS_OF_TITLE:
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

    def _links(
        self, pieces: list[Piece], title: Title | None, facts: Facts
    ) -> tuple[list[EntryLink], EntryLink | None]:
        kept: dict[str, EntryLink] = {}
        main: EntryLink | None = None
        for piece in pieces:
            link = piece.link
            if link is None or not link.link.target:
                continue
            is_title = title is not None and title.link is link
            if (is_title and link.role == "other" and vocabulary.role_of_target(link.link.target) is None) or (
                is_title and link.role in ("other", "docs") and not vocabulary.is_known_host(link.link.target)
            ):
                link = link._replace(role="project")
            if is_title:
                main = link
            kept.setdefault(link.link.target, link)
            if is_title and kept[link.link.target] is not link:
                kept[link.link.target] = link
        links = list(kept.values())
        if main is not None:
            return links, main
        return self._without_title_link(links, title, facts)

    def _without_title_link(
        self, links: list[EntryLink], title: Title | None, facts: Facts
    ) -> tuple[list[EntryLink], EntryLink | None]:
        """The first paper, else a tool's own link; a paper that has only code or slides beside it has none."""
        papers = [link for link in links if link.role in PAPER_ROLES]
        if papers:
            return links, papers[0]
        candidates = [link for link in links if link.role not in ("badge", "image") and not link.link.badge]
        is_paper = facts.venue is not None or (title is not None and len(title.text.split()) >= WORDS_OF_TITLE)
        unlabelled = [link for link in candidates if vocabulary.role_of_label(link.label) is None]
        if is_paper:
            if facts.venue is not None or facts.authors is not None:
                candidates = [link for link in unlabelled if link.role not in _BESIDE_A_PAPER or link.role == "other"]
            else:
                candidates = [
                    link
                    for link in candidates
                    if link.role not in _BESIDE_A_PAPER or (link in unlabelled and link.role == "other")
                ]
        if not candidates:
            return links, None
        main = candidates[0]
        if (
            main.role == "other"
            and vocabulary.role_of_label(main.label) is None
            and vocabulary.role_of_target(main.link.target) is None
        ):
            named = main._replace(role="project")
            return [named if link is main else link for link in links], named
        return links, main

    def _shape(
        self, title: Title | None, facts: Facts, links: list[EntryLink], primary: EntryLink | None, group: Group
    ) -> str:
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
        places.sort()
        return " ".join([name for _, name in places])
