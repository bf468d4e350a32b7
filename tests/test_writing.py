"""A file that is written is the old one or the new one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from listbot import writing
from listbot.errors import UsageError


def test_line_endings_stay_as_they_are_given(tmp_path: Path) -> None:
    writing.replace(tmp_path / "x", "a\r\nb\né")
    assert (tmp_path / "x").read_bytes() == b"a\r\nb\n\xc3\xa9"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_mode_and_links_stay(tmp_path: Path) -> None:
    target = tmp_path / "real"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    writing.replace(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert target.read_text("utf-8") == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_has_the_mode_that_the_mask_leaves(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        writing.replace(tmp_path / "x", "new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        writing.replace(tmp_path / "pipe", "new")
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_where_writing_fails_the_old_file_stays_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").write_text("old", "utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UsageError, match="this file cannot be written: No space left on device"):
        writing.replace(tmp_path / "x", "new")
    assert (tmp_path / "x").read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
