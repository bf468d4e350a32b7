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
_TAKEN_AWAY = 4
"""More missing paths than this, and none that is there, outside a repository: the file was copied from its place."""
_MARKDOWN = (".md", ".markdown")
_NO_PATH = frozenset({"bare", "autolink"})
"""`www.a.example` in plain text is linked with a scheme before it, and `<a@b.example>` with another."""
_LINE = re.compile(r"L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?")


def check(context: Context) -> Iterator[Finding]:
    document, surroundings = context.document, context.surroundings
    relative = [(link, path) for link in sorted(document.links + document.images) if (path := _path(link))]
    there = {path: surroundings.exists(path) for _, path in relative}
    missing = [path for path, found in there.items() if found is False]
    if len(missing) > _TAKEN_AWAY and True not in there.values() and not surroundings.is_repository():
        first = next(link for link, path in relative if path == missing[0])
        yield Finding(
            first.destination,
            f"none of {len(missing):,} relative paths is there: this file seems to lie outside its repository",
            "elsewhere",
        )
        return
    for link, path in relative:
        if there[path] is False:
            yield _missing(link, path)
        elif there[path]:
            yield from _fragment(link, path, surroundings)


def _path(link: Link) -> str:
    """The relative path that a link names, decoded; empty where it names none."""
    target = link.target
    if link.kind in _NO_PATH or not target or target.startswith(("#", "//")) or _SCHEME.match(target):
        return ""
    path = unquote(target.partition("#")[0].partition("?")[0])
    return "" if "{{" in path or "\0" in path else path


def _missing(link: Link, path: str) -> Finding:
    hint = f"if a web page is meant, write https://{link.target}" if _HOST_LIKE.match(path) else None
    return Finding(link.destination, f"there is no {'image' if link.image else 'file'} {path}", "missing", hint=hint)


def _fragment(link: Link, path: str, surroundings: Surroundings) -> Iterator[Finding]:
    fragment = unquote(link.target.partition("#")[2])
    if not fragment or not path.lower().endswith(_MARKDOWN) or _LINE.fullmatch(fragment):
        return
    anchors = surroundings.anchors(path)
    if anchors is not None and fragment.casefold() not in {anchor.casefold() for anchor in anchors}:
        yield Finding(link.destination, f"{path} has no heading or anchor named #{fragment}", "missing")
