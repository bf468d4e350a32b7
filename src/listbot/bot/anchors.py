"""Which lines of a pull request a comment can stand on, and which replacements GitHub can apply there.

One comment outside the patch makes GitHub refuse the whole review (422), so every place is tried on the patch first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from listbot.bot.untrusted import one_line
from listbot.finding import Edit, Fix
from listbot.source import Source

_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(?P<start>\d+)(?:,\d+)? @@")
_MAX_SUGGESTED = 20
"""Lines. A longer replacement is nobody's one click."""
_MAX_TEXT = 10_000
"""Bytes of a suggestion: a comment holds 65,536 characters, and whoever opens a pull request chooses its lines."""
_OPENS_MARKDOWN = re.compile(r"[ \t]*(?:[-+*|#>\[!]|\d+[.)] )")
"""How a line of a list begins. What begins otherwise could be a command to another bot, which reads raw comments."""
_NOT_SUGGESTED = re.compile(r"@[A-Za-z0-9]|<!--|##\[")


class Lines(NamedTuple):
    """Lines of the head version, 1-based and inclusive."""

    first: int
    last: int


class Suggestion(NamedTuple):
    """Whole lines, and what they become: the text of a suggestion block."""

    lines: Lines
    text: str


def hunks(patch: str | None) -> tuple[Lines, ...]:
    """The stretches of the head version that a patch shows. None, for binary and very large files, shows nothing.

    Lines are counted and not believed: a patch may have been cut.
    """
    found: list[Lines] = []
    start = count = 0
    for line in (patch or "").split("\n"):
        opening = _HUNK.match(line)
        if opening is not None:
            found.append(Lines(start, start + count - 1))
            start, count = int(opening["start"]), 0
        elif line.startswith(("+", " ")):
            count += 1
    found.append(Lines(start, start + count - 1))
    return tuple(lines for lines in found if 1 <= lines.first <= lines.last)


def can_hold(stretches: Sequence[Lines], lines: Lines) -> bool:
    """Whether a comment on these lines is accepted: all of them must be shown by one hunk."""
    return any(hunk.first <= lines.first and lines.last <= hunk.last for hunk in stretches)


def suggestion(source: Source, fix: Fix | None) -> Suggestion | None:
    """A fix as whole lines; None where it cannot be said safely in a suggestion block.

    Not said: what takes lines away altogether, lines that end in a carriage return, text with characters that do not
    show, and lines that somebody's bot could take for a command.
    """
    if fix is None or not fix.safe or not fix.edits:
        return None
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    lines = Lines(source.line_of(edits[0].span.start), source.line_of(max(e.span.end for e in edits)))
    if lines.last > source.line_count or lines.last - lines.first >= _MAX_SUGGESTED:
        return None
    text = _edited(source, lines, edits)
    return Suggestion(lines, text) if _can_be_said(source, lines, text) else None


def _edited(source: Source, lines: Lines, edits: Sequence[Edit]) -> str:
    span = source.lines_span(*lines)
    pieces, position = [], span.start
    for edit in edits:
        pieces += [source.text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join(pieces) + source.text[position : span.end]


def _can_be_said(source: Source, lines: Lines, text: str) -> bool:
    ends = {source.text[source.line_span(line).end :][:1] for line in range(lines.first, lines.last + 1)}
    return (
        "\r" not in text
        and "\r" not in ends
        and bool(text.strip())
        and len(text.encode("utf-8", "surrogatepass")) <= _MAX_TEXT
        and not _NOT_SUGGESTED.search(text)
        and all(_shows(line) and _OPENS_MARKDOWN.match(line) for line in text.split("\n"))
    )


def _shows(line: str) -> bool:
    """Whether people see what the line is made of."""
    return one_line(line, len(line) + 1) == " ".join(line.split())
