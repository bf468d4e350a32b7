"""duplicate-entry: one work listed twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from listbot import catalogue, identity, merging, title_match, titles
from listbot.catalogue import Catalogue, Listing
from listbot.checks.duplicate_entry import naming, views
from listbot.checks.duplicate_entry.crossing import Crossing
from listbot.checks.duplicate_entry.remarks import Remarks
from listbot.checks.duplicate_entry.shelves import Shelves
from listbot.checks.duplicate_entry.views import Views
from listbot.document import Document, Entry
from listbot.finding import Finding, Fix, Related
from listbot.rule import Context
from listbot.source import Span

_KEEP_ONE = "keep the better of the two, or say why both are right: <!-- listbot: ignore[duplicate-entry] … -->"
_TITLE = 60
"""Characters of a title that a message shows."""
_MANY = 8
"""So many entries under one title are a form (“Slides”, “Website”), and not one work so many times."""

_ONE_WORK = frozenset({"same-section", "same-title"})
"""Grades of findings that may be merged; in another section it is a decision which place is the right one."""

_COMPARED = 16
"""So many of the earlier listings of a work are asked for their titles; hostile lists have thousands."""

_WORDS_OF_PAPER = 4
"""Two papers of shorter titles are told apart by their links."""
_WORDS_OF_PAGE = 6


class Options(NamedTuple):
    distinct: list[list[str]]
    """Groups of works that look alike to the rule and are not, such as `["arxiv:…", "ieee:…"]`."""
    cross_listing: Literal["learned", "on-purpose", "mistake"]
    """Whether a work may stand in several places; learned: from how often it does, in the list and in each place."""


class _Judge(NamedTuple):
    """What holds for all pairs of a list."""

    document: Document
    distinct: tuple[frozenset[str], ...]
    shelves: Shelves
    views: Views
    crossing: Crossing

    def differ(self, first: Entry, again: Entry) -> bool:
        """The user says so: both works are in one group of `distinct`."""
        if not self.distinct:
            return False
        both = {*identity.works_of(first), *identity.works_of(again)}
        return any(len(group & both) > 1 or (len(group) == 1 and group <= both) for group in self.distinct)

    def same_place(self, first: Entry, again: Entry) -> bool:
        return self.shelves.place(first) == self.shelves.place(again)

    def place(self, first: Entry, again: Entry) -> str:
        name = "" if self.same_place(first, again) else self.shelves.name(self.shelves.place(first))
        return f"line {first.first}, in “{name}”" if name else f"line {first.first}"

    def related(self, there: Entry, here: Entry, span: Span) -> tuple[Related, ...]:
        place = self.shelves.place(there)
        shelf = [] if place.shelf is None else [place.shelf.name]
        where = " / ".join([*self.document.section_path(place.section), *shelf])
        listed = "first listed" if there.span < here.span else "listed"
        return (Related(span, f"{listed} here{f', in {where}' if where else ''}"),)


def check(context: Context) -> Iterator[Finding]:
    document, options = context.document, context.options
    listed = catalogue.of(document)
    shelves, seen = Shelves(document), Views(document, listed)
    crossing = Crossing(listed, shelves, seen, options.cross_listing)
    judge = _Judge(document, tuple(frozenset(group) for group in options.distinct), shelves, seen, crossing)
    reported: dict[Span, tuple[Finding, Entry]] = {}
    for finding, entry in (*_by_work(judge, listed), *_by_title(judge, listed)):
        reported.setdefault(entry.span, (finding, entry))
    crowd = Counter(finding.related[0].span for finding, _ in reported.values())
    for finding, entry in reported.values():
        few = crowd[finding.related[0].span] < _MANY
        yield finding._replace(fix=_merged(judge, finding, entry)) if few else finding


def _merged(judge: _Judge, finding: Finding, again: Entry) -> Fix | None:
    """The two entries as one, where they are one work in one place."""
    if finding.grade not in _ONE_WORK:
        return None
    first = judge.document.entry_at(finding.related[0].span.start)
    return merging.merge(judge.document, first, again) if first is not None and judge.same_place(first, again) else None


# The same work -------------------------------------------------------------------------------------------------------


def _by_work(judge: _Judge, whole: Catalogue) -> Iterator[tuple[Finding, Entry]]:
    remarks = Remarks(judge.document, whole)
    for work, listings in whole.by_work.items():
        listed = remarks.without(work, listings) if len(listings) > 1 else listings
        for number, again in enumerate(listed[1:], 1):
            near = listed[max(0, number - _COMPARED) : number]
            earlier = [one for one in near if judge.views.same(one.entry, again.entry)]
            first = _namesake(earlier, again)
            if not earlier or (first is None and identity.is_publication(work)):
                continue  # one publication under two unlike titles is a title-conflict
            first = first or earlier[0]
            if not judge.differ(first.entry, again.entry):
                yield _of_work(judge, work, first, again), again.entry


def _namesake(earlier: Sequence[Listing], again: Listing) -> Listing | None:
    """The first of the earlier listings that calls the work by the same name."""
    return next((one for one in earlier if title_match.alike(one.entry.title, again.entry.title)), None)


def _of_work(judge: _Judge, work: str, first: Listing, again: Listing) -> Finding:
    mirror = _one_way(judge, work, again, first)
    return _one_way(judge, work, first, again)._replace(mirror=mirror)


def _one_way(judge: _Judge, work: str, first: Listing, again: Listing) -> Finding:
    alike = naming.is_one(work, first.entry, again.entry)
    grade = _section_grade(judge, first.entry, again.entry) if alike else "shared-link"
    others = judge.crossing.with_others(first.entry, again.entry) if alike else ""
    differ = f"the titles differ (“{first.entry.title}” and “{again.entry.title}”): one link may be wrong"
    return Finding(
        again.link.link.span,
        f"{work.removeprefix('url:')} is already listed on {judge.place(first.entry, again.entry)}{others}",
        grade,
        related=judge.related(first.entry, again.entry, first.link.link.span),
        work=None if work.startswith("url:") else work,
        hint=_KEEP_ONE if alike else differ,
    )


def _section_grade(judge: _Judge, first: Entry, again: Entry) -> str:
    if judge.same_place(first, again):
        return "cross-listed" if judge.shelves.are_apart(first, again) else "same-section"
    return "cross-listed" if judge.crossing.is_meant(first, again) else "other-section"


# The same title ------------------------------------------------------------------------------------------------------


def _by_title(judge: _Judge, listed: Catalogue) -> Iterator[tuple[Finding, Entry]]:
    entries = [entry for entry in listed.entries if entry.title and not views.is_news(judge.document, entry)]
    matches = sorted(title_match.matches([entry.title or "" for entry in entries]), key=lambda match: match.tier)
    crowd = Counter(index for match in matches for index in (match.first, match.second))
    for match in matches:
        first, again = entries[match.first], entries[match.second]
        if (
            crowd[match.first] < _MANY
            and judge.views.same(first, again)
            and not _are_different(first, again)
            and not judge.differ(first, again)
        ):
            yield _of_title(judge, first, again, match.tier), again


def _are_different(first: Entry, again: Entry) -> bool:
    """What speaks against two entries of one title being one work; for one inside the other nothing is to be said."""
    if first.span.contains(again.span) or again.span.contains(first.span):
        return True
    works, others = identity.works_of(first), identity.works_of(again)
    if set(works) & set(others):
        return True  # reported by their works, or by title-conflict
    if not works and not others and (first.links or again.links):
        return True
    return identity.told_apart(works, others)


def _of_title(judge: _Judge, first: Entry, again: Entry, tier: title_match.Tier) -> Finding:
    certain = tier == "dup" and _are_one(first, again)
    return _one_title(judge, first, again, certain)._replace(mirror=_one_title(judge, again, first, certain))


def _one_title(judge: _Judge, first: Entry, again: Entry, certain: bool) -> Finding:
    span, other = (_anchor(entry) for entry in (again, first))
    title = first.title or ""
    shown = title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"
    place = judge.place(first, again)
    if certain:
        grade = "cross-listed" if _section_grade(judge, first, again) == "cross-listed" else "same-title"
        message = f"“{shown}” is already listed on {place}"
    else:
        grade, message = "similar-title", f"this may be the “{shown}” of {place}"
    return Finding(
        span, message, grade, related=judge.related(first, again, other), hint=_under_two_links(first, again)
    )


def _are_one(first: Entry, again: Entry) -> bool:
    """Whether one title says that two entries are one work, although they lead to different places.

    It does so for a paper, at a preprint server and at its publisher. Books, courses and tools share titles more often,
    and the code of a paper, listed under the paper's title, is not listed twice.
    """
    works, others = identity.works_of(first), identity.works_of(again)
    if not works and not others:
        return True
    papers = identity.are_publications(works), identity.are_publications(others)
    if works and others and identity.are_repositories(works) != identity.are_repositories(others):
        return False
    words = len(titles.keys(first.title or "").full.split())
    return words >= (_WORDS_OF_PAPER if all(papers) or not works or not others else _WORDS_OF_PAGE)


def _under_two_links(first: Entry, again: Entry) -> str:
    works, others = identity.works_of(first), identity.works_of(again)
    if not works or not others:
        return _KEEP_ONE
    return f"{works[0].removeprefix('url:')} and {others[0].removeprefix('url:')} have one title: {_KEEP_ONE}"


def _anchor(entry: Entry) -> Span:
    """Where an entry is pointed at: its main link, else its title."""
    if entry.primary is not None:
        return entry.primary.link.span
    return entry.spans.title or entry.span
