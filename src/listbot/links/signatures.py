"""Signs in an answer that it is none: challenges, soft 404s, domains for sale. Rows of `rules/data/`. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from listbot import tables

_TITLE = re.compile(r"<title(?:\s[^<>]*)?>", re.IGNORECASE)
_TITLE_END = re.compile(r"</title", re.IGNORECASE)
_PARTS = re.compile(r"\s+[|–—·»«:-]+\s+|[|»«·]")
_MAX_TITLE = 300


class Page(NamedTuple):
    """The end of a chain as signatures look at it."""

    url: str
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    text: str
    """The beginning of the body; empty where it was not read or is no text."""


class _Sign(NamedTuple):
    where: str
    name: str
    pattern: re.Pattern[str]
    statuses: frozenset[int]


def is_challenge(page: Page) -> bool:
    """Whether a host holds up a program."""
    title = title_of(page.text)
    return any(_shows(sign, page, title) for sign in _challenges())


def is_soft_404(page: Page, *, redirected: bool) -> bool:
    """Whether a page that answers says that it is not there; its URL counts where a redirect led to it."""
    return _whole(_soft("soft"), page, redirected)


def is_parked(page: Page, *, redirected: bool) -> bool:
    """Whether a page sells its own domain, or a redirect led to somebody who does."""
    return _whole(_soft("parked"), page, redirected)


@lru_cache(maxsize=1)  # every kind of sign asks for it
def title_of(text: str) -> str:
    """The title of an HTML page, blanks folded; empty where there is none."""
    begins = _TITLE.search(text)
    ends = _TITLE_END.search(text, begins.end()) if begins is not None else None
    if begins is None or ends is None:
        return ""
    return " ".join(html.unescape(text[begins.end() : ends.start()]).split())[:_MAX_TITLE]


def _shows(sign: _Sign, page: Page, title: str) -> bool:
    if sign.statuses and page.status not in sign.statuses:
        return False
    looked_at = {
        "header": page.headers.get(sign.name, ""),
        "title": title,
        "url": page.url,
        "body": page.text,
    }[sign.where]
    return bool(looked_at) and sign.pattern.search(looked_at) is not None


def _whole(signs: tuple[_Sign, ...], page: Page, redirected: bool) -> bool:
    title = title_of(page.text)
    parts = [part for part in (title, *_PARTS.split(title)) if part.strip()]
    return any(
        redirected and sign.pattern.search(page.url) if sign.where == "url" else _matches_a_part(sign.pattern, parts)
        for sign in signs
    )


def _matches_a_part(pattern: re.Pattern[str], parts: list[str]) -> bool:
    return any(pattern.fullmatch(part.strip()) for part in parts)


@cache
def _challenges() -> tuple[_Sign, ...]:
    return tuple(_sign(row) for row in tables.load("challenges")["challenge"])


@cache
def _soft(kind: str) -> tuple[_Sign, ...]:
    return tuple(_sign(row) for row in tables.load("soft_pages")[kind])


def _sign(row: Mapping[str, Any]) -> _Sign:
    pattern = re.compile(row["pattern"], re.IGNORECASE | re.DOTALL)
    return _Sign(row["where"], row.get("name", ""), pattern, frozenset(row.get("statuses", ())))
