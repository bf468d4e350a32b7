"""Inline Markdown as a reader sees it: marks, images and tags gone, escapes and entities resolved.

Emphasis is paired as CommonMark says (https://spec.commonmark.org/0.31.2/#phase-2-inline-structure) and strikethrough
as GitHub does, in time linear in the text; markdown-it-py's inline rules need 18 s for a heading of a million `[`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple
from unicodedata import category

from listbot import escapes
from listbot.inlines import scan

_MARKUP = re.compile(r"[\\`*_\[<&~\n]")
_TOKEN = re.compile(
    rf"(?P<run>\*+|_+|~+)|(?P<escape>{escapes.ESCAPE})|(?P<entity>{escapes.ENTITY})|(?P<line>(?:\\| *+)\n[ \t]*+)"
)


def plain_text(text: str, references: Container[str]) -> str:
    """What a reader sees of one block's inline text; `references` holds the normalised labels that are defined."""
    if not _MARKUP.search(text):
        return text
    pieces = _pieces(text, references)
    return "".join(piece if isinstance(piece, str) else piece.mark * piece.left for piece in pieces)


class Unpaired(NamedTuple):
    """A run of emphasis marks that found no partner, or not for all of its marks: a reader sees what is left of it."""

    start: int
    """Offset of the run in the block's text."""
    length: int
    left: int
    mark: str
    opens: bool
    """Whether it could open emphasis where it stands."""
    closes: bool

    @property
    def end(self) -> int:
        return self.start + self.length


def unpaired(text: str, references: Container[str]) -> list[Unpaired]:
    """The runs of `*`, `_` or `~` of one block's inline text that a reader sees, in the order of the text."""
    if not _MARKUP.search(text):
        return []
    runs = [piece for piece in _pieces(text, references) if isinstance(piece, _Run) and piece.left]
    return [Unpaired(run.start, run.length, run.left, run.mark, run.opens, run.closes) for run in runs]


def _pieces(text: str, references: Container[str]) -> list[str | _Run]:
    """What is shown, piece by piece; the runs know what is left of them."""
    pieces: list[str | _Run] = []
    scopes: list[list[_Run]] = [[]]
    position = 0
    for start, end, shown, scope in sorted(_replacements(text, references)):
        if start < position:
            continue  # inside an image
        scopes[-1].extend(_read(text, position, start, pieces))
        pieces.append(shown)
        position = end
        if scope == _OPEN:
            scopes.append([])
        elif scope == _CLOSE:
            _pair(scopes.pop())
    scopes[-1].extend(_read(text, position, len(text), pieces))
    _pair(scopes.pop())
    return pieces


_SAME, _OPEN, _CLOSE = range(3)
"""Emphasis inside a link's label and emphasis around the link do not pair: a label is a scope of its own."""


def _replacements(text: str, references: Container[str]) -> Iterator[tuple[int, int, str, int]]:
    """(start, end, what is shown instead, scope) of all marks but emphasis."""
    found = scan(text, references)
    for hit in found.hits:
        if hit.image:
            yield *hit.span, "", _SAME
        elif hit.kind == "autolink":
            yield *hit.span, text[hit.label.start : hit.label.end], _SAME
        elif hit.kind != "bare":
            yield hit.span.start, hit.label.start, "", _OPEN
            yield hit.label.end, hit.span.end, "", _CLOSE
    for code in found.codes:
        shown = text[code.start : code.end].strip("`").replace("\n", " ")
        padded = shown.startswith(" ") and shown.endswith(" ") and shown.strip(" ")
        yield *code, shown[1:-1] if padded else shown, _SAME
    for tag in found.tags:
        yield *tag.span, "", _SAME


def _read(text: str, start: int, end: int, pieces: list[str | _Run]) -> Iterator[_Run]:
    """Append what plain text shows to `pieces`, and yield the runs of emphasis marks in it."""
    for token in _TOKEN.finditer(text, start, end):
        pieces.append(text[start : token.start()])
        start = token.end()
        if token.lastgroup == "run":
            run = _Run(text, *token.span())
            pieces.append(run)
            yield run
        elif token.lastgroup == "escape":
            pieces.append(token[0][1])
        else:
            pieces.append(" " if token.lastgroup == "line" else escapes.entities(token[0]))
    pieces.append(text[start:end])


class _Run:
    """A run of `*`, `_` or `~`; `left` counts its characters that have found no partner."""

    __slots__ = ("closes", "left", "length", "mark", "opens", "start")

    def __init__(self, text: str, start: int, end: int) -> None:
        before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
        mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
        opens = not after.isspace() and (not mark_after or mark_before or before.isspace())
        closes = not before.isspace() and (not mark_before or mark_after or after.isspace())
        self.start = start
        self.mark = text[start]
        self.length = self.left = end - start
        self.opens = opens and (self.mark != "_" or not closes or mark_before)
        self.closes = closes and (self.mark != "_" or not opens or mark_after)

    def pairs_with(self, opener: _Run) -> bool:
        if opener.mark != self.mark:
            return False
        if self.mark == "~":
            return opener.length == self.length <= 2
        if not (self.opens or opener.closes):
            return True
        return (opener.length + self.length) % 3 != 0 or opener.length % 3 == 0


def _is_punctuation(character: str) -> bool:
    return category(character)[0] in "PS"


def _pair(runs: list[_Run]) -> None:
    """Take the marks that make emphasis off the runs of one scope.

    `bottoms` remembers, for each kind of closer, the place before which no opener suits it: without it hostile text
    would cost quadratic time.
    """
    openers: list[_Run] = []
    bottoms: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        kind = run.mark, run.opens, run.length % 3 if run.mark != "~" else run.length
        while run.closes and run.left:
            at = len(openers) - 1
            bottom = bottoms.get(kind, 0)
            while at >= 0 and openers[at].start >= bottom and not run.pairs_with(openers[at]):
                at -= 1
            if at < 0 or openers[at].start < bottom:
                bottoms[kind] = run.start
                break
            opener = openers[at]
            taken = opener.left if run.mark == "~" else min(2, opener.left, run.left)
            opener.left -= taken
            run.left -= taken
            del openers[at + bool(opener.left) :]
        if run.opens and run.left:
            openers.append(run)
