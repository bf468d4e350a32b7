"""Semantic Scholar: five hundred papers in one request, by the ids of other registries.

https://api.semanticscholar.org/api-docs/graph. The answer is a list aligned with what was asked, with null for what it
does not know, which says little: it lags behind. So its no only ever agrees with another's, and of papers of arXiv,
whose newest it does not have, it is none. It knows where preprints were published. Without a key all guests share one
allowance, and 429 is usual; a key goes there and nowhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from listbot import title_match, works
from listbot.links.registries import Absent, Garbled, Link, Registry, Request, Spoiled, Word, text_of
from listbot.links.registries.arxiv import as_linked, paper_of
from listbot.links.registries.lenient import Maybe, Rows, Text
from listbot.links.transport import Answer
from listbot.liveness import Publication, Record

_PREFIXES = {"arxiv": "ARXIV", "doi": "DOI", "acl": "ACL", "s2corpus": "CorpusId", "s2": ""}
_ID = re.compile(r"[A-Za-z0-9][^\s,\"\\]{1,200}")
_FIELDS = "title,year,venue,publicationVenue,externalIds,authors"
_PREPRINT_DOI = re.compile(r"10\.(?:48550|1101|64898|21203|20944|2139|36227)/", re.IGNORECASE)
"""Of arXiv, bioRxiv, Research Square, Preprints.org, SSRN, TechRxiv: a DOI, and no publication."""
_PREPRINT_VENUES = frozenset({"arxiv", "arxiv.org", "corr", "biorxiv", "medrxiv", "ssrn electronic journal"})
_DBLP = re.compile(r"(?:conf|journals)/(?!corr/)[\w-]{1,60}/[\w:-]{1,100}", re.ASCII)
_MOST_AUTHORS = 50


class SemanticScholar(Registry):
    """Its Graph API."""

    name = "semantic-scholar"
    host = "api.semanticscholar.org"
    batch = 500
    interval = 1.0

    def identifier(self, link: Link) -> str | None:
        work = works.of(link.url)
        family, _, name = work.id.partition(":") if work is not None else ("", "", "")
        if family not in _PREFIXES or _ID.fullmatch(name) is None:
            return None
        if family == "arxiv" and paper_of(link.url) is None:
            return None  # that a paper is there does not say that a front-end shows it
        return f"{_PREFIXES[family]}:{name}".lstrip(":")

    def request(self, ids: Sequence[str]) -> Request:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.token():
            headers["x-api-key"] = self.token()
        body = json.dumps({"ids": list(ids)}).encode()
        return Request("POST", f"{self.base}/graph/v1/paper/batch?fields={_FIELDS}", headers, body)

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        if answer.status == 400:
            if _knows_none(answer):
                return dict(_said(ids, [None] * len(ids)))
            raise Spoiled
        if answer.status != 200:
            raise Garbled
        try:
            papers = _PAPERS.validate_json(answer.text)
        except ValidationError:
            raise Garbled from None
        if len(papers) != len(ids):
            raise Garbled
        return dict(_said(ids, papers))

    def judged(self, link: Link, word: Word) -> Word | None:
        """Where a paper was published is not believed where the list calls the paper something else: here two papers
        are now and then taken for one. So of a preprint with another title it is only known to be there."""
        is_preprint, record = paper_of(link.url) is not None, word.record
        if not title_match.alike(link.title, record.title):
            bare = Record() if is_preprint else record._replace(published="", publication=None, venue="")
            word = word._replace(record=bare)
        return as_linked(link, word) if is_preprint else word


def _knows_none(answer: Answer) -> bool:
    """Whether it knows none of a batch. To be confirmed live: that it says so with these words; else the batch counts
    as spoiled, and its halves are asked."""
    return "No valid paper ids given" in answer.text


class _Venue(BaseModel):
    name: Text = ""


class _Author(BaseModel):
    name: Text = ""


class _External(BaseModel):
    doi: Text = Field(default="", alias="DOI")
    dblp: Text = Field(default="", alias="DBLP")


class _Paper(BaseModel):
    title: str
    year: Maybe[int] = None
    venue: Text = ""
    where: Maybe[_Venue] = Field(default=None, alias="publicationVenue")
    external: Maybe[_External] = Field(default=None, alias="externalIds")
    authors: Rows[_Author] = []


_PAPERS = TypeAdapter(Annotated[list[Any], Field(max_length=500)])


def _said(ids: Sequence[str], papers: Sequence[Any]) -> Iterator[tuple[str, Word | Absent]]:
    """What is there, and what is not; of a paper of arXiv that it does not have, nothing."""
    for name, paper in zip(ids, papers, strict=True):
        if paper is not None:
            found = _read(paper)
            if found is not None:
                yield name, _word(found)
        elif not name.startswith("ARXIV:"):
            yield name, Absent(authoritative=False)


def _read(row: Any) -> _Paper | None:
    try:
        return _Paper.model_validate(row)
    except ValidationError:
        return None


def _word(paper: _Paper) -> Word:
    venue = text_of(paper.where.name if paper.where is not None else None) or text_of(paper.venue)
    names = [text_of(author.name) for author in paper.authors[:_MOST_AUTHORS]]
    doi = paper.external.doi if paper.external is not None else ""
    venue = "" if venue.lower() in _PREPRINT_VENUES else venue
    title, authors = text_of(paper.title), tuple(name.split()[-1] for name in names if name)
    published = _address(doi) if _PREPRINT_DOI.match(doi) is None else ""
    if not published and venue and paper.where is not None:
        published = _at_dblp(paper.external.dblp if paper.external is not None else "")
    found = Publication("semantic-scholar", title, authors, paper.year, venue) if published and title else None
    return Word(record=Record(title, "", authors, paper.year, venue, published if found else "", publication=found))


def _at_dblp(key: str) -> str:
    """The record of a publication at dblp, which has conferences without DOIs as well; empty for a preprint's."""
    return f"https://dblp.org/rec/{key}" if _DBLP.fullmatch(key) else ""


def _address(doi: str) -> str:
    """The DOI as a link; empty for what no agency registers, as ACM's 10.5555."""
    work = works.of(f"doi:{doi}")
    return (work.landing or "") if work is not None and work.id.startswith(("doi:", "acl:")) else ""
