"""One request -> one answer, or the reason why there is none. The only place that opens connections.

Connections are httpcore's own; its pool is not used, because for every request it walks all connections for each of
its connections: 12 ms of CPU a request over 400 hosts (reference/performance.md §B2), and 3 ms with a pool each.
What is needed of one is a list of idle connections. Each connection's `network_backend` is guarded: it looks the host
up, has every address checked, and connects to the address that was checked. Nothing is read from the environment but
the certificates: no proxy, no `.netrc`.
"""

from __future__ import annotations

import asyncio
import os
import re
import ssl
import zlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import certifi
import httpcore
import httpx

from listbot.links import failures
from listbot.links.guard import Policy, checked, literal
from listbot.links.resolver import NoAddress, Resolver
from listbot.links.streams import Backend
from listbot.liveness import Reason

MAX_BODY = 64 * 1024
"""In bytes: a title stands in the first few kilobytes."""
MAX_API_BODY = 8 * 1024 * 1024
"""In bytes, on the wire and unpacked: a hundred papers with their abstracts take a quarter of one megabyte."""
_BODY_SECONDS = 2.0
"""How long is waited for a body; what came until then is enough, for its status is known already."""
_SMALL_BODY = 16 * 1024
"""In bytes: less than what another handshake costs."""
_KEPT_SECONDS = 15.0
_WEB_CHARSET = re.compile(
    r"(?:us-)?ascii|utf-?(?:8|16|16le|16be)|iso-8859-\d+|latin-?1|windows-\d+|cp\d+|koi8-[ru]|"
    r"gb(?:k|2312|18030)|big5(?:-hkscs)?|shift[_-]jis|euc-(?:jp|kr)|iso-2022-jp|tis-620"
)
"""The names that pages have. Python knows more; some of those raise (`idna`, `undefined`), one is slow (`punycode`)."""


class Deadlines(NamedTuple):
    """In seconds, for one request."""

    connect: float
    read: float
    total: float


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case; of repeated ones the last, but for `set-cookie`, see `cookies`."""
    text: str
    cookies: tuple[str, ...]
    whole: bool = False
    """The text is the whole page."""


class NoAnswer(Exception):  # noqa: N818 - it names what happened
    """Why a server said nothing."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Wire(Protocol):
    """Whoever can carry a request. Tests of the engine bring their own."""

    async def fetch(self, method: str, url: httpx.URL, deadlines: Deadlines, cookie: str = "") -> Answer:
        """Send one request, without following anything. Raises NoAnswer."""

    async def forget(self, host: str) -> None:
        """Close what is open to a host."""


