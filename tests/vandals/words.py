"""Defects of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from listbot.finding import Edit
from listbot.source import Span
from tests.vandals.listed import Change, Defect, Listed

_MISSPELT = {
    "library": "libary",
    "framework": "framwork",
    "performance": "perfomance",
    "implementation": "implmentation",
    "language": "langauge",
    "collection": "collecton",
    "management": "managment",
    "available": "avaiable",
    "different": "diffrent",
    "learning": "leraning",
}


def _noted(pattern: str, change: Callable[[re.Match[str]], str]) -> Callable[[Listed], Iterator[Change]]:
    """Writes something of the notes otherwise."""

    def changes(listed: Listed) -> Iterator[Change]:
        for match in listed.noted(pattern):
            yield Change((Edit(Span(*match.span()), change(match)),))

    return changes


def _unless(pattern: str, changes: Callable[[Listed], Iterator[Change]]) -> Callable[[Listed], Iterator[Change]]:
    """Only in lists that do not do so already."""
    compiled = re.compile(pattern)

    def where_none_is(listed: Listed) -> Iterator[Change]:
        spaced = any(diagnostic.rule == "spacing" for diagnostic in listed.diagnostics)
        if not spaced and compiled.search(listed.own_words) is None:
            yield from changes(listed)

    return where_none_is


def _small_name(listed: Listed) -> Iterator[Change]:
    names = re.findall(r"\bgithub\b", listed.own_words, re.IGNORECASE)
    if names.count("GitHub") >= 10 and set(names) == {"GitHub"}:
        yield from _noted(r"\bGitHub\b(?![\w/.@'-])", lambda _: "Github")(listed)


def _bullet_grown_together(listed: Listed) -> Iterator[Change]:
    for entry in listed.lines:
        if entry.kind == "item" and re.compile(r"[-*] \[[^\[\]x ]").match(listed.text, entry.span.start):
            yield Change((Edit(Span(entry.span.start + 1, entry.span.start + 2), ""),), (entry.span,))


def _spaced_bold(listed: Listed) -> Iterator[Change]:
    for entry in listed.entries:
        for match in re.compile(r"(?<=[- .] )\*\*(\w[\w ,:-]+\w)\*\*(?=[ .,:\n]|$)").finditer(
            listed.text, entry.span.start, listed.document.source.line_span(entry.first).end
        ):
            yield Change((Edit(Span(*match.span()), f"** {match[1]}**"),))


def _row(name: str, rules: str, changes: Callable[[Listed], Iterator[Change]]) -> Defect:
    return Defect(name, frozenset(rules.split()), changes)


_WORD = r"[a-z]{3,}"

WORDS = (
    _row("a misspelt word", "typo", _noted(rf"\b({'|'.join(_MISSPELT)})\b(?!-)(?<!-)", lambda m: _MISSPELT[m[1]])),
    _row(
        "a word twice", "repeated-word", _noted(r"(?<=[a-z] )(?:the|with|for|of)(?= [a-z])", lambda m: f"{m[0]} {m[0]}")
    ),
    _row("a blank twice", "spacing", _unless(r"\w  +\w", _noted(r"(?<=[a-z]{3}) (?=[a-z])", lambda _: "  "))),
    _row(
        "no blank behind a comma",
        "spacing",
        _unless(r"[a-z],[a-z]", _noted(rf"({_WORD}), ({_WORD})\b(?![-(/'])", lambda m: f"{m[1]},{m[2]}")),
    ),
    _row(
        "a blank before a comma", "spacing", _unless(r"[a-z] ,", _noted(r"(?<=[a-z]{3}), (?=[a-z])", lambda _: " , "))
    ),
    _row(
        "no blank before a bracket",
        "spacing",
        _unless(r"[a-z]\([a-z]{3}", _noted(r"(?<=[a-z]{3}) (\([a-z]{4,} [a-z]+ [a-z]+\))", lambda m: m[1])),
    ),
    _row("LaTeX", "latex-residue", _noted(rf"(?<= ){_WORD}(?= {_WORD})", lambda m: rf"\textbf{{{m[0]}}}")),
    _row("a name in another case", "name-style", _small_name),
    _row("a bullet grown together", "unrendered-markdown", _bullet_grown_together),
    _row("bold with a blank", "unrendered-markdown", _spaced_bold),
    _row(
        "a suppression without a reason",
        "bare-suppression unused-suppression",
        _noted(r"(?<=[a-z])\.$", lambda _: ". <!-- listbot: ignore[typo] -->"),
    ),
)
