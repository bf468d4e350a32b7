"""What users see, letter by letter."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from listbot import engine
from listbot.checks import RULES
from listbot.config import Selection, UserConfig, settle
from listbot.finding import FileReport
from listbot.output import concise, full, github, json_format, text
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source
from tests.pages import Neighbours

LIST = """\
# Compilers

- [Lark](https://github.com/example/lark) - 解析器 for grammars.
- [Egg](https://github.com/example/egg)

## Empty

## Tools

- [Lark](https://github.com/example/lark.git) - A very long note that goes on and on, well past the width of the screen.
"""


def report(content: str, path: str = "README.md") -> tuple[FileReport, Source]:
    source = Source(path, content)
    settings = settle(UserConfig({}, None, Path()), pages(), RULES, Selection())
    return engine.check(parse(source), settings.enabled, Neighbours(), is_list=True, known=pages()), source


def rendered(content: str, width: int = 80) -> str:
    found, source = report(content)
    stream = io.StringIO()
    full.render([found], {found.path: source}, Console(file=stream, width=width, highlight=False, markup=False))
    return stream.getvalue()


def test_concise() -> None:
    found, _ = report(LIST)
    assert concise.render([found]) == (
        "README.md:6:1: warning[empty-section] the section “Empty” is empty\n"
        "README.md:10:3: warning[duplicate-entry] github:example/lark is already listed on line 3, in “Compilers”\n"
    )


def test_full_shows_the_place_the_other_place_and_what_to_do() -> None:
    assert rendered(LIST) == (
        "README.md:6:1 warning[empty-section] the section “Empty” is empty\n"
        " 6 │ ## Empty\n"
        "   │ ^^^^^^^^\n"
        "   = hint: fill it, or take the heading out until there is something to list\n"
        "\n"
        "README.md:10:3 warning[duplicate-entry] github:example/lark is already listed on line 3, in “Compilers”\n"
        " 10 │ - [Lark](https://github.com/example/lark.git) - A very long note that …\n"
        "    │   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "    = see: README.md:3:3 first listed here, in Compilers\n"
        "  3 │ - [Lark](https://github.com/example/lark) - 解析器 for grammars.\n"
        "    │   ---------------------------------------\n"
        "    = hint: keep the better of the two, or say why both are right: "
        "<!-- listbot: ignore[duplicate-entry] … -->\n"
        "\n"
    )


def test_full_underlines_what_stands_after_wide_characters() -> None:
    shown = rendered("# T\n\n- 解析 [a](#b)\n").splitlines()
    assert shown[1] == " 3 │ - 解析 [a](#b)"
    assert shown[2].index("^") == len(" 3 │ - ") + 4 + len(" [a](")


def test_text_of_a_list_cannot_command_a_terminal() -> None:
    hostile = "# T\n\n## \x1b[31mred\u202e\x07\n\n## B\n\n- [x](https://y.z)\n"
    for shown in (rendered(hostile), concise.render([report(hostile)[0]])):
        assert "\x1b" not in shown
        assert "\x07" not in shown
        assert "\u202e" not in shown
        assert "⟨U+001B⟩" in shown


def test_json_is_one_object_of_the_published_form() -> None:
    found, source = report(LIST)
    shown = json_format.render([found], {found.path: source}, ["x.md: there is no such file"], 0.25)
    assert shown.count("\n") == 1
    whole = json.loads(shown)
    assert sorted(whole) == ["files", "summary", "unread", "version"]
    assert whole["version"] == 1
    assert whole["unread"] == [{"message": "x.md: there is no such file"}]
    assert whole["summary"] == {
        "files": 1,
        "errors": 0,
        "warnings": 2,
        "hints": 0,
        "by_rule": {"duplicate-entry": 1, "empty-section": 1},
        "entries": 3,
        "links": 3,
        "seconds": 0.25,
    }
    (file,) = whole["files"]
    assert sorted(file) == ["diagnostics", "old", "path", "skipped", "suppressed"]
    duplicate = file["diagnostics"][1]
    assert duplicate.pop("hint").startswith("keep the better")
    assert len(duplicate.pop("fingerprint")) == 16
    assert duplicate == {
        "rule": "duplicate-entry",
        "severity": "warning",
        "message": "github:example/lark is already listed on line 3, in “Compilers”",
        "start": {"line": 10, "column": 3},
        "end": {"line": 10, "column": 46},
        "work": "github:example/lark",
        "related": [
            {
                "message": "first listed here, in Compilers",
                "start": {"line": 3, "column": 3},
                "end": {"line": 3, "column": 42},
            }
        ],
        "fix": None,
    }


def test_github_escapes_as_the_toolkit_does() -> None:
    """The expected text is what npm `@actions/core` prints for this input (reference/bots.md, W1)."""
    made = github.command(
        "error", {"title": "a,b:c%", "file": "x,y:z.md", "line": 3, "endLine": 4}, "bad 100%\nnext ::error::x\r"
    )
    assert made == ("::error title=a%2Cb%3Ac%25,file=x%2Cy%3Az.md,line=3,endLine=4::bad 100%25%0Anext ::error::x%0D")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_forms_a_workflow_command_of_its_own(path: str, message: str) -> None:
    made = github.command("notice", {"file": path}, message)
    assert len(made.splitlines()) == 1 or not any(line.lstrip().startswith("::") for line in made.splitlines()[1:])
    assert "\n" not in made
    assert "\r" not in made


def test_github_shows_ten_of_each_kind_and_counts_the_rest() -> None:
    links = "".join(f"- [a{n}](#none-{n})\n" for n in range(13))
    shown = github.render([report(links)[0]]).splitlines()
    assert len([line for line in shown if line.startswith("::error ")]) == 10
    assert shown[-1] == "listbot: 3 findings more; `--format concise` prints all"
    assert shown[0] == (
        "::error title=listbot broken-anchor,file=README.md,line=1,endLine=1,col=8,endColumn=15"
        "::no heading or anchor here is named #none-0"
    )


@pytest.mark.parametrize(("number", "shown"), [(0, "0 entries"), (1, "1 entry"), (1_220, "1,220 entries")])
def test_counts_agree_in_number(number: int, shown: str) -> None:
    assert text.counted(number, "entry") == shown


def test_the_summary_is_one_line() -> None:
    assert text.summary([report(LIST)[0]], 0.25) == (
        "2 warnings in 1 file (duplicate-entry 1, empty-section 1); 3 entries, 3 links, 0.25 s"
    )
    assert text.summary([], 0.0).startswith("no findings in 0 files")
