"""Backslash escapes and HTML entities, and what they stand for."""

from __future__ import annotations

import re

ESCAPE = r"\\[!-/:-@\[-`{-~]"
"""A backslash escape (https://spec.commonmark.org/0.31.2/#backslash-escapes)."""
ENTITY = r"&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[A-Za-z][A-Za-z0-9]{1,31});"
"""An entity (https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references)."""

_ESCAPE = re.compile(ESCAPE)
_ENTITY = re.compile(ENTITY)


def destination(written: str) -> str:
    """The URL that a Markdown destination leads to: escapes and entities resolved, blanks around it off."""
    if "\\" in written:
        written = _ESCAPE.sub(lambda escape: escape[0][1], written)
    return entities(written).strip()


def entities(written: str) -> str:
    """A text with its entities resolved; unknown ones stay."""
    if "&" not in written or ";" not in written:
        return written
    from html import unescape  # its table of 2,231 names is worth loading only for texts that use one

    return _ENTITY.sub(lambda entity: unescape(entity[0]), written)
