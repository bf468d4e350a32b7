"""Counts: how many entries listbot finds in whole sections, against `section_counts.toml`, counted by eye.

A section agrees when what is found differs from what was counted by at most 3 %: below 34 entries, not at all. An
entry belongs to the section that holds its first line.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

from bench.quality.entries import SHARED, document

COUNTS = Path(__file__).with_name("section_counts.toml")
TOLERANCE = 0.03


def rows() -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = tomllib.loads(COUNTS.read_text("utf-8"))["section"]
    return sections


def found(row: dict[str, Any]) -> int:
    """How many entries start inside the section."""
    return sum(row["start"] <= entry.first <= row["end"] for entry in document(row["file"]).entries)


def agrees(counted: int, ours: int) -> bool:
    return abs(ours - counted) <= TOLERANCE * counted


def main() -> int:
    if not SHARED.is_dir():
        print("needs ../shared, which is not here", file=sys.stderr)
        return 2
    results = [(f"{row['file']}:{row['heading']}", row["count"], found(row)) for row in rows()]
    for where, counted, ours in results:
        print(f"{counted:>4}/{ours:<4}{'' if agrees(counted, ours) else 'MISS'} {where}")
    right = sum(agrees(counted, ours) for _, counted, ours in results)
    counted_all = sum(counted for _, counted, _ in results)
    found_all = sum(ours for _, _, ours in results)
    print(f"sections within {TOLERANCE:.0%}  {right}/{len(results)}  {right / len(results):.3f}")
    print(f"entries found/counted  {found_all}/{counted_all}  {found_all / counted_all:.3f}")
    return 0
