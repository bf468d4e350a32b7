"""Crossref: works of its members by DOI, fifty at a time, and papers of IEEE by title.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/. Repeated `doi:` filters mean any of them. What it
has is registered; what it does not have may be registered with another agency, so that its no has no authority. Three
requests a second for lists, three at a time, since 2025-12; what its headers say of that is heeded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from listbot import works
from listbot.links.registries import Absent, Garbled, Link, Registry, Request, Spoiled, Word, text_of
from listbot.links.registries.dois import doi_of, on_its_own_site
from listbot.links.transport import Answer
from listbot.liveness import Notice, Publication, Record

_FIELDS = "DOI,title,type,resource,updated-by,relation,author,issued,container-title"
_IEEE = "10.1109"
_SHORTEST_TITLE = 12
_LONGEST_QUERY = 300


class _Crossref(Registry):
    host = "api.crossref.org"
    site = "crossref"
    interval = 0.34
    at_once = 3

    def _works(self, query: dict[str, str]) -> Request:
        polite = {"mailto": self.settings.mail} if self.settings.mail else {}
        return Request("GET", f"{self.base}/works?{urlencode(query | polite, quote_via=quote, safe=',:/')}", _JSON)


_JSON = {"Accept": "application/json"}


class Crossref(_Crossref):
    """Works by DOI. No limit is documented for a filter; fifty make a URL that every proxy takes."""

    name = "crossref"
    batch = 50

    def identifier(self, link: Link) -> str | None:
        doi = doi_of(link.url)
        if doi is None or "," in doi or doi.startswith("10.48550/"):  # a comma ends a filter; arXiv's are DataCite's
            return None
        return doi

    def request(self, ids: Sequence[str]) -> Request:
        return self._works({"filter": ",".join(f"doi:{doi}" for doi in ids), "rows": str(len(ids)), "select": _FIELDS})

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        found = {work.doi.lower(): work for work in _listed(answer)}
        if not found.keys() <= set(ids):
            raise Garbled  # the answer to somebody else's question
        return {doi: _word(found[doi]) if doi in found else Absent(authoritative=False) for doi in ids}

    def judged(self, link: Link, word: Word) -> Word | None:
        return on_its_own_site(link, word)


class CrossrefTitles(_Crossref):
    """Papers of IEEE, whose links have a number that nobody else has: found by title, and known by that number."""

    name = "crossref-titles"
    by_title = True

    def identifier(self, link: Link) -> str | None:
        work = works.of(link.url)
        title = " ".join(re.findall(r"\w+", link.title))[:_LONGEST_QUERY]  # marks have meanings in queries
        if work is None or work.family != "ieee" or len(title) < _SHORTEST_TITLE:
            return None
        return f"{work.id.removeprefix('ieee:')} {title}"

    def request(self, ids: Sequence[str]) -> Request:
        title = ids[0].partition(" ")[2]
        return self._works({"query.bibliographic": title, "filter": f"prefix:{_IEEE}", "rows": "3", "select": _FIELDS})

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        number = ids[0].partition(" ")[0]
        found = next((work for work in _listed(answer) if _has_number(work, number)), None)
        return {ids[0]: _word(found)} if found is not None else {}


def _has_number(work: _Work, number: str) -> bool:
    """Whether a work has that number in IEEE Xplore. To be confirmed live: that `resource.primary.URL` names it. That
    DOIs of conference papers end in it is certain."""
    address = re.search(r"ieeexplore\.ieee\.org/(?:abstract/)?document/(\d+)", work.address)
    return work.doi.endswith(f".{number}") or (address is not None and address[1].lstrip("0") == number.lstrip("0"))


# What an answer is ----------------------------------------------------------------------------------------------------


def _listed(answer: Answer) -> Iterator[_Work]:
    """The works of an answer; one that is not of the documented form is only known by its DOI. Raises Spoiled and
    Garbled."""
    if answer.status == 400:
        raise Spoiled
    if answer.status != 200:
        raise Garbled
    try:
        items = _Message.model_validate_json(answer.text).message.items
    except ValidationError:
        raise Garbled from None
    for item in items:
        try:
            yield _Work.model_validate(item)
        except ValidationError:
            if isinstance(item, dict) and isinstance(item.get("DOI"), str):
                yield _Work(DOI=item["DOI"])


def _some(value: Any) -> Any:
    """Lists that are null are empty ones."""
    return [] if value is None else value


class _Author(BaseModel):
    family: str = ""
    name: str = ""


class _Related(BaseModel):
    id: str = ""
    kind: str = Field(default="", alias="id-type")


class _Update(BaseModel):
    kind: str = Field(alias="type")
    doi: str = Field(default="", alias="DOI")


class _Dated(BaseModel):
    parts: Annotated[list[list[int | None]], BeforeValidator(_some)] = Field(default=[], alias="date-parts")


class _Primary(BaseModel):
    url: str = Field(default="", alias="URL")


class _Resource(BaseModel):
    primary: _Primary = _Primary()


class _Work(BaseModel):
    """https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md"""

    doi: str = Field(alias="DOI")
    title: Annotated[list[str], BeforeValidator(_some)] = []
    venue: Annotated[list[str], BeforeValidator(_some)] = Field(default=[], alias="container-title")
    authors: Annotated[list[_Author], BeforeValidator(_some)] = Field(default=[], alias="author")
    issued: _Dated = _Dated()
    resource: _Resource = _Resource()
    updates: Annotated[list[_Update], BeforeValidator(_some)] = Field(default=[], alias="updated-by")
    relation: dict[str, Any] = {}

    @property
    def address(self) -> str:
        return self.resource.primary.url


class _Items(BaseModel):
    items: list[Any]


class _Message(BaseModel):
    message: _Items


def _word(work: _Work) -> Word:
    year = next((part for parts in work.issued.parts for part in parts[:1]), None)
    names = [text_of(author.family or author.name) for author in work.authors[:50]]
    published = _published(work)
    record = Record(
        title=text_of(work.title[0]) if work.title else "",
        authors=tuple(name for name in names if name),
        year=year,
        venue=text_of(work.venue[0]) if work.venue else "",
        published=published,
        publication=Publication("crossref") if published else None,
        notice=_notice(work),
    )
    return Word(final=work.address, record=record)


def _published(work: _Work) -> str:
    """The published version of a preprint, where Crossref knows of one."""
    for row in work.relation.get("is-preprint-of") or ():
        try:
            related = _Related.model_validate(row)
        except ValidationError:
            continue  # what is not of the documented form says nothing
        if related.kind == "doi" and related.id:
            return f"https://doi.org/{quote(text_of(related.id), safe='/')}"
    return ""


def _notice(work: _Work) -> Notice | None:
    """A retraction, as the publisher or Retraction Watch told it. Corrections are none."""
    doi = next((update.doi for update in work.updates if update.kind in ("retraction", "withdrawal", "removal")), None)
    return Notice("retraction", f"https://doi.org/{quote(text_of(doi), safe='/')}") if doi is not None else None
