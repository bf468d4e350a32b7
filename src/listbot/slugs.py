"""The anchors that GitHub gives to headings.

The rule is that of GitHub's table-of-contents filter (html-pipeline, `lib/html/pipeline/toc_filter.rb`): lower case,
drop everything that is no word character, hyphen or space, turn each space into a hyphen, and number repeats. A word
character is a letter, a mark, a decimal digit or a connector punctuation, so an emoji vanishes, but the variation
selector (a mark) that follows many emoji stays.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_ASCII_PUNCTUATION = re.compile(r"[\x00-\x1f!-,./:-@\[-^`{-~\x7f]")
_NOT_LETTER = re.compile(r"[\W_]+")
_UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
"""Zero-width characters, and selectors of how the one before looks, which stay where an emoji vanishes."""
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


def told_apart(anchor: str, other: str) -> str:
    """An anchor to be shown beside another: what nobody sees, and the other lacks, is percent-encoded."""
    return _UNSEEN.sub(lambda found: quote(found[0]) if found[0] not in other else found[0], anchor)


def unseen_note(anchor: str, other: str) -> str:
    """For behind a message that names both anchors: which characters of one of them nobody sees; else empty."""
    characters = sorted(set(_UNSEEN.findall(anchor)) ^ set(_UNSEEN.findall(other)))
    names = ", ".join(f"{quote(character)} is U+{ord(character):04X}" for character in characters)
    return f" ({names}, which nobody sees)" if names else ""


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
