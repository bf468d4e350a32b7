"""What rules say: findings, as checks yield them, and diagnostics, as people and programs read them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from listbot.source import Position, Span


class Severity(StrEnum):
    """How much a diagnostic weighs. Hints show only on demand and never count for the exit code."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)

    def capped(self, cap: Severity) -> Severity:
        """The milder of the two."""
        return max(self, cap, key=lambda severity: severity.rank)


class Edit(NamedTuple):
    """One replacement in `Source.text`."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that belong together. A *safe* fix is provably right; an unsafe one needs somebody's consent."""

    message: str
    edits: tuple[Edit, ...]
    safe: bool


class Related(NamedTuple):
    """Another place that a finding speaks of."""

    span: Span
    message: str


class Finding(NamedTuple):
    """What a check yields. It knows no rule id, severity or path: the engine adds these."""

    span: Span
    message: str
    grade: str = ""
    """How sure the rule is, in the rule's own words; empty where its page has one severity for all."""
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    work: str | None = None
    """The work at stake, such as `arxiv:2407.06204`."""
    hint: str | None = None
    """What the reader can do about it, where the message does not say so already."""
    mirror: Finding | None = None
    """The same finding told from its first related place, for a rule that relates two places of equal right: where a
    change added that one, it is the one to report."""
    alike: bool = False
    """Whether findings with this message are one to a reader, however often they occur: a word misspelt 26 times."""
    explains: tuple[Span, ...] = ()
    """Other places that are right once this one is mended: what rules that yield to this one say there is dropped."""


class RelatedPlace(NamedTuple):
    """A `Related` with positions."""

    message: str
    span: Span
    start: Position
    end: Position


class Diagnostic(NamedTuple):
    """A finding made presentable."""

    rule: str
    severity: Severity
    message: str
    span: Span
    start: Position
    end: Position
    fingerprint: str
    """Stays the same when the entry moves or the list is re-sorted; see `contract.md`, identity of a finding."""
    work: str | None
    related: tuple[RelatedPlace, ...]
    fix: Fix | None
    hint: str | None
    mirror: Diagnostic | None = None
    """As in `Finding`."""
    alike: bool = False
    """As in `Finding`."""


class Skipped(NamedTuple):
    """A rule that did not run, and why."""

    rule: str
    reason: str


class FileReport(NamedTuple):
    """All that listbot says about one file."""

    path: str
    diagnostics: tuple[Diagnostic, ...]
    suppressed: int
    skipped: tuple[Skipped, ...]
    entries: int
    links: int
    silenced: tuple[str, ...] = ()
    """The fingerprints of what comments silence."""
    old: int = 0
    """Diagnostics that were left out because they are not new."""
