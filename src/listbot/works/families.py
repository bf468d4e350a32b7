"""The table of families of works: whose hosts they are, and by what routes their URLs are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from listbot import tables


class Route(NamedTuple):
    """One row of a family's `route`, compiled."""

    path: re.Pattern[str]
    query: tuple[tuple[str, str, re.Pattern[str]], ...]
    form: str
    read: str | None
    family: str
    id: str
    landing: str
    pdf: str


@cache
def families() -> Mapping[str, Mapping[str, Any]]:
    return {row["name"]: row for row in tables.load("families")["family"]}


@cache
def _by_host() -> Mapping[str, str]:
    return {host: name for name, row in families().items() for host in row["hosts"]}


@cache
def routes_of(name: str) -> tuple[Route, ...]:
    """The routes of a family; compiled when the first URL of the family is met."""
    family = families()[name]
    return tuple(_route(family, row) for row in family["route"])


def _route(family: Mapping[str, Any], row: Mapping[str, Any]) -> Route:
    target = families()[row.get("as", family.get("as", family["name"]))]
    query = tuple((group, key, re.compile(pattern)) for group, (key, pattern) in row.get("query", {}).items())
    return Route(
        path=re.compile(row["path"], re.IGNORECASE if row["path"].startswith("/abs/(?:arxiv") else 0),
        query=query,
        form=row["form"],
        read=row.get("read"),
        family=target["name"],
        id=row.get("id", target["id"]),
        landing=row.get("landing", target["landing"]),
        pdf=row.get("pdf", target["pdf"]),
    )


def family_of_host(host: str) -> str | None:
    """The family whose own host this is (in lower case, without `www.`), or None."""
    hosts = _by_host()
    if host in hosts:
        return hosts[host]
    at = host.find(".")
    while at >= 0:
        name = hosts.get("*" + host[at:])
        if name is not None:
            return name
        at = host.find(".", at + 1)
    return None
