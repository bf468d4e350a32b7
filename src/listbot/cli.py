"""Arguments -> command -> exit code. Commands are imported when they are called, so that `--version` costs nothing."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Sequence

from listbot import __version__
from listbot.errors import EXIT_BUG, EXIT_USER, ListbotError, UserError

TYPE_CHECKING = False  # type checkers take it for true; `typing` itself costs more than `listbot --version` may
if TYPE_CHECKING:
    from listbot.commands.fixing import Fixing
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
    place = _place(error.__cause__ or error)
    python = ".".join(str(part) for part in sys.version_info[:3])
    print(
        f"listbot: this is a bug in listbot, not in your list: {_safe(what)} (at {place}, listbot {__version__}, "
        f"Python {python}). Nothing was written. Please report it at {_REPOSITORY}/issues with this paragraph and, "
        "if you can, the file.",
        file=sys.stderr,
    )
    return EXIT_BUG


def _place(error: BaseException) -> str:
    """The file and line that raised. What another process raised carries its traceback as text."""
    trace, place = error.__traceback__, ""
    if trace is None:
        for file, line in re.findall(r'File "([^"\n]+)", line (\d+)', str(error)):
            place = f"{os.path.basename(file)}:{line}"  # noqa: PTH119 - light
    while trace is not None:
        place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119 - light
        trace = trace.tb_next
    return place


class _Parser(argparse.ArgumentParser):
    """argparse with one-sentence errors."""

    def error(self, message: str) -> None:  # type: ignore[override]
        print(f"{self.prog}: {_safe(message)}; see `{self.prog} --help`", file=sys.stderr)
        raise SystemExit(EXIT_USER)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="listbot", description="Keeps curated lists healthy.")
    parser.add_argument("--version", action="version", version=f"listbot {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    _add_check(commands, "check")
    _add_check(commands, "fix")
    _add_baseline(commands)
    _add_style(commands)
    _add_entries(commands)
    _add_links(commands)
    _add_rule(commands)
    _add_config(commands)
    _add_bot(commands)
    _add_words(commands)
    return parser


def _add_check(commands: argparse._SubParsersAction[_Parser], name: str) -> None:
    check = commands.add_parser(
        name,
        help="check lists and other Markdown files" if name == "check" else "the same as `check --fix`",
        description="Check Markdown files. Exit code: 0 nothing that fails, 1 findings, 2 a mistake in what was asked "
        "for, 3 a bug in listbot, 4 inconclusive (with --links: our own network is at fault, or a list is not whole).",
    )
    check.add_argument("paths", nargs="*", metavar="PATH", help="files or directories (default: the README here)")
    check.add_argument(
        "--format",
        choices=("full", "concise", "json", "github", "sarif", "rdjson", "junit", "markdown"),
        help="how to print findings (default: full in a terminal, else concise)",
    )
    check.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="[FORMAT=]FILE",
        help="write FILE too, in FORMAT (default: that of --format; the terminal keeps its own); may be repeated",
    )
    check.add_argument("--statistics", action="store_true", help="print how often each rule speaks, and no findings")
    check.add_argument("--pedantic", action="store_true", help="show hints too")
    check.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="what makes the exit code 1 (default: error)",
    )
    check.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    _add_new_only(check)
    _add_stdin(check)
    check.add_argument("--links", action="store_true", help="ask for every link, and run the rules about them too")
    _add_fixing(check)
    _add_settings(check)
    _add_link_options(check, "with --links, how links are asked")
    check.set_defaults(run=_run_check, fix=name == "fix")


def _add_fixing(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="make the safe fixes, and report what is left")
    group.add_argument("--diff", action="store_true", help="show what --fix would change, and write nothing")
    group.add_argument("--unsafe-fixes", action="store_true", help="make fixes too that need your consent")
    group.add_argument("--fixable", action="append", default=[], metavar="RULES", help="fix findings of these only")
    group.add_argument("--unfixable", action="append", default=[], metavar="RULES", help="do not fix these")
    group.add_argument("--show-fixes", action="store_true", help="list what was fixed, by line and rule")
    group.add_argument("--fix-generated", action="store_true", help="fix files too that a program writes")


def _add_new_only(check: argparse.ArgumentParser) -> None:
    group = check.add_argument_group("only what is new")
    older = group.add_mutually_exclusive_group()
    older.add_argument(
        "--since",
        metavar="REF",
        help="only what the change since this git revision introduces; `merge-base:main`: since HEAD left main",
    )
    older.add_argument(
        "--staged",
        action="store_true",
        help="judge what is staged, and only what it introduces; a file with nothing staged is judged whole",
    )
    group.add_argument("--baseline", metavar="FILE", help="only what this file, written by `listbot baseline`, has not")


def _add_stdin(check: argparse.ArgumentParser) -> None:
    group = check.add_argument_group("which files")
    group.add_argument("--stdin", action="store_true", help="check the text on standard input")
    group.add_argument("--stdin-filename", metavar="NAME", help="the file that this text belongs to")
    group.add_argument(
        "--force-exclude", action="store_true", help="leave out what the configuration excludes, though it is named"
    )


def _add_baseline(commands: argparse._SubParsersAction[_Parser]) -> None:
    baseline = commands.add_parser(
        "baseline",
        help="write down what is wrong today, so that only what is new is reported",
        description="Write a baseline for `listbot check --baseline FILE`.",
    )
    baseline.add_argument("paths", nargs="*", metavar="PATH", help="files or directories (default: the README here)")
    baseline.add_argument(
        "--output", default="listbot-baseline.tsv", metavar="FILE", help="write this file (default: %(default)s)"
    )
    baseline.add_argument("--update", action="store_true", help="take out what was mended, and put nothing in")
    _add_settings(baseline)
    baseline.set_defaults(run=_run_baseline)


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


def _add_bot(commands: argparse._SubParsersAction[_Parser]) -> None:
    bot = commands.add_parser(
        "bot",
        help="speak on GitHub: pull requests and one weekly issue",
        description="What the workflows in README.md run. Needs the extra: pip install 'listbot-lint[bot]'.",
    )
    stages = bot.add_subparsers(title="stages", metavar="STAGE", required=True, parser_class=_Parser)
    lint = stages.add_parser(
        "lint",
        help="first stage: annotations and job summary of a pull request, with a token that may only read",
        description="Lint the pull request that is checked out. Exit code: 0 it introduces no error, 1 it does, 2 a "
        "mistake in what was asked for, 3 a bug in listbot.",
    )
    lint.add_argument("--artifact", metavar="FILE", help="write what was found of links here, for `bot report`")
    lint.set_defaults(run=_run_bot_lint)
    report = stages.add_parser(
        "report",
        help="second stage: the comment on the pull request, without checking it out",
        description="Comment on the pull request of a finished first stage. Never fails for lack of permission.",
    )
    report.set_defaults(run=_run_bot_report)
    weekly = stages.add_parser(
        "weekly",
        help="check every link, and keep one issue of those that need a look",
        description="Check the links of lists and keep the issue. Exit code: 0 done, 2 a mistake in what was asked "
        "for, 3 a bug in listbot, 4 nothing can be concluded, as our own network is at fault.",
    )
    weekly.add_argument("paths", nargs="*", metavar="PATH", help="lists (default: the README here)")
    weekly.set_defaults(run=_run_bot_weekly)
    for stage in (lint, report, weekly):
        stage.add_argument("--event", metavar="FILE", help="the event (default: the one of GitHub Actions)")
        stage.add_argument("--dry-run", action="store_true", help="print what would be written, and write nothing")


def _add_words(commands: argparse._SubParsersAction[_Parser]) -> None:
    words = commands.add_parser(
        "words",
        help="show the project's own words, or add some",
        description="Print the words that are right whatever dictionaries say, or add some to the configuration.",
    )
    words.add_argument("--add", action="append", default=[], metavar="WORD", help="add this word; may be repeated")
    words.add_argument("--config", metavar="FILE", help="use this listbot.toml or pyproject.toml")
    words.set_defaults(run=_run_words)


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
    from listbot.commands.versions import Asked
    from listbot.config import Selection
    from listbot.errors import UsageError
    from listbot.finding import Severity

    if options.stdin_filename is not None and not options.stdin:
        raise UsageError("--stdin-filename names the text on standard input; add --stdin")
    if options.stdin and (options.paths or options.staged):
        raise UsageError("--stdin is one text by itself; leave paths and --staged out")
    if (options.fix or options.diff) and (options.stdin or options.staged or options.since or options.baseline):
        raise UsageError("fixes mend whole files on disk; leave --stdin, --staged, --since and --baseline out")
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
            asked=Asked(options.since, options.staged),
            baseline=options.baseline,
            stdin=options.stdin,
            stdin_filename=options.stdin_filename,
            force_exclude=options.force_exclude,
            outputs=tuple(options.output),
            statistics=options.statistics,
            fixing=_fixing(options),
            links=_link_options(options) if options.links else None,
        )
    )


def _run_baseline(options: argparse.Namespace) -> int:
    from listbot.commands import baseline
    from listbot.config import Selection

    return baseline.run(
        baseline.Request(
            paths=tuple(options.paths),
            file=options.output,
            update=options.update,
            selection=Selection(_names(options.select), _names(options.ignore)),
            config=options.config,
            isolated=options.isolated,
        )
    )


def _fixing(options: argparse.Namespace) -> Fixing | None:
    """What to fix; None for a check without fixes."""
    from listbot.commands.fixing import Fixing, choice

    if not (options.fix or options.diff):
        return None
    chosen = choice(_names(options.fixable), _names(options.unfixable), unsafe=options.unsafe_fixes)
    return Fixing(chosen, options.diff, options.show_fixes, options.fix_generated)


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


def _run_bot_lint(options: argparse.Namespace) -> int:
    from listbot.commands import bot_lint

    return bot_lint.run(options.event, options.artifact, dry_run=options.dry_run)


def _run_bot_weekly(options: argparse.Namespace) -> int:
    from listbot.commands import bot_weekly

    return bot_weekly.run(options.event, tuple(options.paths), dry_run=options.dry_run)


def _run_bot_report(options: argparse.Namespace) -> int:
    from listbot.commands import bot_report

    return bot_report.run(options.event, dry_run=options.dry_run)


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


def _run_words(options: argparse.Namespace) -> int:
    from listbot.commands import words

    return words.run(options.add, options.config)


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
