"""listbot on the simulated web: the command as it is, but for where names lead: every host of the list of papers stands
on loopback, without TLS. Nothing else is reached.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import httpcore
from tests.links.registries.github import TOKEN

from bench.links.papers import SITES, address_of
from bench.links.papers_web import registry_addresses
from listbot.cli import main
from listbot.links import transport


class _Plain(httpcore.AsyncNetworkStream):
    """A stream on which TLS is taken for granted."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        return self

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Here(httpcore.AsyncNetworkBackend):
    """Connects names of the list of papers to where they stand, and addresses of the simulated web to themselves."""

    port = 0

    def __init__(self, *_: object) -> None:
        self._places = registry_addresses() | {site.host: address_of(name) for name, site in SITES.items()}
        self._wire = httpcore.AnyIOBackend()

    async def connect_tcp(self, host: str, port: int, *rest: Any, **named: Any) -> httpcore.AsyncNetworkStream:
        place = self._places.get(host)
        if place is None and not host.startswith("127.1."):
            raise httpcore.ConnectError(f"{host} is none of the simulated web")
        stream = await self._wire.connect_tcp(place or host, self.port if place else port, *rest, **named)
        return _Plain(stream)


def run(port: int, arguments: Sequence[str]) -> int:
    """The command, where every port of a site of papers is this one; its exit code."""
    _Here.port = port
    transport._GuardedBackend = _Here  # type: ignore[assignment,misc]  # names lead elsewhere here, and nowhere else
    os.environ["GITHUB_TOKEN"] = TOKEN
    return main(arguments)
