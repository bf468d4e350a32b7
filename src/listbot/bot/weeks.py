"""What a check and people's ticks make of what is remembered; pure.

What needs a look is remembered until a check decides otherwise: a host that is blocked for a week, and a link that the
check did not reach, take nothing back. So the issue neither loses rows to a bad week nor closes on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from listbot.bot import memory
from listbot.bot.memory import LONGEST_TARGET, MOST_WITNESSES, LinkMemory, Memories, Tick
from listbot.links.verdict import STRIKES, standing
from listbot.liveness import SUSPICIONS, LinkResult, Outcome, Probe, Reason, Standing, outcome_of

IGNORED_FOR = 90 * 86_400.0
"""Seconds for which a tick at "ignore" holds."""
_STAMP = re.compile(r"/web/([0-9]{4,14})/")


def ticked(memories: Memories, chosen: Iterable[Tick], now: float) -> Memories:
    """What is remembered after people's ticks."""
    changed = dict(memories)
    for what, link in chosen:
        before = changed.get(link, LinkMemory(u=link))
        if what == "works":
            changed[link] = LinkMemory(u=link, i=before.i, a=_minute(now), w=_minute(now))
        else:
            changed[link] = before.model_copy(update={"i": _minute(now + IGNORED_FOR)})
    return changed


def after_run(
    memories: Memories, results: Iterable[LinkResult], now: float, alive: Mapping[str, float] | None = None
) -> Memories:
    """What is remembered after a run: links that are well again, or no longer in the list, are forgotten.

    `alive`: when links were last alive as far as the issue knows, by `memory.key`, in seconds since 1970.
    """
    kept: dict[str, LinkMemory] = {}
    for result in results:
        link = memory.key(result.url)
        after = _after(memories.get(link, LinkMemory(u=link)), result, (alive or {}).get(link))
        if after.i is not None and after.i <= _minute(now):
            after = after.model_copy(update={"i": None})
        if after != LinkMemory(u=link):
            kept[link] = after
    return kept


def standing_of(of: LinkMemory) -> Standing:
    """What the strikes of a link say."""
    return standing(_probes(of))


def is_quiet(of: LinkMemory) -> bool:
    """Whether people have asked to hear nothing of a link, for now."""
    return of.i is not None or (of.w is not None and not standing_of(of).dead)


def is_retracted(of: LinkMemory) -> bool:
    """Whether the publisher of a work took it back, though its page is there."""
    return of.r is not None and outcome_of(of.r) == Outcome.ALIVE


# One link -------------------------------------------------------------------------------------------------------------


def _after(before: LinkMemory, result: LinkResult, alive: float | None) -> LinkMemory:
    if result.outcome == Outcome.GONE:
        return _struck(before, result, alive)
    if result.reason in SUSPICIONS:
        return _noted(before, result)
    if result.outcome in (Outcome.BLOCKED, Outcome.UNKNOWN):
        return before
    if _is_taken_back(before) and result.source not in before.b:
        return before.model_copy(update={"g": [], "a": None})  # a page cannot say so, nor can another registry
    living = LinkMemory(u=before.u, i=before.i, w=before.w, r=before.r, d=before.d, t=before.t)
    if result.record is not None and result.record.notice is not None and result.outcome != Outcome.WITHDRAWN:
        return _noted(living, result._replace(reason=Reason.REGISTRY_PRESENT, target=None))
    if result.outcome in (Outcome.MOVED, Outcome.WITHDRAWN):
        return _noted(living, result)
    return LinkMemory(u=before.u, i=before.i)


def _struck(before: LinkMemory, result: LinkResult, alive: float | None) -> LinkMemory:
    if result.at is None or (before.w is not None and _minute(result.at) <= before.w):
        return before  # whoever vouched for it has seen what this check saw
    signs = (result.standing.last_alive, alive, _seconds(before.a))
    last = max((_minute(at) for at in signs if at is not None and at < result.at), default=None)
    strikes = [at for at in before.g if last is None or at > last]
    known = before.model_copy(update={"a": last, "g": strikes, "c": _copied(result) or before.c})
    counted = standing([*_probes(known), Probe(result.at, Outcome.GONE, result.reason)]).strikes
    if len(strikes) < min(counted, STRIKES):
        known = known.model_copy(update={"g": [*strikes, _minute(result.at)]})
    return _noted(known, result).model_copy(update={"d": None})


def _noted(before: LinkMemory, result: LinkResult) -> LinkMemory:
    """A memory with what was found, dated from when it was first found so."""
    target = result.target if result.target is not None and len(result.target) <= LONGEST_TARGET else None
    same = before.d is not None and (before.r, before.t) == (result.reason, target)
    first = before.d if same or result.at is None else _minute(result.at)
    found = {"r": result.reason, "b": _sources(result), "d": first, "t": target, "s": result.certain}
    return before.model_copy(update=found)


def _sources(result: LinkResult) -> list[str]:
    return list(result.witnesses or (result.source,))[:MOST_WITNESSES]


def _is_taken_back(of: LinkMemory) -> bool:
    return of.r == Reason.REGISTRY_WITHDRAWN or is_retracted(of)


def _copied(result: LinkResult) -> str | None:
    found = _STAMP.search(result.archived or "")
    return found[1] if found is not None else None


def _probes(of: LinkMemory) -> list[Probe]:
    """Strikes come after the sign of life, though both may be of one minute."""
    alive = [Probe(of.a * 60.0 - 1.0, Outcome.ALIVE, Reason.OK)] if of.a is not None else []
    return alive + [Probe(at * 60.0, Outcome.GONE, Reason.STATUS_404) for at in of.g]


def _minute(seconds: float) -> int:
    return int(seconds // 60)


def _seconds(minute: int | None) -> float | None:
    return None if minute is None else minute * 60.0
