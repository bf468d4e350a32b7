"""DataCite: works by DOI; every paper of arXiv is there as 10.48550/arXiv.ID.

https://support.datacite.org/docs/api. About a thousand requests in five minutes. The query for several DOIs is not
confirmed: so it begins and ends with papers that are there, and only beside both of them an absence means anything. Of
DOIs that are not arXiv's it never does, for other agencies have most of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from pydantic import BaseModel, Field, ValidationError

from listbot.links.registries import Absent, Garbled, Link, Registry, Request, Spoiled, Word, text_of
from listbot.links.registries.arxiv import LANDMARKS as PAPERS
from listbot.links.registries.dois import OF_ARXIV, doi_of, on_its_own_site
from listbot.links.transport import Answer
from listbot.liveness import Publication, Record

LANDMARKS = tuple(f"{OF_ARXIV}{paper}" for paper in PAPERS)
_VERSION = re.compile(r"v(\d{1,6})")


class DataCite(Registry):
    """Works by DOI, of several in one query."""

    name = "datacite"
    host = "api.datacite.org"
    batch = 50
    interval = 0.35

    def identifier(self, link: Link) -> str | None:
        doi = doi_of(link.url)
        return doi if doi is not None and '"' not in doi and "\\" not in doi else None

    def request(self, ids: Sequence[str]) -> Request:
        between = [doi for doi in ids if doi not in LANDMARKS]
        whole = [LANDMARKS[0], *between, LANDMARKS[1]]
        asked = {"query": query_for(whole), "page[size]": str(len(whole))}
        return Request("GET", f"{self.base}/dois?{urlencode(asked, quote_via=quote)}", {"Accept": "application/json"})

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        if answer.status == 400:
            raise Spoiled
        if answer.status != 200:
            raise Garbled
        try:
            rows = _Listed.model_validate_json(answer.text).data
        except ValidationError:
            raise Garbled from None
        found = {row.attributes.doi.lower(): _word(row.attributes) for row in map(_row, rows) if row is not None}
        is_whole = set(LANDMARKS) <= found.keys() <= {*ids, *LANDMARKS}
        absent = [doi for doi in ids if is_whole and doi.startswith(OF_ARXIV)]
        return dict.fromkeys(absent, Absent(authoritative=False)) | {doi: found[doi] for doi in ids if doi in found}

    def judged(self, link: Link, word: Word) -> Word | None:
        return on_its_own_site(link, word)


def query_for(ids: Sequence[str]) -> str:
    """The query for several DOIs at a time. To be confirmed live: only the query for one is documented; if this one
    does not find its first and its last, nothing is concluded from what it does not find."""
    return "id:(" + " OR ".join(f'"{doi}"' for doi in ids) + ")"


class _Title(BaseModel):
    title: str = ""


class _Creator(BaseModel):
    family: str | None = Field(default=None, alias="familyName")
    name: str | None = None


class _Related(BaseModel):
    relation: str = Field(default="", alias="relationType")
    kind: str | None = Field(default=None, alias="relatedIdentifierType")
    identifier: str = Field(default="", alias="relatedIdentifier")


class _Container(BaseModel):
    title: str | None = None


class _Date(BaseModel):
    kind: str = Field(default="", alias="dateType")
    about: str | None = Field(default=None, alias="dateInformation")


class _Attributes(BaseModel):
    """https://support.datacite.org/docs/datacite-metadata-schema"""

    doi: str
    titles: list[_Title] = []
    creators: list[_Creator] = []
    year: int | None = Field(default=None, alias="publicationYear")
    container: _Container | None = None
    url: str | None = None
    related: list[_Related] | None = Field(default=None, alias="relatedIdentifiers")
    dates: list[_Date] | None = None


class _Row(BaseModel):
    attributes: _Attributes


class _Listed(BaseModel):
    data: list[Any]


def _row(row: Any) -> _Row | None:
    """A row of an answer; None for one that is not of the documented form."""
    try:
        return _Row.model_validate(row)
    except ValidationError:
        return None


def _word(row: _Attributes) -> Word:
    names = [text_of(creator.family or (creator.name or "").partition(",")[0]) for creator in row.creators[:50]]
    published = _published_version(row)
    record = Record(
        title=text_of(row.titles[0].title) if row.titles else "",
        authors=tuple(name for name in names if name),
        year=row.year,
        venue=text_of(row.container.title) if row.container is not None else "",
        published=published,
        publication=Publication("datacite") if published else None,
    )
    return Word(final=row.url or "", record=record, latest=_latest(row))


def _latest(row: _Attributes) -> int | None:
    """The number of the latest version of a paper of arXiv. To be confirmed live: that each has a date of the type
    `Submitted` with `v1`, `v2`, … beside it is what records look like that others kept."""
    if not row.doi.lower().startswith(OF_ARXIV):
        return None
    given = [_VERSION.fullmatch(date.about or "") for date in row.dates or () if date.kind == "Submitted"]
    return max((int(match[1]) for match in given if match is not None), default=None)


def _published_version(row: _Attributes) -> str:
    """Of papers of arXiv only: with others `IsVersionOf` leads from a version to all versions, as Zenodo has it."""
    if not row.doi.lower().startswith(OF_ARXIV):
        return ""
    return next((_published(related) for related in row.related or () if _published(related)), "")


def _published(related: _Related) -> str:
    """arXiv tells the DOI of the published version so."""
    if related.relation != "IsVersionOf" or related.kind != "DOI":
        return ""
    return f"https://doi.org/{quote(text_of(related.identifier).removeprefix('https://doi.org/'), safe='/')}"
