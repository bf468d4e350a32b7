"""The fixtures: `forge` for a test, `contract` for the suite, and what comes from npm.

Without npm the tests that need it are skipped, and the last lines of the run say so in red: a suite that was not held
against GitHub's description must not look like one that was.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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


class _Told(NamedTuple):
    """What one process of the run has to say at its end."""

    judged: int
    broken: int
    absent: list[str]


_TOLD: list[_Told] = []


def _told() -> _Told:
    return _Told(sum(made.judged for made in _CONTRACTS), sum(len(made.broken) for made in _CONTRACTS), _ABSENT)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells the process that prints."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["forge"] = list(_told())


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a worker told; one that died has told nothing."""
    told = getattr(node, "workeroutput", {}).get("forge")
    if told is not None:
        _TOLD.append(_Told(*told))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    told = [*_TOLD, _told()]
    judged, broken = sum(one.judged for one in told), sum(one.broken for one in told)
    if judged:
        terminalreporter.write_line(
            f"GitHub's description: {judged} messages held against it, {broken} contract violations", red=bool(broken)
        )
    absent = {reason for one in told for reason in one.absent}
    if absent:
        terminalreporter.section("NOT held against what GitHub publishes", sep="!", red=True)
        for reason in sorted(absent):
            terminalreporter.write_line(f"{reason}; every test that needs it was skipped", red=True)
