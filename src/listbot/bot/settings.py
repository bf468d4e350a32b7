"""The settings that hold for a pull request: those of the version that it changes, and never its own.

Else a pull request could switch off the rules that it breaks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from listbot.checks import RULES
from listbot.config import FILE_NAME, Selection, Settings, discover, load, settle
from listbot.rulebook import pages

FILES = (FILE_NAME, "pyproject.toml")
"""Where settings stand, at the root of the repository; the first wins."""


def of_version(read: Callable[[str], bytes | None]) -> Settings:
    """Settings from the files of a version, which `read` gives by path. Raises ConfigError.

    They are read from a directory of their own, which is then what patterns are relative to.
    """
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        for file in FILES:
            content = read(file)
            if content is not None:
                (root / file).write_bytes(content)
                if file == FILE_NAME:
                    break  # no need to ask for another
        path = discover(root)
        found = path if path is not None and path.parent == root else None
        user = load(found, found.name if found is not None else None, pages(), RULES)
        return settle(user._replace(root=root), pages(), RULES, Selection())
