"""A URL taken apart: host, path and query as they are compared, and without what only tracks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from listbot import tables

_URL = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?//(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?"
    r"(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
_SCHEMELESS = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?::\d+)?/")
_PREFIXED = re.compile(r"(?P<family>arxiv|doi):\s*(?P<rest>\S+)", re.IGNORECASE)
_HOST = re.compile(r"(?P<host>[^@:\[\]\s]+?)\.?(?::(?:80|443))?")
_SLASHES = re.compile(r"/{2,}")
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_MAX_URL = 4_000
"""Longer URLs are nobody's link to a work, and hostile ones are long."""


class Parts(NamedTuple):
    """A URL taken apart: host in lower case without `www.`, path decoded and tidied."""

    url: str
    """By https, without query and fragment, else as written."""
    host: str
    path: str
    query: str


def spelled_out(url: str) -> str:
    """The URL that people mean by `arXiv:…`, `doi:…`, or one without a scheme."""
    url = url.strip()[:_MAX_URL]
    prefixed = _PREFIXED.fullmatch(url)
    if prefixed is not None:
        hosts = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}
        return hosts[prefixed["family"].lower()] + prefixed["rest"]
    if _SCHEMELESS.match(url):
        return "https://" + url
    return url


def host_of(authority: str) -> str | None:
    """The host in lower case without `www.`; None where the authority names a user or another port."""
    match = _HOST.fullmatch(authority)
    return match["host"].lower().removeprefix("www.") if match else None


def parts_of(url: str) -> Parts | None:
    """A web address taken apart; None for what is none."""
    match = _URL.fullmatch(url)
    if match is None or (match["scheme"] or "https").lower() not in ("http", "https"):
        return None
    host = host_of(match["authority"])
    if not host:
        return None
    path = match["path"]
    if "%" in path:
        path = unquote(path)
    path = _SESSION.sub("", _SLASHES.sub("/", path)).rstrip("/") or "/"
    return Parts(f"https://{match['authority'].lower()}{match['path']}", host, path, match["query"] or "")


def kept(host: str, query: str) -> list[str]:
    """The pairs of a query that say something about the page."""
    if not query:
        return []
    everywhere, by_host = _tracking()
    own = by_host.get(host)
    pairs = []
    for pair in query.split("&"):
        key = pair.partition("=")[0]
        if pair and not everywhere.fullmatch(key) and not (own is not None and own.fullmatch(key)):
            pairs.append(pair)
    return pairs


@cache
def _tracking() -> tuple[re.Pattern[str], Mapping[str, re.Pattern[str]]]:
    table = tables.load("families")
    by_host = {host: re.compile("|".join(keys)) for host, keys in table["tracking-of-host"].items()}
    return re.compile("|".join(table["tracking"])), by_host


@lru_cache(maxsize=65_536)
def normalise(url: str) -> str:
    """A key under which spellings of one web address are equal; empty for what is no web address.

    Scheme, `www.`, the host's case, default ports, a final slash and tracking keys do not count; the fragment does,
    because pages route by it (`reference/lists.md` §3, consequence 4).
    """
    match = _URL.fullmatch(url.strip().replace("\\_", "_")[:_MAX_URL])
    if match is None or (match["scheme"] or "https").lower() not in ("http", "https"):
        return ""
    host = host_of(match["authority"])
    if not host or "." not in host:
        return ""
    query = "&".join(kept(host, match["query"] or ""))
    fragment = match["fragment"] or ""
    return host + match["path"].rstrip("/") + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def without_tracking(url: str) -> str:
    """The URL as written, less tracking keys and an empty `#` or `?` at its end."""
    match = _URL.fullmatch(url)
    if match is None:
        return url
    host = host_of(match["authority"]) or ""
    before, _, fragment = url.partition("#")
    address, mark, query = before.partition("?")
    telling = kept(host, query)
    if len(telling) < query.count("&") + bool(query):
        before = address + (mark + "&".join(telling) if telling else "")
    elif mark and not query:
        before = address
    return before + (f"#{fragment}" if fragment else "")
