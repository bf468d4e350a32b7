"""`listbot check`, `fix` and `baseline`."""

from __future__ import annotations

import argparse

from listbot.arguments.asking import add_link_options, link_options_given, link_options_of
from listbot.arguments.common import Parser, add_settings, names

TYPE_CHECKING = False  # type checkers take it for true; `typing` itself costs more than `listbot --version` may
if TYPE_CHECKING:
    from listbot.commands.fixing import Fixing


def add_check(commands: argparse._SubParsersAction[Parser], name: str) -> None:
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
    add_settings(check)
    add_link_options(check, "with --links, how links are asked")
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


def add_baseline(commands: argparse._SubParsersAction[Parser]) -> None:
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
    add_settings(baseline)
    baseline.set_defaults(run=_run_baseline)


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
    if not options.links and (used := link_options_given(options)):
        raise UsageError(f"{used[0]} says how links are asked, and without --links none is; add --links")
    if (options.fix or options.diff) and options.stdin:
        raise UsageError("fixes are written to files on disk; leave --stdin out")
    return check.run(
        check.Request(
            paths=tuple(options.paths),
            format=options.format,
            selection=Selection(names(options.select), names(options.ignore)),
            config=options.config,
            isolated=options.isolated,
            pedantic=options.pedantic,
            fail_on=Severity(options.fail_on),
            exit_zero=options.exit_zero,
            asked=Asked(options.since, options.staged, to_fix=options.fix or options.diff),
            baseline=options.baseline,
            stdin=options.stdin,
            stdin_filename=options.stdin_filename,
            force_exclude=options.force_exclude,
            outputs=tuple(options.output),
            statistics=options.statistics,
            fixing=_fixing(options),
            links=link_options_of(options) if options.links else None,
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
            selection=Selection(names(options.select), names(options.ignore)),
            config=options.config,
            isolated=options.isolated,
        )
    )


def _fixing(options: argparse.Namespace) -> Fixing | None:
    """What to fix; None for a check without fixes."""
    from listbot.commands.fixing import Fixing, choice

    if not (options.fix or options.diff):
        return None
    chosen = choice(names(options.fixable), names(options.unfixable), unsafe=options.unsafe_fixes)
    return Fixing(chosen, options.diff, options.show_fixes, options.fix_generated)
