"""What waits for each host, and what a run learned of it."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from typing import NamedTuple

from listbot.links.gate import Gate
from listbot.links.visit import Visit
from listbot.liveness import Reason


class Progress(NamedTuple):
    """Where a run stands."""

    done: int
    total: int
    seconds: float
    waiting: tuple[tuple[str, int], ...]
    """The hosts with the most links left, those under way included, and how many."""
    left: float = 0.0
    """Seconds that the slowest host takes for what is queued there, at the pace that it had so far; 0 where nobody
    can say."""

    @property
    def rate(self) -> float:
        return self.done / self.seconds if self.seconds else 0.0


class HostQueue:
    """The queue of one host: hops that arrive go first, then second tries that are late, then URLs not asked yet."""

    def __init__(self, name: str, interval: float) -> None:
        self.name = name
        self.gate = Gate(interval)
        self.arriving: deque[Visit] = deque()
        self.fresh: deque[str] = deque()
        self.again: list[tuple[float, int, Visit]] = []
        """Second tries, by when they may come at the earliest."""
        self.answered = False
        self.failures: Counter[Reason] = Counter()
        """Why requests had no answer, and how often."""
        self.wake_at: float | None = None
        """When the run looks at this host next."""

    def __len__(self) -> int:
        return len(self.arriving) + len(self.fresh) + len(self.again)

    def next_at(self, now: float) -> float | None:
        """When this host has something to ask and may; None where nothing waits or the window is full."""
        if self.gate.closed is not None:
            return now if len(self) else None
        ready = self.gate.ready_at(now) if len(self) else None
        if ready is None or self.arriving or self.fresh:
            return ready
        return max(ready, self.again[0][0])

    def take(self, now: float) -> Visit:
        """The next one to ask."""
        if self.arriving:
            return self.arriving.popleft()
        if self.again and self.again[0][0] <= now and (not self.fresh or self.again[0][2].late <= now):
            return heapq.heappop(self.again)[2]
        return Visit(self.fresh.popleft())

    def drain(self) -> list[Visit]:
        """All that waits."""
        waiting = [*self.arriving, *(entry[2] for entry in self.again), *map(Visit, self.fresh)]
        self.arriving.clear()
        self.again.clear()
        self.fresh.clear()
        return waiting
