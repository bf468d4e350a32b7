"""The repository keeps its own promises: README commands, examples, hooks, packaging."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from listbot.checks import RULES
from listbot.rulebook import pages
from tests.listed import listed

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def listbot(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "listbot", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_example_list_says_what_it_said() -> None:
    done = listbot("check", "--isolated", "--pedantic", "--format", "concise", "examples/README.md")
    assert done.returncode == 1
    assert done.stdout == (ROOT / "tests" / "examples.txt").read_text("utf-8")


SILENT = {"missing-section", "section-order", "generated-list"}
"""Rules that say nothing unless they are configured, and the one of lists that nobody edits by hand."""


def test_the_example_list_has_a_defect_for_every_rule() -> None:
    reported = set(re.findall(r"\[([a-z-]+)\]", (ROOT / "tests" / "examples.txt").read_text("utf-8")))
    without_network = {page for page in pages() if page not in {rule.id for rule in RULES if rule.needs_links}}
    assert without_network - SILENT <= reported


def test_the_two_commands_of_the_readme() -> None:
    first = (
        "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/listbot check --exit-zero examples/README.md"
    )
    second = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/python -m pytest"
    lines = README.splitlines()
    assert first in lines
    assert lines.count(second) == 1


def test_the_json_of_the_readme_is_json_of_the_published_form() -> None:
    from listbot.output.entries_json import EntryRow
    from listbot.output.json_format import JsonReport

    entry, report = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    assert list(json.loads(entry)) == list(EntryRow.model_fields)
    EntryRow.model_validate_json(entry)
    JsonReport.model_validate_json(report)


def test_the_python_of_the_readme_counts_papers_by_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len([line for line in example.splitlines() if line]) <= 6
    shutil.copy(ROOT / "examples" / "README.md", tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert all(re.fullmatch(r"\d{4} \d+", line) for line in done.stdout.splitlines())

    dated = [
        listed(title="A", year=2024),
        listed(title="B", year=2022),
        listed(title="C", year=2024),
        listed(title="D"),
    ]
    monkeypatch.setattr("listbot.library.read_list", lambda _: dated)
    exec(example, {})  # noqa: S102 - our own README
    assert capsys.readouterr().out == "2022 1\n2024 2\n"


def test_the_configuration_of_the_readme_is_valid(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "listbot.toml").write_text(example, "utf-8")
    done = listbot("config", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "cross-listing" in done.stdout


def test_no_text_tells_people_to_install_somebody_elses_package() -> None:
    wrong = re.compile(r"pip3? install +(?:-U +)?listbot(?![-\w])")
    texts = [*ROOT.glob("*.md"), *ROOT.glob("rules/*.md"), *ROOT.glob(".github/**/*.yml"), *ROOT.glob(".pre-commit*")]
    assert [path.name for path in texts if wrong.search(path.read_text("utf-8"))] == []


def test_the_wheel_carries_the_rules() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["name"] == "listbot-lint"
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"] == {"rules": "listbot/rules"}


def test_the_changelog_names_every_rule() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert [rule for rule in pages() if f"`{rule}`" not in changelog] == []


@pytest.mark.parametrize("path", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "rules/README.md"])
def test_our_own_texts_are_clean(path: str) -> None:
    done = listbot("check", "--fail-on", "warning", path)
    assert (done.returncode, done.stdout) == (0, "")
