"""Arguments -> command -> exit code. Commands are imported when they are called, so that `--version` costs nothing."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from listbot import __version__
from listbot.errors import EXIT_BUG, EXIT_USER, ListbotError, UserError

TYPE_CHECKING = False  # type checkers take it for true; `typing` itself costs more than `listbot --version` may
if TYPE_CHECKING:
    from listbot.commands.link_options import Options

_OBJECTS_BETWEEN_COLLECTIONS = 100_000
_REPOSITORY = "https://github.com/listbot/listbot"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code; never raises, and never prints a traceback."""
    # A parsed list is a hundred thousand small records and no circles: collecting them costs a fifth of the time.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
    try:
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except SystemExit as stop:  # argparse's way to say --help, --version and usage errors
        return stop.code if isinstance(stop.code, int) else EXIT_USER
    except UserError as error:
        print(f"listbot: {_safe(str(error))}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_USER
    except KeyboardInterrupt:
        return 130
    except ListbotError as error:
        return _our_bug(str(error), error)
    except Exception as error:
        return _our_bug(f"{type(error).__name__}: {error}", error)


def _safe(text: str) -> str:
    from listbot.output.text import visible

    return visible(text)


def _our_bug(what: str, error: BaseException) -> int:
    """One paragraph that somebody can act on, instead of a traceback."""
    place = ""
    trace = (error.__cause__ or error).__traceback__
    while trace is not None:
        place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119 - light
        trace = trace.tb_next
    python = ".".join(str(part) for part in sys.version_info[:3])
    print(
        f"listbot: this is a bug in listbot, not in your list: {_safe(what)} (at {place}, listbot {__version__}, "
        f"Python {python}). Nothing was written. Please report it at {_REPOSITORY}/issues with this paragraph and, "
        "if you can, the file.",
        file=sys.stderr,
    )
    return EXIT_BUG


class _Parser(argparse.ArgumentParser):
    """argparse with one-sentence errors."""

    def error(self, message: str) -> None:  # type: ignore[override]
        print(f"{self.prog}: {_safe(message)}; see `{self.prog} --help`", file=sys.stderr)
        raise SystemExit(EXIT_USER)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="listbot", description="Keeps curated lists healthy.")
    parser.add_argument("--version", action="version", version=f"listbot {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    _add_check(commands)
    _add_style(commands)
    _add_entries(commands)
    _add_links(commands)
    _add_rule(commands)
    _add_config(commands)
    return parser


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    check = commands.add_parser(
        "check",
        help="check lists and other Markdown files",
        description="Check Markdown files. Exit code: 0 nothing that fails, 1 findings, 2 a mistake in what was asked "
        "for, 3 a bug in listbot, 4 inconclusive (with --links: our own network is at fault, or a list is not whole).",
    )
    check.add_argument("paths", nargs="*", metavar="PATH", help="files or directories (default: the README here)")
    check.add_argument(
        "--format",
        choices=("full", "concise", "json", "github"),
        help="how to print findings (default: full in a terminal, else concise)",
    )
    check.add_argument("--pedantic", action="store_true", help="show hints too")
    check.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="what makes the exit code 1 (default: error)",
    )
    check.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    check.add_argument("--links", action="store_true", help="ask for every link, and run the rules about them too")
    _add_settings(check)
    _add_link_options(check, "with --links, how links are asked")
    check.set_defaults(run=_run_check)


def _add_style(commands: argparse._SubParsersAction[_Parser]) -> None:
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


def _add_entries(commands: argparse._SubParsersAction[_Parser]) -> None:
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
    _add_configuration(entries.add_argument_group("settings"))
    entries.set_defaults(run=_run_entries)


def _add_links(commands: argparse._SubParsersAction[_Parser]) -> None:
    links = commands.add_parser(
        "links",
        help="check whether the links of lists lead anywhere",
        description="Ask for every link once, politely, and say what is known of it. Exit code: 0 nothing that fails, "
        "1 links that are dead, or gone and new in the list, 2 a mistake in what was asked for, 3 a bug in listbot, "
        "4 inconclusive: our own network, or far fewer links than the last time.",
    )
    links.add_argument("paths", nargs="*", metavar="PATH", help="files or directories (default: the README here)")
    links.add_argument(
        "--format",
        choices=("table", "lines", "json", "markdown", "junit"),
        help="how to print (default: table in a terminal, else lines)",
    )
    links.add_argument("--since", metavar="REF", help="only links that a commit's version of the list does not have")
    links.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="warning: exit 1 for whatever is gone, also where it was not gone three times (default: error)",
    )
    links.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    history = links.add_mutually_exclusive_group()
    history.add_argument("--export", metavar="FILE", help="write the history as JSON lines (- for the screen), and end")
    history.add_argument("--import", dest="import_", metavar="FILE", help="add such lines to the history, and end")
    _add_link_options(links, "how links are asked")
    _add_configuration(links.add_argument_group("settings"))
    links.set_defaults(run=_run_links)


