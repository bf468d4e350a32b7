"""One whole check of a list's links: memory, requests, self-doubt, history. Synchronous for its callers.

urls -> answers that still hold, from the store
     -> the rest is asked, of registries and at its pages, and written down as it comes
     -> the run is kept, or discarded where our own network was at fault
     -> results with what the history says
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from listbot import __version__
from listbot.links import archive, self_doubt
from listbot.links.anchors import Places
from listbot.links.book import Book
from listbot.links.checker import Checker, Limits
from listbot.links.guard import Policy, Refused, host_in, tidy
from listbot.links.queues import Progress
from listbot.links.registries import Settings
from listbot.links.registries.asking import Asking
from listbot.links.registries.roster import registries
from listbot.links.resolver import Resolver, SystemResolver
from listbot.links.store import Store
from listbot.links.transport import MAX_BODY, Deadlines, HttpWire
from listbot.liveness import UNCHECKED, HostFacts, LinkResult, Outcome, Reason, outcome_of

PROJECT = "https://github.com/listbot/listbot"
_TICK = 0.25
_FILES = 8_192
_LARGEST_WITH_PLACES = 2_000_000
"""In bytes: the place that a link names may stand at the end of a page."""

OnTick = Callable[[Progress], None]
Dated = Callable[[str], float | None]
"""From a URL to when it came into the list, in seconds since 1970; asked only where a copy is looked for."""


class Plan(NamedTuple):
    """How links are checked."""

    store: Path
    name: str
    """What the list is called in the store: its count of links is compared with that of its last run."""
    whole: bool = True
    """All links of the list are given, so that their number can be compared."""
    limits: Limits = Limits()
    policy: Policy = Policy()
    contact: str = PROJECT
    """Where whoever runs a host finds out who asks: a URL or an address of mail."""
    user_agent: str | None = None
    refresh: bool = False
    """Ask for everything anew."""
    longest_unasked_first: bool = False
    """For lists that may not fit into one run: what was left last time goes first, and where nothing is known, as with
    a store that was lost, chance decides, so that it is not always the same links that are left."""
    registries: Settings | None = Settings()
    """How registries are asked; None: they are not, and all links are asked at their pages."""
    canaries: Sequence[str] = self_doubt.CANARIES
    fragments: bool = False
    """Look whether pages have the places that links name; what is remembered does not say it."""
    archive: str | None = None
    """The address of a web archive's index, which is asked for copies of what is gone; None: nobody is asked."""


class Session(NamedTuple):
    """What came of it."""

    results: Mapping[str, LinkResult]
    """By the URL as it was given."""
    hosts: Sequence[HostFacts]
    inconclusive: str | None
    """Why nothing can be concluded from this run."""
    stopped: Reason | None
    """`deadline` or `interrupted` where the run ended before all was asked."""
    seconds: float
    notes: Sequence[str] = ()
    """What could not be asked, and what is not seen therefore."""


def check(
    urls: Iterable[str],
    plan: Plan,
    *,
    titles: Mapping[str, str] = {},
    dated: Dated | None = None,
    on_tick: OnTick | None = None,
    resolver: Resolver | None = None,
    now: Callable[[], float] = time.time,
    chance: Random | None = None,
) -> Session:
    """Check URLs as they stand in a list. `titles` are what it calls what they lead to, by URL.

    Raises InputError where the store cannot be used.
    """
    started = time.monotonic()
    _allow_many_connections()
    tidied = {url: _tidied(url) for url in dict.fromkeys(urls)}
    wanted = list(dict.fromkeys(key for key in tidied.values() if isinstance(key, str)))
    chance = chance or Random()  # noqa: S311 - jitter
    with Store(plan.store) as store:
        places = Places({url: key for url, key in tidied.items() if isinstance(key, str)}) if plan.fragments else None
        known = {} if plan.refresh else store.remembered(wanted, now())
        known = {key: one for key, one in known.items() if places is None or key not in places.named}
        asked = [url for url in wanted if url not in known]
        if plan.longest_unasked_first:
            chance.shuffle(asked)
            asked.sort(key=lambda url: store.last_asked(url) or 0.0)
        shrunk = _shrunk(store, plan, len(wanted))
        run = store.begin(plan.name if plan.whole else f"{plan.name}\n(changes)", len(wanted), now())
        book = Book(store, run, chance)
        runner = _Runner(plan, book, resolver, now, chance, places)
        named = {key: titles[url] for url, key in tidied.items() if isinstance(key, str) and url in titles}
        facts, stopped = asyncio.run(runner.run(asked, named, on_tick))
        book.flush()
        doubt = runner.doubt or _lost(store, facts, [url for url in asked if _is_decided(book.results.get(url))])
        if doubt is not None:
            store.discard(run)
        else:
            store.keep(run)
        by_key = known | book.results
        results = {url: _with_history(store, by_key, key, url, stopped) for url, key in tidied.items()}
        if places is not None:
            results = {url: places.judged(url, result) for url, result in results.items()}
    if plan.archive is not None and doubt is None:
        results = _with_copies(results, plan, dated, resolver)
    return Session(results, facts, doubt or shrunk, stopped, time.monotonic() - started, runner.notes)


