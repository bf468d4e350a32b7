"""The old and the new document of some edits, and what the edits touched on each side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from listbot.document import Document, Entry, Link
from listbot.source import Source, Span


class Change(NamedTuple):
    """One edit that was made."""

    rule: str
    before: Span
    """What was replaced, in the old text."""
    after: Span
    """What stands there now, in the new text."""
    may: frozenset[str]
    """What the rule declares, of `proof.DECLARATIONS`."""


class Side(NamedTuple):
    """The old or the new document, and the lines that edits touched."""

    document: Document
    spans: tuple[tuple[Span, frozenset[str]], ...]
    touched: dict[int, frozenset[str]]
    """From a line to what may change there."""
    removed: frozenset[int]
    """Lines that stand on this side only: taken out whole, or, of the new document, put in whole."""

    def may(self, first: int, last: int) -> frozenset[str] | None:
        """What may change on one of these lines; None where no edit touched them."""
        found = [self.touched[line] for line in range(first, last + 1) if line in self.touched]
        return frozenset().union(*found) if found else None

    def may_of(self, entry: Entry) -> frozenset[str] | None:
        """What may change about an entry; lines that vanish from its midst leave the rest to be as it was. An entry
        changes with the definitions in which targets of its links stand."""
        left = [line for line in range(entry.first, entry.last + 1) if line not in self.removed]
        here = self.may(left[0], left[-1]) if left else self.may(entry.first, entry.last)
        defined = [part.link for part in entry.links if not entry.span.contains(part.link.destination)]
        found = [may for may in (here, *map(self.edited, defined)) if may is not None]
        return frozenset().union(*found) if found else None

    def edited(self, link: Link) -> frozenset[str] | None:
        """What may change of a link's target, which may stand elsewhere, in a definition; None where it must not."""
        return next((may for span, may in self.spans if span.overlaps(link.destination)), None)


def before_edits(document: Document, after: Document, changes: Sequence[Change]) -> Side:
    """The old document; `after` is the new one."""
    touched: dict[int, frozenset[str]] = {}
    removed: set[int] = set()
    for change in changes:
        if change.after.start == change.after.end:
            removed.update(_whole_lines(document.source, change.before))
        if not _added_lines(after.source, change):
            _touch(touched, document.source, change.before, change.may)
    return Side(document, tuple((c.before, c.may) for c in changes), touched, frozenset(removed))


def after_edits(document: Document, changes: Sequence[Change]) -> Side:
    """The new document."""
    touched: dict[int, frozenset[str]] = {}
    added: set[int] = set()
    for change in changes:
        added.update(_added_lines(document.source, change))
        whole_lines = (
            change.after.start == change.after.end and document.source.position(change.after.start).column == 1
        )
        if not whole_lines:
            _touch(touched, document.source, change.after, change.may)
    return Side(document, tuple((c.after, c.may) for c in changes), touched, frozenset(added))


def _added_lines(after: Source, change: Change) -> range:
    """The lines that an insertion puts in whole, where its rule may change which entries there are."""
    is_insertion = change.before.start == change.before.end and change.after.start < change.after.end
    return _whole_lines(after, change.after) if is_insertion and "entries" in change.may else range(0)


def _touch(touched: dict[int, frozenset[str]], source: Source, span: Span, may: frozenset[str]) -> None:
    for line in range(source.line_of(span.start), source.line_of(max(span.start, span.end - 1)) + 1):
        touched[line] = touched.get(line, frozenset()) | may


def _whole_lines(source: Source, span: Span) -> range:
    """The lines that vanish when a span is deleted: those that it covers whole, the last line ending included."""
    first, last = source.line_of(span.start), source.line_of(max(span.start, span.end - 1))
    if source.line_span(first).start == span.start and source.line_span(last).end < span.end:
        return range(first, last + 1)
    return range(0)
