"""Fixes for people: a unified diff, a list by line and rule, a count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from typing import TYPE_CHECKING

from listbot.fixer import Made, Result
from listbot.output.text import visible
from listbot.source import Source

if TYPE_CHECKING:
    from rich.console import Console

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
"""A line as `patch` and git count them: they know no lone carriage return."""
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_NO_NEWLINE = "\\ No newline at end of file\n"


def diff(path: str, result: Result) -> list[str]:
    """A unified diff of a file's fixes, its lines with their line endings; empty where nothing changed."""
    if not result.changed:
        return []
    before, after = (_lines(view.document.source) for view in (result.before, result.after))
    name = visible(path)
    return [part for line in unified_diff(before, after, name, name) for part in _ended(line)]


def _lines(source: Source) -> list[str]:
    return _LINE.findall("\ufeff" * source.bom + source.text)


def _ended(line: str) -> Iterator[str]:
    yield line if line.endswith("\n") else line + "\n"
    if not line.endswith("\n"):
        yield _NO_NEWLINE


def coloured(lines: Sequence[str], console: Console) -> None:
    """A diff in a terminal; nothing in it can move the cursor."""
    for number, line in enumerate(lines):
        style = "bold" if number < 2 else _COLOURS.get(line[0], "")
        console.print(visible(line.rstrip("\r\n")), style=style, soft_wrap=True)


def listed(path: str, made: Sequence[Made]) -> str:
    """`README.md:12: pdf-link-format: write https://…`, a line a fix; lines are those before the fixes."""
    return "".join(
        f"fixed {visible(path)}:{one.line}: {one.rule}{'' if one.safe else ' (unsafe)'}: {visible(one.message)}\n"
        for one in made
    )


def summary(made: int, left: int, unsafe: int, *, would: bool) -> str:
    """`3 fixed, 12 left (2 more fixable with --unsafe-fixes)`."""
    more = f" ({unsafe} more fixable with --unsafe-fixes)" if unsafe else ""
    return f"{made:,} {'would be ' if would else ''}fixed, {left:,} left{more}"
