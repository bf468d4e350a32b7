"""listbot's politeness against the same web in virtual time: what a run would take on a machine of no load at all.

The web's hosts decide as they do on sockets (`web.Web.ask`); the engine of listbot runs unchanged, on an event loop
whose clock jumps to whatever comes next. Ten thousand links take two seconds of CPU and give the same figures each
time, so that what a change of manners gains is seen through the noise of a machine.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from random import Random
from typing import TYPE_CHECKING

from bench.links.tools import Run, outcome_said
from bench.links.truth import Set, address, links
from bench.links.web import Reply, Web
from listbot.links.checker import Checker, Limits
from listbot.links.transport import Answer, Deadlines, NoAnswer
from listbot.liveness import LinkResult, Reason

if TYPE_CHECKING:
    import httpx

PORT = 8_000
_BODY_SECONDS = 2.0
"""After this a slow body is left alone, as `listbot.links.transport` does it."""
_EPOCH = 1.7e9


class _Skipping(selectors.DefaultSelector):
    """Waits for nothing, and counts the seconds that it was asked to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.skipped += max(0.0, timeout or 0.0)
        ready: list[tuple[selectors.SelectorKey, int]] = super().select(0)
        return ready


class _Loop(asyncio.SelectorEventLoop):
    """An event loop whose time passes only while it would wait."""

    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.skipped


class _Wire:
    """A wire without wires: asks the web's hosts directly."""

    def __init__(self, web: Web, hosts: int) -> None:
        self._web = web
        self._numbers = {address(number): number for number in range(hosts)}

    async def fetch(self, method: str, url: httpx.URL, deadlines: Deadlines, cookie: str = "") -> Answer:  # noqa: ARG002 - no page here sets cookies
        host = self._web.hosts[self._numbers[url.host]]
        host.flying += 1
        host.most = max(host.most, host.flying)
        try:
            wait, reply = self._web.ask(host, method, url.path, asyncio.get_running_loop().time())
            answer = await self._answer(method, wait, reply, deadlines)
            self._web.told(host, reply, asyncio.get_running_loop().time())
            return answer
        finally:
            host.flying -= 1

    async def _answer(self, method: str, wait: float, reply: Reply, deadlines: Deadlines) -> Answer:
        patience = min(deadlines.read, deadlines.total)
        await asyncio.sleep(patience if reply.silent else min(wait, patience))
        if reply.silent or wait > patience:
            raise NoAnswer(Reason.TIMEOUT)
        if reply.reset:
            raise NoAnswer(Reason.RESET)
        status, *lines = reply.head.decode("ascii").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
        is_read = method == "GET" and headers["content-type"].startswith("text/")
        if is_read and reply.slow:
            await asyncio.sleep(_BODY_SECONDS)
        return Answer(int(status.split()[1]), headers, reply.body[:65_536].decode() if is_read else "", ())

    async def forget(self, host: str) -> None:
        """There is nothing open."""


def run(drawn: Set) -> Run:
    """Check a set; chance is seeded too. `wall` is virtual, `cpu` is the simulation's too, `peak` is absent."""
    started = time.process_time()
    with asyncio.Runner(loop_factory=_Loop) as runner:
        seconds, results, counts = runner.run(_run(drawn))
    said = {result.url: outcome_said(result.outcome, result.reason) for result in results}
    return Run(0, seconds, time.process_time() - started, 0.0, said, counts)


async def _run(drawn: Set) -> tuple[float, list[LinkResult], dict[str, int]]:
    web = Web(drawn.hosts)
    web.port = PORT
    web.begin(calm=drawn.calm)
    results: list[LinkResult] = []
    loop = asyncio.get_running_loop()
    started = loop.time()
    chance = Random(drawn.seed)  # noqa: S311 - the same run each time is the point
    wire = _Wire(web, drawn.hosts)
    checker = Checker(wire, Limits(), results.append, now=lambda: _EPOCH + loop.time(), chance=chance)
    await checker.check(list(links(drawn, PORT)))
    return loop.time() - started, results, web.figures()
