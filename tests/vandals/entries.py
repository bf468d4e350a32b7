"""Defects of entries, and of the lists that hold them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from listbot import lexicon, separator
from listbot.document import Document, Entry
from listbot.finding import Edit
from listbot.identity import works_of
from listbot.source import Span
from tests.vandals.defects import Change, Changes, cut, defect, put
from tests.vandals.listed import Listed

_LETTERS = re.compile(r"[A-Za-z][A-Za-z ]*[A-Za-z]")


def _checkbox_lacks(listed: Listed) -> Iterator[Change]:
    if listed.keeps("checkbox", "checkbox"):
        for entry in listed.items:
            box = re.compile(r"[-*+] (\[.\] )").match(listed.text, entry.span.start)
            if box is not None:
                yield Change((cut(*box.span(1)),), (entry.span,))


def _checkbox_too_many(listed: Listed) -> Iterator[Change]:
    if listed.keeps("checkbox", "none"):
        sections = Counter(entry.section for entry in listed.document.entries if entry.kind == "item")
        for entry in listed.items:
            bullet = listed.text[entry.span.start : entry.span.start + 2]
            if sections[entry.section] > 5 and bullet in ("- ", "* ", "+ "):
                yield Change((put(entry.span.start + 2, "[ ] "),))


def _separator_span(document: Document, entry: Entry) -> Span | None:
    found = separator.of_entry(document, entry)
    return found.span if found is not None else None


def _separator(other: str) -> Changes:
    """Behind titles that are links: a bold name with a colon may be the first words of a paper's title."""

    def changes(listed: Listed) -> Iterator[Change]:
        for usual in (" - ", " – ", " — ", ": "):
            if usual.strip() != other.strip() and listed.keeps("separator", usual):
                for entry in listed.items:
                    span = _separator_span(listed.document, entry)
                    linked = any(part.link.label == entry.spans.title for part in entry.links)
                    if span is not None and linked and listed.document.source[span] == usual:
                        yield Change((Edit(span, other),))

    return changes


def _separator_lacks(listed: Listed) -> Iterator[Change]:
    """Before a sentence, in a section where more than five others have one."""
    sections = Counter(
        entry.section for entry in listed.document.entries if _separator_span(listed.document, entry) is not None
    )
    for usual in (" - ", " – ", " — ", ": "):
        if listed.keeps("separator", usual):
            for entry in listed.items:
                span, notes = _separator_span(listed.document, entry), entry.spans.notes
                linked = any(part.link.label == entry.spans.title for part in entry.links)
                if span is None or notes is None or not linked or sections[entry.section] <= 6:
                    continue
                sentence = re.match(r"[A-Z][a-z]+ [a-z]+ [^:–—-]+$", listed.document.source[notes])
                if listed.document.source[span] == usual and sentence:
                    yield Change((Edit(span, " "),), (entry.spans.title or span, span))


def _blank_lacks(listed: Listed) -> Iterator[Change]:
    """Before a dash or behind it."""
    for usual in (" - ", " – ", " — "):
        if listed.keeps("separator", usual):
            for entry in listed.items:
                span = _separator_span(listed.document, entry)
                linked = any(part.link.label == entry.spans.title for part in entry.links)
                if span is not None and linked and listed.document.source[span] == usual:
                    yield Change((Edit(span, usual[1:]),))
                    if listed.text[span.end].isalnum():
                        yield Change((Edit(span, usual[:-1]),))


def _stop_too_many(listed: Listed) -> Iterator[Change]:
    if listed.keeps("notes end", "none"):
        sections = Counter(entry.section for entry in listed.document.entries if entry.notes)
        for entry in listed.items:
            notes = entry.spans.notes
            if notes is not None and notes.end == entry.span.end and sections[entry.section] > 5:
                said = listed.document.source[notes]
                word = re.search(r"(?<![\w./’'-])[a-z]{4,}$", said)
                if word is not None and lexicon.knows(word[0]) and not re.search(r"[.!?…]", said):
                    yield Change((put(notes.end, "."),), (notes,))


def _closed_notes(listed: Listed) -> Iterator[Span]:
    """Notes that end their entry with a full stop, as the list's do."""
    if listed.keeps("notes end", "."):
        for entry in listed.items:
            notes = entry.spans.notes
            ends = notes is not None and notes.end == entry.span.end
            if notes is not None and ends and re.search(r"[a-z]{3}\.$", listed.document.source[notes]):
                yield notes


def _stop_lacks(listed: Listed) -> Iterator[Change]:
    for notes in _closed_notes(listed):
        yield Change((cut(notes.end - 1, notes.end),), (notes,))


def _stop_twice(listed: Listed) -> Iterator[Change]:
    for notes in _closed_notes(listed):
        yield Change((put(notes.end, "."),), (notes,))


def _bullet(listed: Listed) -> Iterator[Change]:
    """Another bullet in the midst of a list: it makes three lists of one."""
    for usual, other in (("-", "*"), ("*", "-")):
        if listed.keeps("bullet", usual):
            for entry in listed.items:
                if listed.text[entry.span.start] == usual:
                    yield Change((Edit(Span(entry.span.start, entry.span.start + 1), other),))


