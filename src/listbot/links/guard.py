"""Keeps requests on the public web, whatever a list, a redirect or a name server says.

A list is written by strangers: each URL of it is a request that somebody else makes from our machine. So only http and
https are asked, without credentials, at ports 80 and 443; every address that a host's name stands for must be global,
and the connection goes to the very address that was checked. Redirects are checked like first requests, because each
of their connections is made here too (reference/links.md §3, 22).
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import NamedTuple

import httpx
import idna

from listbot.liveness import Reason

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_MAX_URL = 4_000
_LAST_PORT = 65_535
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_TEREDO = IPv6Network("2001::/32")
_NEVER: tuple[Network, ...] = (
    IPv4Network("168.63.129.16/32"),  # Azure's metadata and control, on an address that looks public
    IPv4Network("192.0.0.0/24"),  # protocol assignments, Oracle's metadata among them
    IPv4Network("192.88.99.0/24"),  # the 6to4 relay, retired by RFC 7526
    IPv4Network("100.64.0.0/10"),  # shared by the customers of a provider (CGNAT), Alibaba's metadata among them
    IPv6Network("64:ff9b:1::/48"),  # NAT64 for local use, RFC 8215
    IPv6Network("::/96"),  # IPv4-compatible, retired by RFC 4291
)
"""What is refused whatever the standard library of this Python says of it."""


class Refused(Exception):  # noqa: N818 - it names what happened
    """What is not asked, with the reason. Raised before any packet is sent there."""

    def __init__(self, reason: Reason, what: str) -> None:
        super().__init__(what)
        self.reason = reason


class Policy(NamedTuple):
    """Where requests may go."""

    ports: frozenset[int] = frozenset({80, 443})
    allowed: tuple[Network, ...] = ()
    """Networks that are reached although they are private, at any port: for one's own servers, and for tests."""


def tidy(url: str) -> httpx.URL:
    """A URL as it is asked: without fragment, host in ASCII. Raises Refused for what is no plain web address."""
    if len(url) > _MAX_URL:
        raise Refused(Reason.REFUSED_URL, "this URL is longer than any that a server takes")
    try:
        parsed = httpx.URL(_with_ascii_host(url.strip().partition("#")[0]))
        if "/" not in str(parsed).partition("://")[2].partition("?")[0]:  # no path is the path /
            parsed = parsed.copy_with(raw_path=parsed.raw_path)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise Refused(Reason.REFUSED_URL, f"this is no URL: {error}") from None
    if parsed.scheme not in ("http", "https"):
        raise Refused(Reason.REFUSED_URL, "only http and https are asked")
    if parsed.userinfo:
        raise Refused(Reason.REFUSED_URL, "a URL with a name or password in it is not asked")
    if (parsed.port or 0) > _LAST_PORT:
        raise Refused(Reason.REFUSED_URL, f"there is no port {parsed.port}")
    host = parsed.raw_host.decode("ascii")
    if ":" not in host and not _HOST.fullmatch(host):
        raise Refused(Reason.REFUSED_URL, "this is no name of a host")
    return parsed


def host_in(url: str) -> str:
    """The host of a URL that is tidy already: `name`, or `name:port` where the port is not the scheme's own."""
    return url.split("/", 3)[2]


def _with_ascii_host(url: str) -> str:
    """The URL with a host in letters of other scripts spelled in ASCII, as browsers do (UTS 46)."""
    if url.isascii():
        return url
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*://)([^/?#]*)(.*)", url, re.DOTALL)
    if match is None or match[2].isascii():
        return url
    host, colon, port = match[2].partition(":")
    return match[1] + idna.encode(host, uts46=True).decode("ascii") + colon + port + match[3]


def literal(host: str) -> Address | None:
    """The address that a host spells, in any way that a C library would read: dotted, octal, hex, one number, short."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        pass  # no address in its usual spelling; the next lines look for the unusual ones
    if not re.fullmatch(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?", host, re.IGNORECASE):
        return None
    try:
        return IPv4Address(socket.inet_aton(host.rstrip(".")))
    except OSError:
        return None


def hidden_in(address: Address) -> list[Address]:
    """An address and every address of the old Internet that it stands for: mapped, 6to4, NAT64, Teredo."""
    found: list[Address] = [address]
    if not isinstance(address, IPv6Address):
        return found
    last = IPv4Address(int(address) & 0xFFFF_FFFF)
    if address.ipv4_mapped is not None:
        found.append(address.ipv4_mapped)
    elif address in _NAT64:
        found.append(last)
    elif address in _SIX_TO_FOUR:
        found.append(IPv4Address((int(address) >> 80) & 0xFFFF_FFFF))
    elif address in _TEREDO and address.teredo is not None:
        found.extend(address.teredo)
    return found


def is_global(address: Address) -> bool:
    """Whether an address, unmasked, is one of the public Internet that a web server can have."""
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return False
    faces = hidden_in(address)
    return all(_is_plainly_global(face) for face in faces[1:] or faces)


def _is_plainly_global(address: Address) -> bool:
    never = any(address.version == network.version and address in network for network in _NEVER)
    return address.is_global and not (never or address.is_multicast or address.is_reserved)


def checked(host: str, port: int, addresses: Sequence[str], policy: Policy) -> list[Address]:
    """The addresses of a host, all of them allowed, the old Internet's first. Raises Refused.

    One bad address among good ones refuses the host: a name that points inside as well as outside is an attack or a
    mistake, and which of them a client takes is chance.
    """
    found = [ipaddress.ip_address(address) for address in dict.fromkeys(addresses)]
    for address in found:
        inside = any(address.version == network.version and address in network for network in policy.allowed)
        if not inside and not is_global(address):
            raise Refused(Reason.REFUSED_ADDRESS, f"{host} stands for {address}, which is not public")
        if not inside and port not in policy.ports:
            raise Refused(Reason.REFUSED_URL, f"port {port} is not asked")
    return sorted(found, key=lambda address: address.version)
