"""What no pattern can say of a URL: which arXiv ids there are, how DOIs are cleaned, whose page this is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from urllib.parse import quote

from listbot import arxiv_ids, tables
from listbot.works.families import families

_OWN_PAGES = frozenset(
    "search sponsors topics features about pricing login join orgs marketplace settings collections trending explore "
    "notifications issues pulls users apps site enterprise security customer-stories readme events stars".split()
)
"""What stands first in a path of GitHub's and is no owner."""
_UNSAFE_IN_DOI = "/:;().,_-+=@!*'$&~[]"


def read_arxiv(groups: dict[str, str]) -> bool:
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
    for row in _doifamilies():
        match = row[0].fullmatch(name)
        if match is not None and groups.get("host", "") in families()["doi"]["hosts"]:
            groups.update({group: value or "" for group, value in match.groupdict().items()})
            groups["family"] = row[1]
            return True
    groups["doi"], groups["key"] = quote(name, safe=_UNSAFE_IN_DOI), name.lower()
    return True


@cache
def _doifamilies() -> tuple[tuple[re.Pattern[str], str], ...]:
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


READERS: Mapping[str, Callable[[dict[str, str]], bool]] = {
    "arxiv": read_arxiv,
    "doi": _read_doi,
    "github": _read_github,
    "nature": _read_nature,
    "lower": _read_lower,
    "upper": _read_upper,
}
