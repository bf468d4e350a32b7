"""Real commits: what `--since` says of them. A fifth of them here, all of them in the nightly run."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.quality import changes

pytestmark = pytest.mark.shared


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.nightly)])
def test_moved_lines_say_nothing_and_added_defects_are_found(shared: Path, step: int) -> None:  # noqa: ARG001 - skips where the corpus is absent
    judged = [changes.judge(change) for change in list(changes.changes())[::step]]
    assert [one.remarks for one in judged if one.name == "only-moved" and one.verdict == "something said"] == []
    defects = [one for one in judged if one.verdict in ("found", "hint only", "missed")]
    found = [one for one in defects if one.verdict == "found"]
    assert len(found) >= changes.GOAL * len(defects), [one.remarks for one in defects if one.verdict != "found"]
    noisy = [one.remarks for one in judged if one.name == "one-line-added" and one.verdict == "something said"]
    assert len(noisy) <= changes.NOISE, noisy
