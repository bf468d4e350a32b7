"""git: the older version of a file, and what is staged.

Asks `git` as a process, with arguments and never through a shell. Names of files and revisions may be hostile: they
stand after `--` or `--end-of-options`, names are taken literally and come back between NULs. No pager, no prompt, no
fetching, no file-system monitor, no external diff: nothing but git itself runs. The environment of a hook (`GIT_DIR`,
`GIT_INDEX_FILE`, …) holds, because a commit of some files has an index of its own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from listbot.errors import InputError, UsageError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

INDEX = ":index"
"""The tree that is staged; no commit has such a name."""
_MERGE_BASE = "merge-base:"
_PLACES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")
"""Variables that hold a path, which is relative to where the hook runs."""
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
_SHALLOW = (
    "; this clone is shallow, so its history ends early: fetch the rest (`git fetch --unshallow`, or `fetch-depth: 0` "
    "for actions/checkout)"
)
_MAX_REASON = 200


class TreeEntry(NamedTuple):
    """What a tree has under a path: a file, a symbolic link, or the commit of a submodule."""

    is_file: bool
    id: str
    """Of the content; a submodule's commit."""


class Repository:
    """The git repository around a directory. Trees go by a commit's id or INDEX, files by their path from `root`."""

    def __init__(self, directory: Path) -> None:
        """Raises UsageError where the directory lies in no repository, or git is not installed."""
        self._directory = directory
        self._environment = _environment()
        self._listed: dict[str, Mapping[str, TreeEntry]] = {}
        self._answers: dict[tuple[str, ...], CompletedProcess[bytes]] = {}
        done = self._run("rev-parse", "--show-toplevel")
        if done.returncode or not done.stdout:
            raise UsageError(
                f"{directory}: this is no git repository ({_reason(done)}); leave --since and --staged out"
            )
        self.root = Path(os.fsdecode(done.stdout.removesuffix(b"\n")))
        self._directory = self.root

    def commit(self, revision: str) -> str:
        """The id of a commit by any name that git knows, or by `merge-base:` and such a name: where HEAD left it.

        Raises UsageError where there is none.
        """
        if revision.startswith(_MERGE_BASE):
            return self._merge_base(revision.removeprefix(_MERGE_BASE))
        found = self._resolved(revision)
        if found is None:
            raise UsageError(f"{revision!r} names no commit of {self.root}{self._remedy(revision)}")
        return found

    def head(self) -> str | None:
        """The commit that is checked out; None before the first one."""
        return self._resolved("HEAD")

    def merging(self) -> str | None:
        """The commit that is being merged into HEAD, or None."""
        return self._resolved("MERGE_HEAD")

    def parents(self, commit: str) -> tuple[str, ...]:
        """The parents of a commit, the branch that it was made on first; also where a shallow clone lacks them."""
        lines = self._asked("cat-file", "commit", commit).partition(b"\n\n")[0].split(b"\n")
        return tuple(line[7:].decode("ascii") for line in lines if line.startswith(b"parent "))

    def common(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits, or None."""
        done = self._run("merge-base", one, other)
        return done.stdout.decode("ascii").strip() or None

    def file(self, tree: str, path: str) -> str | None:
        """The id of a regular file's content in a tree; None where there is no such file."""
        entry = self.paths(tree).get(path)
        return entry.id if entry is not None and entry.is_file else None

    def paths(self, tree: str) -> Mapping[str, TreeEntry]:
        """All that a tree holds, directories left out."""
        if tree not in self._listed:
            self._listed[tree] = self._entries(tree)
        return self._listed[tree]

    def read(self, content: str, shown: str, max_size: int) -> bytes:
        """A file's content by its id. Raises InputError where it is too large, or not in this clone."""
        size = self._run("cat-file", "-s", content)
        if size.returncode:
            raise InputError(f"{shown}: its older version is not in this clone ({_reason(size)}); fetch it first")
        if int(size.stdout) > max_size:
            raise InputError(
                f"{shown}: {int(size.stdout):,} bytes in git, and the limit is {max_size:,}; raise 'max-file-size' in "
                "the configuration if this really is a list"
            )
        return self._asked("cat-file", "blob", content)

    def renamed(self, base: str, head: str, path: str) -> str | None:
        """The name in `base` of a file that `head` (a commit or INDEX) has under another one; None where it is new."""
        options = ("-M", "-z", "--name-status", "--no-ext-diff", "--diff-filter=R")
        if head == INDEX:
            listed = self._asked("diff-index", "--cached", *options, base, "--")
        else:
            listed = self._asked("diff-tree", "-r", *options, base, head, "--")
        fields = [os.fsdecode(field) for field in listed.split(b"\0")]
        return dict(zip(fields[2::3], fields[1::3], strict=False)).get(path)

    def written(self, path: Path, line: int) -> float | None:
        """When a line of a file in the work tree was committed, in seconds since 1970; None where git does not know."""
        told = self._run("blame", "--porcelain", "--no-textconv", "-L", f"{line},{line}", "--", str(path))
        found = re.search(rb"^author-time (\d+)$", told.stdout, re.MULTILINE)
        return float(found[1]) if not told.returncode and found is not None else None

    def _entries(self, tree: str) -> dict[str, TreeEntry]:
        """`mode … id … TAB path`: of `ls-files -s` the id is the second field, of `ls-tree` the third."""
        if tree == INDEX:
            listed, place = self._asked("ls-files", "-s", "-z", "--full-name"), 1
        else:
            listed, place = self._asked("ls-tree", "-r", "-z", "--full-tree", tree), 2
        found = {}
        for entry in listed.split(b"\0")[:-1]:
            fields, _, path = entry.partition(b"\t")
            found[os.fsdecode(path)] = TreeEntry(fields.startswith(b"100"), fields.split()[place].decode("ascii"))
        return found

    def _merge_base(self, revision: str) -> str:
        other = self.commit(revision)
        head = self.head()
        if head is None:
            raise UsageError(f"{self.root}: there is no commit yet, and so no merge base with {revision!r}")
        found = self.common(head, other)
        if found is None:
            shallow = _SHALLOW if self._is_shallow else ""
            raise UsageError(f"HEAD and {revision!r} have no commit in common in {self.root}{shallow}")
        return found

    def _resolved(self, revision: str) -> str | None:
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return None if done.returncode else done.stdout.decode("ascii").strip()

    def _remedy(self, revision: str) -> str:
        if self._is_shallow:
            return _SHALLOW
        if self._resolved(f"refs/remotes/origin/{revision}") is not None:
            return f"; 'origin/{revision}' is there"
        if self.head() is None:
            return ": there is no commit yet"
        return "; `git log --oneline` and `git branch --all` list names"

    @cached_property
    def _is_shallow(self) -> bool:
        return self._asked("rev-parse", "--is-shallow-repository").strip() == b"true"

    def _asked(self, *arguments: str) -> bytes:
        done = self._run(*arguments)
        if done.returncode:
            raise UsageError(f"{self.root}: git {arguments[0]} failed ({_reason(done)})")
        return done.stdout

    def _run(self, *arguments: str) -> CompletedProcess[bytes]:
        """Run git, or remember what it said: a run asks the same for each of many files, and sees one state."""
        if arguments not in self._answers:
            done = self._start(*arguments)
            if arguments[0] == "cat-file":
                return done  # contents are asked for once, and large
            self._answers[arguments] = done
        return self._answers[arguments]

    def _start(self, *arguments: str) -> CompletedProcess[bytes]:
        import subprocess  # not needed where no older version is asked for

        command = ["git", "--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false", *arguments]
        try:
            return subprocess.run(  # noqa: S603 - a list of arguments; no shell reads it
                command,
                cwd=self._directory,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise UsageError("git is not installed, and --since and --staged ask it for older versions") from None


def _environment() -> dict[str, str]:
    """The process's own, its relative paths made absolute because git is started in the file's directory."""
    environment = {**os.environ, **_QUIET}
    for name in _PLACES:
        if environment.get(name):
            environment[name] = str(Path(environment[name]).absolute())
    if "GIT_DIR" in environment and "GIT_WORK_TREE" not in environment:
        environment["GIT_WORK_TREE"] = str(Path.cwd())  # git's own rule: its work tree begins where the hook runs
    return environment


def _reason(done: CompletedProcess[bytes]) -> str:
    """What git says, in one line."""
    said = " ".join(os.fsdecode(done.stderr).split()).removeprefix("fatal: ")
    return said[:_MAX_REASON] or f"git ended with code {done.returncode}"
