"""The simulated web: `python -m bench.links.web HOSTS SECONDS`, one process, one thread, on 127.1.0.0/16 only.

It prints its port, then obeys lines on its standard input: `real` or `calm` begins a run (calm: no latency and no
limits) and answers with the counts of the run before, as one line of JSON. It ends when its input does, and after
SECONDS at the latest.
"""

from __future__ import annotations

import asyncio
import json
import resource
import socket
import struct
import sys
from functools import partial
from typing import NamedTuple

from bench.links.bucket import Bucket
from bench.links.truth import address, latency, limit_of

_LONGEST_HEAD = 64 * 1024
_RETRY_AFTER = 1
"""In seconds: what a 429 and a 503 ask for."""
_GRACE = 0.25
"""In seconds: a request this soon after a 429 was on its way, or its client had no time to read."""
_SLOW_PARTS, _SLOW_SECONDS = 20, 5.0
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of no time: closing sends RST."""


class Reply(NamedTuple):
    """An answer, ready to be sent. One for HEAD is sent without its body."""

    head: bytes
    body: bytes = b""
    slow: bool = False
    reset: bool = False
    silent: bool = False
    asks_for_pause: bool = False


def _page(status: str, body: bytes, kind: str = "text/html; charset=utf-8", more: str = "") -> Reply:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return Reply(head.encode("ascii"), body)


def _html(title: str, size: int) -> bytes:
    text = f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>\n"
    filling = "<p>A paragraph of what this page is about.</p>\n"
    return (text + filling * (size // len(filling)) + "</body></html>\n").encode()


def _pages(status: str, title: str, size: int = 2_000, more: str = "") -> tuple[Reply, ...]:
    """As a page, and as a file. A failure is a page in either case."""
    is_good = status.startswith("200")
    page = _page(status, _html(title, size), more=more)
    return page, _page(status, b"%PDF-1.5\n" + b"0" * size, "application/pdf") if is_good else page


_WAIT = f"Retry-After: {_RETRY_AFTER}\r\n"
_PAGES = {
    "ok": _pages("200 OK", "A page that is there"),
    "big": _pages("200 OK", "A long page", 500_000),
    "slowbody": _pages("200 OK", "A page that comes slowly", 20_000),
    "404": _pages("404 Not Found", "Nothing here"),
    "410": _pages("410 Gone", "It is gone"),
    "403": _pages("403 Forbidden", "Forbidden"),
    "500": _pages("500 Internal Server Error", "An error"),
    "soft404": _pages("200 OK", "404 - Page not found"),
    "405": _pages("405 Method Not Allowed", "Not this way", more="Allow: GET\r\n"),
    "503": _pages("503 Service Unavailable", "Soon", more=_WAIT),
    "429": _pages("429 Too Many Requests", "Not so fast", more=_WAIT),
}
for _status in ("429", "503"):
    _PAGES[_status] = tuple(reply._replace(asks_for_pause=True) for reply in _PAGES[_status])
_PAGES["slowbody"] = tuple(reply._replace(slow=True) for reply in _PAGES["slowbody"])
_REDIRECTS = {
    "r1": ("301 Moved Permanently", "ok", False),
    "r2": ("302 Found", "r1", False),
    "r3": ("302 Found", "r2", True),
    "r404": ("302 Found", "404", False),
    "rloop": ("302 Found", "rloop", False),
}
"""Kind -> status, the kind that it leads to, and whether that is at another host."""


class Host:
    """One virtual host, during one run."""

    __slots__ = ("address", "bucket", "flying", "most", "number", "pauses")

    def __init__(self, number: int, now: float) -> None:
        self.number = number
        self.address = address(number)
        self.bucket = Bucket(limit_of(number), now)
        self.flying = self.most = 0
        self.pauses: list[tuple[float, float]] = []
        """When the host was not to be asked: it had said so, and there was time to read it."""


class Counts:
    """What is counted in one run."""

    def __init__(self) -> None:
        self.requests = self.limited = self.heads = self.connections = 0
        self.early = 0
        """Requests to a host that had asked for a pause that was not over."""
        self.flying = self.most = 0
        """Under way, over all hosts."""


class Web:
    """The hosts of one run and what is counted."""

    def __init__(self, hosts: int) -> None:
        self.port = 0
        self.calm = True
        self._many = hosts
        self.begin(calm=True)

    def begin(self, *, calm: bool) -> None:
        """Forget what was: a client of one run meets the same web as that of any other."""
        now = asyncio.get_running_loop().time()
        self.calm = calm
        self.hosts = [Host(number, now) for number in range(self._many)]
        self.counts = Counts()
        self._once: set[tuple[int, str]] = set()

    def figures(self) -> dict[str, int]:
        """The counts of the run so far."""
        small = max((host.most for host in self.hosts[1:]), default=0)
        counts = self.counts
        return {
            "requests": counts.requests,
            "limited": counts.limited,
            "early": counts.early,
            "heads": counts.heads,
            "connections": counts.connections,
            "most": counts.most,
            "most_big": self.hosts[0].most,
            "most_small": small,
        }

    def ask(self, host: Host, method: str, path: str, now: float) -> tuple[float, Reply]:
        """One request -> seconds to wait, and what to say then."""
        counts = self.counts
        counts.requests += 1
        counts.heads += method == "HEAD"
        if self.calm:
            return 0.0, self._reply(host, method, path)
        counts.early += any(start < now < end for start, end in host.pauses)
        if not host.bucket.take(now):
            counts.limited += 1
            return 0.0, _PAGES["429"][0]
        return latency(host.number, path), self._reply(host, method, path)

    def told(self, host: Host, reply: Reply, now: float) -> None:
        """An answer leaves now. Where it asks for a pause, the host has one from when its client can have read it."""
        if reply.asks_for_pause:
            host.pauses = [pause for pause in host.pauses if pause[1] > now]
            host.pauses.append((now + _GRACE, now + _RETRY_AFTER))

    def _reply(self, host: Host, method: str, path: str) -> Reply:
        _, kind, name = path.split("/", 2) if path.count("/") == 2 else ("", "404", "")
        is_file = name.endswith(".pdf")
        if kind in _PAGES:
            return _PAGES[kind][is_file]
        if kind in ("503once", "reset1"):
            return self._first_time(host, kind, path) or _PAGES["ok"][is_file]
        if kind in ("head404", "head405"):
            return _PAGES[kind[4:] if method == "HEAD" else "ok"][is_file]
        if kind in ("reset", "silent"):
            return Reply(b"", reset=kind == "reset", silent=kind == "silent")
        return self._redirect(host, kind, name)

    def _first_time(self, host: Host, kind: str, path: str) -> Reply | None:
        if (host.number, path) in self._once:
            return None
        self._once.add((host.number, path))
        return _PAGES["503"][0] if kind == "503once" else Reply(b"", reset=True)

    def _redirect(self, host: Host, kind: str, name: str) -> Reply:
        if kind not in _REDIRECTS:
            return _PAGES["404"][0]
        status, kind, leaves = _REDIRECTS[kind]
        to = self.hosts[(host.number + 1) % self._many] if leaves else host
        return _page(status, b"", more=f"Location: http://{to.address}:{self.port}/{kind}/{name}\r\n")


class Connection(asyncio.Protocol):
    """One connection of a client to a host: requests one after the other, kept open."""

    def __init__(self, web: Web, number: int) -> None:
        self._web = web
        self._number = number
        self._loop = asyncio.get_running_loop()
        self._came = b""
        self._under_way: Host | None = None
        self._counts = web.counts
        self._timer: asyncio.TimerHandle | None = None
        self._open = False
        self._last = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._open = True
        self._web.counts.connections += 1

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._open = False
        if self._timer is not None:
            self._timer.cancel()
        self._landed()

    def data_received(self, data: bytes) -> None:
        self._came += data
        if len(self._came) > _LONGEST_HEAD:
            self._transport.abort()
        elif self._under_way is None:
            self._next()

    def _next(self) -> None:
        head, end, rest = self._came.partition(b"\r\n\r\n")
        if not end:
            return
        self._came = rest
        method, _, target = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
        self._last = b"connection: close" in head.lower()
        host = self._web.hosts[self._number]
        self._takes_off(host)
        wait, reply = self._web.ask(host, method, target.partition(" ")[0], self._loop.time())
        if wait:
            self._timer = self._loop.call_later(wait, self._answer, reply, method == "HEAD")
        else:
            self._answer(reply, method == "HEAD")

    def _answer(self, reply: Reply, is_head: bool) -> None:
        if self._under_way is not None:
            self._web.told(self._under_way, reply, self._loop.time())
        if reply.silent:
            return  # until the client gives up
        if reply.reset:
            self._transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self._transport.abort()
        elif is_head:
            self._transport.write(reply.head)
            self._done()
        elif reply.slow:
            self._transport.write(reply.head)
            self._drip(reply.body, 0)
        else:
            self._transport.write(reply.head + reply.body)
            self._done()

    def _drip(self, body: bytes, part: int) -> None:
        size = len(body) // _SLOW_PARTS + 1
        self._transport.write(body[part * size : (part + 1) * size])
        if part == _SLOW_PARTS - 1:
            self._done()
        else:
            self._timer = self._loop.call_later(_SLOW_SECONDS / _SLOW_PARTS, self._drip, body, part + 1)

    def _done(self) -> None:
        self._timer = None
        self._landed()
        if self._last:
            self._transport.close()
        elif self._open and self._came:
            self._next()

    def _takes_off(self, host: Host) -> None:
        self._under_way, self._counts = host, self._web.counts
        host.flying += 1
        host.most = max(host.most, host.flying)
        self._counts.flying += 1
        self._counts.most = max(self._counts.most, self._counts.flying)

    def _landed(self) -> None:
        if self._under_way is not None:
            self._under_way.flying -= 1
            self._counts.flying -= 1
            self._under_way = None


async def listen(web: Web, hosts: int) -> list[asyncio.Server]:
    """All hosts on one port: the first takes one that is free, the others the same."""
    loop = asyncio.get_running_loop()
    servers = []
    for number in range(hosts):
        server = await loop.create_server(partial(Connection, web, number), address(number), web.port, backlog=1_024)
        web.port = server.sockets[0].getsockname()[1]
        servers.append(server)
    return servers


async def _obey(web: Web) -> None:
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        told = web.figures()
        web.begin(calm=line.strip() == b"calm")
        print(json.dumps(told), flush=True)


async def serve(hosts: int, seconds: float) -> None:
    """Serve until standard input ends, or for so many seconds."""
    web = Web(hosts)
    servers = await listen(web, hosts)
    print(web.port, flush=True)
    try:
        async with asyncio.timeout(seconds):
            await _obey(web)
    except TimeoutError:
        print("the simulated web ended: its time was up", file=sys.stderr)
    for server in servers:
        server.close()


def main() -> int:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    hosts, seconds = sys.argv[1:]
    asyncio.run(serve(int(hosts), float(seconds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