def _allow_many_connections() -> None:
    """Each open connection is an open file, and systems start programs with room for as few as 256."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _tidied(url: str) -> str | Refused:
    try:
        return str(tidy(url))
    except Refused as refusal:
        return refusal


def _shrunk(store: Store, plan: Plan, links: int) -> str | None:
    before = store.last_count(plan.name) if plan.whole else None
    if before is not None and links < before / 2:
        return f"{links:,} links, and there were {before:,} the last time; if the list was cut on purpose, run again"
    return None


def _is_decided(result: LinkResult | None) -> bool:
    """Whether a URL was asked to its end: where the run was stopped, a host under way is not a silent one."""
    return result is not None and result.reason not in UNCHECKED


def _lost(store: Store, facts: Sequence[HostFacts], urls: Sequence[str]) -> str | None:
    """Whether hosts fell silent at once that answered before; the store is only asked where some are silent."""
    if not self_doubt.silent_hosts(facts):
        return None
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(host_in(url), []).append(url)
    return self_doubt.lost_hosts(facts, store.answering(by_host))


def _with_history(
    store: Store, by_key: Mapping[str, LinkResult], key: str | Refused, url: str, stopped: Reason | None
) -> LinkResult:
    if isinstance(key, Refused):
        return LinkResult(url, outcome_of(key.reason), key.reason)
    result = by_key.get(key)
    if result is None:
        return LinkResult(key, Outcome.UNKNOWN, stopped or Reason.INTERRUPTED)
    return result._replace(standing=store.standing(key))


def _with_copies(
    results: dict[str, LinkResult], plan: Plan, dated: Dated | None, resolver: Resolver | None
) -> dict[str, LinkResult]:
    gone = {
        url: dated(url) if dated is not None else None
        for url, result in results.items()
        if result.outcome == Outcome.GONE
    }

    async def ask() -> dict[str, str]:
        wire = _wire(plan, resolver)
        try:
            return await archive.copies(wire, plan.archive or "", gone)
        finally:
            await wire.aclose()

    copies = asyncio.run(ask()) if gone else {}
    return {url: result._replace(archived=copies.get(url)) for url, result in results.items()}


def _wire(plan: Plan, resolver: Resolver | None) -> HttpWire:
    user_agent = plan.user_agent or f"listbot/{__version__} (+{plan.contact}; checks the links of curated lists)"
    largest = _LARGEST_WITH_PLACES if plan.fragments else MAX_BODY
    return HttpWire(resolver or SystemResolver(), plan.policy, user_agent, largest_body=largest)


class _Runner:
    """The part that runs in an event loop."""

    def __init__(
        self,
        plan: Plan,
        book: Book,
        resolver: Resolver | None,
        now: Callable[[], float],
        chance: Random,
        places: Places | None,
    ) -> None:
        self._places = places
        self.doubt: str | None = None
        self.notes: list[str] = []
        self._plan, self._book, self._resolver, self._now, self._chance = plan, book, resolver, now, chance

    async def run(
        self, urls: Sequence[str], titles: Mapping[str, str], on_tick: OnTick | None
    ) -> tuple[list[HostFacts], Reason | None]:
        if not urls:
            return [], None
        wire = _wire(self._plan, self._resolver)
        on_page = self._places.look if self._places is not None else None
        asking = _asking(wire, self._plan.registries, self._now)
        limits, add = self._plan.limits, self._book.add
        checker = Checker(wire, limits, add, now=self._now, chance=self._chance, on_page=on_page, asking=asking)
        ticking = asyncio.ensure_future(_tick(checker, on_tick))
        try:
            with _interruptible(checker):
                facts = await checker.check(urls, titles)
            if checker.stopped != Reason.INTERRUPTED and self_doubt.is_suspect(facts):
                patience = self_doubt.PATIENCE if checker.stopped is None else self_doubt.HASTY
                await self._doubt(wire, facts, patience)
        finally:
            ticking.cancel()
            await wire.aclose()
        self.notes = asking.notes if asking is not None else []
        return facts, checker.stopped

    async def _doubt(self, wire: HttpWire, facts: Sequence[HostFacts], patience: Deadlines) -> None:
        if not await self_doubt.canaries_answer(wire, self._plan.canaries, patience):
            silent, asked = len(self_doubt.silent_hosts(facts)), sum(host.requests > 0 for host in facts)
            self.doubt = (
                f"{silent} of {asked} hosts are silent, and so are sites that are as good as always there: "
                "this looks like our own network"
            )


def _asking(wire: HttpWire, settings: Settings | None, now: Callable[[], float]) -> Asking | None:
    return Asking(wire, registries(settings), now=now) if settings is not None else None


async def _tick(checker: Checker, on_tick: OnTick | None) -> None:
    while on_tick is not None:
        await asyncio.sleep(_TICK)
        on_tick(checker.progress())


@contextlib.contextmanager
def _interruptible(checker: Checker) -> Iterator[None]:
    """The first Ctrl-C ends the run with what is known; the second one is Python's own."""
    loop = asyncio.get_running_loop()

    def stop(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        loop.call_soon_threadsafe(checker.stop)

    try:
        before = signal.signal(signal.SIGINT, stop)
    except ValueError:  # not the main thread, which alone gets signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
