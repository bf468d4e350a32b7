"""Where what opens registries comes from. GitHub: `GITHUB_TOKEN`, else what `gh` is logged in with, else there is none;
Semantic Scholar: `S2_API_KEY`.

It is only looked for here; `Registry.token` holds the one rule about where it may go.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping

_TOKEN = re.compile(r"[A-Za-z0-9_.-]{10,1000}")
_PATIENCE = 5.0
"""Seconds for `gh`, which may want to unlock a keyring."""
_PUBLIC = "https://github.com"


def of_registries(environment: Mapping[str, str]) -> dict[str, str]:
    """What opens registries, by their names; without those for which there is nothing."""
    key = environment.get("S2_API_KEY", "").strip()
    found = {"github": github(environment), "semantic-scholar": key if _TOKEN.fullmatch(key) else ""}
    return {name: token for name, token in found.items() if token}


def github(environment: Mapping[str, str]) -> str:
    """A token for api.github.com, or empty. What is no token is none, so that nothing else gets into a header."""
    for name in ("GITHUB_TOKEN", "GH_TOKEN"):
        given = environment.get(name, "").strip()
        if _TOKEN.fullmatch(given):
            # In the workflows of an own server the token is that server's, and no business of github.com.
            return given if environment.get("GITHUB_SERVER_URL", _PUBLIC).rstrip("/") == _PUBLIC else ""
    return _of_gh(environment)


def _of_gh(environment: Mapping[str, str]) -> str:
    program = shutil.which("gh", path=environment.get("PATH"))
    if program is None:
        return ""
    try:
        said = subprocess.run(  # noqa: S603 - a fixed command of the user's own
            [program, "auth", "token", "--hostname", "github.com"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
            stdin=subprocess.DEVNULL,
            env=dict(environment),
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""  # gh cannot be run, or says nothing: then there is no token
    token = said.stdout.strip()
    return token if said.returncode == 0 and _TOKEN.fullmatch(token) else ""
