"""A document's entries: what its lines list, in the order of the text."""

from __future__ import annotations

from listbot.document import Document, Entry
from listbot.entry_parts import Reader, settle
from listbot.grouping import groups
from listbot.tokens import Tokenizer

_CROWDED = 0.25
_FEWEST = 2
_LONGEST = 20_000
"""Characters. The longest entry of 73 lists, with an abstract below it, has 2,800; what is this long is no entry."""


def extract(document: Document) -> list[Entry]:
    """The entries of a document, in the order of the text."""
    tokenizer = Tokenizer(document)
    reader = Reader(document, tokenizer)
    found = groups(document, tokenizer)
    read = (reader.entry(group) for group in found if group.span.end - group.span.start <= _LONGEST)
    return settle([entry for entry in read if entry is not None])


def looks_like_list(document: Document) -> bool:
    """Whether enough of a document's lines are entries, and some of them linked."""
    linked = sum(bool(entry.links) for entry in document.entries)
    covered = {line for entry in document.entries for line in range(entry.first, entry.last + 1)}
    lines = range(1, document.source.line_count + 1)
    written = sum(bool(document.source.line(number).strip()) for number in lines)
    return linked >= _FEWEST and len(covered) >= _CROWDED * written
