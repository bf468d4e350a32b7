"""Blanks that are lost before a link, and blanks inside its brackets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from listbot import lexicon
from listbot.checks.spacing.forms import Form
from listbot.document import Document, Link
from listbot.habits import ENOUGH
from listbot.source import Span

_BRACKETED = frozenset({"inline", "reference"})
_NEVER = re.compile(r"(?!)")
_BEFORE = re.compile(
    r"(?:(?P<word>[A-Za-z]*[a-z]{2})|(?<=[a-z]{3})(?P<mark>[.!?,]))(?P<gap>[ \t]*)(?P<opener>[(\[]?)\Z"
)
_REACH = 40
_WORD = re.compile(r"[A-Za-z]{2,40}")
_ALONE = re.compile(r"[A-Za-z]+(?= )")
LOST = Form(
    _NEVER,
    _NEVER,
    0.5,
    " ",
    "the blank before this link is missing",
    "text",
    "a word, or a sentence's end, directly before a link that begins with a word",
    "put a blank here",
)
EDGE = Form(
    _NEVER,
    _NEVER,
    0.9,
    "",
    "the blank at the edge of this link's text is one too many",
    "text",
    "it is underlined as part of the link",
)


def places(document: Document, text: str) -> Iterator[tuple[Form, list[Span]]]:
    """The forms about links, with the places where they are set wrong; `text` is the list's own words."""
    yield LOST, sorted(_lost(document, text))
    yield EDGE, sorted(_edges(document))


def _bracketed(document: Document) -> Iterator[Link]:
    return (link for link in document.links if link.kind in _BRACKETED and not link.badge)


def _lost(document: Document, text: str) -> Iterator[Span]:
    """Each way to stand before links, behind a word or a mark, with a bracket or without, is weighed by itself; a few
    links directly behind a sentence are slips whatever others do."""
    wrong: dict[tuple[str, bool], list[Span]] = defaultdict(list)
    right: dict[tuple[str, bool], int] = defaultdict(int)
    alone = frozenset(_ALONE.findall(text))
    for link in _bracketed(document):
        start = link.span.start
        before = _BEFORE.search(text, max(0, start - _REACH), start)
        label = _WORD.match(document.source.text, link.label.start, link.label.end)
        if before is None or label is None:
            continue
        kind = (before["opener"], before["mark"] is None)
        if before["gap"]:
            right[kind] += 1
        elif before["word"] is None or _are_two(alone, before["word"], label[0]):
            wrong[kind].append(Span(*before.span("gap")))
    for kind, spans in wrong.items():
        plain = kind == ("", False) and len(spans) <= ENOUGH
        if plain or right[kind] >= len(spans):
            yield from spans


def _are_two(alone: frozenset[str], word: str, first: str) -> bool:
    """Whether a word and a link's first one are no parts of one: `Java[Script]`. `alone` are words of the list before
    blanks."""
    return (lexicon.knows(word) or word in alone) and not lexicon.knows(word + first)


def _edges(document: Document) -> list[Span]:
    """Blanks at the edges of links' texts, where few of them have any."""
    text = document.source.text
    found: list[Span] = []
    count = 0
    for link in _bracketed(document):
        label = text[link.label.start : link.label.end]
        inner = label.strip(" ")
        if not inner or link.image or link.target.startswith("#"):
            continue  # a heading's text, from which a program left out an image
        count += 1
        if inner != label and "\n" not in label:
            before, behind = len(label) - len(label.lstrip(" ")), len(label) - len(label.rstrip(" "))
            if behind:
                found.append(Span(link.label.end - behind, link.label.end))
            if before:
                found.append(Span(link.label.start, link.label.start + before))
    right = count - len(found)
    few = len(found) <= ENOUGH and right >= len(found)
    return found if few or right >= EDGE.least * count else []
