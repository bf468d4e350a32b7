"""Whether a page has the place that a link's fragment names. Pure; asked for only where the user wants it.

Many pages make their places by script, and then a missing one says nothing. So only pages are judged that show that
theirs are static: they were read to their end, and one of their own links leads to a place that they have.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from listbot.liveness import LinkResult, Outcome, Reason

_PLACE = re.compile(r"""[\s"'](?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
"""Looked for anywhere, and not in tags only: one too many here only silences."""
_OWN_LINK = re.compile(r"""<a\s[^<>]*?href\s*=\s*["']?#([^"'\s>]+)""", re.IGNORECASE)
_NO_PLACE = re.compile(r"(?:[/!].*|:~:.*|.*[=&:].*|L\d+(?:-L?\d+)?|top|)", re.DOTALL | re.IGNORECASE)
"""Routes of applications, text fragments, parameters of viewers, lines of code, and what every page has."""
_PREFIX = "user-content-"
"""What GitHub puts before the ids of texts that its users wrote."""


def fragment_of(url: str) -> str:
    """The place that a URL names, decoded; empty where its fragment is none."""
    fragment = unquote(url.partition("#")[2])
    return "" if _NO_PLACE.fullmatch(fragment) else fragment


def missing(text: str, fragments: Iterable[str]) -> frozenset[str]:
    """Those of the fragments that a whole page does not have; none where its places may be made by script."""
    places = {html.unescape(next(filter(None, match.groups()), "")) for match in _PLACE.finditer(text)}
    own = {unquote(html.unescape(match[1])) for match in _OWN_LINK.finditer(text)}
    if own.isdisjoint(places):
        return frozenset()
    return frozenset(f for f in fragments if f not in places and _PREFIX + f not in places)


class Places:
    """The places that links name, and those that their pages do not have."""

    def __init__(self, asked: Mapping[str, str]) -> None:
        """`asked`: from URLs as they are written to what is asked for them."""
        self.named: dict[str, set[str]] = {}
        self._missing: dict[str, frozenset[str]] = {}
        for url, key in asked.items():
            if fragment := fragment_of(url):
                self.named.setdefault(key, set()).add(fragment)

    def look(self, url: str, text: str) -> None:
        """Take in the whole text of a page."""
        if url in self.named:
            self._missing[url] = missing(text, self.named[url])

    def judged(self, url: str, result: LinkResult) -> LinkResult:
        """A result, with the suspicion that the URL names a place that its page does not have."""
        alive = result.outcome in (Outcome.ALIVE, Outcome.MOVED)
        if alive and fragment_of(url) in self._missing.get(result.url, ()):
            return result._replace(outcome=Outcome.UNKNOWN, reason=Reason.ANCHOR_MISSING)
        return result