def _add_link_options(parser: argparse.ArgumentParser, title: str) -> None:
    group = parser.add_argument_group(title)
    group.add_argument("--deadline", metavar="TIME", help="stop after 120s, 10m or 1h; the rest is unknown")
    group.add_argument("--store", metavar="FILE", help="where answers and history are (default: the user's cache)")
    group.add_argument("--refresh", action="store_true", help="ask anew for what is remembered")
    group.add_argument("--contact", metavar="TEXT", help="a URL or address in the User-Agent, for whoever is asked")
    group.add_argument("--user-agent", metavar="TEXT", help="the whole User-Agent")
    group.add_argument(
        "--allow-address",
        action="append",
        default=[],
        metavar="NETWORK",
        help="reach a private address or network, at any port; may be repeated",
    )
    group.add_argument("--port", action="append", default=[], type=int, metavar="N", help="reach this port too")
    group.add_argument("--canary", action="append", default=[], metavar="URL", help="a site that is always there")
    group.add_argument("--fragments", action="store_true", help="look for the places that links name in static pages")
    group.add_argument("--archive", action="store_true", help="look for archived copies of what is gone")
    group.add_argument("--archive-index", metavar="URL", help="the CDX index to look in (default: the Wayback Machine)")


def _add_rule(commands: argparse._SubParsersAction[_Parser]) -> None:
    rule = commands.add_parser("rule", help="explain a rule, or list all", description="Print a rule's page.")
    rule.add_argument("rule", nargs="?", metavar="RULE", help="the rule's id (default: list all rules)")
    rule.set_defaults(run=_run_rule)


def _add_config(commands: argparse._SubParsersAction[_Parser]) -> None:
    config = commands.add_parser(
        "config",
        help="show the settings in force and where each comes from",
        description="Print the settings that hold for PATH, each with the place it comes from.",
    )
    config.add_argument("paths", nargs="*", metavar="PATH", help="a file or directory (default: here)")
    config.add_argument("--schema", action="store_true", help="print the JSON schema of the configuration instead")
    _add_settings(config)
    config.set_defaults(run=_run_config)


def _add_settings(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("settings")
    group.add_argument("--select", action="append", default=[], metavar="RULES", help="run these rules only")
    group.add_argument("--ignore", action="append", default=[], metavar="RULES", help="do not run these rules")
    _add_configuration(group)


def _add_configuration(group: argparse._ArgumentGroup) -> None:
    source = group.add_mutually_exclusive_group()
    source.add_argument("--config", metavar="FILE", help="use this listbot.toml or pyproject.toml")
    source.add_argument("--isolated", action="store_true", help="use no configuration file")


def _names(values: list[str]) -> tuple[str, ...]:
    return tuple(name for value in values for name in value.replace(",", " ").split())


def _run_check(options: argparse.Namespace) -> int:
    from listbot.commands import check
    from listbot.config import Selection
    from listbot.finding import Severity

    return check.run(
        check.Request(
            paths=tuple(options.paths),
            format=options.format,
            selection=Selection(_names(options.select), _names(options.ignore)),
            config=options.config,
            isolated=options.isolated,
            pedantic=options.pedantic,
            fail_on=Severity(options.fail_on),
            exit_zero=options.exit_zero,
            links=_link_options(options) if options.links else None,
        )
    )


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


def _run_links(options: argparse.Namespace) -> int:
    from listbot.commands import link_history, links

    if options.export is not None:
        return link_history.export(options.store, options.export)
    if options.import_ is not None:
        return link_history.merge(options.store, options.import_)
    return links.run(
        links.Request(
            paths=tuple(options.paths),
            format=options.format,
            since=options.since,
            fail_on=options.fail_on,
            exit_zero=options.exit_zero,
            config=options.config,
            isolated=options.isolated,
            options=_link_options(options),
        )
    )


def _link_options(options: argparse.Namespace) -> Options:
    from listbot.commands import link_options

    return link_options.Options(
        store=options.store,
        deadline=options.deadline,
        contact=options.contact,
        user_agent=options.user_agent,
        allow_address=tuple(options.allow_address),
        port=tuple(options.port),
        canary=tuple(options.canary),
        refresh=options.refresh,
        fragments=options.fragments,
        archive=options.archive,
        archive_index=options.archive_index,
    )


def _run_rule(options: argparse.Namespace) -> int:
    from listbot.commands import rule

    return rule.run(options.rule)


def _run_config(options: argparse.Namespace) -> int:
    from listbot.commands import check, config
    from listbot.config import Selection

    if options.schema:
        return config.run_schema()
    selection = Selection(_names(options.select), _names(options.ignore))
    return config.run(check.settings(tuple(options.paths), options.config, options.isolated, selection))
