"""What `--fix` and `--diff` do with the fixes of files: write them, show them, count them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from listbot import rewriting
from listbot.config import known_rules
from listbot.errors import OutputError
from listbot.finding import FileReport
from listbot.fixer import Choice, Result
from listbot.output import fixes
from listbot.output.text import all_diagnostics
from listbot.rulebook import pages

NOT_FIXED = "not fixed: the program that writes it would undo that; `--fix-generated` fixes it all the same"


class Fixing(NamedTuple):
    """What the user wants to have fixed, and shown."""

    choice: Choice
    diff: bool
    """Show what would change, and write nothing."""
    show: bool
    generated: bool
    """Fix files too that a program writes."""


class Fixed(NamedTuple):
    """A file, and what its fixes make of it."""

    path: Path
    shown: str
    result: Result


def choice(fixable: tuple[str, ...], unfixable: tuple[str, ...], *, unsafe: bool) -> Choice:
    """Which fixes are wanted. Raises ConfigError for unknown rules."""
    known_rules(fixable, "--fixable", pages())
    known_rules(unfixable, "--unfixable", pages())
    return Choice(unsafe, frozenset(fixable) or None, frozenset(unfixable))


def write(fixed: Fixed) -> str | None:
    """Write a file if its text changed. A sentence where it cannot be written, else None."""
    if not fixed.result.changed:
        return None
    before, after = fixed.result.before.document.source, fixed.result.after.document.source
    try:
        rewriting.rewrite(fixed.path, before, after.text)
    except OutputError as error:
        return str(error)
    return None


def print_diffs(all_fixed: Sequence[Fixed]) -> None:
    """Unified diffs: exact where a program reads them, coloured and made safe in a terminal."""
    for fixed in all_fixed:
        lines = fixes.diff(fixed.shown, fixed.result)
        if sys.stdout.isatty():
            from rich.console import Console

            fixes.coloured(lines, Console(highlight=False, markup=False, emoji=False))
        else:
            sys.stdout.writelines(lines)


def print_summary(all_fixed: Sequence[Fixed], reports: Sequence[FileReport], wanted: Fixing) -> None:
    """What was fixed and what is left, to standard error."""
    if wanted.show:
        for fixed in all_fixed:
            sys.stderr.write(fixes.listed(fixed.shown, fixed.result.made))
    left = all_diagnostics(reports)
    more = sum(d.fix is not None and not d.fix.safe and wanted.choice.allows_rule(d.rule) for d in left)
    made = sum(len(fixed.result.made) for fixed in all_fixed)
    print(fixes.summary(made, len(left), 0 if wanted.choice.unsafe else more, would=wanted.diff), file=sys.stderr)
