"""repeated-word: a word that stands twice in a row in the list's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from listbot import own_words, tables
from listbot.finding import Edit, Finding, Fix
from listbot.rule import Context
from listbot.source import Span

_TWICE = re.compile(
    r"(?<![\w'’.\\/@#&$+-])(?P<first>[A-Z]?[a-z]+)"
    r"(?P<second>[ \t]*(?:[ \t]|\r?\n[ \t>]*)(?P<word>[a-z]+))(?![\w'’/@+-])(?!\.\w)"
)
"""The second is in lower case: two capital letters are a name (`Duran Duran`, `Li Li`), and one may begin one
(`Master Password password manager`)."""


class _Words(NamedTuple):
    """`rules/data/repeated_words.toml`."""

    real: frozenset[str]
    always: frozenset[str]


@cache
def _words() -> _Words:
    table = tables.load("repeated_words")
    real = [word for key, words in table.items() if key != "always" for word in words]
    return _Words(frozenset(real), frozenset(table["always"]))


def check(context: Context) -> Iterator[Finding]:
    words = own_words.of(context.document)
    table = _words()
    for leaf in words.leaves:
        position = leaf.start
        while (found := _TWICE.search(words.text, position, leaf.end)) is not None:
            position = found.start("word")  # the second may be the first of the next pair
            word = found["word"]
            same = found["first"] == word or (found["first"].lower() == word and word in table.always)
            if same and word not in table.real:
                yield _finding(context, found, word in table.always)


def _finding(context: Context, found: re.Match[str], safe: bool) -> Finding:
    second = Span(*found.span("second"))
    in_line = "\n" not in found["second"]
    heading = context.document.in_heading(second.start)
    return Finding(
        Span(found.start(), found.end()),
        f"“{found['word']}” stands twice",
        fix=Fix("take one out", (Edit(second, ""),), safe=safe) if in_line and not heading else None,
        hint="take one out",
    )
