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


def _bold_not_closed(listed: Listed) -> Iterator[Change]:
    """In lists where nothing shows its stars already."""
    if any(diagnostic.rule == "unrendered-markdown" for diagnostic in listed.diagnostics):
        return
    for entry in listed.entries:
        bold = re.compile(r"(?<=[- .] )\*\*(\w[\w ,:-]+\w)\*\*(?=[ .,:\n]|$)")
        found = list(bold.finditer(listed.text, entry.span.start, listed.document.source.line_span(entry.first).end))
        if len(found) == 1 and listed.text.count("**", *entry.span) == 2:
            yield Change((cut(found[0].end(1), found[0].end()),), (entry.span,))


def _box_closed(listed: Listed) -> Iterator[Change]:
    for entry in listed.lines:
        box = re.compile(r"[-*] \[( )\] ").match(listed.text, entry.span.start)
        if box is not None:
            yield Change((cut(*box.span(1)),), (entry.span,))


def _cut_in_two(listed: Listed) -> Iterator[Change]:
    """In lists whose items are lines, and have notes of small words."""
    entries = [entry for entry in listed.document.entries if entry.kind == "item"]
    if any(diagnostic.rule in ("unrendered-markdown", "entry-format") for diagnostic in listed.diagnostics):
        return  # one more, and the list may wrap its lines, or what others are outliers of be no habit
    if not listed.is_steady(sum(entry.first == entry.last for entry in entries), len(entries)):
        return
    for entry in listed.lines:
        notes = entry.spans.notes
        for match in re.compile(r"(?<=[a-z]{3}) (?=[a-z]{3,} )").finditer(listed.text, *(notes or (0, 0))):
            if entry.kind == "item":
                yield Change((Edit(Span(*match.span()), "\n"),), (entry.span,))


def _break_lost(listed: Listed) -> Iterator[Change]:
    """The hard break between the lines of a paragraph, where each but the last has one and there are many such."""
    broken = re.compile(r"(?<=\S) {2}(?=\n)")
    blocks = [
        block
        for block in listed.document.blocks
        if block.kind == "paragraph" and len(broken.findall(listed.text, *block.span)) == block.last - block.first > 2
    ]
    for block in blocks if len(blocks) > 10 else ():
        for match in broken.finditer(listed.text, *block.span):
            if listed.is_clean(block.first, block.last) and listed.text[match.end() + 1] in "*[_":
                yield Change((cut(*match.span()),), (block.span,))


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
    defect("bold that is not closed", "unrendered-markdown", _bold_not_closed),
    defect("a box that lost its blank", "unrendered-markdown", _box_closed),
    defect("an item over two lines", "unrendered-markdown", _cut_in_two),
    defect("a line that lost its break", "lost-line-break", _break_lost),
    defect(
        "a suppression without a reason",
        "bare-suppression unused-suppression",
        _noted(r"(?<=[a-z])\.$", lambda _: ". <!-- listbot: ignore[typo] -->"),
    ),
)
