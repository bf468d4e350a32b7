"""SARIF 2.1.0, which GitHub code scanning and many editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html. Lines and columns
start at 1, columns count code points, the end is exclusive. The fingerprint goes in twice: under our own name and under
the one by which GitHub follows an alert from commit to commit, so that an alert outlives a re-sorted list.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath, PurePosixPath
from typing import Any
from urllib.parse import quote

from listbot import __version__
from listbot.finding import Diagnostic, Fix, RelatedPlace, Severity
from listbot.output.results import HOME, PAGES, Results
from listbot.output.text import all_diagnostics, visible
from listbot.rulebook import Page, pages
from listbot.source import Position, Source

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_ROOT = "%SRCROOT%"


def render(results: Results) -> str:
    """One object, and a line ending."""
    spoke = {diagnostic.rule for diagnostic in all_diagnostics(results.reports)}
    rules = [page for page in pages().values() if page.id in spoke]
    index = {page.id: number for number, page in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(rules)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(results)],
        "results": list(_results(results, index)),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False) + "\n"


def _driver(rules: list[Page]) -> dict[str, Any]:
    return {
        "name": "listbot",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": HOME,
        "rules": [_rule(page) for page in rules],
    }


def _rule(page: Page) -> dict[str, Any]:
    gravest = min(page.severities.values(), key=lambda severity: severity.rank)
    return {
        "id": page.id,
        "shortDescription": {"text": page.summary},
        "help": {"text": page.text, "markdown": page.text},
        "helpUri": f"{PAGES}/{page.id}.md",
        "defaultConfiguration": {"level": _LEVELS[gravest]},
    }


def _invocation(results: Results) -> dict[str, Any]:
    """Whether all files could be checked, and which not."""
    notes = [{"level": "error", "message": {"text": visible(message)}} for message in results.unread]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _results(results: Results, index: dict[str, int]) -> Iterator[dict[str, Any]]:
    for report in results.reports:
        seen: Counter[str] = Counter()
        for diagnostic in report.diagnostics:
            seen[diagnostic.fingerprint] += 1
            made = _result(report.path, diagnostic, results.sources[report.path])
            number = seen[diagnostic.fingerprint]
            made["ruleIndex"] = index[diagnostic.rule]
            made["partialFingerprints"] = {
                "listbot/v1": f"{diagnostic.fingerprint}:{number}",
                "primaryLocationLineHash": f"{diagnostic.fingerprint}:{number}",
            }
            yield made


def _result(path: str, diagnostic: Diagnostic, source: Source) -> dict[str, Any]:
    text = visible(diagnostic.message + (f"; {diagnostic.hint}" if diagnostic.hint else ""))
    made: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _plain(text)},
        "locations": [{"physicalLocation": _place(path, diagnostic.start, diagnostic.end)}],
    }
    if diagnostic.related:
        made["relatedLocations"] = [_related(path, number, place) for number, place in enumerate(diagnostic.related, 1)]
    if diagnostic.fix is not None:
        made["fixes"] = [_fix(path, diagnostic.fix, source)]
    return made


def _plain(text: str) -> str:
    """A message in which `[text](1)` is no link to a related place, and `{0}` no argument (§3.11)."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("{", "{{").replace("}", "}}")


def _related(path: str, number: int, place: RelatedPlace) -> dict[str, Any]:
    return {
        "id": number,
        "physicalLocation": _place(path, place.start, place.end),
        "message": {"text": _plain(visible(place.message))},
    }


def _fix(path: str, fix: Fix, source: Source) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": _region(source.position(edit.span.start), source.position(edit.span.end)),
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    safety = "" if fix.safe else " (unsafe: look before you take it)"
    return {
        "description": {"text": _plain(visible(fix.message)) + safety},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }


def _place(path: str, start: Position, end: Position) -> dict[str, Any]:
    return {"artifactLocation": _artifact(path), "region": _region(start, end)}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _artifact(path: str) -> dict[str, str]:
    """A path as a URI: relative to the root of the checkout, unless it is absolute."""
    if PurePath(path).is_absolute():
        return {"uri": PurePath(path).as_uri()}
    return {"uri": quote(PurePosixPath(path).as_posix()), "uriBaseId": _ROOT}
