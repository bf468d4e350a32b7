"""The command as users run it: a process of its own, its exit code and what it prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from listbot import __version__
from listbot.rulebook import pages

GOOD = "# Tools\n\n- [a](https://a.example)\n- [b](https://b.example)\n"
BAD = GOOD + "- [a](https://a.example)\n"
WARNED = GOOD + "\n## Empty\n"


def listbot(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "listbot", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


def write(directory: Path, name: str, text: str) -> None:
    (directory / name).write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        (GOOD, [], 0),
        (BAD, [], 1),
        (BAD, ["--exit-zero"], 0),
        (WARNED, [], 0),
        (WARNED, ["--fail-on", "warning"], 1),
        (BAD, ["--ignore", "duplicate-entry"], 0),
        (BAD, ["--select", "empty-section"], 0),
        (BAD, ["--select", "no-such-rule"], 2),
        (BAD, ["--no-such-option"], 2),
        ("", [], 0),
    ],
)
def test_exit_codes(tmp_path: Path, text: str, arguments: list[str], code: int) -> None:
    write(tmp_path, "README.md", text)
    done = listbot("check", *arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_the_readme_here_is_the_default_and_its_absence_one_sentence(tmp_path: Path) -> None:
    done = listbot("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ("listbot: there is no README.md in the current directory; name a file or directory\n")
    write(tmp_path, "readme.md", BAD)
    assert listbot("check", cwd=tmp_path).stdout.startswith("readme.md:5:3: error[duplicate-entry]")


def test_one_bad_file_hides_nothing(tmp_path: Path) -> None:
    write(tmp_path, "a.md", BAD)
    (tmp_path / "b.md").write_bytes(b"\xff")
    write(tmp_path, "c.md", BAD)
    done = listbot("check", ".", "none.md", cwd=tmp_path)
    assert done.returncode == 2
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["a.md", "c.md"]
    assert done.stderr.splitlines()[:2] == [
        "listbot: b.md: not UTF-8 at byte offset 0 (0xff); save the file as UTF-8",
        "listbot: none.md: there is no such file; check the path",
    ]


def test_json_is_all_there_is_on_standard_output(tmp_path: Path) -> None:
    write(tmp_path, "README.md", BAD)
    done = listbot("check", "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout)["summary"]["by_rule"] == {"duplicate-entry": 1}
    assert done.stderr.count("\n") == 1


def test_configuration_of_each_file_is_found_upwards(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    write(tmp_path, "README.md", BAD)
    write(tmp_path / "docs", "README.md", BAD)
    write(tmp_path / "docs", "listbot.toml", "ignore = ['duplicate-entry']\n")
    assert listbot("check", ".", cwd=tmp_path).stdout.count("duplicate-entry") == 1
    assert listbot("check", ".", "--isolated", cwd=tmp_path).stdout.count("duplicate-entry") == 2
    assert listbot("check", ".", "--config", "docs/listbot.toml", cwd=tmp_path).stdout == ""
    write(tmp_path, "listbot.toml", "exclude = ['docs']\n")
    assert listbot("check", ".", "--config", "listbot.toml", cwd=tmp_path).stdout.count("README.md") == 1


def test_lists_says_which_files_are_lists(tmp_path: Path) -> None:
    write(tmp_path, "README.md", BAD)
    write(tmp_path, "listbot.toml", "lists = ['other.md']\n")
    assert listbot("check", cwd=tmp_path).stdout == ""
    write(tmp_path, "listbot.toml", "lists = ['README.md']\n")
    assert "duplicate-entry" in listbot("check", cwd=tmp_path).stdout


def test_hints_show_on_demand_and_never_count(tmp_path: Path) -> None:
    write(tmp_path, "README.md", GOOD + "- [c](#Tools)\n")
    assert listbot("check", cwd=tmp_path).stdout == ""
    done = listbot("check", "--pedantic", "--fail-on", "warning", cwd=tmp_path)
    assert "hint[broken-anchor]" in done.stdout
    assert done.returncode == 0


def test_rule_prints_pages(tmp_path: Path) -> None:
    assert listbot("rule", "duplicate-entry", cwd=tmp_path).stdout == pages()["duplicate-entry"].text
    listed = listbot("rule", cwd=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(pages())
    done = listbot("rule", "duplicate-entri", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "listbot: there is no rule 'duplicate-entri'; the nearest name is 'duplicate-entry'\n"


def test_a_rule_that_is_like_none_is_not_guessed(tmp_path: Path) -> None:
    done = listbot("rule", "nosuch", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "listbot: there is no rule 'nosuch'; `listbot rule` lists them\n")


def test_words_says_that_there_are_none(tmp_path: Path) -> None:
    done = listbot("words", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "",
        "listbot: this project has no words of its own; `listbot words --add WORD` adds one\n",
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "--nonsense"], "listbot check: unrecognized arguments: --nonsense; see `listbot check --help`\n"),
        (
            ["check", "--rule", "typo", "a.md", "b.md"],
            "listbot check: unrecognized arguments: --rule; see `listbot check --help`\n",
        ),
        (["fix", "--nonsense", "x"], "listbot fix: unrecognized arguments: --nonsense; see `listbot fix --help`\n"),
        (
            ["bot", "lint", "--nonsense"],
            "listbot bot lint: unrecognized arguments: --nonsense; see `listbot bot lint --help`\n",
        ),
        (
            ["links", "--port", "99999"],
            "listbot links: argument --port: '99999' is no port; expected a number from 1 to 65535; "
            "see `listbot links --help`\n",
        ),
        (
            ["check", "--deadline", "abc"],
            "listbot: --deadline says how links are asked, and without --links none is; add --links\n",
        ),
        (
            ["fix", "--no-registries"],
            "listbot: --no-registries says how links are asked, and without --links none is; add --links\n",
        ),
    ],
)
def test_arguments_that_mean_nothing_are_refused_by_their_command(
    tmp_path: Path, arguments: list[str], told: str
) -> None:
    done = listbot(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("arguments", [["check"], ["check", "--format", "full"], ["entries"], ["rule"]])
def test_a_full_disk_is_no_bug(tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path, "README.md", BAD)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "listbot", *arguments],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "listbot: cannot write: no space left on device; make room and run it again"
    )


def test_config_prints_settings_and_origins(tmp_path: Path) -> None:
    write(tmp_path, "listbot.toml", "exclude = ['x']\n")
    shown = listbot("config", cwd=tmp_path).stdout
    (exclude,) = [line for line in shown.splitlines() if line.startswith("exclude")]
    assert exclude.split() == ["exclude", "=", '["x"]', "#", "listbot.toml"]
    assert json.loads(listbot("config", "--schema", cwd=tmp_path).stdout)["title"] == "listbot"


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], {"pydantic", "httpx", "github", "rich", "markdown_it"}),
        (["check"], {"pydantic", "httpx", "github", "rich"}),
        (["check", "--format", "json"], {"httpx", "github", "rich"}),
        (["style"], {"pydantic", "httpx", "github", "rich"}),
        (["entries"], {"httpx", "github", "rich", "bibtexparser"}),
        (["entries", "--format", "csv"], {"pydantic", "httpx", "github", "rich", "bibtexparser"}),
    ],
)
def test_start_up_is_light(tmp_path: Path, arguments: list[str], absent: set[str]) -> None:
    write(tmp_path, "README.md", GOOD)
    program = (
        f"import sys\nfrom listbot.cli import main\nassert main({arguments!r}) == 0\nprint('MODULES', *sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    modules = done.stdout.rpartition("MODULES")[2].split()
    assert not absent & {module.split(".")[0] for module in modules}


def test_version(tmp_path: Path) -> None:
    assert listbot("--version", cwd=tmp_path).stdout == f"listbot {__version__}\n"


def test_our_bug_is_one_paragraph_and_exit_3(tmp_path: Path) -> None:
    write(tmp_path, "README.md", GOOD)
    program = (
        "import sys, listbot.commands.checked as c\nfrom listbot.cli import main\n"
        "def broken(*a, **k): raise ZeroDivisionError('no')\nc.parse = broken\nsys.exit(main(['check']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 3
    assert done.stderr.startswith("listbot: this is a bug in listbot, not in your list: ZeroDivisionError: no (at ")
    assert done.stderr.count("\n") == 1


def _generated(folder: Path) -> str:
    """Writes a list that says of itself that a program writes it; returns how it is reported."""
    rows = "".join(f"- [Tool {n}](https://t{n}.example) - Does things.\n" for n in range(9))
    (folder / "README.md").write_text(
        f"<!-- This file is generated by scripts/make_list.py -->\n\n## Tools\n\n{rows}", "utf-8"
    )
    said = "line 1 says “This file is generated by scripts/make_list.py”"
    return f"this file is generated ({said}); edit scripts/make_list.py instead"


def test_a_generated_list_is_a_warning_that_names_the_source(tmp_path: Path) -> None:
    said = _generated(tmp_path)
    done = listbot("check", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == f"README.md:1:1: warning[generated-list] {said}\n"
    assert done.stderr.startswith("1 warning in 1 file (generated-list 1); 9 entries, 9 links, ")


def test_entries_of_a_generated_list_are_told_with_its_source(tmp_path: Path) -> None:
    said = _generated(tmp_path)
    done = listbot("entries", cwd=tmp_path)
    assert [line for line in done.stderr.splitlines() if "generated" in line] == [f"listbot: README.md: {said}"]


DUPLICATE = "README.md:5:3: error[duplicate-entry] a.example is already listed on line 3\n"
CLOSED = "listbot: standard output is closed, so that there is no place for an answer; send it to /dev/null\n"


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix closes streams")
@pytest.mark.parametrize(
    ("command", "code", "output", "error"),
    [
        ("check >&-", 2, "", CLOSED),
        ("check --format json >&-", 2, "", CLOSED),
        ("fix >&-", 2, "", CLOSED),
        ("rule typo >&-", 2, "", CLOSED),
        ("--version >&-", 2, "", CLOSED),
        ("check >&- 2>&-", 2, "", ""),
        ("check --stdin <&-", 2, "", "listbot: <stdin>: standard input is closed; send the text there\n"),
        ("check --format concise 2>&-", 1, DUPLICATE, ""),
        ("rule | head -1", 0, "archived-repository  A repository was set to read only by its owners.\n", ""),
        ("rule typo | head -0", 0, "", ""),
    ],
)
def test_streams_may_be_closed(tmp_path: Path, command: str, code: int, output: str, error: str) -> None:
    """A closed stream is the caller's choice, and no bug. (Behind `|` the exit code is that of `head`.)"""
    write(tmp_path, "README.md", BAD)
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$PYTHON" -m listbot {command}'],
        cwd=tmp_path,
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, output, error)
