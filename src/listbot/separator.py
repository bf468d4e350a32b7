"""What parts a title from its notes: a dash, a colon, blanks alone."""

from __future__ import annotations

import re
from typing import NamedTuple

from listbot.document import Document, Entry
from listbot.source import Span

_EMPHASIS = re.compile(r"[*_]+")
_LONGEST = 8
"""Longer texts between a title and its notes are no separator."""
_COUNT = re.compile(r"\[[\d.,?]+ ?[kK]? ?[^\w\s\]]\ufe0f?\]")
"""How many stars a project has, as text: `[158⭐]`."""

DASHES = frozenset("-–—")


class Separator(NamedTuple):
    text: str
    """As written, emphasis and badges left out; blanks and line endings are one blank."""
    span: Span
    """Where it stands: what is left beside badges, else the blank before the notes."""


def without_notes(document: Document, entry: Entry) -> Span | None:
    """The dash behind the title's link of an item that ends there; None where there is none, or something follows."""
    end = title_end(entry)
    if entry.kind != "item" or entry.first != entry.last or end is None or end > entry.span.end:
        return None
    rest = Span(end, entry.span.end)
    pieces = [piece for piece in _without_badges(document, entry, rest) if document.source[piece].strip()]
    if len(pieces) != 1 or document.source[pieces[0]].strip() not in DASHES:
        return None
    start = pieces[0].start + len(document.source[pieces[0]]) - len(document.source[pieces[0]].lstrip())
    return Span(start, start + 1)


def of_entry(document: Document, entry: Entry) -> Separator | None:
    """What stands between an entry's title and its notes; None where words do.

    Badges and counts of stars belong to neither; a separator that stands on one side of them has its place there.
    """
    between = _between(entry)
    if between is None:
        return None
    pieces = _without_badges(document, entry, between)
    written = [piece for piece in pieces if document.source[piece].strip(" \t\n*_")]
    shown = written if len(written) == 1 else pieces  # a blank before a badge is none behind it
    text = re.sub(r"\s+", " ", "".join(_EMPHASIS.sub("", document.source[piece]) for piece in shown))
    if len(text) > _LONGEST or any(character.isalnum() for character in text):
        return None
    return Separator(text, written[-1] if written else pieces[-1]) if len(written) <= 1 else None


def _between(entry: Entry) -> Span | None:
    """From the end of the title's link to the notes."""
    notes, end = entry.spans.notes, title_end(entry)
    return Span(end, notes.start) if notes is not None and end is not None and end <= notes.start else None


def title_end(entry: Entry) -> int | None:
    """Where the title's link ends, or the title itself where it is none."""
    title = entry.spans.title
    if title is None:
        return None
    around = (part.link.span for part in entry.links if part.link.span.contains(title))
    return next((span.end for span in around), title.end)


def _without_badges(document: Document, entry: Entry, between: Span) -> list[Span]:
    """The pieces of a text that are left where badges and counts of stars are taken out; at least one."""
    badges = [part.link.span for part in entry.links if part.role in ("badge", "image")]
    counts = [Span(*count.span()) for count in _COUNT.finditer(document.source.text, between.start, between.end)]
    pieces, start = [], between.start
    for badge in sorted(badges + counts):
        if between.contains(badge) and badge.start >= start:
            pieces.append(Span(start, badge.start))
            start = badge.end
    return [*pieces, Span(start, between.end)]
