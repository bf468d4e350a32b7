"""What a pull request does to one list: new findings, new entries and links, new suppressions. Pure.

A suppression that the pull request itself adds does not silence an error of the pull request: it is listed, and
somebody with write access decides. What it says of warnings holds.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Collection
from typing import NamedTuple

from listbot import baseline, identity
from listbot.alignment import Alignment
from listbot.baseline import Version
from listbot.bot.merged import Own
from listbot.document import Document, Entry, EntryLink
from listbot.finding import Diagnostic, FileReport, Severity
from listbot.source import Source
from listbot.suppression import Suppression, Suppressions

_NOT_LISTED = frozenset({"contents", "contributing", "license", "related"})
"""Roles of sections whose entries are no entries of the list."""

Judge = Callable[[Document], FileReport]


class Text(NamedTuple):
    """One version of a file, and what the rules say of it."""

    document: Document
    judge: Judge
    own: Source | None = None
    """The file as the pull request's head has it, where that is another text: see `merged`."""


class Extended(NamedTuple):
    """An entry that was there before and gets links."""

    entry: Entry
    links: tuple[EntryLink, ...]
    """The new ones, in the order of the text."""


class Change(NamedTuple):
    """What a pull request does to one file."""

    path: str
    document: Document
    """The newer version."""
    own: Own
    """Its lines, as the pull request's head counts them."""
    is_list: bool
    found: tuple[Diagnostic, ...]
    """Errors and warnings that it introduces, in the order of the text."""
    entries: tuple[Entry, ...]
    """Entries that it adds."""
    extended: tuple[Extended, ...]
    """Entries to which it adds links."""
    suppressions: tuple[Suppression, ...]
    """Suppressions that it adds."""


def of_file(
    path: str, head: Text, base: Text | None, links: Collection[str], *, is_list: bool, from_afar: Collection[str]
) -> Change:
    """Compare two versions of a file; without a base version everything is new.

    `links` are the targets that the change adds, `from_afar` the rules whose findings a change elsewhere in the file
    can cause.
    """
    added = _added_suppressions(head.document, base.document if base is not None else None)
    report = _unsilenced(head, added)
    if base is not None:
        older = Version(base.document, base.judge(base.document))
        report = baseline.introduced(Version(head.document, report), older, from_afar)
    entries = _added_entries(head.document, base.document if base is not None else None) if is_list else ()
    own = Own(head.document.source, head.own)
    found = [one for one in report.diagnostics if one.severity != Severity.HINT]
    return Change(
        path=path,
        document=head.document,
        own=own,
        is_list=is_list,
        found=tuple(one._replace(message=own.told(one.message)) for one in found),
        entries=entries,
        extended=_extended(head.document, entries, links) if is_list else (),
        suppressions=added,
    )


def _unsilenced(head: Text, added: tuple[Suppression, ...]) -> FileReport:
    """The report, with the errors that the added suppressions would silence."""
    report = head.judge(head.document)
    if not added:
        return report
    without = copy.copy(head.document)
    spans = {suppression.span for suppression in added}
    without.comments = [comment for comment in head.document.comments if comment.span not in spans]
    known = {(one.rule, one.span, one.message) for one in report.diagnostics}
    silenced = [
        one
        for one in head.judge(without).diagnostics
        if one.severity == Severity.ERROR and (one.rule, one.span, one.message) not in known
    ]
    return report._replace(diagnostics=tuple(sorted((*report.diagnostics, *silenced), key=lambda one: one.span)))


def _added_suppressions(head: Document, base: Document | None) -> tuple[Suppression, ...]:
    """Those that the base version does not have of the same entry, as multisets."""

    def key(document: Document, suppression: Suppression) -> tuple[str, ...]:
        return _silenced_by(document, suppression), *sorted(suppression.rules)

    old = Counter(key(base, one) for one in Suppressions(base).stated()) if base is not None else Counter()
    found = []
    for one in Suppressions(head).stated():
        old[key(head, one)] -= 1
        if old[key(head, one)] < 0:
            found.append(one)
    return tuple(found)


def _silenced_by(document: Document, suppression: Suppression) -> str:
    """What a suppression silences, wherever its comment stands: the file, else an entry, else a part of a section."""
    source = document.source
    if (suppression.first, suppression.last) == (1, source.line_count):
        return "file"
    line = source.line(suppression.first)
    indent = len(line) - len(line.lstrip())
    return identity.at(document, source.line_span(suppression.first).start + indent)


def _added_entries(head: Document, base: Document | None) -> tuple[Entry, ...]:
    """Those of head that are left when each entry of base has taken out its like, one on old lines first."""
    entries = _listed(head)
    if base is None:
        return tuple(entries)
    lines = Alignment(base.source, head.source)
    old = Counter(identity.of_entry(base, entry) for entry in _listed(base))
    found = []
    for entry in sorted(entries, key=lambda entry: lines.touches(entry.first, entry.last)):
        key = identity.of_entry(head, entry)
        old[key] -= 1
        if old[key] < 0:
            found.append(entry)
    return tuple(sorted(found, key=lambda entry: entry.span))


def _extended(document: Document, added: Collection[Entry], links: Collection[str]) -> tuple[Extended, ...]:
    """Entries that are not new themselves and hold links that are."""
    new = {entry.span for entry in added}
    found = []
    for entry in _listed(document):
        fresh = tuple(one for one in entry.links if one.link.target in links)
        if fresh and entry.span not in new:
            found.append(Extended(entry, fresh))
    return tuple(found)


def _listed(document: Document) -> list[Entry]:
    def role(entry: Entry) -> str:
        return document.sections[entry.section].role if entry.section >= 0 else "body"

    return [entry for entry in document.entries if entry.links and role(entry) not in _NOT_LISTED]
