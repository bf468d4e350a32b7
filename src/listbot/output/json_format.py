"""JSON for programs. These models are the published form, version 1; the README documents it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from listbot.finding import Diagnostic, FileReport, Fix, Severity
from listbot.output.text import all_diagnostics
from listbot.source import Position, Source


class JsonPosition(BaseModel):
    """1-based; columns count code points."""

    line: int
    column: int


class JsonRelated(BaseModel):
    """Another place in the same file that the diagnostic speaks of."""

    message: str
    start: JsonPosition
    end: JsonPosition


class JsonEdit(BaseModel):
    """Replace what stands from `start` to `end` by `text`."""

    start: JsonPosition
    end: JsonPosition
    text: str


class JsonFix(BaseModel):
    """Edits that belong together. `safe`: provably right."""

    message: str
    safe: bool
    edits: list[JsonEdit]


class JsonDiagnostic(BaseModel):
    """One finding. `fingerprint` stays the same when the entry moves."""

    rule: str
    severity: Severity
    message: str
    start: JsonPosition
    end: JsonPosition
    fingerprint: str
    work: str | None
    hint: str | None
    related: list[JsonRelated]
    fix: JsonFix | None


class JsonSkipped(BaseModel):
    """A rule that did not run on this file."""

    rule: str
    reason: str


class JsonFile(BaseModel):
    """What was found in one file; `suppressed` counts what a comment silences, `old` what is not new."""

    path: str
    diagnostics: list[JsonDiagnostic]
    suppressed: int
    old: int
    skipped: list[JsonSkipped]


class JsonUnread(BaseModel):
    """A path that could not be checked, and why."""

    message: str


class JsonSummary(BaseModel):
    """Totals over all files."""

    files: int
    errors: int
    warnings: int
    hints: int
    by_rule: dict[str, int]
    entries: int
    links: int
    seconds: float


class JsonReport(BaseModel):
    """`listbot check --format json`."""

    version: Literal[1]
    files: list[JsonFile]
    unread: list[JsonUnread]
    summary: JsonSummary


def render(reports: Sequence[FileReport], sources: dict[str, Source], unread: Sequence[str], seconds: float) -> str:
    """Exactly one JSON object, and a line ending."""
    report = JsonReport(
        version=1,
        files=[_file(report, sources[report.path]) for report in reports],
        unread=[JsonUnread(message=message) for message in unread],
        summary=_summary(reports, seconds),
    )
    return report.model_dump_json() + "\n"


def _file(report: FileReport, source: Source) -> JsonFile:
    return JsonFile(
        path=report.path,
        diagnostics=[_diagnostic(diagnostic, source) for diagnostic in report.diagnostics],
        suppressed=report.suppressed,
        old=report.old,
        skipped=[JsonSkipped(rule=skipped.rule, reason=skipped.reason) for skipped in report.skipped],
    )


def _diagnostic(diagnostic: Diagnostic, source: Source) -> JsonDiagnostic:
    return JsonDiagnostic(
        rule=diagnostic.rule,
        severity=diagnostic.severity,
        message=diagnostic.message,
        start=_position(diagnostic.start),
        end=_position(diagnostic.end),
        fingerprint=diagnostic.fingerprint,
        work=diagnostic.work,
        hint=diagnostic.hint,
        related=[
            JsonRelated(message=place.message, start=_position(place.start), end=_position(place.end))
            for place in diagnostic.related
        ],
        fix=_fix(diagnostic.fix, source),
    )


def _fix(fix: Fix | None, source: Source) -> JsonFix | None:
    if fix is None:
        return None
    edits = [
        JsonEdit(
            start=_position(source.position(edit.span.start)),
            end=_position(source.position(edit.span.end)),
            text=edit.text,
        )
        for edit in fix.edits
    ]
    return JsonFix(message=fix.message, safe=fix.safe, edits=edits)


def _position(position: Position) -> JsonPosition:
    return JsonPosition(line=position.line, column=position.column)


def _summary(reports: Sequence[FileReport], seconds: float) -> JsonSummary:
    diagnostics = all_diagnostics(reports)
    severities = Counter(diagnostic.severity for diagnostic in diagnostics)
    return JsonSummary(
        files=len(reports),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        hints=severities[Severity.HINT],
        by_rule=dict(sorted(Counter(diagnostic.rule for diagnostic in diagnostics).items())),
        entries=sum(report.entries for report in reports),
        links=sum(report.links for report in reports),
        seconds=round(seconds, 3),
    )
