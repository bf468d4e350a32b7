"""What is said of tables whose columns are others than usual, or in another order, and of rows with swapped
or unfinished cells."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from listbot import entry_habits
from listbot.checks.entry_format.outliers import is_house_style
from listbot.document import Block
from listbot.entry_habits import Body
from listbot.finding import Finding
from listbot.habits import Majority, Observation, majority

_FEWEST_TABLES = 3
"""So many tables with the same columns, in one order but for one of them, show what the order is."""
_DATE = re.compile(r"[*_`~]*(?:19|20)\d\d(?:[-./年]\d{1,2}(?:[-./月]\d{1,2})?)?[月日]?[*_`~]*")
_OPEN = re.compile(r"[^\W_][,]? (and|&|of|the|for|with|by)\s*\Z")
"""What something has to follow."""


def check(body: Body) -> Iterator[Finding]:
    observed = list(entry_habits.columns(body))
    most = majority(observation.what for observation in observed)
    if most is not None and is_house_style(most):
        yield from _others(body, observed, most)
    else:
        by_names: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
        for observation in observed:
            by_names[tuple(sorted(observation.what.split(" | ")))].append(observation)
        for group in by_names.values():
            most = majority(observation.what for observation in group)
            if most is not None and most.of - 1 == most.count >= _FEWEST_TABLES:
                yield from _others(body, group, most)
    rows: dict[str, list[list[Block]]] = defaultdict(list)
    for row in entry_habits.rows(body):
        rows[row.columns].append(row.cells)
    for names, alike in rows.items():
        yield from _swapped(names.split(" | "), alike)
        yield from _unfinished(names.split(" | "), alike)


def _others(body: Body, observed: Sequence[Observation], most: Majority) -> Iterator[Finding]:
    """Told once a table, at its head."""
    rows = [block for block in body.document.blocks if block.kind == "row"]
    for observation in observed:
        if observation.what != most.what:
            table = next(row.parent for row in rows if row.span.start == observation.start)
            head = next(row.span for row in rows if row.parent == table)
            reason = f"{most.count:,} of {most.of:,} tables have the columns {most.what}"
            yield Finding(head, f"{reason}; this one has {observation.what}", "columns")


def _swapped(names: list[str], rows: list[list[Block]]) -> Iterator[Finding]:
    """A row with a date in a column that has none, and none in the column that has them."""
    usual = {column: most for column in range(len(names)) if (most := _dates(rows, column)) is not None}
    for cells in rows:
        kinds = [_kind(cell) for cell in cells[: len(names)]]
        here = next((at for at, kind in enumerate(kinds) if kind == "date" and _is(usual, at, "text")), None)
        there = next((at for at, kind in enumerate(kinds) if kind == "text" and _is(usual, at, "date")), None)
        if here is not None and there is not None:
            reason = f"{usual[there].count:,} of {usual[there].of:,} cells of “{names[there]}” are dates"
            yield Finding(cells[here].span, f"{reason}; here the date is in “{names[here]}”", "columns")


def _unfinished(names: list[str], rows: list[list[Block]]) -> Iterator[Finding]:
    """A cell that ends with a word that something has to follow, in a column whose cells do not."""
    for column, name in enumerate(names):
        cells = [row[column] for row in rows if column < len(row) and row[column].text.strip()]
        most = majority("open" if _OPEN.search(cell.text) else "closed" for cell in cells)
        if most is not None and most.what == "closed" and is_house_style(most):
            for cell in cells:
                found = _OPEN.search(cell.text)
                if found is not None:
                    reason = f"{most.count:,} of {most.of:,} cells of “{name}” end as a whole"
                    yield Finding(cell.span, f"{reason}; this one with “{found[1]}”", "part")


def _is(usual: dict[int, Majority], column: int, kind: str) -> bool:
    return column in usual and usual[column].what == kind


def _dates(rows: list[list[Block]], column: int) -> Majority | None:
    """Whether the cells of a column are dates, where nearly all are or are not; empty ones show nothing."""
    kinds = Counter(_kind(row[column]) for row in rows if column < len(row))
    most = majority(kind for kind in kinds.elements() if kind)
    return most if most is not None and is_house_style(most) else None


def _kind(cell: Block) -> str:
    text = cell.text.strip()
    return "" if not text.strip("-–— ") else "date" if _DATE.fullmatch(text) else "text"
