"""Crossref: works of its members by DOI, fifty at a time, and papers of IEEE by title.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/. Repeated `doi:` filters mean any of them. What it
has is registered; what it does not have may be registered with another agency, so that its no has no authority. Three
requests a second for lists, three at a time, since 2025-12; what its headers say of that is heeded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from pydantic import BaseModel, Field, ValidationError

from listbot import works
from listbot.links.registries import Absent, Garbled, Link, Registry, Request, Spoiled, Word, text_of
from listbot.links.registries.dois import doi_of, on_its_own_site
from listbot.links.registries.lenient import Maybe, Rows, Text
from listbot.links.transport import Answer
from listbot.liveness import Notice, Publication, Record

_FIELDS = "DOI,title,type,resource,updated-by,relation,author,issued,container-title"
_IEEE = "10.1109"
_SHORTEST_TITLE = 12
_LONGEST_QUERY = 300
_RETRACTED = re.compile(r"\W*retracted(?: article| paper)?\s*[:\])}—–-]", re.IGNORECASE)
"""How publishers mark the title of what they retracted."""


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
        listed = _listed(answer)
        found = {work.doi.lower(): work for work in listed if work is not None}
        if found and not found.keys() & set(ids):
            raise Garbled  # the answer to somebody else's question
        is_whole = None not in listed and found.keys() <= set(ids)
        absent: dict[str, Word | Absent] = dict.fromkeys(ids if is_whole else (), Absent(authoritative=False))
        return absent | {doi: _word(found[doi]) for doi in ids if doi in found}

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
        found = next((work for work in _listed(answer) if work is not None and _has_number(work, number)), None)
        return {ids[0]: _word(found)} if found is not None else {}


def _has_number(work: _Work, number: str) -> bool:
    """Whether a work has that number in IEEE Xplore. To be confirmed live: that `resource.primary.URL` names it. That
    DOIs of conference papers end in it is certain."""
    address = re.search(r"ieeexplore\.ieee\.org/(?:abstract/)?document/(\d+)", work.address)
    return work.doi.endswith(f".{number}") or (address is not None and address[1].lstrip("0") == number.lstrip("0"))


# What an answer is ----------------------------------------------------------------------------------------------------


def _listed(answer: Answer) -> list[_Work | None]:
    """The works of an answer; None for one that does not name its DOI. Raises Spoiled and Garbled."""
    if answer.status == 400:
        raise Spoiled
    if answer.status != 200:
        raise Garbled
    try:
        return _Message.model_validate_json(answer.text).message.items
    except ValidationError:
        raise Garbled from None


class _Author(BaseModel):
    family: Text = ""
    name: Text = ""


class _Related(BaseModel):
    id: Text = ""
    kind: Text = Field(default="", alias="id-type")


class _Relation(BaseModel):
    preprint_of: Rows[_Related] = Field(default=[], alias="is-preprint-of")


class _Update(BaseModel):
    kind: Text = Field(default="", alias="type")
    doi: Text = Field(default="", alias="DOI")


class _Dated(BaseModel):
    parts: Rows[Rows[int]] = Field(default=[], alias="date-parts")


class _Primary(BaseModel):
    url: Text = Field(default="", alias="URL")


class _Resource(BaseModel):
    primary: Maybe[_Primary] = None


class _Work(BaseModel):
    """https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md"""

    doi: str = Field(alias="DOI")
    title: Rows[str] = []
    venue: Rows[str] = Field(default=[], alias="container-title")
    authors: Rows[_Author] = Field(default=[], alias="author")
    issued: Maybe[_Dated] = None
    resource: Maybe[_Resource] = None
    updates: Rows[_Update] = Field(default=[], alias="updated-by")
    relation: Maybe[_Relation] = None

    @property
    def address(self) -> str:
        primary = self.resource.primary if self.resource is not None else None
        return primary.url if primary is not None else ""


class _Items(BaseModel):
    items: list[Maybe[_Work]]


class _Message(BaseModel):
    message: _Items


def _word(work: _Work) -> Word:
    parts = work.issued.parts if work.issued is not None else []
    year = next((first for date in parts for first in date[:1]), None)
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
    related = work.relation.preprint_of if work.relation is not None else []
    doi = next((one.id for one in related if one.kind == "doi" and one.id), "")
    return _address(doi) if doi else ""


def _notice(work: _Work) -> Notice | None:
    """A retraction, as the publisher or Retraction Watch told it, or else the title. Corrections are none."""
    told = next((update for update in work.updates if update.kind in ("retraction", "withdrawal", "removal")), None)
    if told is not None:
        return Notice("retraction", _address(told.doi or work.doi))
    is_marked = any(_RETRACTED.match(title) for title in work.title[:1])
    return Notice("retraction", _address(work.doi)) if is_marked else None


def _address(doi: str) -> str:
    return f"https://doi.org/{quote(text_of(doi), safe='/')}"
