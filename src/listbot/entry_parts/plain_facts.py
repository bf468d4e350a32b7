"""What a plain text beside a title states, phrase by phrase; what states nothing is notes."""

from __future__ import annotations

import re

from listbot import venues
from listbot.entry_parts.phrases import (
    ALNUM,
    BY,
    EDGE,
    MARKS,
    SHORTCODE,
    before_year,
    is_alone,
    may_hold_by,
    may_hold_marks,
    people_then_venue,
    phrases_of,
)
from listbot.entry_parts.stated import Facts
from listbot.source import Span, record

_MOST_WORDS_OF_VENUE = 12
CERTAIN = 3
"""`venues.people` of a row of names that nothing else can be."""
_GAP_BETWEEN_NAMES = 8
_DIGIT = re.compile(r"\d")


def read_plain(raw: str, start: int, facts: Facts, *, after: bool, marked: bool = False) -> None:
    """Read a text that begins at an offset. `after`: it stands after the title; `marked`: in italics."""
    if ALNUM.search(SHORTCODE.sub("", MARKS.sub("", raw)) if may_hold_marks(raw) else raw) is not None:
        _Reading(raw, start, facts, after, marked).run()


class _Reading:
    """Reads a plain text phrase by phrase: years, venues, runs of people; the rest is notes.

    `after` says whether the text stands after the title (before it, what is no fact says nothing), `marked` whether it
    stands in italics.
    """

    __slots__ = ("after", "authors", "facts", "marked", "nothing_stated", "phrases", "raw", "rest", "start")

    def __init__(self, raw: str, start: int, facts: Facts, after: bool, marked: bool) -> None:
        self.raw = raw
        self.start = start
        self.facts = facts
        self.after = after
        self.marked = marked
        self.nothing_stated = not venues.may_hold(raw)
        self.phrases = phrases_of(raw)
        self.authors: list[Span] = []
        self.rest: list[Span] = []

    def run(self) -> None:
        raw = self.raw
        for number, (start, end) in enumerate(self.phrases):
            shown = raw[start:end].strip(EDGE)
            if not shown:
                continue
            at = raw.find(shown, start)
            if self.rest and self.nothing_stated:
                self.rest.append(record(Span, (at, len(raw))))
                break
            if self._only_goes_on(shown, number) or not self._is_fact(shown, at, number):
                self.rest.append(record(Span, (at, end)))
        if self.authors:
            self._settle_authors()
        if self.rest and self.after:
            self.facts.notes.append(self._place(self.rest[0].start, self.rest[-1].end))

    def _is_fact(self, shown: str, at: int, number: int) -> bool:
        if self.nothing_stated and not self.marked:
            return self._is_people(shown, at, number)
        return self._is_date(shown, at) or self._is_venue(shown, at, number) or self._is_people(shown, at, number)

    def _only_goes_on(self, shown: str, number: int) -> bool:
        """Whether a phrase cannot but go on with notes that have begun: inside them a fact has a year or ends them."""
        if not self.rest or self.authors or number == len(self.phrases) - 1:
            return False
        if _DIGIT.search(shown) is not None or not (shown.isascii() or not any(map(str.isdigit, shown))):
            return False
        return not before_year(self.raw, self.phrases, number)

    def _place(self, start: int, end: int) -> Span:
        return record(Span, (self.start + start, self.start + end))

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
        if ends_italics or (followed and own_sentence and venues.people(shown) < CERTAIN):
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
