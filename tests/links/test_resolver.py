"""Names and the system's resolver: each host once, failures told apart by type, nobody held up."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any

import pytest

from listbot.links.resolver import NoAddress, SystemResolver
from listbot.liveness import Reason


def test_a_host_is_looked_up_once_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def getaddrinfo(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", 0)), (10, 1, 6, "", ("::1", 0, 0, 0))]

    async def main() -> None:
        resolver = SystemResolver()
        found = await asyncio.gather(*(resolver.addresses("site.example") for _ in range(20)))
        assert found == [["127.0.0.1", "::1"]] * 20
        await resolver.addresses("site.example")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    asyncio.run(main())
    assert asked == ["site.example"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (socket.gaierror(socket.EAI_NONAME, "words"), Reason.NXDOMAIN),
        (socket.gaierror(socket.EAI_AGAIN, "Name or service not known"), Reason.SERVFAIL),
        (socket.gaierror(socket.EAI_FAIL, "words"), Reason.SERVFAIL),
        (OSError("no files left"), Reason.SERVFAIL),
        (UnicodeError("label too long"), Reason.SERVFAIL),
    ],
)
def test_failures_are_told_apart_by_type_and_asked_anew(
    monkeypatch: pytest.MonkeyPatch, error: Exception, reason: Reason
) -> None:
    asked: list[str] = []

    def getaddrinfo(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        raise error

    async def main() -> None:
        resolver = SystemResolver()
        for _ in range(2):
            with pytest.raises(NoAddress) as failure:
                await resolver.addresses("site.example")
            assert failure.value.reason == reason

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    asyncio.run(main())
    assert len(asked) == 2


def test_a_name_server_that_is_silent_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        release.wait(30)
        return []

    async def main() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await SystemResolver().addresses("silent.example")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    asyncio.run(main())
    assert not release.is_set()
    release.set()
