"""`listbot check`: files -> documents -> rules -> report -> text and exit code."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import NamedTuple

from listbot import engine, fixer, inputs
from listbot.commands import files, fixing
from listbot.commands.fixing import Fixed, Fixing
from listbot.commands.surroundings import Directory
from listbot.config import Selection, Settings
from listbot.document import Document
from listbot.entries import looks_like_list
from listbot.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_USER, InputError
from listbot.finding import FileReport, Severity
from listbot.fixer import View
from listbot.generated import recognise, sentence
from listbot.output.text import all_diagnostics, summary, visible
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source

FORMATS = ("full", "concise", "json", "github")


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
    fixing: Fixing | None
    """None where nothing is to be fixed."""


class _Outcome(NamedTuple):
    reports: list[FileReport]
    sources: dict[str, Source]
    unread: list[str]
    fixed: list[Fixed]


def run(request: Request) -> int:
    """Check, print, and return the exit code. Raises UserError where nothing can be checked at all."""
    started = time.perf_counter()
    settings_for = files.settings_source(request.config, request.isolated, request.selection)
    outcome = _Outcome([], {}, [], [])
    for path, shown in files.named(request.paths, settings_for, outcome.unread):
        _check_file(path, shown, settings_for(path.parent), request, outcome)
    if request.fixing is not None and not request.fixing.diff:
        _write(outcome)
    for message in outcome.unread:
        print(f"listbot: {visible(message)}", file=sys.stderr)
    seconds = time.perf_counter() - started
    if request.fixing is not None and request.fixing.diff:
        fixing.print_diffs(outcome.fixed)
    else:
        _print(request.format, outcome, seconds)
    if request.fixing is not None and outcome.reports:
        fixing.print_summary(outcome.fixed, outcome.reports, request.fixing)
    if outcome.reports and not (request.fixing is not None and request.fixing.diff):
        print(summary(outcome.reports, seconds), file=sys.stderr)
    return _exit_code(request, outcome)


def settings(request_paths: tuple[str, ...], config: str | None, isolated: bool, selection: Selection) -> Settings:
    """The settings in force for the first path (default: the current directory)."""
    path = Path(request_paths[0]) if request_paths else Path()
    directory = path if path.is_dir() else path.parent
    return files.settings_source(config, isolated, selection)(directory)


def _check_file(path: Path, shown: str, settings: Settings, request: Request, outcome: _Outcome) -> None:
    try:
        source = inputs.read(path, shown, settings.max_file_size)
    except InputError as error:
        outcome.unread.append(str(error))
        return
    document = parse(source)
    configured = settings.lists is not None
    is_list = files.matches(path, settings, "lists") if configured else looks_like_list(document)
    surroundings = Directory(path, settings.max_file_size)
    found = recognise(document, surroundings) if is_list else None
    if found is not None:
        print(f"listbot: {visible(shown)}: {visible(sentence(found))}", file=sys.stderr)
    view = _judged(document, settings, surroundings, is_list, request.pedantic)
    if request.fixing is not None and found is not None and not request.fixing.generated:
        print(f"listbot: {visible(shown)}: {fixing.NOT_FIXED}", file=sys.stderr)
    elif request.fixing is not None:

        def look(source: Source) -> View:
            return _judged(parse(source), settings, surroundings, is_list, request.pedantic)

        result = fixer.fix(view, look, request.fixing.choice, pages())
        outcome.fixed.append(Fixed(path, shown, result))
        view = result.after
    outcome.reports.append(view.report)
    outcome.sources[shown] = view.document.source


def _judged(document: Document, settings: Settings, around: Directory, is_list: bool, pedantic: bool) -> View:
    report = engine.check(document, settings.enabled, around, is_list=is_list, known=pages())
    if not pedantic:
        shown_ones = tuple(d for d in report.diagnostics if d.severity != Severity.HINT)
        report = report._replace(diagnostics=shown_ones)
    return View(document, report)


def _write(outcome: _Outcome) -> None:
    """Write what was fixed, all files proved; a file that cannot be written is reported as it stands on the disk."""
    for fixed in list(outcome.fixed):
        message = fixing.write(fixed)
        if message is None:
            continue
        outcome.unread.append(message)
        outcome.fixed.remove(fixed)
        at = next(i for i, report in enumerate(outcome.reports) if report.path == fixed.shown)
        outcome.reports[at] = fixed.result.before.report
        outcome.sources[fixed.shown] = fixed.result.before.document.source


def _print(format_name: str | None, outcome: _Outcome, seconds: float) -> None:
    name = format_name or ("full" if sys.stdout.isatty() else "concise")
    if name == "json":
        from listbot.output import json_format

        sys.stdout.write(json_format.render(outcome.reports, outcome.sources, outcome.unread, seconds))
    elif name == "github":
        from listbot.output import github

        sys.stdout.write(github.render(outcome.reports))
    elif name == "concise":
        from listbot.output import concise

        sys.stdout.write(concise.render(outcome.reports))
    else:
        from rich.console import Console

        from listbot.output import full

        full.render(outcome.reports, outcome.sources, Console(highlight=False, markup=False, emoji=False))


def _exit_code(request: Request, outcome: _Outcome) -> int:
    if outcome.unread:
        return EXIT_USER
    if request.fixing is not None and request.fixing.diff:
        would_change = any(fixed.result.changed for fixed in outcome.fixed)
        return EXIT_FINDINGS if would_change and not request.exit_zero else EXIT_CLEAN
    limit = request.fail_on.rank
    failing = any(diagnostic.severity.rank <= limit for diagnostic in all_diagnostics(outcome.reports))
    return EXIT_FINDINGS if failing and not request.exit_zero else EXIT_CLEAN
