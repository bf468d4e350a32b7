"""When links were last alive, for those that need no look: what the issue says of one that dies tomorrow.

`links.store` knows it to the second, as long as it is there: a workflow keeps it in a cache, which GitHub may throw
away after a week. So each text that the issue gets carries a copy of it, four bytes a link, in a comment at its end:

    <!-- listbot:alive base64(day, number, number hashes of 4 bytes; and again for the next day) -->

It is no reason to write: a date that grows by a week while nothing else changes would be an edit a week. So it is as
old as the text around it, and a date that is too old is true all the same: the link *was* alive then. It takes the room
that rows and history leave over. A link that was added since is not in it, unless by a chance of one in a million.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from listbot.bot import memory
from listbot.liveness import LinkResult, Outcome

DAY = 86_400.0
_MAX_WRITTEN = 16_000
"""Bytes: 3,000 links."""
_KEPT = re.compile(r"<!-- listbot:alive (?P<payload>[A-Za-z0-9+/=]{0,16000}) -->")
_HEAD = struct.Struct(">HH")
"""Days since 1970, and how many links were last alive on that one."""
_DIGITS = 8
"""Hexadecimal digits of a link's key that are kept."""
_MOST_IN_GROUP = 65_535
Days = Mapping[str, int]
"""Days since 1970, by the first digits of `memory.key`."""


def day(at: float) -> int:
    """Seconds since 1970 -> days."""
    return int(at // DAY)


def written(days: Mapping[str, int], room: int) -> str:
    """The comment, in at most `room` bytes; empty where there is nothing to say, or no room. `days` by whole keys.
    Where not all fit, those that were alive longest ago are left out."""
    frame = len("<!-- listbot:alive  -->")
    bytes_left = (min(room, _MAX_WRITTEN) - frame) // 4 * 3
    payload = b""
    for one, keys in _grouped(days):
        group = keys[: max(0, (bytes_left - len(payload) - _HEAD.size) // 4)]
        if group:
            payload += _HEAD.pack(one, len(group)) + b"".join(group)
    return f"<!-- listbot:alive {base64.b64encode(payload).decode('ascii')} -->" if payload else ""


def _grouped(days: Mapping[str, int]) -> Iterator[tuple[int, list[bytes]]]:
    """The newest day first. Of links with one hash nothing is said, as one would be given the other's day."""
    shared = Counter(key[:_DIGITS] for key in days)
    groups: dict[int, list[bytes]] = {}
    for key, one in days.items():
        if shared[key[:_DIGITS]] == 1:
            groups.setdefault(one, []).append(bytes.fromhex(key[:_DIGITS]))
    for one, hashes in sorted(groups.items(), reverse=True):
        yield one, sorted(hashes)[:_MOST_IN_GROUP]


def read(body: str) -> Days:
    """What an issue says; nothing where somebody has been at it."""
    found = list(_KEPT.finditer(body))
    if not found:
        return {}
    try:
        payload = base64.b64decode(found[-1]["payload"], validate=True)
        return dict(_read(payload))
    except (binascii.Error, struct.error):
        return {}


def _read(payload: bytes) -> Iterator[tuple[str, int]]:
    at = 0
    while at < len(payload):
        one, count = _HEAD.unpack_from(payload, at)
        at += _HEAD.size
        for (key,) in struct.iter_unpack("4s", payload[at : at + 4 * count]):
            yield key.hex(), one
        at += 4 * count


def after_run(known: Mapping[str, float], results: Iterable[LinkResult]) -> dict[str, int]:
    """The days after a run, by whole keys. What is gone is left to the memory of links that need a look."""
    found: dict[str, int] = {}
    for result in results:
        if result.outcome == Outcome.GONE:
            continue
        key = memory.key(result.url)
        now = result.at if result.outcome in (Outcome.ALIVE, Outcome.MOVED, Outcome.WITHDRAWN) else None
        signs = [at for at in (now, result.standing.last_alive, known.get(key)) if at is not None]
        if signs:
            found[key] = day(max(signs))
    return found


def of(days: Days, keys: Iterable[str]) -> dict[str, float]:
    """When links were last alive, in seconds since 1970, by their whole keys."""
    found = ((key, days.get(key[:_DIGITS])) for key in keys)
    return {key: one * DAY for key, one in found if one is not None}
