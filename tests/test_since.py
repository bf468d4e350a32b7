"""`check --since`, `--staged`, `--baseline` and `--stdin` as users run them, in real repositories."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repositories import ENVIRONMENT, Scratch

OLD = "- [Old entry] (https://old.example)\n"
GOOD = "# Tools\n\n- [a](https://a.example)\n- [b](https://b.example)\n" + OLD
NEW = "- [New entry] (https://new.example)\n"
MESSAGE = "the blank between “]” and “(” keeps “New entry” from being a link"


def listbot(*arguments: str, cwd: Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "listbot", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=120,
        env={**os.environ, **ENVIRONMENT, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )
    said, told = (stream.decode("utf-8") for stream in (done.stdout, done.stderr))
    assert "Traceback" not in told, told
    return subprocess.CompletedProcess(done.args, done.returncode, said, told)


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    made = Scratch(tmp_path / "repository")
    made.commit(README_md=GOOD)
    return made


def test_since_reports_what_the_work_tree_adds_to_a_revision(scratch: Scratch) -> None:
    assert listbot("check", "--since", "HEAD", cwd=scratch.root).returncode == 0
    scratch.write("README.md", GOOD + NEW)
    done = listbot("check", "--since", "HEAD", cwd=scratch.root)
    assert (done.returncode, done.stdout) == (1, f"README.md:6:3: error[malformed-link] {MESSAGE}\n")
    assert done.stderr.startswith("1 error in 1 file (malformed-link 1), 1 old; 4 entries")
    scratch.commit()
    assert listbot("check", "--since", "HEAD", cwd=scratch.root).returncode == 0
    assert listbot("check", "--since", "HEAD~1", cwd=scratch.root).stdout == done.stdout
    counts = json.loads(listbot("check", "--since", "HEAD~1", "--format", "json", cwd=scratch.root).stdout)
    assert counts["files"][0]["old"] == 1


def test_since_where_a_branch_left_another(scratch: Scratch) -> None:
    scratch.git("checkout", "-q", "-b", "topic")
    scratch.commit(README_md=GOOD + NEW)
    scratch.git("checkout", "-q", "main")
    scratch.commit(README_md=GOOD.replace("Old entry", "Older entry"))
    scratch.git("checkout", "-q", "topic")
    done = listbot("check", "--since", "merge-base:main", cwd=scratch.root)
    assert done.stdout == f"README.md:6:3: error[malformed-link] {MESSAGE}\n"


def test_since_follows_a_rename_and_takes_a_new_file_whole(scratch: Scratch) -> None:
    scratch.git("mv", "README.md", "list.md")
    scratch.write("list.md", GOOD + NEW)
    scratch.write("notes.md", NEW)
    done = listbot("check", "--since", "HEAD", ".", cwd=scratch.root)
    assert [line.split(":")[:2] for line in done.stdout.splitlines()] == [["list.md", "6"], ["notes.md", "1"]]


def test_since_asks_what_stood_around_the_file_then(scratch: Scratch) -> None:
    scratch.commit(
        README_md=GOOD + "- [Guide](docs/guide.md)\n- [Lost](docs/lost.md)\n", **{"docs/guide_md": "# Guide\n"}
    )
    (scratch.root / "docs" / "guide.md").unlink()
    done = listbot("check", "--since", "HEAD", cwd=scratch.root)
    assert done.stdout == "README.md:6:11: error[broken-path] there is no file docs/guide.md\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--since", "v9"], "'v9' names no commit of {root}; `git log --oneline` and `git branch --all` list names"),
        (["--since", "merge-base:v9"], "'v9' names no commit of {root}; `git log --oneline` and"),
        (["--since", "HEAD", "/"], "/: this directory holds no Markdown file"),
        (["--since", "HEAD", "--staged"], "argument --staged: not allowed with argument --since"),
        (["--since"], "argument --since: expected one argument"),
    ],
)
def test_mistakes_are_one_sentence_and_exit_2(scratch: Scratch, arguments: list[str], told: str) -> None:
    if "/" in arguments:
        arguments = [*arguments[:-1], "empty"]
        told = told.replace("/", "empty", 1)
        (scratch.root / "empty").mkdir()
    done = listbot("check", *arguments, cwd=scratch.root)
    assert done.returncode == 2
    assert told.format(root=scratch.root) in done.stderr


def test_since_outside_a_repository(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(GOOD, "utf-8")
    done = listbot("check", "--since", "HEAD", cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert done.returncode == 2
    assert "this is no git repository" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_outside_the_repository_that_the_environment_names(scratch: Scratch, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(GOOD, "utf-8")
    done = listbot("check", "--since", "HEAD", str(tmp_path / "README.md"), cwd=scratch.root, GIT_DIR=".git")
    assert done.returncode == 2
    assert "README.md: this file is not in " in done.stderr


def test_an_older_version_that_is_no_text_leaves_nothing_to_compare_with(scratch: Scratch) -> None:
    (scratch.root / "README.md").write_bytes(b"\xff\xfe")
    scratch.commit()
    scratch.write("README.md", OLD)
    done = listbot("check", "--since", "HEAD", cwd=scratch.root)
    assert (done.returncode, done.stdout.count("\n")) == (1, 1)
    assert "README.md: this file is UTF-16; save it as UTF-8 (as it is in " in done.stderr


# Staged ---------------------------------------------------------------------------------------------------------------


def test_staged_judges_the_index_and_not_the_work_tree(scratch: Scratch) -> None:
    scratch.write("README.md", GOOD + NEW)
    scratch.git("add", "README.md")
    scratch.write("README.md", GOOD + NEW.replace("New", "Newer") + NEW)
    done = listbot("check", "--staged", "README.md", cwd=scratch.root)
    assert (done.returncode, done.stdout) == (1, f"README.md:6:3: error[malformed-link] {MESSAGE}\n")


def test_a_file_with_nothing_staged_is_judged_whole(scratch: Scratch) -> None:
    done = listbot("check", "--staged", "README.md", cwd=scratch.root)
    assert (done.returncode, done.stdout.split(":")[1]) == (1, "5")
    scratch.write("new.md", OLD)
    assert listbot("check", "--staged", "new.md", cwd=scratch.root).returncode == 1


def test_fix_mends_only_what_a_change_brings_in(scratch: Scratch) -> None:
    scratch.write("README.md", GOOD + NEW)
    done = listbot("fix", "--since", "HEAD", cwd=scratch.root)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[0] == "1 fixed, 0 left"
    assert (scratch.root / "README.md").read_text("utf-8") == GOOD + NEW.replace("] (", "](")


def test_fix_staged_leaves_a_file_alone_that_holds_more_than_is_staged(scratch: Scratch) -> None:
    scratch.write("README.md", GOOD + NEW)
    scratch.git("add", "README.md")
    scratch.write("README.md", GOOD + NEW + NEW)
    done = listbot("fix", "--staged", cwd=scratch.root)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "listbot: README.md: the file on the disk is not the one that is staged, so nothing is fixed in it; "
        "stage all of it, or stash the rest (`git stash --keep-index`)\n"
    )
    assert (scratch.root / "README.md").read_text("utf-8") == GOOD + NEW + NEW


def test_fix_staged_keeps_the_line_endings_of_the_disk(scratch: Scratch) -> None:
    scratch.git("config", "core.autocrlf", "true")
    path = scratch.root / "README.md"
    path.write_bytes((GOOD + NEW).replace("\n", "\r\n").encode())
    scratch.git("add", "README.md")
    done = listbot("fix", "--staged", cwd=scratch.root)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == (GOOD + NEW.replace("] (", "](")).replace("\n", "\r\n").encode()


def test_staged_before_the_first_commit(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path)
    scratch.write("README.md", GOOD)
    scratch.git("add", "README.md")
    assert listbot("check", "--staged", cwd=tmp_path).returncode == 1


def test_staged_does_not_see_files_that_are_not_in_the_commit(scratch: Scratch) -> None:
    scratch.write("README.md", GOOD + "- [Guide](guide.md)\n")
    scratch.git("add", "README.md")
    scratch.write("guide.md", "# Guide\n")
    assert "there is no file guide.md" in listbot("check", "--staged", cwd=scratch.root).stdout
    scratch.git("add", "guide.md")
    assert listbot("check", "--staged", cwd=scratch.root).stdout == ""


def test_what_a_merge_brings_is_not_new(scratch: Scratch) -> None:
    scratch.git("checkout", "-q", "-b", "topic")
    scratch.commit(README_md=GOOD + "- [c](https://c.example)\n")
    scratch.git("checkout", "-q", "main")
    scratch.commit(README_md=GOOD + NEW)
    scratch.git("checkout", "-q", "topic")
    scratch.git("merge", "main", check=False)
    scratch.write("README.md", GOOD + "- [c](https://c.example)\n" + NEW)
    scratch.git("add", "README.md")
    assert listbot("check", "--staged", cwd=scratch.root).stdout == ""
    scratch.write("README.md", GOOD + "- [c] (https://c.example)\n" + NEW)
    scratch.git("add", "README.md")
    assert [one.split(":")[1] for one in listbot("check", "--staged", cwd=scratch.root).stdout.splitlines()] == ["6"]


def test_before_a_push_the_commits_are_judged(scratch: Scratch) -> None:
    """pre-commit names both ends; what changed is counted from where they parted."""
    start = scratch.git("rev-parse", "HEAD").strip()
    scratch.git("checkout", "-q", "-b", "topic")
    pushed = scratch.commit(README_md=GOOD + NEW)
    scratch.git("checkout", "-q", "main")
    remote = scratch.commit(README_md=GOOD.replace("Old", "Older"))
    scratch.git("checkout", "-q", "topic")
    scratch.write("README.md", "nothing of this is pushed\n")
    done = listbot(
        "check", "--staged", "README.md", cwd=scratch.root, PRE_COMMIT_FROM_REF=remote, PRE_COMMIT_TO_REF=pushed
    )
    assert done.stdout == f"README.md:6:3: error[malformed-link] {MESSAGE}\n"
    done = listbot(
        "check", "--staged", "README.md", cwd=scratch.root, PRE_COMMIT_FROM_REF=start, PRE_COMMIT_TO_REF=start
    )
    assert done.stdout.startswith("README.md:5:3")


# A baseline -----------------------------------------------------------------------------------------------------------


def test_a_baseline_is_written_known_pruned_and_never_grows(scratch: Scratch) -> None:
    scratch.write("README.md", GOOD + NEW)
    done = listbot("baseline", cwd=scratch.root)
    assert (done.returncode, done.stdout) == (
        0, "listbot-baseline.tsv: 2 findings from now on old to `listbot check --baseline listbot-baseline.tsv`\n"
    )  # fmt: skip
    file = scratch.root / "listbot-baseline.tsv"
    lines = file.read_text("utf-8").splitlines()
    assert lines[0].startswith("# listbot baseline")
    assert [line.split("\t")[:2] for line in lines[1:]] == [["README.md", "malformed-link"]] * 2
    assert lines[1:] == sorted(lines[1:])

    known = ("check", "--baseline", "listbot-baseline.tsv")
    assert listbot(*known, cwd=scratch.root).returncode == 0
    (scratch.root / "docs").mkdir()
    assert (
        listbot("check", "--baseline", "../listbot-baseline.tsv", "../README.md", cwd=scratch.root / "docs").returncode
        == 0
    )
    scratch.write("README.md", NEW.replace("New", "Other").replace("new", "other") + NEW)
    done = listbot(*known, cwd=scratch.root)
    assert [line.split(":")[1] for line in done.stdout.splitlines()] == ["1"]
    assert done.stderr.startswith(
        "listbot: 1 finding of listbot-baseline.tsv mended: `listbot baseline --update` takes it out\n1 error in"
    )

    done = listbot("baseline", cwd=scratch.root)
    assert done.returncode == 2
    assert "this baseline is there already" in done.stderr
    done = listbot("baseline", "--update", cwd=scratch.root)
    assert done.stdout == "listbot-baseline.tsv: 1 finding taken out, 1 left\n"
    assert listbot(*known, cwd=scratch.root).returncode == 1
    assert listbot("baseline", "--update", cwd=scratch.root).stdout.endswith("0 findings taken out, 1 left\n")


def test_update_judges_only_the_files_that_it_looks_at_and_those_that_are_gone(scratch: Scratch) -> None:
    for name in ("one.md", "two.md", "with blank.md"):
        scratch.write(name, NEW)
    listbot("baseline", ".", cwd=scratch.root)
    scratch.write("README.md", "# Tools\n")
    scratch.write("one.md", "# Tools\n")
    (scratch.root / "two.md").unlink()
    listbot("baseline", "--update", "README.md", cwd=scratch.root)
    lines = (scratch.root / "listbot-baseline.tsv").read_text("utf-8").splitlines()[1:]
    assert [line.split("\t")[0] for line in lines] == ["one.md", "with%20blank.md"]


def test_update_judges_only_the_rules_that_ran(scratch: Scratch) -> None:
    scratch.write("README.md", GOOD + "- [c](#none)\n")
    listbot("baseline", cwd=scratch.root)
    file = scratch.root / "listbot-baseline.tsv"
    file.write_text(file.read_text("utf-8") + "README.md\tlong-gone-rule\t0123456789abcdef\t1\n", "utf-8")
    scratch.write("README.md", "# Tools\n")
    select = ("--select", "broken-anchor")
    done = listbot("check", "--baseline", file.name, *select, cwd=scratch.root)
    assert "listbot: 1 finding of listbot-baseline.tsv mended" in done.stderr
    assert listbot("baseline", "--update", *select, cwd=scratch.root).stdout.endswith("2 findings taken out, 1 left\n")
    assert [line.split("\t")[1] for line in file.read_text("utf-8").splitlines()[1:]] == ["malformed-link"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "none.tsv: there is no such baseline; `listbot baseline` writes it"),
        ("README.md duplicate-entry\n", "none.tsv:1: expected path, rule, fingerprint and count with tabs between"),
        ("# x\n<<<<<<< HEAD\n", "none.tsv:2: expected path, rule, fingerprint and count"),
    ],
)
def test_a_file_that_is_no_baseline_is_one_sentence(scratch: Scratch, text: str | None, told: str) -> None:
    if text is not None:
        scratch.write("none.tsv", text)
    done = listbot("check", "--baseline", "none.tsv", cwd=scratch.root)
    assert done.returncode == 2
    assert told in done.stderr


# Standard input and exclusion -----------------------------------------------------------------------------------------


def test_standard_input_is_a_file_by_its_name(scratch: Scratch) -> None:
    text = (GOOD + NEW + "- [Guide](guide.md)\n").encode()
    done = listbot("check", "--stdin", cwd=scratch.root, stdin=text)
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == ["<stdin>:5:3:", "<stdin>:6:3:"]
    done = listbot("check", "--stdin", "--stdin-filename", "README.md", cwd=scratch.root, stdin=text)
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == [
        "README.md:5:3:",
        "README.md:6:3:",
        "README.md:7:11:",
    ]
    since = ("check", "--stdin", "--stdin-filename", "README.md", "--since", "HEAD")
    done = listbot(*since, cwd=scratch.root, stdin=text)
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == ["README.md:6:3:", "README.md:7:11:"]


@pytest.mark.parametrize(
    ("arguments", "stdin", "told"),
    [
        (["--stdin"], b"\xff", "<stdin>: not UTF-8 at byte offset 0"),
        (["--stdin-filename", "x.md"], b"", "--stdin-filename names the text on standard input; add --stdin"),
        (["--stdin", "README.md"], b"", "--stdin is one text by itself; leave paths and --staged out"),
        (["--stdin", "--since", "HEAD", "--stdin-filename", "no/x.md"], b"x", "there is no such directory"),
    ],
)
def test_mistakes_with_standard_input(scratch: Scratch, arguments: list[str], stdin: bytes, told: str) -> None:
    done = listbot("check", *arguments, cwd=scratch.root, stdin=stdin)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_named_file_is_excluded_on_demand(scratch: Scratch) -> None:
    scratch.write("listbot.toml", "exclude = ['archive']\n")
    scratch.write("archive/old.md", OLD)
    assert listbot("check", "archive/old.md", cwd=scratch.root).returncode == 1
    done = listbot("check", "--force-exclude", "archive/old.md", cwd=scratch.root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    named = ("check", "--stdin", "--stdin-filename", "archive/old.md")
    assert listbot(*named, cwd=scratch.root, stdin=OLD.encode()).returncode == 1
    assert listbot(*named, "--force-exclude", cwd=scratch.root, stdin=OLD.encode()).returncode == 0
