"""Words put into a configuration file as text: comments and order stay, and what was there is there."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import project_words
from listbot.errors import ConfigError

PROJECT = ("tool", "listbot")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'words = ["kvcache"]\n'),
        ("words = []\n", 'words = ["kvcache"]\n'),
        ('words = ["moe"] # ours\n', 'words = ["moe", "kvcache"] # ours\n'),
        ('words = [\n  "moe",\n]\n', 'words = [\n  "moe", "kvcache",\n]\n'.replace('", "kvcache",', '", "kvcache"')),
        ("# a list\n\n[rules.typo]\n", '# a list\n\nwords = ["kvcache"]\n[rules.typo]\n'),
        ('words = ["KVCache"]\n', 'words = ["KVCache"]\n'),
        ('exclude = ["words = []"]\r\n', 'words = ["kvcache"]\r\nexclude = ["words = []"]\r\n'),
    ],
)
def test_words_are_put_in_where_they_belong(before: str, after: str) -> None:
    assert project_words.added(before, ["kvcache"], (), "listbot.toml") == after


def test_in_pyproject_they_go_to_our_table() -> None:
    before = '[project]\nname = "x"\n\n[tool.listbot]\nexclude = []\n'
    assert project_words.added(before, ["b", "a"], PROJECT, "pyproject.toml") == (
        '[project]\nname = "x"\n\n[tool.listbot]\nwords = ["a", "b"]\nexclude = []\n'
    )


def test_what_cannot_be_extended_is_said() -> None:
    with pytest.raises(ConfigError, match=r"pyproject.toml: 'words' cannot be extended .* add kvcache by hand"):
        project_words.added("[tool]\nlistbot = {exclude = []}\n", ["kvcache"], PROJECT, "pyproject.toml")


@given(st.lists(st.text("abc", min_size=1, max_size=4), max_size=5), st.text("abc", min_size=1, max_size=4))
def test_what_was_there_stays(present: list[str], word: str) -> None:
    before = f'# one ]\nexclude = ["words = [", "]"]\nwords = {present!r} # two\n[rules.typo]\nseverity = "off"\n'
    after = tomllib.loads(project_words.added(before, [word], (), "listbot.toml"))
    old = tomllib.loads(before)
    assert after.pop("words") == old.pop("words") + [word] * (word not in present)
    assert after == old


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "listbot", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_an_added_word_is_no_typo_any_more(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("- [Lark](https://lark.example) - A libary of songs.\n", "utf-8")
    assert "`libary` → `library`" in run(tmp_path, "check").stdout
    added = run(tmp_path, "words", "--add", "Libary")
    assert (added.returncode, added.stdout) == (0, "added Libary to listbot.toml\n")
    assert run(tmp_path, "words").stdout == "libary\n"
    assert "libary" not in run(tmp_path, "check").stdout
    assert run(tmp_path, "words", "--add", "libary").stdout == "listbot.toml has libary already\n"


def test_what_is_no_word_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "words", "--add", "two words")
    assert (done.returncode, done.stderr) == (
        2,
        "listbot: --add two words: this is no word; one word was expected, of letters only\n",
    )
    assert not (tmp_path / "listbot.toml").exists()
