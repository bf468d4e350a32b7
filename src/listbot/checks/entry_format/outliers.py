"""A place that does otherwise than the entries of its list, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from listbot.document import Entry
from listbot.entry_habits import Body
from listbot.finding import Finding
from listbot.habits import Majority
from listbot.source import Span

HOUSE_STYLE = 0.95
"""What more than one entry in twenty does otherwise is no house style."""
_ENOUGH = 20
"""So that a single outlier is at most that."""
_FEWEST_BESIDE = 3


def is_house_style(most: Majority) -> bool:
    return most.of >= _ENOUGH and most.share >= HOUSE_STYLE


class Outlier(NamedTuple):
    """A place that does otherwise, and the entry that it belongs to."""

    what: str
    entry: Entry
    most: Majority
    beside: int
    """How many entries of its section do as the majority."""
    of_section: int
    """How many entries of its section do the one or the other."""
    where: str = ""
    """The part of the list that the majority is counted in, unless it is the whole: `here`."""

    @property
    def stands_out(self) -> bool:
        """Whether its section follows the house style: tools below papers have a form of their own."""
        return self.beside >= max(_FEWEST_BESIDE, self.of_section / 2)

    def counted(self, those: str, do: str) -> str:
        """`38 of 40 entries begin with …`: the support of the style."""
        return f"{self.most.count:,} of {self.most.of:,} {those} {self.where and f'{self.where} '}{do}"


Tell = Callable[[Body, Outlier], Finding | None]


def in_line(body: Body, span: Span) -> Span:
    """The part of a span that is on its first line."""
    line = body.document.source.line_span(body.document.source.line_of(span.start))
    return Span(span.start, min(span.end, line.end))


def first_line(body: Body, entry: Entry) -> Span:
    return Span(entry.span.start, min(entry.span.end, body.document.source.line_span(entry.first).end))
