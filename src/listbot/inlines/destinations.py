"""Link destinations: where a URL in parentheses ends (https://spec.commonmark.org/0.31.2/#link-destination)."""

from __future__ import annotations

import re

from listbot.source import Span

_BLANK = re.compile(r"[ \t]*+(?:\n[ \t]*+)?+")
_POINTED = re.compile(r"<((?:[^<>\n\\]|\\.)*+)>")
_PLAIN = re.compile(r"(?:[^\x00-\x20\x7f()\\]|\\[!-/:-@\[-`{-~]|\\(?![\x00-\x20\x7f]))+|[()]")
_PARENTHESIS = re.compile(r"[()]|(?P<end>\\?[\x00-\x20\x7f])|\\.", re.DOTALL)
_MAX_NESTED_PARENTHESES = 32


def link_destination(text: str, position: int) -> tuple[Span, int] | None:
    """A link destination at `position`: its span without pointed brackets, and where reading goes on."""
    if text.startswith("<", position):
        pointed = _POINTED.match(text, position)
        return (Span(*pointed.span(1)), pointed.end()) if pointed else None
    depth, at = 0, position
    while (piece := _PLAIN.match(text, at)) is not None:
        if piece[0] == "(":
            depth += 1
            if depth > _MAX_NESTED_PARENTHESES:
                return None
        elif piece[0] == ")":
            if depth == 0:
                break
            depth -= 1
        at = piece.end()
    return (Span(position, at), at) if depth == 0 else None


def ends_in_parentheses(text: str) -> dict[int, int]:
    """For every `(`: where a destination after it ends, at its own `)` or at a blank, if it does."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    depths: list[int] = []
    for mark in _PARENTHESIS.finditer(text):
        if mark[0] == "(":
            opened.append(mark.start())
            depths.append(0)
        elif mark[0] == ")":
            if opened:
                depth = depths.pop()
                if depth <= _MAX_NESTED_PARENTHESES:
                    ends[opened[-1]] = mark.start()
                opened.pop()
                if depths and depths[-1] <= depth:
                    depths[-1] = depth + 1
        elif mark.lastgroup is not None:
            if opened and depths[-1] <= _MAX_NESTED_PARENTHESES:
                ends[opened[-1]] = mark.start()
            opened.clear()
            depths.clear()
    return ends


def skip_blank(text: str, position: int) -> int:
    blank = _BLANK.match(text, position)
    return blank.end() if blank else position
