"""`listbot links`: lists -> the truth about every link -> text and exit code."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from listbot import inputs
from listbot.commands import files, link_options, link_results, link_targets
from listbot.config import LINKS, Selection
from listbot.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INCONCLUSIVE, EXIT_INTERRUPTED, EXIT_USER, InputError
from listbot.links import session
from listbot.liveness import LinkResult, Outcome, Place, Reason
from listbot.output.links_rows import Checked, LinkRow, costs, summary, unfinished
from listbot.output.text import counted, visible
from listbot.parser import parse


class Request(NamedTuple):
    """What the user asked for."""

    paths: tuple[str, ...]
    format: str | None
    since: str | None
    fail_on: str
    exit_zero: bool
    config: str | None
    isolated: bool
    options: link_options.Options


class _Read(NamedTuple):
    """What the lists hold."""

    places: dict[str, list[Place]]
    added: set[str]
    files: list[Path]
    unread: list[str]
    titles: dict[str, str]
    """What the lists call what addresses lead to."""
    configured: dict[str, Any]
    """How the first list's configuration wants links to be asked."""


def run(request: Request) -> int:
    """Check, print, and return the exit code. Raises UserError where nothing can be checked at all."""
    read = _read(request)
    for message in read.unread:
        _complain(message)
    if read.unread and not read.files:
        return EXIT_USER
    wanted = [url for url in read.places if request.since is None or url in read.added]
    options = link_options.settled(request.options, read.configured)
    plan = link_options.plan(options, link_targets.name_of(read.files), whole=request.since is None)
    with link_options.progress() as on_tick:
        done = session.check(
            wanted,
            plan,
            titles=read.titles,
            dated=lambda url: link_targets.added_at(read.places[url][0]),
            on_tick=on_tick,
        )
    rows = [LinkRow(url, _marked(done.results[url], url, read), read.places[url]) for url in wanted]
    checked = Checked(rows, done.hosts, _doubt(read, rows, done), done.stopped, read.unread, done.seconds, done.notes)
    _print(request.format or ("table" if sys.stdout.isatty() else "lines"), checked)
    _conclude(checked)
    return _exit_code(request, checked)


def _read(request: Request) -> _Read:
    settings_for = files.settings_source(request.config, request.isolated, Selection())
    read = _Read({}, set(), [], [], {}, dict(LINKS))
    for path, shown in files.named(request.paths, settings_for, read.unread):
        limit = settings_for(path.parent).max_file_size
        try:
            document = parse(inputs.read(path, shown, limit))
        except InputError as error:
            read.unread.append(str(error))
            continue
        found = link_targets.by_place(link_targets.targets(document))
        if request.since is not None:
            read.added.update(link_targets.added(found, link_targets.older(path, request.since, limit)))
        for url, title in link_targets.titles(document).items():
            read.titles.setdefault(url, title)
        for url, places in found.items():
            read.places.setdefault(url, []).extend(places)
        if not read.files:
            read.configured.update(settings_for(path.parent).links)
        read.files.append(path)
    return read


def _doubt(read: _Read, rows: list[LinkRow], done: session.Session) -> str | None:
    """Why nothing can be concluded, if so."""
    if not read.places:
        return "there is no link in what was read"
    if rows and all(row.result.reason == Reason.DEADLINE for row in rows):
        return "the time was up before anything was checked"
    return done.inconclusive


def _marked(result: LinkResult, url: str, read: _Read) -> LinkResult:
    return result._replace(added=True) if url in read.added else result


def _print(format_name: str, checked: Checked) -> None:
    if format_name == "table":
        from rich.console import Console

        from listbot.output import links_table

        links_table.rich(checked, Console(highlight=False, markup=False, emoji=False))
        return
    if isinstance(sys.stdout, io.TextIOWrapper):  # data has one encoding and one line ending on every system
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    if format_name == "json":
        from listbot.output import links_json

        links_json.write(checked, sys.stdout)
    else:
        sys.stdout.writelines(_lines(format_name, checked))


def _lines(format_name: str, checked: Checked) -> Iterable[str]:
    if format_name == "markdown":
        from listbot.output import links_markdown

        return links_markdown.render(checked)
    if format_name == "junit":
        from listbot.output import links_junit

        return links_junit.render(checked)
    from listbot.output import links_table

    return links_table.plain(checked)


def _conclude(checked: Checked) -> None:
    print(summary(checked), *costs(checked), sep="\n", file=sys.stderr)
    results = [row.result for row in checked.rows]
    if certain := link_results.moves(results, certain=True):
        rules = ",".join(sorted(set(certain.values())))
        _complain(
            f"{counted(len(certain), 'move')} can be written into the list: `listbot fix --links --select {rules}`"
        )
    if doubtful := link_results.moves(results, certain=False):
        rules = ",".join(sorted(set(doubtful.values())))
        _complain(
            f"{counted(len(doubtful), 'move')} not certain, for you to decide: "
            f"`listbot check --links --pedantic --select {rules}`"
        )
    private = sum(result.reason == Reason.REFUSED_ADDRESS for result in results)
    if private:
        _complain(
            f"{counted(private, 'URL')} of private addresses not asked; "
            "where the network is yours, name it with `--allow-address NETWORK`"
        )
    if (ended := unfinished(checked.stopped, results)) is not None:
        _complain(ended)
    if checked.inconclusive is not None:
        _complain(f"inconclusive: {checked.inconclusive}")


def _exit_code(request: Request, checked: Checked) -> int:
    if checked.unread:
        return EXIT_USER
    if checked.inconclusive is not None:
        return EXIT_INCONCLUSIVE
    if checked.stopped == Reason.INTERRUPTED:
        return EXIT_INTERRUPTED
    failing = any(is_failing(row.result, request.fail_on) for row in checked.rows)
    return EXIT_FINDINGS if failing and not request.exit_zero else EXIT_CLEAN


def is_failing(result: LinkResult, fail_on: str) -> bool:
    """Whether a result is an error: gone, and either new in the list or called dead by its history."""
    if result.outcome != Outcome.GONE:
        return False
    return fail_on == "warning" or result.added or result.standing.dead


def _complain(message: str) -> None:
    print(f"listbot: {visible(message)}", file=sys.stderr)
