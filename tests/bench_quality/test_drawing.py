"""A sample is the same every time, no list dominates it, and little of it changes when a finding comes or goes."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from bench.quality.drawing import digest, draw, shuffled
from hypothesis import given
from hypothesis import strategies as st


class One(NamedTuple):
    id: str
    repo: str


MANY = [One(f"big-{n}", "a/big") for n in range(500)] + [One(f"{repo}-{n}", repo) for repo in "bcd" for n in range(4)]
ones = st.lists(st.builds(One, st.text("abc", max_size=3), st.sampled_from(["x/x", "y/y", "z/z"])), max_size=40)


def test_a_huge_list_does_not_dominate() -> None:
    drawn = draw(MANY, 16, seed=1)
    assert Counter(one.repo for one in drawn) == {"a/big": 4, "b": 4, "c": 4, "d": 4}
    assert len(draw(MANY, 100, seed=1)) == 100


def test_the_seed_decides() -> None:
    assert draw(MANY, 16, seed=1) == draw(list(reversed(MANY)), 16, seed=1)
    assert draw(MANY, 16, seed=1) != draw(MANY, 16, seed=2)


def test_one_finding_more_changes_at_most_one_of_its_list() -> None:
    before = draw(MANY, 16, seed=1)
    for number in range(20):
        after = draw([*MANY, One(f"new-{number}", "a/big")], 16, seed=1)
        assert len(set(before) - set(after)) <= 1


@given(ones, st.integers(0, 50), st.integers(0, 3))
def test_a_sample_is_of_the_candidates_and_each_list_has_each_id_once(all_of: list[One], size: int, seed: int) -> None:
    drawn = draw(all_of, size, seed)
    assert len(drawn) == len(set(drawn)) == min(size, len(set(all_of)))
    assert set(drawn) <= set(all_of)


@given(ones)
def test_shuffling_loses_nothing(all_of: list[One]) -> None:
    assert Counter(shuffled(all_of, 1)) == Counter(all_of)


def test_a_digest_stays_what_it_was() -> None:
    """Verdicts are kept under it: a change of the hash would lose them all."""
    assert digest("a", "b") == "ffc151170352baa3"
    assert digest("ab") != digest("a", "b")
