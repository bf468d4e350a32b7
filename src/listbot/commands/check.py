"""`listbot check`: files -> what is wrong, what of it is new -> text and exit code."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from listbot import baseline_file, inputs
from listbot.baseline_file import Baseline
from listbot.commands import files, fixing, pool, printing
from listbot.commands.checked import Checked, Task, Unread
from listbot.commands.fixing import Fixed, Fixing
from listbot.commands.versions import STDIN, Asked
from listbot.config import Selection, Settings
from listbot.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INCONCLUSIVE, EXIT_INTERRUPTED, EXIT_USER
from listbot.finding import Severity
from listbot.output.results import Results
from listbot.output.text import all_diagnostics, counted, summary, visible

if TYPE_CHECKING:
    from listbot.commands.link_options import Options
    from listbot.commands.link_results import CheckedLinks


class Request(NamedTuple):
    """What the user asked for."""

    paths: tuple[str, ...]
    format: str | None
    selection: Selection
    config: str | None
    isolated: bool
    pedantic: bool
    fail_on: Severity
    exit_zero: bool
    asked: Asked = Asked()
    baseline: str | None = None
    stdin: bool = False
    stdin_filename: str | None = None
    force_exclude: bool = False
    outputs: tuple[str, ...] = ()
    statistics: bool = False
    fixing: Fixing | None = None
    """None where nothing is to be fixed."""
    links: Options | None = None
    """How to check links; None: they are not checked."""


def run(request: Request) -> int:
    """Check, print, and return the exit code. Raises UserError where nothing can be checked at all."""
    started = time.perf_counter()
    sinks = printing.sinks(request.format, request.outputs, statistics=request.statistics)
    known = _baseline(request.baseline)
    unread: list[str] = []
    tasks = _tasks(request, known, unread)
    links = _check_links(request, tasks)
    if links is not None:
        tasks = [task._replace(links=links.results) for task in tasks]
    all_checked = _checked(tasks, request, unread)
    diff = request.fixing is not None and request.fixing.diff
    if request.fixing is not None and not diff:
        all_checked = [_written(checked, unread) for checked in all_checked]
    _say(unread)
    if mended := sum(checked.mended for checked in all_checked):
        them = "it" if mended == 1 else "them"
        told = f"{counted(mended, 'finding')} of {request.baseline} mended"
        _say([f"{told}: `listbot baseline --update` takes {them} out"])
    reports = [checked.report for checked in all_checked]
    sources = {checked.report.path: checked.source for checked in all_checked}
    results = Results(reports, sources, unread, time.perf_counter() - started, request.fail_on)
    all_fixed = [checked.fixed for checked in all_checked if checked.fixed is not None]
    if diff:
        fixing.print_diffs(all_fixed)
    else:
        printing.emit(sinks, results)
    if request.fixing is not None and reports:
        fixing.print_summary(all_fixed, reports, request.fixing)
    if reports and not diff:
        print(summary(reports, results.seconds), file=sys.stderr)
    return _exit_code(request, results, all_fixed, links)


def _written(checked: Checked, unread: list[str]) -> Checked:
    """Write what was fixed, all files proved; a file that cannot be written is reported as it stands on the disk."""
    message = fixing.write(checked.fixed) if checked.fixed is not None else None
    if checked.fixed is None or message is None:
        return checked
    unread.append(message)
    before = checked.fixed.result.before
    return checked._replace(report=before.report, source=before.document.source, fixed=None)


def _check_links(request: Request, tasks: Sequence[Task]) -> CheckedLinks | None:
    if request.links is None:
        return None
    from listbot.commands import link_results
    from listbot.output.links_rows import unfinished

    settings_for = files.settings_source(request.config, request.isolated, request.selection)
    found = [(task.path, task.shown) for task in tasks if not task.stdin]
    links = link_results.of_files(found, settings_for, request.links, request.asked.since)
    if links.inconclusive is not None:
        _say([f"links are inconclusive: {links.inconclusive}"])
    if (ended := unfinished(links.stopped, links.results.values())) is not None:
        _say([ended])
    if request.fixing is not None and not request.pedantic:
        enabled = {rule.page.id for path, _ in found for rule in settings_for(path.parent).enabled}
        doubtful = link_results.moves(links.results.values(), certain=False)
        if left := sum(rule in enabled for rule in doubtful.values()):
            moves = counted(left, "move")
            _say([f"{moves} not certain, and left alone: `--pedantic` shows, and with `--unsafe-fixes` writes them"])
    return links


def _checked(tasks: Sequence[Task], request: Request, unread: list[str]) -> list[Checked]:
    """What came of the files that could be read, said as it comes; the others become messages in `unread`."""
    judge = pool.Judge(
        request.config, request.isolated, request.selection, request.asked, request.pedantic, request.fixing
    )
    found = []
    for outcome in pool.run(tasks, judge):
        if isinstance(outcome, Unread):
            unread.append(outcome.message)
        else:
            _say(outcome.notes)
            found.append(outcome)
    return found


def settings(request_paths: tuple[str, ...], config: str | None, isolated: bool, selection: Selection) -> Settings:
    """The settings in force for the first path (default: the current directory)."""
    path = Path(request_paths[0]) if request_paths else Path()
    directory = path if path.is_dir() else path.parent
    return files.settings_source(config, isolated, selection)(directory)


def _say(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        print(f"listbot: {visible(sentence)}", file=sys.stderr)


def _baseline(name: str | None) -> tuple[Path, Baseline] | None:
    return None if name is None else (Path(name), baseline_file.load(Path(name)))


def _tasks(request: Request, known: tuple[Path, Baseline] | None, unread: list[str]) -> list[Task]:
    """The files to judge. A path that stands for nothing becomes a message in `unread`."""
    settings_for = files.settings_source(request.config, request.isolated, request.selection)

    def task(path: Path, shown: str) -> Task:
        old = known[1].of(baseline_file.relative(path, known[0])) if known is not None else {}
        return Task(path, shown, old)

    if request.stdin:
        name = request.stdin_filename
        path = Path(name or STDIN)
        if request.force_exclude and name and files.matches(path, settings_for(path.parent), "exclude"):
            return []
        return [task(path, inputs.shown_path(path))._replace(stdin=True, named=name is not None)]
    named = files.named(request.paths, settings_for, unread, force_exclude=request.force_exclude)
    return [task(path, shown) for path, shown in named]


def _exit_code(request: Request, results: Results, all_fixed: Sequence[Fixed], links: CheckedLinks | None) -> int:
    if results.unread:
        return EXIT_USER
    if links is not None and links.inconclusive is not None:
        return EXIT_INCONCLUSIVE
    if links is not None and links.stopped == "interrupted":
        return EXIT_INTERRUPTED
    if request.fixing is not None and request.fixing.diff:
        would_change = any(fixed.result.changed for fixed in all_fixed)
        return EXIT_FINDINGS if would_change and not request.exit_zero else EXIT_CLEAN
    failing = any(results.fails(diagnostic) for diagnostic in all_diagnostics(results.reports))
    return EXIT_FINDINGS if failing and not request.exit_zero else EXIT_CLEAN
