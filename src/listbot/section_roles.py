"""What a section is for, by its heading: contents, news, contributing, license, related lists, or the list's body.

Duplicates and style are judged in bodies only. The words are in `rules/data/sections.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from listbot import tables
from listbot.document import Section

BODY = "body"
CONTENTS = "contents"
_HALF = 0.5
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = tables.load("sections")
    return tuple((re.compile("|".join(patterns), re.IGNORECASE), role) for role, patterns in rows.items())


def roles(sections: Sequence[Section]) -> list[str]:
    """The role of each section; a subsection of news is news, whatever its own heading says.

    Not so where the heading's level is a slip, and half of the list hangs under it, and never under contents, which
    have no subsections of their own.
    """
    found: list[str] = []
    whole = max((section.span.end for section in sections), default=0)
    for section in sections:
        role = role_of(section.heading.text)
        if role == BODY and section.parent >= 0 and found[section.parent] not in (BODY, CONTENTS):
            above = sections[section.parent].span
            role = found[section.parent] if above.end - above.start < _HALF * whole else BODY
        found.append(role)
    return found


def role_of(heading: str) -> str:
    """The role that a heading names; `body` where it names none."""
    text = _EDGE.sub("", heading)
    return next((role for pattern, role in _patterns() if pattern.fullmatch(text)), BODY)
