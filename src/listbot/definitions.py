"""Link reference definitions, `[label]: url`, with the place of each URL."""

from __future__ import annotations

import re
from collections.abc import Mapping

from listbot import escapes
from listbot.document import Definition
from listbot.inlines import link_destination, normalised_label
from listbot.source import Source, Span

_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)*+\]:[ \t]*", re.DOTALL)
_BREAK = re.compile(r"[ \t]*+(?:(?:\r\n?|\n)[ \t>]*+)?+")


def located(source: Source, label: str, found: Mapping[str, object]) -> Definition:
    """The definition of a normalised label, of which markdown-it knows the lines and the target, but not the place."""
    lines = found.get("map")
    first, last = (int(lines[0]), int(lines[1])) if isinstance(lines, list) else (0, 1)
    span = source.lines_span(first + 1, max(first + 1, min(last, source.line_count)))
    text = source[span]
    for opening in _LABEL.finditer(text):
        if normalised_label(opening[0].rstrip()[1:-2]) != label:
            continue
        blank = _BREAK.match(text, opening.end())
        read = link_destination(text, blank.end() if blank else opening.end())
        if read is not None:
            destination = Span(span.start + read[0].start, span.start + read[0].end)
            url = source[destination]
            return Definition(label, destination, url, escapes.destination(url), first + 1)
    url = str(found.get("href", ""))
    return Definition(label, None, url, url, first + 1)
