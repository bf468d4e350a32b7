"""Formats -> the terminal and files."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import NamedTuple

from listbot import writing
from listbot.errors import UsageError
from listbot.output.results import Results

FORMATS = ("full", "concise", "json", "github", "sarif", "rdjson", "junit", "markdown")
STATISTICS = "statistics"
_STATISTICS_JSON = "statistics-json"
_COUNTED = {"json": _STATISTICS_JSON, "full": STATISTICS, "concise": STATISTICS}
"""What `--statistics` makes of a format."""
_FORMAT_LIKE = re.compile(r"[\w-]*")
_WIDTH = 120
"""Columns of `full` in a file."""


class Sinks(NamedTuple):
    """Where results go: a format for standard output, and files with theirs."""

    terminal: str
    files: tuple[tuple[str, Path], ...]


def sinks(format_name: str | None, outputs: tuple[str, ...], *, statistics: bool) -> Sinks:
    """`--format`, `--output` and `--statistics` -> sinks.

    `--output FILE` takes `--format`, and leaves the terminal its own; `--output FORMAT=FILE` says its format itself.
    Raises UsageError for a format that there is not.
    """
    own = "full" if sys.stdout.isatty() else "concise"
    found = []
    plain = False
    for output in outputs:
        name, mark, file = output.partition("=")
        if file and name in FORMATS:
            found.append((name, Path(file)))
        elif mark and _FORMAT_LIKE.fullmatch(name):
            raise UsageError(
                f"--output {output}: expected FORMAT=FILE with a format of {', '.join(FORMATS)}; "
                f"a file of this name is written ./{output}"
            )
        else:
            plain = True
            found.append((format_name or "concise", Path(output)))
    terminal = own if plain or format_name is None else format_name
    if statistics and terminal not in _COUNTED:
        raise UsageError(f"--statistics counts findings, and has no form for --format {terminal}; use --format json")
    terminal = _COUNTED[terminal] if statistics else terminal
    return Sinks(terminal, tuple(found))


def emit(where: Sinks, results: Results) -> None:
    """Write the files, then print. Raises UsageError where a file cannot be written."""
    for name, path in where.files:
        writing.replace(path, render(name, results))
    if where.terminal != "full":
        sys.stdout.write(render(where.terminal, results))
        return
    from rich.console import Console

    from listbot.output import full

    full.render(results.reports, dict(results.sources), Console(highlight=False, markup=False, emoji=False))


def render(name: str, results: Results) -> str:
    """The results in one format. Each module is imported when it is asked for."""
    if name == "json":
        from listbot.output import json_format

        return json_format.render(results.reports, dict(results.sources), results.unread, results.seconds)
    if name == "github":
        from listbot.output import github

        return github.render(results.reports)
    if name == "sarif":
        from listbot.output import sarif

        return sarif.render(results)
    if name == "rdjson":
        from listbot.output import rdjson

        return rdjson.render(results)
    if name == "junit":
        from listbot.output import junit

        return junit.render(results)
    if name == "markdown":
        from listbot.output import markdown

        return markdown.render(results)
    if name == STATISTICS:
        from listbot.output import statistics

        return statistics.render(results)
    if name == _STATISTICS_JSON:
        from listbot.output import statistics_json

        return statistics_json.render(results)
    if name == "full":
        return _full(results)
    from listbot.output import concise

    return concise.render(results.reports)


def _full(results: Results) -> str:
    from rich.console import Console

    from listbot.output import full

    stream = io.StringIO()
    full.render(
        results.reports,
        dict(results.sources),
        Console(file=stream, width=_WIDTH, highlight=False, markup=False, emoji=False),
    )
    return stream.getvalue()
