"""The spell checkers that listbot is measured beside, each as a function from a text to the places that it marks."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from bench import peers

_CODESPELL_LINE = re.compile(r"[^:]*:(?P<line>\d+): (?P<word>.+?) ==> ")
_CSPELL_LINE = re.compile(r".*:(?P<line>\d+):(?P<column>\d+) - Unknown word \((?P<word>.+)\)")
_TYPOS_FOUND, _CODESPELL_FOUND, _CSPELL_FOUND = 2, 65, 1
"""Their exit codes for findings; codespell's may be any number of them, cut at 255."""


class Marked(NamedTuple):
    """A word that a tool takes for misspelt: 1-based line and column, in code points."""

    line: int
    column: int
    word: str


def typos(text: str) -> list[Marked]:
    """typos with its default configuration."""
    program = _program("typos")
    lines = text.split("\n")
    said = _said([program, "--format", "json", "--isolated", "."], text, (0, _TYPOS_FOUND))
    rows = [row for row in map(json.loads, said) if row["type"] == "typo" and "line_num" in row]
    return [Marked(row["line_num"], _column(lines, row), row["typo"]) for row in rows]


def _column(lines: list[str], row: Mapping[str, int]) -> int:
    return len(lines[row["line_num"] - 1].encode("utf-8")[: row["byte_offset"]].decode("utf-8", "ignore")) + 1


def codespell(text: str) -> list[Marked]:
    """codespell with its default lists. It names the line only, so the n-th mark of a word is its n-th place there."""
    said = _said([_program("codespell"), "0.md"], text, range(256))
    lines, seen = text.split("\n"), dict[tuple[int, str], int]()
    marked = []
    for found in (match for line in said if (match := _CODESPELL_LINE.match(line))):
        line, word = int(found["line"]), found["word"]
        start = lines[line - 1].find(word, seen.get((line, word), 0))
        seen[line, word] = start + 1
        marked.append(Marked(line, start + 1, word))
    return marked


def cspell(text: str) -> list[Marked]:
    """cspell with its default configuration, which shows a word five times at most."""
    program = peers.FOLDER / "node_modules" / ".bin" / "cspell"
    peers.needed("cspell", shutil.which("node"), program)
    command = [str(program), "lint", "--no-progress", "--no-summary", "--no-color", "0.md"]
    found = (match for line in _said(command, text, (0, _CSPELL_FOUND)) if (match := _CSPELL_LINE.match(line)))
    return [Marked(int(match["line"]), int(match["column"]), match["word"]) for match in found]


ALL: Mapping[str, Callable[[str], list[Marked]]] = {"typos": typos, "codespell": codespell, "cspell": cspell}


def _program(name: str) -> str:
    path = peers.FOLDER / "venv" / "bin" / name
    peers.needed(name, "python", path)
    return str(path)


def _said(command: list[str], text: str, right: Iterator[int] | tuple[int, ...] | range) -> list[str]:
    with peers.files({"0": text}) as (folder, _):
        return peers.run(command, folder, tuple(right)).splitlines()
