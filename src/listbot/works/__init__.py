"""URL -> Work: what a link stands for, told from its URL alone.

The families, their hosts, paths and forms are rows of `rules/data/families.toml`; here is how a row is read, and the
few checks that no pattern can say: which arXiv ids there are, how DOIs are cleaned. Two links are the same work if
their `identity` is the same; nothing is asked of the network.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from listbot import tables
from listbot.works.addresses import Parts, kept, normalise, parts_of, spelled_out, without_tracking
from listbot.works.families import Route, families, family_of_host, routes_of
from listbot.works.readers import READERS, read_arxiv

__all__ = ["Work", "family_of_host", "identity", "normalise", "of", "without_tracking"]

_MAX_UNWRAPPED = 2


class Work(NamedTuple):
    """What a link stands for."""

    family: str
    """The row of the table: `arxiv`, `doi`, `acm`, `github`, …"""
    id: str
    """The same for all spellings: `arxiv:2407.06204`, `doi:10.1145/…` in lower case, `github:owner/repo`."""
    version: int | None
    """The version that the link names."""
    form: str
    """Which spelling of the family this is: `abs`, `pdf`, `pdf.pdf`, `landing`, …"""
    landing: str | None
    """The URL of the work's page, where it can be told without network."""
    pdf: str | None
    """The URL of the work's PDF, where it can be told without network."""


@lru_cache(maxsize=65_536)
def of(url: str) -> Work | None:
    """The work that a URL stands for, or None. Never raises.

    Takes what people write: blanks around it, `//host`, no scheme, `arXiv:…`, `doi:…`, and the wrappers of the table.
    A host that only looks like a known one (`arxiv.org.evil.com`, `arxiv.org@evil.com`) is another host.
    """
    parts = parts_of(spelled_out(url))
    return _unwrapped(parts, 0) if parts is not None else None


def identity(url: str) -> str | None:
    """The id of the work, else `url:` and the normalised URL; None for what is no web address."""
    work = of(url)
    if work is not None:
        return work.id
    key = normalise(url)
    return f"url:{key}" if key else None


def _unwrapped(parts: Parts, depth: int) -> Work | None:
    """Follow wrappers whose rows are in the table, at most twice; unknown hosts are never unwrapped."""
    if depth < _MAX_UNWRAPPED:
        for row in tables.load("families")["wrapper"]:
            if parts.host == row["host"] and (path := re.fullmatch(row["path"], parts.path, re.DOTALL)):
                inner = _wrapped_url(row, path, parts)
                target = parts_of(spelled_out(inner)) if inner else None
                return _unwrapped(target, depth + 1) if target is not None else None
    return _match(parts)


def _wrapped_url(row: Mapping[str, Any], path: re.Match[str], parts: Parts) -> str | None:
    if "url" in path.groupdict():
        inner = re.sub(r"\A(https?):/+", r"\1://", path["url"], flags=re.IGNORECASE)
        return f"{inner}?{parts.query}" if parts.query else inner
    values = dict(parse_qsl(parts.query))
    return next((values[key] for key in row["keys"] if key in values), None)


def _match(parts: Parts) -> Work | None:
    name = family_of_host(parts.host)
    if name is None:
        return None
    for route in routes_of(name):
        path = route.path.fullmatch(parts.path)
        if path is None:
            continue
        groups = {group: value or "" for group, value in path.groupdict().items()}
        if not _read_query(route, parts, groups):
            continue
        groups |= {"url": parts.url, "host": parts.host, "site": _site(parts.host), "site_name": _name(parts.host)}
        work = _work(route, groups)
        if work is not None:
            return work
    return None


def _read_query(route: Route, parts: Parts, groups: dict[str, str]) -> bool:
    for group, key, pattern in route.query:
        query = parts.query if key else "&".join(kept(parts.host, parts.query))
        value = dict(parse_qsl(query)).get(key, "") if key else unquote(query)
        if not pattern.fullmatch(value):
            return False
        groups[group] = value
    return True


def _site(host: str) -> str:
    return host if host.count(".") > 1 else f"www.{host}"


def _name(host: str) -> str:
    return host.partition(".")[0]


def _work(route: Route, groups: dict[str, str]) -> Work | None:
    if route.read is not None and not READERS[route.read](groups):
        return None
    if "family" in groups:
        return _of_doi(groups, route.form)
    form = route.form.format_map(groups)
    key = groups | {name: groups[f"{name} key"] for name in groups if f"{name} key" in groups}
    return Work(
        route.family,
        route.id.format_map(key),
        _version(groups),
        form,
        route.landing.format_map(groups) or None,
        route.pdf.format_map(groups) or None,
    )


def _version(groups: Mapping[str, str]) -> int | None:
    return int(groups["version"]) if groups.get("version") else None


def _of_doi(groups: dict[str, str], form: str) -> Work | None:
    """A DOI whose suffix names a work of another family."""
    family = families()[groups.pop("family")]
    read = "doi" if "doi" in groups and family["name"] == "acm" else None
    if family["name"] == "arxiv" and not read_arxiv(groups):
        return None
    if read is not None:
        groups["key"] = groups["doi"].lower()
    return Work(
        family["name"],
        family["id"].format_map(groups),
        _version(groups),
        f"doi-{form}",
        family["landing"].format_map(groups) or None,
        family["pdf"].format_map(groups) or None,
    )
