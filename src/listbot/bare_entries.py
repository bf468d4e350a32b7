"""Entries that are items of a list, and those that stand bare among them, as paragraphs.

What introduces a list, people and pages that a sentence mentions are no entries that lost their bullet: a paragraph has
to show little but a title.
"""

from __future__ import annotations

from collections.abc import Iterator

from listbot import vocabulary
from listbot.document import Block, Document, Entry, Link
from listbot.habits import Observation, in_body
from listbot.source import Span

_WORDS_OF_TITLE = 5
_HALF = 0.5
_PUBLICATION = ("paper", "pdf")


def kinds(document: Document, separator: str = "") -> Iterator[Observation]:
    """Whether an entry that is no row is an item, or a paragraph that begins with a title or hardly shows more.

    A line that begins as the items of a list with a separator of its own do, `[title](…) - `, is one of them: a
    paragraph, or `swallowed` by the item above it.
    """
    entries = [entry for entry in document.entries if in_body(document, entry.span.start)]
    begun, with_items = False, {entry.section for entry in entries if entry.kind == "item"}
    for entry in entries:
        begun = begun or entry.kind != "paragraph"
        listed = begun or entry.section in with_items  # what stands above the list introduces it
        if entry.kind == "item":
            yield Observation("item", entry.span.start)
            yield from _swallowed(document, entry, separator)
        elif entry.kind == "paragraph" and listed:
            begins = entry.section in with_items and _begins_alike(document, entry.span.start, separator)
            if begins or _shows_a_title(document, entry):
                yield Observation("paragraph", entry.span.start)
    first = next((entry.span.start for entry in entries if entry.kind == "item"), len(document.source.text))
    yield from _unread(document, first)


def _swallowed(document: Document, entry: Entry, separator: str) -> Iterator[Observation]:
    """The lines of an item that stand at the margin, as if they had lost their bullet."""
    for line in range(entry.first + 1, document.source.line_of(entry.span.end - 1) + 1):
        start = document.source.line_span(line).start
        if document.entry_at(start) == entry and _begins_alike(document, start, separator):
            yield Observation("swallowed", start)


def _begins_alike(document: Document, start: int, separator: str) -> bool:
    link = next(iter(document.links_in(document.source.line_span(document.source.line_of(start)))), None)
    alike = link is not None and link.span.start == start and link.kind == "inline"
    return link is not None and alike and separator != "" and document.source.text.startswith(separator, link.span.end)


def _unread(document: Document, first: int) -> Iterator[Observation]:
    """Paragraphs below the first item that are read as prose, and show little but one publication."""
    for block in document.blocks:
        if block.kind == "paragraph" and block.parent < 0 and block.span.start > first:
            links = document.links_in(block.span)
            if len(links) == 1 and _is_publication(document, block, links[0]):
                yield Observation("paragraph", block.span.start)


def _is_publication(document: Document, block: Block, link: Link) -> bool:
    label = document.source[link.label]
    return (
        vocabulary.role_of_target(link.target) in _PUBLICATION
        and len(label.split()) >= _WORDS_OF_TITLE
        and len(label) >= _HALF * _shown(block.span, [link])
        and in_body(document, block.span.start)
        and document.entry_at(block.span.start) is None
    )


def _shows_a_title(document: Document, entry: Entry) -> bool:
    link = entry.primary.link if entry.primary is not None else None
    if link is None or not entry.title or len(entry.title.split()) < _WORDS_OF_TITLE:
        return False
    if link.span.start == entry.span.start:
        return True
    label = document.source[link.label]
    shown = _shown(entry.span, [part.link for part in entry.links])
    return len(label) >= _HALF * shown and len(entry.title) >= _HALF * len(label)


def _shown(span: Span, links: list[Link]) -> int:
    """How many characters of a text are no URL."""
    return span.end - span.start - sum(link.destination.end - link.destination.start for link in links)
