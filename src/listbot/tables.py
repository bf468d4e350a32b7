"""The curated tables under `rules/data/`, and where the rules' folder is.

In an installed wheel the folder lies inside the package; in a checkout it lies beside `src/`. The working directory is
never asked: it belongs to the user.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from listbot.errors import InternalError

_PACKAGE = Path(__file__).resolve().parent


@cache
def rules_dir() -> Path:
    """The folder of the rule pages. Raises InternalError where the installation is incomplete."""
    for folder in (_PACKAGE / "rules", _PACKAGE.parents[1] / "rules"):
        if (folder / "data").is_dir():
            return folder
    raise InternalError("the rules folder is missing from this installation; install listbot-lint again")


@cache
def load(name: str) -> dict[str, Any]:
    """The table `rules/data/<name>.toml`. Raises InternalError where it is missing or malformed."""
    path = rules_dir() / "data" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise InternalError(f"the table rules/data/{name}.toml cannot be read: {error}") from error
