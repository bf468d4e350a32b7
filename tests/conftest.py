"""What all tests share: the corpus beside the repository, a guard against the network, `--update-pages`."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest

pytest_plugins = ["tests.forge.plugin"]

SHARED = Path(__file__).resolve().parents[2] / "shared"

hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.register_profile("nightly", deadline=None, max_examples=5_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-pages", action="store_true", help="write the rule pages' outputs and index anew")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-pages") and not hasattr(config, "workerinput"):  # one process writes them
        _update_pages()


def _update_pages() -> None:
    from listbot.rulebook import pages
    from listbot.tables import rules_dir
    from tests import pages as executed

    for page in pages().values():
        (rules_dir() / f"{page.id}.md").write_text(executed.updated(page), "utf-8")
    pages.cache_clear()
    (rules_dir() / "README.md").write_text(executed.index(), "utf-8")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("markexpr"):
        return
    skip = pytest.mark.skip(reason="a long campaign: run with -m nightly")
    for test in items:
        if "nightly" in test.keywords:
            test.add_marker(skip)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The corpus and labels that are kept beside the repository; tests that need them skip where they are absent."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("needs ../shared, which is not here")
    return SHARED


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may reach further than this machine, nor ask anybody for the address of a name."""

    def guarded(call: Callable[..., Any], what: str) -> Callable[..., Any]:
        def checked(self: socket.socket, *arguments: Any) -> Any:
            _assert_here(arguments[-1], what)
            return call(self, *arguments)

        return checked

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, guarded(getattr(socket.socket, name), "connect to"))
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        _assert_here((host or "localhost",), "look up")
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def _assert_here(address: Any, what: str) -> None:
    host = address[0] if isinstance(address, tuple) else ""
    host = host.decode() if isinstance(host, bytes) else str(host)
    if host and not (host.startswith("127.") or host in ("::1", "localhost")):
        raise AssertionError(f"a test tried to {what} {host}")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: tests of links and of the bot wait on sockets for a part of their time."""
    return (os.cpu_count() or 1) + 1
