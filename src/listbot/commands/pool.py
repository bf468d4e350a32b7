"""Many files -> what came of each, in the order that was asked for, in several processes where that pays."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from listbot.commands import checked, files
from listbot.commands.checked import Checked, Task, Unread
from listbot.commands.files import SettingsFor
from listbot.commands.versions import Asked, Versions
from listbot.config import Selection
from listbot.errors import InternalError

_PAYS = 1_000_000
"""Bytes of text. They take about two seconds; to start processes and to bring their results back takes a tenth of one
(`python -m bench.pool` on two cores)."""


class Judge(NamedTuple):
    """How the files of a run are judged: all that a process needs to know."""

    config: str | None
    isolated: bool
    selection: Selection
    asked: Asked
    pedantic: bool


class _Ready(NamedTuple):
    settings_for: SettingsFor
    versions: Versions


def run(tasks: Sequence[Task], judge: Judge, processes: int | None = None) -> Iterator[Checked | Unread]:
    """Judge all files. `processes` None: as many as pay.

    Raises what `checked.check` raises for the first file of which it does, and InternalError where a process dies.
    """
    count = _that_pay(tasks) if processes is None else processes
    if count < 2:
        yield from (_judged(judge, task) for task in tasks)
        return
    yield from _shared_out(tasks, judge, count)


def _shared_out(tasks: Sequence[Task], judge: Judge, count: int) -> Iterator[Checked | Unread]:
    import multiprocessing  # a third of an ordinary run's start-up, so only where it is used
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(count, context, initializer=_leave_interrupts_to_the_parent)
    try:
        yield from pool.map(partial(_judged, judge), tasks)
    except BrokenProcessPool as error:
        raise InternalError("a process that checked files died, perhaps for want of memory") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _judged(judge: Judge, task: Task) -> Checked | Unread:
    ready = _ready(judge)
    return checked.check(task, ready.versions, ready.settings_for(task.path.parent), pedantic=judge.pedantic)


@cache
def _ready(judge: Judge) -> _Ready:
    """Settings and repositories, once a process."""
    return _Ready(files.settings_source(judge.config, judge.isolated, judge.selection), Versions(judge.asked))


def _that_pay(tasks: Sequence[Task]) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2 or len(tasks) < 2 or any(task.stdin for task in tasks):
        return 1
    size = sum(task.path.stat().st_size for task in tasks if task.path.is_file())
    return min(cores, len(tasks)) if size >= _PAYS else 1


def _leave_interrupts_to_the_parent() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
