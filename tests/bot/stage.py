"""Stages as list owners run them: the command line, the environment of Actions, and a GitHub of our own behind it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from listbot.cli import main
from listbot.commands import confined
from tests.forge.answers import Request, Token
from tests.forge.forge import Forge
from tests.forge.records import ACTIONS

APART = confined.answer
"""Reading in a process of its own, which takes half a second; stages here do it in theirs unless a test asks."""


class Done(NamedTuple):
    """How a stage ended."""

    code: int
    out: str
    err: str
    requests: list[Request]

    @property
    def writes(self) -> list[str]:
        return [f"{one.method} {one.path}" for one in self.requests if one.writes]


class Stage:
    """Runs stages in this process."""

    def __init__(
        self, forge: Forge, directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self._forge = forge
        self._directory = directory
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        for name in list(os.environ):
            if name.startswith(("GITHUB_", "RUNNER_")):
                monkeypatch.delenv(name)
        monkeypatch.setenv("XDG_CACHE_HOME", str(directory / "cache"))
        monkeypatch.setattr(time, "sleep", lambda _: None)
        monkeypatch.setattr(confined, "answer", lambda work, *arguments: work(*arguments))

    def run(self, *arguments: str, event: str, payload: Any, token: Token | None, **more: str) -> Done:
        """One stage on one event; `more` are further variables."""
        path = self._directory / "event.json"
        path.write_text(json.dumps(payload), "utf-8")
        variables: Mapping[str, str] = {
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(path),
            "GITHUB_API_URL": self._forge.api,
            "GITHUB_RUN_ID": "99",
            "GITHUB_TOKEN": token.value if token is not None else "",
            "LISTBOT_BOT_ID": str(ACTIONS.id),
            "LISTBOT_NO_REGISTRIES": "true",
            **more,
        }
        for name, value in variables.items():
            self._monkeypatch.setenv(name, value)
        before = len(self._forge.requests)
        self._capsys.readouterr()
        code = main(["bot", *arguments])
        out, err = self._capsys.readouterr()
        return Done(code, out, err, self._forge.requests[before:])


@pytest.fixture
def stage(forge: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Stage:
    return Stage(forge, tmp_path, monkeypatch, capsys)
