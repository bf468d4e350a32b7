"""Workflow commands of GitHub Actions, which become annotations.

Escapes as in GitHub's own toolkit (actions/toolkit, `packages/core/src/command.ts`). A step may show ten annotations
of each kind, so the gravest go first and the rest is counted (https://github.com/orgs/community/discussions/26680).
"""

from __future__ import annotations

from collections.abc import Sequence

from listbot.finding import Diagnostic, FileReport, Severity
from listbot.output.text import counted, visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
_LIMIT = 10


def escape_data(text: str) -> str:
    """Escape the message of a command; `%` goes first."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Escape a property of a command."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


def command(name: str, properties: dict[str, str | int], message: str) -> str:
    """`::name key=value,…::message`: the one place where a command is made."""
    written = ",".join(f"{key}={escape_property(str(value))}" for key, value in properties.items())
    return f"::{name} {written}::{escape_data(message)}"


def render(reports: Sequence[FileReport], rest: str = "more; `--format concise` prints all") -> str:
    """Up to ten commands of each kind, and a line that counts what they leave out; `rest` ends it."""
    found = [(report.path, diagnostic) for report in reports for diagnostic in report.diagnostics]
    lines: list[str] = []
    for severity, name in _COMMANDS.items():
        these = [(path, diagnostic) for path, diagnostic in found if diagnostic.severity == severity]
        lines.extend(_annotation(name, path, diagnostic) for path, diagnostic in these[:_LIMIT])
    left_out = len(found) - len(lines)
    if left_out:
        lines.append(f"listbot: {counted(left_out, 'finding')} {rest}")
    return "".join(line + "\n" for line in lines)


def _annotation(name: str, path: str, diagnostic: Diagnostic) -> str:
    properties: dict[str, str | int] = {
        "title": f"listbot {diagnostic.rule}",
        "file": path,
        "line": diagnostic.start.line,
        "endLine": diagnostic.end.line,
    }
    if diagnostic.start.line == diagnostic.end.line:
        properties["col"] = diagnostic.start.column
        properties["endColumn"] = diagnostic.end.column
    return command(name, properties, visible(diagnostic.message))
