"""Two items of one line as one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from listbot.document import Document, Entry, EntryLink
from listbot.finding import Edit
from listbot.merging import ornaments
from listbot.merging.links import missing, piece_of, published, wrapped
from listbot.merging.notes import notes_of_both
from listbot.merging.plain import plain_lines
from listbot.source import Source, Span

_BOX = re.compile(r"\[(?P<mark>[ xX])\](?=[ \t])")
_CLOSING = "*_)]\"'”"


def merged_item(document: Document, first: Entry, again: Entry) -> str | None:
    """The first entry's line with what the second has beside."""
    source = document.source
    line = source.line_span(first.first)
    edits: list[Edit] = []
    box = _checked(document, first, again)
    if box is None:
        return None
    edits += box
    added: list[str] = []
    notes = notes_of_both(document, first, again)
    if notes is None:
        return None
    venue = again.spans.venue
    if not first.venue and venue is not None and (notes.carried is None or not notes.carried.contains(venue)):
        added.append(wrapped(document, venue, "(", ")"))
    new = [
        link
        for link in missing(document, first, again)
        if notes.carried is None or not notes.carried.contains(link.link.span)
    ]
    for link in new:
        swapped = published(document, first, link)
        if swapped is not None:
            edits.append(swapped[0])
            added.append(_break_before(document, first, again) + swapped[1])
            continue
        piece = piece_of(document, again, link)
        if piece is None:
            return None
        belongs = document.source[ornaments.before(document, again, link.link)]
        added.append((belongs or _break_before(document, first, again)) + piece)
    place = _after_parts(document, first)
    before, after = _marks(document, first, again, new)
    if before:
        content = _content_start(document, first)
        edits.append(Edit(Span(content, content), "".join(f"{mark} " for mark in before)))
    added += after
    if added:
        edits.append(
            Edit(Span(place, place), "".join(piece if piece.startswith("<") else f" {piece}" for piece in added))
        )
    edits += notes.edits
    return applied(source, line, edits)


def applied(source: Source, line: Span, edits: list[Edit]) -> str | None:
    pieces, position = [], line.start
    for (start, end), text in sorted(edits):
        if start < position or end > line.end:
            return None
        pieces += [source.text[position:start], text]
        position = end
    return "".join([*pieces, source.text[position : line.end]])


def _content_start(document: Document, entry: Entry) -> int:
    """Where an item's text begins, behind its checkbox."""
    leaf = plain_lines(document)[entry.span].parts[0]
    box = _BOX.match(document.source.text, leaf.span.start)
    return leaf.span.start if box is None else box.end() + 1


def _checked(document: Document, first: Entry, again: Entry) -> list[Edit] | None:
    """What makes the earlier box checked where the later one is; None where only the later entry has a box."""
    text, lines = document.source.text, plain_lines(document)
    one, other = (_BOX.match(text, lines[entry.span].parts[0].span.start) for entry in (first, again))
    if other is None:
        return []
    if one is None:
        return None
    if other["mark"] == " " or one["mark"] != " ":
        return []
    return [Edit(Span(*one.span("mark")), other["mark"])]


def _break_before(document: Document, first: Entry, again: Entry) -> str:
    """The line break before each link but the title's, where the earlier entry, else the later, has them so."""
    for entry in (first, again):
        title = entry.spans.title
        labels = [part.link for part in entry.links if title is None or not part.link.label.overlaps(title)]
        found = [ornaments.breaks(document.source[ornaments.before(document, entry, link)]) for link in labels]
        if found:
            return found[0][0] if all(found) else ""
    return ""


def _marks(document: Document, first: Entry, again: Entry, links: Iterable[EntryLink]) -> tuple[list[str], list[str]]:
    """The marks that only the later entry has, as they are written there: before its title, and after it.

    Those that belong to its links come with these.
    """
    owned = [ornaments.before(document, again, link.link) for link in links]
    title = again.spans.title.start if again.spans.title is not None else again.span.end
    new = [
        span
        for span in again.spans.marks
        if _BOX.match(document.source.text, span.start) is None
        and not any(belonging.contains(span) for belonging in owned)
        and document.source[span] not in _own_marks(document, first)
    ]
    before = [document.source[span] for span in new if span.start < title]
    return before, [document.source[span] for span in new if span.start >= title]


def _own_marks(document: Document, entry: Entry) -> set[str]:
    return {document.source[span] for span in entry.spans.marks}


def _after_parts(document: Document, entry: Entry) -> int:
    """Where links are added: behind all that an entry has but its notes."""
    spans, text = entry.spans, document.source.text
    notes = ornaments.notes_of(document, entry)
    ends = [span.end for span in (spans.title, spans.authors, spans.venue, spans.year, *spans.tags) if span is not None]
    ends += [part.link.span.end for part in entry.links if notes is None or not notes.overlaps(part.link.span)]
    limit = document.source.line_span(entry.last).end
    end = max((end for end in ends if notes is None or end <= notes.start or notes.end <= end), default=limit)
    while end < limit and text[end] in _CLOSING:
        end += 1
    return end
