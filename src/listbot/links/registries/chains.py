"""Which registries are asked for which links, in which order: rows of `rules/data/registries.toml`. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from listbot import tables
from listbot.links.gate import Gate
from listbot.links.registries import Registry


class Chain(NamedTuple):
    """Who is asked for links of one family of works."""

    ask: tuple[str, ...]
    """Registries, in their order; the next one is asked for what the last one does not decide."""
    then: tuple[str, ...] = ()
    """Asked afterwards for what is alive, only to know more of it."""
    confirm: Mapping[str, str] = {}
    """From a reason to the registry without whose word that reason is not believed."""
    pages: bool = True
    """What stays undecided is looked for at its page."""


def documented() -> Mapping[str, Chain]:
    """The chains of `rules/data/registries.toml`, by family."""
    return {
        family: Chain(tuple(row["ask"]), tuple(row.get("then", ())), row.get("confirm", {}), row.get("pages", True))
        for row in tables.load("registries")["chain"]
        for family in row["families"]
    }


def owner_of(host: str) -> str:
    """The last two labels of a host: near enough to who owns it, for sharing its patience."""
    return ".".join(host.split(".")[-2:])


def gates_of(registries: Sequence[Registry]) -> Mapping[str, Gate]:
    """A gate an owner, as slow as its slowest registry."""
    by_owner: dict[str, list[Registry]] = {}
    for registry in registries:
        by_owner.setdefault(owner_of(registry.host), []).append(registry)
    return {
        owner: Gate(max(r.interval for r in theirs), at_once=min(r.at_once for r in theirs))
        for owner, theirs in by_owner.items()
    }


def upstream_of(chains: Mapping[str, Chain]) -> Mapping[str, frozenset[str]]:
    """From each registry to those that hand links on to it, directly or not. Two that hand links on to each other do
    not wait for each other."""
    found: dict[str, set[str]] = {}
    for chain in chains.values():
        confirming = list(chain.confirm.values())
        until = next((place for place, name in enumerate(chain.ask) if name in chain.then), len(chain.ask))
        for place, name in enumerate(chain.ask):
            found.setdefault(name, set()).update(chain.ask[:place])
        for name in confirming:
            found.setdefault(name, set()).update(chain.ask[:until])
        for name in chain.then:
            found.setdefault(name, set()).update((*chain.ask, *confirming))
    changed = True
    while changed:
        changed = False
        for earlier in found.values():
            more = set().union(*(found[other] for other in earlier)) - earlier
            earlier |= more
            changed = changed or bool(more)
    return {name: frozenset(e for e in earlier if name not in found[e]) for name, earlier in found.items()}
