"""DOIs: Crossref (works of its members), doi.org (all handles), DataCite (works of its members, arXiv's among them).

Crossref: https://www.crossref.org/documentation/retrieve-metadata/rest-api/ ; handles: https://www.doi.org/doi-handbook/
(the proxy's JSON); DataCite: https://support.datacite.org/docs/api. `query=id:(a OR b)` at DataCite is not confirmed,
nor that papers of arXiv have a date `Submitted` for each version.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.links.registries.impostor import Asked, Impostor, Told, told_json

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_SELECTABLE = frozenset(
    "abstract URL member posted score created degree update-policy short-title license ISSN container-title issued "
    "update-to issue prefix approved indexed article-number clinical-trial-number accepted author group-title DOI "
    "is-referenced-by-count updated-by event chair standards-body original-title funder translator published archive "
    "published-print alternative-id subject subtitle published-online publisher-location content-domain reference "
    "title link type publisher volume references-count ISBN issn-type assertion deposited page content-created "
    "short-container-title relation editor resource institution".split()
)


class Publication(NamedTuple):
    """What a registration agency has of a DOI."""

    title: str
    venue: str = "Proceedings of the Example Conference"
    year: int = 2024
    authors: tuple[str, ...] = ("Lovelace", "Turing")
    address: str = "https://dl.acm.org/doi/10.1145/1"
    """Where the DOI leads."""
    notices: tuple[tuple[str, str], ...] = ()
    """Kind and DOI of each notice about it: `("retraction", "10.1145/2")`."""
    published_as: str | None = None
    """The DOI of the published version of a preprint."""
    versions: int = 0
    """How many a paper of arXiv has; 0 where nothing tells."""


class Crossref(Impostor):
    """`filter=doi:A,doi:B` and `query.bibliographic`."""

    name = "crossref"
    host = "api.crossref.org"
    most = 50
    """None is documented; more makes URLs that proxies cut."""

    def __init__(self, rows: Mapping[str, Publication] | None = None) -> None:
        super().__init__()
        self.rows: dict[str, Publication] = dict(rows or {})
        """By DOI as it was registered; it is found in any case."""

    def ids(self, asked: Asked) -> tuple[str, ...]:
        parts = [part.partition(":") for part in asked.query.get("filter", "").split(",") if part]
        found = tuple(value for key, _, value in parts if key == "doi")
        return found or ((asked.query["query.bibliographic"],) if "query.bibliographic" in asked.query else ())

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        if asked.path != "/works":
            return Told(404, "Resource not found.", {}, "text/plain")
        wrong = self._wrong_with(asked, ids)
        if wrong is not None:
            return told_json(400, {"status": "failed", "message-type": "validation-failure", "message": [wrong]})
        size = int(asked.query.get("rows", 20))
        found = self._searched(asked) if "query.bibliographic" in asked.query else self._listed(ids)
        fields = set(asked.query["select"].split(",")) if "select" in asked.query else None
        rows = [{key: value for key, value in row.items() if fields is None or key in fields} for row in found]
        message = {"facets": {}, "total-results": len(rows), "items": rows[:size], "items-per-page": size}
        body = {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message}
        return told_json(200, body, x_rate_limit_limit="3", x_rate_limit_interval="1s")

    @staticmethod
    def _wrong_with(asked: Asked, ids: tuple[str, ...]) -> Mapping[str, str] | None:
        for name in asked.query.get("select", "").split(","):
            if name and name not in _SELECTABLE:
                return {"type": "parameter-not-allowed", "value": name, "message": "This route does not support it"}
        if not asked.query.get("rows", "20").isdigit() or int(asked.query.get("rows", "20")) > 1_000:
            return {"type": "integer-not-valid", "value": asked.query["rows"], "message": "between 0 and 1000"}
        for part in asked.query.get("filter", "").split(","):
            key, colon, value = part.partition(":")
            if part and (not colon or key not in ("doi", "prefix", "alternative-id", "type")):
                return {"type": "filter-not-available", "value": key, "message": f"Filter {key} does not exist"}
            if key == "doi" and not _DOI.fullmatch(value):
                return {"type": "doi-not-valid", "value": value, "message": "DOIs look like 10.5555/12345678"}
        return None if ids else {"type": "missing", "value": "", "message": "nothing is asked"}

    def _listed(self, ids: tuple[str, ...]) -> list[dict[str, Any]]:
        wanted = {name.lower() for name in ids}
        return self.mixed([_work(doi, row) for doi, row in self.rows.items() if doi.lower() in wanted])

    def _searched(self, asked: Asked) -> list[dict[str, Any]]:
        """By words: the best first, and never nothing."""
        words = set(re.findall(r"\w+", asked.query["query.bibliographic"].lower()))
        prefix = re.search(r"prefix:([^,]+)", asked.query.get("filter", ""))
        found = [
            (len(words & set(re.findall(r"\w+", row.title.lower()))), doi, row)
            for doi, row in self.rows.items()
            if prefix is None or doi.startswith(prefix[1] + "/")
        ]
        return [_work(doi, row) for _, doi, row in sorted(found, key=lambda one: (-one[0], one[1]))]


class Handles(Impostor):
    """doi.org: one DOI a request, every agency's."""

    name = "doi"
    host = "doi.org"

    def __init__(self, rows: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.rows: dict[str, str] = dict(rows or {})
        """Where each DOI leads; empty where it has no address."""

    def ids(self, asked: Asked) -> tuple[str, ...]:
        return (asked.path.removeprefix("/api/handles/"),)

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        if not asked.path.startswith("/api/handles/"):
            self.misdeeds.append(f"doi: {asked.path} was followed, and its publisher refuses programs")
            return Told(302, "", {"location": "https://dl.acm.org/"}, "text/html")
        known = {doi.lower(): (doi, address) for doi, address in self.rows.items()}.get(ids[0].lower())
        if known is None:
            return told_json(404, {"responseCode": 100, "handle": ids[0]})
        if not known[1]:
            return told_json(200, {"responseCode": 200, "handle": ids[0], "values": []})
        value = {"index": 1, "type": "URL", "data": {"format": "string", "value": known[1]}, "ttl": 86_400}
        return told_json(200, {"responseCode": 1, "handle": ids[0], "values": [value]})


class DataCite(Impostor):
    """One DOI in the path, or several in `query`."""

    name = "datacite"
    host = "api.datacite.org"

    def __init__(self, rows: Mapping[str, Publication] | None = None) -> None:
        super().__init__()
        self.rows: dict[str, Publication] = dict(rows or {})

    def ids(self, asked: Asked) -> tuple[str, ...]:
        if asked.path == "/dois":
            return tuple(re.findall(r'10\.\d{4,9}/[^\s")]+', asked.query.get("query", "").replace("\\", "")))
        return (asked.path.removeprefix("/dois/"),)

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        wanted = [name.lower() for name in ids]
        found = [_datacite(doi, row) for doi, row in self.rows.items() if doi.lower() in wanted]
        if asked.path == "/dois":
            size = int(asked.query.get("page[size]", 25))
            return told_json(200, {"data": self.mixed(found)[:size], "meta": {"total": len(found)}})
        if not found:
            error = {"status": "404", "title": "The resource you are looking for doesn't exist."}
            return told_json(404, {"errors": [error]})
        return told_json(200, {"data": found[0]})


def _work(doi: str, row: Publication) -> dict[str, Any]:
    preprint = {"is-preprint-of": [{"id-type": "doi", "id": row.published_as, "asserted-by": "subject"}]}
    return {
        "DOI": doi,
        "title": [row.title],
        "type": "proceedings-article",
        "container-title": [row.venue],
        "issued": {"date-parts": [[row.year, 4, 27]]},
        "author": [{"given": "A.", "family": name, "sequence": "additional"} for name in row.authors],
        "resource": {"primary": {"URL": row.address}},
        "relation": preprint if row.published_as else {},
        **({"updated-by": [_notice(kind, notice) for kind, notice in row.notices]} if row.notices else {}),
    }


def _notice(kind: str, doi: str) -> dict[str, Any]:
    return {"DOI": doi, "type": kind, "label": kind.capitalize(), "source": "retraction-watch"}


def _datacite(doi: str, row: Publication) -> dict[str, Any]:
    attributes = {
        "doi": doi.lower(),
        "titles": [{"title": row.title}],
        "creators": [{"name": f"{name}, A.", "familyName": name} for name in row.authors],
        "publicationYear": row.year,
        "dates": [
            *({"dateType": "Submitted", "dateInformation": f"v{n + 1}"} for n in range(row.versions)),
            {"date": str(row.year), "dateType": "Issued"},
        ],
        "publisher": row.venue,
        "state": "findable",
        "url": row.address,
        "relatedIdentifiers": [],
    }
    return {"id": doi.lower(), "type": "dois", "attributes": attributes}
