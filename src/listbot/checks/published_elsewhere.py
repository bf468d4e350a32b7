"""published-elsewhere: a preprint that has been published, by the word of a registry."""

from __future__ import annotations

from collections.abc import Iterator

from listbot import works
from listbot.checks import records
from listbot.checks.records import Recorded
from listbot.finding import Finding
from listbot.rule import Context

_PREPRINTS = ("arxiv:", "doi:", "ssrn:", "preprints:", "osf:")
"""Ids of works that registries know as preprints. A page of Semantic Scholar's is about a paper, and no preprint."""
_NO_VENUES = frozenset({"arxiv", "arxiv preprint", "corr", "preprint", "under review", "biorxiv"})


def check(context: Context) -> Iterator[Finding]:
    for recorded in records.of(context):
        published = recorded.record.published
        if not published or works.identity(published) == recorded.work or not recorded.work.startswith(_PREPRINTS):
            continue
        if not _is_known(recorded):
            yield _finding(recorded)


def _is_known(recorded: Recorded) -> bool:
    """Whether the entry says where the paper appeared, or links it there."""
    entry = recorded.entry
    if entry is None:
        return True  # in running text, which version is meant is the author's to say
    venue = " ".join((entry.venue or "").lower().split())
    others = {works.identity(part.link.target) for part in entry.links if part.role in ("paper", "pdf")}
    is_stated = bool(venue) and not any(venue.startswith(name) for name in _NO_VENUES)
    return is_stated or bool(others - {recorded.work})


def _finding(recorded: Recorded) -> Finding:
    record = recorded.record
    at = f" at {record.venue}" if record.venue else ""
    return Finding(
        recorded.link.destination,
        f"{recorded.work} has been published{at}: {record.published}",
        work=recorded.work,
        hint="name the venue, or link it there as well",
    )
