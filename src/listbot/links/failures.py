"""What went wrong with a request, by type: an error and its causes -> a reason. Pure."""

from __future__ import annotations

import ssl

import h11
import httpcore

from listbot.links.guard import Refused
from listbot.links.resolver import NoAddress
from listbot.liveness import Reason

EXPECTED = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    Refused,
    NoAddress,
    TimeoutError,
)
"""All that a request may end with instead of an answer."""


def reason_of(error: BaseException) -> Reason:
    """The reason behind an error; told by the types of it and of its causes, never by its words."""
    chain = _causes(error)
    for seen in chain:
        if isinstance(seen, Refused | NoAddress):
            return seen.reason
    for kinds, reason in _REASONS:
        if any(isinstance(seen, kinds) for seen in chain):
            return reason
    return Reason.RESET


_REASONS: tuple[tuple[tuple[type[BaseException], ...], Reason], ...] = (
    ((ssl.SSLEOFError, ssl.SSLZeroReturnError, ConnectionResetError, BrokenPipeError), Reason.RESET),
    ((ssl.SSLError, ssl.CertificateError), Reason.TLS),
    ((ConnectionRefusedError,), Reason.REFUSED),
    ((TimeoutError, httpcore.TimeoutException), Reason.TIMEOUT),
    ((httpcore.LocalProtocolError,), Reason.REFUSED_URL),
    ((h11.RemoteProtocolError,), Reason.PROTOCOL),
    ((httpcore.ConnectError,), Reason.REFUSED),
)


def _causes(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        if isinstance(current, BaseExceptionGroup):
            chain.extend(current.exceptions)
        current = current.__cause__ or current.__context__
    return chain
