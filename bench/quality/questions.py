"""Reads `questions.toml`: what the readers of a sample are asked, and what their answers mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

TABLE = Path(__file__).with_name("questions.toml")
UNKNOWN = "unknown"
VERDICTS = ("right", "wrong", UNKNOWN)
_OPEN = "Is what the message says true of the marked place, and would whoever keeps this list want to hear of it?"
"""What the reader is asked who sees the message, where the row does not say otherwise."""


class Also(NamedTuple):
    """A second question, counted apart."""

    key: str
    question: str
    answers: tuple[str, ...]


class Question(NamedTuple):
    """A row of the table; its head says what the columns mean."""

    question: str
    open: str
    confirms: str
    denies: str
    controls: tuple[str, ...]
    beside: str
    goal: Mapping[str, float]
    also: Also | None

    def answers(self, reader: str) -> tuple[str, ...]:
        """What a reader may answer."""
        return VERDICTS if reader == "a" else (self.confirms, self.denies, UNKNOWN)

    def verdict(self, reader: str, answer: str) -> str:
        """An allowed answer as one of `VERDICTS`."""
        return VERDICTS[self.answers(reader).index(answer)]


def of(rule: str) -> Question:
    """The rule's own row, else the row for all others."""
    table = _table()
    return table.get(rule, table[""])


def asking(text: str) -> Question | None:
    """The row that asks a reader this, blind or not. Rows that ask the same take the same answers."""
    return next((one for one in _table().values() if text in (one.question, one.open)), None)


@cache
def _table() -> Mapping[str, Question]:
    return {row.get("rule", ""): _question(row) for row in tomllib.loads(TABLE.read_text("utf-8"))["rule"]}


def _question(row: Mapping[str, Any]) -> Question:
    also = row.get("also")
    return Question(
        question=row["question"],
        open=row.get("open", _OPEN),
        confirms=row["confirms"],
        denies=row["denies"],
        controls=tuple(row["controls"]),
        beside=row.get("beside", ""),
        goal=row.get("goal", {}),
        also=Also(also["key"], also["question"], tuple(also["answers"])) if also else None,
    )