def _bullet_for_number(listed: Listed) -> Iterator[Change]:
    if listed.keeps("bullet", "1."):
        sections = Counter(entry.section for entry in listed.document.entries)
        for entry in listed.items:
            number = re.compile(r"\d+\.(?= )").match(listed.text, entry.span.start)
            if number is not None and sections[entry.section] > 5:
                yield Change((Edit(Span(*number.span()), "-"),))


def _bold_lacks(listed: Listed) -> Iterator[Change]:
    if listed.keeps("title", "bold"):
        sections = Counter(entry.section for entry in listed.document.entries)
        for entry in listed.items:
            found = re.compile(r"\*\*\w[\w :-]+\w\*\*").search(listed.text, entry.span.start, entry.span.end)
            title = entry.spans.title
            if title is None or found is None or sections[entry.section] <= 5:
                continue
            if found.start() <= title.start and title.end <= found.end():
                yield Change((Edit(Span(*found.span()), found[0][2:-2]),), (title,))


def _venue_grown_together(listed: Listed) -> Iterator[Change]:
    if listed.keeps("venue", "Venue 2020"):
        sections = Counter(entry.section for entry in listed.document.entries if entry.venue)
        for entry in listed.items:
            venue = entry.spans.venue
            if venue is not None and sections[entry.section] > 5:
                written = listed.document.source[venue]
                if re.fullmatch(r"[A-Z]{3,6} 20\d\d", written):
                    yield Change((Edit(venue, written.replace(" ", "")),))


def _paragraph(listed: Listed) -> Iterator[Change]:
    """Behind the first item of all: a paragraph above the list introduces it."""
    kinds = [entry.kind for entry in listed.document.entries]
    if not listed.is_steady(kinds.count("item"), len(kinds)):
        return
    first, links = listed.document.entries[kinds.index("item")], set(listed.links)
    for entry in listed.items:
        link = entry.primary.link if entry.primary is not None else None
        if link is None or link not in links or not _long(entry) or entry.span == first.span:
            continue
        if not listed.text[entry.span.start + 2 : link.span.start]:
            yield Change((Edit(entry.span, f"\n{listed.document.source[link.span]}\n"),))


def _long(entry: Entry) -> bool:
    return len((entry.title or "").split()) >= 5


def _twice(listed: Listed) -> Iterator[Change]:
    """In long sections: one entry more makes a short one long enough to have an order."""
    sizes = Counter(entry.section for entry in listed.document.entries)
    for entry in listed.lines:
        if works_of(entry) and len((entry.title or "").split()) > 1 and sizes[entry.section] > 10:
            start, end = listed.document.source.line_span(entry.first)
            yield Change((put(end, "\n" + listed.text[start:end]),))


def _out_of_order(listed: Listed) -> Iterator[Change]:
    """Moves an entry to the other end of a list that is sorted by title."""
    for entries in _runs(listed):
        names = [entry.title or "" for entry in entries]
        if len(names) >= 20 and all(_LETTERS.fullmatch(name) for name in names):
            folded = [name.replace(" ", "").casefold() for name in names]
            if folded == sorted(folded) and sorted(map(str.casefold, names)) == [n.casefold() for n in names]:
                last = listed.document.source.line_span(entries[-1].first).end
                for entry in entries[: len(entries) // 2]:
                    start, end = listed.document.source.line_span(entry.first)
                    yield Change((cut(start, end + 1), put(last, "\n" + listed.text[start:end])))


def _runs(listed: Listed) -> Iterator[list[Entry]]:
    """Entries on neighbouring lines, each list of them whole."""
    run: list[Entry] = []
    for before, entry in pairwise([None, *listed.lines]):
        if entry is not None and before is not None and entry.first == before.first + 1:
            run.append(entry)
        elif entry is not None:
            yield run
            run = [entry]
    yield run


ENTRIES = (
    defect("a checkbox lacks", "entry-format", _checkbox_lacks),
    defect("a checkbox too many", "entry-format", _checkbox_too_many),
    defect("another dash", "entry-format", _separator(" – ")),
    defect("a colon for the dash", "entry-format", _separator(": ")),
    defect("no separator", "entry-format", _separator_lacks),
    defect("a blank lacks beside a separator", "entry-format", _blank_lacks),
    defect("a full stop twice", "entry-format", _stop_twice),
    defect("a full stop too many", "entry-format", _stop_too_many),
    defect("the full stop lacks", "entry-format", _stop_lacks),
    defect("another bullet", "entry-format", _bullet),
    defect("a bullet for a number", "entry-format", _bullet_for_number),
    defect("a bullet lacks", "entry-format", _paragraph),
    defect("a title lost its bold", "entry-format", _bold_lacks),
    defect("a venue grown together", "entry-format", _venue_grown_together),
    defect("an entry twice", "duplicate-entry", _twice),
    defect("out of order", "unsorted-entries", _out_of_order),
)
