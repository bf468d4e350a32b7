"""Names of hosts -> addresses, by the system's resolver; each host is looked up once at a time and remembered."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Protocol

from listbot.liveness import Reason

_AT_ONCE = 32
"""Lookups at a time. The event loop's own pool has a handful of threads, and silent name servers would fill it."""


class NoAddress(Exception):  # noqa: N818 - it names what happened
    """A host without an address: `nxdomain` where its name does not exist, `servfail` where nobody could tell."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Resolver(Protocol):
    """Whoever turns names into addresses. Tests bring their own."""

    async def addresses(self, host: str) -> list[str]:
        """All addresses of a host. Raises NoAddress."""


class SystemResolver:
    """`getaddrinfo` in threads of its own, which do not hold up the end of the program."""

    def __init__(self) -> None:
        self._found: dict[str, asyncio.Task[list[str]]] = {}
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def addresses(self, host: str) -> list[str]:
        """All addresses of a host; a failed lookup is asked anew the next time. Raises NoAddress."""
        task = self._found.get(host)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._found[host] = asyncio.ensure_future(self._look_up(host))
        return await asyncio.shield(task)

    async def _look_up(self, host: str) -> list[str]:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str]] = loop.create_future()

        def ask() -> None:
            said: tuple[list[str], NoAddress | None] = [], NoAddress(Reason.SERVFAIL)
            try:
                said = _ask(host)
            finally:  # whatever happens in the thread, somebody waits for it
                if not loop.is_closed():
                    loop.call_soon_threadsafe(_settle, answer, *said)

        async with self._free:
            threading.Thread(target=ask, daemon=True).start()
            return await answer


def _ask(host: str) -> tuple[list[str], NoAddress | None]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        absent = error.errno == socket.EAI_NONAME
        return [], NoAddress(Reason.NXDOMAIN if absent else Reason.SERVFAIL)
    except (OSError, UnicodeError):
        return [], NoAddress(Reason.SERVFAIL)
    return [str(row[4][0]) for row in found], None


def _settle(answer: asyncio.Future[list[str]], found: list[str], error: NoAddress | None) -> None:
    if answer.done():
        return
    if error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(found)
