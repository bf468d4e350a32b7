"""Which text of a file is judged, and which older texts it is compared with.

Without `--since` and `--staged` that is the file on disk, and all findings count. `--since REF` compares it with the
commit's. `--staged` judges what the index holds and compares it with HEAD, while a merge is under way with the other
parent too. (pre-commit stashes what is not staged, so there the file on disk is the same.) pre-commit sets
PRE_COMMIT_FROM_REF and PRE_COMMIT_TO_REF where commits are checked and not the index (before a push, and for
`pre-commit run --from-ref … --to-ref …`): then the second's text is judged against where the two parted, as pre-commit
itself counts what changed. A file that `--staged` finds unchanged is judged whole. Fixes are written to the disk, so
what is there must be what was judged.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from listbot import inputs
from listbot.commands.surroundings import Directory, Nowhere, Tree
from listbot.errors import InputError, UsageError
from listbot.revisions import INDEX, Repository
from listbot.rule import Surroundings
from listbot.source import Source

_FROM = "PRE_COMMIT_FROM_REF"
_TO = "PRE_COMMIT_TO_REF"
STDIN = "<stdin>"


class Asked(NamedTuple):
    """What the user compares with."""

    since: str | None = None
    staged: bool = False
    to_fix: bool = False
    """Whether the text on the disk will be written, and so must be the one that is staged."""


class Text(NamedTuple):
    """One version of a file, and what stands around it there."""

    source: Source
    around: Surroundings


class Compared(NamedTuple):
    """The text that is judged, and the older ones whose findings are not new. None of these: every finding counts."""

    head: Text
    bases: tuple[Text, ...] = ()
    notes: tuple[str, ...] = ()
    """What the user should know of the comparison."""


class _Place(NamedTuple):
    """Where a file lies."""

    repository: Repository
    path: str
    """From the repository's root."""
    shown: str
    max_size: int

    def text(self, tree: str, path: str, content: str) -> Text:
        source = inputs.decode(self.repository.read(content, self.shown, self.max_size), self.shown)
        return Text(source, Tree(self.repository, tree, path, self.max_size))


class Versions:
    """The texts of the files of one run; a repository is asked its names once."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._repositories: dict[Path, Repository] = {}
        self._commits: dict[tuple[Path, str], str] = {}

    def of_file(self, path: Path, shown: str, max_size: int) -> Compared:
        """Raises InputError where the file cannot be read, UsageError where there is nothing to compare it with."""
        return self._compared(path, shown, max_size, lambda: inputs.read(path, shown, max_size))

    def of_stdin(self, name: str | None, max_size: int) -> Compared:
        """Standard input, as the text of a file that is called `name`. Raises as `of_file`."""
        if name is None:
            return Compared(Text(_stdin(STDIN, max_size), Nowhere()))
        path = Path(name)
        shown = inputs.shown_path(path)
        return self._compared(path, shown, max_size, lambda: _stdin(shown, max_size))

    def _compared(self, path: Path, shown: str, max_size: int, read: Callable[[], Source]) -> Compared:
        if self._asked.staged:
            place = self._place(path, shown, max_size)
            compared = _pushed(place) if _FROM in os.environ and _TO in os.environ else _staged(place)
            if compared is not None:
                return _on_disk(compared, read()) if self._asked.to_fix else compared
        head = Text(read(), Directory(path, max_size))
        if self._asked.since is None:
            return Compared(head)
        place = self._place(path, shown, max_size)
        commit = self._commit(place.repository, self._asked.since)
        return _against(place, head, INDEX, [commit])

    def _place(self, path: Path, shown: str, max_size: int) -> _Place:
        file = path.resolve()
        if file.parent not in self._repositories:
            self._repositories[file.parent] = self._repository(file.parent)
        repository = self._repositories[file.parent]
        root = repository.root.resolve()
        if not file.is_relative_to(root):
            raise UsageError(f"{shown}: this file is not in {root}, to which GIT_DIR or GIT_WORK_TREE points")
        return _Place(repository, file.relative_to(root).as_posix(), shown, max_size)

    def _repository(self, directory: Path) -> Repository:
        """The one of a directory; one for all directories of a root, so that its trees are listed once."""
        if not directory.is_dir():
            raise InputError(f"{directory}: there is no such directory; check the path")
        found = Repository(directory)
        return next((known for known in self._repositories.values() if known.root == found.root), found)

    def _commit(self, repository: Repository, revision: str) -> str:
        key = repository.root, revision
        if key not in self._commits:
            self._commits[key] = repository.commit(revision)
        return self._commits[key]


def _staged(place: _Place) -> Compared | None:
    """What the index holds against HEAD; None where the file is not in it."""
    repository = place.repository
    content = repository.file(INDEX, place.path)
    if content is None:
        return None
    head = repository.head()
    text = place.text(INDEX, place.path, content)
    if head is None or repository.file(head, place.path) == content:
        return Compared(text)
    parents = [head, *([merged] if (merged := repository.merging()) is not None else [])]
    return _against(place, text, INDEX, parents)


def _on_disk(compared: Compared, disk: Source) -> Compared:
    """The comparison with the text on the disk, whose line endings git may have changed. Raises InputError where its
    lines are others: a fix would mix what is staged with what is not."""
    if disk.text.splitlines() != compared.head.source.text.splitlines():
        raise InputError(
            f"{disk.path}: the file on the disk is not the one that is staged, so nothing is fixed in it; "
            "stage all of it, or stash the rest (`git stash --keep-index`)"
        )
    return compared._replace(head=compared.head._replace(source=disk))


def _pushed(place: _Place) -> Compared | None:
    """What the newer of pre-commit's two commits holds against where they parted; None where it has no such file."""
    repository = place.repository
    older, newer = (repository.commit(os.environ[name]) for name in (_FROM, _TO))
    content = repository.file(newer, place.path)
    if content is None:
        return None
    base = repository.common(older, newer) or older
    text = place.text(newer, place.path, content)
    if repository.file(base, place.path) == content:
        return Compared(text)
    return _against(place, text, newer, [base])


def _against(place: _Place, head: Text, tree: str, commits: list[str]) -> Compared:
    """The file's older texts, under the names that it had. A commit that has no such file brings none."""
    bases: list[Text] = []
    notes: list[str] = []
    for commit in commits:
        path = place.path
        content = place.repository.file(commit, path)
        if content is None:
            path = place.repository.renamed(commit, tree, place.path) or path
            content = place.repository.file(commit, path)
        if content is None:
            continue
        try:
            bases.append(place.text(commit, path, content))
        except InputError as error:
            notes.append(
                f"{error} (as it is in {commit[:10]}, so there is nothing to compare with: all findings count)"
            )
    return Compared(head, tuple(bases), tuple(notes))


def _stdin(shown: str, max_size: int) -> Source:
    if sys.stdin is None:  # closed before we started
        raise UsageError(f"{shown}: standard input is closed; send the text there")
    content = sys.stdin.buffer.read(max_size + 1)
    if len(content) > max_size:
        raise UsageError(
            f"{shown}: more than {max_size:,} bytes on standard input; raise 'max-file-size' in the configuration "
            "if this really is a list"
        )
    return inputs.decode(content, shown)
