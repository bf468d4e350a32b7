"""arXiv: its API (Atom; https://info.arxiv.org/help/api/user-manual.html) and, for withdrawals, its pages.

`max_results` is 10 where nobody says otherwise, also for a list of ids. The order is any. An id that is not one makes
400 of the whole request; one that was never given is simply not there, and `totalResults` counts it all the same.
An id with a version is answered with that version's title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

from tests.links.registries.impostor import Asked, Impostor, Told

_NEW = re.compile(r"(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])\.(?P<number>\d{4,5})")
_OLD = re.compile(r"[a-z-]+(?:\.[A-Z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}")
_VERSION = re.compile(r"(?P<id>.+?)(?:v(?P<version>[1-9]\d*))?")
_MOST_RESULTS = 2_000
_DEFAULT_RESULTS = 10


class Preprint(NamedTuple):
    """What arXiv has of a paper."""

    titles: tuple[str, ...]
    """Of each version, the first one first."""
    authors: tuple[str, ...] = ("Ada Lovelace", "Alan Turing")
    published: str = "2023-11-07T03:25:56Z"
    comment: str | None = None
    journal: str | None = None
    doi: str | None = None
    withdrawn: bool = False
    """The newest version has no PDF."""


class Arxiv(Impostor):
    """The API, at export.arxiv.org."""

    name = "arxiv"
    host = "export.arxiv.org"
    most = _MOST_RESULTS
    interval = 3.0

    def __init__(self, rows: Mapping[str, Preprint] | None = None, *, interval: float | None = None) -> None:
        super().__init__(interval=interval)
        self.rows: dict[str, Preprint] = dict(rows or {})

    def ids(self, asked: Asked) -> tuple[str, ...]:
        return tuple(name for name in asked.query.get("id_list", "").split(",") if name)

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        if asked.path.rstrip("/") != "/api/query":
            return Told(404, "not found", {}, "text/html")
        wrong = next((name for name in ids if not is_id(name)), None)
        if wrong is not None:
            return _atom(400, _mistake(f"incorrect id format for {wrong}"), 1)
        size = int(asked.query.get("max_results", _DEFAULT_RESULTS))
        if size > _MOST_RESULTS:
            return _atom(400, _mistake("max_results must be 2000 or less"), 1)
        entries = [entry for name in ids if (entry := self._entry(name)) is not None]
        return _atom(200, "".join(self.mixed(entries)[:size]), len(ids))

    def _entry(self, name: str) -> str | None:
        wanted = _VERSION.fullmatch(name)
        assert wanted is not None
        row = self.rows.get(wanted["id"])
        if row is None:
            return None
        version = int(wanted["version"] or len(row.titles))
        return _entry(wanted["id"], version, row) if version <= len(row.titles) else None


class ArxivPages(Impostor):
    """arxiv.org itself: the page of a withdrawn paper answers 200, its PDF 404."""

    name = "arxiv-pages"
    host = "arxiv.org"
    interval = 3.0

    def __init__(self, api: Arxiv, *, interval: float | None = None) -> None:
        super().__init__(interval=interval)
        self._api = api

    def ids(self, asked: Asked) -> tuple[str, ...]:
        return (asked.path.partition("/")[2].partition("/")[2],)

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        wanted = _VERSION.fullmatch(ids[0])
        row = self._api.rows.get(wanted["id"]) if wanted is not None else None
        if row is None or not asked.path.startswith(("/abs/", "/pdf/")):
            return Told(404, "<title>Article identifier not recognized</title>", {}, "text/html")
        newest = wanted is not None and int(wanted["version"] or len(row.titles)) == len(row.titles)
        if asked.path.startswith("/pdf/") and row.withdrawn and newest:
            return Told(404, "<title>No PDF</title>", {}, "text/html")
        kind = "application/pdf" if asked.path.startswith("/pdf/") else "text/html"
        return Told(200, f"<title>[{ids[0]}] {escape(row.titles[-1])}</title>", {}, kind)


def is_id(name: str) -> bool:
    """arXiv's own rules: four digits until 2014, five since, and old ids end with 2007-03."""
    bare = _VERSION.fullmatch(name)
    if bare is None:
        return False
    new = _NEW.fullmatch(bare["id"])
    if new is None:
        return _OLD.fullmatch(bare["id"]) is not None
    month = int(new["year"] + new["month"])
    return month >= 704 and len(new["number"]) == (5 if month >= 1501 else 4) and int(new["number"]) > 0


def _atom(status: int, entries: str, total: int) -> Told:
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        '  <link href="http://arxiv.org/api/query?id_list=" rel="self" type="application/atom+xml"/>\n'
        '  <title type="html">ArXiv Query: search_query=&amp;id_list=</title>\n'
        "  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>\n  <updated>2026-11-25T00:00:00-05:00</updated>\n"
        '  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"{total}</opensearch:totalResults>\n{entries}</feed>\n"
    )
    return Told(status, body, {}, "application/atom+xml; charset=UTF-8")


def _entry(name: str, version: int, row: Preprint) -> str:
    title = _wrapped(row.titles[version - 1])
    authors = "".join(f"    <author>\n      <name>{escape(one)}</name>\n    </author>\n" for one in row.authors)
    space = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    latest = version == len(row.titles)
    more = f"    <arxiv:comment {space}>{escape(row.comment)}</arxiv:comment>\n" if row.comment and latest else ""
    if row.journal:
        more += f"    <arxiv:journal_ref {space}>{escape(row.journal)}</arxiv:journal_ref>\n"
    if row.doi:
        more += f"    <arxiv:doi {space}>{escape(row.doi)}</arxiv:doi>\n"
        more += f'    <link title="doi" href="http://dx.doi.org/{escape(row.doi)}" rel="related"/>\n'
    return (
        f"  <entry>\n    <id>http://arxiv.org/abs/{name}v{version}</id>\n"
        f"    <updated>{row.published}</updated>\n    <published>{row.published}</published>\n"
        f"    <title>{title}</title>\n    <summary>  What it says.\n</summary>\n{authors}{more}"
        f'    <link href="http://arxiv.org/abs/{name}v{version}" rel="alternate" type="text/html"/>\n'
        f'    <arxiv:primary_category {space} term="cs.DC" scheme="http://arxiv.org/schemas/atom"/>\n  </entry>\n'
    )


def _wrapped(title: str) -> str:
    """Long titles are broken over lines, as arXiv has them."""
    words = title.split()
    return escape(" ".join(words[:8])) + ("\n  " + escape(" ".join(words[8:])) if len(words) > 8 else "")


def _mistake(what: str) -> str:
    place = f"http://arxiv.org/api/errors#{what.replace(' ', '_')}"
    return (
        f"  <entry>\n    <id>{escape(place)}</id>\n    <title>Error</title>\n    <summary>{escape(what)}</summary>\n"
        "    <updated>2007-10-12T00:00:00-04:00</updated>\n"
        f'    <link href="{escape(place)}" rel="alternate" type="text/html"/>\n'
        "    <author>\n      <name>arXiv api core</name>\n    </author>\n  </entry>\n"
    )
