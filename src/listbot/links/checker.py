"""URLs -> results: registries first, then pages; which request goes out when, and how often a URL is asked.

Every host has a queue and a gate; a single loop starts whatever a gate lets through. A redirect is a request like any
other: it queues at the host that it leads to. What fails is asked again later in the run, first with a short deadline
and then with a long one, so that silent hosts do not make up its tail. The clock and chance are passed in; time that
passes is the event loop's.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import NamedTuple

from listbot.links import hosts, verdict
from listbot.links.gate import LONGEST_WAIT, asked_wait
from listbot.links.guard import host_in
from listbot.links.queues import HostQueue, Progress
from listbot.links.registries import Link
from listbot.links.registries.asking import Asking
from listbot.links.transport import Deadlines, NoAnswer, Wire
from listbot.links.visit import Visit
from listbot.liveness import UNCHECKED, UNSENT, Evidence, HostFacts, LinkResult, Reason

OnResult = Callable[[LinkResult], None]
OnPage = Callable[[str, str], None]
"""Called with the URL and the whole text of a page that is there."""


class Limits(NamedTuple):
    """How hard and how long a run tries. In seconds."""

    at_once: int = 256
    """Requests under way at a time, over all hosts."""
    tries: int = 3
    deadline: float | None = None
    """After this the rest is unknown."""
    short: Deadlines = Deadlines(5.0, 5.0, 8.0)
    long: Deadlines = Deadlines(8.0, 10.0, 15.0)
    again: tuple[tuple[float, float], ...] = ((0.5, 1.5), (2.0, 6.0))
    """Between which times after a failure the next try comes, for the second and the third try."""


class Checker:
    """One run over a set of URLs."""

    def __init__(
        self,
        wire: Wire,
        limits: Limits,
        on_result: OnResult,
        *,
        now: Callable[[], float],
        chance: Random,
        on_page: OnPage | None = None,
        asking: Asking | None = None,
    ) -> None:
        """`asking`: how registries are asked; None: they are not."""
        self._wire = wire
        self._asking = asking
        self._at_registries: set[str] = set()
        self._late: list[str] = []
        self._limits = limits
        self._on_result = on_result
        self._on_page = on_page
        self._now = now
        self._chance = chance
        self._hosts: dict[str, HostQueue] = {}
        self._wakes: list[tuple[float, int, HostQueue]] = []
        self._ready: list[tuple[int, int, HostQueue]] = []
        self._number = itertools.count()
        self._running: set[asyncio.Task[None]] = set()
        self._visiting: set[Visit] = set()
        self._changed = asyncio.Event()
        self.stopped: Reason | None = None
        """Why the run ended before all was asked."""
        self._started = 0.0
        self._total = self._done = 0

    async def check(self, urls: Iterable[str], titles: Mapping[str, str] = {}) -> list[HostFacts]:
        """Ask for every URL once; each must be tidy (`guard.tidy`) and given once. Results go to `on_result`. `titles`
        are what a list calls what URLs lead to."""
        self._started = self._time()
        links = []
        for url in urls:
            self._total += 1
            known = verdict.beforehand(url)
            if known is not None:
                self._tell(url, [known])
            elif self._asking is not None and self._asking.takes(link := Link(url, titles.get(url, ""))):
                links.append(link)
            elif self._asking is not None and hosts.interval_of(hosts.host_of(url)):
                self._late.append(url)
            else:
                self._host(host_in(url)).fresh.append(url)
        for host in sorted(self._hosts.values(), key=len, reverse=True):
            self._wake(host)
        self._at_registries = {link.url for link in links}
        async with asyncio.TaskGroup() as tasks:
            registries = tasks.create_task(self._ask_registries(links))
            await self._pump(tasks)
            for task in (registries, *self._running) if self.stopped is not None else ():
                task.cancel()
        self._leave_the_rest()
        return self._facts()

    def _facts(self) -> list[HostFacts]:
        """What was learned of each host, as a registry and by its pages."""
        pages = [HostFacts(h.name, h.gate.requests, h.gate.limited, h.answered) for h in self._hosts.values()]
        found: dict[str, HostFacts] = {}
        for host in (*pages, *(self._asking.facts if self._asking is not None else ())):
            before = found.get(host.host, HostFacts(host.host, 0, 0, False))
            requests, limited = before.requests + host.requests, before.limited + host.limited
            found[host.host] = HostFacts(host.host, requests, limited, before.answered or host.answered)
        return list(found.values())

    def stop(self, reason: Reason = Reason.INTERRUPTED) -> None:
        """End the run with what is known. May be called from a signal handler of the loop."""
        self.stopped = reason
        self._changed.set()

    def progress(self) -> Progress:
        """Where the run stands now."""
        left = [(host.name, len(host) + host.gate.in_flight) for host in self._hosts.values()]
        left += self._asking.waiting if self._asking is not None else ()
        waiting = sorted((host for host in left if host[1]), key=lambda host: -host[1])
        longest = max(map(self._seconds_left, self._hosts.values()), default=0.0)
        return Progress(self._done, self._total, self._time() - self._started, tuple(waiting[:3]), longest)

    def _seconds_left(self, host: HostQueue) -> float:
        """How long the URLs of a host that were not asked yet may take, at the pace that it had so far."""
        return len(host.fresh) * (self._time() - self._started) / max(1, host.gate.requests)

    # Registries -------------------------------------------------------------------------------------------------------

    async def _ask_registries(self, links: list[Link]) -> None:
        """Ask them, and only then the pages of hosts that want their requests far apart: those share their patience
        with the registry of their owner."""
        if self._asking is not None and links:
            await self._asking.ask(links, self._heard)
        while self._late:
            url = self._late.pop()
            self._go_to_page(url, [])

    def _heard(self, url: str, evidence: list[Evidence], decided: bool) -> None:
        """What registries say of a URL; where that does not decide, its page is asked too."""
        self._at_registries.discard(url)
        if decided:
            self._tell(url, evidence)
        else:
            self._go_to_page(url, evidence)
        self._changed.set()

    def _go_to_page(self, url: str, evidence: list[Evidence]) -> None:
        host = self._host(host_in(url))
        if evidence:
            host.arriving.append(Visit(url, evidence))
        else:
            host.fresh.append(url)
        self._wake(host)
        self._changed.set()

    # The loop ---------------------------------------------------------------------------------------------------------

    async def _pump(self, tasks: asyncio.TaskGroup) -> None:
        while self._done < self._total and self.stopped is None:
            now = self._time()
            if self._limits.deadline is not None and now - self._started >= self._limits.deadline:
                self.stopped = Reason.DEADLINE
                return
            self._start_ready(tasks, now)
            if self._done < self._total:  # what is closed is told at once, and may have been the last
                await self._until_something_changes(now)

    def _start_ready(self, tasks: asyncio.TaskGroup, now: float) -> None:
        """Start what may start; where not everything can, the host with the most links left first, for it ends last."""
        while self._wakes and self._wakes[0][0] <= now:
            at, _, host = heapq.heappop(self._wakes)
            if at == host.wake_at:  # else it was asked to wake earlier, and did
                heapq.heappush(self._ready, (-len(host), next(self._number), host))
        while self._ready and len(self._running) < self._limits.at_once:
            host = heapq.heappop(self._ready)[2]
            host.wake_at = None
            if host.gate.closed is not None:
                self._give_up(host, host.gate.closed, 1)
            elif (at_next := host.next_at(now)) is not None and at_next <= now:
                self._start(tasks, host, host.take(now), now)
            self._wake(host, now)

    def _start(self, tasks: asyncio.TaskGroup, host: HostQueue, visit: Visit, now: float) -> None:
        host.gate.start(now)
        self._visiting.add(visit)
        task = tasks.create_task(self._ask(host, visit))
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Only now there is room for another: told any earlier, the loop could fall asleep beside free room."""
        self._running.discard(task)
        self._changed.set()

    async def _until_something_changes(self, now: float) -> None:
        times = [self._wakes[0][0]] if self._wakes else []
        if self._limits.deadline is not None:
            times.append(self._started + self._limits.deadline)
        self._changed.clear()
        try:
            async with asyncio.timeout(max(0.0, min(times) - now) if times else None):
                await self._changed.wait()
        except TimeoutError:
            return  # it is time for what was waited for

    async def _ask(self, host: HostQueue, visit: Visit) -> None:
        long = bool(visit.evidence) or host.gate.silent
        try:
            deadlines = self._limits.long if long else self._limits.short
            answer = await self._wire.fetch(visit.method, visit.at, deadlines, visit.cookie)
        except NoAnswer as failure:
            seen: Evidence | None = visit.failed(failure.reason)
            self._note_failure(host, failure.reason, long=long)
        else:
            host.answered = True
            host.gate.answered(answer.status, answer.headers, self._time(), self._now(), len(host))
            visit.pause = asked_wait(answer.headers, self._now()) or 0.0
            seen = visit.take(answer)
            if seen is not None:
                host.gate.wall(seen.reason == Reason.BOT_WALL)
                if self._on_page is not None and answer.whole and seen.reason == Reason.OK:
                    self._on_page(visit.url, answer.text)
        self._visiting.discard(visit)
        self._go_on(visit, seen)
        self._wake(host)
        if not len(host) and not host.gate.in_flight:
            await self._wire.forget(host.name)

    def _note_failure(self, host: HostQueue, reason: Reason, *, long: bool) -> None:
        if reason in UNSENT:
            host.gate.unsent()
            return
        host.gate.unanswered()
        host.failures[reason] += 1
        if long and host.gate.silent and host.failures[reason] > 1:
            self._give_up(host, reason, 2)

    # What comes next for a URL ----------------------------------------------------------------------------------------

    def _go_on(self, visit: Visit, seen: Evidence | None) -> None:
        if seen is None:
            host = self._host(visit.host)
            host.arriving.append(visit)
            self._wake(host)
        elif seen.reason == Reason.RATE_LIMITED and visit.limited < _MOST_LIMITED:
            visit.evidence.pop()
            visit.limited += 1
            self._again(visit, min(visit.pause, LONGEST_WAIT))
        elif verdict.is_final(visit.evidence) or len(visit.evidence) >= self._tries(seen):
            self._tell(visit.url, visit.evidence)
        else:
            self._again(visit, self._delay(visit))

    def _tries(self, seen: Evidence) -> int:
        """Silence is heard out once with a long deadline; other failures are given another chance after that."""
        return min(2, self._limits.tries) if seen.reason == Reason.TIMEOUT else self._limits.tries

    def _again(self, visit: Visit, delay: float) -> None:
        visit.begin()
        host = self._host(visit.host)
        heapq.heappush(host.again, (self._time() + delay, next(self._number), visit))
        self._wake(host)

    def _delay(self, visit: Visit) -> float:
        """How long to wait at least. Another minute is a better second try than another second: while its host has URLs
        that were not asked yet, a second try lets them go first, for up to half of the time that they may take."""
        low, high = self._limits.again[min(len(visit.evidence), len(self._limits.again)) - 1]
        host = self._host(visit.host)
        left = self._seconds_left(host)
        least = max(self._chance.uniform(low, high), min(visit.pause, LONGEST_WAIT))
        visit.late = self._time() + least + self._chance.random() * min(_LATEST, left / 2)
        return least

    def _give_up(self, host: HostQueue, reason: Reason, times: int) -> None:
        """Say the same of all that waits for a host: it was asked for others of its links, and that is how it is."""
        for visit in host.drain():
            for _ in range(times):
                visit.failed(reason)
            self._tell(visit.url, visit.evidence)

    def _leave_the_rest(self) -> None:
        nothing = [Evidence(self.stopped or Reason.DEADLINE)]
        known = self._asking.decided() if self._asking is not None else {}
        for url in (*self._at_registries, *self._late):
            self._tell(url, known.get(url, nothing))
        rest = [visit for host in self._hosts.values() for visit in host.drain()] + list(self._visiting)
        for visit in rest:
            self._tell(visit.url, visit.evidence or [Evidence(self.stopped or Reason.DEADLINE)])

    def _tell(self, url: str, evidence: list[Evidence]) -> None:
        self._done += 1
        asked = self._now() if any(seen.source != "page" or seen.reason not in UNCHECKED for seen in evidence) else None
        self._on_result(verdict.judge(url, evidence)._replace(at=asked))

    # ------------------------------------------------------------------------------------------------------------------

    def _host(self, name: str) -> HostQueue:
        if name not in self._hosts:
            self._hosts[name] = HostQueue(name, hosts.interval_of(name.partition(":")[0]))
        return self._hosts[name]

    def _wake(self, host: HostQueue, now: float | None = None) -> None:
        """Look at a host when it may go on; at once where that is now."""
        now = self._time() if now is None else now
        at = host.next_at(now)
        if at is None or (host.wake_at is not None and host.wake_at <= at):
            return
        host.wake_at = at
        if at <= now:
            heapq.heappush(self._ready, (-len(host), next(self._number), host))
        else:
            heapq.heappush(self._wakes, (at, next(self._number), host))

    @staticmethod
    def _time() -> float:
        return asyncio.get_running_loop().time()


_MOST_LIMITED = 6
_LATEST = 30.0


async def run(
    wire: Wire,
    urls: Iterable[str],
    on_result: OnResult,
    limits: Limits = Limits(),  # noqa: B008 - a frozen record
    *,
    now: Callable[[], float] = time.time,
    chance: Random | None = None,
) -> list[HostFacts]:
    """Check URLs in one call: see `Checker`."""
    return await Checker(wire, limits, on_result, now=now, chance=chance or Random()).check(urls)  # noqa: S311 - jitter
