"""A list's habits for eyes: a table in a terminal, aligned text elsewhere. Both show the same cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from listbot.document import Document
from listbot.house_style import Habit, HouseStyle
from listbot.output.text import counted, visible

if TYPE_CHECKING:
    from rich.console import Console

_COLUMNS = ("habit", "what", "support", "share", "")
_SHOWN = 2
"""How many outliers are named: enough to look at, and not a report of findings."""
_COMMONEST = 3
_MAX_WHAT = 48


def headline(path: str, style: HouseStyle) -> str:
    return f"{visible(path)}: {counted(style.entries, 'entry')}, {counted(len(style.habits), 'habit')}"


def section_headline(document: Document, section: int, entries: int) -> str:
    """`line 30: Papers › Survey, 45 entries`."""
    path = " › ".join(visible(heading) for heading in document.section_path(section))
    return f"line {document.sections[section].heading.first}: {path}, {counted(entries, 'entry')}"


def plain(habits: Sequence[Habit]) -> str:
    """The table as aligned lines; empty where there are no habits."""
    rows = [_cells(habit) for habit in habits]
    widths = [max((_width(row[column]) for row in rows), default=0) for column in range(len(_COLUMNS))]
    return "".join(_aligned(row, widths) + "\n" for row in rows)


def rich(habits: Sequence[Habit], console: Console) -> None:
    """The table in a terminal. Cells are `Text`, so that nothing in them is read as markup."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in _COLUMNS:
        table.add_column(column, justify="right" if column in ("support", "share") else "left", overflow="fold")
    for habit in habits:
        style = "" if habit.majority.settled else "dim"
        table.add_row(*(Text(cell, style) for cell in _cells(habit)))
    console.print(table)


def _cells(habit: Habit) -> tuple[str, str, str, str, str]:
    most = habit.majority
    share = f"{100 * most.count // most.of} %"
    if most.settled:
        return habit.name, _what(most.what), str(most), share, _but(habit)
    counts = [(most.what, most.count), *habit.others][:_COMMONEST]
    mixed = "mixed: " + ", ".join(f"{_quoted(what)} {count}" for what, count in counts)
    return habit.name, mixed + (", …" if len(habit.others) >= _COMMONEST else ""), str(most), share, ""


def _what(what: str) -> str:
    """What is done, in quotes where blanks at its ends are part of it."""
    shown = visible(what)
    if len(shown) > _MAX_WHAT:
        shown = shown[:_MAX_WHAT] + "…"
    return shown if shown == shown.strip() and shown else f"“{shown}”"


def _quoted(what: str) -> str:
    """The same in a sentence, where a mark alone would be read as the sentence's own."""
    return _what(what) if any(c.isalnum() for c in what) else f"“{visible(what)}”"


def _but(habit: Habit) -> str:
    lines = [str(line) for line in habit.outliers]
    if not lines:
        return ""
    more = ", …" if len(lines) > _SHOWN else ""
    return f"but: {'line' if len(lines) == 1 else 'lines'} {', '.join(lines[:_SHOWN])}{more}"


def _aligned(row: Iterable[str], widths: Sequence[int]) -> str:
    cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """How many columns a terminal gives a text: full-width characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
