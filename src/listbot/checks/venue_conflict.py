"""venue-conflict: the text names another venue, or another year, than the link's own address or its neighbours do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from listbot import catalogue, identity, proceedings, title_match, venues, works
from listbot.document import Document, Entry, EntryLink
from listbot.finding import Finding, Related
from listbot.proceedings import Volume
from listbot.rule import Context
from listbot.source import Span

_ENOUGH = 3
"""So many others of one volume have to agree where the text names another conference."""
_MOST_WORKS = 16
"""Entries that link more papers are about none of them; hostile ones have thousands."""
_APART = re.compile(r"[\s,;:.()\[\]*_'’-]{0,4}")
"""What may stand between a venue's name and its year."""
_WRITTEN = re.compile(r"(?<![\w-])(?P<name>[A-Z][A-Za-z]{3,})\s?['’]\s?(?P<year>\d\d)(?!\w)")
"""A venue that no table knows, by its form: `SIDMOD'24`."""
_BESIDE = re.compile(r"(?i:\bworkshops?\b)|@|\b[A-Z]{3,}W\b")
"""A workshop has proceedings elsewhere, or none, and its paper may be linked where it appeared later."""
_LOOK = "open the link: either the venue or the link is wrong"


class _Stated(NamedTuple):
    """Where a text says that a paper appeared."""

    entry: Entry
    link: EntryLink
    venue: str
    year: int | None
    span: Span

    @property
    def shown(self) -> str:
        return self.venue if self.year is None or str(self.year)[2:] in self.venue else f"{self.venue} {self.year}"


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    volumes: dict[str, list[_Stated]] = defaultdict(list)
    for entry in catalogue.of(document).entries:
        works = identity.works_with_links(entry)[:_MOST_WORKS]
        named = [(work, link, volume) for work, link in works if (volume := proceedings.of(work)) is not None]
        if len(named) == 1:
            yield from _against_url(document, entry, *named[0])
        for work, link in works:
            beginning = proceedings.shared(work)
            stated = _stated(document, entry, link) or _written(document, entry, link) if beginning else None
            if beginning and stated is not None:
                volumes[beginning].append(stated)
    for beginning, listed in volumes.items():
        yield from _against_list(beginning, listed)


# What the entry says -------------------------------------------------------------------------------------------------


def _stated(document: Document, entry: Entry, link: EntryLink) -> _Stated | None:
    """The venue of an entry, with the year that stands in or right after it. A link's own text that may as well cite
    people, `[Lark, Finch (1998)](…)`, says nothing of a venue."""
    span = entry.spans.venue
    if entry.venue is None or span is None or _BESIDE.search(entry.venue) or not _is_next(entry, span, link):
        return None
    if entry.venue == link.label and venues.cites(link.label):
        return None
    found = venues.venue(entry.venue, True)
    year = found.year if found is not None else None
    beside = entry.spans.year
    if year is None and beside is not None and beside.start >= span.end:
        between = document.source[Span(span.end, beside.start)]
        year = entry.year if _APART.fullmatch(between) else None
    return _Stated(entry, link, entry.venue, year, span)


def _is_next(entry: Entry, venue: Span, link: EntryLink) -> bool:
    """Whether no other link to a paper stands between a venue and the link: two entries may share a line."""
    start, end = sorted((venue.start, link.link.span.start))
    between = (other for _, other in identity.works_with_links(entry) if start < other.link.span.start < end)
    return not any(other.link.span != link.link.span for other in between)


def _written(document: Document, entry: Entry, link: EntryLink) -> _Stated | None:
    """A venue that no table knows, by its form: the last, because it closes the entry."""
    found = list(_WRITTEN.finditer(document.prose, entry.span.start, entry.span.end))
    if entry.venue is not None or not found:
        return None
    last = found[-1]
    return _Stated(entry, link, last[0], 2000 + int(last["year"]), Span(*last.span()))


# Against the URL -----------------------------------------------------------------------------------------------------


def _against_url(document: Document, entry: Entry, work: str, link: EntryLink, volume: Volume) -> Iterator[Finding]:
    stated = _stated(document, entry, link)
    if stated is None or _says_elsewhere(document, entry, volume):
        return
    same = proceedings.speaks_of(stated.venue, volume.names)
    if same and stated.year is not None and stated.year != volume.year:
        grade = "year"
    elif not same and proceedings.conference(stated.venue) and _is_claim(stated):
        grade = "venue"
    else:
        return
    yield Finding(
        stated.span,
        f"the text says {stated.shown}, the link goes to {volume.shown}",
        grade,
        related=(Related(link.link.span, f"this link is of {volume.year}" if grade == "year" else "this link"),),
        work=work,
        hint=_LOOK,
    )


def _is_claim(stated: _Stated) -> bool:
    """Whether the text speaks of one event: “ACL” alone is also a name for the ACL Anthology."""
    named = proceedings.conference(stated.venue)
    return named != "acl" or stated.year is not None or stated.venue.startswith("Proc")


def _says_elsewhere(document: Document, entry: Entry, volume: Volume) -> bool:
    """Whether the entry's text names the URL's venue and year too, beside another: `NeurIPS'22 workshop, ICML'23`."""
    labels = " ".join(part.label for part in entry.links)
    text = f"{document.prose[entry.span.start : entry.span.end]} {labels}".lower()
    year = rf"(?:{volume.year}|{volume.year % 100:02})(?!\d)"
    return any(re.search(rf"\b{re.escape(name)}[\s,(\-'’]*{year}", text) for name in volume.names)


# Against the list ----------------------------------------------------------------------------------------------------


def _against_list(beginning: str, listed: Sequence[_Stated]) -> Iterator[Finding]:
    """All papers of one volume appeared at one event: the one place that says otherwise.

    Two places that differ in the year contradict each other, and the finding stands at the later one. Another name
    needs more: several that agree, or a name that is no known one and a slip away from the others'.
    """
    dated = {stated.entry.span: stated for stated in listed if stated.year is not None}
    by_event: dict[str, list[_Stated]] = defaultdict(list)
    for stated in dated.values():
        by_event[_event(stated)].append(stated)
    if len(by_event) != 2:
        return
    sides = list(by_event.values())
    for alone, others in (sides, sides[::-1]):
        if len(alone) == 1 and _differs(alone[0], others[0], len(others)):
            yield _of_volume(alone[0], others[0], len(others), beginning)
            return


def _event(stated: _Stated) -> str:
    return f"{proceedings.words(stated.venue).strip()} {stated.year}"


def _differs(stated: _Stated, other: _Stated, support: int) -> bool:
    here, there = (proceedings.words(one.venue).strip() for one in (stated, other))
    if here == there:
        later = stated.entry.span.start > other.entry.span.start
        return stated.year != other.year and (support > 1 or later)
    if stated.year != other.year:
        return False
    if not venues.is_known(stated.venue):
        return venues.is_known(other.venue) and title_match.is_slip(here, there)
    conferences = {proceedings.conference(one.venue) for one in (stated, other)}
    return support >= _ENOUGH and None not in conferences and len(conferences) > 1


def _of_volume(stated: _Stated, other: _Stated, support: int, beginning: str) -> Finding:
    rest = f"line {other.entry.first} says" if support == 1 else f"the {support} others of the list say"
    return Finding(
        stated.span,
        f"the text says {stated.shown}, but of the papers of {beginning} {rest} {other.shown}",
        "volume",
        related=(Related(other.span, f"another paper of {beginning}"),),
        work=works.identity(stated.link.link.target),
        hint=_LOOK,
    )
