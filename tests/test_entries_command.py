"""`listbot entries` as users run it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bibtexparser import parse_string  # type: ignore[attr-defined]

from tests.test_cli import listbot, write

PAPERS = """\
# Papers

- [Lark: a parser](https://github.com/example/lark)

## Surveys

- [A Survey of 注意力](https://arxiv.org/abs/2205.14135) [[code](https://github.com/example/flash)]

## Tables

| Title | Link |
|---|---|
| A rather long title | [pdf](https://arxiv.org/pdf/1706.03762) |
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    write(tmp_path, "README.md", PAPERS)
    return tmp_path


def rows(*arguments: str, cwd: Path) -> list[dict[str, Any]]:
    done = listbot("entries", *arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def titles(*arguments: str, cwd: Path) -> list[str]:
    return [row["title"] for row in rows(*arguments, cwd=cwd)]


def test_json_lines_of_the_readme_here_are_the_default_elsewhere_than_in_a_terminal(here: Path) -> None:
    found = rows(cwd=here)
    assert [row["title"] for row in found] == ["Lark: a parser", "A Survey of 注意力", "A rather long title"]
    assert [row["primary"] for row in found] == [
        "https://github.com/example/lark",
        "https://arxiv.org/abs/2205.14135",
        "https://arxiv.org/pdf/1706.03762",
    ]
    assert [link["work"] for link in found[1]["links"]] == ["arxiv:2205.14135", "github:example/flash"]
    assert found == rows("README.md", "--format", "jsonl", cwd=here)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_table_is_the_default_in_a_terminal(here: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "dumb", "COLUMNS": "60"}
    done = subprocess.run(
        [sys.executable, "-m", "listbot", "entries"], cwd=here, stdout=theirs, env=environment, timeout=60, check=False
    )
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert shown.splitlines() == [
        "README.md: 3 entries",
        "line  title                work",
        "3     Lark: a parser       github:example/lark",
        "7     A Survey of 注意力   arxiv:2205.14135",
        "13    A rather long title  arxiv:1706.03762",
    ]


def test_every_format_prints_the_same_entries(here: Path) -> None:
    found = rows(cwd=here)
    whole = json.loads(listbot("entries", "--format", "json", cwd=here).stdout)
    assert whole == {"version": 1, "entries": found}
    cells = list(csv.DictReader(io.StringIO(listbot("entries", "--format", "csv", cwd=here).stdout)))
    assert [row["title"] for row in cells] == [row["title"] for row in found]
    assert cells[2]["section"] == "Papers > Tables"
    bibtex = listbot("entries", "--format", "bibtex", cwd=here)
    assert [entry.key for entry in parse_string(bibtex.stdout).entries] == [
        "survey-2205.14135",
        "rather-long-title-1706.03762",
    ]
    assert bibtex.stderr == "listbot: left out 1 entry without a publication\n"


def test_data_is_utf_8_whatever_the_terminal_speaks(here: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "listbot", "entries"],
        cwd=here,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        timeout=60,
        check=False,
    )
    assert "注意力" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout


def test_sections_are_found_on_the_whole_path_in_any_case(here: Path) -> None:
    assert titles("--section", "SURVEY", cwd=here) == ["A Survey of 注意力"]
    assert titles("--section", "survey", "--section", "table", cwd=here) == [
        "A Survey of 注意力",
        "A rather long title",
    ]
    assert len(titles("--section", "papers", cwd=here)) == 3


def test_kinds(here: Path) -> None:
    assert titles("--kind", "row", cwd=here) == ["A rather long title"]
    assert len(titles("--kind", "row", "--kind", "item", cwd=here)) == 3
    assert titles("--kind", "item", "--section", "surveys", cwd=here) == ["A Survey of 注意力"]
    done = listbot("entries", "--kind", "rows", cwd=here)
    assert done.returncode == 2
    assert "invalid choice: 'rows'" in done.stderr


@pytest.mark.parametrize(
    ("format_name", "shown"),
    [
        ("table", ""),
        ("jsonl", ""),
        ("json", '{"version": 1, "entries": []}\n'),
        ("csv", "path,start_line,end_line,section,kind,title,authors,venue,year,tags,marks,notes,primary,work,links\n"),
        ("bibtex", ""),
    ],
)
def test_nothing_found_is_no_mistake(here: Path, format_name: str, shown: str) -> None:
    done = listbot("entries", "--format", format_name, "--section", "none", "--kind", "row", cwd=here)
    assert (done.returncode, done.stdout) == (0, shown)
    assert done.stderr == "listbot: no entry matches --section 'none' --kind row\n"
    write(here, "README.md", "Only text.\n")
    done = listbot("entries", "--format", format_name, cwd=here)
    assert (done.returncode, done.stdout, done.stderr) == (0, shown, "listbot: there is no entry in what was read\n")


def test_one_bad_file_hides_nothing(here: Path) -> None:
    (here / "b.md").write_bytes(b"\xff")
    write(here, "c.md", "- [C is a name](https://c.example)\n")
    for format_name in ("jsonl", "json", "csv", "table"):
        done = listbot("entries", "--format", format_name, "README.md", "b.md", "none.md", "c.md", cwd=here)
        assert done.returncode == 2
        assert "A rather long title" in done.stdout
        assert "C is a name" in done.stdout
        assert done.stderr.splitlines() == [
            "listbot: b.md: not UTF-8 at byte offset 0 (0xff); save the file as UTF-8",
            "listbot: none.md: there is no such file; check the path",
        ]


def test_no_readme_is_one_sentence(tmp_path: Path) -> None:
    done = listbot("entries", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "listbot: there is no README.md in the current directory; name a file or directory\n"


def test_directories_and_the_configuration_hold_as_for_check(here: Path) -> None:
    write(here, "other.md", PAPERS)
    assert len(rows(".", cwd=here)) == 6
    write(here, "listbot.toml", "exclude = ['other.md']\n")
    assert {row["path"] for row in rows(".", cwd=here)} == {"README.md"}
    assert len(rows(".", "--isolated", cwd=here)) == 6
    write(here, "small.toml", "max-file-size = 10\n")
    done = listbot("entries", "--config", "small.toml", cwd=here)
    assert done.returncode == 2
    assert "the limit is 10" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_a_name_that_is_no_utf_8_is_shown_all_the_same(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    (tmp_path / name).write_text(PAPERS, "utf-8")
    assert {row["path"] for row in rows(name, cwd=tmp_path)} == {"caf\ufffd.md"}


def test_the_schema_needs_no_list(tmp_path: Path) -> None:
    whole = json.loads(listbot("entries", "--schema", cwd=tmp_path).stdout)
    assert sorted(whole["properties"]) == ["entries", "version"]
    line = json.loads(listbot("entries", "--schema", "--format", "jsonl", cwd=tmp_path).stdout)
    assert whole["$defs"]["EntryRow"]["properties"] == line["properties"]


def test_bibtex_without_its_library_says_what_to_install(here: Path) -> None:
    program = (
        "import sys\nsys.modules['bibtexparser'] = None\nfrom listbot.cli import main\n"
        "sys.exit(main(['entries', '--format', 'bibtex']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=here, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "listbot: BibTeX needs the library bibtexparser, which is not here; "
        "`pip install 'listbot-lint[bibtex]'` installs it\n"
    )


def test_a_reader_that_has_seen_enough_is_no_bug(here: Path) -> None:
    write(here, "README.md", PAPERS * 2_000)
    writer = subprocess.Popen(
        [sys.executable, "-m", "listbot", "entries"],
        cwd=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.readline()
    writer.stdout.close()
    assert "bug" not in writer.stderr.read()
    writer.stderr.close()
    assert writer.wait(60) == 2


def test_help_says_what_is_printed_where(tmp_path: Path) -> None:
    shown = " ".join(listbot("entries", "--help", cwd=tmp_path, COLUMNS="200").stdout.split())
    assert "(default: table in a terminal, else jsonl)" in shown
    assert "(default: the README here)" in shown
    assert all(f"{option} " in shown for option in ("--section", "--kind", "--schema", "--config", "--isolated"))
    assert "entries print the entries of lists as data" in " ".join(listbot("--help", cwd=tmp_path).stdout.split())
