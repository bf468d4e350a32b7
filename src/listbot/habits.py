"""What most places of a list do: majorities, and when one is a style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from listbot.document import Document
from listbot.section_roles import BODY

SUPPORT = 0.8
"""A majority smaller than this is no style (`design.md` §1: 572 of 584, and 274 of 276, are; 348 of 409 is)."""
ENOUGH = 5
"""Fewer places say nothing about a list's habits."""


class Majority(NamedTuple):
    """What most places do: `what`, done at `count` `of` them."""

    what: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a majority
    of: int

    @property
    def share(self) -> float:
        return self.count / self.of

    @property
    def settled(self) -> bool:
        """Whether this is a style, and what differs from it an outlier."""
        return self.of >= ENOUGH and self.count >= SUPPORT * self.of

    def __str__(self) -> str:
        return f"{self.count}/{self.of}"


class Observation(NamedTuple):
    """What one place does. `start` is its offset."""

    what: str
    start: int


def majority(whats: Iterable[str]) -> Majority | None:
    """What most do; of equals what comes first. None where there is nothing."""
    count = Counter(whats)
    return Majority(*count.most_common(1)[0], count.total()) if count else None


def in_body(document: Document, offset: int) -> bool:
    """Whether an offset is in the list's body; what stands before the first heading is."""
    index = document.section_at(offset)
    return index < 0 or document.sections[index].role == BODY
