"""moved-link: a page that has moved for good, repositories aside. The fix is safe where the move is certain."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from listbot.checks import checked_links
from listbot.checks.moved_repository import is_repository_move
from listbot.document import Link
from listbot.finding import Edit, Finding, Fix
from listbot.liveness import SENTENCES, LinkResult, Outcome, Reason
from listbot.rule import Context

_NEVER_BARE = frozenset("|<>\"'\\`*")
"""What could end a destination, a cell or an attribute, wherever the URL stands."""


def check(context: Context) -> Iterator[Finding]:
    for link, result in checked_links.of(context):
        if result.outcome == Outcome.MOVED and result.target is not None and not is_repository_move(result):
            yield _finding(link, result, result.target)


def _finding(link: Link, result: LinkResult, target: str) -> Finding:
    now = _spelled(target + _fragment(link))
    fix = Fix(f"replace the URL by {now}", (Edit(link.destination, now),), result.certain)
    shut = result.reason == Reason.MIRROR_SHUT
    message = f"{SENTENCES[result.reason]}; the page is at {now}" if shut else f"moved for good to {now}"
    return Finding(link.destination, message, "certain" if result.certain else "elsewhere", fix)


def _fragment(link: Link) -> str:
    """The place in the page that the link names; the target of a redirect has none of its own."""
    fragment = link.target.partition("#")[2]
    return f"#{fragment}" if fragment else ""


def _spelled(url: str) -> str:
    """A URL as it can stand in any kind of link: what Markdown or HTML could read as its end is percent-encoded."""
    parentheses = _NEVER_BARE if _is_balanced(url) else _NEVER_BARE | frozenset("()")
    return "".join(quote(c, safe="") if c in parentheses or c.isspace() else c for c in url)


def _is_balanced(url: str) -> bool:
    depth = 0
    for character in url:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
