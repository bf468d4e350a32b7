"""Copies of pages that are gone, from the index of a web archive (the CDX API of the Wayback Machine).

One question a page, one after the other, answered or not: nothing depends on it. The copy nearest to the date on which
the link came into the list shows what its author saw (reference/links.md §3, 20, and §7, 6).
https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit, urlunsplit

from listbot.links.guard import tidy
from listbot.links.transport import Deadlines, NoAnswer, Wire

WAYBACK = "https://web.archive.org/cdx/search/cdx"
SHOWN_AT = "https://web.archive.org/web"
"""Below which it shows copies, by their date and address."""
_PATIENCE = Deadlines(10.0, 20.0, 30.0)
_GIVE_UP = 3
"""After so many questions in a row without an answer the archive is left alone."""
_LONGEST = 300.0
"""Seconds for all questions together: a slow archive must not cost a run its end."""
_LINE = re.compile(r"(?P<stamp>[0-9]{14}) (?P<original>https?://\S+)")
_MOST = 200
"""Pages that are asked for in one run: the index is slow, and a list with more has another trouble."""


async def copies(wire: Wire, index: str, dated: Mapping[str, float | None]) -> dict[str, str]:
    """From URLs, with the time (seconds since 1970) to which a copy should be near, to their copies' URLs."""
    found: dict[str, str] = {}
    unanswered, end = 0, time.monotonic() + _LONGEST
    for url, near in list(dated.items())[:_MOST]:
        if unanswered >= _GIVE_UP or time.monotonic() > end:
            break
        try:
            answer = await wire.fetch("GET", tidy(f"{index}?{_question(url, near)}"), _PATIENCE)
        except NoAnswer:
            unanswered += 1
            continue
        unanswered = 0 if answer.status == 200 else unanswered + 1
        line = _LINE.match(answer.text) if answer.status == 200 else None
        if line is not None:
            found[url] = _address(index, line["stamp"], line["original"])
    return found


def _question(url: str, near: float | None) -> str:
    """One line: the copy that answered 200, nearest to a date; without a date the newest."""
    asked = {"url": url, "filter": "statuscode:200", "fl": "timestamp,original"}
    if near is None:
        return urlencode(asked | {"limit": "-1"})
    stamp = time.strftime("%Y%m%d%H%M%S", time.gmtime(near))
    return urlencode(asked | {"sort": "closest", "closest": stamp, "limit": "1"})


def _address(index: str, stamp: str, original: str) -> str:
    """Where the archive shows a copy."""
    parts = urlsplit(index)
    return urlunsplit((parts.scheme, parts.netloc, f"/web/{stamp}/{original}", "", ""))
