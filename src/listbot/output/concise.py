"""One line a diagnostic: `path:line:column: severity[rule] message`. For logs, editors and grep."""

from __future__ import annotations

from collections.abc import Sequence

from listbot.finding import Diagnostic, FileReport
from listbot.output.text import visible


def line(path: str, diagnostic: Diagnostic) -> str:
    place = f"{visible(path)}:{diagnostic.start.line}:{diagnostic.start.column}"
    return f"{place}: {diagnostic.severity.value}[{diagnostic.rule}] {visible(diagnostic.message)}"


def render(reports: Sequence[FileReport]) -> str:
    """All diagnostics, a line each; empty where there are none."""
    return "".join(line(report.path, d) + "\n" for report in reports for d in report.diagnostics)
