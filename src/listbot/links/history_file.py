"""The history as JSON lines, sorted by URL: a line a link, so that a repository of them has readable differences.

{"url": "https://…", "first_seen": 1750000000.0, "probes": [{"at": 1750000000.0, "outcome": "alive", …}]}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from listbot.errors import InputError
from listbot.links.store import Dossier
from listbot.liveness import Outcome, Probe, Reason

_Moment = Annotated[float, Field(ge=0, le=1e11, allow_inf_nan=False)]


class ProbeRow(BaseModel):
    """One dated outcome."""

    model_config = ConfigDict(extra="forbid")

    at: _Moment
    outcome: Outcome
    reason: Reason
    status: int | None = None


class DossierRow(BaseModel):
    """The history of one link."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=1, max_length=4_000)
    first_seen: _Moment
    probes: list[ProbeRow]


def written(dossiers: Iterable[Dossier]) -> Iterator[str]:
    """A line for each link."""
    for dossier in dossiers:
        probes = [ProbeRow(at=p.at, outcome=p.outcome, reason=p.reason, status=p.status) for p in dossier.probes]
        yield DossierRow(url=dossier.url, first_seen=dossier.first_seen, probes=probes).model_dump_json() + "\n"


def read(lines: Iterable[str], shown: str) -> Iterator[Dossier]:
    """Lines -> dossiers. Raises InputError with the line where one is not of the form above."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = DossierRow.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{shown}:{number}: not a line of a history of links: {place}: {first['msg']}") from None
        probes = tuple(Probe(p.at, p.outcome, p.reason, p.status) for p in row.probes)
        yield Dossier(row.url, row.first_seen, probes)
