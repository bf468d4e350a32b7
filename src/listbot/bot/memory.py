"""What the weekly issue remembers of links: strikes, last signs of life, and what people ticked.

It is kept in the issue itself, compressed in a comment at its end, so that it outlives every cache. Only links that
fail, or that somebody has spoken for, are remembered. Dates are minutes since 1970: strikes are days apart.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from listbot.links.verdict import STRIKES, standing
from listbot.liveness import LinkResult, Outcome, Probe, Reason, Standing

IGNORED_FOR = 90 * 86_400.0
"""Seconds for which a tick at "ignore" holds."""
_MOST = 5_000
"""Links; no list has so many that fail and a reader for them."""
_MAX_WRITTEN = 24_000
"""Bytes of a body that the memory may take: 1,000 links with three strikes each."""
_MAX_INFLATED = 2_000_000
_KEPT = re.compile(r"<!-- listbot:history (?P<payload>[A-Za-z0-9+/=]{0,60000}) -->")
_TICK = re.compile(r"^\s*[-*+] \[[xX]\] <!-- listbot:(?P<what>works|ignore)=(?P<link>[0-9a-f]{16}) -->", re.MULTILINE)

Minute = Annotated[int, Field(ge=0, le=10**9)]


class LinkMemory(BaseModel):
    """One link; times in minutes since 1970. Names are short because there are many."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    u: str = Field(pattern=r"^[0-9a-f]{16}$")
    """Hash of the URL."""
    g: list[Minute] = Field(default=[], max_length=STRIKES)
    """Strikes: when it was found gone."""
    a: Minute | None = None
    """When it was last known to be alive."""
    i: Minute | None = None
    """Somebody wants to hear nothing of it until then."""
    w: Minute | None = None
    """When somebody said that it works for them. Since then only three new strikes bring it back."""


class _Kept(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    links: list[LinkMemory] = Field(max_length=_MOST)


Memories = Mapping[str, LinkMemory]
"""By the hash of the URL."""


class Tick(NamedTuple):
    """A checkbox that somebody has ticked."""

    what: str
    """`works` or `ignore`."""
    link: str
    """The hash of the URL."""


def key(url: str) -> str:
    """16 hexadecimal digits by which a link is known in the issue."""
    return hashlib.blake2b(url.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def checkbox(what: str, link: str) -> str:
    """The hidden part of a checkbox."""
    return f"<!-- listbot:{what}={link} -->"


def written(memories: Memories) -> str:
    """The comment at the end of the issue. Where there is too much, links with the fewest strikes are forgotten, and
    what people have said last of all: a machine counts strikes again, and nobody ticks a box twice."""
    kept = sorted(memories.values(), key=lambda memory: (not _is_spoken_for(memory), -len(memory.g), memory.u))[:_MOST]
    while True:
        comment = f"<!-- listbot:history {_packed(kept)} -->"
        if len(comment) <= _MAX_WRITTEN:
            return comment
        kept = kept[: len(kept) * 9 // 10]


def _is_spoken_for(memory: LinkMemory) -> bool:
    return memory.i is not None or memory.w is not None


def _packed(memories: list[LinkMemory]) -> str:
    kept = _Kept(links=sorted(memories, key=lambda memory: memory.u))
    packed = zlib.compress(kept.model_dump_json(exclude_defaults=True).encode("ascii"), 9)
    return base64.b64encode(packed).decode("ascii")


def read(body: str) -> Memories:
    """What an issue remembers; nothing where somebody has been at it."""
    found = list(_KEPT.finditer(body))
    if not found:
        return {}
    try:
        packed = base64.b64decode(found[-1]["payload"], validate=True)
        kept = _Kept.model_validate_json(zlib.decompressobj().decompress(packed, _MAX_INFLATED))
    except (binascii.Error, zlib.error, ValidationError):
        return {}
    return {memory.u: memory for memory in kept.links}


def ticks(body: str, known: Collection[str]) -> list[Tick]:
    """The ticked checkboxes, as far as they are ours: an id that is no link's of the list means nothing."""
    return [Tick(t["what"], t["link"]) for t in _TICK.finditer(body) if t["link"] in known]


def ticked(memories: Memories, chosen: Iterable[Tick], now: float) -> Memories:
    """What is remembered after people's ticks."""
    changed = dict(memories)
    for what, link in chosen:
        memory = changed.get(link, LinkMemory(u=link))
        if what == "works":
            minute = _minute(now)
            changed[link] = memory.model_copy(update={"g": [], "a": minute, "w": minute})
        else:
            changed[link] = memory.model_copy(update={"i": _minute(now + IGNORED_FOR)})
    return changed


def after_run(memories: Memories, results: Iterable[LinkResult], now: float) -> Memories:
    """What is remembered after a run: links that are alive again, or no longer in the list, are forgotten.

    An answer that says nothing (blocked, unknown) leaves a memory as it is.
    """
    kept: dict[str, LinkMemory] = {}
    for result in results:
        link = key(result.url)
        memory = memories.get(link, LinkMemory(u=link))
        if result.outcome == Outcome.GONE:
            memory = _struck(memory, result)
        elif result.outcome in (Outcome.ALIVE, Outcome.MOVED, Outcome.WITHDRAWN):
            memory = LinkMemory(u=link, i=memory.i, w=memory.w if result.outcome != Outcome.ALIVE else None)
        if memory.i is not None and memory.i <= _minute(now):
            memory = memory.model_copy(update={"i": None})
        if memory != LinkMemory(u=link):
            kept[link] = memory
    return kept


def standing_of(memory: LinkMemory) -> Standing:
    """What the strikes of a link say."""
    return standing(_probes(memory))


def is_quiet(memory: LinkMemory) -> bool:
    """Whether people have asked to hear nothing of a link, for now."""
    return memory.i is not None or (memory.w is not None and not standing_of(memory).dead)


def _struck(memory: LinkMemory, result: LinkResult) -> LinkMemory:
    if result.at is None:
        return memory
    alive = max((at for at in (result.standing.last_alive, _seconds(memory.a)) if at is not None), default=None)
    now = standing([*_probes(memory), Probe(result.at, Outcome.GONE, result.reason)])
    more = now.strikes > len(memory.g) and len(memory.g) < STRIKES
    strikes = [*memory.g, _minute(result.at)] if more else memory.g
    return memory.model_copy(update={"g": strikes, "a": None if alive is None else _minute(alive)})


def _probes(memory: LinkMemory) -> list[Probe]:
    alive = [Probe(memory.a * 60.0, Outcome.ALIVE, Reason.OK)] if memory.a is not None else []
    return alive + [Probe(at * 60.0, Outcome.GONE, Reason.STATUS_404) for at in memory.g]


def _minute(seconds: float) -> int:
    return int(seconds // 60)


def _seconds(minute: int | None) -> float | None:
    return None if minute is None else minute * 60.0
