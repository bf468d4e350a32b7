"""How the words of a line and of a heading are compared."""

from __future__ import annotations

import re

_NOT_LETTER = re.compile(r"[\W_]+")


def name_of(text: str) -> str:
    """Words in lower case, whatever stands between them as one blank."""
    return _NOT_LETTER.sub(" ", text.casefold()).strip()


def letters_of(anchor: str) -> str:
    """What is left when hyphens and the like are gone: two anchors that agree here differ by a slip only."""
    return _NOT_LETTER.sub("", anchor.casefold())
