"""Results of a check of links as Markdown, for a comment or a summary. URLs are code: nothing in them renders."""

from __future__ import annotations

from collections.abc import Iterator

from listbot.output.links_rows import HEADLINES, Checked, LinkRow, place, sections, summary, unfinished, why
from listbot.output.text import visible


def render(checked: Checked) -> Iterator[str]:
    """A section for each group that has rows; what is alive is only counted."""
    yield f"{summary(checked)}\n"
    if checked.inconclusive is not None:
        yield f"\n**Inconclusive:** {visible(checked.inconclusive)}.\n"
    if (ended := unfinished(checked.stopped, (row.result for row in checked.rows))) is not None:
        yield f"\n**Unfinished:** {ended}.\n"
    for group, rows in sections(checked):
        yield f"\n### {HEADLINES[group]} ({len(rows):,})\n\n| where | URL | why |\n| --- | --- | --- |\n"
        yield from map(_row, rows)


def _row(row: LinkRow) -> str:
    return f"| {_cell(place(row))} | {_code(row.url)} | {_cell(why(row.result))} |\n"


def _cell(text: str) -> str:
    """Text in a cell: whatever could begin markup, a mention or a reference is taken for what it is."""
    escaped = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace("@", "&#64;").replace("#", "&#35;")
    return "".join(f"\\{c}" if c in "\\`*_{}[]()!|~" else c for c in escaped)


def _code(text: str) -> str:
    """A URL as code. A pipe ends a cell even there, and a grave accent the code."""
    return "`" + visible(text).replace("`", "%60").replace("|", "%7C") + "`"
