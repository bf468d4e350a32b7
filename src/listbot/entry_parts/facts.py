"""What the text beside the title states: authors, venue, year, tags; what states none of these is notes."""

from __future__ import annotations

import re

from listbot import venues, vocabulary
from listbot.document import Document, EntryLink
from listbot.entry_parts.phrases import (
    ALNUM,
    AT,
    BY,
    CLOSING,
    EDGE,
    MARKS,
    NOTHING,
    QUOTED,
    before_year,
    closing_kind,
    is_alone,
    may_hold_by,
    may_hold_marks,
    people_then_venue,
    phrases_of,
)
from listbot.entry_parts.pieces import PAPER_ROLES, Piece
from listbot.entry_parts.titles import Title
from listbot.grouping import Group, Leaf
from listbot.source import Span, record
from listbot.tokens import Tokenizer, plain

_COLUMNS_OF_FACTS = frozenset({"", "authors", "venue", "year"})
_LONGEST_FACT = 200
_WORDS_OF_LABEL = 5
_KEY = re.compile(r"(?P<key>[^\s,;.|，；。][^,;.|，；。]{0,24}?)\s*[:：]\s*$")
_MOST_WORDS_OF_VENUE = 12
_CERTAIN = 3
"""`venues.people` of a row of names that nothing else can be."""
_GAP_BETWEEN_NAMES = 8
_DIGIT = re.compile(r"\d")


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


