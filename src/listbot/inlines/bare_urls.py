"""URLs that stand as plain text, as GitHub links them (https://github.github.com/gfm/#autolinks-extension-)."""

from __future__ import annotations

import re

from listbot.html_tags import Tag
from listbot.inlines.found import Hit, Inlines
from listbot.source import Span

URL_MARK = re.compile(r"[:wW](?://|[wW]{2}\.)")
"""What every bare URL begins with, its scheme aside."""
_BARE = re.compile(r"(?<![A-Za-z])(?:https?|ftp)://(?=[^\W_])|(?:(?<=[\s*_~(])|(?<![^\n]))www\.", re.IGNORECASE)
_LONGEST_SCHEME = len("https")
_HOST = re.compile(r"(?:[^\W_]|[-._])*")
_UNTIL_SPACE = re.compile(r"[^\s<]*")
_TRAILING_ENTITY = re.compile(r"&[A-Za-z0-9]+;$")


def bare_urls(text: str, found: Inlines) -> list[Hit]:
    """URLs that stand as plain text, as GitHub links them: outside links, code and tags."""
    taken = sorted([hit.span for hit in found.hits] + found.codes + [tag.span for tag in found.tags])
    anchors = _anchor_contents(found.tags)
    taken = sorted(taken + anchors) if anchors else taken
    hits: list[Hit] = []
    position = index = 0
    while (mark := URL_MARK.search(text, position)) is not None:
        floor, position = position, mark.end()
        while index < len(taken) and taken[index].end <= mark.start():
            index += 1
        if index < len(taken) and taken[index].start <= mark.start():
            position = max(position, taken[index].end)
            continue
        start = _BARE.search(text, max(floor, mark.start() - _LONGEST_SCHEME), position + 1)
        if start is None:
            continue
        limit = taken[index].start if index < len(taken) else len(text)
        host = _HOST.match(text, start.end(), limit)
        host_end = host.end() if host else start.end()
        position = host_end
        if not _is_host(text[start.end() : host_end], needs_dot=False):
            continue
        end = _bare_end(text, start.start(), limit)
        if end > start.end():
            span = Span(start.start(), end)
            hits.append(Hit("bare", False, span, span, span, None))
            position = end
    return hits


def _is_host(host: str, needs_dot: bool) -> bool:
    """GitHub's rule: no underscore in the last two labels."""
    labels = host.rstrip(".").split(".")
    return bool(labels[0]) and not any("_" in label for label in labels[-2:]) and (len(labels) > 1 or not needs_dot)


def _bare_end(text: str, start: int, limit: int) -> int:
    """Where GitHub ends a bare URL: at a blank or `<`, less trailing punctuation, unmatched `)` and entities."""
    match = _UNTIL_SPACE.match(text, start, limit)
    end = match.end() if match else start
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last in "?!.,:*_~'\"":
            end -= 1
        elif last == ")" and surplus > 0:
            surplus -= 1
            end -= 1
        elif last == ";":
            entity = _TRAILING_ENTITY.search(text, max(start, end - 40), end)
            end = entity.start() if entity else end - 1
        else:
            break
    return end


def _anchor_contents(tags: list[Tag]) -> list[Span]:
    """The insides of `<a>…</a>`, which hold no further link."""
    contents, opened = [], -1
    for tag in tags:
        if tag.name != "a":
            continue
        if not tag.closing and tag.get("href"):
            opened = tag.span.end
        elif tag.closing and opened >= 0:
            contents.append(Span(opened, tag.span.start))
            opened = -1
    return contents
