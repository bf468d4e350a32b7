"""`python -m bench.quality duplicates`: how well duplicates and title conflicts are told.

Three measures. The labelled title pairs (`title_pairs.jsonl`): false `dup`s, and true pairs below `maybe`. The seed
list (`seed_labels.json`): its duplicate groups and titles in conflict. Lists as they were before maintainers took a
duplicate out (`mined_context.jsonl.gz`): found at any severity, where a finding stands on the line that was removed, or
relates another line to it.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bench.quality.checked import SHARED, diagnostics, read
from listbot.finding import Diagnostic
from listbot.title_match import compare

RULES = ("duplicate-entry", "title-conflict", "placeholder-link")
SEED = "chenhongyu2048+LLM-inference-optimization-paper.md"
OTHER_VERSION = "same-work-other-version"
"""A preprint under another title than its publication: only a registry can know, so it counts neither way."""


def main() -> int:
    _pairs()
    _seed()
    _mined()
    return 0


def _pairs() -> None:
    print("title pairs")
    count: Counter[tuple[bool, str | None]] = Counter()
    with (SHARED / "data" / "title_pairs.jsonl").open(encoding="utf-8") as rows:
        for pair in map(json.loads, rows):
            tier = compare(pair["a"], pair["b"])
            count[pair["same"], tier] += 1
            if (pair["same"] and tier is None) or (not pair["same"] and tier == "dup"):
                print(f"  {pair['cls']}: {'same' if pair['same'] else 'not the same'}, found {tier}")
    for same in (True, False):
        shown = ", ".join(f"{tier or 'no'} {count[same, tier]}" for tier in ("dup", "maybe", None))
        print(f"  {'same' if same else 'not the same'}: {shown}")


def _pairs_of(found: tuple[Diagnostic, ...]) -> set[frozenset[int]]:
    return {frozenset((one.start.line, place.start.line)) for one in found for place in one.related}


def _seed() -> None:
    print("seed list")
    labels = json.loads(read(SHARED / "data" / "seed_labels.json"))["labels"]
    found = diagnostics(SEED, read(SHARED / "corpus" / SEED), RULES)
    shown = tuple(one for one in found if one.severity.value != "hint")
    groups = [label for label in labels if label["kind"] == "duplicate" and label["subclass"] != OTHER_VERSION]
    for name, of in (("with hints", found), ("errors and warnings", shown)):
        missed = [label["lines"] for label in groups if not _relates(_pairs_of(of), label["lines"])]
        print(f"  {name}: {len(groups) - len(missed)} of {len(groups)} groups; missed {missed}")
    conflicts = {label["line"] for label in labels if label.get("subclass") == "same-id-two-titles"}
    said = [one for one in found if one.rule == "title-conflict"]
    true = {line for pair in _pairs_of(tuple(said)) for line in pair} & conflicts
    print(f"  title conflicts: {len(said)} found, {len(true)} of {len(conflicts)} labels among them")
    known = [frozenset(label["lines"]) for label in labels if "lines" in label and label["kind"] in _KINDS]
    for one in shown:
        pair = frozenset((one.start.line, *(place.start.line for place in one.related)))
        if not any(pair <= group for group in known):
            print(f"  not labelled: {one.start.line}: {one.rule} {one.message[:110]}")


_KINDS = frozenset({"duplicate", "title-link-mismatch"})


def _relates(pairs: set[frozenset[int]], lines: list[int]) -> bool:
    """Whether findings bring together all lines of a group."""
    together = {lines[0]}
    for _ in lines:
        together |= {line for pair in pairs if pair & together for line in pair}
    return set(lines) <= together


def _mined() -> None:
    print("removed by maintainers")
    hits: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    for one in lists_with("duplicate-removed"):
        labels = [label for label in one["labels"] if label["kind"] == "duplicate-removed" and label["defect"] == "yes"]
        found = diagnostics(one["path"], one["text"], RULES)
        for label in labels:
            total[label["sub"]] += 1
            rule = _found_at(label["line"], found)
            hits[label["sub"], rule] += 1
            if not rule:
                print(f"  missed {label['sub']}: {one['repo']} {label['line']}: {label['detail']['key'][:70]}")
    for sub in sorted(total):
        by = ", ".join(f"{rule} {hits[sub, rule]}" for rule in (*_NAMES, "") if hits[sub, rule])
        print(f"  {sub:12} {total[sub] - hits[sub, '']:3} of {total[sub]:3}   {by}")
    all_found = total.total() - sum(hits[sub, ""] for sub in total)
    print(f"  recall {all_found} of {total.total()} = {all_found / total.total():.3f}")


_NAMES = tuple(f"{rule} ({severity})" for rule in RULES for severity in ("error", "warning", "hint"))


def _found_at(line: int, found: tuple[Diagnostic, ...]) -> str:
    for one in found:
        places = [(one.start.line, one.end.line), *((place.start.line, place.end.line) for place in one.related)]
        if any(first <= line <= last for first, last in places):
            return f"{one.rule} ({one.severity.value})"
    return ""


def lists_with(kind: str) -> Iterator[dict[str, Any]]:
    """The lists of `mined_context.jsonl.gz` that hold labels of a kind."""
    with gzip.open(SHARED / "data" / "mined_context.jsonl.gz", "rt", encoding="utf-8") as lists:
        for one in map(json.loads, lists):
            if any(label["kind"] == kind for label in one["labels"]):
                yield one
