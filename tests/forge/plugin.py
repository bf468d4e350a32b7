"""The fixtures: `forge` for a test, `contract` for the suite, and what comes from npm.

Without npm the tests that need it are skipped, and the last lines of the run say so in red: a suite that was not held
against GitHub's description must not look like one that was.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.forge import npm

if TYPE_CHECKING:  # what these import takes half a second, which a run of other tests need not pay
    from tests.forge.act import Engine
    from tests.forge.contract import Contract
    from tests.forge.forge import Forge

_ABSENT: list[str] = []
_CONTRACTS: list[Contract] = []


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of npm's packages, installed at the first use."""
    try:
        return npm.modules()
    except npm.AbsentError as absent:
        _ABSENT.append(str(absent))
        pytest.skip(f"needs npm: {absent}")


@pytest.fixture(scope="session")
def contract(node_modules: Path) -> Iterator[Contract]:  # noqa: ARG001 skips without npm
    """GitHub's description as a judge; at the end of the suite there must be nothing on its list."""
    from tests.forge import description
    from tests.forge.contract import Contract
    from tests.forge.events import WEBHOOKS
    from tests.forge.routes import TABLE

    made = Contract(description.load(TABLE, WEBHOOKS))
    _CONTRACTS.append(made)
    yield made
    assert not made.broken, "\n".join(map(str, made.broken))


@pytest.fixture
def forge(contract: Contract) -> Iterator[Forge]:
    """A fake GitHub for one test, which fails where the description was violated."""
    from tests.forge.forge import Forge

    with Forge(contract) as made:
        yield made
    assert not made.violations, "\n".join(map(str, made.violations))


@pytest.fixture(scope="session")
def act(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine of GitHub Actions; what runs in it runs on this machine."""
    from tests.forge.act import Engine

    try:
        return Engine(tmp_path_factory.mktemp("act"))
    except npm.AbsentError as absent:
        _ABSENT.append(str(absent))
        pytest.skip(f"needs act: {absent}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for made in _CONTRACTS:
        terminalreporter.write_line(
            f"GitHub's description: {made.judged} messages held against it, {len(made.broken)} contract violations",
            red=bool(made.broken),
        )
    if _ABSENT:
        terminalreporter.section("NOT held against what GitHub publishes", sep="!", red=True)
        for reason in sorted(set(_ABSENT)):
            terminalreporter.write_line(f"{reason}; every test that needs it was skipped", red=True)
