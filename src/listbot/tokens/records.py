"""Tokens, and what they are made of."""

from __future__ import annotations

from typing import NamedTuple

from listbot.document import Link
from listbot.source import Span


class Token(NamedTuple):
    """`inner` holds the tokens of a pair (`strong`, `emphasis`, `quoted`, `paren`, `bracket`) without its marks."""

    kind: str
    """`text`, `link`, `image`, `code`, `strong`, `emphasis`, `quoted`, `paren`, `bracket`, `break`, `cell`."""
    span: Span
    inner: tuple[Token, ...] = ()
    link: Link | None = None


class Atom(NamedTuple):
    """What the parser has read already."""

    span: Span
    kind: str
    """`link`, `image`, `code`, `tag`, `comment`."""
    link: Link | None
