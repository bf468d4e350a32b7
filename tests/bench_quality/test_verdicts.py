"""Verdicts: what is kept, what is refused, and how they are counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.quality import verdicts
from bench.quality.verdicts import Verdict


def table(*rows: Verdict) -> dict[tuple[str, str], Verdict]:
    return {(row.id, row.reader): row for row in rows}


def both(key: str, a: str, b: str) -> tuple[Verdict, Verdict]:
    return Verdict(key, "a", a), Verdict(key, "b", b)


def test_only_what_both_find_right_is_right() -> None:
    known = table(
        *both("1", "right", "right"),
        *both("2", "right", "wrong"),
        *both("3", "unknown", "right"),
        *both("4", "unknown", "unknown"),
        *both("5", "wrong", "wrong"),
    )
    tally = verdicts.tally(["1", "2", "3", "4", "5"], known)
    assert (tally.judged, tally.right, tally.unknown, tally.precision) == (5, 1, 2, 0.2)
    assert tally.disagreed == ("2", "3")
    assert tally.false == ("2", "3", "4", "5")
    assert tally.complete


def test_a_sample_with_one_reader_missing_is_not_complete() -> None:
    known = table(*both("1", "right", "right"), Verdict("2", "a", "right"))
    tally = verdicts.tally(["1", "2"], known)
    assert (tally.of, tally.judged, tally.complete) == (2, 1, False)
    assert not verdicts.tally([], {}).complete


def test_the_second_question_is_counted_by_reader_of_what_is_right() -> None:
    known = table(
        Verdict("1", "a", "right", "", "unwanted"),
        Verdict("1", "b", "right", "", "on-purpose"),
        Verdict("2", "a", "wrong", "", "unwanted"),
    )
    assert verdicts.tally(["1", "2"], known).also == {"a": {"unwanted": 1}, "b": {"on-purpose": 1}}


def test_a_reader_who_always_says_yes_shows_on_controls() -> None:
    known = table(Verdict("c1", "b", "right"), Verdict("c2", "b", "wrong"), Verdict("c3", "a", "wrong"))
    assert verdicts.on_controls(["c1", "c2", "c3", "c4"], known) == (1, 2)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("not json", "v.jsonl:2: expected an object"),
        ('["a"]', "v.jsonl:2: expected an object"),
        ('{"id": "1", "reader": "a", "verdict": "right", "text": "of a list"}', "v.jsonl:2: expected an object"),
        ('{"id": "1", "reader": "c", "verdict": "right"}', "v.jsonl:2: the reader is a or b"),
        ('{"id": "1", "reader": "a", "verdict": "same"}', "v.jsonl:2: the reader is a or b"),
        ('{"id": "0", "reader": "a", "verdict": "wrong"}', "v.jsonl:2: reader a judged 0 on an earlier line"),
    ],
)
def test_broken_rows_are_refused(line: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        verdicts.parse(['{"id": "0", "reader": "a", "verdict": "right", "why": ""}', line], "v.jsonl")


def test_a_file_is_sorted_and_a_later_verdict_replaces(tmp_path: Path) -> None:
    path = tmp_path / "verdicts" / "some-rule.jsonl"
    assert verdicts.load(path) == {}
    verdicts.add(path, [Verdict("b", "a", "right", "same-url"), Verdict("a", "b", "unknown", "", "unwanted")])
    verdicts.add(path, [Verdict("b", "a", "wrong")])
    assert path.read_text("utf-8") == (
        '{"id": "a", "reader": "b", "verdict": "unknown", "why": "", "also": "unwanted"}\n'
        '{"id": "b", "reader": "a", "verdict": "wrong", "why": ""}\n'
    )
    assert [file.name for file in path.parent.iterdir()] == ["some-rule.jsonl"]


@pytest.mark.parametrize("path", sorted(verdicts.FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_verdicts_that_are_kept_can_be_read_and_are_sorted(path: Path) -> None:
    assert verdicts.dump(verdicts.load(path).values()) == path.read_text("utf-8")
