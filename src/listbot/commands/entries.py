"""`listbot entries`: files -> documents -> entries -> rows for eyes and programs."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from listbot import inputs
from listbot.commands import files
from listbot.commands.surroundings import Directory
from listbot.config import Selection
from listbot.errors import EXIT_CLEAN, EXIT_USER, InputError
from listbot.generated import recognise, sentence
from listbot.library import CuratedList, ListEntry, of_document
from listbot.output.text import counted, visible
from listbot.parser import parse

_Writer = Callable[[Iterable[CuratedList]], None]


class Request(NamedTuple):
    """What the user asked for."""

    paths: tuple[str, ...]
    format: str | None
    sections: tuple[str, ...]
    """Texts, one of which a heading above the entry holds; empty for all entries."""
    kinds: frozenset[str]
    """Empty for all kinds."""
    config: str | None
    isolated: bool


class _Seen(NamedTuple):
    """What went by while the lists were written."""

    unread: list[str]
    counts: list[int]
    """Entries that were printed, a number for each file that was read."""


def run(request: Request) -> int:
    """Print the entries, each file's before the next one is read, and return the exit code.

    Raises UserError where nothing can be read at all, or where a format needs what is not installed.
    """
    write = _writer(request.format or ("table" if sys.stdout.isatty() else "jsonl"))
    seen = _Seen([], [])
    write(_lists(request, seen))
    if seen.counts and not sum(seen.counts):
        print(f"listbot: {_nothing(request)}", file=sys.stderr)
    return EXIT_USER if seen.unread else EXIT_CLEAN


def run_schema(format_name: str | None) -> int:
    """Print the JSON schema of what `json` prints, or of a line of `jsonl`."""
    from listbot.output import entries_json

    sys.stdout.write(entries_json.schema(lines=format_name == "jsonl"))
    return EXIT_CLEAN


def _writer(format_name: str) -> _Writer:
    """How to write lists to standard output. What a format needs is imported here, before any file is read."""
    if format_name == "table":
        from rich.console import Console

        from listbot.output import entries_table

        console = Console(highlight=False, markup=False, emoji=False)
        return lambda lists: entries_table.render(lists, console)
    if isinstance(sys.stdout, io.TextIOWrapper):  # data has one encoding and one line ending on every system
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    if format_name == "csv":
        from listbot.output import entries_csv

        return lambda lists: entries_csv.write(lists, sys.stdout)
    if format_name == "bibtex":
        from listbot.output import entries_bibtex

        def write_bibtex(lists: Iterable[CuratedList]) -> None:
            written = entries_bibtex.write(lists, sys.stdout)
            if written.without:
                _complain(f"left out {counted(written.without, 'entry')} without a publication")

        return write_bibtex
    from listbot.output import entries_json

    write = entries_json.write_document if format_name == "json" else entries_json.write_lines
    return lambda lists: write(lists, sys.stdout)


def _lists(request: Request, seen: _Seen) -> Iterator[CuratedList]:
    """The lists that can be read, with the entries that were asked for; the others are named on standard error."""
    settings_for = files.settings_source(request.config, request.isolated, Selection())
    found = files.named(request.paths, settings_for, seen.unread)
    for message in seen.unread:
        _complain(message)
    wanted = [text.casefold() for text in request.sections]
    for path, shown in found:
        try:
            limit = settings_for(path.parent).max_file_size
            source = inputs.read(path, shown, limit)
        except InputError as error:
            seen.unread.append(str(error))
            _complain(str(error))
            continue
        document = parse(source)
        generated = recognise(document, Directory(path, limit))
        if generated is not None:
            _complain(f"{shown}: {sentence(generated)}")
        curated = of_document(document)
        entries = tuple(entry for entry in curated if _is_wanted(entry, wanted, request.kinds))
        seen.counts.append(len(entries))
        yield replace(curated, entries=entries)


def _is_wanted(entry: ListEntry, sections: list[str], kinds: frozenset[str]) -> bool:
    if kinds and entry.kind not in kinds:
        return False
    headings = [heading.casefold() for heading in entry.section]
    return not sections or any(text in heading for text in sections for heading in headings)


def _complain(message: str) -> None:
    print(f"listbot: {visible(message)}", file=sys.stderr)


def _nothing(request: Request) -> str:
    asked = [f"--section {text!r}" for text in request.sections] + [f"--kind {kind}" for kind in sorted(request.kinds)]
    return f"no entry matches {' '.join(asked)}" if asked else "there is no entry in what was read"
