"""What the weekly issue remembers of links: strikes, what was found last, signs of life, and what people ticked.

It is kept in the issue itself, compressed in a comment at its end, so that it outlives every cache. Only links that
need a look, or that somebody has spoken for, are remembered here; when the others were last alive stands in
`alive_days`. Dates are minutes since 1970: strikes are days apart. `weeks` says how a check changes it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Collection, Mapping
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from listbot.bot import marker
from listbot.links.verdict import STRIKES
from listbot.liveness import Reason

_MOST = 5_000
"""Links; no list has so many that fail and a reader for them."""
_MAX_WRITTEN = 24_000
"""Bytes of a body that the memory may take: 900 links with three strikes each."""
_MAX_INFLATED = 4_000_000
LONGEST_TARGET = 2_000
"""Characters of an address that are remembered; a longer one is not, and the move is found anew."""
MOST_WITNESSES = 8
_KEPT = re.compile(r"<!-- listbot:history (?P<payload>[A-Za-z0-9+/=]{0,60000}) -->")
_TICK = re.compile(r"^\s*[-*+] \[[xX]\] <!-- listbot:(?P<what>works|ignore)=(?P<link>[0-9a-f]{16}) -->", re.MULTILINE)

Minute = Annotated[int, Field(ge=0, le=10**9)]
_Source = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]


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
    r: Reason | None = None
    """What the last check that decided anything found, where that needs a look. A reason of what is alive stands for a
    work that its publisher retracted: its page is there all the same."""
    b: list[_Source] = Field(default=[], max_length=MOST_WITNESSES)
    """Who said so: `page`, twice where it was asked twice, or registries."""
    d: Minute | None = None
    """When it was first found so."""
    t: str | None = Field(default=None, max_length=LONGEST_TARGET)
    """Where it has moved to."""
    s: bool = False
    """The move is certain."""
    c: str | None = Field(default=None, pattern=r"^[0-9]{4,14}$")
    """The date of a copy in a web archive, as its address has it."""


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
    packed = zlib.compress(kept.model_dump_json(exclude_defaults=True).encode("utf-8"), 9)
    return base64.b64encode(packed).decode("ascii")


def is_kept(body: str) -> bool:
    """Whether a body remembers anything, readable or not."""
    return any(_KEPT.match(line) for line in marker.spoken(body))


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
