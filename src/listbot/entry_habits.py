"""How a list writes its entries: whether they are items, their bullets, boxes, separators and last characters.

Each habit is a set of observations, one a place; `house_style` shows them, and `entry-format` reports the outliers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from listbot import works
from listbot.document import Block, Document, Entry
from listbot.habits import Observation, in_body
from listbot.source import Span

CLOSING = ".。!！?？;；,，:：…"
_LED_IN = re.compile(r"(?:\w+ ){0,2}\w+: \[(?:[^\s\[\]]+ ){4,}[^\[\]]+\]\([^()\s]+\)\s*")
_EMPHASIS = re.compile(r"[*_]+")
_SEPARATOR = 8
"""Longer texts between a title and its notes are no separator."""
_WORDS_OF_TITLE = 5
_HALF = 0.5


class Body:
    """The part of a document that is the list, with what several observers ask of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entries = [entry for entry in document.entries if in_body(document, entry.span.start)]

    @cached_property
    def items(self) -> dict[int, Block]:
        """The items by where they start; the outer one where two start at one place."""
        found: dict[int, Block] = {}
        for block in self.document.blocks:
            if block.kind == "item":
                found.setdefault(block.span.start, block)
        return found


def kinds(body: Body) -> Iterator[Observation]:
    """Whether an entry that is no row is an item, or a paragraph that begins with a title or hardly shows more."""
    begun, with_items = False, {entry.section for entry in body.entries if entry.kind == "item"}
    for entry in body.entries:
        begun = begun or entry.kind != "paragraph"
        listed = begun or entry.section in with_items  # what stands above the list introduces it
        if entry.kind == "item" or (entry.kind == "paragraph" and listed and _shows_a_title(body.document, entry)):
            yield Observation(entry.kind, entry.span.start)
    yield from _led_in(body)


def _led_in(body: Body) -> Iterator[Observation]:
    """Paragraphs that are no entries and hold nothing but a word or two, a colon and a work: “prior paper: […](…)”."""
    document = body.document
    first = next((entry.span.start for entry in body.entries if entry.kind == "item"), len(document.source.text))
    for block in document.blocks:
        if (
            block.kind == "paragraph"
            and block.parent < 0
            and block.span.start > first
            and _LED_IN.fullmatch(block.text)
        ):
            (link,) = document.links_in(block.span)[:1] or (None,)
            is_work = link is not None and works.identity(link.target) is not None
            if is_work and in_body(document, block.span.start) and document.entry_at(block.span.start) is None:
                yield Observation("paragraph", block.span.start)


def _shows_a_title(document: Document, entry: Entry) -> bool:
    """People, and pages that a sentence mentions, are no entries that lost their bullet."""
    link = entry.primary.link if entry.primary is not None else None
    if link is None or not entry.title or len(entry.title.split()) < _WORDS_OF_TITLE:
        return False
    if link.span.start == entry.span.start:
        return True
    label = document.source[link.label]
    targets = sum(part.link.destination.end - part.link.destination.start for part in entry.links)
    shown = entry.span.end - entry.span.start - targets
    return len(label) >= _HALF * shown and len(entry.title) >= _HALF * len(label)


def bullets(body: Body) -> Iterator[Observation]:
    for entry in body.entries:
        block = body.items.get(entry.span.start)
        if block is not None:
            mark = block.mark if block.mark in "-*+" else f"1{block.mark}"
            yield Observation(mark, entry.span.start)


def checkboxes(body: Body) -> Iterator[Observation]:
    for entry in body.entries:
        if entry.kind == "item":
            yield Observation("checkbox" if "checkbox" in entry.marks else "none", entry.span.start)


def separators(body: Body) -> Iterator[Observation]:
    """The characters between a title's link and the notes, where nothing else stands between them."""
    for entry in body.entries:
        span = separator_span(entry)
        if span is not None:
            between = _EMPHASIS.sub("", body.document.source[span])
            if len(between) <= _SEPARATOR and not any(c.isalnum() for c in between):
                yield Observation(" ".join(between.split("\n")), span.start)


def separator_span(entry: Entry) -> Span | None:
    """From the end of the title's link to the notes."""
    notes = entry.spans.notes
    end = _title_end(entry)
    return Span(end, notes.start) if notes is not None and end is not None and end <= notes.start else None


def _title_end(entry: Entry) -> int | None:
    """Where the title's link ends, or the title itself where it is none."""
    title = entry.spans.title
    if title is None:
        return None
    around = (part.link.span for part in entry.links if part.link.span.contains(title))
    return next((span.end for span in around), title.end)


def notes_ends(body: Body) -> Iterator[Observation]:
    for entry in body.entries:
        notes = entry.spans.notes
        if notes is not None and notes.end > notes.start:
            yield Observation(closing(body.document.source[notes]), entry.span.start)


def entry_ends(body: Body) -> Iterator[Observation]:
    for entry in body.entries:
        if entry.kind == "item":
            yield Observation(closing(body.document.source[entry.span]), entry.span.start)


def closing(text: str) -> str:
    last = text.rstrip()[-1:]
    return last if last and last in CLOSING else "none"
