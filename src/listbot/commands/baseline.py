"""`listbot baseline`: what is wrong today -> a file that `check --baseline` takes for old."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from listbot import baseline_file, writing
from listbot.baseline_file import Baseline
from listbot.commands import files, pool
from listbot.commands.checked import Task, Unread
from listbot.commands.versions import Asked
from listbot.config import Selection
from listbot.errors import EXIT_CLEAN, EXIT_USER, UsageError
from listbot.finding import FileReport
from listbot.output.text import counted, visible

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
    reports, unread = _reports(request, file)
    for message in unread:
        print(f"listbot: {visible(message)}", file=sys.stderr)
    now = baseline_file.collect(reports)
    written = now if old is None else baseline_file.pruned(old, now, _looked_at(old, file, reports))
    if unread and old is None:
        return EXIT_USER  # half a baseline would make the rest new
    writing.replace(file, baseline_file.write(written))
    print(_said(file, old, written))
    return EXIT_USER if unread else EXIT_CLEAN


def _reports(request: Request, file: Path) -> tuple[list[tuple[str, FileReport]], list[str]]:
    """Each file under its name in the baseline. Hints go in too: what is a hint today may weigh more tomorrow."""
    unread: list[str] = []
    settings_for = files.settings_source(request.config, request.isolated, request.selection)
    tasks = [Task(path, shown, {}) for path, shown in files.named(request.paths, settings_for, unread)]
    judge = pool.Judge(request.config, request.isolated, request.selection, Asked(), pedantic=True)
    reports = []
    for task, outcome in zip(tasks, pool.run(tasks, judge), strict=True):
        if isinstance(outcome, Unread):
            unread.append(outcome.message)
        else:
            reports.append((baseline_file.relative(task.path, file), outcome.report))
    return reports, unread


def _looked_at(old: Baseline, file: Path, reports: list[tuple[str, FileReport]]) -> set[str]:
    """The files that were judged, and those that are no longer there."""
    names = {key.path for key in old.counts}
    gone = {name for name in names if not (file.parent / baseline_file.unquoted(name)).exists()}
    return {name for name, _ in reports} | gone


def _said(file: Path, old: Baseline | None, written: Baseline) -> str:
    count = sum(written.counts.values())
    name = visible(str(file))
    if old is None:
        return f"{name}: {counted(count, 'finding')} from now on old to `listbot check --baseline {name}`"
    mended = sum(old.counts.values()) - count
    return f"{name}: {counted(mended, 'finding')} taken out, {count:,} left"
