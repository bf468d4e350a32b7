"""OpenReview: submissions to conferences, by the API of today (since 2023) and then by that of before.

https://docs.openreview.net. What is hidden, was deleted, or never was, is left out of the answer: both APIs must leave
it out before it is gone. Guests meet a challenge since 2026 (403), which ends it for this run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import BaseModel, BeforeValidator, ValidationError

from listbot import works
from listbot.links.registries import Absent, Garbled, Link, Registry, Request, Spoiled, Word, text_of
from listbot.links.registries.lenient import Maybe
from listbot.links.transport import Answer
from listbot.liveness import Notice, Reason, Record

_ID = re.compile(r"[A-Za-z0-9_-]{6,40}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOST_AUTHORS = 50
_WITHDRAWN = re.compile(r"\b(?:withdrawn submission|desk[ -]rejected)\b", re.IGNORECASE)
_UNACCEPTED = re.compile(r"\b(?:submitted to|submission|withdrawn|rejected?)\b", re.IGNORECASE)


class OpenReview(Registry):
    """The API of today. Its values are wrapped: `content.title.value`."""

    name = "openreview"
    host = "api2.openreview.net"
    batch = 100
    interval = 3.0
    has_all = False

    def identifier(self, link: Link) -> str | None:
        work = works.of(link.url)
        if work is None or work.family != "openreview":
            return None
        name = work.id.removeprefix("openreview:")
        return name if _ID.fullmatch(name) else None

    def request(self, ids: Sequence[str]) -> Request:
        listed = quote(",".join(ids), safe=",")
        return Request("GET", f"{self.base}/notes?ids={listed}&limit={len(ids)}", {"Accept": "application/json"})

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        if answer.status == 400:
            raise Spoiled
        if answer.status != 200:
            raise Garbled
        try:
            listed = _Notes.model_validate_json(answer.text).notes
        except ValidationError:
            raise Garbled from None
        notes = {note.id: note for note in listed if note is not None}
        absent: dict[str, Word | Absent] = dict.fromkeys(() if None in listed else ids, Absent(self.has_all))
        return absent | {name: _word(notes[name]) for name in ids if name in notes}


class OpenReviewV1(OpenReview):
    """The API of before, asked for what that of today does not have. Values stand as they are."""

    name = "openreview-v1"
    host = "api.openreview.net"
    has_all = True


def _some(content: Any) -> Any:
    return content if isinstance(content, dict) else {}


class _Note(BaseModel):
    id: str
    content: Annotated[dict[str, Any], BeforeValidator(_some)] = {}
    pdate: Maybe[int] = None


class _Notes(BaseModel):
    notes: list[Maybe[_Note]]
    """None for what does not name its id."""


def _word(note: _Note) -> Word:
    venue = text_of(_value(note, "venue"))
    names = note.content.get("authors", [])
    names = names.get("value", []) if isinstance(names, dict) else names
    authors = [text_of(name) for name in names[:_MOST_AUTHORS] if isinstance(name, str)] if _is_list(names) else []
    record = Record(
        title=text_of(_value(note, "title")),
        authors=tuple(name.split()[-1] for name in authors if name),
        year=_year(venue, note.pdate),
        venue="" if _UNACCEPTED.search(venue) else venue,
    )
    if not _is_withdrawn(venue):
        return Word(record=record)
    notice = Notice("withdrawal", f"https://openreview.net/forum?id={quote(note.id, safe='')}", venue)
    return Word(Reason.REGISTRY_WITHDRAWN, record=record._replace(notice=notice))


def _value(note: _Note, field: str) -> str:
    value = note.content.get(field)
    value = value.get("value") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _year(venue: str, published: int | None) -> int | None:
    named = _YEAR.search(venue)
    if named is not None:
        return int(named[0])
    usual = published is not None and 0 < published < 4_102_444_800_000  # until 2100, in milliseconds
    return datetime.fromtimestamp(published / 1000, UTC).year if usual and published is not None else None


def _is_withdrawn(venue: str) -> bool:
    """Whether a submission was taken back, or was rejected before anybody reviewed it. To be confirmed live: that the
    venue says so ("ICLR 2024 Conference Withdrawn Submission") is what is seen on its pages; no documentation has it. A
    rejection after reviews is no withdrawal."""
    return _WITHDRAWN.search(venue) is not None
