"""published-elsewhere: a preprint that has been published, by the word of a registry."""

from __future__ import annotations

from collections.abc import Iterator

from listbot import title_match, titles, works
from listbot.checks import records
from listbot.checks.records import Recorded
from listbot.finding import Finding
from listbot.liveness import Publication, Record
from listbot.rule import Context

_PREPRINTS = ("arxiv:", "doi:", "ssrn:", "preprints:", "osf:")
"""Ids of works that registries know as preprints. A page of Semantic Scholar's is about a paper, and no preprint."""
_NO_VENUES = frozenset({"arxiv", "arxiv preprint", "corr", "preprint", "under review", "biorxiv"})
_ALIKE = 95
"""In per cent; with a shared author and the years it tells one work from two (`reference/scholar.md` §4)."""
_MOST_YEARS = 2


def check(context: Context) -> Iterator[Finding]:
    for recorded in records.of(context):
        published, publication = recorded.record.published, recorded.record.publication
        if not published or publication is None or not recorded.work.startswith(_PREPRINTS):
            continue
        evidence = _evidence(recorded.record, publication)
        if evidence and works.identity(published) != recorded.work and not _is_known(recorded):
            yield _finding(recorded, publication, evidence)


def _is_known(recorded: Recorded) -> bool:
    """Whether the entry says where the paper appeared, or links it there."""
    entry = recorded.entry
    if entry is None:
        return True  # in running text, which version is meant is the author's to say
    venue = " ".join((entry.venue or "").lower().split())
    others = {works.identity(part.link.target) for part in entry.links if part.role in ("paper", "pdf")}
    is_stated = bool(venue) and not any(venue.startswith(name) for name in _NO_VENUES)
    return is_stated or bool(others - {recorded.work})


# What it rests on -----------------------------------------------------------------------------------------------------


def _evidence(record: Record, publication: Publication) -> str:
    """Why the publication is this preprint's; empty where that is not sure enough."""
    if not publication.title:
        return f"by the preprint's own record at {publication.by}"
    alike = max(title_match.likeness(known, publication.title) for known in (record.title, record.first_title))
    shared = _shared_author(record.authors, publication.authors)
    years = publication.year - record.year if publication.year and record.year else -1
    if alike < _ALIKE or not shared or not 0 <= years <= _MOST_YEARS:
        return ""
    return f"by {publication.by}: titles {int(alike)} % alike, {shared} an author of both, {_later(years)}"


def _shared_author(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """The first surname that both name; registries cut names of several words in different places."""
    others = {_last_word(name) for name in other}
    return next((name for name in one if _last_word(name) in others), "")


def _last_word(name: str) -> str:
    return titles.keys(name).full.rpartition(" ")[2]


def _later(years: int) -> str:
    return ("in the same year", "1 year later", "2 years later")[years]


def _finding(recorded: Recorded, publication: Publication, evidence: str) -> Finding:
    venue, year = publication.venue, publication.year
    where = ", ".join(filter(None, (venue, str(year) if year and str(year) not in venue else "")))
    said = f"{recorded.work} has been published" + (f" in {where}" if where else "")
    return Finding(
        recorded.link.destination,
        f"{said}: {recorded.record.published} ({evidence})",
        work=recorded.work,
        hint="name the venue, or link it there as well",
    )
