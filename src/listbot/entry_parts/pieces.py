"""An entry's tokens as one row of pieces, links taken out of their brackets, each with what it is to the entry."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from listbot import venues, vocabulary
from listbot.document import Document, EntryLink, Link
from listbot.entry_parts.phrases import EDGE, LONG, key_of
from listbot.grouping import Leaf
from listbot.source import Span
from listbot.tokens import Token, Tokenizer, label_text, plain

PAPER_ROLES = ("paper", "pdf")
_OF_COLUMN = {"code": "code", "data": "data", "demo": "demo"}


class Piece(NamedTuple):
    """A token, or a link out of a pair of brackets."""

    kind: str
    span: Span
    text: str
    """What a reader sees of it; of text tokens the source as it stands, so that offsets hold."""
    link: EntryLink | None
    enclosed: bool
    """Between brackets, or the label itself begins with one: `[[pdf](…)]`, `([code](…))`, `[[pdf]](…)`."""
    leaf: int


class Title(NamedTuple):
    """Which pieces are the title."""

    text: str
    span: Span
    kind: str
    """`link`, `bold`, `quoted` or `text`."""
    first: int
    last: int
    """The pieces that it covers; where it ends inside a piece, `rest` begins there."""
    rest: int
    link: EntryLink | None


def is_keyed(pieces: list[Piece], place: int) -> bool:
    """Whether a link of many words stands right after a word for its role: `code [A title of words](…)`."""
    link, before = pieces[place].link, pieces[place - 1] if place else None
    if link is None or before is None or before.kind != "text" or len(link.label) < LONG:
        return False
    word = before.text.strip(EDGE)
    if vocabulary.role_of_label(word) is None or vocabulary.role_of_label(link.label) is not None:
        return False
    return venues.venue(word, True) is None


class Flattener:
    """Cuts the leaves of one document's groups into pieces."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.document = document
        self.text = document.source.text
        self.tokenizer = tokenizer
        self.image_starts = [image.span.start for image in document.images]

    def flatten(self, tokens: tuple[Token, ...], number: int, enclosed: bool, pieces: list[Piece], leaf: Leaf) -> None:
        for token in tokens:
            if token.link is not None:
                label = label_text(self.text, token.link)
                inside = enclosed
                if label.startswith("[") and label.endswith("]") and not token.link.image:
                    label, inside = label[1:-1].strip(), True
                key = (
                    pieces[-1].text
                    if pieces and token.link.kind in ("bare", "autolink") and pieces[-1].kind == "text"
                    else ""
                )
                link = self.entry_link(token.link, label or key_of(key), leaf)
                link = link if link.label == label else link._replace(label=label)
                pieces.append(Piece(token.kind, token.span, label, link, inside, number))
                pieces.extend(
                    Piece("image", image.span, "", self.entry_link(image, "", leaf), True, number)
                    for image in self._images_in(token.link)
                )
            elif token.inner and _holds_link(token):
                bracket = token.kind in ("paren", "bracket")
                self.flatten(token.inner, number, enclosed or bracket, pieces, leaf)
            elif token.kind == "text":
                pieces.append(
                    Piece("text", token.span, self.text[token.span.start : token.span.end], None, enclosed, number)
                )
            else:
                pieces.append(
                    Piece(token.kind, token.span, plain(self.text, token.inner or [token]), None, enclosed, number)
                )

    def _images_in(self, link: Link) -> list[Link]:
        """The images inside a link's label."""
        label = link.label
        starts = self.image_starts
        if link.image or not starts:
            return []
        return self.document.images[bisect_left(starts, label.start) : bisect_left(starts, label.end)]

    def entry_link(self, link: Link, label: str, leaf: Leaf) -> EntryLink:
        if link.image:
            return EntryLink(link, "", "badge" if vocabulary.is_badge(link.target) else "image")
        named = vocabulary.role_of_label(label) if label else None
        target = vocabulary.role_of_target(link.target)
        column = _OF_COLUMN.get(leaf.column or "")
        if named is None:
            return EntryLink(link, label, column if column and target in (None, "code", "other") else target or "other")
        if vocabulary.points(label) or named in ("project", "other"):
            if target in PAPER_ROLES or (vocabulary.points(label) and target is not None):
                return EntryLink(link, label, target)
            if column is not None and named == "other":
                return EntryLink(link, label, column)
        return EntryLink(link, label, named)


def _holds_link(token: Token) -> bool:
    return any(inner.link is not None or _holds_link(inner) for inner in token.inner)
