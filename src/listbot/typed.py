"""What an author typed as plain text, and which bracket in it answers which.

`Document.prose` blanks everything that Markdown understood. Here a little more must be told apart: a link that stands
inside brackets is no text, a bare URL is what a broken link leaves behind, and a bracket after a backslash is meant as
it stands. So every character that Markdown took for something is replaced by one mark for its kind, and every
character outside paragraphs, headings and cells by a line break, which no grammar of this rule crosses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from listbot.document import LEAF_KINDS, Block, Document
from listbot.source import Span

OPAQUE = "\x00"
"""Stands for a character of code, a comment, a tag or an escaped bracket."""
LINK = "\x01"
"""Stands for a character of a link other than a bare URL."""
IMAGE = "\x02"
"""Stands for a character of an image."""

_ESCAPED = re.compile(r"\\[\\\[\](){}]")
_BRACKET = re.compile(r"[\[\]()（）【】［］]")
_KIND = {"[": "[", "]": "[", "［": "[", "］": "[", "(": "(", ")": "(", "（": "(", "）": "(", "【": "【", "】": "【"}
_OPENING = "[(（【［"


_LOST_LINK = re.compile(
    r"(?:\[(?P<text>[^\[\]\r\n\x01]{1,400})(?:\][ \t]{0,3}[(\[（【]?|\()"
    r"|\((?P<round>[^()\[\]\r\n\x01]{1,400})\)\["
    r"|^[^\[\]\r\n\x01]{1,400}\]\()(?=https?://)",
    re.MULTILINE,
)
"""`[text] (URL)`, `[text](URL` and its like, `[text(URL)`, `(text)[URL]`, `text](URL)`."""


class Typed(NamedTuple):
    """The typed text, with the offsets of `Document.source.text`."""

    text: str
    partner: dict[int, int]
    """From each matched bracket to the other of its pair; both kinds of round bracket count as one."""
    unmatched: tuple[int, ...]
    """Brackets without a partner in their paragraph, heading or cell, in the order of the text."""
    excused: frozenset[int]
    """Those of `unmatched` that answer each other across neighbouring paragraphs: a remark that goes on in the next."""

    def line_around(self, offset: int, reach: int) -> Span:
        """The part of a line, without line break and at most `reach` characters to either side, that holds an offset.

        A cell is a line of its own.
        """
        low, high = max(0, offset - reach), min(len(self.text), offset + reach)
        start = max(self.text.rfind("\n", low, offset), self.text.rfind("\r", low, offset), low - 1) + 1
        ends = [self.text.find("\n", offset, high), self.text.find("\r", offset, high), high]
        return Span(start, min(end for end in ends if end >= 0))


@lru_cache(maxsize=1)
def typed(document: Document) -> Typed:
    """A document's typed text, with its brackets paired, in time linear in its length; the last one is kept, because
    several rules ask for it in turn."""
    leaves = [block for block in document.blocks if block.kind in LEAF_KINDS]
    text = _text(document, leaves)
    partner: dict[int, int] = {}
    unmatched: list[int] = []
    excused: set[int] = set()
    before: list[int] = []
    for leaf in leaves:
        alone = _pair(text, leaf.span, partner)
        if leaf.kind == "paragraph":
            excused.update(_answers(text, before, alone))
        unmatched.extend(alone)
        before = alone if leaf.kind == "paragraph" else []
    return Typed(text, partner, tuple(unmatched), frozenset(excused))


def _answers(text: str, before: list[int], alone: list[int]) -> list[int]:
    """Brackets that one block leaves open, and those of the next block that may close them."""
    opened = {_KIND[text[at]] for at in before if text[at] in _OPENING}
    closed = {_KIND[text[at]] for at in alone if text[at] not in _OPENING}
    both = opened & closed
    if not both:
        return []
    return [at for at in before if text[at] in _OPENING and _KIND[text[at]] in both] + [
        at for at in alone if text[at] not in _OPENING and _KIND[text[at]] in both
    ]


@lru_cache(maxsize=1)
def lost_links(document: Document) -> tuple[Span, ...]:
    """The texts, and what joins them to their URLs, of links that Markdown did not understand, in the order of the
    text."""
    return tuple(Span(*found.span()) for found in _LOST_LINK.finditer(typed(document).text))


def _text(document: Document, leaves: list[Block]) -> str:
    text = document.source.text
    pieces: list[str] = []
    position = 0
    covers = _covers(document)
    cover = next(covers, None)
    for leaf in leaves:
        start, end = max(leaf.span.start, position), leaf.span.end
        pieces.append("\n" * (start - position))
        position = start
        while cover is not None and cover[0].start < end:
            span, mark = cover
            if span.end > position:
                begin = max(span.start, position)
                pieces.append(text[position:begin])
                position = min(span.end, end)
                pieces.append("".join(c if c in "\r\n" else mark for c in text[begin:position]))
            if span.end > end:
                break
            cover = next(covers, None)
        pieces.append(text[position:end] if position < end else "")
        position = max(position, end)
    pieces.append("\n" * (len(text) - position))
    return _ESCAPED.sub(OPAQUE * 2, "".join(pieces))


def _covers(document: Document) -> Iterator[tuple[Span, str]]:
    """What Markdown understood, outer constructs before inner ones."""
    links = [(link.span, LINK) for link in document.links if link.kind not in ("bare", "html")]
    images = [(image.span, IMAGE) for image in document.images if image.kind != "html"]
    opaque = [(span, OPAQUE) for span in document.opaque]
    covers = sorted(links + images + opaque, key=lambda cover: (cover[0].start, -cover[0].end))
    return iter(covers)


def _pair(text: str, span: Span, partner: dict[int, int]) -> list[int]:
    """Pair the brackets of one block; returns those that are left over."""
    opened: list[tuple[str, int]] = []
    count = {"[": 0, "(": 0, "【": 0}
    alone: list[int] = []
    for found in _BRACKET.finditer(text, span.start, span.end):
        bracket, at = found[0], found.start()
        kind = _KIND[bracket]
        if bracket in _OPENING:
            opened.append((kind, at))
            count[kind] += 1
        elif not count[kind]:
            alone.append(at)
        else:
            while opened[-1][0] != kind:
                other, start = opened.pop()
                count[other] -= 1
                alone.append(start)
            _, start = opened.pop()
            count[kind] -= 1
            partner[start], partner[at] = at, start
    alone.extend(at for _, at in opened)
    return sorted(alone)
