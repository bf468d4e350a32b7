"""A web and a clock that are not there: weeks pass in milliseconds, and every run is the same.

The loop's time jumps to the next timer whenever nothing is ready; `VirtualWeb` is a `Wire` that answers by the path,
with latencies that depend on the URL alone, and a token bucket a host.
"""

from __future__ import annotations

import asyncio
import math
import selectors
from collections import Counter, defaultdict
from collections.abc import Coroutine
from random import Random
from typing import Any, TypeVar

import httpx

from listbot.links.transport import Answer, Deadlines, NoAnswer
from listbot.liveness import Reason

T = TypeVar("T")


class _Skipping(selectors.SelectSelector):
    """Waits for nobody: where it would, the loop's clock is put forward instead."""

    loop: VirtualLoop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout:
            self.loop.now += timeout
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time passes only when everybody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        selector = _Skipping()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self.now


def run(main: Coroutine[Any, Any, T]) -> tuple[T, float]:
    """Run to the end; the result, and how many seconds of the loop's it took."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        result = runner.run(main)
        return result, runner.get_loop().time()


class VirtualWeb:
    """Hosts that bear so many requests a second, and pages that do what their path says."""

    def __init__(self, rates: dict[str, tuple[float, int]], default: tuple[float, int] = (20.0, 20)) -> None:
        self.requests = 0
        self.limited = 0
        self.most: Counter[str] = Counter()
        self.times: defaultdict[str, list[float]] = defaultdict(list)
        """When each host was asked."""
        self._rates, self._default = rates, default
        self._tokens: dict[str, tuple[float, float]] = {}
        self._under_way: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()

    async def fetch(self, method: str, url: httpx.URL, deadlines: Deadlines, cookie: str = "") -> Answer:  # noqa: ARG002 - the interface
        host, path = url.host, url.path
        self.requests += 1
        self.times[host].append(asyncio.get_running_loop().time())
        self._under_way[host] += 1
        self.most[host] = max(self.most[host], self._under_way[host])
        self._seen[str(url)] += 1
        try:
            if not self._has_token(host):
                await asyncio.sleep(0.05)
                self.limited += 1
                return Answer(429, {"retry-after": "1"}, "", ())
            latency = self._latency(host + path)
            patience = min(deadlines.read, deadlines.total)
            if "/timeout" in path or latency > patience:
                await asyncio.sleep(patience)
                raise NoAnswer(Reason.TIMEOUT)
            await asyncio.sleep(latency)
            return self._page(path, self._seen[str(url)])
        finally:
            self._under_way[host] -= 1

    async def forget(self, host: str) -> None:
        """There is nothing to close."""

    def _page(self, path: str, times: int) -> Answer:
        kind = path.split("/")[1]
        if kind == "reset" or (kind == "reset1" and times == 1):
            raise NoAnswer(Reason.RESET)
        if kind == "503once" and times == 1:
            return Answer(503, {"retry-after": "1"}, "", ())
        return Answer(int(kind) if kind.isdigit() else 200, {"content-type": "text/html"}, "<title>A page</title>", ())

    def _has_token(self, host: str) -> bool:
        rate, burst = self._rates.get(host, self._default)
        now = asyncio.get_running_loop().time()
        left, at = self._tokens.get(host, (float(burst), now))
        left = min(float(burst), left + rate * (now - at))
        self._tokens[host] = (left - 1 if left >= 1 else left, now)
        return left >= 1

    @staticmethod
    def _latency(name: str) -> float:
        """Log-normal: median 150 ms, 99 % below 3 s, none above 8 s."""
        return min(8.0, 0.15 * math.exp(Random(name).gauss(0.0, 1.29)))  # noqa: S311 - the same for all clients


def web_of(size: int, seed: int) -> list[str]:
    """URLs: 55 % on one host, the rest spread over 399 by Zipf; some pages with faults."""
    chance = Random(seed)  # noqa: S311 - a seed
    kinds = (
        ["ok"] * 880 + ["404"] * 50 + ["403"] * 20 + ["503once"] * 5 + ["timeout"] * 4 + ["reset1"] * 10 + ["500"] * 5
    )
    weights = [1 / rank for rank in range(1, 400)]
    small = chance.choices([f"host{number}.example" for number in range(399)], weights, k=size)
    return [
        f"http://{'big.example' if chance.random() < 0.55 else host}/{chance.choice(kinds)}/{number}"
        for number, host in enumerate(small)
    ]
