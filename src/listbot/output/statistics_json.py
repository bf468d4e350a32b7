"""`--statistics --format json`. These models are the published form, version 1."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from listbot.finding import Severity
from listbot.output.results import Results
from listbot.output.statistics import ranking


class JsonCount(BaseModel):
    """How often a rule spoke, and with which severity."""

    rule: str
    count: int
    error: int
    warning: int
    hint: int


class JsonStatistics(BaseModel):
    """The rules that spoke, the most frequent first."""

    version: Literal[1]
    rules: list[JsonCount]


def render(results: Results) -> str:
    """One object."""
    rules = [
        JsonCount(
            rule=rule,
            count=counts.total(),
            error=counts[Severity.ERROR],
            warning=counts[Severity.WARNING],
            hint=counts[Severity.HINT],
        )
        for rule, counts in ranking(results)
    ]
    return JsonStatistics(version=1, rules=rules).model_dump_json(indent=2) + "\n"
