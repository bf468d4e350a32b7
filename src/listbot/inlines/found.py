"""What stands in one run of inline Markdown: the links, images, code spans and tags, with offsets into it."""

from __future__ import annotations

from typing import NamedTuple

from listbot.html_tags import Tag
from listbot.source import Span


class Hit(NamedTuple):
    """One link or image. All spans are offsets into the scanned text.

    `label` is what stands between the brackets (for autolinks and bare URLs the URL itself); `destination` is the
    URL as written, and None for a reference, whose destination stands in the definition `reference`.
    """

    kind: str
    """`inline`, `reference`, `autolink` or `bare`."""
    image: bool
    span: Span
    label: Span
    destination: Span | None
    reference: str | None


class Inlines(NamedTuple):
    """What `scan` found, each list in the order of the text."""

    hits: list[Hit]
    codes: list[Span]
    tags: list[Tag]
