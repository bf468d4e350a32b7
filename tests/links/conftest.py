"""The zoo, and the shortest way to ask it."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from listbot.links.checker import Limits, run
from listbot.links.guard import Policy, tidy
from listbot.links.transport import Deadlines, HttpWire
from listbot.liveness import LinkResult
from tests.links.zoo import Zoo, open_zoo

QUICK = Limits(short=Deadlines(0.4, 0.4, 0.6), long=Deadlines(0.6, 0.8, 1.0), again=((0.01, 0.05), (0.05, 0.1)))
"""The same engine with a hasty patience: what takes seconds outside takes tenths here."""
LOOPBACK = Policy(allowed=(ipaddress.ip_network("127.0.0.0/8"),))

CHANCE = Random(1)  # noqa: S311 - a seed, so that a run can be repeated

Asker = Callable[..., dict[str, LinkResult]]


@pytest.fixture
def zoo(tmp_path: Path) -> Iterator[Zoo]:
    with open_zoo(tmp_path) as zoo:
        yield zoo
    assert zoo.early == [], "a host was asked although it had said not yet"


@pytest.fixture
def ask(zoo: Zoo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asker:
    """URLs -> results, over real connections to the zoo."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))

    def asker(*urls: str, limits: Limits = QUICK, policy: Policy = LOOPBACK) -> dict[str, LinkResult]:
        async def main() -> dict[str, LinkResult]:
            wire = HttpWire(zoo, policy, "listbot-test")
            found: list[LinkResult] = []
            try:
                await run(wire, [str(tidy(url)) for url in urls], found.append, limits, chance=CHANCE)
            finally:
                await wire.aclose()
            return {result.url: result for result in found}

        return asyncio.run(main())

    return asker
