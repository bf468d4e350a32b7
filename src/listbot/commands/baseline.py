"""`listbot baseline`: what is wrong today -> a file that `check --baseline` takes for old."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from listbot import baseline_file, writing
from listbot.baseline_file import Baseline
from listbot.commands import files, pool
from listbot.commands.checked import Task, Unread, ran
from listbot.commands.versions import Asked
from listbot.config import Selection
from listbot.errors import EXIT_CLEAN, EXIT_USER, UsageError
from listbot.finding import FileReport
from listbot.output.text import counted, visible
from listbot.rulebook import pages

FILE = "listbot-baseline.tsv"


class Request(NamedTuple):
    """What the user asked for."""

    paths: tuple[str, ...]
    file: str
    update: bool
    selection: Selection
    config: str | None
    isolated: bool


def run(request: Request) -> int:
    """Write the baseline, or prune it. Raises UsageError where a file is there that would be overwritten."""
    file = Path(request.file)
    old = baseline_file.load(file) if request.update else None
    if old is None and file.exists():
        raise UsageError(
            f"{file}: this baseline is there already, and to write it anew would take in what is new since; `--update` "
            "takes out what was mended; delete the file to begin again"
        )
    looks, unread = _looks(request, file)
    for message in unread:
        print(f"listbot: {visible(message)}", file=sys.stderr)
    now = baseline_file.collect((look.name, look.report) for look in looks)
    written = now if old is None else baseline_file.pruned(old, now, _looked_for(old, file, looks))
    if unread and old is None:
        return EXIT_USER  # half a baseline would make the rest new
    writing.replace(file, baseline_file.write(written))
    print(_said(file, old, written))
    return EXIT_USER if unread else EXIT_CLEAN


class _Look(NamedTuple):
    """A file that was judged."""

    name: str
    """In the baseline."""
    report: FileReport
    rules: frozenset[str]
    """Those that ran."""


def _looks(request: Request, file: Path) -> tuple[list[_Look], list[str]]:
    """All files judged, and sentences about those that could not be.

    Hints go in too: what is a hint today may weigh more tomorrow.
    """
    unread: list[str] = []
    settings_for = files.settings_source(request.config, request.isolated, request.selection)
    tasks = [Task(path, shown, {}) for path, shown in files.named(request.paths, settings_for, unread)]
    judge = pool.Judge(request.config, request.isolated, request.selection, Asked(), pedantic=True)
    looks = []
    for task, outcome in zip(tasks, pool.run(tasks, judge), strict=True):
        if isinstance(outcome, Unread):
            unread.append(outcome.message)
        else:
            rules = ran(outcome.report, settings_for(task.path.parent))
            looks.append(_Look(baseline_file.relative(task.path, file), outcome.report, rules))
    return looks, unread


def _looked_for(old: Baseline, file: Path, looks: list[_Look]) -> set[tuple[str, str]]:
    """Files and rules that were judged; what is gone, or no rule any more, is judged by its absence."""
    judged = {(look.name, rule) for look in looks for rule in look.rules}
    names = {key.path for key in old.counts}
    gone = {name for name in names if not (file.parent / baseline_file.unquoted(name)).exists()}
    unknown = {(key.path, key.rule) for key in old.counts if key.path in gone or key.rule not in pages()}
    return judged | unknown


def _said(file: Path, old: Baseline | None, written: Baseline) -> str:
    count = sum(written.counts.values())
    name = visible(str(file))
    if old is None:
        return f"{name}: {counted(count, 'finding')} from now on old to `listbot check --baseline {name}`"
    mended = sum(old.counts.values()) - count
    return f"{name}: {counted(mended, 'finding')} taken out, {count:,} left"
