"""The longest part of a row that is in order, against trying every part."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.subsequences import longest_sorted


@pytest.mark.parametrize("strictly", [False, True])
@given(keys=st.lists(st.integers(0, 4), max_size=8))
def test_it_is_in_order_and_none_is_longer(keys: list[int], strictly: bool) -> None:
    def in_order(part: tuple[int, ...]) -> bool:
        return all(one < other or (one == other and not strictly) for one, other in pairwise(part))

    kept = sorted(longest_sorted(keys, strictly=strictly))
    assert in_order(tuple(keys[position] for position in kept))
    assert not any(in_order(part) for part in combinations(keys, len(kept) + 1))
