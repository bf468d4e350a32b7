"""What a section is for, by its heading: contents, news, contributing, license, related lists, or the list's body.

Duplicates and style are judged in bodies only. The words are in `rules/data/sections.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from listbot import tables
from listbot.document import Section

BODY = "body"
CONTENTS = "contents"
RELATED = "related"
_HALF = 0.5
_OVERGROWN = 2 / 3
_MAX_HEADING = 200
"""Longer headings are sentences, and hostile ones are long."""
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_SHORTCODE = re.compile(r":[a-z][a-z0-9_+-]*+:")
_NUMBERING = re.compile(
    r"^(?:(?:\d{1,2}\.)+\d{0,2}|\d{1,2}[)、:：]|[IVX]{1,4}[.)]|[一二三四五六七八九十]{1,3}[、.])\s*(?=\D)"
)
_PARTS = re.compile(
    r"\s*[/|｜&＆·•,，、()（）\[\]【】:：+]\s*|\s+(?:and|or|y|e|et|und|-|–|—)\s+|和|与"
    r"|(?<=[\u3040-\u30ff\u4e00-\u9fff])\s+(?=[A-Za-z])|(?<=[A-Za-z])\s+(?=[\u3040-\u30ff\u4e00-\u9fff])",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_Patterns = tuple[tuple[re.Pattern[str], str], ...]


@cache
def _patterns() -> tuple[_Patterns, _Patterns]:
    """The words that name a role anywhere, and those that do so at the top level."""
    table = tables.load("sections")
    return _compiled(table["anywhere"]), _compiled(table["at-the-top-level"])


def _compiled(rows: Mapping[str, Sequence[str]]) -> _Patterns:
    return tuple((re.compile("|".join(patterns), re.IGNORECASE), role) for role, patterns in rows.items())


def roles(sections: Sequence[Section]) -> list[str]:
    """The role of each section; a subsection of news is news, whatever its own heading says.

    Not so where the heading's level is a slip, and half of the list hangs under it, and never under contents, which
    have no subsections of their own. News or related lists that are most of the file are what the file lists: a weekly
    paper list, a list of lists. A list has one table of contents; a later "Index" is a subject.
    """
    found: list[str] = []
    whole = max((section.span.end for section in sections), default=0)
    for index, section in enumerate(sections):
        role = role_of(section.heading.text, top=_at_the_top(sections, index))
        if (role == CONTENTS and CONTENTS in found) or (
            role in ("news", RELATED) and _own_length(sections, index) > _OVERGROWN * whole
        ):
            role = BODY
        if role == BODY and section.parent >= 0 and found[section.parent] not in (BODY, CONTENTS):
            above = sections[section.parent].span
            role = found[section.parent] if above.end - above.start < _HALF * whole else BODY
        found.append(role)
    return found


def _at_the_top(sections: Sequence[Section], index: int) -> bool:
    """Whether a section stands under nothing, or under the page's title alone."""
    parent = sections[index].parent
    return parent < 0 or (parent == 0 and sections[0].last == sections[-1].last)


def _own_length(sections: Sequence[Section], index: int) -> int:
    """The length of a section up to the next heading."""
    span = sections[index].span
    return (sections[index + 1].span.start if index + 1 < len(sections) else span.end) - span.start


@lru_cache(maxsize=4_096)
def role_of(heading: str, *, top: bool = True) -> str:
    """The role that a heading names; `body` where it names none. `top`: nothing but the title is above it."""
    if len(heading) > _MAX_HEADING:
        return BODY
    text = _trimmed(_SHORTCODE.sub(" ", heading))
    whole = _named(text, top)
    if whole != BODY:
        return whole
    named = [_named(_trimmed(part), top) for part in _PARTS.split(text) if _LETTER.search(part)]
    return named[0] if named and BODY not in named else BODY


def _trimmed(text: str) -> str:
    """A heading's words, without the marks around them and a number before them."""
    text = _EDGE.sub("", text)
    return _EDGE.sub("", _NUMBERING.sub("", text))


def _named(text: str, top: bool) -> str:
    anywhere, at_the_top = _patterns()
    patterns = anywhere + at_the_top if top else anywhere
    return next((role for pattern, role in patterns if pattern.fullmatch(text)), BODY)
