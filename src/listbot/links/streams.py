"""Bytes over a connection, as httpcore wants them, straight from asyncio.

httpcore's own way there goes through anyio, which is a fifth of what a link costs: a scope around each read and write.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any, cast

import httpcore

_MOST = 256 * 1024
"""In bytes: with so many unread, the other side has to wait."""


class Stream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One connection. What comes is kept until it is read."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport
        self._came = bytearray()
        self._ended = False
        self._error: Exception | None = None
        self._reader: asyncio.Future[None] | None = None

    # What the event loop calls ----------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # what connections of TCP and TLS have

    def data_received(self, data: bytes) -> None:
        self._came += data
        if len(self._came) > _MOST:
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended, self._error = True, exc
        self._wake()

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    # What httpcore calls ----------------------------------------------------------------------------------------------

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Up to so many bytes; none at the end. Raises ReadTimeout and ReadError."""
        if not self._came and not self._ended:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(timeout):
                    await self._reader
            except TimeoutError as error:
                raise httpcore.ReadTimeout from error
        if not self._came and self._error is not None:
            raise httpcore.ReadError from self._error
        came = bytes(self._came[:max_bytes])
        del self._came[:max_bytes]
        if not self._ended and len(self._came) <= _MOST:
            self._transport.resume_reading()
        return came

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the interface; requests are small
        """Raises WriteError where nobody is there any more."""
        if self._ended:
            raise httpcore.WriteError from self._error
        self._transport.write(buffer)

    async def aclose(self) -> None:
        """At once: nothing of ours is under way, and what is left unread is not wanted."""
        self._transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """The same connection, encrypted. Raises ConnectTimeout and ConnectError."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                encrypted = await loop.start_tls(self._transport, self, ssl_context, server_hostname=server_hostname)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except OSError as error:
            raise httpcore.ConnectError from error
        if encrypted is None:
            raise httpcore.ConnectError  # it closed meanwhile
        self._transport = encrypted
        return self

    def get_extra_info(self, info: str) -> Any:
        """`is_readable`: whether something came that nobody asked for, or the other side is gone."""
        return bool(self._came) or self._ended if info == "is_readable" else self._transport.get_extra_info(info)


class Backend(httpcore.AsyncNetworkBackend):
    """Opens connections to addresses."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - the interface; never given here
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - likewise
    ) -> httpcore.AsyncNetworkStream:
        """Raises ConnectTimeout and ConnectError."""
        try:
            async with asyncio.timeout(timeout):
                _, stream = await asyncio.get_running_loop().create_connection(Stream, host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except OSError as error:
            raise httpcore.ConnectError from error
        return stream
