"""Defects of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from listbot.finding import Edit
from listbot.source import Span
from tests.vandals.defects import Change, Changes, cut, defect
from tests.vandals.listed import Listed

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


def _noted(pattern: str, change: Callable[[re.Match[str]], str]) -> Changes:
    """Writes something of the notes otherwise."""

    def changes(listed: Listed) -> Iterator[Change]:
        for match in listed.noted(pattern):
            yield Change((Edit(Span(*match.span()), change(match)),))

    return changes


def _unless(pattern: str, changes: Changes) -> Changes:
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
    """Markdown makes one item of it and the one above, of which nothing may be said either."""
    bullet = re.compile(r"[-*] \[[^\[\]]{2,}\]\(")
    for entry in listed.lines:
        above = listed.document.source.line_span(entry.first - 1).start if entry.first > 1 else 0
        is_item = entry.kind == "item" and bullet.match(listed.text, entry.span.start)
        if is_item and listed.document.entry_at(above) and listed.is_clean(entry.first - 1, entry.first - 1):
            yield Change((cut(entry.span.start + 1, entry.span.start + 2),), (entry.span,))


def _spaced_bold(listed: Listed) -> Iterator[Change]:
    for entry in listed.entries:
        for match in re.compile(r"(?<=[- .] )\*\*(\w[\w ,:-]+\w)\*\*(?=[ .,:\n]|$)").finditer(
            listed.text, entry.span.start, listed.document.source.line_span(entry.first).end
        ):
            yield Change((Edit(Span(*match.span()), f"** {match[1]}**"),))


_WORD = r"[a-z]{3,}"

WORDS = (
    defect("a misspelt word", "typo", _noted(rf"\b({'|'.join(_MISSPELT)})\b(?!-)(?<!-)", lambda m: _MISSPELT[m[1]])),
    defect(
        "a word twice", "repeated-word", _noted(r"(?<=[a-z] )(?:the|with|for|of)(?= [a-z])", lambda m: f"{m[0]} {m[0]}")
    ),
    defect("a blank twice", "spacing", _unless(r"\w  +\w", _noted(r"(?<=[a-z]{3}) (?=[a-z])", lambda _: "  "))),
    defect(
        "no blank behind a comma",
        "spacing",
        _unless(r"[a-z],[a-z]", _noted(rf"(?<= )({_WORD}), ({_WORD})\b(?![-(/'])", lambda m: f"{m[1]},{m[2]}")),
    ),
    defect(
        "a blank before a comma", "spacing", _unless(r"[a-z] ,", _noted(r"(?<=[a-z]{3}), (?=[a-z])", lambda _: " , "))
    ),
    defect(
        "no blank before a bracket",
        "spacing",
        _unless(r"[a-z]\([a-z]{3}", _noted(r"(?<=[a-z]{3}) (\([a-z]{4,} [a-z]+ [a-z]+\))", lambda m: m[1])),
    ),
    defect("LaTeX", "latex-residue", _noted(rf"(?<= ){_WORD}(?= {_WORD})", lambda m: rf"\textbf{{{m[0]}}}")),
    defect("a name in another case", "name-style", _small_name),
    defect("a bullet grown together", "unrendered-markdown", _bullet_grown_together),
    defect("bold with a blank", "unrendered-markdown", _spaced_bold),
    defect(
        "a suppression without a reason",
        "bare-suppression unused-suppression",
        _noted(r"(?<=[a-z])\.$", lambda _: ". <!-- listbot: ignore[typo] -->"),
    ),
)