class ApiWire(Protocol):
    """Whoever can ask a program's interface."""

    async def ask(
        self, method: str, url: httpx.URL, deadlines: Deadlines, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        """Send one request and read its answer to the end. Raises NoAnswer, also where the end does not come."""


class HttpWire:
    """Requests over guarded connections."""

    def __init__(self, resolver: Resolver, policy: Policy, user_agent: str, *, largest_body: int = MAX_BODY) -> None:
        self._largest_body = largest_body
        self._backend = _GuardedBackend(resolver, policy)
        self._idle: dict[str, dict[str, _Idle]] = {}
        self._headers = [
            (b"User-Agent", user_agent.encode("latin-1", "replace")),
            (b"Accept", b"text/html,application/xhtml+xml,*/*;q=0.8"),
            (b"Accept-Encoding", b"gzip, deflate"),
            (b"Accept-Language", b"en;q=0.9,*;q=0.5"),
        ]

    async def fetch(self, method: str, url: httpx.URL, deadlines: Deadlines, cookie: str = "") -> Answer:
        """Send one request; the first bytes of a body of text are read for GET. Raises NoAnswer."""
        headers = [(b"Host", url.netloc), *self._headers]
        if cookie:
            headers.append((b"Cookie", cookie.encode("latin-1", "replace")))

        async def read(response: httpcore.Response) -> Answer:
            return await _answer(method, response, self._largest_body)

        return await self._exchange(_request(method, url, deadlines, headers, b""), deadlines.total, read)

    async def ask(
        self, method: str, url: httpx.URL, deadlines: Deadlines, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        """Send one request to a program's interface, and read its answer to the end. Raises NoAnswer, also where the
        answer is longer than `MAX_API_BODY`, or breaks off. Nothing is followed, and no cookie is kept."""
        kept = [(name, value) for name, value in self._headers if name.decode() not in headers and name != b"Accept"]
        given = [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers.items()]
        sized = [(b"Content-Length", str(len(body)).encode())] if body or method == "POST" else []
        request = _request(method, url, deadlines, [(b"Host", url.netloc), *kept, *given, *sized], body)

        async def read(response: httpcore.Response) -> Answer:
            async with asyncio.timeout(deadlines.total):
                return await _whole_answer(response)

        return await self._exchange(request, deadlines.total, read)

    async def _exchange(
        self, request: httpcore.Request, seconds: float, read: Callable[[httpcore.Response], Awaitable[Answer]]
    ) -> Answer:
        origin = request.url.origin
        scheme, host = origin.scheme.decode("ascii"), dict(request.headers)[b"Host"].decode("ascii")
        idle = self._idle.setdefault(host, {}).setdefault(scheme, _Idle())
        connection = await idle.take() or self._connection(origin)
        try:
            async with asyncio.timeout(seconds):
                response = await connection.handle_async_request(request)
            try:
                return await read(response)
            finally:
                await response.aclose()
        except failures.EXPECTED as error:
            raise NoAnswer(failures.reason_of(error)) from error
        finally:
            await idle.give_back(connection)

    async def forget(self, host: str) -> None:
        """Close what is open to a host (`name` or `name:port`)."""
        for idle in list(self._idle.get(host, {}).values()):
            await idle.close()
        self._idle.pop(host, None)

    async def aclose(self) -> None:
        """Close everything."""
        for host in list(self._idle):
            await self.forget(host)

    def _connection(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        return httpcore.AsyncHTTPConnection(
            origin,
            ssl_context=self._certificates if origin.scheme == b"https" else None,
            keepalive_expiry=_KEPT_SECONDS,
            network_backend=self._backend,
        )

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        """One context for all hosts: making one costs 20 ms. `SSL_CERT_FILE` names other authorities."""
        return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())


def _request(
    method: str, url: httpx.URL, deadlines: Deadlines, headers: list[tuple[bytes, bytes]], body: bytes
) -> httpcore.Request:
    return httpcore.Request(
        method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=headers,
        content=body,
        extensions={"timeout": {"connect": deadlines.connect, "read": deadlines.read, "write": deadlines.read}},
    )


class _Idle:
    """The connections of one origin that wait for another request; the one that was used last goes first."""

    def __init__(self) -> None:
        self._waiting: list[httpcore.AsyncHTTPConnection] = []

    async def take(self) -> httpcore.AsyncHTTPConnection | None:
        """One that can be used, or None."""
        while self._waiting:
            connection = self._waiting.pop()
            if connection.is_available() and not connection.has_expired():
                return connection
            await connection.aclose()
        return None

    async def give_back(self, connection: httpcore.AsyncHTTPConnection) -> None:
        """Keep a connection that is fit for another request; close any other."""
        if connection.is_available() and connection.is_idle():
            self._waiting.append(connection)
        else:
            await connection.aclose()

    async def close(self) -> None:
        while self._waiting:
            await self._waiting.pop().aclose()


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were checked, and to nothing else."""

    def __init__(self, resolver: Resolver, policy: Policy) -> None:
        self._resolver = resolver
        self._policy = policy
        self._wire = Backend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look up, check, connect; the next address where one does not answer. Raises Refused and NoAddress."""
        spelled = literal(host)
        found = [str(spelled)] if spelled is not None else await self._resolver.addresses(host)
        addresses = checked(host, port, found, self._policy)
        if not addresses:
            raise NoAddress(Reason.SERVFAIL)
        for address in addresses[:-1]:
            try:
                return await self._wire.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # the last address's failure is the one that is told
        return await self._wire.connect_tcp(str(addresses[-1]), port, timeout, local_address, socket_options)


# The body -------------------------------------------------------------------------------------------------------------


async def _answer(method: str, response: httpcore.Response, largest: int) -> Answer:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    cookies = tuple(value.decode("latin-1") for name, value in response.headers if name.lower() == b"set-cookie")
    kind = headers.get("content-type", "text/html")
    is_text = method == "GET" and (kind.startswith("text/") or "html" in kind)
    body, whole = await _beginning(response, largest) if is_text or _is_soon_over(method, headers) else (b"", False)
    text = _decoded(body, headers, largest) if is_text else ""
    return Answer(response.status, headers, text, cookies, whole and len(text) < largest)


def _is_soon_over(method: str, headers: Mapping[str, str]) -> bool:
    """Whether an answer is worth reading to its end only because its connection can then be used again."""
    size = headers.get("content-length", "")
    return method == "HEAD" or (size.isdecimal() and int(size) <= _SMALL_BODY)


async def _beginning(response: httpcore.Response, largest: int) -> tuple[bytes, bool]:
    """The first bytes of a body, and whether that is all. One that is slow or breaks off is no fault of the link."""
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in response.aiter_stream():
                body += chunk
                if len(body) >= largest:
                    return bytes(body[:largest]), False
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, TimeoutError):
        return bytes(body), False  # what came is what there is to look at
    return bytes(body), True


async def _whole_answer(response: httpcore.Response) -> Answer:
    """An answer that is of use only as a whole. Raises NoAnswer, and httpcore's errors where it takes too long."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    body = bytearray()
    try:
        async for chunk in response.aiter_stream():
            body += chunk
            if len(body) > MAX_API_BODY:
                raise NoAnswer(Reason.PROTOCOL)
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        # Whether the other side's end arrives as a close or a reset is chance (it depends on what it had not read yet).
        raise NoAnswer(Reason.RESET) from error
    text = _decoded(bytes(body), headers, MAX_API_BODY)
    if len(text) >= MAX_API_BODY:
        raise NoAnswer(Reason.PROTOCOL)
    return Answer(response.status, headers, text, (), whole=True)


def _decoded(body: bytes, headers: Mapping[str, str], largest: int) -> str:
    if headers.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate"):
        try:
            body = zlib.decompressobj(47).decompress(body, largest)
        except zlib.error:
            return ""
    charset = headers.get("content-type", "").lower().partition("charset=")[2].strip("\"' ;")
    if not _WEB_CHARSET.fullmatch(charset):
        return body.decode("utf-8", "replace")
    try:
        return body.decode(charset, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
