"""The tools that listbot is measured beside, each as a function from texts to messages.

`python -m bench.peers` installs them into this folder, at the versions that `package.json` and `requirements.txt` pin.
A measurement that finds one absent says so and goes on: `AbsentError` carries the sentence.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
RUMDL = FOLDER / "venv" / "bin" / "rumdl"
MARKDOWNLINT = FOLDER / "node_modules" / ".bin" / "markdownlint-cli2"
_MARKDOWNLINT_LINE = re.compile(r"(?P<name>\d+)\.md:(?P<line>\d+)(?::\d+)? (?:error|warning) (?P<rule>MD\d+)")
_FOUND = 1
"""The exit code by which markdownlint-cli2 and rumdl say that they found something."""


class Message(NamedTuple):
    """One thing that a tool says of a text. `line` is 1-based."""

    line: int
    rule: str


Messages = Mapping[str, Sequence[Message]]
"""By the name of the text; a text without messages has an empty sequence."""


class AbsentError(Exception):
    """A tool, or what it runs on, is not installed."""


def awesome_lint(texts: Mapping[str, str], rules: Sequence[str] = ()) -> Messages:
    """awesome-lint 2.3.0 through its published configuration; without `rules`, all that need no repository."""
    node = needed("awesome-lint", shutil.which("node"), FOLDER / "node_modules" / "awesome-lint")
    rows = "".join(json.dumps({"name": name, "text": text}) + "\n" for name, text in texts.items())
    done = run([node, str(FOLDER / "awesome_lint.mjs"), *rules], FOLDER, (0,), rows)
    return _by_name(texts, ((row["name"], row["line"], row["rule"]) for row in map(json.loads, done.splitlines())))


def markdownlint(texts: Mapping[str, str]) -> Messages:
    """markdownlint-cli2 with its default rules."""
    needed("markdownlint-cli2", shutil.which("node"), MARKDOWNLINT)
    with files(texts) as (folder, names):
        said = run([str(MARKDOWNLINT), "*.md"], folder, (0, _FOUND))
    found = (match for line in said.splitlines() if (match := _MARKDOWNLINT_LINE.match(line)))
    return _by_name(texts, ((names[match["name"]], int(match["line"]), match["rule"]) for match in found))


def rumdl(texts: Mapping[str, str]) -> Messages:
    """rumdl with its default rules."""
    needed("rumdl", "python", RUMDL)
    command = [str(RUMDL), "check", "--isolated", "--no-cache", "--output-format", "json-lines", "."]
    with files(texts) as (folder, names):
        said = run(command, folder, (0, _FOUND))
    rows = (json.loads(line) for line in said.splitlines() if line.startswith("{"))
    return _by_name(texts, ((names[Path(row["file"]).stem], row["line"], row["rule"]) for row in rows))


ALL: Mapping[str, Callable[[Mapping[str, str]], Messages]] = {
    "awesome-lint": awesome_lint,
    "markdownlint-cli2": markdownlint,
    "rumdl": rumdl,
}


def needed(name: str, program: str | None, path: Path) -> str:
    if program is None:
        raise AbsentError(f"SKIPPED {name}: node is not installed")
    if not path.exists():
        raise AbsentError(f"SKIPPED {name}: it is not installed; run python -m bench.peers")
    return program


def _by_name(texts: Mapping[str, str], rows: Iterator[tuple[str, int, str]]) -> Messages:
    found: dict[str, list[Message]] = {name: [] for name in texts}
    for name, line, rule in rows:
        found[name].append(Message(line, rule))
    return found


@contextmanager
def files(texts: Mapping[str, str]) -> Iterator[tuple[Path, dict[str, str]]]:
    """The texts as numbered files in a folder of their own, where no configuration is near; and the numbers' names."""
    names = {str(number): name for number, name in enumerate(texts)}
    with tempfile.TemporaryDirectory(prefix="listbot-peers-") as folder:
        for number, name in names.items():
            (Path(folder) / f"{number}.md").write_bytes(texts[name].encode("utf-8"))
        yield Path(folder), names


def run(command: Sequence[str], folder: Path, right: Sequence[int], given: str = "") -> str:
    """What a tool prints, on either stream. Raises RuntimeError where its exit code is none of `right`."""
    done = subprocess.run(
        command,
        cwd=folder,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=1_800,
        check=False,
    )
    if done.returncode not in right:
        raise RuntimeError(f"{command[0]} exited with {done.returncode}: {done.stdout[:500]}")
    return done.stdout
