"""What pulldown-cmark (by way of pyromark) finds: links and images with exact places."""

from __future__ import annotations

from typing import Any

import pyromark

from listbot.source import Span


def links(text: str) -> list[tuple[bool, Span, str]]:
    """(is an image, span in code points, destination) of every link and image outside images' descriptions."""
    offsets = _code_points(text)
    found: list[tuple[bool, Span, str]] = []
    depth = 0
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
    for event, place in pyromark.events_with_range(text, options=options):
        if isinstance(event, str):
            continue
        start: Any = event.get("Start")
        kind, fields = next(iter(start.items())) if isinstance(start, dict) else (start, None)
        if kind in ("Link", "Image") and depth == 0:
            span = Span(offsets[place["start"]], offsets[place["end"]])
            found.append((kind == "Image", span, fields["dest_url"]))
        depth += (kind == "Image") - (event.get("End") == "Image")
    return sorted(found, key=lambda link: (link[1], link[0]))


def tables(text: str) -> list[int]:
    """Where each table begins, as an offset in code points."""
    offsets = _code_points(text)
    found = []
    for event, place in pyromark.events_with_range(text, options=pyromark.Options.ENABLE_TABLES):
        start = event.get("Start") if isinstance(event, dict) else None
        if isinstance(start, dict) and "Table" in start:
            found.append(offsets[place["start"]])
    return found


def _code_points(text: str) -> list[int]:
    """Index of the code point that begins at or holds each UTF-8 byte."""
    offsets: list[int] = []
    for index, character in enumerate(text):
        offsets.extend([index] * len(character.encode()))
    offsets.append(len(text))
    return offsets
