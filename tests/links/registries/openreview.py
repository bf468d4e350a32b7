"""OpenReview: two APIs, v2 for venues since 2023 (values are wrapped), v1 for those before.

https://docs.openreview.net. `ids` is a list; what is hidden, deleted, or never was, is not in the answer. Guests meet a
challenge since 2026 (openreview-web 2818).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.links.registries.impostor import Asked, Impostor, Told, told_json


class Submission(NamedTuple):
    """What OpenReview has of a paper."""

    title: str
    venue: str | None = "ICLR 2024 poster"
    authors: tuple[str, ...] = ("Ada Lovelace", "Alan Turing")
    published: int | None = 1_705_000_000_000
    """Milliseconds since 1970."""


class OpenReview(Impostor):
    """v2."""

    name = "openreview"
    host = "api2.openreview.net"
    most = 1_000
    wrapped = True

    def __init__(self, rows: Mapping[str, Submission] | None = None) -> None:
        super().__init__()
        self.rows: dict[str, Submission] = dict(rows or {})

    def ids(self, asked: Asked) -> tuple[str, ...]:
        return tuple(name for name in asked.query.get("ids", asked.query.get("id", "")).split(",") if name)

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        if asked.path != "/notes":
            return told_json(404, {"name": "NotFoundError", "message": "not found", "status": 404})
        found = [self._note(name, self.rows[name]) for name in ids if name in self.rows]
        return told_json(200, {"notes": self.mixed(found), "count": len(found)})

    def _note(self, name: str, row: Submission) -> dict[str, Any]:
        content: dict[str, Any] = {"title": row.title, "authors": list(row.authors)}
        if row.venue is not None:
            content |= {"venue": row.venue, "venueid": "ICLR.cc/2024/Conference"}
        if self.wrapped:
            content = {key: {"value": value} for key, value in content.items()}
        return {"id": name, "forum": name, "content": content, "pdate": row.published, "version": 2}


class OpenReviewV1(OpenReview):
    """v1: the same notes without wrapping."""

    name = "openreview-v1"
    host = "api.openreview.net"
    wrapped = False


def challenge(_told: Told) -> Told:
    """What guests get instead of an answer."""
    return told_json(403, {"name": "ChallengeRequiredError", "message": "Challenge required", "status": 403})
