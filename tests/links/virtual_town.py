"""The impostors of all registries, and pages beside them, on an event loop whose time jumps: one wire for both."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from random import Random

import httpx

from listbot.links.checker import Checker, Limits
from listbot.links.registries import Settings
from listbot.links.registries.asking import Asking
from listbot.links.registries.roster import registries
from listbot.links.transport import Answer, Deadlines, NoAnswer
from listbot.liveness import HostFacts, LinkResult, Reason
from tests.links import virtual
from tests.links.registries.github import TOKEN
from tests.links.registries.town import Town

LATENCY = 0.2
OK = Answer(200, {"content-type": "text/html"}, "<title>A page</title>", (), whole=True)
TOKENS = {"github": TOKEN}

Pages = Callable[[str], Answer]


class VirtualTown:
    """A wire to the impostors, at their own hosts; whatever else is asked gets what `pages` says of its URL."""

    def __init__(self, town: Town, pages: Pages = lambda _url: OK) -> None:
        self.town = town
        self.pages: Counter[str] = Counter()
        """How often each page was asked, by URL."""
        self.most: Counter[str] = Counter()
        """The most requests that were under way at a time, by host."""
        self._under_way: Counter[str] = Counter()
        self._of = pages
        self._by_host = {one.host: one for one in town.all}

    async def ask(
        self, method: str, url: httpx.URL, deadlines: Deadlines, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        """A registry's answer."""
        impostor = self._by_host[url.host]
        at = asyncio.get_running_loop().time()
        self._under_way[url.host] += 1
        self.most[url.host] = max(self.most[url.host], self._under_way[url.host])
        try:
            given = {"user-agent": "listbot-test", **headers}
            answer = impostor.virtual_answer(method, url.raw_path.decode(), given, body.decode(), at)
            await asyncio.sleep(LATENCY)
        finally:
            self._under_way[url.host] -= 1
        if answer.status == 0:
            await asyncio.sleep(deadlines.total)
            raise NoAnswer(Reason.TIMEOUT)
        return answer

    async def fetch(self, method: str, url: httpx.URL, deadlines: Deadlines, cookie: str = "") -> Answer:  # noqa: ARG002 - the interface
        """A page."""
        self.pages[str(url)] += 1
        await asyncio.sleep(LATENCY)
        return self._of(str(url))

    async def forget(self, host: str) -> None:
        """There is nothing to close."""

    @property
    def requests(self) -> int:
        """All of them."""
        return sum(self.town.requests.values()) + self.pages.total()

    def check(
        self,
        titles: Mapping[str, str],
        urls: Iterable[str] | None = None,
        limits: Limits = Limits(),  # noqa: B008 - a frozen record
    ) -> tuple[dict[str, LinkResult], list[HostFacts], float]:
        """Links with their titles -> results by URL, what was learned of hosts, and seconds."""

        async def main() -> tuple[dict[str, LinkResult], list[HostFacts]]:
            found: list[LinkResult] = []
            asking = Asking(self, registries(Settings(tokens=TOKENS)), now=lambda: 0.0)
            chance = Random(1)  # noqa: S311 - a seed
            checker = Checker(self, limits, found.append, now=lambda: 0.0, chance=chance, asking=asking)
            facts = await checker.check(list(titles if urls is None else urls), titles)
            return {result.url: result for result in found}, facts

        (results, facts), seconds = virtual.run(main())
        return results, facts, seconds
