"""Markdown for job summaries (`$GITHUB_STEP_SUMMARY`) and comments.

A list is written by strangers, and this Markdown is shown as ours. So whatever comes from a list stands in a code span
and nowhere else: no text of a list becomes a link, an image, HTML, a mention, a heading or a row of its own.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from listbot.finding import Diagnostic, FileReport
from listbot.output.results import PAGES, Results
from listbot.output.text import counted, summary, visible

_MOST = 200
"""Rows. GitHub cuts a job summary at 1 MiB, and nobody reads more."""
_LONGEST = 200
"""Characters of one message."""
_RUNS = re.compile("`+")
_PIPE = re.compile(r"(\\*)\|")


def render(results: Results) -> str:
    """A headline, and a table a file."""
    lines = ["### listbot", "", code_span(summary(results.reports, results.seconds))]
    for message in results.unread:
        lines += ["", f"Not checked: {code_span(message)}"]
    room = _MOST
    for report in results.reports:
        if report.diagnostics and room > 0:
            lines += ["", *_table(report, room)]
            room -= len(report.diagnostics)
    if room < 0:
        lines += ["", f"{counted(-room, 'finding')} more: `listbot check --format concise` prints all."]
    return "\n".join(lines) + "\n"


def _table(report: FileReport, room: int) -> list[str]:
    rows = [_row(diagnostic) for diagnostic in report.diagnostics[:room]]
    return [
        f"**{code_span(report.path)}**",
        "",
        "| line | severity | rule | finding |",
        "| --: | --- | --- | --- |",
        *rows,
    ]


def _row(diagnostic: Diagnostic) -> str:
    rule = f"[{diagnostic.rule}]({PAGES}/{quote(diagnostic.rule)}.md)"
    place = f"{diagnostic.start.line}:{diagnostic.start.column}"
    return f"| {place} | {diagnostic.severity.value} | {rule} | {in_cell(code_span(diagnostic.message))} |"


def code_span(text: str) -> str:
    """Text of any origin as a code span on one line, which nothing in it can leave."""
    plain = " ".join(visible(unicodedata.normalize("NFC", text)).split()) or " "
    if len(plain) > _LONGEST:
        plain = plain[: _LONGEST - 1] + "…"
    plain = plain.replace("@", "@\u200b")  # no mention, wherever the span may be pasted
    fence = "`" * (1 + max((len(run) for run in _RUNS.findall(plain)), default=0))
    pad = " " if plain[0] in "` " or plain[-1] in "` " else ""
    return f"{fence}{pad}{plain}{pad}{fence}"


def in_cell(span: str) -> str:
    """A code span inside a table, where a pipe ends a cell even in code, unless backslashes of odd number precede."""
    return _PIPE.sub(lambda match: match[1] + "\\" * (1 + len(match[1]) % 2) + "|", span)
