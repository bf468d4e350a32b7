"""Results of a check of links for eyes: tables in a terminal, else a line a link. What is alive is only counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from listbot.output.links_rows import HEADLINES, Checked, place, sections, why
from listbot.output.text import counted, visible

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {"dead": "red", "gone": "yellow", "moved": "cyan", "suspicious": "magenta"}
_MOST = 200
"""Rows a section: what is blocked by the thousand is not read."""


def plain(checked: Checked) -> Iterator[str]:
    """`README.md:12:3: gone https://… – the server says …`, the gravest first."""
    for group, rows in sections(checked):
        for row in rows:
            yield f"{place(row)}: {group} {visible(row.url)} – {why(row.result)}\n"


def rich(checked: Checked, console: Console) -> None:
    """A table a section. Cells are `Text`, so that nothing in them is read as markup."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    for group, rows in sections(checked):
        table = Table(
            box=SIMPLE_HEAD,
            pad_edge=False,
            title=f"{HEADLINES[group]}: {counted(len(rows), 'URL')}",
            title_justify="left",
            title_style=f"bold {_STYLES.get(group, '')}".strip(),
            header_style="bold",
        )
        for column in ("where", "URL", "why"):
            table.add_column(column, overflow="fold")
        for row in rows[:_MOST]:
            table.add_row(Text(place(row)), Text(visible(row.url)), Text(why(row.result)))
        console.print(table)
        if len(rows) > _MOST:
            console.print(Text(f"{len(rows) - _MOST:,} more; `--format json` has all", "dim"))
