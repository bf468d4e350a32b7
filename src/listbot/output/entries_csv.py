"""`listbot entries` for spreadsheets: CSV as in RFC 4180, with a header row.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, and a formula
can fetch URLs or start programs; a list is written by strangers. Such a cell gets an apostrophe in front, which makes
it text (https://owasp.org/www-community/attacks/CSV_Injection; the full-width signs are formulas in some locales).
Programs that need every text exactly read JSON.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from listbot.library import CuratedList, ListEntry

COLUMNS = (
    "path", "start_line", "end_line", "section", "kind", "title", "authors", "venue", "year", "tags", "marks", "notes",
    "primary", "work", "links",
)  # fmt: skip
"""`work` is that of the primary link; a link is its role, a colon and the URL."""
_BETWEEN_HEADINGS = " > "
_BETWEEN_VALUES = " | "
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def write(lists: Iterable[CuratedList], stream: TextIO) -> None:
    """A header row, and a row an entry. `stream` must not translate line endings."""
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for curated in lists:
        writer.writerows(_cells(entry) for entry in curated)


def guarded(text: str | None) -> str:
    """Text that no spreadsheet takes for a formula; empty for None."""
    if text is None:
        return ""
    return "'" + text if text.startswith(_FORMULA) else text


def _cells(entry: ListEntry) -> tuple[str | int, ...]:
    primary = entry.primary
    return (
        guarded(entry.path),
        entry.start_line,
        entry.end_line,
        guarded(_BETWEEN_HEADINGS.join(entry.section)),
        entry.kind,
        guarded(entry.title),
        guarded(entry.authors),
        guarded(entry.venue),
        "" if entry.year is None else entry.year,
        guarded(_BETWEEN_VALUES.join(entry.tags)),
        guarded(_BETWEEN_VALUES.join(entry.marks)),
        guarded(entry.notes),
        guarded(primary.url if primary is not None else None),
        guarded(primary.work if primary is not None else None),
        _BETWEEN_VALUES.join(f"{link.role}: {link.url}" for link in entry.links),
    )
