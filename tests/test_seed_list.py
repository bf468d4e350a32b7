"""The list that the first reader labelled line by line: what listbot must find there, and what it must not say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SEED = "chenhongyu2048+LLM-inference-optimization-paper.md"
pytestmark = pytest.mark.shared


@cache
def report(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "listbot", "check", str(path), "--format", "json", "--isolated"]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 1, done.stderr
    whole: dict[str, Any] = json.loads(done.stdout)
    return whole


@pytest.fixture
def found(shared: Path) -> list[dict[str, Any]]:
    diagnostics: list[dict[str, Any]] = report(shared / "corpus" / SEED)["files"][0]["diagnostics"]
    return diagnostics


@pytest.fixture
def labels(shared: Path) -> list[dict[str, Any]]:
    whole: list[dict[str, Any]] = json.loads((shared / "data" / "seed_labels.json").read_text("utf-8"))["labels"]
    return whole


def lines_of(diagnostic: dict[str, Any]) -> set[int]:
    return {diagnostic["start"]["line"], *(place["start"]["line"] for place in diagnostic["related"])}


def test_every_entry_and_link_is_there(shared: Path) -> None:
    summary = report(shared / "corpus" / SEED)["summary"]
    assert summary["links"] == 906


RELATING = ("duplicate-entry", "title-conflict")


def test_all_duplicates_that_can_be_told_offline(found: list[dict[str, Any]], labels: list[dict[str, Any]]) -> None:
    """By id, by title, and with no link at all: each further entry of a group is related to one of the group."""
    groups = [
        set(label["lines"])
        for label in labels
        if label["kind"] == "duplicate" and label["subclass"] != "same-work-other-version"
    ]
    pairs = [(d["start"]["line"], lines_of(d)) for d in found if d["rule"] in RELATING]
    assert len(groups) == 35
    missed = [
        (line, group)
        for group in groups
        for line in group - {min(group)}
        if not any(len(pair) == 2 and line in pair <= group for _, pair in pairs)
    ]
    assert not missed


def test_titles_in_conflict(found: list[dict[str, Any]], labels: list[dict[str, Any]]) -> None:
    labelled = [label for label in labels if label.get("subclass") == "same-id-two-titles"]
    conflicts = [lines_of(d) for d in found if d["rule"] == "title-conflict"]
    true = [pair for pair in conflicts if any(label["line"] in pair for label in labelled)]
    assert len(conflicts) - len(true) <= 1
    related = [lines_of(d) for d in found if d["rule"] in RELATING]
    assert [label["line"] for label in labelled if not any(label["line"] in pair for pair in related)] == []


def test_no_duplicate_relates_two_works(found: list[dict[str, Any]], labels: list[dict[str, Any]]) -> None:
    same_work = [set(label["lines"]) for label in labels if label["kind"] == "duplicate"]
    pairs = [lines_of(d) for d in found if d["rule"] == "duplicate-entry"]
    assert [pair for pair in pairs if not any(pair <= group for group in same_work)] == []


def test_the_venues_that_the_links_contradict(found: list[dict[str, Any]], labels: list[dict[str, Any]]) -> None:
    labelled = {label["line"] for label in labels if label.get("subclass") in ("venue-vs-url", "venue-vs-doi")}
    assert len(labelled) == 3
    assert {d["start"]["line"] for d in found if d["rule"] == "venue-conflict"} == labelled


@pytest.mark.parametrize(
    "subclass",
    ["arxiv-pdf", "arxiv-html", "arxiv-version", "arxiv-host", "tracking-parameter", "empty-fragment"],
)
def test_link_forms(found: list[dict[str, Any]], labels: list[dict[str, Any]], subclass: str) -> None:
    labelled = {label["line"] for label in labels if label.get("subclass") == subclass}
    reported = {d["start"]["line"] for d in found if d["rule"] == "pdf-link-format"}
    assert labelled
    assert labelled <= reported


def test_no_link_form_is_reported_that_nobody_labelled(
    found: list[dict[str, Any]], labels: list[dict[str, Any]]
) -> None:
    labelled = {label["line"] for label in labels if label["kind"] == "pdf-link-format"}
    assert {d["start"]["line"] for d in found if d["rule"] == "pdf-link-format"} <= labelled


def test_the_missing_target(found: list[dict[str, Any]]) -> None:
    assert 986 in {d["start"]["line"] for d in found if d["rule"] == "malformed-link"}


TEXT_RULES = frozenset(
    ("unrendered-markdown", "lost-line-break", "latex-residue", "spacing", "name-style", "repeated-word")
)


def test_malformed_markdown(found: list[dict[str, Any]], labels: list[dict[str, Any]]) -> None:
    labelled = {x["line"] for x in labels if x["kind"] == "malformed-markdown" and x["confidence"] == "high"}
    assert len(labelled) == 6
    assert labelled <= {d["start"]["line"] for d in found if d["rule"] in TEXT_RULES | {"malformed-link"}}


def test_spacing(found: list[dict[str, Any]], labels: list[dict[str, Any]]) -> None:
    labelled = [x["line"] for x in labels if x["kind"] == "spacing/punctuation" and x["confidence"] == "high"]
    reported = {d["start"]["line"] for d in found if d["rule"] in ("spacing", "name-style")}
    assert len(labelled) == 30
    assert sum(line in reported for line in labelled) >= 27


def test_rules_about_the_text_are_silent_on_lines_without_a_label(
    found: list[dict[str, Any]], labels: list[dict[str, Any]]
) -> None:
    labelled = {label["line"] for label in labels}
    assert [d for d in found if d["rule"] in TEXT_RULES and d["start"]["line"] not in labelled] == []


@pytest.mark.parametrize("largest", [200_000, pytest.param(2_000_000, marks=pytest.mark.nightly)])
def test_every_run_prints_the_same(shared: Path, largest: int) -> None:
    """Whatever the hash seed; of the corpus, the lists of at most so many bytes."""
    lists = [str(path) for path in sorted((shared / "corpus").glob("*.md")) if path.stat().st_size <= largest]
    assert len(lists) > 50
    outputs = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "listbot", "check", *lists, "--isolated", "--pedantic"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(command, capture_output=True, timeout=280, check=False, env=environment)
        assert done.returncode == 1, done.stderr[-2_000:]
        outputs.add(done.stdout)
    assert len(outputs) == 1
