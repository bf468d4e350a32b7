"""Which diagnostics are new: by the identity of the entry, and never by its line. Pure.

Two ways to know what is old:

- `introduced` has the older version of the file. What a change introduces is in its head and not in its base, as
  multisets of fingerprints. Where a fingerprint is not enough, more is asked: whether a pair of entries was related
  before (in which order, and under which markup, is the same to the reader), whether the text is wrong as before in an
  entry of the same title (that got a link, and so another identity) or on an unchanged line (under a heading that was
  renamed), and whether the finding stands on a line that the change left alone. There, only a rule whose page says
  `from-afar` may speak: an anchor whose heading was renamed is broken by the change; an old link that is an outlier
  since the list's majority tipped over is not.
- `unknown` has a baseline: counts of fingerprints, as `baseline_file` reads them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import NamedTuple

from listbot import identity, titles
from listbot.alignment import Alignment
from listbot.document import Document
from listbot.finding import Diagnostic, FileReport
from listbot.source import Span


class Version(NamedTuple):
    """One version of a file, and all that the rules say of it, hints included."""

    document: Document
    report: FileReport


_Key = Callable[[Diagnostic], Hashable]


def introduced(head: Version, base: Version, from_afar: Collection[str]) -> FileReport:
    """The report of `head` without what `base` had already.

    A finding that relates a new place to an old one is told from the new place. `from_afar` are the ids of rules whose
    findings a change elsewhere in the file can cause.
    """
    change = _Change(head, base, from_afar)
    new = change.causes(change.not_in_base())
    new.sort(key=lambda d: (d.span, d.rule, d.message))
    return head.report._replace(diagnostics=tuple(new))


def unknown(report: FileReport, known: Mapping[tuple[str, str], int]) -> FileReport:
    """The report without diagnostics that a baseline counts, by rule and fingerprint.

    Of more equal ones than it counts the last are new. Of two places that are related the baseline has the one that
    was the later when it was written.
    """
    left = Counter(known)
    new: list[Diagnostic] = []
    for diagnostic in report.diagnostics:
        key = diagnostic.rule, diagnostic.fingerprint
        left[key] -= 1
        if left[key] < 0:
            new.append(diagnostic)
    kept = []
    for diagnostic in new:
        key = diagnostic.rule, diagnostic.mirror.fingerprint if diagnostic.mirror is not None else ""
        left[key] -= 1
        if left[key] < 0:
            kept.append(diagnostic)
    return report._replace(diagnostics=tuple(kept))


class _Change:
    """What lies between two versions."""

    def __init__(self, head: Version, base: Version, from_afar: Collection[str]) -> None:
        self._head = head
        self._base = base
        self._from_afar = from_afar
        self._lines = Alignment(base.document.source, head.document.source)

    # Not in base ------------------------------------------------------------------------------------------------------

    def not_in_base(self) -> list[Diagnostic]:
        """What is left of head when each diagnostic of base has taken out its like."""
        old = list(self._base.report.diagnostics)
        new = sorted(self._head.report.diagnostics, key=self._likely_old)
        new, old = _pair_off(new, old, _by_fingerprint, _by_fingerprint)
        new, old = _pair_off(new, old, _by_pair(self._head.document), _by_pair(self._base.document))
        new, old = _pair_off(new, old, _by_title(self._head.document), _by_title(self._base.document))
        new, _ = _pair_off(new, old, self._by_old_line, _by_line(self._base.document))
        return new

    def _likely_old(self, diagnostic: Diagnostic) -> tuple[int, int]:
        """Of equal diagnostics, which is taken for an old one first: what stands on old lines and relates such."""
        if self._on_change(diagnostic.span):
            return 2, diagnostic.span.start
        if any(self._on_change(place.span) for place in diagnostic.related):
            return 1, -diagnostic.span.start
        return 0, diagnostic.span.start

    def _by_old_line(self, diagnostic: Diagnostic) -> Hashable:
        before = self._lines.was(diagnostic.start.line)
        return None if before is None else (diagnostic.rule, before, _text(self._head.document, diagnostic.span))

    # Caused by the change ---------------------------------------------------------------------------------------------

    def causes(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Those that the change caused, each told from a place that it brought, once."""
        here: dict[tuple[str, Span], Diagnostic] = {}
        afar: list[Diagnostic] = []
        for diagnostic in sorted(found, key=lambda d: d.span):
            if self._on_change(diagnostic.span):
                here[diagnostic.rule, diagnostic.span] = diagnostic
            else:
                afar.append(diagnostic)
        for diagnostic in afar:
            mirror = diagnostic.mirror
            if mirror is not None and self._on_change(mirror.span):
                here.setdefault((mirror.rule, mirror.span), mirror)
        told = set(here)
        for diagnostic in afar:
            if self._reaches(diagnostic, told):
                here[diagnostic.rule, diagnostic.span] = diagnostic
        return list(here.values())

    def _reaches(self, diagnostic: Diagnostic, told: Collection[tuple[str, Span]]) -> bool:
        """Whether the change caused a finding on lines that it left alone, and no finding on its own lines says so."""
        related = [place.span for place in diagnostic.related if self._on_change(place.span)]
        if related:
            return not any((diagnostic.rule, span) in told for span in related)
        was_silenced = diagnostic.fingerprint in self._base.report.silenced
        return was_silenced or diagnostic.rule in self._from_afar

    def _on_change(self, span: Span) -> bool:
        """Whether the change touched the lines of a place, or others of its entry."""
        if self._lines.touches_span(span):
            return True
        entry = self._head.document.entry_at(span.start)
        return entry is not None and self._lines.touches(entry.first, entry.last)


def _pair_off(
    new: Iterable[Diagnostic], old: Iterable[Diagnostic], new_key: _Key, old_key: _Key
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """What is left of both when one of each key takes out one of the other; the key None has no like."""
    waiting: dict[Hashable, list[Diagnostic]] = defaultdict(list)
    for diagnostic in old:
        waiting[old_key(diagnostic)].append(diagnostic)
    kept = []
    for diagnostic in new:
        key = new_key(diagnostic)
        if key is not None and waiting.get(key):
            waiting[key].pop()
        else:
            kept.append(diagnostic)
    return kept, [diagnostic for left in waiting.values() for diagnostic in left]


def _by_fingerprint(diagnostic: Diagnostic) -> Hashable:
    return diagnostic.rule, diagnostic.fingerprint


def _by_pair(document: Document) -> _Key:
    """The rule and the entries that a finding relates."""

    def key(diagnostic: Diagnostic) -> Hashable:
        if not diagnostic.related:
            return None
        spans = [diagnostic.span, *(place.span for place in diagnostic.related)]
        return diagnostic.rule, frozenset(identity.at(document, span.start) for span in spans)

    return key


def _by_title(document: Document) -> _Key:
    """The rule, the entry's title, and what is wrong."""

    def key(diagnostic: Diagnostic) -> Hashable:
        entry = document.entry_at(diagnostic.span.start)
        if entry is None or not entry.title:
            return None
        return diagnostic.rule, titles.keys(entry.title).full, _text(document, diagnostic.span)

    return key


def _by_line(document: Document) -> _Key:
    return lambda diagnostic: (diagnostic.rule, diagnostic.start.line, _text(document, diagnostic.span))


def _text(document: Document, span: Span) -> str:
    return " ".join(document.source[span].split())
