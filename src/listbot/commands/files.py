"""What a user named on the command line -> files, and the settings that hold for each. Shared by the commands."""

from __future__ import annotations

import os
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

from listbot import inputs
from listbot.checks import RULES
from listbot.config import Selection, Settings, discover, load, settle
from listbot.errors import InputError
from listbot.rulebook import pages

SettingsFor = Callable[[Path], Settings]
"""From a directory to the settings that hold there."""


def settings_source(config: str | None, isolated: bool, selection: Selection) -> SettingsFor:
    """Settings by directory: one configuration file is read once. What it returns raises ConfigError."""
    by_file: dict[Path | None, Settings] = {}
    by_directory: dict[Path, Settings] = {}

    def read(path: Path | None) -> Settings:
        if path not in by_file:
            shown = _relative(path) if path is not None else None
            user = load(path, shown, pages(), RULES)
            by_file[path] = settle(user, pages(), RULES, selection)
        return by_file[path]

    def settings_for(directory: Path) -> Settings:
        if isolated:
            return read(None)
        if config is not None:
            return read(Path(config))
        if directory not in by_directory:
            by_directory[directory] = read(discover(directory.resolve()))
        return by_directory[directory]

    return settings_for


def named(
    paths: tuple[str, ...], settings_for: SettingsFor, unread: list[str], *, force_exclude: bool = False
) -> list[tuple[Path, str]]:
    """The files that were named with the paths to show; a path that stands for nothing becomes a message in `unread`.

    A file that is named is taken although the configuration excludes it, unless `force_exclude`: hooks and editors name
    whatever changed. No path stands for the README here. Raises InputError where there is none.
    """
    if not paths:
        readme = inputs.default_readme(Path())
        return [(readme, inputs.shown_path(readme))]
    found: dict[Path, str] = {}
    for name in paths:
        try:
            excluded = _excluded(settings_for)
            if force_exclude and excluded(Path(name)):
                continue
            for path in inputs.find(Path(name), excluded):
                found.setdefault(path, inputs.shown_path(path))
        except InputError as error:
            unread.append(str(error))
    return list(found.items())


def _excluded(settings_for: SettingsFor) -> Callable[[Path], bool]:
    return lambda path: matches(path, settings_for(path.parent), "exclude")


def matches(path: Path, settings: Settings, key: str) -> bool:
    """Whether a path matches one of the patterns of a setting, relative to the configuration's directory.

    `*` also crosses directories, as in pre-commit and most linters' `exclude`; a directory's name stands for all in it.
    """
    patterns = settings.exclude if key == "exclude" else settings.lists or ()
    if not patterns:
        return False
    try:
        relative = path.resolve().relative_to(settings.root.resolve()).as_posix()
    except ValueError:
        return False
    return any(
        fnmatchcase(relative, pattern) or fnmatchcase(relative, pattern.rstrip("/") + "/*")
        for pattern in (p.removeprefix("./").removeprefix("/") for p in patterns)
    )


def _relative(path: Path) -> str:
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()  # another drive on Windows
