"""repeated-word: a word, or a year, that stands twice in a row in the list's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from listbot import own_words, tables
from listbot.finding import Edit, Finding, Fix
from listbot.rule import Context
from listbot.source import Span

_AGAIN = re.compile(
    r"(?<![\w'’.\\/@#&$+-])(?P<first>[A-Z]?[a-z]+)"
    r"(?P<rest>[ \t]*(?:[ \t]|\r?\n[ \t>]*)(?P<word>[a-z]+))(?![\w'’/@+-])(?!\.\w)"
)
"""The second is in lower case: two capital letters are a name (`Duran Duran`, `Li Li`), and one may begin one
(`Master Password password manager`)."""
_ONCE_MORE = re.compile(r"[ \t]*(?:[ \t]|\r?\n[ \t>]*)([a-z]+)(?![\w'’/@+-])(?!\.\w)")
_YEAR_AGAIN = re.compile(r"(?<![\w.,/–-])(?P<first>(?:19|20)\d\d)(?P<again>[ \t]+(?P=first))(?![\w/–-]|[.,]\d)")
"""`ICLR 2025 2025`: which one goes with what, nobody asks."""
_BEFORE = re.compile(r"([A-Za-z]+)[ \t]+\Z")
_AFTER = re.compile(r"[ \t]+([A-Za-z]+)")
_REACH = 40
"""So far a word reaches, and the blanks beside it."""


class _Placed(NamedTuple):
    """Where a word may stand twice: behind one of some words, or before one of others."""

    after: frozenset[str]
    before: frozenset[str]


class _Words(NamedTuple):
    """`rules/data/repeated_words.toml`."""

    real: frozenset[str]
    placed: Mapping[str, _Placed]
    always: frozenset[str]


class _Run(NamedTuple):
    """A word, and the same again; `times` in a row."""

    word: str
    whole: Span
    again: Span
    """What a fix takes out: all but the first, with the blanks before them."""
    times: int
    capital: bool


@cache
def _words() -> _Words:
    table = tables.load("repeated_words")
    real = [word for words in table["real"].values() for word in words]
    placed = {
        word: _Placed(frozenset(where.get("after", ())), frozenset(where.get("before", ())))
        for word, where in table["placed"].items()
    }
    return _Words(frozenset(real), placed, frozenset(table["always"]))


def check(context: Context) -> Iterator[Finding]:
    words = own_words.of(context.document)
    for leaf in words.leaves:
        for run in _runs(words.text, leaf):
            if not _meant(run, words.text, leaf):
                yield _finding(context, run)
        for found in _YEAR_AGAIN.finditer(words.text, *leaf):
            yield _finding(context, _Run(found["first"], Span(*found.span()), Span(*found.span("again")), 2, False))


def _runs(text: str, leaf: Span) -> Iterator[_Run]:
    position = leaf.start
    while (found := _AGAIN.search(text, position, leaf.end)) is not None:
        word, end, times = found["word"], found.end("word"), 2
        position = found.start("word")  # the second may be the first of the next pair
        if found["first"].lower() != word:
            continue
        while (more := _ONCE_MORE.match(text, end, leaf.end)) is not None and more[1] == word:
            end, times = more.end(1), times + 1
        position = end
        again = Span(found.start("rest"), end)
        yield _Run(word, Span(found.start(), end), again, times, found["first"] != word)


def _meant(run: _Run, text: str, leaf: Span) -> bool:
    table = _words()
    if run.word in table.always:
        return False
    placed = table.placed.get(run.word)
    if placed is None:  # "stars stars stars" is meant, and `Password password` may begin with a name
        return run.word in table.real or run.capital or run.times > 2
    before = _BEFORE.search(text[max(leaf.start, run.whole.start - _REACH) : run.whole.start])
    after = _AFTER.match(text, run.whole.end, min(leaf.end, run.whole.end + _REACH))
    return (before is not None and before[1].lower() in placed.after) or (
        after is not None and after[1].lower() in placed.before
    )


def _finding(context: Context, run: _Run) -> Finding:
    in_line = "\n" not in context.document.source[run.again]
    heading = context.document.in_heading(run.again.start)
    safe = run.word in _words().always
    twice = run.times == 2
    fix = Fix("take one out" if twice else "leave one", (Edit(run.again, ""),), safe=safe)
    return Finding(
        run.whole,
        f"“{run.word}” stands {'twice' if twice else f'{run.times} times'}",
        fix=fix if in_line and not heading else None,
        hint=fix.message,
    )
