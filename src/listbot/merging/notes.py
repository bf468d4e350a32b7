"""What two entries say of one work, as one piece."""

from __future__ import annotations

import re
from typing import NamedTuple

from listbot.document import Document, Entry
from listbot.finding import Edit
from listbot.merging import ornaments
from listbot.source import Span

_SEPARATOR = re.compile(r"(?:[ \t]+[-–—:|·][ \t]+|[:,：，][ \t]*)\Z")
_BEGINNING = re.compile(r"(?:[ \t]+[-–—:|·][ \t]+|[:,：，][ \t]*)(?=\S)")
_SENTENCE_END = (".", "!", "?", "。", "！", "？")
_WORD = re.compile(r"[^\W_]+")


class Notes(NamedTuple):
    """How the notes of two entries come together, and the span of the later entry's notes where they are taken over."""

    edits: tuple[Edit, ...]
    carried: Span | None


def notes_of_both(document: Document, first: Entry, again: Entry) -> Notes | None:
    """None where notes are no piece of their own: where something else goes before or on in their sentence."""
    one, other = _said(document, first), _said(document, again)
    if other is None:
        return Notes((), None)
    text = document.source[other]
    joined = join(document.source[one], text) if one is not None else text
    if one is not None and joined == document.source[one]:
        return Notes((), None)
    start = document.source.line_span(again.first).start
    separator = _SEPARATOR.search(document.source.text, start, other.start)
    if separator is None or not all(_is_whole(document, span) for span in (one, other) if span is not None):
        return None
    if one is not None:
        return Notes((Edit(one, joined),), other)
    line = document.source.line_span(first.last)
    end = line.start + len(document.source[line].rstrip())
    return Notes((Edit(Span(end, end), separator[0] + text),), other)


def _said(document: Document, entry: Entry) -> Span | None:
    """What an entry says behind its title: all of it where the title is its only link, else its notes."""
    if len(entry.links) == 1 and entry.spans.title is not None:
        link, line = entry.links[0].link, document.source.line_span(entry.last)
        separator = _BEGINNING.match(document.source.text, link.span.end, line.end)
        if link.label.contains(entry.spans.title) and separator is not None:
            return Span(separator.end(), line.start + len(document.source[line].rstrip()))
    notes = ornaments.notes_of(document, entry)
    return _sentence(document, notes) if notes is not None else None


def _sentence(document: Document, notes: Span) -> Span:
    """Notes with the mark that ends them."""
    end = notes.end
    while document.source.text.startswith(_SENTENCE_END, end):
        end += 1
    return Span(notes.start, end)


def _is_whole(document: Document, notes: Span) -> bool:
    """Whether notes end their line, or a sentence."""
    text, end = document.source.text, document.source.line_span(document.source.line_of(notes.start)).end
    return not text[notes.end : end].strip() or text[notes.start : notes.end].endswith(_SENTENCE_END)


def join(one: str, other: str) -> str:
    """Two notes as one: the longer where it holds the other, else both."""
    words, more = (" ".join(words_of(note)) for note in (one, other))
    if f" {more} " in f" {words} ":
        return one
    if f" {words} " in f" {more} ":
        return other
    return one + (" " if one.endswith(_SENTENCE_END) else "; ") + other


def words_of(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
