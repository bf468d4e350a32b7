"""Links -> what registries say of them: the only one that asks registries.

Ids are collected until a batch is full, or until nobody is left who could add to it; each is asked once of each
registry, however many links have it. What a registry does not know goes on to the next one of its chain
(`rules/data/registries.toml`), and what none decides is handed back, for its page to be asked.

One owner's registries share a gate: requests stand `interval` apart, and so many are under way at a time. A refusal
(403, 429) ends it for that owner and for this run. A batch that one id spoils is asked again in halves; so is one that
was not answered, or not in the documented form, until so many in a row were not that no id can be the reason: then that
registry is left alone. Silence is never evidence that anything is gone.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from listbot import works
from listbot.links import guard, hosts
from listbot.links.gate import asked_wait
from listbot.links.registries import Absent, Empty, Garbled, Link, Refused, Registry, Request, Spoiled, Word
from listbot.links.registries.chains import Chain, documented, gates_of, owner_of, upstream_of
from listbot.links.registries.desks import Desk, Trail
from listbot.links.transport import Answer, ApiWire, Deadlines, NoAnswer
from listbot.liveness import UNSENT, Evidence, HostFacts, Outcome, Reason, outcome_of

if TYPE_CHECKING:
    import httpx

_LONGEST_FAULT = 20.0
"""Seconds."""
PATIENCE = Deadlines(10.0, 20.0, 30.0)
"""arXiv takes several seconds for a hundred ids."""


OnAnswer = Callable[[str, list[Evidence], bool], None]
"""Called once for each URL with what registries said of it, and whether that decides."""


class Asking:
    """One run over a set of links."""

    def __init__(
        self,
        wire: ApiWire,
        registries: Sequence[Registry],
        *,
        chains: Mapping[str, Chain] | None = None,
        now: Callable[[], float] = time.time,
        patience: Deadlines = PATIENCE,
    ) -> None:
        self._wire = wire
        self._chains = chains if chains is not None else documented()
        self._now = now
        self._patience = patience
        gates = gates_of(registries)
        self._desks = {registry.name: Desk(registry, gates[owner_of(registry.host)]) for registry in registries}
        self._upstream = upstream_of(self._chains)
        self._open: dict[str, Trail] = {}
        self._unasked: dict[str, str] = {}
        """Registries that are not asked at all, and why."""
        self._on_answer: OnAnswer = _forget
        self._changed = asyncio.Event()

    def takes(self, link: Link) -> bool:
        """Whether a registry can be asked for a link."""
        for name in self._chain(link).ask:
            if name in self._desks and (why := self._desks[name].registry.unasked()):
                self._unasked[name] = why
        return any(True for _ in self._asked(self._chain(link), link))

    @property
    def waiting(self) -> list[tuple[str, int]]:
        """The registries with ids to ask, and how many."""
        return [(desk.host, len(desk)) for desk in self._desks.values() if len(desk)]

    @property
    def notes(self) -> list[str]:
        """What could not be asked, and what is not seen therefore: a line a registry."""
        locked = {name: "it refuses the token (401)" for name, desk in self._desks.items() if desk.locked}
        unseen = {name: desk.registry.unseen for name, desk in self._desks.items()}
        return [f"not asked, {name}: {why}; {unseen[name]}" for name, why in (self._unasked | locked).items()]

    @property
    def facts(self) -> list[HostFacts]:
        """What the run learned of the registries' hosts; of those that were asked."""
        return [desk.facts for desk in self._desks.values() if desk.requests]

    def decided(self) -> Mapping[str, list[Evidence]]:
        """Of the links that were not handed back yet, those that a registry knows; what was still to come would only
        have added to it. For a run that was stopped."""
        return {url: trail.evidence()[0] for url, trail in self._open.items() if trail.is_decided}

    async def ask(self, links: Iterable[Link], on_answer: OnAnswer) -> None:
        """Ask for links that it `takes`, each URL once. May be called once."""
        self._on_answer = on_answer
        for link in links:
            chain = self._chain(link)
            trail = Trail(link, [self._desks[name] for name in self._asked(chain, link)], chain.pages)
            self._open[link.url] = trail
            self._advance(trail)
        async with asyncio.TaskGroup() as tasks:
            while self._open:
                wake = self._start_ready(tasks)
                if self._open:
                    await self._until_something_changes(wake)

    # Which registries -------------------------------------------------------------------------------------------------

    def _chain(self, link: Link) -> Chain:
        """Nobody's for a copy of a work's page in an archive, and for what only leads to it: that the work is there
        does not say that these are, nor the contrary."""
        work = works.of(link.url)
        shown_by = works.family_of_host(hosts.host_of(link.url))
        if work is None or shown_by is None:
            return _NOBODY
        is_front_end = work.family == "arxiv" and shown_by not in ("arxiv", "doi")
        return self._chains.get(shown_by if is_front_end else work.family, _NOBODY)

    def _asked(self, chain: Chain, link: Link) -> Iterable[str]:
        return (name for name in chain.ask if self._is_asked(name, link))

    def _is_asked(self, name: str, link: Link) -> bool:
        return name in self._desks and self._desks[name].registry.identifier(link) is not None

    # The loop ---------------------------------------------------------------------------------------------------------

    def _start_ready(self, tasks: asyncio.TaskGroup) -> float | None:
        """Start what may start; the time at which something else may, None where only an answer can change that."""
        wake: float | None = None
        for desk in list(self._desks.values()):
            while (ids := desk.next_batch(partial=not self._is_fed(desk))) is not None:
                now = asyncio.get_running_loop().time()
                at = desk.gate.ready_at(now)
                if at is None:
                    break
                if at > now:
                    wake = at if wake is None else min(wake, at)
                    break
                desk.take(ids)
                self._send(tasks, desk, ids, now)
        return wake

    def _send(self, tasks: asyncio.TaskGroup, desk: Desk, ids: list[str], now: float) -> None:
        """Ask, or, where ids are so long that no server takes the request, halve the batch."""
        asked = desk.with_witnesses(ids)
        request = desk.registry.request(asked)
        try:
            url = guard.tidy(request.url)
        except guard.Refused:
            self._halve(desk, ids)
            return
        desk.requests += 1
        desk.gate.start(now)
        tasks.create_task(self._ask(desk, ids, asked, request, url))

    def _is_fed(self, desk: Desk) -> bool:
        """Whether another registry may still hand links on to this one, so that a batch is worth waiting for."""
        return any(
            name in self._desks and self._desks[name].is_busy for name in self._upstream.get(desk.registry.name, ())
        )

    async def _until_something_changes(self, wake: float | None) -> None:
        self._changed.clear()
        now = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(max(0.0, wake - now) if wake is not None else None):
                await self._changed.wait()
        except TimeoutError:
            return  # it is time for what was waited for

    async def _ask(self, desk: Desk, ids: list[str], asked: list[str], request: Request, url: httpx.URL) -> None:
        """`asked` are the ids and their witnesses."""
        try:
            answer = await self._wire.ask(request.method, url, self._patience, request.headers, request.body)
        except NoAnswer as failure:
            desk.unanswered()
            desk.requests -= failure.reason in UNSENT
            self._fault(desk, ids, is_silent=True)
        else:
            desk.answered(answer, asyncio.get_running_loop().time(), self._now())
            self._read(desk, ids, asked, answer)
            if desk.gate.closed is not None:
                self._close(desk, limited=desk.gate.closed == Reason.RATE_LIMITED)
        self._changed.set()

    def _read(self, desk: Desk, ids: list[str], asked: list[str], answer: Answer) -> None:
        if answer.status in desk.registry.refusals or self._asks_for_patience(answer):
            desk.locked = answer.status == 401
            self._close(desk, limited=answer.status == 429)
            self._leave(desk, ids)
            return
        try:
            if answer.status >= 500 and answer.status not in desk.registry.speaks_at:
                raise Garbled
            said = desk.heard(asked, answer)
        except Spoiled:
            desk.spoiled += 1
            self._halve(desk, ids)
        except Garbled:
            self._fault(desk, ids, is_silent=answer.status == 503)
        except Empty:
            self._again(desk, ids)
        except Refused:
            self._close(desk, limited=True)
            self._leave(desk, ids)
        else:
            desk.faults = desk.silences = desk.spoiled = 0
            for identifier in ids:
                self._said(desk, identifier, said.get(identifier))

    def _asks_for_patience(self, answer: Answer) -> bool:
        """Whether a registry is out of order for longer than a run waits: the next one is asked instead."""
        return answer.status >= 500 and (asked_wait(answer.headers, self._now()) or 0.0) > _LONGEST_FAULT

    # What comes of a batch --------------------------------------------------------------------------------------------

    def _fault(self, desk: Desk, ids: list[str], *, is_silent: bool) -> None:
        desk.faults += 1
        desk.silences += is_silent
        self._halve(desk, ids)

    def _again(self, desk: Desk, ids: list[str]) -> None:
        if desk.closed:
            self._leave(desk, ids)
        else:
            desk.again(ids)

    def _halve(self, desk: Desk, ids: list[str]) -> None:
        if desk.is_hopeless:
            desk.closed = True
            self._empty(desk)
        if len(ids) == 1 or desk.closed:
            self._leave(desk, ids)
        else:
            desk.split(ids)

    def _close(self, desk: Desk, *, limited: bool) -> None:
        """This owner wants no more requests: nothing more goes to any of its registries."""
        for other in self._desks.values():
            if other.gate is desk.gate and not other.closed:
                other.closed, other.refused = True, limited
                self._empty(other)

    def _empty(self, desk: Desk) -> None:
        for identifier in desk.drain():
            self._said(desk, identifier, None)

    def _leave(self, desk: Desk, ids: list[str]) -> None:
        for identifier in ids:
            self._said(desk, identifier, None)

    def _said(self, desk: Desk, identifier: str, said: Word | Absent | None) -> None:
        for trail in desk.settle(identifier, said):
            self._hear(trail, desk, said)

    # What comes next for a link ---------------------------------------------------------------------------------------

    def _advance(self, trail: Trail) -> None:
        """Hand a link on to the next registry, or back."""
        while trail.left:
            desk = trail.left.pop(0)
            identifier = desk.registry.identifier(trail.link)
            if identifier is None or desk.closed:
                continue
            if not desk.join(identifier, trail):
                self._hear(trail, desk, desk.said[identifier])
            return
        self._end(trail)

    def _hear(self, trail: Trail, desk: Desk, said: Word | Absent | None) -> None:
        word = desk.registry.judged(trail.link, said) if isinstance(said, Word) else None
        if word is not None:
            trail.hear(desk.registry.name, word)
            self._go_on_alive(trail, desk.registry.name, word)
        elif isinstance(said, Absent):
            trail.miss(desk.registry.name, said)
        if trail.is_gone:
            trail.left = []
        self._advance(trail)

    def _go_on_alive(self, trail: Trail, source: str, word: Word) -> None:
        """A registry knows the work. What follows may confirm it or add to it, and nothing else is asked."""
        chain = self._chain(trail.link)
        if trail.is_decided:
            return
        trail.is_decided = True
        self._bear_witness(chain, trail)
        needed = chain.confirm.get(word.reason)
        trail.unconfirmed = needed or ""
        names = [needed] if needed else []
        if outcome_of(word.reason) == Outcome.ALIVE or needed:
            names += chain.then
        trail.left = [self._desks[name] for name in names if name != source and self._is_asked(name, trail.link)]

    def _bear_witness(self, chain: Chain, trail: Trail) -> None:
        """For who is not asked any more about this link."""
        for desk in (self._desks[name] for name in chain.ask if name in self._desks):
            identifier = desk.registry.identifier(trail.link) if desk.registry.witnesses else None
            if identifier is not None and desk.registry.is_witness(identifier):
                desk.known[identifier] = None

    def _end(self, trail: Trail) -> None:
        del self._open[trail.link.url]
        evidence, decided = trail.evidence()
        self._on_answer(trail.link.url, evidence, decided)


_NOBODY = Chain(())


def _forget(_url: str, _evidence: list[Evidence], _decided: bool) -> None:
    """Nobody asked yet."""
