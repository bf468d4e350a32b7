"""rdjson, the format of reviewdog, which posts findings as comments on changes.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf: lines and columns start at 1, columns count bytes of
UTF-8, and the end is exclusive.
"""

from __future__ import annotations

import json
from typing import Any

from listbot.finding import Diagnostic, Severity
from listbot.output.results import HOME, PAGES, Results
from listbot.output.text import visible
from listbot.source import Source, Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.HINT: "INFO"}


def render(results: Results) -> str:
    """One object, and a line ending."""
    diagnostics = [
        _diagnostic(report.path, diagnostic, results.sources[report.path])
        for report in results.reports
        for diagnostic in report.diagnostics
    ]
    return json.dumps({"source": {"name": "listbot", "url": HOME}, "diagnostics": diagnostics}) + "\n"


def _diagnostic(path: str, diagnostic: Diagnostic, source: Source) -> dict[str, Any]:
    message = visible(diagnostic.message + (f"; {diagnostic.hint}" if diagnostic.hint else ""))
    made: dict[str, Any] = {
        "message": message,
        "location": {"path": path, "range": _range(diagnostic.span, source)},
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.rule, "url": f"{PAGES}/{diagnostic.rule}.md"},
    }
    if diagnostic.related:
        made["related_locations"] = [
            {"message": visible(place.message), "location": {"path": path, "range": _range(place.span, source)}}
            for place in diagnostic.related
        ]
    fix = diagnostic.fix
    if fix is not None and fix.safe and len(fix.edits) == 1:  # reviewdog's suggestions are choices, and taken unread
        (edit,) = fix.edits
        made["suggestions"] = [{"range": _range(edit.span, source), "text": edit.text}]
    return made


def _range(span: Span, source: Source) -> dict[str, Any]:
    return {"start": _position(span.start, source), "end": _position(span.end, source)}


def _position(offset: int, source: Source) -> dict[str, int]:
    line = source.line_of(offset)
    start = source.line_span(line).start
    # GitHub and reviewdog count a byte order mark as part of the first line
    mark = len("\ufeff".encode()) if source.bom and line == 1 else 0
    return {"line": line, "column": len(source.text[start:offset].encode("utf-8", "surrogatepass")) + mark + 1}
