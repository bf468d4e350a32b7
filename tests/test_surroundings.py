"""What stands around a file, on disk and in git's trees: both answer alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from listbot.commands.surroundings import Directory, Nowhere, Tree
from listbot.revisions import INDEX, Repository
from listbot.rule import Surroundings
from tests.repositories import ENVIRONMENT, Scratch

MAX = 10_000


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = Scratch(tmp_path / "repository")
    made.write("docs/list.md", "# List\n")
    made.write("docs/guide.md", "# The guide\n\n## Style\n")
    made.write("docs/img/a.png", "x")
    made.write("LICENSE", "MIT\n")
    made.commit()
    return made


@pytest.fixture(params=["disk", "index", "commit"])
def around(request: pytest.FixtureRequest, scratch: Scratch) -> Surroundings:
    if request.param == "disk":
        return Directory(scratch.root / "docs" / "list.md", MAX)
    repository = Repository(scratch.root)
    return Tree(repository, INDEX if request.param == "index" else repository.commit("HEAD"), "docs/list.md", MAX)


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("guide.md", True),
        ("./guide.md", True),
        ("img/", True),
        ("img/a.png", True),
        ("img/A.png", False),
        ("../LICENSE", True),
        ("/LICENSE", True),
        ("/docs", True),
        ("none.md", False),
        ("guide.md/x", False),
        ("../../issues", None),
        ("", True),
    ],
)
def test_what_is_there(around: Surroundings, path: str, there: bool | None) -> None:
    assert around.exists(path) is there


def test_what_is_in_it(around: Surroundings) -> None:
    assert around.is_repository()
    assert around.anchors("guide.md") == {"the-guide", "style"}
    assert around.anchors("none.md") is None
    assert around.read("../LICENSE") == "MIT\n"
    assert around.read("../../etc/passwd") is None
    assert around.names("img") == {"a.png"}
    assert around.names("none") == frozenset()


def test_git_does_not_look_behind_links(scratch: Scratch) -> None:
    (scratch.root / "link").symlink_to("docs")
    commit = scratch.commit()
    tree = Tree(Repository(scratch.root), commit, "list.md", MAX)
    assert [tree.exists(path) for path in ("link", "link/guide.md", "docs/guide.md")] == [True, None, True]
    assert tree.read("link") is None


def test_large_and_foreign_texts_are_not_read(scratch: Scratch) -> None:
    (scratch.root / "docs" / "guide.md").write_bytes(b"\xff")
    scratch.write("docs/large.md", "# x\n" * MAX)
    tree = Tree(Repository(scratch.root), scratch.commit(), "docs/list.md", MAX)
    assert (tree.read("guide.md"), tree.anchors("guide.md"), tree.anchors("large.md")) == (None, None, None)


def test_nobody_knows_what_stands_around_standard_input() -> None:
    nowhere = Nowhere()
    assert (nowhere.exists("x"), nowhere.anchors("x"), nowhere.read("x")) == (None, None, None)
    assert not nowhere.is_repository()
    assert nowhere.names("x") == frozenset()
