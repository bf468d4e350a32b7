"""Was it the links, or was it us? A run that our own network spoiled must not count against anybody's link.

Canaries are asked only where much is silent: a run in which most hosts answered has shown that our network works.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from listbot.links.guard import tidy
from listbot.links.transport import Deadlines, NoAnswer, Wire
from listbot.liveness import HostFacts

CANARIES = ("https://www.wikipedia.org/", "https://example.com/", "https://www.iana.org/")
"""Sites that are as good as always there, of three owners in three networks."""
_SHARE = 0.25
_ENOUGH = 8
"""Fewer hosts than this say nothing about a share."""
PATIENCE = Deadlines(10.0, 10.0, 15.0)
HASTY = Deadlines(3.0, 3.0, 4.0)
"""For a run whose own time is up: the three canaries make it at most 12 seconds longer."""


def silent_hosts(facts: Sequence[HostFacts]) -> list[str]:
    """The hosts that were asked and never answered."""
    return [host.host for host in facts if host.requests and not host.answered]


def lost_hosts(facts: Sequence[HostFacts], answered_before: Collection[str]) -> str | None:
    """A sentence where too many hosts fell silent at once that answered in earlier runs."""
    asked = [host.host for host in facts if host.requests and host.host in answered_before]
    lost = set(silent_hosts(facts)) & set(asked)
    if len(asked) >= _ENOUGH and len(lost) > _SHARE * len(asked):
        return f"{len(lost)} of {len(asked)} hosts that answered before are silent at once"
    return None


def is_suspect(facts: Sequence[HostFacts]) -> bool:
    """Whether so much is silent that canaries should be asked."""
    asked = [host for host in facts if host.requests]
    return len(silent_hosts(facts)) > _SHARE * len(asked)


async def canaries_answer(wire: Wire, canaries: Sequence[str], patience: Deadlines = PATIENCE) -> bool:
    """Whether one of the canaries answers with anything at all."""
    for canary in canaries:
        try:
            await wire.fetch("HEAD", tidy(canary), patience)
        except NoAnswer:
            continue
        return True
    return False
