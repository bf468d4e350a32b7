"""What the commands' arguments share."""

from __future__ import annotations

import argparse
import sys

from listbot.errors import EXIT_USER

TYPE_CHECKING = False  # type checkers take it for true; `typing` itself costs more than `listbot --version` may
if TYPE_CHECKING:
    from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """argparse with one-sentence errors."""

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]  # typeshed's are overloads
        """A command refuses what it does not know itself: argparse leaves that to the parser above, whose help is
        another."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            options = [argument for argument in unknown if argument.startswith("-")]  # paths behind them are no mistake
            self.error(f"unrecognized arguments: {' '.join(options or unknown)}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {safe(message)}; see `{self.prog} --help`", file=sys.stderr)
        raise SystemExit(EXIT_USER)


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Which rules run, and by which configuration."""
    group = parser.add_argument_group("settings")
    group.add_argument("--select", action="append", default=[], metavar="RULES", help="run these rules only")
    group.add_argument("--ignore", action="append", default=[], metavar="RULES", help="do not run these rules")
    add_configuration(group)


def add_configuration(group: argparse._ArgumentGroup) -> None:
    """By which configuration a command goes."""
    source = group.add_mutually_exclusive_group()
    source.add_argument("--config", metavar="FILE", help="use this listbot.toml or pyproject.toml")
    source.add_argument("--isolated", action="store_true", help="use no configuration file")


def port(text: str) -> int:
    """A number of a port, for argparse."""
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= 65_535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; expected a number from 1 to 65535")
    return int(text)


def names(values: list[str]) -> tuple[str, ...]:
    """The names in options that may be repeated, and may hold several between commas or blanks."""
    return tuple(name for value in values for name in value.replace(",", " ").split())


def safe(text: str) -> str:
    """A text for a terminal or a log, with what would not show, or would command it, made visible."""
    from listbot.output.text import visible

    return visible(text).replace("##[", "##\u200b[")  # which GitHub Actions obeys anywhere in a line
