"""git, asked as a process: what is found, what is refused, and that names of strangers are names and nothing else."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from listbot.errors import InputError, UsageError
from listbot.revisions import INDEX, Repository
from tests.repositories import ENVIRONMENT, Scratch

MAX = 1_000


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return Scratch(tmp_path / "repository")


def text(repository: Repository, tree: str, path: str) -> str | None:
    content = repository.file(tree, path)
    return None if content is None else repository.read(content, path, MAX).decode()


def test_commits_by_any_name(scratch: Scratch) -> None:
    first = scratch.commit(README_md="one\n")
    scratch.git("tag", "-a", "v1", "-m", "v1")
    second = scratch.commit(README_md="two\n")
    repository = Repository(scratch.root)
    assert [repository.commit(name) for name in ("v1", "HEAD~1", first[:8], "main", "@")] == [
        first, first, first, second, second,
    ]  # fmt: skip
    assert text(repository, first, "README.md") == "one\n"
    assert text(repository, second, "README.md") == "two\n"
    assert text(repository, second, "readme.md") is None


def test_the_index_holds_what_is_staged(scratch: Scratch) -> None:
    scratch.commit(README_md="one\n")
    scratch.write("README.md", "two\n")
    scratch.git("add", "README.md")
    scratch.write("README.md", "three\n")
    assert text(Repository(scratch.root), INDEX, "README.md") == "two\n"


@pytest.mark.parametrize("name", ["--help", "a b.md", "é\u202e.md", "x\ny.md", ":0:x.md", "*.md", '"q".md', "d/-n.md"])
def test_hostile_names_of_files_are_names(scratch: Scratch, name: str) -> None:
    scratch.write("other.md", "other\n")
    scratch.write(name, "text\n")
    commit = scratch.commit()
    repository = Repository(scratch.root)
    for tree in (commit, INDEX):
        assert text(repository, tree, name) == "text\n"
        assert name in repository.paths(tree)
    assert text(repository, commit, "*") is None


def test_a_name_that_is_no_utf8(scratch: Scratch) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    scratch.write(name, "text\n")
    commit = scratch.commit()
    assert text(Repository(scratch.root), commit, name) == "text\n"


@pytest.mark.parametrize("revision", ["v9", "--all", "-h", "--output=x", "", "HEAD:README.md", "a b", "HEAD\n", "@{9}"])
def test_what_is_no_commit_is_one_sentence(scratch: Scratch, revision: str) -> None:
    scratch.commit(README_md="one\n")
    with pytest.raises(UsageError, match=r"names no commit of .*; `git log --oneline`"):
        Repository(scratch.root).commit(revision)
    assert not (scratch.root / "x").exists()


def test_a_branch_of_the_remote_is_named_where_it_is_meant(scratch: Scratch, tmp_path: Path) -> None:
    scratch.commit(README_md="one\n")
    scratch.git("branch", "stable")
    scratch.git("clone", "-q", str(scratch.root), str(tmp_path / "clone"))
    with pytest.raises(UsageError, match=r"'stable' names no commit of .*; 'origin/stable' is there$"):
        Repository(tmp_path / "clone").commit("stable")


def test_a_shallow_clone_says_what_to_fetch(scratch: Scratch, tmp_path: Path) -> None:
    old = scratch.commit(README_md="one\n")
    scratch.commit(README_md="two\n")
    scratch.git("clone", "-q", "--depth", "1", f"file://{scratch.root}", str(tmp_path / "clone"))
    clone = Repository(tmp_path / "clone")
    assert text(clone, clone.commit("HEAD"), "README.md") == "two\n"
    for revision in (old, "HEAD~1"):
        with pytest.raises(UsageError, match=r"this clone is shallow.*`git fetch --unshallow`, or `fetch-depth: 0`"):
            clone.commit(revision)


def test_merge_bases(scratch: Scratch) -> None:
    base = scratch.commit(README_md="one\n")
    scratch.git("checkout", "-q", "-b", "topic")
    scratch.commit(README_md="two\n")
    scratch.git("checkout", "-q", "main")
    scratch.commit(other_md="x\n")
    scratch.git("checkout", "-q", "topic")
    assert Repository(scratch.root).commit("merge-base:main") == base
    scratch.git("checkout", "-q", "--orphan", "alone")
    scratch.commit(README_md="three\n")
    with pytest.raises(UsageError, match="HEAD and 'main' have no commit in common"):
        Repository(scratch.root).commit("merge-base:main")


def test_renames_are_followed_in_commits_and_in_the_index(scratch: Scratch) -> None:
    first = scratch.commit(README_md="a line\n" * 20)
    scratch.git("mv", "README.md", "list.md")
    repository = Repository(scratch.root)
    assert repository.renamed(first, INDEX, "list.md") == "README.md"
    second = scratch.commit()
    assert repository.renamed(first, second, "list.md") == "README.md"
    assert repository.renamed(first, second, "other.md") is None


def test_no_repository_and_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match=r"this is no git repository \(not a git repository.*; leave --since"):
        Repository(tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="git is not installed"):
        Repository(tmp_path)


def test_before_the_first_commit(scratch: Scratch) -> None:
    repository = Repository(scratch.root)
    assert repository.head() is None
    with pytest.raises(UsageError, match=r"'HEAD' names no commit of .*: there is no commit yet"):
        repository.commit("HEAD")


def test_large_contents_are_not_read(scratch: Scratch) -> None:
    commit = scratch.commit(README_md="x" * 2_000)
    repository = Repository(scratch.root)
    content = repository.file(commit, "README.md")
    assert content is not None
    with pytest.raises(InputError, match="2,000 bytes in git, and the limit is 1,000"):
        repository.read(content, "README.md", MAX)
    with pytest.raises(InputError, match="its older version is not in this clone"):
        repository.read("0" * 40, "README.md", MAX)


def test_nothing_of_the_repositorys_configuration_runs(scratch: Scratch, tmp_path: Path) -> None:
    """A clone from a stranger may bring settings that start programs."""
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n", "utf-8")
    trap.chmod(0o755)
    first = scratch.commit(README_md="a line\n" * 20)
    for name in ("core.fsmonitor", "core.pager", "diff.external", "diff.md.command", "diff.md.textconv"):
        scratch.git("config", name, str(trap))
    hooks = scratch.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "post-index-change").symlink_to(trap)
    scratch.write(".gitattributes", "*.md diff=md\n")
    scratch.git("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "mv", "README.md", "list.md")
    (tmp_path / "sprung").unlink(missing_ok=True)
    repository = Repository(scratch.root)
    assert repository.renamed(first, INDEX, "list.md") == "README.md"
    assert text(repository, first, "README.md") == "a line\n" * 20
    assert set(repository.paths(INDEX)) == {"list.md"}
    assert not (tmp_path / "sprung").exists()


def test_the_index_of_a_hook_is_the_one_that_git_names(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    """`git commit README.md` has an index of its own, named by a path relative to the root."""
    scratch.commit(README_md="one\n", sub_md="x\n")
    scratch.write("README.md", "two\n")
    scratch.git("add", "README.md", GIT_INDEX_FILE="next-index")
    monkeypatch.chdir(scratch.root)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "next-index")
    (scratch.root / "docs").mkdir()
    assert text(Repository(scratch.root / "docs"), INDEX, "README.md") == "two\n"


def test_submodules_and_links_are_no_files(scratch: Scratch, tmp_path: Path) -> None:
    other = Scratch(tmp_path / "other")
    other.commit(README_md="one\n")
    scratch.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.root), "sub")
    (scratch.root / "link.md").symlink_to("sub/README.md")
    commit = scratch.commit()
    repository = Repository(scratch.root)
    assert [repository.file(commit, path) for path in ("sub", "link.md", "sub/README.md")] == [None, None, None]
    assert {path: entry.is_file for path, entry in repository.paths(commit).items()} == {
        ".gitmodules": True, "link.md": False, "sub": False,
    }  # fmt: skip


def test_the_tests_have_no_configuration_of_the_machine() -> None:
    done = subprocess.run(
        ["git", "config", "--global", "--list"], env={**os.environ, **ENVIRONMENT}, capture_output=True, check=False
    )
    assert done.stdout == b""
