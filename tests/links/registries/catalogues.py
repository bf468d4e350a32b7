"""Semantic Scholar, Hugging Face and YouTube.

Semantic Scholar: https://api.semanticscholar.org/api-docs/graph (a list aligned with what was asked, `null` for what it
does not know, 500 at most). Hugging Face: https://huggingface.co/docs/hub/api (401 with `X-Error-Code` for what is gone
or private, a redirect for what was renamed). YouTube: https://oembed.com; its codes are not documented.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.links.registries.impostor import Asked, Impostor, Told, told_json


class Paper(NamedTuple):
    """What Semantic Scholar has of a paper."""

    title: str
    venue: str = ""
    year: int | None = 2024
    authors: tuple[str, ...] = ("Ada Lovelace", "Alan Turing")
    external: Mapping[str, str] = {}
    """`DOI`, `ArXiv`, `DBLP`, …"""
    kinds: tuple[str, ...] = ("JournalArticle",)


class SemanticScholar(Impostor):
    """`POST /graph/v1/paper/batch`."""

    name = "semantic-scholar"
    host = "api.semanticscholar.org"
    most = 500

    def __init__(self, rows: Mapping[str, Paper] | None = None) -> None:
        super().__init__()
        self.rows: dict[str, Paper] = {name.upper(): row for name, row in (rows or {}).items()}
        """By `ARXIV:…`, `DOI:…`, `ACL:…`, `CorpusId:…`, or 40 hexadecimal digits."""

    def ids(self, asked: Asked) -> tuple[str, ...]:
        try:
            return tuple(json.loads(asked.body)["ids"])
        except (ValueError, KeyError, TypeError):
            return ()

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        if (asked.method, asked.path) != ("POST", "/graph/v1/paper/batch"):
            return told_json(404, {"error": "not found"})
        if len(ids) > 500:
            return told_json(400, {"error": "Too many ids: 500 is the most"})
        known = [self.rows.get(name.upper()) for name in ids]
        if not any(known):
            return told_json(400, {"error": "No valid paper ids given"})
        fields = asked.query.get("fields", "title").split(",")
        return told_json(200, [_paper(row, fields) if row is not None else None for row in known])


def _paper(row: Paper, fields: list[str]) -> dict[str, Any]:
    known = {
        "title": row.title,
        "year": row.year,
        "venue": row.venue,
        "publicationVenue": {"name": row.venue, "type": "conference"} if row.venue else None,
        "externalIds": {"CorpusId": 1, **row.external},
        "authors": [{"authorId": "1", "name": name} for name in row.authors],
        "publicationTypes": list(row.kinds),
    }
    return {"paperId": "0" * 40, **{field: known[field] for field in fields}}


class Model(NamedTuple):
    """What Hugging Face has of a repository of any kind."""

    name: str
    """`owner/name` as it is now."""
    private: bool = False
    gated: bool = False
    disabled: bool = False
    title: str | None = None
    """Of a paper."""


class HuggingFace(Impostor):
    """`GET /api/{models,datasets,spaces,papers}/ID`."""

    name = "hugging-face"
    host = "huggingface.co"

    def __init__(self, rows: Mapping[str, Model] | None = None) -> None:
        super().__init__()
        self.rows: dict[str, Model] = dict(rows or {})
        """By `models/owner/name`, also under an old name."""

    def ids(self, asked: Asked) -> tuple[str, ...]:
        return (asked.path.removeprefix("/api/"),)

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        if not asked.path.startswith("/api/"):
            return Told(200, f"<title>{asked.path}</title>", {}, "text/html")
        row = self.rows.get(ids[0])
        kind, _, name = ids[0].partition("/")
        if row is None and kind == "papers":
            return told_json(404, {"error": "Paper not found"})
        if row is None or row.private:
            return told_json(401, {"error": "Invalid username or password."}, x_error_code="RepoNotFound")
        if row.name != name:
            return Told(307, "", {"location": f"/api/{kind}/{row.name}"}, "text/plain")
        if kind == "papers":
            return told_json(200, {"id": name, "title": row.title, "authors": [{"name": "Ada Lovelace"}]})
        body = {"id": row.name, "private": False, "gated": "manual" if row.gated else False, "disabled": row.disabled}
        return told_json(200, body)


class YouTube(Impostor):
    """`GET /oembed`; a watch page answers 200 whatever became of the video."""

    name = "youtube"
    host = "www.youtube.com"

    def __init__(self, rows: Mapping[str, str | int] | None = None) -> None:
        super().__init__()
        self.rows: dict[str, str | int] = dict(rows or {})
        """Titles, or the status that is answered."""

    def ids(self, asked: Asked) -> tuple[str, ...]:
        return (asked.query.get("url", "").partition("v=")[2] or asked.query.get("v", ""),)

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        if asked.path != "/oembed":
            return Told(200, "<title> - YouTube</title>", {}, "text/html")
        row = self.rows.get(ids[0], 404)
        if isinstance(row, int):
            words = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}
            return Told(row, words.get(row, "Error"), {}, "text/html")
        body = {"title": row, "author_name": "A channel", "type": "video", "provider_name": "YouTube", "version": "1.0"}
        return told_json(200, body)


class YouTubePictures(Impostor):
    """img.youtube.com: the picture of a video, 404 for what is gone or hidden."""

    name = "youtube-picture"
    host = "img.youtube.com"

    def __init__(self, videos: YouTube) -> None:
        super().__init__()
        self._videos = videos
        self.kept: set[str] = set()
        """Videos that are not at oEmbed and have a picture."""

    def ids(self, asked: Asked) -> tuple[str, ...]:
        return (asked.path.removeprefix("/vi/").removesuffix("/0.jpg"),)

    def told(self, _asked: Asked, ids: tuple[str, ...]) -> Told:
        there = isinstance(self._videos.rows.get(ids[0]), str) or ids[0] in self.kept
        return Told(200 if there else 404, "", {}, "image/jpeg")
