"""`listbot entries` for eyes: a table that fits the terminal. Text from a list is shown, never interpreted.

The layout is our own: `rich.table` takes longer to lay a list out than we take to read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from listbot.library import CuratedList, ListEntry
from listbot.output.text import counted, visible

_HEAD = ("line", "title", "venue", "year", "work")
_QUIET = Style(dim=True)
_STYLES = (_QUIET, None, None, None, Style(color="cyan"))
_GAP = "  "
_WIDEST_VENUE = 24
_TITLES = 0.6
"""The part of the room that titles get where titles and works want more than there is."""
_NARROWEST = 4
"""No column gets narrower; in a terminal of less than 32 cells the lines run on."""

_Cells = tuple[str, ...]


def render(lists: Iterable[CuratedList], console: Console) -> None:
    """Print a table a file, each when it is read; `console` decides about colour and width."""
    between: list[Segment] = []
    for curated in lists:
        if curated.entries:
            console.print(Segments([*between, *_table(curated, console.width)]), soft_wrap=True)
            between = [Segment.line()]


def _table(curated: CuratedList, width: int) -> Iterator[Segment]:
    rows = [_cells(entry) for entry in curated]
    widths = _widths(rows, width)
    yield Segment(f"{visible(curated.path)}: {counted(len(rows), 'entry')}\n", Style(bold=True))
    yield from _line(_HEAD, widths, (_QUIET,) * len(_HEAD))
    for row in rows:
        yield from _line(row, widths, _STYLES)


def _cells(entry: ListEntry) -> _Cells:
    year = "" if entry.year is None else str(entry.year)
    return str(entry.start_line), _shown(entry.title), _shown(entry.venue), year, _shown(_stands_for(entry))


def _shown(text: str | None) -> str:
    return visible(" ".join(text.split())) if text else ""


def _stands_for(entry: ListEntry) -> str | None:
    """The work of the primary link; for a page that is no work its host, for no web address the link itself."""
    if entry.primary is None:
        return None
    work = entry.primary.work
    if work is None:
        return entry.primary.url
    family, _, address = work.partition(":")
    return address.partition("/")[0] if family == "url" else work


def _widths(rows: list[_Cells], room: int) -> list[int]:
    """The width of each column, in terminal cells; 0 where no entry says anything, so that titles get the room."""
    widest = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    line, title, venue, year, work = (
        max(width, len(head)) if width else 0 for width, head in zip(widest, _HEAD, strict=True)
    )
    venue = min(venue, _WIDEST_VENUE, max(_NARROWEST, room // 4))
    room -= sum(width + len(_GAP) for width in (line, venue, year) if width) + len(_GAP)
    if title + work > room:
        title = max(_NARROWEST, min(title, max(int(room * _TITLES), room - work)))
        work = max(_NARROWEST, min(work, room - title))
    return [line, title, venue, year, work]


def _line(cells: _Cells, widths: list[int], styles: tuple[Style | None, ...]) -> Iterator[Segment]:
    shown = [column for column in zip(cells, widths, styles, strict=True) if column[1]]
    while shown and not shown[-1][0]:
        shown.pop()  # no line ends with blanks
    for index, (cell, width, style) in enumerate(shown):
        fitted = _fitted(cell, width)
        is_last = index == len(shown) - 1
        yield Segment(fitted.rstrip() if is_last else fitted + _GAP, style)
    yield Segment.line()


def _fitted(text: str, width: int) -> str:
    """Exactly as many terminal cells as `width`; what does not fit ends with an ellipsis."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
