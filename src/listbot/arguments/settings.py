"""`listbot rule`, `config` and `words`: what listbot goes by."""

from __future__ import annotations

import argparse

from listbot.arguments.common import Parser, add_settings, names


def add_rule(commands: argparse._SubParsersAction[Parser]) -> None:
    rule = commands.add_parser("rule", help="explain a rule, or list all", description="Print a rule's page.")
    rule.add_argument("rule", nargs="?", metavar="RULE", help="the rule's id (default: list all rules)")
    rule.set_defaults(run=_run_rule)


def add_config(commands: argparse._SubParsersAction[Parser]) -> None:
    config = commands.add_parser(
        "config",
        help="show the settings in force and where each comes from",
        description="Print the settings that hold for PATH, each with the place it comes from.",
    )
    config.add_argument("paths", nargs="*", metavar="PATH", help="a file or directory (default: here)")
    config.add_argument("--schema", action="store_true", help="print the JSON schema of the configuration instead")
    add_settings(config)
    config.set_defaults(run=_run_config)


def add_words(commands: argparse._SubParsersAction[Parser]) -> None:
    words = commands.add_parser(
        "words",
        help="show the project's own words, or add some",
        description="Print the words that are right whatever dictionaries say, or add some to the configuration.",
    )
    words.add_argument("--add", action="append", default=[], metavar="WORD", help="add this word; may be repeated")
    words.add_argument("--config", metavar="FILE", help="use this listbot.toml or pyproject.toml")
    words.set_defaults(run=_run_words)


def _run_rule(options: argparse.Namespace) -> int:
    from listbot.commands import rule

    return rule.run(options.rule)


def _run_config(options: argparse.Namespace) -> int:
    from listbot.commands import check, config
    from listbot.config import Selection

    if options.schema:
        return config.run_schema()
    selection = Selection(names(options.select), names(options.ignore))
    return config.run(check.settings(tuple(options.paths), options.config, options.isolated, selection))


def _run_words(options: argparse.Namespace) -> int:
    from listbot.commands import words

    return words.run(options.add, options.config)
