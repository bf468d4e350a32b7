"""Every way in which a file can be wrong is one sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from listbot import inputs
from listbot.errors import InputError


def message(path: Path, max_size: int = 1_000) -> str:
    with pytest.raises(InputError) as caught:
        inputs.read(path, path.name, max_size)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"caf\xe9", "x.md: not UTF-8 at byte offset 3 (0xe9); save the file as UTF-8"),
        (b"\xff\xfea\0", "x.md: this file is UTF-16; save it as UTF-8"),
        (b"PNG\0\1", "x.md: this is a binary file (a NUL byte at offset 3); a Markdown text was expected"),
        (b"a" * 1_001, "x.md: 1,001 bytes, and the limit is 1,000; raise 'max-file-size'"),
    ],
)
def test_contents_that_are_no_text(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "x.md").write_bytes(content)
    assert message(tmp_path / "x.md").startswith(says)


def test_a_line_of_more_than_a_megabyte(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("a\n" + "b" * 1_000_001)
    assert message(tmp_path / "x.md", 8_000_000).startswith("x.md:2: this line is longer than 1 MB")


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    assert message(tmp_path / "none.md") == "none.md: there is no such file; check the path"
    assert message(tmp_path) == f"{tmp_path.name}: this is a directory; a Markdown file was expected"
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    assert message(loop).startswith("loop.md: a loop of symbolic links")
    with pytest.raises(InputError, match="holds no Markdown file"):
        inputs.find(tmp_path / "empty", lambda _: False) if (tmp_path / "empty").mkdir() is None else None
    with pytest.raises(InputError, match="no README"):
        inputs.default_readme(tmp_path / "empty")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    secret = tmp_path / "x.md"
    secret.write_text("a")
    secret.chmod(0)
    assert message(secret).startswith("x.md: no permission to read this")


def test_an_empty_file_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"")
    assert inputs.read(tmp_path / "x.md", "x.md", 10).text == ""


def test_a_directory_stands_for_the_markdown_below_it(tmp_path: Path) -> None:
    for name in ("b.md", "a.markdown", "c.txt", ".git/d.md", "node_modules/e.md", "sub/f.MD", "skip/g.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = inputs.find(tmp_path, lambda path: path.name == "skip")
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.markdown", "b.md", "sub/f.MD"]
    assert inputs.find(tmp_path / "c.txt", lambda _: True) == [tmp_path / "c.txt"]
