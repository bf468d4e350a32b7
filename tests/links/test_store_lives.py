"""Any life of a store: runs that are kept, spoiled or killed, histories from elsewhere, a file that is opened again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from listbot.links import history_file
from listbot.links.store import DAY, Store
from listbot.liveness import LinkResult, Outcome, Probe, Reason, outcome_of

URL = "https://site.example/a"
ALIVE = (Outcome.ALIVE, Outcome.MOVED, Outcome.WITHDRAWN)


class Lives(RuleBasedStateMachine):
    """`believed` is what counts: the probes of runs that were kept, here or elsewhere."""

    @initialize()
    def a_store_is_made(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "links.sqlite"
        self.store = Store(self.path)
        self.chance = Random(1)  # noqa: S311 - a seed
        self.now = 0.0
        self.believed: list[Probe] = []

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def _run(self, reason: Reason) -> int:
        """A run asks once; no two at the same moment."""
        self.now += 1.0
        run = self.store.begin("list", 1, self.now)
        self.store.add(run, [LinkResult(URL, outcome_of(reason), reason, at=self.now)], self.chance)
        return run

    @rule(days=st.floats(min_value=0.0, max_value=9.0))
    def time_passes(self, days: float) -> None:
        self.now += days * DAY

    @rule(reason=st.sampled_from(Reason))
    def a_run_is_kept(self, reason: Reason) -> None:
        self.store.keep(self._run(reason))
        self.believed.append(Probe(self.now, outcome_of(reason), reason))

    @rule(times=st.integers(min_value=1, max_value=3))
    def it_is_gone_for_weeks(self, times: int) -> None:
        for _ in range(times):
            self.now += 4 * DAY
            self.a_run_is_kept(Reason.STATUS_404)

    @rule(reason=st.sampled_from(Reason))
    def our_network_spoils_a_run(self, reason: Reason) -> None:
        self.store.discard(self._run(reason))

    @rule(reason=st.sampled_from(Reason))
    def a_run_is_killed(self, reason: Reason) -> None:
        self._run(reason)
        self.the_store_is_opened_again()

    @rule()
    def the_store_is_opened_again(self) -> None:
        self.store.close()
        self.store = Store(self.path)

    @rule()
    def the_history_moves_to_another_machine(self) -> None:
        lines = list(history_file.written(self.store.dossiers()))
        self.store.close()
        self.path = self.path.with_name(f"{self.path.stem}x.sqlite")
        self.store = Store(self.path)
        self.store.merge(history_file.read(lines, "state.jsonl"))

    @invariant()
    def dead_is_three_times_gone_days_apart_and_never_alive_between(self) -> None:
        if not hasattr(self, "store"):
            return
        strikes: list[float] = []
        for probe in self.believed:
            if probe.outcome in ALIVE:
                strikes = []
            elif probe.outcome == Outcome.GONE and (not strikes or probe.at - strikes[-1] >= 3 * DAY):
                strikes.append(probe.at)
        standing = self.store.standing(URL)
        assert (standing.strikes, standing.dead) == (len(strikes), len(strikes) >= 3)
        assert standing.last_alive == max((p.at for p in self.believed if p.outcome in ALIVE), default=None)

    @invariant()
    def no_failure_is_answered_from_memory(self) -> None:
        if hasattr(self, "store"):
            for result in self.store.remembered([URL], self.now).values():
                assert result.outcome != Outcome.GONE
                assert result.at is not None
                assert self.now - result.at <= 8.1 * DAY


TestLives = Lives.TestCase
