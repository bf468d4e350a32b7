"""Room for requests and connections: none of it is lost, and none is wasted."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
from random import Random

import httpx
import pytest

from listbot.links.checker import Limits, run
from listbot.links.guard import Policy
from listbot.links.resolver import SystemResolver
from listbot.links.transport import Answer, Deadlines, HttpWire
from listbot.liveness import LinkResult, Outcome

LOOPBACK = Policy(allowed=(ipaddress.ip_network("127.0.0.0/8"),))
DEADLINES = Deadlines(5.0, 5.0, 5.0)


class _Together:
    """All that is under way is answered in one turn of the loop, as when many deadlines are over at once."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._asked = 0
        self._now = asyncio.Event()

    async def fetch(self, method: str, url: httpx.URL, deadlines: Deadlines, cookie: str = "") -> Answer:  # noqa: ARG002
        now = self._now
        self._asked += 1
        if self._asked % self._at_once == 0:
            now.set()
            self._now = asyncio.Event()
        await now.wait()
        return Answer(200, {}, "", ())

    async def forget(self, host: str) -> None:
        """There is nothing open."""


def test_answers_that_come_all_at_once_leave_room_for_the_rest() -> None:
    found: list[LinkResult] = []

    async def main() -> None:
        urls = [f"https://{number}.example/" for number in range(64)]
        await asyncio.wait_for(run(_Together(8), urls, found.append, Limits(at_once=8), chance=Random(1)), 20)  # noqa: S311

    asyncio.run(main())
    assert [result.outcome for result in found] == [Outcome.ALIVE] * 64


@pytest.mark.parametrize(
    ("method", "head", "body", "connections"),
    [
        ("HEAD", "Content-Type: application/pdf\r\nContent-Length: 900000\r\n", b"", 1),
        ("GET", "Content-Type: text/html\r\nContent-Length: 6\r\n", b"<html>", 1),
        ("GET", "Content-Type: application/pdf\r\nContent-Length: 8\r\n", b"%PDF-1.5", 1),
        ("GET", "Content-Type: application/pdf\r\nContent-Length: 900000\r\n", b"0" * 900_000, 3),
    ],
)
def test_a_connection_is_used_again_unless_what_is_left_on_it_is_long(
    method: str, head: str, body: bytes, connections: int
) -> None:
    opened = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError), contextlib.closing(writer):
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body)
                await writer.drain()

    async def main() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        wire = HttpWire(SystemResolver(), LOOPBACK, "listbot-test")
        for number in range(3):
            answer = await wire.fetch(method, httpx.URL(f"http://127.0.0.1:{port}/{number}"), DEADLINES)
            assert answer.status == 200
        await wire.aclose()
        server.close()
        await server.wait_closed()

    asyncio.run(main())
    assert opened == connections


def test_what_a_server_says_unasked_is_no_answer_to_the_next_request() -> None:
    """Servers say 408 on connections that were idle for too long, and close them."""
    opened = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        wire = HttpWire(SystemResolver(), LOOPBACK, "listbot-test")
        for number in range(2):
            answer = await wire.fetch("GET", httpx.URL(f"http://127.0.0.1:{port}/{number}"), DEADLINES)
            assert answer.status == 200
            await asyncio.sleep(0.3)
        await wire.aclose()
        server.close()
        await server.wait_closed()

    asyncio.run(main())
    assert opened == 2
