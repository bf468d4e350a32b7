"""A registry's record as JSON, as the store keeps it; read back as something that anybody may have written."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from listbot.liveness import Notice, Publication, Record

_Text = Annotated[str, Field(max_length=2_000)]
_Year = Annotated[int, Field(ge=-10_000, le=10_000)]
_NESTED = ("notice", "publication")


class NoticeRow(BaseModel):
    """See `liveness.Notice`."""

    model_config = ConfigDict(extra="ignore")

    kind: _Text
    link: _Text = ""
    text: _Text = ""


class PublicationRow(BaseModel):
    """See `liveness.Publication`."""

    model_config = ConfigDict(extra="ignore")

    by: _Text
    title: _Text = ""
    authors: Annotated[list[_Text], Field(max_length=100)] = []
    year: _Year | None = None
    venue: _Text = ""


class RecordRow(BaseModel):
    """See `liveness.Record`."""

    model_config = ConfigDict(extra="ignore")

    title: _Text = ""
    first_title: _Text = ""
    authors: Annotated[list[_Text], Field(max_length=100)] = []
    year: _Year | None = None
    venue: _Text = ""
    published: _Text = ""
    notice: NoticeRow | None = None
    archived: bool = False
    empty: bool = False
    successor: _Text = ""
    publication: PublicationRow | None = None


def written(record: Record) -> str:
    """A record as one line; what is empty is left out."""
    nested = {name: value._asdict() if (value := getattr(record, name)) is not None else None for name in _NESTED}
    told = record._asdict() | nested
    return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)


def read(text: str) -> Record | None:
    """The record in a line; None where it is none that we wrote."""
    try:
        row = RecordRow.model_validate_json(text)
    except ValidationError:
        return None
    notice = Notice(**row.notice.model_dump()) if row.notice is not None else None
    publication = Publication(**_with_tuple(row.publication)) if row.publication is not None else None
    return Record(**_with_tuple(row) | {"notice": notice, "publication": publication})


def _with_tuple(row: RecordRow | PublicationRow) -> dict[str, Any]:
    return row.model_dump() | {"authors": tuple(row.authors)}
