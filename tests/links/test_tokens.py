"""Where a token for GitHub comes from: the environment, else `gh`, here a program that says what it is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from listbot.links import tokens

TOKEN = "ghp_0123456789"  # noqa: S105 - it opens nothing


@pytest.fixture
def gh(tmp_path: Path) -> Path:
    """A `gh` that writes down how it was called, and says what stands in the file `said`."""
    program = tmp_path / "gh"
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\ncat {tmp_path}/said 2>/dev/null\n')
    program.chmod(0o755)
    return tmp_path


def path(*folders: Path) -> str:
    return os.pathsep.join([*map(str, folders), "/bin", "/usr/bin"])


def test_the_environment_goes_first(gh: Path) -> None:
    (gh / "said").write_text("gho_of-the-user\n")
    assert tokens.github({"GITHUB_TOKEN": TOKEN, "PATH": path(gh)}) == TOKEN
    assert not (gh / "asked").exists()


def test_then_gh(gh: Path) -> None:
    (gh / "said").write_text("gho_of-the-user\n")
    assert tokens.github({"PATH": path(gh)}) == "gho_of-the-user"
    assert (gh / "asked").read_text() == "auth token --hostname github.com\n"


@pytest.mark.parametrize("said", ["", "not logged in to any hosts\n", "gho_x\r\nHost: evil.example\n"])
def test_what_is_no_token_is_none(gh: Path, said: str) -> None:
    (gh / "said").write_text(said)
    assert tokens.github({"PATH": path(gh)}) == ""
    assert tokens.github({"PATH": path(gh), "GITHUB_TOKEN": said}) == ""


def test_without_gh_there_is_none(tmp_path: Path) -> None:
    assert tokens.github({"PATH": str(tmp_path)}) == ""


def test_a_gh_that_fails_is_none(gh: Path) -> None:
    (gh / "gh").write_text(f"#!/bin/sh\necho {TOKEN}\nexit 4\n")
    assert tokens.github({"PATH": path(gh)}) == ""


def test_the_token_of_an_own_server_is_not_for_github(gh: Path) -> None:
    own = {"GITHUB_TOKEN": TOKEN, "GITHUB_SERVER_URL": "https://git.lab.example", "PATH": path(gh)}
    assert tokens.github(own) == ""
    assert tokens.github(own | {"GITHUB_SERVER_URL": "https://github.com"}) == TOKEN


def test_a_key_of_semantic_scholar_is_its_own(gh: Path) -> None:
    environment = {"S2_API_KEY": " 0123456789abcdef ", "PATH": path(gh)}
    assert tokens.of_registries(environment) == {"semantic-scholar": "0123456789abcdef"}
    assert tokens.of_registries({**environment, "S2_API_KEY": "two\nlines of it"}) == {}
    assert tokens.of_registries({"GITHUB_TOKEN": TOKEN, "PATH": path(gh)}) == {"github": TOKEN}
