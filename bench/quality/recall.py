"""Whether what is said of a text meets its labels: pure functions, for listbot and for its peers alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import mean
from typing import NamedTuple

from bench.quality.labels import Label
from listbot.finding import Diagnostic, Severity


class Said(NamedTuple):
    """What a tool says of a place. Lines and columns are 1-based, lines inclusive."""

    rule: str
    severity: Severity
    first: int
    last: int
    columns: tuple[int, int]
    """The first column and the one behind the last."""
    related: tuple[tuple[int, int], ...]
    """First and last lines."""
    message: str

    @property
    def lines(self) -> frozenset[int]:
        """Where the place and its related places begin."""
        return frozenset((self.first, *(first for first, _ in self.related)))


def said(one: Diagnostic) -> Said:
    related = tuple((place.start.line, place.end.line) for place in one.related)
    columns = (one.start.column, one.end.column)
    return Said(one.rule, one.severity, one.start.line, one.end.line, columns, related, one.message)


def finder(label: Label, all_said: Iterable[Said], match: str) -> Said | None:
    """What finds a label, or None; of findings that do so together, one."""
    if match == "group":
        return _relating(label, list(all_said))
    return next((one for one in all_said if _meets(label, one, match)), None)


def is_true(one: Said, labels: Iterable[Label], match: str) -> bool:
    """Whether a finding is about one of the labels; of a group, it must not relate more than the label does."""
    if match == "group":
        return any(one.lines <= set(label.lines) for label in labels)
    return any(_meets(label, one, match) for label in labels)


def _meets(label: Label, one: Said, match: str) -> bool:
    here = one.first <= label.line <= one.last
    if match == "place":
        return here or any(first <= label.line <= last for first, last in one.related)
    if match == "span" and label.columns is not None and one.first == one.last:
        return here and one.columns[0] < label.columns[1] and label.columns[0] < one.columns[1]
    return here


def _relating(label: Label, all_said: Sequence[Said]) -> Said | None:
    """The last of the findings by which all lines of a label come together."""
    wanted, together, by = set(label.lines), {label.lines[0]}, None
    inside = [one for one in all_said if one.related and one.lines <= wanted]
    for _ in wanted:
        for one in inside:
            if one.lines & together and not one.lines <= together:
                together |= one.lines
                by = one
    return by if wanted <= together else None


class Score(NamedTuple):
    """How many of how many."""

    right: int
    of: int

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 1.0

    def __str__(self) -> str:
        return f"{self.right}/{self.of} {self.share:.3f}"


def over_all(results: Iterable[tuple[str, bool]]) -> Score:
    hits = [hit for _, hit in results]
    return Score(sum(hits), len(hits))


def over_repositories(results: Iterable[tuple[str, bool]]) -> float:
    """The mean over repositories of each one's share, so that one with many labels does not dominate."""
    by_repository: dict[str, list[bool]] = defaultdict(list)
    for repository, hit in results:
        by_repository[repository].append(hit)
    return mean(mean(hits) for hits in by_repository.values())
