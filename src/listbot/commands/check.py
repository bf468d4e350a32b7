"""`listbot check`: files -> documents -> rules -> report -> text and exit code."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from listbot import engine, inputs
from listbot.commands import files
from listbot.commands.surroundings import Directory
from listbot.config import Selection, Settings
from listbot.entries import looks_like_list
from listbot.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INCONCLUSIVE, EXIT_USER, InputError
from listbot.finding import FileReport, Severity
from listbot.generated import recognise, sentence
from listbot.output.text import all_diagnostics, summary, visible
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source

if TYPE_CHECKING:
    from listbot.commands.files import SettingsFor
    from listbot.commands.link_options import Options
    from listbot.commands.link_results import CheckedLinks
    from listbot.liveness import LinkResult

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
    links: Options | None = None
    """How to check links; None: they are not checked."""


class _Outcome(NamedTuple):
    reports: list[FileReport]
    sources: dict[str, Source]
    unread: list[str]


def run(request: Request) -> int:
    """Check, print, and return the exit code. Raises UserError where nothing can be checked at all."""
    started = time.perf_counter()
    settings_for = files.settings_source(request.config, request.isolated, request.selection)
    outcome = _Outcome([], {}, [])
    found = files.named(request.paths, settings_for, outcome.unread)
    links = _check_links(request, found, settings_for)
    results = links.results if links is not None else None
    for path, shown in found:
        _check_file(path, shown, settings_for(path.parent), request.pedantic, outcome, results)
    for message in outcome.unread:
        print(f"listbot: {visible(message)}", file=sys.stderr)
    seconds = time.perf_counter() - started
    _print(request.format, outcome, seconds)
    if outcome.reports:
        print(summary(outcome.reports, seconds), file=sys.stderr)
    return _exit_code(request, outcome, links)


def _check_links(request: Request, found: list[tuple[Path, str]], settings_for: SettingsFor) -> CheckedLinks | None:
    if request.links is None:
        return None
    from listbot.commands import link_results

    links = link_results.of_files(found, settings_for, request.links)
    if links.inconclusive is not None:
        print(f"listbot: links are inconclusive: {visible(links.inconclusive)}", file=sys.stderr)
    return links


def settings(request_paths: tuple[str, ...], config: str | None, isolated: bool, selection: Selection) -> Settings:
    """The settings in force for the first path (default: the current directory)."""
    path = Path(request_paths[0]) if request_paths else Path()
    directory = path if path.is_dir() else path.parent
    return files.settings_source(config, isolated, selection)(directory)


def _check_file(
    path: Path,
    shown: str,
    settings: Settings,
    pedantic: bool,
    outcome: _Outcome,
    links: Mapping[str, LinkResult] | None,
) -> None:
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
    report = engine.check(document, settings.enabled, surroundings, is_list=is_list, known=pages(), links=links)
    if not pedantic:
        shown_ones = tuple(d for d in report.diagnostics if d.severity != Severity.HINT)
        report = report._replace(diagnostics=shown_ones)
    outcome.reports.append(report)
    outcome.sources[shown] = source


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


def _exit_code(request: Request, outcome: _Outcome, links: CheckedLinks | None) -> int:
    if outcome.unread:
        return EXIT_USER
    if links is not None and links.inconclusive is not None:
        return EXIT_INCONCLUSIVE
    limit = request.fail_on.rank
    failing = any(diagnostic.severity.rank <= limit for diagnostic in all_diagnostics(outcome.reports))
    return EXIT_FINDINGS if failing and not request.exit_zero else EXIT_CLEAN
