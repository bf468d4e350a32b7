"""`listbot words`: the project's own words, and how one is added."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from listbot import config, project_words, writing
from listbot.checks import RULES
from listbot.errors import EXIT_CLEAN, ConfigError, UsageError
from listbot.rulebook import pages


def run(add: Sequence[str], config_file: str | None) -> int:
    """Print the words, or add some to the configuration in force (else to a new `listbot.toml` here).

    Raises UsageError for what is no word, ConfigError for a configuration that cannot be read or extended.
    """
    for word in add:
        if not project_words.is_word(word):
            raise UsageError(f"--add {word}: this is no word; one word was expected, of letters only")
    path = Path(config_file) if config_file is not None else config.discover(Path.cwd())
    if not add:
        values = config.load(path, _shown(path), pages(), RULES).values
        words = sorted(values.get(config.WORDS, []))
        sys.stdout.writelines(f"{word}\n" for word in words)
        if not words:
            sys.stderr.write("listbot: this project has no words of its own; `listbot words --add WORD` adds one\n")
        return EXIT_CLEAN
    path = path or Path.cwd() / config.FILE_NAME
    shown = _shown(path) or config.FILE_NAME
    config.load(path if path.exists() else None, shown, pages(), RULES)
    table = ("tool", "listbot") if path.name == "pyproject.toml" else ()
    before = _text(path, shown)
    after = project_words.added(before, add, table, shown)
    if after == before:
        sys.stdout.write(f"{shown} has {', '.join(add)} already\n")
        return EXIT_CLEAN
    writing.replace(path, after)
    sys.stdout.write(f"added {', '.join(add)} to {shown}\n")
    return EXIT_CLEAN


def _shown(path: Path | None) -> str | None:
    return os.path.relpath(path) if path is not None else None


def _text(path: Path, shown: str) -> str:
    """The file as it is, line endings kept; empty where there is none."""
    try:
        return path.read_bytes().decode("utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{shown}: this configuration file cannot be read: {error}") from None
