"""Drawing a sample that is the same every time, and in which no list dominates. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import blake2b
from typing import Protocol, TypeVar


class _Drawable(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def repo(self) -> str: ...


Drawn = TypeVar("Drawn", bound=_Drawable)


def digest(*parts: str) -> str:
    """16 hexadecimal digits that stand for some strings, in their order."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def draw(candidates: Iterable[Drawn], size: int, seed: int) -> list[Drawn]:
    """At most `size` of the candidates, each id once, in rounds: every round takes one of every list that has one left.

    So each list has the same say whatever its length, as in a mean over lists; a list with few findings may be drawn
    whole. Within a list, and in the last round between lists, a hash of id and seed decides, so that a finding that
    comes or goes elsewhere changes little of the sample and verdicts stay of use.
    """
    by_list: dict[str, dict[str, Drawn]] = defaultdict(dict)
    for candidate in candidates:
        by_list[candidate.repo].setdefault(candidate.id, candidate)

    def order(key: str) -> str:
        return digest(str(seed), key)

    queues = [sorted(by_list[repo].values(), key=lambda one: order(one.id)) for repo in sorted(by_list, key=order)]
    rounds = max(map(len, queues), default=0)
    drawn = [queue[number] for number in range(rounds) for queue in queues if number < len(queue)]
    return drawn[:size]


def shuffled(candidates: Iterable[Drawn], seed: int) -> list[Drawn]:
    """In an order that says nothing about where they come from."""
    return sorted(candidates, key=lambda one: digest("order", str(seed), one.id))
