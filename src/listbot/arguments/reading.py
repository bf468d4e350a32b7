"""`listbot entries` and `style`: what a list holds and does."""

from __future__ import annotations

import argparse

from listbot.arguments.common import Parser, add_configuration


def add_style(commands: argparse._SubParsersAction[Parser]) -> None:
    style = commands.add_parser(
        "style",
        help="show what a list does, and with how much support",
        description="Print the habits of a list: what most of its entries and links do, how many follow it, and where "
        "it is done otherwise. Says first where a program writes the list.",
    )
    style.add_argument("path", nargs="?", metavar="PATH", help="a list (default: the README here)")
    style.add_argument("--format", choices=("table", "json"), default="table", help="how to print (default: table)")
    style.add_argument("--sections", action="store_true", help="show the habits of each section too")
    source = style.add_mutually_exclusive_group()
    source.add_argument("--config", metavar="FILE", help="use this listbot.toml or pyproject.toml")
    source.add_argument("--isolated", action="store_true", help="use no configuration file")
    style.set_defaults(run=_run_style)


def add_entries(commands: argparse._SubParsersAction[Parser]) -> None:
    entries = commands.add_parser(
        "entries",
        help="print the entries of lists as data",
        description="Print what lists list: titles, authors, venues, years, links and the works that they stand for. "
        "Exit code: 0, also where there is no entry, 2 a mistake in what was asked for, 3 a bug in listbot.",
    )
    entries.add_argument("paths", nargs="*", metavar="PATH", help="files or directories (default: the README here)")
    entries.add_argument(
        "--format",
        choices=("table", "json", "jsonl", "csv", "bibtex"),
        help="table for eyes, jsonl an object a line, bibtex the publications (default: table in a terminal, "
        "else jsonl)",
    )
    entries.add_argument(
        "--section",
        action="append",
        default=[],
        metavar="TEXT",
        help="only entries below a heading that holds TEXT, in any case; may be repeated",
    )
    entries.add_argument(
        "--kind",
        action="append",
        default=[],
        choices=("item", "row", "paragraph", "heading", "html"),
        help="only entries of this kind; may be repeated",
    )
    entries.add_argument(
        "--schema",
        action="store_true",
        help="print the JSON schema of json instead, with `--format jsonl` that of a line",
    )
    add_configuration(entries.add_argument_group("settings"))
    entries.set_defaults(run=_run_entries)


def _run_style(options: argparse.Namespace) -> int:
    from listbot.commands import check, style
    from listbot.config import Selection

    paths = () if options.path is None else (options.path,)
    settings = check.settings(paths, options.config, options.isolated, Selection((), ()))
    return style.run(options.path, options.format, options.sections, settings)


def _run_entries(options: argparse.Namespace) -> int:
    from listbot.commands import entries

    if options.schema:
        return entries.run_schema(options.format)
    return entries.run(
        entries.Request(
            paths=tuple(options.paths),
            format=options.format,
            sections=tuple(options.section),
            kinds=frozenset(options.kind),
            config=options.config,
            isolated=options.isolated,
        )
    )
