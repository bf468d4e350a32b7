"""`listbot check`: files -> documents -> rules -> report -> text and exit code."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from listbot import engine, inputs
from listbot.checks import RULES
from listbot.commands.surroundings import Directory
from listbot.config import Selection, Settings, discover, load, settle
from listbot.entries import looks_like_list
from listbot.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_USER, InputError
from listbot.finding import FileReport, Severity
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


class _Outcome(NamedTuple):
    reports: list[FileReport]
    sources: dict[str, Source]
    unread: list[str]


def run(request: Request) -> int:
    """Check, print, and return the exit code. Raises UserError where nothing can be checked at all."""
    started = time.perf_counter()
    settings_for = _settings_source(request)
    outcome = _Outcome([], {}, [])
    for path, shown in _files(request.paths, settings_for, outcome.unread):
        _check_file(path, shown, settings_for(path.parent), request.pedantic, outcome)
    for message in outcome.unread:
        print(f"listbot: {visible(message)}", file=sys.stderr)
    seconds = time.perf_counter() - started
    _print(request.format, outcome, seconds)
    if outcome.reports:
        print(summary(outcome.reports, seconds), file=sys.stderr)
    return _exit_code(request, outcome)


def settings(request_paths: tuple[str, ...], config: str | None, isolated: bool, selection: Selection) -> Settings:
    """The settings in force for the first path (default: the current directory)."""
    path = Path(request_paths[0]) if request_paths else Path()
    directory = path if path.is_dir() else path.parent
    request = Request(request_paths, None, selection, config, isolated, False, Severity.ERROR, False)
    return _settings_source(request)(directory)


def _settings_source(request: Request) -> Callable[[Path], Settings]:
    """Settings by directory: one configuration file is read once."""
    by_file: dict[Path | None, Settings] = {}
    by_directory: dict[Path, Settings] = {}

    def read(path: Path | None) -> Settings:
        if path not in by_file:
            shown = _relative(path) if path is not None else None
            user = load(path, shown, pages(), RULES)
            by_file[path] = settle(user, pages(), RULES, request.selection)
        return by_file[path]

    def settings_for(directory: Path) -> Settings:
        if request.isolated:
            return read(None)
        if request.config is not None:
            return read(Path(request.config))
        if directory not in by_directory:
            by_directory[directory] = read(discover(directory.resolve()))
        return by_directory[directory]

    return settings_for


def _files(
    paths: tuple[str, ...], settings_for: Callable[[Path], Settings], unread: list[str]
) -> list[tuple[Path, str]]:
    """The files to check with the paths to show; a path that stands for nothing becomes a message in `unread`."""
    if not paths:
        readme = inputs.default_readme(Path())
        return [(readme, readme.as_posix())]
    found: dict[Path, str] = {}
    for name in paths:
        try:
            for path in inputs.find(Path(name), lambda p: _matches(p, settings_for(p.parent), "exclude")):
                found.setdefault(path, path.as_posix())
        except InputError as error:
            unread.append(str(error))
    return list(found.items())


def _check_file(path: Path, shown: str, settings: Settings, pedantic: bool, outcome: _Outcome) -> None:
    try:
        source = inputs.read(path, shown, settings.max_file_size)
    except InputError as error:
        outcome.unread.append(str(error))
        return
    document = parse(source)
    configured = settings.lists is not None
    is_list = _matches(path, settings, "lists") if configured else looks_like_list(document)
    surroundings = Directory(path, settings.max_file_size)
    report = engine.check(document, settings.enabled, surroundings, is_list=is_list, known=pages())
    if not pedantic:
        shown_ones = tuple(d for d in report.diagnostics if d.severity != Severity.HINT)
        report = report._replace(diagnostics=shown_ones)
    outcome.reports.append(report)
    outcome.sources[shown] = source


def _matches(path: Path, settings: Settings, key: str) -> bool:
    """Whether a path matches one of the patterns of a setting, relative to the configuration's directory.

    `*` also crosses directories, as in pre-commit and most linters' `exclude`; a directory's name stands for all in it.
    """
    patterns = settings.exclude if key == "exclude" else settings.lists or ()
    if not patterns:
        return False
    try:
        relative = path.resolve().relative_to(settings.root.resolve()).as_posix()
    except ValueError:
        return False
    return any(
        fnmatchcase(relative, pattern) or fnmatchcase(relative, pattern.rstrip("/") + "/*")
        for pattern in (p.removeprefix("./").removeprefix("/") for p in patterns)
    )


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
    limit = request.fail_on.rank
    failing = any(diagnostic.severity.rank <= limit for diagnostic in all_diagnostics(outcome.reports))
    return EXIT_FINDINGS if failing and not request.exit_zero else EXIT_CLEAN


def _relative(path: Path) -> str:
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()  # another drive on Windows
