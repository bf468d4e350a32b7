"""What is known of hosts beforehand: rows of `rules/data/hosts.toml` and `closed_sites.toml`. Pure.

A row's host stands for its subdomains too; the longest row that fits wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from listbot import tables

_PAPERS_DAYS = 30.0
"""Papers stay where they are."""


class Closed(NamedTuple):
    """A site that was closed."""

    host: str
    ends_at: tuple[str, ...]
    """URLs that mean that nothing is there; empty where the whole site is gone and need not be asked."""


def kind_of(host: str) -> str:
    """`wall`, `unasked`, `resolver`, `slow`, or empty where nothing is known."""
    row = _row(host, _hosts())
    return str(row["kind"]) if row is not None else ""


def interval_of(host: str) -> float:
    """Seconds that a host asks to have between requests; 0 where it does not ask."""
    row = _row(host, _hosts())
    return float(row.get("interval", 0.0)) if row is not None else 0.0


def memory_of(registry: str) -> float:
    """For how many days a registry's word that a work is alive holds."""
    rows = {row["registry"]: row["days"] for row in tables.load("registries").get("memory", ())}
    return float(rows.get(registry, _PAPERS_DAYS))


def closed(url: str) -> Closed | None:
    """The closed site that a URL lies on."""
    row = _row(host_of(url), _sites())
    return Closed(row["host"], tuple(row.get("ends-at", ()))) if row is not None else None


def mirrored(url: str) -> str | None:
    """Where a page of a shut mirror is now."""
    parts = urlsplit(url)
    row = _mirrors().get((parts.hostname or "").lower())
    return urlunsplit(("https", row["now"], parts.path, parts.query, parts.fragment)) if row is not None else None


def host_of(url: str) -> str:
    """The host in lower case, without `www.`; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _row(host: str, rows: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    name = host.lower().removeprefix("www.")
    while name:
        if name in rows:
            return rows[name]
        name = name.partition(".")[2]
    return None


@cache
def _hosts() -> Mapping[str, Mapping[str, Any]]:
    return _by_host(tables.load("hosts")["host"])


@cache
def _sites() -> Mapping[str, Mapping[str, Any]]:
    return _by_host(tables.load("closed_sites")["site"])


@cache
def _mirrors() -> Mapping[str, Mapping[str, Any]]:
    return _by_host(tables.load("closed_sites")["mirror"])


def _by_host(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    return {row["host"]: row for row in rows}
