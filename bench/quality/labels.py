"""The labels of `../shared/data`, in one form, whoever made them: a reader of the seed list, or maintainers' fixes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bench.quality.checked import SEED, SHARED, read

SOURCES = ("seed", "lists", "lines")
"""The seed list; whole lists before fixes; single lines before fixes, each a document of its own."""
_SHORT = 70


class Label(NamedTuple):
    """One defect. Lines are 1-based."""

    line: int
    lines: tuple[int, ...]
    """All lines that the defect brings together, where it is one of several entries; else the one line."""
    columns: tuple[int, int] | None
    """The first column and the one behind the last, 1-based, where the label says."""
    kind: str
    sub: str
    sure: str
    """`high`, `medium` or `low` for the seed list; `yes`, `style`, `policy`, … for fixes."""
    detail: Mapping[str, Any]
    fix: str
    """What was done about it, or should be, in short."""
    listed: int
    """The line in the list as it was, for people who look it up."""


class Labelled(NamedTuple):
    """A text with its labels."""

    repo: str
    text: str
    labels: tuple[Label, ...]


def load(source: str) -> Iterator[Labelled]:
    """The labelled texts of one of `SOURCES`."""
    return {"seed": _seed, "lists": _lists, "lines": _lines}[source]()


def _seed() -> Iterator[Labelled]:
    rows = json.loads(read(SHARED / "data" / "seed_labels.json"))["labels"]
    yield Labelled("the seed list", read(SHARED / "corpus" / SEED), tuple(_of_reader(row) for row in rows))


def _of_reader(row: Mapping[str, Any]) -> Label:
    columns = (row["col"], row["col"] + len(row["text"])) if "col" in row and row["text"] else None
    return Label(
        line=row["line"],
        lines=tuple(row.get("lines", (row["line"],))),
        columns=columns,
        kind=row["kind"],
        sub=row.get("subclass", ""),
        sure=row["confidence"],
        detail=row,
        fix=short(" → ".join(part for part in (row["text"], row["fix"]) if part)),
        listed=row["line"],
    )


def _lists() -> Iterator[Labelled]:
    fixes = {row["id"]: row for row in _fixes()}
    with gzip.open(SHARED / "data" / "mined_context.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            lines = row["text"].split("\n")
            labels = tuple(
                _of_fix(fixes[label["id"]], label["line"], lines[label["line"] - 1]) for label in row["labels"]
            )
            yield Labelled(row["repo"], row["text"], labels)


def _lines() -> Iterator[Labelled]:
    for row in _fixes():
        text, line = _as_document(row["before"])
        yield Labelled(row["repo"], text, (_of_fix(row, line, text.split("\n")[line - 1]),))


def _fixes() -> Iterator[dict[str, Any]]:
    yield from map(json.loads, read(SHARED / "data" / "mined_dev.jsonl").splitlines())


def _of_fix(row: Mapping[str, Any], line: int, text: str) -> Label:
    word = row["detail"].get("word", "")
    start = text.find(word) + 1 if word else 0
    return Label(
        line=line,
        lines=(line,),
        columns=(start, start + len(word)) if start else None,
        kind=row["kind"],
        sub=row["kind"] if row["kind"] == "typo" else row["sub"],
        sure=row["defect"],
        detail=row["detail"],
        fix=short(f"removed {row['before']}" if not row["after"] else " → ".join(changed(row["before"], row["after"]))),
        listed=row["line"],
    )


def changed(before: str, after: str) -> tuple[str, str]:
    """Where two lines differ, with a few characters around."""
    around, most = 8, min(len(before), len(after))
    start = next((n for n in range(most) if before[n] != after[n]), most)
    end = next((n for n in range(most - start) if before[-1 - n] != after[-1 - n]), most - start)
    first, left = max(0, start - around), max(0, end - around)
    return before[first : len(before) - left], after[first : len(after) - left]


def short(text: str) -> str:
    """A text on one line that fits beside other things."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHORT else flat[: _SHORT - 1] + "…"


def _as_document(line: str) -> tuple[str, int]:
    """A line out of its list, without indentation, a table's row under a head of as many cells; and its new line."""
    line = line.strip()
    if not line.startswith("|"):
        return line, 1
    cells = line.count("|") + 1  # a row may have fewer cells than its head, and the surplus of one with more is cut off
    return "|" + " a |" * cells + "\n|" + " - |" * cells + "\n" + line, 3
