"""Misspelt words among venues and the texts of links: what a list writes there again and again, it knows how to write.

A word of a venue or of a link's text that stands once and that nobody knows, and that lies a slip from one that stands
there three times or more, is that one: `Ppaer`, `NeurlIPS`. Tags of several words are read as prose is, as far as they
are certain: `[Unity framwork]`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from listbot import derivations, lexicon, slips, venues
from listbot.document import Document
from listbot.meanings import CERTAIN, Vocabulary
from listbot.source import Span

_WORD = re.compile(r"(?<![A-Za-z./@:_])[A-Za-z]{5,20}(?![A-Za-z@_/]|\.\w)")
"""A word, and no part of an address."""
_FIELD = re.compile(r"(?:\A|[,(\[|] ?)([A-Za-z]{5,20})(?=['’ ]?\d\d|,)")
"""What may be a venue that nobody knows: a word alone, or one before a year."""
_ANY = re.compile(r"(?<![\w./@:-])[A-Za-z]+(?![\w@/-]|\.\w)")
_SHORTEST = 4
_LONGEST = 40
"""A longer text is a sentence, and no venue or label."""
_ENOUGH = 3
_MOST_COMMON = 300
"""So many words are compared with each that stands once; real lists have fewer venues and labels that recur."""


class SlotWord(NamedTuple):
    """A misspelt word where it stands, and how the list writes it elsewhere."""

    span: Span
    meant: str


def misspelt(document: Document, accepted: frozenset[str]) -> Iterator[SlotWord]:
    """The misspelt words of venues and of links' texts, in the order of the text. `accepted` are right, in lower
    case."""
    text = document.source.text
    of_venues, of_labels, fields = _slots(document)
    found: dict[Span, str] = {}
    for spans, others in ((of_labels, []), (of_venues, fields)):
        counts = Counter(text[span.start : span.end] for span in spans)
        lowered: Counter[str] = Counter()
        for written, count in counts.items():
            lowered[written.lower()] += count
        common = [word for word, count in lowered.most_common(_MOST_COMMON) if count >= _ENOUGH]
        for span in spans + others:
            written = text[span.start : span.end]
            word = written.lower()
            if lowered[word] > 1 or word in accepted or not _is_strange(written):
                continue
            meant = next((one for one in common if _is_slip(word, one)), None)
            if meant is not None:
                found[span] = _as_written(counts, written, meant)
    found |= dict(_in_tags(document, accepted))
    yield from (SlotWord(span, meant) for span, meant in sorted(found.items()))


def _in_tags(document: Document, accepted: frozenset[str]) -> Iterator[tuple[Span, str]]:
    """The one word in small letters that a tag of several words has misspelt for certain."""
    text, vocabulary = document.source.text, Vocabulary({}, {})
    for tag in (tag for entry in document.entries for tag in entry.spans.tags):
        if text[tag.end : tag.end + 2] in ("](", "]["):
            continue  # the text of a link whose target is broken
        words = list(_ANY.finditer(text, *tag))
        strange = [found for found in words if len(found[0]) >= _SHORTEST and _is_strange(found[0])]
        if len(words) < 2 or len(strange) != 1 or not strange[0][0].islower() or strange[0][0] in accepted:
            continue
        meant = vocabulary.meant(strange[0][0])
        if meant is not None and meant.grade == CERTAIN:
            yield Span(*strange[0].span()), meant.word


def _slots(document: Document) -> tuple[list[Span], list[Span], list[Span]]:
    """The words of venues, those of links' texts, and those that may be venues in entries that have none."""
    text = document.source.text
    of_venues: set[Span] = set()
    of_labels: set[Span] = set()
    fields: set[Span] = set()
    for entry in document.entries:
        parts = entry.spans
        labels = [
            link.link.label for link in entry.links if parts.title is None or not link.link.label.overlaps(parts.title)
        ]
        for words, slots in ((of_labels, labels), (of_venues, [parts.venue] if parts.venue else [])):
            short = [slot for slot in slots if slot.end - slot.start <= _LONGEST]
            words.update(Span(*found.span()) for slot in short for found in _WORD.finditer(text, *slot))
        if parts.venue is None and parts.notes is not None:
            at = parts.notes.start
            found_in = _FIELD.finditer(text[at : parts.notes.end])
            fields.update(Span(at + found.start(1), at + found.end(1)) for found in found_in)
    return sorted(of_venues), sorted(of_labels), sorted(fields)


def _is_strange(written: str) -> bool:
    word = written.lower()
    return not (lexicon.knows(word) or derivations.is_derived(word) or venues.is_known(written))


def _is_slip(word: str, meant: str) -> bool:
    if not slips.may_be_one(word, meant) or word == meant or word.startswith(meant) or meant.startswith(word):
        return False
    how = slips.between(word, meant)
    return how.number == 1 and how.likelihood >= slips.EXTRA


def _as_written(counts: Counter[str], written: str, meant: str) -> str:
    """How the list writes a word oftenest, in small letters where this place has none but those."""
    ways = Counter({way: count for way, count in counts.items() if way.lower() == meant})
    small = [way for way in ways if way.islower() == written.islower()]
    return max(small or ways, key=lambda way: ways[way])
