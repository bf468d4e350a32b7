"""What all impostors share: the request taken apart, the log, faults on order, and the two ways to stand in the web."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, deque
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, ClassVar, NamedTuple
from urllib.parse import parse_qsl, unquote

from listbot.links.transport import Answer
from tests.links.zoo import Page, Request

_TOLERANCE = 0.02
"""Seconds by which sockets may deliver two requests nearer to each other than they were sent."""


class Asked(NamedTuple):
    """A request taken apart."""

    method: str
    path: str
    """Decoded, without the query."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: str


class Told(NamedTuple):
    """An answer."""

    status: int
    body: str
    headers: Mapping[str, str] = {}
    kind: str = "application/json"


class Call(NamedTuple):
    """A request as it was logged, and what came of it."""

    method: str
    path: str
    ids: tuple[str, ...]
    headers: Mapping[str, str]
    at: float
    status: int


Fault = Callable[[Told], Told]
"""What becomes of an answer."""


class Impostor:
    """One registry. Subclasses have `told`, and rows of their own by id."""

    name: ClassVar[str]
    """As evidence names the source."""
    host: ClassVar[str]
    most: ClassVar[int | None] = None
    """The largest number of ids a request; None where an id is in the path."""
    interval: ClassVar[float] = 0.0
    """Seconds that are asked for between two requests."""

    def __init__(self, *, interval: float | None = None, seed: int = 0) -> None:
        self.calls: list[Call] = []
        self.misdeeds: list[str] = []
        """What the client did and may not do."""
        self.shuffled = True
        """Rows come in any order, where the order is not documented."""
        self._spacing = self.interval if interval is None else interval
        self._faults: deque[Fault | None] = deque()
        self._always: Fault | None = None
        self._chance = Random(seed)  # noqa: S311 - a seed, so that a run can be repeated

    # What is asked ----------------------------------------------------------------------------------------------------

    def ids(self, asked: Asked) -> tuple[str, ...]:
        """The ids that a request asks for."""
        raise NotImplementedError

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        """The answer in good times."""
        raise NotImplementedError

    def answer(self, asked: Asked, at: float) -> Told:
        """The answer, faults and all. `at` is in seconds of any clock."""
        ids = self.ids(asked)
        self._watch(asked, ids, at)
        told = self.told(asked, ids)
        fault = self._faults.popleft() if self._faults else self._always
        told = fault(told) if fault is not None else told
        self.calls.append(Call(asked.method, asked.path, ids, dict(asked.headers), at, told.status))
        return told

    def _watch(self, asked: Asked, ids: tuple[str, ...], at: float) -> None:
        if self.most is not None and len(ids) > self.most:
            self.misdeeds.append(f"{self.name}: {len(ids)} ids in one request, and {self.most} are allowed")
        if self.calls and at - self.calls[-1].at < self._spacing - _TOLERANCE:
            self.misdeeds.append(f"{self.name}: {at - self.calls[-1].at:.2f} s after another request")
        twice = [name for name, count in Counter(ids).items() if count > 1]
        if twice:
            self.misdeeds.append(f"{self.name}: {twice[0]} twice in one request")
        if "authorization" in asked.headers:
            self.authorized(asked)

    def authorized(self, _asked: Asked) -> None:
        """A key was shown; most registries are strangers to it."""
        self.misdeeds.append(f"{self.name}: a key was shown to {self.host}")

    # What tests read --------------------------------------------------------------------------------------------------

    @property
    def batches(self) -> list[int]:
        """How many ids each request asked for."""
        return [len(call.ids) for call in self.calls]

    def asked_for(self) -> Counter[str]:
        """How often each id was asked for with success, as the registry sees it."""
        return Counter(name for call in self.calls if call.status == 200 for name in call.ids)

    # Faults -----------------------------------------------------------------------------------------------------------

    def then(self, *faults: Fault | None) -> None:
        """What becomes of the next answers, in turn; None lets one pass."""
        self._faults.extend(faults)

    def always(self, fault: Fault | None) -> None:
        """What becomes of all answers from now on."""
        self._always = fault

    # The web ----------------------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """For the zoo."""

        async def page(request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            size = int(request.headers.get("content-length", "0"))
            body = (await reader.readexactly(size)).decode("utf-8", "replace") if size else ""
            told = self.answer(taken_apart(request.method, request.path, request.headers, body), request.at)
            writer.write(written(told, request.method))

        return page

    def virtual_answer(self, method: str, target: str, headers: Mapping[str, str], body: str, at: float) -> Answer:
        """For a loop whose time jumps."""
        told = self.answer(taken_apart(method, target, headers, body), at)
        shown = {"content-type": told.kind, **{name.lower(): value for name, value in told.headers.items()}}
        return Answer(told.status, shown, told.body, (), whole=True)

    def mixed(self, rows: list[Any]) -> list[Any]:
        """Rows in an order that nobody may rely on."""
        if self.shuffled:
            self._chance.shuffle(rows)
        return rows


def taken_apart(method: str, target: str, headers: Mapping[str, str], body: str) -> Asked:
    """A request target and the rest -> what is asked. A form in the body is read as a query."""
    path, _, query = target.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        pairs += parse_qsl(body, keep_blank_values=True)
    lowered = {name.lower(): value for name, value in headers.items()}
    return Asked(method, unquote(path), dict(pairs), lowered, body)


def written(told: Told, method: str) -> bytes:
    content = told.body.encode("utf-8", "surrogatepass")
    lines = {"content-type": told.kind, **told.headers, "content-length": str(len(content))}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {told.status} X\r\n{head}\r\n".encode("latin-1") + (b"" if method == "HEAD" else content)


def told_json(status: int, body: Any, **headers: str) -> Told:
    return Told(status, json.dumps(body), {name.replace("_", "-"): value for name, value in headers.items()})


# Faults ---------------------------------------------------------------------------------------------------------------


def limited(wait: str | None = "1") -> Fault:
    """429, with a `Retry-After` or none."""
    headers = {"retry-after": wait} if wait is not None else {}
    return lambda _told: Told(429, '{"message": "Too Many Requests"}', headers)


def refused(status: int = 403, body: str = "Forbidden", **headers: str) -> Fault:
    return lambda _told: Told(status, body, {n.replace("_", "-"): v for n, v in headers.items()}, "text/html")


def broken(status: int = 502) -> Fault:
    return lambda _told: Told(status, "<html><h1>Bad Gateway</h1></html>", {}, "text/html")


def cut(told: Told) -> Told:
    """Half an answer, that says it is the whole."""
    return told._replace(body=told.body[: len(told.body) // 2])


def garbage(told: Told) -> Told:
    """200, and nothing that was promised."""
    return told._replace(status=200, body='{"unexpected": [1, "two", null]}', kind="application/json")


def page_instead(told: Told) -> Told:
    """A challenge in the place of an answer."""
    return told._replace(status=200, body="<html><title>Just a moment...</title></html>", kind="text/html")
