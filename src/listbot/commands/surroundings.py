"""What stands around a file: on disk, or in a version that git has. Only here checks' questions leave the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from listbot.errors import InputError
from listbot.inputs import decode, read
from listbot.parser import parse
from listbot.revisions import Repository
from listbot.source import Source

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
        return _resolved(self._here.relative_to(self._root).parts, path)

    def _listing(self, directory: Path) -> frozenset[str]:
        if directory not in self._names:
            try:
                self._names[directory] = frozenset(entry.name for entry in directory.iterdir())
            except OSError:
                self._names[directory] = frozenset()
        return self._names[directory]


class Tree:
    """The repository as a commit or the index has it. `file` is the path of the file, from the repository's root."""

    def __init__(self, repository: Repository, tree: str, file: str, max_size: int) -> None:
        self._repository = repository
        self._tree = tree
        self._here = tuple(file.split("/")[:-1])
        self._max_size = max_size
        self._directories: dict[str, set[str]] | None = None

    def is_repository(self) -> bool:
        return True

    def exists(self, path: str) -> bool | None:
        """As for `Directory`; None also behind a symbolic link and in a submodule, which git does not look into."""
        parts = _resolved(self._here, path)
        if parts is None:
            return None
        entries = self._repository.paths(self._tree)
        above = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
        if any(place in entries and not entries[place].is_file for place in above):
            return None
        return "/".join(parts) in entries or "/".join(parts) in self._listing()

    def anchors(self, path: str) -> frozenset[str] | None:
        source = self._source(path, self._max_size)
        return parse(source).anchors if source is not None else None

    def read(self, path: str) -> str | None:
        source = self._source(path, min(self._max_size, _MAX_NEIGHBOUR))
        return source.text if source is not None else None

    def names(self, path: str) -> frozenset[str]:
        parts = _resolved(self._here, path)
        return frozenset(self._listing().get("/".join(parts), ())) if parts is not None else frozenset()

    def _source(self, path: str, max_size: int) -> Source | None:
        parts = _resolved(self._here, path)
        entry = self._repository.paths(self._tree).get("/".join(parts)) if parts is not None else None
        if entry is None or not entry.is_file:
            return None
        try:
            return decode(self._repository.read(entry.id, path, max_size), path)
        except InputError:
            return None

    def _listing(self) -> dict[str, set[str]]:
        """Each directory with the names in it."""
        if self._directories is None:
            self._directories = _by_directory(self._repository.paths(self._tree))
        return self._directories


class Listing:
    """The repository as GitHub's API lists it: which files there are is known, what they hold is not asked."""

    def __init__(self, paths: Iterable[str], file: str, *, complete: bool) -> None:
        self._here = tuple(file.split("/")[:-1])
        self._complete = complete
        self._directories = _by_directory(paths)

    def is_repository(self) -> bool:
        return self._complete

    def exists(self, path: str) -> bool | None:
        """As for `Directory`; None for what is absent from an incomplete list."""
        parts = _resolved(self._here, path)
        if parts is None:
            return None
        place, name = "/".join(parts[:-1]), "".join(parts[-1:])
        return not parts or name in self._directories.get(place, ()) or (False if self._complete else None)

    def anchors(self, path: str) -> frozenset[str] | None:  # noqa: ARG002 - whatever is asked
        return None

    def read(self, path: str) -> str | None:  # noqa: ARG002 - whatever is asked
        return None

    def names(self, path: str) -> frozenset[str]:
        parts = _resolved(self._here, path)
        return frozenset(self._directories.get("/".join(parts), ())) if parts is not None else frozenset()


class Nowhere:
    """Around a text that came from standard input without a name."""

    def is_repository(self) -> bool:
        return False

    def exists(self, path: str) -> bool | None:  # noqa: ARG002 - whatever is asked
        return None

    def anchors(self, path: str) -> frozenset[str] | None:  # noqa: ARG002 - whatever is asked
        return None

    def read(self, path: str) -> str | None:  # noqa: ARG002 - whatever is asked
        return None

    def names(self, path: str) -> frozenset[str]:  # noqa: ARG002 - whatever is asked
        return frozenset()


def _by_directory(paths: Iterable[str]) -> dict[str, set[str]]:
    """Each directory with the names in it; the root is `""`."""
    found: dict[str, set[str]] = defaultdict(set)
    found[""] = set()
    for path in paths:
        while path:
            path, _, name = path.rpartition("/")
            found[path].add(name)
    return dict(found)


def _resolved(here: Sequence[str], path: str) -> list[str] | None:
    """A path relative to a directory, or with a leading `/` to the root, as parts from the root; None outside."""
    base = [] if path.startswith("/") else list(here)
    for part in path.split("/"):
        if part == "..":
            if not base:
                return None
            base.pop()
        elif part not in ("", "."):
            base.append(part)
    return base
