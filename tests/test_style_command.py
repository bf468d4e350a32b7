"""`listbot style`: what it prints, letter by letter, and its JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from listbot.habits import Majority
from listbot.house_style import Habit
from listbot.output import style_table
from listbot.output.style_json import JsonStyle
from tests.test_cli import listbot, write

LIST = """\
# Papers

## News

* [An old paper with news](http://arxiv.org/pdf/1706.03762)

## Attention

- [FlashAttention, the paper](https://arxiv.org/abs/2205.14135) [[code]](https://github.com/example/flash)
- [Reformer, the efficient one](https://arxiv.org/abs/2001.04451) [[code]](https://github.com/example/reformer)
- [Longformer, the long one](https://arxiv.org/abs/2004.05150) [[code]](https://github.com/example/long)
- [Linformer, the linear one](https://arxiv.org/abs/2006.04768) [[code]](https://github.com/example/linear)
- [Performer, rethinking it](https://arxiv.org/pdf/2009.14794.pdf) [[Code]](https://github.com/example/per)

## Others

* [Big Bird, for longer texts](http://arxiv.org/abs/2007.14062) [[Code]](https://github.com/example/bird)
"""

TABLE = """\
README.md: 6 entries, 15 habits
entry shape     link labels            6/6    100 %
bullet          -                      5/6    83 %   but: line 17
checkbox        none                   6/6    100 %
title           plain                  6/6    100 %
title is        a link                 6/6    100 %
entry end       none                   6/6    100 %
label brackets  [[label]](url)         6/6    100 %
code label      mixed: code 4, Code 2  4/6    66 %
scheme          https                  11/12  91 %   but: line 17
works listed    one section            6/6    100 %
code leads to   a repository           6/6    100 %
arXiv form      abs                    5/6    83 %   but: line 13
arXiv version   unversioned            6/6    100 %
arXiv scheme    https                  5/6    83 %   but: line 17
arXiv host      arxiv.org              6/6    100 %
"""

SECTION = """\

line 7: Papers › Attention, 5 entries
entry shape     link labels     5/5    100 %
bullet          -               5/5    100 %
"""


def test_the_table(tmp_path: Path) -> None:
    write(tmp_path, "README.md", LIST)
    done = listbot("style", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == TABLE
    named = listbot("style", "README.md", "--sections", cwd=tmp_path)
    assert named.stdout.startswith(done.stdout + SECTION)
    assert named.stdout.count("\nline ") == 1


def test_a_generated_list_is_said_first_and_once(tmp_path: Path) -> None:
    write(tmp_path, "README.md", LIST)
    write(tmp_path, "README.md.j2", "{{ papers }}")
    lines = listbot("style", ".", cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "README.md: this file is generated (README.md.j2 lies beside it); edit README.md.j2 instead"
    assert sum("generated" in line for line in lines) == 1


def test_a_workflow_of_the_repository_is_read(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    write(tmp_path, "data.yaml", "")
    write(tmp_path / "docs", "list.md", LIST)
    write(tmp_path / ".github" / "workflows", "make.yml", "run: cp data.yaml list.md\n")
    (tmp_path / ".github" / "workflows" / "big.yml").write_bytes(b"\xff")
    shown = json.loads(listbot("style", "docs/list.md", "--format", "json", cwd=tmp_path).stdout)["generated"]
    assert shown == {
        "evidence": ".github/workflows/make.yml writes it",
        "line": None,
        "file": ".github/workflows/make.yml",
        "source": "data.yaml",
    }


def test_json(tmp_path: Path) -> None:
    write(tmp_path, "README.md", LIST)
    shown = json.loads(listbot("style", "--format", "json", "--sections", cwd=tmp_path).stdout)
    assert shown["habits"][1] == {
        "name": "bullet",
        "what": "-",
        "count": 5,
        "of": 6,
        "settled": True,
        "others": [{"what": "*", "count": 1}],
        "outliers": [17],
    }
    assert [(s["section"], s["line"], s["entries"]) for s in shown["sections"]] == [(["Papers", "Attention"], 7, 5)]
    assert {key: shown[key] for key in ("version", "path", "entries", "generated")} == {
        "version": 1,
        "path": "README.md",
        "entries": 6,
        "generated": None,
    }
    assert json.loads(listbot("style", "--format", "json", cwd=tmp_path).stdout)["sections"] == []


def test_the_schema_of_the_json_is_stable() -> None:
    schema = JsonStyle.model_json_schema()
    models = {"JsonStyle": schema, **schema["$defs"]}
    assert {name: list(model["properties"]) for name, model in sorted(models.items())} == {
        "JsonGenerated": ["evidence", "line", "file", "source"],
        "JsonHabit": ["name", "what", "count", "of", "settled", "others", "outliers"],
        "JsonOther": ["what", "count"],
        "JsonSection": ["section", "line", "entries", "habits"],
        "JsonStyle": ["version", "path", "entries", "generated", "habits", "sections"],
    }


def test_a_file_without_habits(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "# Nothing\n")
    assert listbot("style", cwd=tmp_path).stdout == "README.md: 0 entries, 0 habits\n"
    done = listbot("style", "none.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "listbot: none.md: there is no such file; check the path\n"


HOSTILE = Habit("paper label", Majority("[red]x[/red]\x1b[31m\u202e", 5, 6), (("p", 1),), (1, 2, 3))


def test_text_of_a_list_is_never_markup() -> None:
    console = Console(file=io.StringIO(), width=100, highlight=False, markup=False, emoji=False)
    style_table.rich([HOSTILE], console)
    assert isinstance(console.file, io.StringIO)
    for shown in (console.file.getvalue(), style_table.plain([HOSTILE])):
        assert "[red]x[/red]⟨U+001B⟩[31m⟨U+202E⟩" in shown
        assert "\x1b[31m" not in shown
        assert "but: lines 1, 2, …" in shown


@pytest.mark.parametrize(
    ("habit", "line"),
    [
        (Habit("separator", Majority(" - ", 5, 5), (), ()), "separator  “ - ”  5/5  100 %\n"),
        (
            Habit("entry end", Majority(":", 3, 6), (("none", 3),), ()),
            "entry end  mixed: “:” 3, none 3  3/6  50 %\n",
        ),
        (Habit("x", Majority("论文", 5, 6), (("b", 1),), (4,)), "x  论文  5/6  83 %  but: line 4\n"),
    ],
)
def test_cells(habit: Habit, line: str) -> None:
    assert style_table.plain([habit]) == line


def test_full_width_text_is_aligned() -> None:
    habits = [Habit("a", Majority("论文", 5, 5), (), ()), Habit("b", Majority("Paper", 5, 5), (), ())]
    assert style_table.plain(habits) == "a  论文   5/5  100 %\nb  Paper  5/5  100 %\n"
