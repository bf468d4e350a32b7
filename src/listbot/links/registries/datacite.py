"""DataCite: works by DOI; every paper of arXiv is there as 10.48550/arXiv.ID.

https://support.datacite.org/docs/api. About a thousand requests in five minutes. The query for several DOIs is not
confirmed: so an absence from it means something only beside two other papers of arXiv that it found, the first and the
last of the query if others know such; one is asked for by its own address. Of DOIs that are not arXiv's an absence
never means anything, for other agencies have most of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from listbot.links.registries import Absent, Garbled, Link, Registry, Request, Spoiled, Word, text_of
from listbot.links.registries.dois import OF_ARXIV, doi_of, on_its_own_site
from listbot.links.registries.lenient import Maybe, Rows, Text
from listbot.links.transport import Answer
from listbot.liveness import Publication, Record

_VERSION = re.compile(r"v(\d{1,6})")


class DataCite(Registry):
    """Works by DOI, of several in one query."""

    name = "datacite"
    host = "api.datacite.org"
    batch = 48
    interval = 0.35
    witnesses = 2

    def identifier(self, link: Link) -> str | None:
        doi = doi_of(link.url)
        return doi if doi is not None and '"' not in doi and "\\" not in doi else None

    def request(self, ids: Sequence[str]) -> Request:
        if len(ids) == 1:
            return Request("GET", f"{self.base}/dois/{quote(ids[0], safe='/')}", {"Accept": "application/json"})
        asked = {"query": query_for(ids), "page[size]": str(len(ids))}
        return Request("GET", f"{self.base}/dois?{urlencode(asked, quote_via=quote)}", {"Accept": "application/json"})

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        if answer.status == 400:
            raise Spoiled
        if len(ids) == 1 and answer.status == 404:
            return {ids[0]: Absent(authoritative=False)} if ids[0].startswith(OF_ARXIV) else {}
        if answer.status != 200:
            raise Garbled
        try:
            listed = _Listed.model_validate_json(answer.text)
        except ValidationError:
            raise Garbled from None
        found = {row.attributes.doi.lower(): _word(row.attributes) for row in listed.data if row is not None}
        is_whole = listed.is_whole and found.keys() <= set(ids)
        is_whole = is_whole and sum(doi.startswith(OF_ARXIV) for doi in found) >= self.witnesses
        absent = [doi for doi in ids if is_whole and doi.startswith(OF_ARXIV)]
        return dict.fromkeys(absent, Absent(authoritative=False)) | {doi: found[doi] for doi in ids if doi in found}

    def is_witness(self, identifier: str) -> bool:
        return identifier.startswith(OF_ARXIV)

    def judged(self, link: Link, word: Word) -> Word | None:
        return on_its_own_site(link, word)


def query_for(ids: Sequence[str]) -> str:
    """The query for several DOIs at a time. To be confirmed live: only the query for one is documented; what it does
    not find is asked for at doi.org, one by one, unless it finds others."""
    return "id:(" + " OR ".join(f'"{doi}"' for doi in ids) + ")"


class _Title(BaseModel):
    title: Text = ""


class _Creator(BaseModel):
    family: Text = Field(default="", alias="familyName")
    name: Text = ""


class _Related(BaseModel):
    relation: Text = Field(default="", alias="relationType")
    kind: Text = Field(default="", alias="relatedIdentifierType")
    identifier: Text = Field(default="", alias="relatedIdentifier")


class _Container(BaseModel):
    title: Text = ""


class _Date(BaseModel):
    kind: Text = Field(default="", alias="dateType")
    about: Text = Field(default="", alias="dateInformation")


class _Attributes(BaseModel):
    """https://support.datacite.org/docs/datacite-metadata-schema"""

    doi: str
    titles: Rows[_Title] = []
    creators: Rows[_Creator] = []
    year: Maybe[int] = Field(default=None, alias="publicationYear")
    container: Maybe[_Container] = None
    url: Text = ""
    related: Rows[_Related] = Field(default=[], alias="relatedIdentifiers")
    dates: Rows[_Date] = []


class _Row(BaseModel):
    attributes: _Attributes


class _Meta(BaseModel):
    total: int


def _listed(rows: Any) -> Any:
    """The answer about one is a row, and no list of rows."""
    return [rows] if isinstance(rows, dict) else rows


class _Listed(BaseModel):
    data: Annotated[list[Maybe[_Row]], BeforeValidator(_listed)]
    meta: Maybe[_Meta] = None

    @property
    def is_whole(self) -> bool:
        """Whether each row names its DOI, and none is left for another page."""
        return None not in self.data and (self.meta is None or self.meta.total <= len(self.data))


def _word(row: _Attributes) -> Word:
    names = [text_of(creator.family or creator.name.partition(",")[0]) for creator in row.creators[:50]]
    published = _published_version(row)
    record = Record(
        title=text_of(row.titles[0].title) if row.titles else "",
        authors=tuple(name for name in names if name),
        year=row.year,
        venue=text_of(row.container.title) if row.container is not None else "",
        published=published,
        publication=Publication("datacite") if published else None,
    )
    return Word(final=row.url, record=record, latest=_latest(row))


def _latest(row: _Attributes) -> int | None:
    """The number of the latest version of a paper of arXiv. To be confirmed live: that each has a date of the type
    `Submitted` with `v1`, `v2`, … beside it is what records look like that others kept."""
    if not row.doi.lower().startswith(OF_ARXIV):
        return None
    given = [_VERSION.fullmatch(date.about) for date in row.dates if date.kind == "Submitted"]
    return max((int(match[1]) for match in given if match is not None), default=None)


def _published_version(row: _Attributes) -> str:
    """Of papers of arXiv only: with others `IsVersionOf` leads from a version to all versions, as Zenodo has it."""
    if not row.doi.lower().startswith(OF_ARXIV):
        return ""
    return next((_published(related) for related in row.related if _published(related)), "")


def _published(related: _Related) -> str:
    """arXiv tells the DOI of the published version so."""
    if related.relation != "IsVersionOf" or related.kind != "DOI":
        return ""
    return f"https://doi.org/{quote(text_of(related.identifier).removeprefix('https://doi.org/'), safe='/')}"
