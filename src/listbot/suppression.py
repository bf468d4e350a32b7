"""Inline suppression: `<!-- listbot: ignore[rule-a, rule-b] reason -->`.

A comment inside an entry, or alone on the line above it, silences the named rules for that entry; before anything
else (a heading, a paragraph) it silences them there. `ignore-file[...]` silences them in the whole file.
`ignore[rule: word]` silences only what the rule says of that one word. The reason is for the next reader, so a missing
one is a finding of its own, and so is a comment that silences nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches
from typing import NamedTuple

from listbot.comments import removal
from listbot.document import Comment, Document
from listbot.finding import Edit, Finding, Fix
from listbot.source import Span

_OURS = re.compile(r"listbot\s*:\s*(?P<rest>.*)", re.DOTALL | re.IGNORECASE)
_IGNORE = re.compile(r"(?P<what>ignore-file|ignore)\s*\[(?P<rules>[^\]]*)\](?:\s*[:—–-]*\s*)(?P<reason>.*)", re.DOTALL)
_OF_WORD = re.compile(r"\s*:\s*([^\s,]+)")

_MOST_REMOVED = 8
"""So many unused comments are tried at a time; the next ones are when these are gone."""

BARE = "bare-suppression"
UNUSED = "unused-suppression"


class Suppression(NamedTuple):
    """One comment. It covers findings that begin on lines `first` to `last`."""

    span: Span
    rules: tuple[str, ...]
    """`rule`, or `rule:word` with the word in lower case."""
    reason: str
    first: int
    last: int


class Suppressions:
    """The suppressions of one document, and which of them were of use."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._removed: dict[Span, Span | None] = {}
        self._all: list[Suppression] = []
        self._malformed: list[Comment] = []
        self._used: set[tuple[Span, str]] = set()
        for comment in document.comments:
            ours = _OURS.fullmatch(comment.text)
            if ours is None:
                continue
            ignore = _IGNORE.fullmatch(ours["rest"])
            if ignore is None:
                self._malformed.append(comment)
                continue
            names = tuple(name for name in re.split(r"[\s,]+", _OF_WORD.sub(_of_word, ignore["rules"])) if name)
            whole = ignore["what"] == "ignore-file"
            first, last = (1, document.source.line_count) if whole else _covered(document, comment)
            self._all.append(Suppression(comment.span, names, ignore["reason"].strip(), first, last))

    def stated(self) -> tuple[Suppression, ...]:
        """All that can be understood, in the order of the text."""
        return tuple(self._all)

    def covers(self, rule: str, line: int, text: str) -> bool:
        """Whether a rule's finding about a text that begins on a line is silenced. Remembers which comment did it."""
        names = (rule, f"{rule}:{text.casefold()}")
        covering = [(s, name) for s in self._all if s.first <= line <= s.last for name in names if name in s.rules]
        self._used.update((suppression.span, name) for suppression, name in covering)
        return bool(covering)

    def bare(self) -> list[Finding]:
        """Suppressions without a reason."""
        return [
            Finding(s.span, f"no reason is given for ignoring {', '.join(s.rules)}", hint=_example(s.rules))
            for s in self._all
            if s.rules and not s.reason
        ]

    def unused(self, ran: Collection[str], known: Collection[str]) -> list[Finding]:
        """Suppressions that silence nothing. Only rules in `ran` are judged; those not in `known` do not exist."""
        findings = [
            Finding(
                comment.span,
                "this comment is addressed to listbot but says nothing that it understands",
                hint="write <!-- listbot: ignore[rule-id] reason -->",
            )
            for comment in self._malformed
        ]
        for suppression in self._all:
            if not suppression.rules:
                findings.append(Finding(suppression.span, "this suppression names no rule"))
            findings.extend(self._unused(suppression, ran, known))
        return findings

    def _unused(self, suppression: Suppression, ran: Collection[str], known: Collection[str]) -> list[Finding]:
        findings = []
        unused = frozenset(
            name for name in suppression.rules if _rule(name) in ran and (suppression.span, name) not in self._used
        )
        for name in suppression.rules:
            if _rule(name) not in known:
                near = get_close_matches(_rule(name), known, 1)
                hint = f"the nearest name is {near[0]}" if near else "`listbot rule` lists the rules"
                findings.append(Finding(suppression.span, f"there is no rule {_rule(name)!r}", hint=hint))
            elif name in unused:
                fix = self._removal(suppression, unused)
                findings.append(Finding(suppression.span, f"{name} finds nothing here to ignore", fix=fix))
        return findings

    def _removable(self, comment: Span) -> Span | None:
        """`removal`, once a comment, and for so many only: each time the text is parsed anew."""
        if comment not in self._removed and len(self._removed) < _MOST_REMOVED:
            self._removed[comment] = removal(self._document, comment)
        return self._removed.get(comment)

    def _removal(self, suppression: Suppression, unused: frozenset[str]) -> Fix | None:
        """The comment without the names that are of no use; taken out where none is left."""
        document = self._document
        kept = [name for name in suppression.rules if name not in unused]
        if not kept:
            removed = self._removable(suppression.span)
            return Fix("take the comment out", (Edit(removed, ""),), safe=True) if removed is not None else None
        if any(link.label.contains(suppression.span) for link in document.links):
            return None
        text = document.source[suppression.span]
        start, end = text.index("[") + 1, text.index("]")
        place = Span(suppression.span.start + start, suppression.span.start + end)
        return Fix(f"ignore only {', '.join(kept)}", (Edit(place, ", ".join(kept)),), safe=True)


def _of_word(found: re.Match[str]) -> str:
    return ":" + found[1].casefold()


def _rule(name: str) -> str:
    """The rule of `rule` and of `rule:word`."""
    return name.partition(":")[0]


def _example(rules: tuple[str, ...]) -> str:
    return f"write <!-- listbot: ignore[{', '.join(rules)}] why this is right here -->"


def _covered(document: Document, comment: Comment) -> tuple[int, int]:
    """The lines that an `ignore` comment covers."""
    source = document.source
    first, last = source.line_of(comment.span.start), source.line_of(comment.span.end - 1)
    before = source.text[source.line_span(first).start : comment.span.start]
    after = source.text[comment.span.end : source.line_span(last).end]
    alone = not before.strip(" \t>") and not after.strip()
    entry = document.entry_at(comment.span.start)
    if entry is not None and (not alone or entry.first < first):
        return entry.first, entry.last
    if not alone:
        return first, last
    line = last + 1
    while line <= source.line_count and not source.line(line).strip(" \t>"):
        line += 1
    if line > source.line_count:
        return last, last
    start = source.line_span(line).start
    indent = len(source.line(line)) - len(source.line(line).lstrip())
    entry = document.entry_at(start + indent)
    if entry is not None and entry.first == line:
        return entry.first, entry.last
    block = next((b for b in document.blocks if b.first == line), None)
    return line, block.last if block is not None else line
