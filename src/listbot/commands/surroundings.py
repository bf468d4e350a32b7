"""What stands around a file on disk. The only place where checks' questions touch the file system."""

from __future__ import annotations

from pathlib import Path

from listbot.errors import InputError
from listbot.inputs import read
from listbot.parser import parse

_MAX_NEIGHBOUR = 400_000
"""Workflows and scripts are small; what is larger is not read to learn what it does."""


class Directory:
    """The repository in which a file lies: the nearest directory upwards with a `.git`, else the file's own."""

    def __init__(self, file: Path, max_size: int) -> None:
        self._here = file.resolve().parent
        self._max_size = max_size
        self._names: dict[Path, frozenset[str]] = {}
        self._anchors: dict[Path, frozenset[str] | None] = {}
        root = next((p for p in (self._here, *self._here.parents) if (p / ".git").exists()), None)
        self._root = root or self._here
        self._is_repository = root is not None

    def is_repository(self) -> bool:
        return self._is_repository

    def exists(self, path: str) -> bool | None:
        """Whether a path is there, letter for letter: GitHub tells `a.PNG` from `a.png` on every system.

        None for what leaves the repository: `../../issues` is a page of GitHub's and no file.
        """
        parts = self._parts(path)
        if parts is None:
            return None
        place = self._root
        for part in parts:
            if part not in self._listing(place):
                return False
            place /= part
        return True

    def anchors(self, path: str) -> frozenset[str] | None:
        parts = self._parts(path)
        if parts is None:
            return None
        file = self._root.joinpath(*parts)
        if file not in self._anchors:
            try:
                self._anchors[file] = parse(read(file, path, self._max_size)).anchors
            except InputError:
                self._anchors[file] = None  # a file that cannot be read is reported when it is checked itself
        return self._anchors[file]

    def read(self, path: str) -> str | None:
        """The text of a small file; None where it is absent, large, no text or outside the repository."""
        parts = self._parts(path)
        if parts is None:
            return None
        try:
            return read(self._root.joinpath(*parts), path, min(self._max_size, _MAX_NEIGHBOUR)).text
        except InputError:
            return None

    def names(self, path: str) -> frozenset[str]:
        """The names in a directory; none where there is no such directory."""
        parts = self._parts(path)
        return self._listing(self._root.joinpath(*parts)) if parts is not None else frozenset()

    def _parts(self, path: str) -> list[str] | None:
        base = [] if path.startswith("/") else list(self._here.relative_to(self._root).parts)
        for part in path.split("/"):
            if part == "..":
                if not base:
                    return None
                base.pop()
            elif part not in ("", "."):
                base.append(part)
        return base

    def _listing(self, directory: Path) -> frozenset[str]:
        if directory not in self._names:
            try:
                self._names[directory] = frozenset(entry.name for entry in directory.iterdir())
            except OSError:
                self._names[directory] = frozenset()
        return self._names[directory]
