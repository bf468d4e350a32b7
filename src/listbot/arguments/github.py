"""`listbot bot`: what the workflows run."""

from __future__ import annotations

import argparse

from listbot.arguments.common import Parser


def add_bot(commands: argparse._SubParsersAction[Parser]) -> None:
    bot = commands.add_parser(
        "bot",
        help="speak on GitHub: pull requests and one weekly issue",
        description="What the workflows in README.md run. Needs the extra: pip install 'listbot-lint[bot]'.",
    )
    stages = bot.add_subparsers(title="stages", metavar="STAGE", required=True, parser_class=Parser)
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


def _run_bot_lint(options: argparse.Namespace) -> int:
    from listbot.commands import bot_lint

    return bot_lint.run(options.event, options.artifact, dry_run=options.dry_run)


def _run_bot_weekly(options: argparse.Namespace) -> int:
    from listbot.commands import bot_weekly

    return bot_weekly.run(options.event, tuple(options.paths), dry_run=options.dry_run)


def _run_bot_report(options: argparse.Namespace) -> int:
    from listbot.commands import bot_report

    return bot_report.run(options.event, dry_run=options.dry_run)
