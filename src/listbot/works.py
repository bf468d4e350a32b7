"""URL -> Work: what a link stands for, told from its URL alone.

The families, their hosts, paths and forms are rows of `rules/data/families.toml`; here is how a row is read, and the
few checks that no pattern can say: which arXiv ids there are, how DOIs are cleaned. Two links are the same work if
their `identity` is the same; nothing is asked of the network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, unquote

from listbot import arxiv_ids, tables

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
_OWN_PAGES = frozenset(
    "search sponsors topics features about pricing login join orgs marketplace settings collections trending explore "
    "notifications issues pulls users apps site enterprise security customer-stories readme events stars".split()
)
"""What stands first in a path of GitHub's and is no owner."""
_MAX_URL = 4_000
"""Longer URLs are nobody's link to a work, and hostile ones are long."""
_MAX_UNWRAPPED = 2
_UNSAFE_IN_DOI = "/:;().,_-+=@!*'$&~[]"


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


class _Parts(NamedTuple):
    """A URL taken apart: host in lower case without `www.`, path decoded and tidied."""

    url: str
    """By https, without query and fragment, else as written."""
    host: str
    path: str
    query: str


class _Route(NamedTuple):
    """One row of a family's `route`, compiled."""

    path: re.Pattern[str]
    query: tuple[tuple[str, str, re.Pattern[str]], ...]
    form: str
    read: str | None
    family: str
    id: str
    landing: str
    pdf: str


# The public functions ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=65_536)
def of(url: str) -> Work | None:
    """The work that a URL stands for, or None. Never raises.

    Takes what people write: blanks around it, `//host`, no scheme, `arXiv:…`, `doi:…`, and the wrappers of the table.
    A host that only looks like a known one (`arxiv.org.evil.com`, `arxiv.org@evil.com`) is another host.
    """
    parts = _parts(_spelled_out(url))
    return _unwrapped(parts, 0) if parts is not None else None


def identity(url: str) -> str | None:
    """The id of the work, else `url:` and the normalised URL; None for what is no web address."""
    work = of(url)
    if work is not None:
        return work.id
    key = normalise(url)
    return f"url:{key}" if key else None


@lru_cache(maxsize=65_536)
def normalise(url: str) -> str:
    """A key under which spellings of one web address are equal; empty for what is no web address.

    Scheme, `www.`, the host's case, default ports, a final slash and tracking keys do not count; the fragment does,
    because pages route by it (`reference/lists.md` §3, consequence 4).
    """
    match = _URL.fullmatch(url.strip().replace("\\_", "_")[:_MAX_URL])
    if match is None or (match["scheme"] or "https").lower() not in ("http", "https"):
        return ""
    host = _host(match["authority"])
    if not host or "." not in host:
        return ""
    query = "&".join(_kept(host, match["query"] or ""))
    fragment = match["fragment"] or ""
    return host + match["path"].rstrip("/") + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def without_tracking(url: str) -> str:
    """The URL as written, less tracking keys and an empty `#` or `?` at its end."""
    match = _URL.fullmatch(url)
    if match is None:
        return url
    host = _host(match["authority"]) or ""
    before, _, fragment = url.partition("#")
    address, mark, query = before.partition("?")
    kept = _kept(host, query)
    if len(kept) < query.count("&") + bool(query):
        before = address + (mark + "&".join(kept) if kept else "")
    elif mark and not query:
        before = address
    return before + (f"#{fragment}" if fragment else "")


# Taking a URL apart --------------------------------------------------------------------------------------------------


def _spelled_out(url: str) -> str:
    url = url.strip()[:_MAX_URL]
    prefixed = _PREFIXED.fullmatch(url)
    if prefixed is not None:
        hosts = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}
        return hosts[prefixed["family"].lower()] + prefixed["rest"]
    if _SCHEMELESS.match(url):
        return "https://" + url
    return url


def _host(authority: str) -> str | None:
    match = _HOST.fullmatch(authority)
    return match["host"].lower().removeprefix("www.") if match else None


def _parts(url: str) -> _Parts | None:
    match = _URL.fullmatch(url)
    if match is None or (match["scheme"] or "https").lower() not in ("http", "https"):
        return None
    host = _host(match["authority"])
    if not host:
        return None
    path = match["path"]
    if "%" in path:
        path = unquote(path)
    path = _SESSION.sub("", _SLASHES.sub("/", path)).rstrip("/") or "/"
    return _Parts(f"https://{match['authority'].lower()}{match['path']}", host, path, match["query"] or "")


def _kept(host: str, query: str) -> list[str]:
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


def _unwrapped(parts: _Parts, depth: int) -> Work | None:
    """Follow wrappers whose rows are in the table, at most twice; unknown hosts are never unwrapped."""
    if depth < _MAX_UNWRAPPED:
        for row in tables.load("families")["wrapper"]:
            if parts.host == row["host"] and (path := re.fullmatch(row["path"], parts.path, re.DOTALL)):
                inner = _wrapped_url(row, path, parts)
                target = _parts(_spelled_out(inner)) if inner else None
                return _unwrapped(target, depth + 1) if target is not None else None
    return _match(parts)