class FactReader:
    """Reads what stands beside the titles of one document's entries."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.document = document
        self.text = document.source.text
        self.tokenizer = tokenizer

    def facts(self, pieces: list[Piece], title: Title | None, group: Group) -> Facts:
        facts = Facts()
        for leaf in group.leaves:
            if leaf.column is not None:
                self._cell_facts(leaf, title, facts)
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
                piece = _without_key(piece, following.link)
            self._piece_facts(piece, group.leaves[piece.leaf], facts, after)
        return self._with_venue_of_notes(facts)

    def of_text(self, span: Span) -> Facts:
        """What a text after a title states, in which there are no marks but parentheses."""
        facts = Facts()
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

    def _cell_facts(self, leaf: Leaf, title: Title | None, facts: Facts) -> None:
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
        elif leaf.column == "year" or (not leaf.column and venues.year(shown) is not None):
            facts.take_year(venues.year(shown), leaf.span, 2)
        elif (leaf.column == "venue" or (not leaf.column and found is not None)) and facts.venue is None:
            facts.venue = leaf.span
            if found is not None:
                facts.take_year(found.year, leaf.span, 1)

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
        if leaf.column and piece.kind != "cell" and self._column_facts(piece, leaf.column, facts):
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

    def _column_facts(self, piece: Piece, column: str, facts: Facts) -> bool:
        shown = piece.text.strip(EDGE)
        if not shown or NOTHING.fullmatch(shown):
            return piece.link is None
        if column == "year":
            facts.take_year(venues.year(shown), piece.span, 2)
            return venues.year(shown) is not None
        if column == "venue" and (
            piece.link is None or vocabulary.role_of_label(shown) is None or venues.venue(shown) is not None
        ):
            label = piece.link.link.label if piece.link else piece.span
            found = venues.venue(piece.text, True)
            if found is not None:
                facts.take_year(found.year, label, 1)
            if facts.venue is None and len(shown) < 160:
                lead = len(piece.text) - len(piece.text.lstrip(EDGE)) if piece.kind == "text" else 0
                tail = len(piece.text.rstrip(EDGE)) if piece.kind == "text" else label.end - label.start
                facts.venue = Span(label.start + lead, label.start + tail)
            return True
        if column == "authors" and piece.link is None:
            facts.authors = facts.authors or piece.span
            return True
        if column == "tags" and piece.link is None:
            for tag in re.finditer(r"[^,;，；、]+", self.text[piece.span.start : piece.span.end]):
                if tag[0].strip(" `*_[]"):
                    facts.tags.append(
                        (tag[0].strip(" `*_[]"), Span(piece.span.start + tag.start(), piece.span.start + tag.end()))
                    )
            return True
        if column == "notes" and piece.link is None:
            facts.notes.append(piece.span)
            return True
        return column in ("title", "paper") and piece.kind == "code"

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
                not AT.match(raw) or venues.people(self.text[people.start : people.end]) == _CERTAIN
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
        raw = self.text[span.start : span.end]
        if ALNUM.search(MARKS.sub("", raw) if may_hold_marks(raw) else raw) is not None:
            _TextReading(raw, span, facts, after, marked).run()


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


class _TextReading:
    """Reads a plain text phrase by phrase: years, venues, runs of people; the rest is notes.

    `after` says whether the text stands after the title (before it, what is no fact says nothing), `marked` whether it
    stands in italics.
    """

    __slots__ = ("after", "authors", "facts", "marked", "phrases", "raw", "rest", "span")

    def __init__(self, raw: str, span: Span, facts: Facts, after: bool, marked: bool) -> None:
        self.raw = raw
        self.span = span
        self.facts = facts
        self.after = after
        self.marked = marked
        self.phrases = phrases_of(raw)
        self.authors: list[Span] = []
        self.rest: list[Span] = []

    def run(self) -> None:
        nothing_stated = not venues.may_hold(self.raw)
        for number, phrase in enumerate(self.phrases):
            shown = self.raw[phrase.start : phrase.end].strip(EDGE)
            if not shown:
                continue
            at = self.raw.find(shown, phrase.start)
            if self.rest and nothing_stated:
                self.rest.append(Span(at, len(self.raw)))
                break
            if self._only_goes_on(shown, number) or not (
                self._is_date(shown, at) or self._is_venue(shown, at, number) or self._is_people(shown, at, number)
            ):
                self.rest.append(Span(at, phrase.end))
        self._settle_authors()
        if self.rest and self.after:
            self.facts.notes.append(self._place(self.rest[0].start, self.rest[-1].end))

    def _only_goes_on(self, shown: str, number: int) -> bool:
        """Whether a phrase cannot but go on with notes that have begun: inside them a fact has a year or ends them."""
        if not self.rest or self.authors or number == len(self.phrases) - 1:
            return False
        if _DIGIT.search(shown) is not None or not (shown.isascii() or not any(map(str.isdigit, shown))):
            return False
        return not before_year(self.raw, self.phrases, number)

    def _place(self, start: int, end: int) -> Span:
        return record(Span, (self.span.start + start, self.span.start + end))

    def _take_venue(self, start: int, end: int, year: int | None = None) -> None:
        place = self._place(start, end)
        if self.facts.venue is None:
            self.facts.venue = place
        self.facts.take_year(year, place, 1)

    def _is_date(self, shown: str, at: int) -> bool:
        year = venues.year(shown)
        if year is None:
            return False
        self.facts.take_year(year, self._place(at, at + len(shown)), 2)
        return True

    def _is_venue(self, shown: str, at: int, number: int) -> bool:
        """A known venue; or, after people, what stands alone before a year or at the end of italics."""
        named = bool(self.authors) or self.facts.authors is not None
        found = venues.venue(shown, self.marked or is_alone(self.raw, self.phrases, number, named))
        is_sentence = len(self.phrases) == 1 and len(shown.split()) > _MOST_WORDS_OF_VENUE
        if found is not None and not is_sentence:
            fits = not self.rest or found.year is not None or self.authors
            if fits or is_alone(self.raw, self.phrases, number, True):
                self._take_venue(at + found.start, at + found.end, found.year)
                return True
        if not self.authors or self.facts.venue is not None or not shown[:1].isupper():
            return False
        own_sentence = self.raw[:at].rstrip().endswith(".")
        followed = before_year(self.raw, self.phrases, number)
        ends_italics = self.marked and own_sentence and number == len(self.phrases) - 1
        if ends_italics or (followed and own_sentence and venues.people(shown) < _CERTAIN):
            self._take_venue(at, at + len(shown))
            return True
        follows_people = followed and not venues.people(shown) and people_then_venue(shown) is None
        if follows_people and len(shown.split()) <= _MOST_WORDS_OF_VENUE:
            self._take_venue(at, at + len(shown))
            return True
        return False

    def _is_people(self, shown: str, at: int, number: int) -> bool:
        if self.rest or (number == 0 and self._is_subtitle()):
            return False
        if self.authors and venues.is_et_al(shown):
            self.authors.append(Span(at, at + len(shown)))
            return True
        goes_on = not self.authors or self.authors[-1].end + _GAP_BETWEEN_NAMES > at
        if goes_on and venues.people(BY.sub("", shown, count=1) if may_hold_by(shown) else shown):
            self.authors.append(Span(at, at + len(shown)))
            return True
        split = people_then_venue(shown)
        if split is None:
            return False
        self.authors.append(Span(at, at + split))
        found = venues.venue(shown[split:], True)
        if found is not None:
            self._take_venue(at + split + found.start, at + split + found.end, found.year)
        elif before_year(self.raw, self.phrases, number):
            self._take_venue(at + split, at + len(shown))
        return True

    def _is_subtitle(self) -> bool:
        """`: Localized Recovery and Sparse Checkpoints` after a title: people there are several, or say `et al.`."""
        goes_on = self.after and not self.marked and self.raw.lstrip()[:1] in (":", "：")
        return goes_on and not any(sign in self.raw for sign in (",", "，", "、", ";", " al", "等"))

    def _settle_authors(self) -> None:
        """One name alone may be an institute: it counts after `by`, or before the title with a year or a venue."""
        if not self.authors:
            return
        start, end = self.authors[0].start, self.authors[-1].end
        by = BY.match(self.raw, start, end)
        end += self.raw.startswith(".", end) and self.raw[:end].endswith("al")  # the full stop of `et al.`
        whole = Span(by.end() if by else start, end)
        shown = self.raw[whole.start : whole.end]
        sure = venues.people(shown) > 1 or by is not None
        stated = self.facts.venue is not None or self.facts.year is not None
        if sure or (stated and not self.after and " " in shown.strip()):
            self.facts.authors = self.facts.authors or self._place(*whole)
        else:
            self.rest.insert(0, whole)
