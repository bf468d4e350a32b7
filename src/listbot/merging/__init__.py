"""Two entries of one work -> one entry: what `duplicate-entry` offers as an unsafe fix.

The earlier place stays, with its own form. What the later entry has and the earlier one lacks is added: links, marks,
a venue, notes. A publication takes the title's link from its preprint, which stays beside it. Only plain shapes are
merged, items of one line and rows of one width, and only where the result reads back as an entry that has lost no word
and no link; everything else is left to somebody's eye.
"""

from __future__ import annotations

import re

from listbot import titles
from listbot.document import Document, Entry
from listbot.finding import Edit, Fix
from listbot.merging import ornaments
from listbot.merging.items import merged_item
from listbot.merging.links import says_the_same, work_of
from listbot.merging.notes import words_of
from listbot.merging.plain import Line, can_go, plain_lines
from listbot.merging.rows import merged_row
from listbot.parser import parse
from listbot.source import Source, Span

__all__ = ["merge"]

_BOXES = frozenset({"checkbox", "checked"})
_PREPRINT = re.compile(r"(?:arxiv|biorxiv|medrxiv|preprint)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LONGEST = 4_000
"""Characters; what is longer nobody compares at a glance."""


def merge(document: Document, first: Entry, again: Entry) -> Fix | None:
    """The fix that takes `again` out and puts what only it has into `first`, the earlier; None where none is sure."""
    lines = plain_lines(document)
    one, other = lines.get(first.span), lines.get(again.span)
    if one is None or other is None or first.first >= again.first or not _same_title(first, again):
        return None
    if one.block.kind != other.block.kind or not can_go(document, other):
        return None
    texts = [document.source[entry.span] for entry in (first, again)]
    if any(len(text) > _LONGEST or "<!--" in text for text in texts):
        return None
    if one.block.kind == "item" and _contradict(first, again):
        return None
    merged = merged_item(document, first, again) if one.block.kind == "item" else merged_row(document, one, other)
    span = document.source.line_span(first.first)
    if merged is None or not _holds(document, one, merged, first, again):
        return None
    removed = Span(document.source.line_span(again.first).start, document.source.line_span(again.first + 1).start)
    return Fix(f"merge this into line {first.first}", (Edit(span, merged), Edit(removed, "")), safe=False)


def _contradict(first: Entry, again: Entry) -> bool:
    """Whether the two name another venue or year: which one is right is not ours to say."""
    venues = {entry.venue.casefold() for entry in (first, again) if entry.venue and not _PREPRINT.match(entry.venue)}
    return len(venues) > 1 or len({entry.year for entry in (first, again) if entry.year}) > 1


def _same_title(first: Entry, again: Entry) -> bool:
    """Whether titles differ in nothing but a subtitle. `v2`, or any other number, may be another thing."""
    one, other = sorted((titles.keys(entry.title or "").full for entry in (first, again)), key=len)
    packed, rest = "".join(one.split()), "".join(other.split())
    return bool(packed) and rest.startswith(packed) and not _DIGIT.search(rest[len(packed) :])


def _holds(document: Document, line: Line, merged: str, first: Entry, again: Entry) -> bool:
    """Whether the merged line reads back as one entry of that title which has all links, marks and words of both."""
    head = ""
    if line.block.kind == "row":
        table = document.blocks[line.block.parent]
        head = document.source[document.source.lines_span(table.first, table.first + 1)] + "\n"
    read = parse(Source("", f"{head}{merged.lstrip()}\n"))
    if len(read.entries) != 1:
        return False
    (entry,) = read.entries
    there = {work_of(link) for link in read.links}
    both = [link for span in (first.span, again.span) for link in document.links_in(span)]
    if entry.kind != first.kind or not {work_of(link) for link in both} <= there:
        return False
    if not (set(first.marks) | set(again.marks)) - _BOXES <= set(entry.marks) or not _same_title(first, entry):
        return False
    return not _lost(document, merged, first, again) and _keeps_signs(document, merged, again)


def _keeps_signs(document: Document, merged: str, again: Entry) -> bool:
    """Whether the merged line has the later entry's icons and pictures, and no fewer line breaks."""
    text = document.source[again.span]
    pictures = {image.target for image in document.images if again.span.contains(image.span)}
    return (
        set(ornaments.icons(text)) <= set(ornaments.icons(merged))
        and len(ornaments.breaks(text)) <= len(ornaments.breaks(merged))
        and all(target in merged for target in pictures)
    )


def _lost(document: Document, merged: str, first: Entry, again: Entry) -> set[str]:
    """The words of the later entry that the merged line has lost: those of its title and of URLs do not count."""
    text, position, left = document.source.text, again.span.start, ""
    for link in again.links:
        if link.link.span.start < position:
            continue
        left += text[position : link.link.span.start] + " "
        label = document.source[link.link.label]
        left += "" if says_the_same(document, first, link) else label + " "
        position = link.link.span.end
    words = set(words_of(left + text[position : again.span.end]))
    return words - set(words_of(merged)) - set(words_of(again.title or ""))