def _wrapped_url(row: Mapping[str, Any], path: re.Match[str], parts: _Parts) -> str | None:
    if "url" in path.groupdict():
        inner = re.sub(r"\A(https?):/+", r"\1://", path["url"], flags=re.IGNORECASE)
        return f"{inner}?{parts.query}" if parts.query else inner
    values = dict(parse_qsl(parts.query))
    return next((values[key] for key in row["keys"] if key in values), None)


# Reading the table ---------------------------------------------------------------------------------------------------


@cache
def _families() -> Mapping[str, Mapping[str, Any]]:
    return {row["name"]: row for row in tables.load("families")["family"]}


@cache
def _by_host() -> Mapping[str, str]:
    return {host: name for name, row in _families().items() for host in row["hosts"]}


@cache
def _routes(name: str) -> tuple[_Route, ...]:
    """The routes of a family; compiled when the first URL of the family is met."""
    family = _families()[name]
    return tuple(_route(family, row) for row in family["route"])


def _route(family: Mapping[str, Any], row: Mapping[str, Any]) -> _Route:
    target = _families()[row.get("as", family.get("as", family["name"]))]
    query = tuple((group, key, re.compile(pattern)) for group, (key, pattern) in row.get("query", {}).items())
    return _Route(
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


def _match(parts: _Parts) -> Work | None:
    name = family_of_host(parts.host)
    if name is None:
        return None
    for route in _routes(name):
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


def _read_query(route: _Route, parts: _Parts, groups: dict[str, str]) -> bool:
    for group, key, pattern in route.query:
        query = parts.query if key else "&".join(_kept(parts.host, parts.query))
        value = dict(parse_qsl(query)).get(key, "") if key else unquote(query)
        if not pattern.fullmatch(value):
            return False
        groups[group] = value
    return True


def _site(host: str) -> str:
    return host if host.count(".") > 1 else f"www.{host}"


def _name(host: str) -> str:
    return host.partition(".")[0]


def _work(route: _Route, groups: dict[str, str]) -> Work | None:
    if route.read is not None and not _READERS[route.read](groups):
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
    family = _families()[groups.pop("family")]
    read = "doi" if "doi" in groups and family["name"] == "acm" else None
    if family["name"] == "arxiv" and not _read_arxiv(groups):
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


# What no pattern can say ---------------------------------------------------------------------------------------------


def _read_arxiv(groups: dict[str, str]) -> bool:
    written = groups.get("paper") or ""
    if "archive" in groups:
        written = f"{groups['archive']}/{groups['n']}"
    elif "month" in groups:
        written = f"{groups['month']}.{groups['number']}"
    found = arxiv_ids.read(written)
    if found is None:
        return False
    groups["paper"], groups["version"] = found
    return True


def _read_doi(groups: dict[str, str]) -> bool:
    """Clean a DOI; `doi` is left as it goes into a URL, `key` as it is compared."""
    name = groups["doi"].strip().rstrip("/")
    if not re.fullmatch(r"10\.\d{4,9}(?:\.\d+)*/\S+", name):
        return False
    for row in _doi_families():
        match = row[0].fullmatch(name)
        if match is not None and groups.get("host", "") in _families()["doi"]["hosts"]:
            groups.update({group: value or "" for group, value in match.groupdict().items()})
            groups["family"] = row[1]
            return True
    groups["doi"], groups["key"] = quote(name, safe=_UNSAFE_IN_DOI), name.lower()
    return True


@cache
def _doi_families() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = tables.load("families")["doi-of"]
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["family"]) for row in rows)


def _read_github(groups: dict[str, str]) -> bool:
    owner, _, name = groups["repository"].partition("/")
    if owner.lower() in _OWN_PAGES or owner.endswith("-") or name in (".", "..") or len(owner) > 39:
        return False
    groups["key"] = groups["repository"].lower()
    return True


def _read_nature(groups: dict[str, str]) -> bool:
    return re.fullmatch(r"[a-z]+\d{7,}", groups["slug"]) is None


def _read_lower(groups: dict[str, str]) -> bool:
    """The id is compared in lower case, the URL keeps its own."""
    groups.update({f"{name} key": groups[name].lower() for name in ("base", "stem")})
    return True


def _read_upper(groups: dict[str, str]) -> bool:
    groups["N"] = groups["n"].upper()
    return True


_READERS: Mapping[str, Callable[[dict[str, str]], bool]] = {
    "arxiv": _read_arxiv,
    "doi": _read_doi,
    "github": _read_github,
    "nature": _read_nature,
    "lower": _read_lower,
    "upper": _read_upper,
}
