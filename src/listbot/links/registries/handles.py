"""doi.org: whether a DOI is registered at all, with whatever agency; one a request, and only that.

https://www.doi.org/doi-handbook/ (the proxy's JSON): `responseCode` 1 has the value, 200 exists without a URL, 100 with
status 404 is not registered, 2 with status 500 is an error about this one. The link itself is not followed: what a
publisher answers to programs says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, Field, ValidationError

from listbot.links.registries import Absent, Garbled, Link, Registry, Request, Word
from listbot.links.registries.dois import OF_ARXIV, doi_of, on_its_own_site
from listbot.links.registries.lenient import Maybe, Rows, Text
from listbot.links.transport import Answer

_FOUND, _ERROR, _WITHOUT_URL, _NOT_REGISTERED = 1, 2, 200, 100


class Handles(Registry):
    """The proxy of the handle system at doi.org. It documents no limit; this is a gentle pace."""

    name = "doi"
    host = "doi.org"
    interval = 0.2
    speaks_at = frozenset({500})
    at_once = 2

    def identifier(self, link: Link) -> str | None:
        return doi_of(link.url)

    def request(self, ids: Sequence[str]) -> Request:
        path = quote(ids[0], safe="/")
        return Request("GET", f"{self.base}/api/handles/{path}?type=URL", {"Accept": "application/json"})

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        try:
            told = _Told.model_validate_json(answer.text)
        except ValidationError:
            raise Garbled from None
        if told.handle.lower() not in (ids[0], ""):
            raise Garbled
        if told.code == _FOUND and answer.status == 200:
            return {ids[0]: Word(final=told.address)}
        if told.code == _NOT_REGISTERED and answer.status == 404:
            return {ids[0]: Absent(authoritative=not ids[0].startswith(OF_ARXIV))}
        if told.code == _WITHOUT_URL or (told.code == _ERROR and answer.status == 500):
            return {}
        raise Garbled

    def judged(self, link: Link, word: Word) -> Word | None:
        return on_its_own_site(link, word)


class _Content(BaseModel):
    value: Any = None
    """A string in a value of type URL; other types have objects."""


class _Value(BaseModel):
    kind: Text = Field(default="", alias="type")
    content: Maybe[_Content] = Field(default=None, alias="data")


class _Told(BaseModel):
    code: int = Field(alias="responseCode")
    handle: Text = ""
    values: Rows[_Value] = []

    @property
    def address(self) -> str:
        """Where the DOI leads."""
        found = (value.content.value for value in self.values if value.kind == "URL" and value.content is not None)
        return next((address for address in found if isinstance(address, str)), "")
