"""The shortest way to ask the town: URLs -> what registries said, over real connections."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

from listbot.links.registries import Link, Settings, roster
from listbot.links.registries.asking import Asking
from listbot.links.transport import Deadlines, HttpWire
from listbot.liveness import Evidence, Record
from tests.links.conftest import LOOPBACK
from tests.links.registries.github import TOKEN
from tests.links.registries.town import Town
from tests.links.zoo import Zoo

_HASTY = Deadlines(2.0, 2.0, 3.0)


class Said(NamedTuple):
    """What came back for a URL."""

    evidence: tuple[Evidence, ...]
    decided: bool

    @property
    def shown(self) -> str:
        """`github: registry-moved https://…`, one after the other; with a mark where the page is asked as well."""
        told = ", ".join(f"{one.source}: {one.reason.value} {one.final}".strip() for one in self.evidence)
        return told + ("" if self.decided else " -> page")

    @property
    def record(self) -> Record:
        records = [one.record for one in self.evidence if one.record is not None]
        assert records, "no registry told more than that the work exists"
        return records[0]


def ask(
    town: Town, zoo: Zoo, titled: Mapping[str, str] | list[str], *, token: str = TOKEN, patient: bool = False
) -> dict[str, Said]:
    """Ask for URLs, with the titles that the list gives them. Registries mind no haste unless `patient`."""
    titles = titled if isinstance(titled, Mapping) else dict.fromkeys(titled, "")
    settings = Settings(bases=town.bases(zoo), tokens={"github": token} if token else {})

    async def main() -> dict[str, Said]:
        wire = HttpWire(zoo, LOOPBACK, "listbot-test")
        said: dict[str, Said] = {}

        def heard(url: str, evidence: list[Evidence], decided: bool) -> None:
            said[url] = Said(tuple(evidence), decided)

        registries = roster.registries(settings)
        for registry in registries:
            registry.interval = registry.interval if patient else 0.0
        asking = Asking(wire, registries, patience=_HASTY)
        links = [Link(url, title) for url, title in titles.items()]
        try:
            await asking.ask([link for link in links if asking.takes(link)], heard)
        finally:
            await wire.aclose()
        return said

    return asyncio.run(main())
