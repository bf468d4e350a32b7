"""Reads `kinds.toml`: which kind of label is served by which rules, and the goals."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from bench.quality.labels import SOURCES, Label
from listbot.finding import Severity

MATCHES = ("line", "place", "span", "group")
TABLE = Path(__file__).with_name("kinds.toml")
ANY = "*"


class Kind(NamedTuple):
    """One row of the table; its head says what the columns mean."""

    name: str
    source: str
    kind: str
    rules: tuple[str, ...]
    match: str
    severity: Severity
    judged: tuple[str, ...]
    true: tuple[str, ...]
    subs: tuple[str, ...] = ()
    not_subs: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    detail: Mapping[str, Sequence[Any]] = {}
    average: str = "labels"
    recall: float | None = None
    false: int | None = None
    precision: float | None = None
    peer: str = ""
    spellers: bool = False
    counts: bool = False

    def selects(self, label: Label) -> bool:
        """Whether a label has to be found."""
        return (
            label.kind == self.kind
            and (not self.subs or label.sub in self.subs)
            and label.sub not in (*self.not_subs, *self.neutral)
            and (not self.sure or label.sure in self.sure)
            and all(label.detail.get(key) in allowed for key, allowed in self.detail.items())
        )

    def makes_true(self, label: Label) -> bool:
        """Whether a finding at the label is right."""
        return (ANY in self.true or label.kind in self.true) and label.sub not in self.neutral


@cache
def kinds() -> tuple[Kind, ...]:
    """The rows, in the order of the file. Raises ValueError where one cannot be meant."""
    return tuple(_kind(row) for row in tomllib.loads(TABLE.read_text("utf-8"))["kind"])


def _kind(row: Mapping[str, Any]) -> Kind:
    columns: dict[str, Any] = {
        key.replace("-", "_"): tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    columns["severity"] = Severity(row.get("severity", "warning"))
    columns.setdefault("judged", columns["rules"])
    columns.setdefault("true", (row["kind"],))
    kind = Kind(**columns)
    if kind.source not in SOURCES or kind.match not in MATCHES or kind.average not in ("labels", "repositories"):
        raise ValueError(f"{TABLE.name}: {kind.name}: a source, match or average that there is not")
    if kind.source != "seed" and (kind.false is not None or kind.precision is not None):
        raise ValueError(f"{TABLE.name}: {kind.name}: only the seed list is labelled completely")
    return kind
