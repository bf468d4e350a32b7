"""What stands right before a link and belongs to it: the break and the icon of `<br>:star:[code](…)`.

An icon belongs to the link that it touches, or with which it begins a line; one that stands free says something of the
entry and is a mark.
"""

from __future__ import annotations

import re

from listbot.document import Document, Entry, Link
from listbot.source import Span

_BREAK = r"<br[ \t]*/?>"
_SYMBOL = "[\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?"
_ICON = rf"(?::[a-z][a-z0-9_+-]*+:|{_SYMBOL}(?:\u200d{_SYMBOL})*+)"
_BREAKS, _ICONS = re.compile(_BREAK, re.IGNORECASE), re.compile(_ICON)
_ORNAMENT = re.compile(rf"(?:(?:{_BREAK}[ \t]*+)+(?:{_ICON}[ \t]*+)*|{_ICON}++)\Z", re.IGNORECASE)
_ONLY = re.compile(rf"(?:{_BREAK}|{_ICON}|[ \t])*+", re.IGNORECASE)
_OPENING = "[(（【"


def before(document: Document, entry: Entry, link: Link) -> Span:
    """What belongs to a link and stands before it and the bracket around it; empty where nothing does."""
    text, start = document.source.text, link.span.start
    floor = document.source.line_span(document.source.line_of(start)).start
    ends = [part.link.span.end for part in entry.links if part.link.span.end <= start]
    floor = max([floor, *ends])
    if start > floor and text[start - 1] in _OPENING:
        start -= 1
    found = _ORNAMENT.search(text[floor:start])
    return Span(start if found is None else floor + found.start(), start)


def breaks(text: str) -> list[str]:
    """The line breaks in a text, as they are written."""
    return _BREAKS.findall(text)


def icons(text: str) -> list[str]:
    """The icons in a text: emoji and shortcodes."""
    return _ICONS.findall(text)


def notes_of(document: Document, entry: Entry) -> Span | None:
    """An entry's notes; None where they are nothing but what belongs to its links."""
    notes, text = entry.spans.notes, document.source.text
    if notes is None:
        return None
    position, left = notes.start - text.startswith(":", notes.start - 1), ""
    end = notes.end + text.startswith(":", notes.end)
    for part in entry.links:
        if position <= part.link.span.start < end:
            left += text[position : part.link.span.start]
            position = part.link.span.end
    return None if _ONLY.fullmatch(left + text[position : max(position, end)]) else notes
