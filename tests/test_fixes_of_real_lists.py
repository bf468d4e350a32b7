"""Fixes of all lists that we have: nothing fixable is left, and GitHub shows the same page outside the edited lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from listbot import engine, fixer, inputs
from listbot.checks import RULES
from listbot.commands.surroundings import Directory
from listbot.config import Selection, UserConfig, settle
from listbot.document import Document
from listbot.entries import looks_like_list
from listbot.fixer import Choice
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source
from tests.conftest import SHARED
from tests.oracles import github

LISTS = sorted((SHARED / "corpus").glob("*.md")) if (SHARED / "corpus").is_dir() else []
_LARGE = 150_000
"""Bytes; larger lists take seconds each, and wait for the night."""
_NEWLINES = re.compile(r"\r\n|\r")
_DEFINITION = re.compile(r"[ \t>]*\[[^\]]+\]:[ \t]*<?(\S+?)>?(?:\s|$)")

pytestmark = pytest.mark.shared


def fixed(path: Path, choice: Choice) -> tuple[fixer.Result, fixer.Look]:
    settings = settle(UserConfig({}, None, Path()), pages(), RULES, Selection())
    first = parse(inputs.read(path, path.name, inputs.MAX_FILE))
    is_list = looks_like_list(first)

    def view(document: Document) -> fixer.View:
        report = engine.check(
            document, settings.enabled, Directory(path, inputs.MAX_FILE), is_list=is_list, known=pages()
        )
        return fixer.View(document, report)

    def look(source: Source) -> fixer.View:
        return view(parse(source))

    return fixer.fix(view(first), look, choice, pages()), look


def each(paths: list[Path]) -> list[object]:
    night = [(pytest.mark.nightly,) if path.stat().st_size > _LARGE else () for path in paths]
    return [pytest.param(path, id=path.stem, marks=marks) for path, marks in zip(paths, night, strict=True)]


@pytest.mark.parametrize("path", each(LISTS))
def test_safe_fixes(path: Path) -> None:
    result, _ = fixed(path, Choice())
    assert not [d for d in result.after.report.diagnostics if d.fix is not None and d.fix.safe]
    before, after = result.before.document, result.after.document
    assert 0 <= len(after.entries) - len(before.entries) <= _made(result, "malformed-link")
    assert [section.heading.text for section in before.sections] == [s.heading.text for s in after.sections]
    same_page_elsewhere(before.source, after.source)


@pytest.mark.parametrize("path", each(LISTS[::8]))
def test_unsafe_fixes_too(path: Path) -> None:
    result, look = fixed(path, Choice(unsafe=True))
    assert not [d for d in result.after.report.diagnostics if d.fix is not None]
    before, after = result.before.document, result.after.document
    came = len(after.entries) - len(before.entries) + _made(result, "duplicate-entry")
    assert 0 <= came <= _made(result, "malformed-link")
    same_page_elsewhere(before.source, after.source)
    again = fixer.fix(look(after.source), look, Choice(unsafe=True), pages())
    assert not again.changed


def _made(result: fixer.Result, rule: str) -> int:
    """How many fixes of a rule were made. A line whose only link was none is an entry once it is mended."""
    return sum(made.rule == rule for made in result.made)


def same_page_elsewhere(before: Source, after: Source) -> None:
    """Every block that GitHub shows outside the edited lines is the same."""
    one, other = (_NEWLINES.sub("\n", source.text).split("\n") for source in (before, after))
    edited: tuple[list[int], list[int]] = ([], [])
    removed: set[int] = set()
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "delete":
            removed.update(range(a + 1, b + 1))
        elif tag != "equal":
            edited[0].extend(range(a + 1, b + 1))
            edited[1].extend(range(c + 1, d + 1))
        if tag == "insert":  # what holds the line above as well has grown
            edited[0].append(a)
            edited[1].append(c)
    for at in edited:
        at.sort()
    changed = {
        match[1]
        for lines, at in zip((one, other), edited, strict=True)
        for number in at
        if (match := _DEFINITION.match(lines[number - 1]))
    }
    shown = [
        [
            (block.tag, block.html)
            for block in github.blocks("\n".join(lines))
            if block.first not in gone and _stands_apart(block, at, changed)
        ]
        for lines, at, gone in zip((one, other), edited, (removed, set()), strict=True)
    ]
    assert shown[0] == shown[1]
    assert len(shown[0]) > 1


def _stands_apart(block: github.Block, edited: list[int], changed: set[str]) -> bool:
    at = bisect_left(edited, block.first)
    if at < len(edited) and edited[at] <= block.last:
        return False
    return not any(url in block.html for url in changed)
