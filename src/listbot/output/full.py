"""For people at a terminal: each diagnostic with its source line, the exact place underlined, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from listbot.finding import Diagnostic, FileReport, RelatedPlace, Severity
from listbot.output.text import visible
from listbot.source import Source, Span

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.HINT: "bold cyan"}
_QUIET = "dim"
_PLACE = "bold"
_MAX_RELATED = 3


def render(reports: Sequence[FileReport], sources: Mapping[str, Source], console: Console) -> None:
    """Print all diagnostics to `console`, which decides about colour and width."""
    for report in reports:
        source = sources[report.path]
        for diagnostic in _folded(report.diagnostics):
            _diagnostic(report.path, diagnostic, source, console)


def _folded(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Those that are alike as one, at the first place, with their number and the other places."""
    places: dict[tuple[str, Severity, str], list[Diagnostic]] = {}
    for one in diagnostics:
        if one.alike:
            places.setdefault((one.rule, one.severity, one.message), []).append(one)
    shown: list[Diagnostic] = []
    for one in diagnostics:
        same = places.get((one.rule, one.severity, one.message), [one]) if one.alike else [one]
        if len(same) == 1:
            shown.append(one)
        elif same[0] is one:
            others = tuple(RelatedPlace("here too", o.span, o.start, o.end) for o in same[1:])
            shown.append(one._replace(message=f"{len(same)} times: {one.message}", related=others))
    return shown


def _diagnostic(path: str, diagnostic: Diagnostic, source: Source, console: Console) -> None:
    start = diagnostic.start
    head = Text()
    head.append(f"{visible(path)}:{start.line}:{start.column}", _PLACE)
    head.append(" ")
    head.append(diagnostic.severity.value, _COLOURS[diagnostic.severity])
    head.append(f"[{diagnostic.rule}] ")
    head.append(visible(diagnostic.message))
    console.print(head, soft_wrap=True)
    related = diagnostic.related[:_MAX_RELATED]
    numbers = [start.line, *(place.start.line for place in related)]
    gutter = len(str(max(numbers)))
    _excerpt(source, diagnostic.span, gutter, _COLOURS[diagnostic.severity], "^", console)
    for place in related:
        _note(gutter, "see", f"{visible(path)}:{place.start.line}:{place.start.column} {place.message}", console)
        _excerpt(source, place.span, gutter, _QUIET, "-", console)
    if len(diagnostic.related) > _MAX_RELATED:
        _note(gutter, "see", f"and {len(diagnostic.related) - _MAX_RELATED} further places", console)
    if diagnostic.fix is not None:
        _note(gutter, "fix" if diagnostic.fix.safe else "unsafe fix", diagnostic.fix.message, console)
    if diagnostic.hint and (diagnostic.fix is None or diagnostic.hint != diagnostic.fix.message):
        _note(gutter, "hint", diagnostic.hint, console)
    console.print()


def _note(gutter: int, label: str, text: str, console: Console) -> None:
    line = Text().append(" " * (gutter + 2) + "= ", _QUIET)
    line.append(f"{label}: ", "bold")
    line.append(visible(text))
    console.print(line, soft_wrap=True)


def _excerpt(source: Source, span: Span, gutter: int, style: str, mark: str, console: Console) -> None:
    """The line with the place underlined; a long line is cut to what surrounds the place."""
    number = source.line_of(span.start)
    line = source.line_span(number)
    text = source[line]
    first, last = span.start - line.start, min(span.end, line.end) - line.start
    room = max(20, console.width - gutter - 8)
    cut_from, cut_to = _window(len(text), first, last, room)
    before = ("…" if cut_from else "") + visible(text[cut_from:first])
    place = visible(text[first : min(last, cut_to)])
    after = visible(text[last:cut_to]) + ("…" if cut_to < len(text) else "")
    shown = Text().append(f" {number:>{gutter}} │ ", _QUIET).append(before + place + after)
    console.print(shown, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)
    under = Text().append(" " * (gutter + 2) + "│ ", _QUIET)
    under.append(" " * cell_len(before))
    under.append(mark * max(1, cell_len(place)), style)
    console.print(under, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)


def _window(length: int, first: int, last: int, room: int) -> tuple[int, int]:
    """Which part of a line to show: all, or `room` characters that begin a little before the place."""
    if length <= room:
        return 0, length
    margin = max(0, (room - (last - first)) // 2)
    start = max(0, min(first - margin, length - room))
    return start, max(start + room, first + 1)
