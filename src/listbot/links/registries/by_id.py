"""What registries alone say of links: for whoever may ask fixed hosts, by ids that were validated, and nobody else.

No page is asked, nothing is followed, and no text of the links goes out but ids: registries that search by titles are
not asked. What the list calls a work only tells, here, whether a registry speaks of the same one. Synchronous for its
callers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from listbot.links import verdict
from listbot.links.guard import Policy, Refused, tidy
from listbot.links.registries import Link, Settings
from listbot.links.registries.asking import Asking
from listbot.links.registries.roster import registries
from listbot.links.resolver import Resolver, SystemResolver
from listbot.links.transport import HttpWire
from listbot.liveness import Evidence, LinkResult, Outcome

_TELLING = frozenset({Outcome.ALIVE, Outcome.MOVED, Outcome.WITHDRAWN, Outcome.GONE})


def told(
    urls: Iterable[str],
    settings: Settings,
    user_agent: str,
    seconds: float,
    *,
    titles: Mapping[str, str] = {},
    policy: Policy = Policy(),  # noqa: B008 - a frozen record
    resolver: Resolver | None = None,
) -> dict[str, LinkResult]:
    """By URL, of those that registries decide within so many seconds. `titles`: what the list calls them, by URL."""
    links = {url: tidied for url in urls if (tidied := _tidied(url)) is not None}
    wanted = {tidied: Link(tidied, titles.get(url, "")) for url, tidied in links.items()}
    found = asyncio.run(_ask(wanted.values(), settings, user_agent, seconds, policy, resolver or SystemResolver()))
    return {url: found[tidied] for url, tidied in links.items() if tidied in found}


def _tidied(url: str) -> str | None:
    try:
        return str(tidy(url))
    except Refused:
        return None


async def _ask(
    links: Iterable[Link], settings: Settings, user_agent: str, seconds: float, policy: Policy, resolver: Resolver
) -> dict[str, LinkResult]:
    found: dict[str, LinkResult] = {}

    def hear(url: str, evidence: list[Evidence], decided: bool) -> None:
        result = verdict.judge(url, evidence)
        if decided and result.outcome in _TELLING:
            found[url] = result

    wire = HttpWire(resolver, policy, user_agent)
    asking = Asking(wire, [one for one in registries(settings) if not one.by_title])
    try:
        async with asyncio.timeout(seconds):
            await asking.ask([link for link in links if asking.takes(link)], hear)
    except TimeoutError:
        for url, evidence in asking.decided().items():
            hear(url, evidence, True)
    finally:
        await wire.aclose()
    return found
