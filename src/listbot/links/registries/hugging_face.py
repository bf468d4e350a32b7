"""Hugging Face: models, data sets, spaces, and papers of arXiv that it shows, one a request.

https://huggingface.co/docs/hub/api. What is gone answers guests as what is private does: 401, with `X-Error-Code`; so
its page is asked as well. What wants a click before it is shown (`GatedRepo`) is there. A redirect means that it was
renamed: where to, its page says as well, and there the usual rules about redirects hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ValidationError

from listbot import works
from listbot.links import hosts
from listbot.links.registries import Absent, Garbled, Link, Registry, Request, Word, text_of
from listbot.links.registries.lenient import Maybe, Text
from listbot.links.transport import Answer
from listbot.liveness import Record

_ID = re.compile(r"(?:(?:models|datasets|spaces)/[A-Za-z0-9._-]{1,100}|datasets)/[A-Za-z0-9._-]{1,100}")
"""Data sets of the first years have no owner."""
_REDIRECTS = frozenset({301, 302, 307, 308})


class HuggingFace(Registry):
    """Its hub's API; 500 requests in five minutes are allowed to guests, and less than that is asked."""

    name = "hugging-face"
    host = "huggingface.co"
    interval = 0.7
    refusals = frozenset({429})

    def identifier(self, link: Link) -> str | None:
        work = works.of(link.url)
        if work is None or works.family_of_host(hosts.host_of(link.url)) != "huggingface":
            return None
        if work.id.startswith("arxiv:"):
            return f"papers/{work.id.removeprefix('arxiv:')}"
        kind, _, name = work.id.removeprefix("hf:").partition("/")
        identifier = f"{kind}s/{name}"
        return identifier if _ID.fullmatch(identifier) else None

    def request(self, ids: Sequence[str]) -> Request:
        return Request("GET", f"{self.base}/api/{ids[0]}", {"Accept": "application/json"})

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        code = answer.headers.get("x-error-code", "")
        if answer.status in (401, 403) and code == "GatedRepo":
            return {ids[0]: Word()}
        if answer.status == 404 and ids[0].startswith("papers/"):
            return {}  # not indexed
        if answer.status in (401, 404):
            return {ids[0]: Absent()} if code == "RepoNotFound" or answer.status == 404 else {}
        if answer.status == 403 or answer.status in _REDIRECTS:
            return {}
        try:
            found = _Repository.model_validate_json(answer.text)
        except ValidationError:
            raise Garbled from None
        return {} if found.disabled else {ids[0]: Word(record=Record(title=text_of(found.title)))}


class _Repository(BaseModel):
    id: str
    disabled: Maybe[bool] = None
    title: Text = ""
    """Of a paper."""
