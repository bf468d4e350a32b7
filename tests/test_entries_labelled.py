"""The entries of real lists, as four readers labelled them: each part at the share that the project promises."""

from __future__ import annotations

import pytest
from bench.quality import entries

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not entries.SHARED.is_dir(), reason="the labelled entries are kept beside the repository"),
]


def test_every_part_reaches_its_goal() -> None:
    right, total, misses = entries.scores()
    shares = {part: right[part, False] / total[part, False] for part in entries.GOALS}
    assert all(shares[part] >= goal for part, goal in entries.GOALS.items()), (shares, misses)
