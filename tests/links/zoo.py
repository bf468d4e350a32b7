"""A hostile web on 127.0.0.1: raw sockets, virtual hosts, TLS of its own authority, and a record of what was asked.

A page is a coroutine that gets the request and the connection and does what it likes with both. The zoo runs in a
thread of its own, so that it answers while the code under test runs an event loop, or in another process.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import trustme

from listbot.links.resolver import NoAddress
from listbot.liveness import Reason


class Request(NamedTuple):
    """One request as it arrived."""

    method: str
    host: str
    path: str
    headers: dict[str, str]
    at: float
    told: list[tuple[int, str]]
    """What it was answered: the status, and what `Retry-After` said."""


Addresses = list[str] | Reason
HEARD = 0.25
"""In seconds: after this an answer has been read, and what comes then was decided knowing it."""
Page = Callable[[Request, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Zoo:
    """The servers. `pages` is by path, `(host, path)` goes first."""

    def __init__(self, certificates: Path) -> None:
        self.pages: dict[str | tuple[str, str], Page] = {}
        self.names: dict[str, Addresses | Callable[[], Addresses]] = {}
        """What name servers say of a host: addresses or a reason, or who says it. Any other name is this machine."""
        self.looked_up: list[str] = []
        self.asked: list[Request] = []
        self.early: list[Request] = []
        """Requests to a host that had asked for a pause that was not over, and had been heard."""
        self.most: Counter[str] = Counter()
        """The most requests that were under way at a time, by host."""
        self._under_way: Counter[str] = Counter()
        self._pauses: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._certificates = certificates
        self.port = self.tls_port = self.reset_port = self.full_port = 0

    def start(self) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result(10)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def page(self, name: str | tuple[str, str], page: Page) -> None:
        self.pages[name] = page

    def url(self, path: str, host: str = "site.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def tls_url(self, path: str, host: str = "site.example") -> str:
        return f"https://{host}:{self.tls_port}{path}"

    def count(self, path: str, method: str | None = None) -> int:
        return sum(request.path == path and method in (None, request.method) for request in self.asked)

    def of_host(self, host: str) -> list[Request]:
        return [request for request in self.asked if request.host == host]

    def another_run(self) -> None:
        """Nobody has to remember pauses of the run before."""
        self._pauses.clear()

    # Name servers -----------------------------------------------------------------------------------------------------

    async def addresses(self, host: str) -> list[str]:
        """The zoo is a `Resolver` too."""
        self.looked_up.append(host)
        answer = self.names.get(host, ["127.0.0.1"])
        answer = answer() if callable(answer) else answer
        if isinstance(answer, Reason):
            raise NoAddress(answer)
        return answer

    # Servers ----------------------------------------------------------------------------------------------------------

    async def _serve(self) -> None:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(self._certificates / "authority.pem"))
        good = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("site.example", "*.site.example", "other.example").configure_cert(good)
        bad = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("selfsigned.example").configure_cert(bad)
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("expired.example", not_after=datetime(2020, 1, 1, tzinfo=UTC)).configure_cert(old)

        def choose(connection: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
            by_name = {"selfsigned.example": bad, "expired.example": old}
            connection.context = by_name.get(name or "", connection.context)

        good.sni_callback = choose
        self._plain = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self._tls = await asyncio.start_server(self._connection, "127.0.0.1", 0, ssl=good)
        self._resetting = await asyncio.start_server(_reset_at_once, "127.0.0.1", 0)
        self.port, self.tls_port, self.reset_port = (
            server.sockets[0].getsockname()[1] for server in (self._plain, self._tls, self._resetting)
        )
        self._full = _full_socket()
        self.full_port = self._full[0].getsockname()[1]

    async def _end(self) -> None:
        for server in (self._plain, self._tls, self._resetting):
            server.close()
        for each in self._full:
            each.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0.05)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            pass  # the client went away, or the zoo closes
        finally:
            with contextlib.suppress(OSError, RuntimeError):
                writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *rest = head.strip().split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        host = headers["host"].partition(":")[0]
        request = Request(method, host, path, headers, time.monotonic(), [])
        self.asked.append(request)
        if any(start < request.at < end for start, end in self._pauses[host]):
            self.early.append(request)
        page = self.pages.get((host, path)) or self.pages.get(path) or self.pages.get((host, "*")) or answer(404)
        self._under_way[host] += 1
        self.most[host] = max(self.most[host], self._under_way[host])
        try:
            await page(request, reader, writer)
            await writer.drain()
        finally:
            self._under_way[host] -= 1
        self._pauses[host] += _pauses(request.told, time.monotonic())
        return not writer.is_closing()


def _pauses(told: list[tuple[int, str]], now: float) -> Iterator[tuple[float, float]]:
    """When a host is not to be asked after what it said: from when it must have been read."""
    for status, after in told:
        if (status in (403, 429) or status >= 500) and after.isdecimal():
            yield now + HEARD, now + int(after)


def _reset_at_once(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """RST as soon as somebody connects."""
    _set_to_reset(writer)
    writer.transport.abort()


def _set_to_reset(writer: asyncio.StreamWriter) -> None:
    """SO_LINGER of no time: closing sends RST, and not FIN."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _full_socket() -> list[socket.socket]:
    """A listening socket that accepts nobody, and those that fill its queue: who connects now waits for ever."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=0)
    waiting = []
    for _ in range(4):
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(listening.getsockname())
        waiting.append(one)
    return [listening, *waiting]


@contextlib.contextmanager
def open_zoo(folder: Path) -> Iterator[Zoo]:
    zoo = Zoo(folder)
    zoo.start()
    try:
        yield zoo
    finally:
        zoo.stop()


# Animals --------------------------------------------------------------------------------------------------------------


def raw(content: bytes, *, close: bool = False, end_by_reset: bool = False) -> Page:
    """Exactly these bytes; then nothing more, or the connection's end: by FIN, or by RST."""

    async def page(request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(int(request.headers.get("content-length", "0")))  # else a close would be a reset
        writer.write(content)
        if close or end_by_reset:
            await writer.drain()
        if end_by_reset:
            _set_to_reset(writer)
            writer.transport.abort()
        elif close:
            writer.close()

    return page


def answer(status: int, body: str | bytes = "", **headers: str) -> Page:
    """A well-formed answer; `content_type` and the like become headers."""
    content = body.encode() if isinstance(body, str) else body
    given = {"content-type": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())

    async def page(request: Request, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request.told.append((status, given.get("retry-after", "")))
        shown = b"" if request.method == "HEAD" else content
        writer.write(f"HTTP/1.1 {status} X\r\n{lines}content-length: {len(content)}\r\n\r\n".encode("latin-1") + shown)

    return page


def ok(title: str = "A page") -> Page:
    return answer(200, f"<title>{title}</title>")


def redirect(target: str, status: int = 301, **headers: str) -> Page:
    return answer(status, location=target, **headers)


def in_turn(*pages: Page) -> Page:
    """The first page at the first request, and so on; the last one for ever."""
    left = list(pages)

    async def page(request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        chosen = left.pop(0) if len(left) > 1 else left[0]
        await chosen(request, reader, writer)

    return page


def by_method(**pages: Page) -> Page:
    async def page(request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await pages[request.method](request, reader, writer)

    return page


async def silence(_request: Request, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Never a word."""
    await reader.read()


async def reset(_request: Request, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """RST after the request."""
    _set_to_reset(writer)
    writer.transport.abort()


async def dribble(_request: Request, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Headers that never end, a byte at a time."""
    writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.02)


async def endless(_request: Request, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A body without end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Endless</title>")
    while True:
        writer.write(b"x" * 65_536)
        await writer.drain()


def slow(page: Page, seconds: float) -> Page:
    async def slowly(request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        await page(request, reader, writer)

    return slowly


def with_cookie(page: Page, target: str) -> Page:
    """A page behind a redirect to itself that gives a cookie first."""

    async def guarded(request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        known = "seen=yes" in request.headers.get("cookie", "")
        await (page if known else redirect(target, 302, set_cookie="seen=yes; Path=/"))(request, reader, writer)

    return guarded


def limited(zoo_page: Page, per_second: float, burst: int) -> Page:
    """A token bucket a host: 429 and `Retry-After: 1` when it is empty."""
    tokens: dict[str, float] = defaultdict(lambda: float(burst))
    seen: dict[str, float] = {}

    async def page(request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        now = time.monotonic()
        left = min(burst, tokens[request.host] + per_second * (now - seen.get(request.host, now)))
        seen[request.host] = now
        tokens[request.host] = left - 1 if left >= 1 else left
        await (zoo_page if left >= 1 else answer(429, retry_after="1"))(request, reader, writer)

    return page
