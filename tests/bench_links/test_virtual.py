"""The engine on the simulated web in virtual time: nothing is called dead that lives, and no host is overrun."""

from __future__ import annotations

from bench.links import report, virtual
from bench.links.truth import Set, links

DRAWN = Set(600, 40)
URLS = list(links(DRAWN, virtual.PORT))


def test_a_run_is_right_polite_and_the_same_each_time() -> None:
    first, second = virtual.run(DRAWN), virtual.run(DRAWN)
    assert (first.wall, first.counts, first.said) == (second.wall, second.counts, second.said)
    assert set(first.said) == set(URLS)
    score = report.score(first, URLS)
    assert (score.false, score.missed, score.unclear, score.soft) == ((), (), 0, 0)
    assert first.counts["limited"] <= 0.02 * first.counts["requests"]
    assert first.wall > 10
