"""broken-path: a relative link or image whose file is not there, or a fragment of another Markdown file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from listbot.document import Link
from listbot.finding import Finding
from listbot.rule import Context, Surroundings

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST_LIKE = re.compile(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|edu|dev|ai|cn)(?:/|$))", re.IGNORECASE)
_MARKDOWN = (".md", ".markdown")
_LINE = re.compile(r"L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?")


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    for link in sorted(document.links + document.images):
        finding = _judge(link, context.surroundings)
        if finding is not None:
            yield finding


def _judge(link: Link, surroundings: Surroundings) -> Finding | None:
    target = link.target
    if not target or target.startswith(("#", "//")) or _SCHEME.match(target):
        return None
    path, _, fragment = target.partition("#")
    path = unquote(path.partition("?")[0])
    if not path or "{{" in path or "\0" in path:
        return None
    there = surroundings.exists(path)
    if there is None:
        return None
    if not there:
        hint = f"if a web page is meant, write https://{target}" if _HOST_LIKE.match(path) else None
        what = "image" if link.image else "file"
        return Finding(link.destination, f"there is no {what} {path}", hint=hint)
    if fragment and path.lower().endswith(_MARKDOWN):
        return _judge_fragment(link, path, unquote(fragment), surroundings)
    return None


def _judge_fragment(link: Link, path: str, fragment: str, surroundings: Surroundings) -> Finding | None:
    anchors = surroundings.anchors(path)
    if anchors is None or _LINE.fullmatch(fragment):
        return None
    if fragment.casefold() in {anchor.casefold() for anchor in anchors}:
        return None
    return Finding(link.destination, f"{path} has no heading or anchor named #{fragment}")
