"""Entries: grouping and parts, against `entries_dev.jsonl` and `non_entries_dev.jsonl`.

Prints a score a part, rows that reasonable readers could judge otherwise (`hard`) apart, and every miss. The
conventions by which labels and entries are compared are those of `../shared/data/README.md`.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from listbot import vocabulary
from listbot.document import Document, Entry
from listbot.parser import parse
from listbot.source import Source

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOALS = {
    "lines": 0.97,
    "title": 0.96,
    "primary": 0.97,
    "roles": 0.95,
    "year": 0.97,
    "venue": 0.90,
    "non-entries": 0.95,
}


@cache
def document(name: str) -> Document:
    return parse(Source(name, (SHARED / "corpus" / name).read_bytes().decode("utf-8")))


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / "data" / name).read_text("utf-8").splitlines()]


def at_line(found: Document, line: int) -> Entry | None:
    """The innermost entry that holds a line."""
    holding = [entry for entry in found.entries if entry.first <= line <= entry.last]
    return min(holding, key=lambda entry: entry.last - entry.first, default=None)


def normal(text: str | None) -> str | None:
    if text is None:
        return None
    text = re.sub(r"[*_`]|<[^<>]*>", "", unicodedata.normalize("NFKC", text))
    text = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return " ".join(text.split()).strip(" .,:;\"'“”-–—").casefold() or None


def venue(text: str | None) -> str | None:
    return normal(re.sub(r"^\s*'?(?:19|20)?\d\d\s+|[\s,']*(?:19|20)?\d\d\s*$", "", text)) if text else None


def compare(label: dict[str, Any], entry: Entry | None) -> dict[str, tuple[bool, Any, Any]]:
    """Part -> (right, what the label says, what was found)."""
    if entry is None:
        return {
            part: (False, label.get(part), None) for part in ("lines", "title", "primary", "roles", "year", "venue")
        }
    primary = entry.primary.link.target if entry.primary else None
    roles = {link["url"]: link["role"] for link in label["links"] if link["url"]}
    labelled = {link.link.target: vocabulary.role_of_label(link.label) is not None for link in entry.links}
    ours = {link.link.target: link.role for link in entry.links if link.link.target}
    wrong = {
        url: (role, ours.get(url))
        for url, role in roles.items()
        if not same_role(role, ours.get(url), labelled.get(url, False), url == label["primary"])
    }
    return {
        "lines": (
            (label["start"], label["end"]) == (entry.first, entry.last),
            (label["start"], label["end"]),
            (entry.first, entry.last),
        ),
        "title": (normal(label["title"]) == normal(entry.title), label["title"], entry.title),
        "primary": (label["primary"] == primary, label["primary"], primary),
        "roles": (not wrong, wrong, None),
        "year": (label["year"] == entry.year, label["year"], entry.year),
        "venue": (venue(label["venue"]) == venue(entry.venue), label["venue"], entry.venue),
    }


def same_role(label: str, ours: str | None, has_label: bool, is_primary: bool) -> bool:
    if label == ours:
        return True
    pair = {label, ours}
    return (pair == {"paper", "pdf"} and not has_label) or (pair == {"project", "code"} and is_primary)


def main() -> int:
    if not SHARED.is_dir():
        print("needs ../shared, which is not here", file=sys.stderr)
        return 2
    right, total, misses = scores()
    print("\n".join(misses))
    for part, goal in GOALS.items():
        for hard in (False, True):
            if total[part, hard]:
                share = right[part, hard] / total[part, hard]
                name = f"{part} (hard)" if hard else part
                mark = "" if hard else f"  goal {goal:.2f} {'met' if share >= goal else 'MISSED'}"
                print(f"{name:<20} {right[part, hard]:>4}/{total[part, hard]:<4} {share:.3f}{mark}")
    return 0


def scores() -> tuple[Counter[tuple[str, bool]], Counter[tuple[str, bool]], list[str]]:
    """Right and total counts by part and whether the row is hard, and a line a miss."""
    right: Counter[tuple[str, bool]] = Counter()
    total: Counter[tuple[str, bool]] = Counter()
    misses: list[str] = []
    for row in rows("entries_dev.jsonl"):
        entry = at_line(document(row["file"]), row["line"])
        if row["entry"] is None:
            results = {"non-entries": (entry is None, row["not"], entry.title if entry else None)}
        else:
            results = compare(row["entry"], entry)
        count(results, row, right, total, misses)
    names = {path.name.partition(".md")[0].replace("+", "/"): path.name for path in (SHARED / "corpus").glob("*.md")}
    for row in rows("non_entries_dev.jsonl"):
        entry = at_line(document(names[row["repo"]]), row["line"])
        results = {"non-entries": (entry is None, row["not"], entry.title if entry else None)}
        count(results, row, right, total, misses)
    return right, total, misses


def count(
    results: dict[str, tuple[bool, Any, Any]],
    row: dict[str, Any],
    right: Counter[tuple[str, bool]],
    total: Counter[tuple[str, bool]],
    misses: list[str],
) -> None:
    hard = bool(row.get("hard"))
    for part, (ok, label, ours) in results.items():
        total[part, hard] += 1
        right[part, hard] += ok
        if not ok:
            misses.append(
                f"{part:<12}{' hard' if hard else ''} {row['repo']}:{row['line']}: label {label!r}, found {ours!r}"
            )
