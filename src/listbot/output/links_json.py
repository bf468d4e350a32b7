"""Results of a check of links as JSON: one object, its rows in the order of the text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import IO, Literal

from pydantic import BaseModel

from listbot.liveness import Outcome, Reason, Record, sentence
from listbot.output.links_rows import Checked, LinkRow, counts, told_by


class JsonPlace(BaseModel):
    """1-based; columns count code points."""

    path: str
    line: int
    column: int


class JsonNotice(BaseModel):
    """A public statement that a work should not be relied on."""

    kind: str
    """`withdrawal` or `retraction`."""
    link: str
    text: str


class JsonPublication(BaseModel):
    """What a registry has of the published version of a preprint."""

    by: str
    """The registry."""
    title: str
    """Empty where the preprint's own record names its publication."""
    authors: list[str]
    year: int | None
    venue: str


class JsonRecord(BaseModel):
    """What registries say of a work; what none said is empty or null."""

    title: str
    first_title: str
    """The title of its first version, where that is another."""
    authors: list[str]
    year: int | None
    venue: str
    published: str
    """URL of the published version of a preprint."""
    notice: JsonNotice | None
    archived: bool
    empty: bool
    successor: str
    publication: JsonPublication | None
    """What is at `published`, where it can be held against the preprint."""


class JsonLink(BaseModel):
    """One URL. Times are UTC in ISO 8601; what nobody knows is null."""

    url: str
    outcome: Outcome
    reason: Reason
    message: str
    status: int | None
    target: str | None
    """Where it has moved to for good."""
    certain: bool
    """The move can be written into the list without a look."""
    source: str
    """Who said so: `page`, `table`, or a registry."""
    checked_at: str | None
    remembered: bool
    added: bool
    strikes: int
    dead: bool
    first_seen: str | None
    last_alive: str | None
    archived: str | None
    record: JsonRecord | None
    places: list[JsonPlace]


class JsonHost(BaseModel):
    """What a host was asked. `limited`: answers that asked for fewer requests."""

    host: str
    requests: int
    limited: int
    answered: bool


class JsonLinksSummary(BaseModel):
    """Counts of distinct URLs, but for `links`, which counts every place."""

    links: int
    urls: int
    alive: int
    moved: int
    withdrawn: int
    gone: int
    blocked: int
    unknown: int
    suspicious: int
    dead: int
    remembered: int
    requests: int
    limited: int
    told_by: dict[str, int]
    """How many URLs each source decided."""
    seconds: float


class JsonLinks(BaseModel):
    """`listbot links --format json`."""

    version: Literal[1]
    links: list[JsonLink]
    hosts: list[JsonHost]
    inconclusive: str | None
    """Why nothing can be concluded from this run."""
    stopped: Literal["deadline", "interrupted"] | None
    unread: list[str]
    summary: JsonLinksSummary


def write(checked: Checked, stream: IO[str]) -> None:
    """Exactly one JSON object, and a line ending; rows are written one by one."""
    stream.write('{"version":1,"links":[')
    for number, row in enumerate(checked.rows):
        stream.write((",\n" if number else "\n") + _link(row).model_dump_json())
    stream.write('],\n"hosts":[')
    for number, host in enumerate(checked.hosts):
        stream.write((",\n" if number else "\n") + JsonHost(**host._asdict()).model_dump_json())
    rest = {"inconclusive": checked.inconclusive, "stopped": checked.stopped, "unread": list(checked.unread)}
    stream.write("],\n" + json.dumps(rest, ensure_ascii=False)[1:-1])
    stream.write(',\n"summary":' + _summary(checked).model_dump_json() + "}\n")


def schema() -> str:
    """The JSON schema of what `write` prints."""
    return json.dumps(JsonLinks.model_json_schema(), indent=2) + "\n"


def _link(row: LinkRow) -> JsonLink:
    result, standing = row.result, row.result.standing
    return JsonLink(
        url=row.url,
        outcome=result.outcome,
        reason=result.reason,
        message=sentence(result),
        status=result.status,
        target=result.target,
        certain=result.certain,
        source=result.source,
        checked_at=moment(result.at),
        remembered=result.remembered,
        added=result.added,
        strikes=standing.strikes,
        dead=standing.dead,
        first_seen=moment(standing.first_seen),
        last_alive=moment(standing.last_alive),
        archived=result.archived,
        record=_record(result.record) if result.record is not None else None,
        places=[JsonPlace(**place._asdict()) for place in row.places],
    )


def _record(record: Record) -> JsonRecord:
    nested = {
        "authors": list(record.authors),
        "notice": record.notice._asdict() if record.notice is not None else None,
        "publication": record.publication._asdict() if record.publication is not None else None,
    }
    return JsonRecord.model_validate(record._asdict() | nested)


def _summary(checked: Checked) -> JsonLinksSummary:
    return JsonLinksSummary(**counts(checked), told_by=dict(told_by(checked)), seconds=round(checked.seconds, 3))


def moment(at: float | None) -> str | None:
    """Seconds since 1970 -> `2026-07-01T12:00:00Z`."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None
