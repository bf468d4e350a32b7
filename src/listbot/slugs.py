"""The anchors that GitHub gives to headings.

The rule is that of GitHub's table-of-contents filter (html-pipeline, `lib/html/pipeline/toc_filter.rb`): lower case,
drop everything that is no word character, hyphen or space, turn each space into a hyphen, and number repeats. A word
character is a letter, a mark, a decimal digit or a connector punctuation, so an emoji vanishes, but the variation
selector (a mark) that follows many emoji stays.
"""

from __future__ import annotations

import re
import unicodedata

_ASCII_PUNCTUATION = re.compile(r"[\x00-\x1f!-,./:-@\[-^`{-~\x7f]")
_NOT_LETTER = re.compile(r"[\W_]+")
_WORD_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"})


def slug(text: str) -> str:
    """The anchor of a heading whose rendered text is `text`, before numbering."""
    lowered = text.lower()
    if lowered.isascii():
        return _ASCII_PUNCTUATION.sub("", lowered).replace(" ", "-")
    kept = (c for c in lowered if c in " -" or unicodedata.category(c) in _WORD_CATEGORIES)
    return "".join(kept).replace(" ", "-")


def letters_of(anchor: str) -> str:
    """What is left when hyphens and the like are gone: two anchors that agree here differ by a slip only."""
    return _NOT_LETTER.sub("", anchor.casefold())


class Slugger:
    """Gives each heading of one document its own anchor: `intro`, `intro-1`, `intro-2`."""

    __slots__ = ("_counts",)

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def unique(self, text: str) -> str:
        base = slug(text)
        count = self._counts.get(base, 0)
        self._counts[base] = count + 1
        return f"{base}-{count}" if count else base
