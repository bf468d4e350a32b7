"""Several processes say what one says, in the same order, and a bug in one of them is a bug."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from listbot.commands import pool
from listbot.commands.checked import Checked, Task, Unread
from listbot.commands.versions import Asked
from listbot.config import Selection
from listbot.errors import InternalError, UsageError
from tests.repositories import ENVIRONMENT, Scratch

BAD = "- [x] (https://x.example)\n"


def judge(since: str | None = None) -> pool.Judge:
    return pool.Judge(None, True, Selection(), Asked(since), False)


@pytest.fixture
def tasks(tmp_path: Path) -> list[Task]:
    made = []
    for number in range(12):
        path = tmp_path / f"{number}.md"
        path.write_text("- [a](#none)\n" * (12 - number) + BAD * number, "utf-8")
        made.append(Task(path, path.name, {}))
    (tmp_path / "5.md").write_bytes(b"\xff")
    return made


def test_two_processes_say_what_one_says(tasks: list[Task]) -> None:
    one, two = (list(pool.run(tasks, judge(), processes)) for processes in (1, 2))
    assert [type(outcome) for outcome in two] == [Unread if number == 5 else Checked for number in range(12)]
    for alone, shared in zip(one, two, strict=True):
        if isinstance(alone, Checked) and isinstance(shared, Checked):
            assert shared.report == alone.report
            assert shared.source.text == alone.source.text
        else:
            assert shared == alone


def test_a_users_mistake_comes_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    scratch = Scratch(tmp_path)
    scratch.commit(a_md=BAD, b_md=BAD)
    made = [Task(tmp_path / name, name, {}) for name in ("a.md", "b.md")]
    with pytest.raises(UsageError, match="'v9' names no commit"):
        list(pool.run(made, judge("v9"), 2))


@pytest.mark.skipif(sys.platform != "linux", reason="the patch reaches forked processes only")
def test_our_bug_in_a_process_is_our_bug(tasks: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no")

    monkeypatch.setattr("listbot.commands.checked.parse", broken)
    with pytest.raises(ZeroDivisionError):
        list(pool.run(tasks, judge(), 2))


@pytest.mark.skipif(sys.platform != "linux", reason="the patch reaches forked processes only")
def test_a_process_that_dies_is_our_bug(tasks: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("listbot.commands.checked.parse", lambda *_: os._exit(9))
    with pytest.raises(InternalError, match="a process that checked files died"):
        list(pool.run(tasks, judge(), 2))


def test_small_files_are_not_shared_out(tasks: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_shared_out", lambda *_: pytest.fail("not worth a process"))
    assert len(list(pool.run(tasks, judge()))) == 12


@pytest.mark.skipif(sys.platform != "linux", reason="the patch reaches forked processes only")
def test_on_the_command_line_it_is_one_paragraph_and_exit_3(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("- [x](https://x.example)\n", "utf-8")
    program = (
        "import sys, listbot.commands.checked as c, listbot.commands.pool as p\nfrom listbot.cli import main\n"
        "def broken(*a, **k): raise ZeroDivisionError('no')\nc.parse = broken\np._PAYS = 0\n"
        "sys.exit(main(['check', '.']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert done.stderr.startswith(
        "listbot: this is a bug in listbot, not in your list: ZeroDivisionError: no (at <string>:3, listbot "
    )
