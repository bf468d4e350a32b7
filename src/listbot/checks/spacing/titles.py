"""Blanks in titles: as their authors wrote them, but for what the list itself writes otherwise nearly everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot.checks.spacing.forms import Form
from listbot.document import Document
from listbot.source import Span

_COLON = re.compile(r"(?<=[A-Za-z0-9)])(?P<gap> +)(?=: \S)")
_COLON_RIGHT = re.compile(r"[A-Za-z0-9)]: \S")
_HYPHEN = re.compile(r"(?<![\w-])([A-Za-z]{2,30})-(?P<gap> )([A-Z][a-z]{2,30})(?![\w-])")
_COMPOUND = re.compile(r"(?<![a-z])(?=([a-z]{2,30}-[a-z]{3,30}(?![a-z])))")
_ENOUGH = 20
"""So many titles with a colon tell how the list sets it."""
COLON = Form(
    _COLON,
    _COLON_RIGHT,
    0.97,
    "",
    "the blank before this mark is one too many",
    "text",
    "the colon of a title, where nearly all titles have none before it",
    safe=False,
)
HYPHEN = Form(
    _HYPHEN,
    _HYPHEN,
    0.0,
    "",
    "the blank behind this hyphen is one too many",
    "text",
    "a compound that the list has without a blank elsewhere: `High- Dimensional`",
    safe=False,
)


def places(document: Document) -> Iterator[tuple[Form, list[Span]]]:
    """The forms about titles, with the places where they are set wrong."""
    text = document.source.text
    titles = sorted({entry.spans.title for entry in document.entries if entry.spans.title is not None})
    wrong = [Span(*found.span("gap")) for title in titles for found in _COLON.finditer(text, *title)]
    right = sum(1 for title in titles for _ in _COLON_RIGHT.finditer(text, *title)) if wrong else 0
    yield COLON, wrong if right >= max(_ENOUGH, COLON.least * (right + len(wrong))) else []
    cut = [found for title in titles for found in _HYPHEN.finditer(text, *title)]
    whole = set(_COMPOUND.findall(text.lower())) if cut else set()
    yield HYPHEN, [Span(*found.span("gap")) for found in cut if f"{found[1]}-{found[3]}".lower() in whole]
