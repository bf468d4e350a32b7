"""What a defect is: a kind with a name, the rules that tell it, and all ways to make it in a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from listbot.finding import Edit
from listbot.source import Span
from tests.vandals.listed import Listed


class Change(NamedTuple):
    """One way to make a defect."""

    edits: tuple[Edit, ...]
    blamed: tuple[Span, ...] = ()
    """Places of the old text where it may be found; empty: where the edits put text."""


Changes = Callable[[Listed], Iterable[Change]]
"""All ways to make a defect in a list; none where the list has no place for it, or no habit that it would break."""


class Defect(NamedTuple):
    name: str
    rules: frozenset[str]
    """The rules that may report it; none but them may."""
    changes: Changes


def defect(name: str, rules: str, changes: Changes) -> Defect:
    """A row of a table of defects; the rules with blanks between them."""
    return Defect(name, frozenset(rules.split()), changes)


def put(at: int, text: str) -> Edit:
    return Edit(Span(at, at), text)


def cut(start: int, end: int) -> Edit:
    return Edit(Span(start, end), "")
