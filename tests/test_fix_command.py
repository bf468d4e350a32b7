"""`listbot fix` as users run it: what it writes, shows and counts, letter by letter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import listbot

LIST = """\
# Tools

- [Lark] (https://github.com/example/lark) - Parses.
- [Egg](#Tools) - Saturates.
- [Tools](#tool-s)
- [Mold](https://mold.example) - Links.
- [Gold](https://gold.example) - Links, too.
- [Mold](https://mold.example) - Links.
- Redo [code]() - Builds.
"""
FIXED = LIST.replace("] (", "](").replace("#tool-s", "#tools")


def write(directory: Path, text: str = LIST, name: str = "README.md") -> Path:
    path = directory / name
    path.write_bytes(text.encode())
    return path


def counts(done: subprocess.CompletedProcess[str]) -> str:
    """The line of standard error that counts fixes."""
    (line,) = [line for line in done.stderr.splitlines() if " left" in line]
    return line


@pytest.mark.parametrize("command", [["check", "--fix"], ["fix"]])
def test_safe_fixes_are_written_and_what_is_left_is_reported(tmp_path: Path, command: list[str]) -> None:
    path = write(tmp_path)
    done = listbot(*command, cwd=tmp_path)
    assert path.read_text("utf-8") == FIXED
    assert done.stdout == (
        "README.md:8:3: error[duplicate-entry] mold.example is already listed on line 6\n"
        "README.md:9:8: hint[malformed-link] the target of “code” is empty\n".split("\n")[0]
        + "\n"
    )
    assert counts(done) == "2 fixed, 1 left (1 more fixable with --unsafe-fixes)"
    assert done.returncode == 1
    before = path.stat()
    again = listbot(*command, cwd=tmp_path)
    assert counts(again) == "0 fixed, 1 left (1 more fixable with --unsafe-fixes)"
    assert path.stat().st_mtime_ns == before.st_mtime_ns, "a file without fixes is not written"


def test_what_remains_decides_the_exit_code(tmp_path: Path) -> None:
    write(tmp_path, "- [Lark] (https://github.com/example/lark)\n- [Egg](https://egg.example)\n")
    done = listbot("fix", cwd=tmp_path)
    assert (done.returncode, done.stdout, counts(done)) == (0, "", "1 fixed, 0 left")


def test_a_diff_is_shown_and_nothing_written(tmp_path: Path) -> None:
    path = write(tmp_path)
    done = listbot("check", "--diff", cwd=tmp_path)
    assert path.read_text("utf-8") == LIST
    assert done.stdout == (
        "--- README.md\n"
        "+++ README.md\n"
        "@@ -1,8 +1,8 @@\n"
        " # Tools\n"
        " \n"
        "-- [Lark] (https://github.com/example/lark) - Parses.\n"
        "+- [Lark](https://github.com/example/lark) - Parses.\n"
        " - [Egg](#Tools) - Saturates.\n"
        "-- [Tools](#tool-s)\n"
        "+- [Tools](#tools)\n"
        " - [Mold](https://mold.example) - Links.\n"
        " - [Gold](https://gold.example) - Links, too.\n"
        " - [Mold](https://mold.example) - Links.\n"
    )
    assert done.stderr == "2 would be fixed, 1 left (1 more fixable with --unsafe-fixes)\n"
    assert done.returncode == 1
    assert listbot("check", "--diff", "--exit-zero", cwd=tmp_path).returncode == 0


def test_a_diff_that_changes_nothing_is_empty_and_exits_0(tmp_path: Path) -> None:
    write(tmp_path, "- [Egg](https://egg.example)\n- [Egg](https://egg.example)\n")
    done = listbot("fix", "--diff", cwd=tmp_path)
    assert (done.stdout, done.returncode) == ("", 0)
    assert done.stderr == "0 would be fixed, 1 left (1 more fixable with --unsafe-fixes)\n"


def test_git_applies_the_diff(tmp_path: Path) -> None:
    text = LIST.replace("\n", "\r\n").removesuffix("\r\n")
    path = write(tmp_path, text)
    patch = subprocess.run(
        [sys.executable, "-m", "listbot", "check", "--diff"], cwd=tmp_path, capture_output=True, check=False
    ).stdout
    subprocess.run(["git", "apply", "-p0", "--whitespace=nowarn", "-"], input=patch, cwd=tmp_path, check=True)
    assert path.read_bytes() == FIXED.replace("\n", "\r\n").removesuffix("\r\n").encode()


def test_fixes_are_shown_by_line_and_rule(tmp_path: Path) -> None:
    write(tmp_path)
    done = listbot("fix", "--show-fixes", "--unsafe-fixes", "--pedantic", cwd=tmp_path)
    assert done.stderr.splitlines()[:5] == [
        "fixed README.md:3: malformed-link: write [Lark](https://github.com/example/lark)",
        "fixed README.md:4: broken-anchor: write #tools",
        "fixed README.md:5: broken-anchor: write #tools",
        "fixed README.md:8: duplicate-entry (unsafe): merge this into line 6",
        "4 fixed, 1 left",
    ]
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        (["--fixable", "broken-anchor"], {"broken-anchor"}),
        (["--fixable", "broken-anchor,malformed-link", "--unfixable", "malformed-link"], {"broken-anchor"}),
        (["--unfixable", "broken-anchor"], {"malformed-link"}),
        (["--ignore", "malformed-link"], {"broken-anchor"}),
        (["--select", "empty-section"], set()),
    ],
)
def test_rules_are_chosen(tmp_path: Path, arguments: list[str], rules: set[str]) -> None:
    write(tmp_path)
    done = listbot("fix", "--show-fixes", *arguments, cwd=tmp_path)
    assert {line.split(": ")[1] for line in done.stderr.splitlines() if line.startswith("fixed")} == rules


def test_a_rule_that_is_switched_off_or_silenced_fixes_nothing(tmp_path: Path) -> None:
    text = LIST.replace("- Parses.", "- Parses. <!-- listbot: ignore[malformed-link] as it was printed -->")
    path = write(tmp_path, text)
    write(tmp_path, "[rules.broken-anchor]\nseverity = 'off'\n", "listbot.toml")
    assert listbot("fix", cwd=tmp_path).returncode == 1
    assert path.read_text("utf-8") == text


def test_an_unknown_rule_is_one_sentence(tmp_path: Path) -> None:
    write(tmp_path)
    done = listbot("fix", "--unfixable", "broken-ancor", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "listbot: --unfixable: there is no rule 'broken-ancor'; the nearest name is 'broken-anchor'\n"
    )


def test_a_generated_list_is_fixed_on_demand_only(tmp_path: Path) -> None:
    text = "<!-- This file is generated by scripts/make_list.py -->\n\n" + LIST
    path = write(tmp_path, text)
    done = listbot("fix", cwd=tmp_path)
    assert path.read_text("utf-8") == text
    assert done.stderr.splitlines()[:2] == [
        "listbot: README.md: not fixed: the program that writes it would undo that; `--fix-generated` fixes it all "
        "the same",
        "0 fixed, 4 left (1 more fixable with --unsafe-fixes)",
    ]
    assert counts(listbot("fix", "--fix-generated", cwd=tmp_path)).startswith("2 fixed, 2 left")
    assert path.read_text("utf-8") == text.replace("] (", "](").replace("#tool-s", "#tools")


def test_byte_order_mark_line_ends_and_a_missing_last_one_are_kept(tmp_path: Path) -> None:
    text = "\ufeff" + LIST.replace("\n", "\r\n").removesuffix("\r\n")
    path = write(tmp_path, text)
    listbot("fix", cwd=tmp_path)
    assert path.read_bytes() == ("\ufeff" + FIXED.replace("\n", "\r\n").removesuffix("\r\n")).encode()


def test_a_file_that_cannot_be_read_hides_no_fix_and_exits_2(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "bad.md").write_bytes(b"\xff")
    done = listbot("fix", ".", cwd=tmp_path)
    assert path.read_text("utf-8") == FIXED
    assert done.returncode == 2


def test_a_file_that_changed_meanwhile_is_reported_as_it_is_on_the_disk(tmp_path: Path) -> None:
    write(tmp_path)
    program = (
        "import sys\nfrom pathlib import Path\nimport listbot.rewriting as r\nfrom listbot.cli import main\n"
        "rewrite = r.rewrite\n"
        "def meanwhile(path, old, new):\n"
        "    path.write_text('- [somebody](https://s.example)\\n')\n"
        "    rewrite(path, old, new)\n"
        "r.rewrite = meanwhile\nsys.exit(main(['fix', '--format', 'concise']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 2
    assert "listbot: README.md: this file was changed while listbot ran; run it again\n" in done.stderr
    assert counts(done) == "0 fixed, 3 left (1 more fixable with --unsafe-fixes)"
    assert (tmp_path / "README.md").read_text("utf-8") == "- [somebody](https://s.example)\n"


def test_a_fix_that_fails_its_proof_writes_nothing_names_the_rule_and_exits_3(tmp_path: Path) -> None:
    path = write(tmp_path)
    other = write(tmp_path, LIST, "other.md")
    program = (
        "import sys\nimport listbot.checks.broken_anchor as b\nfrom listbot.cli import main\n"
        "from listbot.finding import Edit, Fix\n"
        "b._fix = lambda link, anchor: Fix('', (Edit(link.span, 'gone'),), True)\n"
        "sys.exit(main(['fix', 'other.md', 'README.md']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith(
        "listbot: this is a bug in listbot, not in your list: the fixes of broken-anchor for other.md changed what "
        "they must not: a link came or went (at "
    )
    assert "Nothing was written." in done.stderr
    assert done.stderr.count("\n") == 1
    assert path.read_text("utf-8") == other.read_text("utf-8") == LIST


def test_check_without_fix_writes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path)
    done = listbot("check", "--unsafe-fixes", "--show-fixes", cwd=tmp_path)
    assert (path.read_text("utf-8"), done.returncode) == (LIST, 1)


def test_what_a_baseline_has_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path)
    listbot("baseline", cwd=tmp_path)
    new = "- [Ninja] (https://ninja.example) - Builds.\n"
    path.write_text(LIST + new)
    known = ("--baseline", "listbot-baseline.tsv")
    shown = listbot("fix", "--diff", *known, cwd=tmp_path)
    assert [line for line in shown.stdout.splitlines() if line[:1] in "+-"][2:] == [
        f"-{new}".strip(),
        f"+{new}".replace("] (", "](").strip(),
    ]
    done = listbot("fix", *known, cwd=tmp_path)
    assert path.read_text("utf-8") == LIST + new.replace("] (", "](")
    assert (done.returncode, done.stdout, counts(done)) == (0, "", "1 fixed, 0 left")


def test_standard_input_is_not_fixed(tmp_path: Path) -> None:
    done = listbot("fix", "--stdin", cwd=tmp_path)
    told = "listbot: fixes are written to files on disk; leave --stdin out\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
