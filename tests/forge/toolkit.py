"""What GitHub's own toolkit says: the spelling of workflow commands, and which permission an operation takes."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.forge import npm
from tests.forge.answers import Need
from tests.forge.description import Operation

_PATIENCE = 60  # seconds


def commands(asked: Iterable[tuple[str, dict[str, str], str]]) -> list[str]:
    """What `@actions/core` prints for each name, properties and message. Raises `npm.AbsentError`."""
    script = Path(__file__).with_suffix(".mjs")
    run = subprocess.run(
        ["node", script, npm.modules()],
        input=json.dumps(list(asked)),
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=_PATIENCE,
    )
    printed: list[str] = json.loads(run.stdout)
    return printed


def permissions() -> dict[str, set[Need]]:
    """The permissions of which any one allows an operation, by its name without the variables' names.

    From `@octokit/app-permissions`, which was read off GitHub's documentation some years ago: newer operations are
    missing.
    """
    path = npm.modules() / "@octokit/app-permissions/generated/api.github.com.json"
    found: dict[str, set[Need]] = {}
    for name, levels in json.loads(path.read_bytes())["permissions"].items():
        for level in ("read", "write"):
            for operation in levels.get(level, []):
                found.setdefault(nameless(operation), set()).add(Need(name.replace("_", "-"), level))
    return found


def nameless(operation: Operation | str) -> str:
    """`GET /repos/{}/{}/issues`: variables are called differently in different places."""
    return re.sub(r"\{[^}]+\}", "{}", str(operation))
