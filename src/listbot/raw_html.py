"""What the tags of raw HTML mean to a list: links, images, anchors, comments and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from listbot import escapes
from listbot.document import Comment, Link
from listbot.html_tags import Tag
from listbot.source import Source, Span

_TAG = re.compile(r"<[^<>]*+>")
_HEADING = re.compile(r"h[1-6]")
_DESTINATIONS = {"a": "href", "img": "src"}


class HtmlHeading(NamedTuple):
    """From the opening tag to the closing one; `text` is what stands between them, tags off and entities resolved."""

    span: Span
    level: int
    text: str


def links(source: Source, tags: list[Tag]) -> list[Link]:
    """Links and images. What stands between `<a>` and `</a>` is a link's label."""
    found: list[Link] = []
    following: Tag | None = None
    for tag in reversed(tags):
        wanted = None if tag.closing else _DESTINATIONS.get(tag.name)
        attribute = tag.get(wanted) if wanted else None
        if attribute is not None:
            label, badge = Span(tag.span.end, tag.span.end), False
            if tag.name == "a" and following is not None and following.closing:
                label = Span(tag.span.end, following.span.start)
                shown = source[label]
                badge = "<img" in shown.lower() and not _TAG.sub("", shown).strip()
            url = source[attribute.span]
            target = escapes.entities(attribute.value).strip()
            found.append(Link("html", tag.span, attribute.span, label, url, target, tag.name == "img", badge))
        if tag.name == "a":
            following = tag
    return found[::-1]


def anchors(tags: list[Tag]) -> Iterator[tuple[str, int]]:
    """The fragments that `id`s and `name`s make reachable, and where their tags begin."""
    for tag in tags:
        if tag.attributes and not tag.closing:
            for name in ("id", "name"):
                anchor = tag.get(name)
                if anchor is not None and anchor.value:
                    yield escapes.entities(anchor.value), tag.span.start


def comments(source: Source, tags: list[Tag]) -> Iterator[Comment]:
    """The HTML comments among the tags."""
    for tag in tags:
        if tag.name == "!--":
            yield Comment(tag.span, source.text[tag.span.start + 4 : tag.span.end - 3].strip())


def headings(source: Source, tags: list[Tag]) -> Iterator[HtmlHeading]:
    """Headings that are closed. One that opens inside another takes its place, so that no text is read twice."""
    opened: Tag | None = None
    for tag in tags:
        if not _HEADING.fullmatch(tag.name):
            continue
        if not tag.closing:
            opened = tag
        elif opened is not None and opened.name == tag.name:
            text = escapes.entities(_TAG.sub("", source.text[opened.span.end : tag.span.start]))
            yield HtmlHeading(Span(opened.span.start, tag.span.end), int(tag.name[1]), text)
            opened = None
