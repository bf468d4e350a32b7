"""Defects that a careless hand brings into a clean list, one a row of `DEFECTS`: a new kind is a function and a row.

A defect is made at a place that Hypothesis chooses among those where it can be made. `at` is the 1-based line, in the
new text, where it must be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

Choose = Callable[[int], int]
"""Chooses a number below another."""


class Damaged(NamedTuple):
    lines: list[str]
    at: tuple[int, ...]
    """Lines that may be blamed; more than one where both are to blame, as with two that changed places."""


class Defect(NamedTuple):
    name: str
    rules: frozenset[str]
    """The rules that may report it."""
    damage: Callable[[list[str], Choose], Damaged | None]
    """None where the list has no place for it."""


def _at(pattern: str, replace: Callable[[re.Match[str]], str]) -> Callable[[list[str], Choose], Damaged | None]:
    """Replaces the pattern's only match in one of the lines that have it."""
    compiled = re.compile(pattern)

    def damage(lines: list[str], choose: Choose) -> Damaged | None:
        places = [number for number, line in enumerate(lines) if compiled.search(line)]
        if not places:
            return None
        number = places[choose(len(places))]
        changed = compiled.sub(replace, lines[number], count=1)
        after = [*lines[:number], *changed.split("\n"), *lines[number + 1 :]]
        return Damaged(after, tuple(range(number + 1, number + 2 + changed.count("\n"))))

    return damage


_ENTRY = r"^- \[ \] \[(?P<title>[^\]]+)\]\((?P<url>https://github[^)]+)\) - (?P<notes>.*)\.$"
_PAPER = r"\((https://arxiv\.org/abs/)"


def _twice(match: re.Match[str]) -> str:
    return f"{match[0]}\n{match[0]}"


def _contents_lines(lines: list[str]) -> list[int]:
    return [number for number, line in enumerate(lines) if re.match(r"- \[[^\]]+\]\(#", line)]


def _without_contents_line(lines: list[str], choose: Choose) -> Damaged | None:
    places = _contents_lines(lines)
    if not places:
        return None
    number = places[choose(len(places))]
    name = lines[number][3 : lines[number].index("]")]
    after = [*lines[:number], *lines[number + 1 :]]
    return Damaged(after, (after.index(f"## {name}") + 1,))


def _contents_changed_places(lines: list[str], choose: Choose) -> Damaged | None:
    places = _contents_lines(lines)
    if len(places) < 2:
        return None
    first = places[choose(len(places) - 1)]
    after = [*lines[:first], lines[first + 1], lines[first], *lines[first + 2 :]]
    return Damaged(after, (first + 1, first + 2))


def _out_of_order(lines: list[str], choose: Choose) -> Damaged | None:
    """Moves an entry to the other end of its list."""
    starts = [n for n, line in enumerate(lines) if line.startswith("- [ ]") and not lines[n - 1].startswith("- [ ]")]
    if not starts:
        return None
    start = starts[choose(len(starts))]
    end = next(n for n in range(start, len(lines) + 1) if n == len(lines) or not lines[n].startswith("- [ ]"))
    taken = start + choose((end - start) // 2)
    after = [*lines[:taken], *lines[taken + 1 : end], lines[taken], *lines[end:]]
    return Damaged(after, (end,))


def _ruled_line(lines: list[str], choose: Choose) -> Damaged | None:
    places = [n for n, line in enumerate(lines) if line.startswith("- [ ]") and not lines[n - 1].strip()]
    if not places:
        return None
    number = places[choose(len(places))]
    return Damaged([*lines[:number], "---", "For teachers", "", *lines[number:]], (number + 1, number + 2))


def _row(name: str, rules: str, damage: Callable[[list[str], Choose], Damaged | None]) -> Defect:
    return Defect(name, frozenset(rules.split()), damage)


DEFECTS = (
    _row("a checkbox lacks", "entry-format", _at(_ENTRY, lambda m: m[0].replace("[ ] ", "", 1))),
    _row("another dash", "entry-format", _at(_ENTRY, lambda m: m[0].replace(") - ", ") – ", 1))),
    _row("a colon for the dash", "entry-format", _at(_ENTRY, lambda m: m[0].replace(") - ", "): ", 1))),
    _row("the full stop lacks", "entry-format", _at(_ENTRY, lambda m: m[0][:-1])),
    _row("another bullet", "entry-format", _at(_ENTRY, lambda m: m[0].replace("- ", "* ", 1))),
    _row("a bullet lacks", "entry-format", _at(_ENTRY, lambda m: f"\n[{m['title']}]({m['url']})\n")),
    _row("an entry twice", "duplicate-entry", _at(_ENTRY, _twice)),
    _row("out of order", "unsorted-entries", _out_of_order),
    _row("a blank in a link", "malformed-link", _at(_ENTRY, lambda m: m[0].replace("](", "] (", 1))),
    _row("a link is not closed", "malformed-link", _at(_ENTRY, lambda m: m[0].replace(") - ", " - ", 1))),
    _row("a scheme twice", "malformed-link", _at(_ENTRY, lambda m: m[0].replace("(https://", "(https://https://", 1))),
    _row("no target", "malformed-link", _at(_ENTRY, lambda m: m[0].replace(m["url"], "", 1))),
    _row("a PDF among pages", "pdf-link-format", _at(_PAPER, lambda m: m[0].replace("/abs/", "/pdf/", 1))),
    _row("a placeholder", "placeholder-link", _at(r"abs/\d{4}\.\d{5}", lambda _: "abs/XXXX.XXXXX")),
    _row("a wrong anchor", "toc-mismatch", _at(r"\(#[a-z]", lambda m: f"{m[0]}zq")),
    _row("no line in the contents", "toc-mismatch", _without_contents_line),
    _row("contents out of order", "toc-mismatch", _contents_changed_places),
    _row("a small heading", "heading-style", _at(r"^## [A-Z](?=\w+ )", lambda m: m[0].lower())),
    _row("a heading with a colon", "heading-style", _at(r"^## .*[^:]$", lambda m: f"{m[0]}:")),
    _row("a level skipped", "heading-level-skip", _at(r"^## ", lambda _: "#### ")),
    _row("a line below a rule", "pseudo-heading", _ruled_line),
    _row("a cell too many", "table-shape", _at(r"^\| \[.*\) \|", lambda m: f"{m[0]} seen |")),
    _row("a cell lacks", "table-shape", _at(r"^(\| \[.*\) \|).*$", lambda m: m[1])),
    _row("a broken separator", "table-shape", _at(r"^\| --- \| --- \|$", lambda _: "| --- |")),
)
