"""A blank inside a target that is no URL: `[Talks](#tutorials and talks)`, `[notes](my notes.md)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot.checks.malformed_link.typed import LINK, Typed
from listbot.document import Document
from listbot.finding import Edit, Finding, Fix
from listbot.slugs import slug
from listbot.source import Span

BROKEN = "broken"
_PART = r"(?:[^()\[\]<>\"\x00-\x1f]|\([^()\[\]<>\x00-\x1f]{0,80}\))"
_FRAGMENT = rf"(?P<fragment>#(?!\d){_PART}{{1,200}})"
_FILE = rf"(?P<file>{_PART}{{1,200}}\.(?:md|markdown|pdf|png|jpe?g|gif|svg|webp|html?))"
_TARGET = re.compile(rf"\]\((?:{_FRAGMENT}|{_FILE})[ \t]?\)", re.IGNORECASE)
_REACH = 400


def check(document: Document, typed: Typed) -> Iterator[Finding]:
    for match in _TARGET.finditer(typed.text):
        opening = typed.partner.get(match.start())
        target = match["fragment"] or match["file"]
        if opening is None or match.start() - opening > _REACH or " " not in target.strip():
            continue
        if LINK in typed.text[opening : match.start()]:
            continue
        span = Span(*match.span("fragment" if match["fragment"] else "file"))
        written = _fragment(document, target) if match["fragment"] else target.strip().replace(" ", "%20")
        fix = Fix(f"write {written}", (Edit(span, written),), safe=True) if written else None
        yield Finding(
            Span(opening, match.end()),
            "the blank inside the target keeps this from being a link",
            BROKEN,
            fix=fix,
            hint=None if fix else "write the heading's anchor: lower case, a hyphen for each blank",
        )


def _fragment(document: Document, target: str) -> str | None:
    """The anchor that GitHub gives to a heading of that name, if there is one."""
    anchor = slug(target[1:].strip())
    return f"#{anchor}" if anchor in document.anchors else None
