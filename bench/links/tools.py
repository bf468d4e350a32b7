"""The checkers that are compared: how each is started, and how what it says is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from bench import peers

LYCHEE = peers.FOLDER / "venv" / "bin" / "lychee"
LINKINATOR = peers.FOLDER / "node_modules" / ".bin" / "linkinator"


class Verdict(StrEnum):
    """What a tool's user is told of one URL."""

    ALIVE = "alive"
    DEAD = "dead"
    UNSURE = "unsure"


class Said(NamedTuple):
    """What a tool says of one URL, and in its own words."""

    verdict: Verdict
    words: str


class Tool(NamedTuple):
    """One checker under one configuration."""

    name: str
    command: Callable[[Path, int], Sequence[str]]
    """The list, the port of the web -> what to run. It writes next to them, if anything."""
    read: Callable[[str], Mapping[str, Said]]
    """What it printed -> by URL; one that is not named is alive. Raises ValueError where it printed something else."""
    absent: Callable[[], str | None]
    """Why it cannot run here."""


def _lychee(*options: str) -> Callable[[Path, int], Sequence[str]]:
    return lambda path, _: [str(LYCHEE), "--no-progress", "--format", "json", *options, str(path)]


def read_lychee(text: str) -> dict[str, Said]:
    """Errors and timeouts are one to its user: it has no third verdict."""
    told = json.loads(text)
    rows = [row for name in ("error_map", "timeout_map") for found in told[name].values() for row in found]
    return {row["url"]: Said(Verdict.DEAD, row["status"]["text"]) for row in rows}


def _linkinator(path: Path, _: int) -> Sequence[str]:
    options = ["--markdown", "--format", "json", "--concurrency", "256", "--timeout", "10000", "--retry"]
    return [str(LINKINATOR), path.name, *options]


def _read_linkinator(text: str) -> dict[str, Said]:
    links = json.loads(text[text.index("{") :])["links"]
    return {row["url"]: Said(Verdict.DEAD, f"status {row.get('status')}") for row in links if row["state"] == "BROKEN"}


def _listbot(path: Path, port: int) -> Sequence[str]:
    """With a store and a canary of its own: those of everybody are outside."""
    here = ["--allow-address", "127.1.0.0/16", "--canary", f"http://127.1.0.1:{port}/ok/canary"]
    store = ["--store", str(_store(path)), "--isolated"]
    return [sys.executable, "-m", "listbot", "links", "--format", "json", *here, *store, str(path)]


def _store(path: Path) -> Path:
    return path.with_name("store.sqlite")


def read_listbot(text: str) -> dict[str, Said]:
    rows = json.loads(text)["links"]
    return {row["url"]: outcome_said(row["outcome"], row["reason"]) for row in rows}


def outcome_said(outcome: str, reason: str) -> Said:
    """What an outcome of listbot tells."""
    return Said(_OUTCOMES[outcome], f"{outcome}: {reason}")


_OUTCOMES = {
    "alive": Verdict.ALIVE,
    "moved": Verdict.ALIVE,
    "withdrawn": Verdict.ALIVE,
    "gone": Verdict.DEAD,
    "blocked": Verdict.UNSURE,
    "unknown": Verdict.UNSURE,
}


def _no_file(path: Path) -> Callable[[], str | None]:
    return lambda: None if path.exists() else "it is not installed; run python -m bench.peers"


def no_command() -> str | None:
    asked = subprocess.run(
        [sys.executable, "-m", "listbot", "links", "--help"], capture_output=True, check=False, timeout=60
    )
    return None if asked.returncode == 0 else "this listbot has no command links"


ALL = (
    Tool("listbot", _listbot, read_listbot, no_command),
    Tool("lychee", _lychee(), read_lychee, _no_file(LYCHEE)),
    Tool(
        "lychee-tuned",  # to what the big host bears, which no user can know
        _lychee("--host-concurrency", "32", "--host-request-interval", "10ms", "--timeout", "10"),
        read_lychee,
        _no_file(LYCHEE),
    ),
    Tool(
        "lychee-free",  # no pauses, and as much at a time as listbot allows: what a link costs
        _lychee("--host-concurrency", "64", "--host-request-interval", "0ms", "--max-concurrency", "256"),
        read_lychee,
        _no_file(LYCHEE),
    ),
    Tool("linkinator", _linkinator, _read_linkinator, _no_file(LINKINATOR)),  # its defaults wait for ever
)


class Run(NamedTuple):
    """One tool's run as a whole. `wall` and `cpu` in seconds, `peak` in MiB."""

    exit: int
    wall: float
    cpu: float
    peak: float
    said: Mapping[str, Said]
    counts: Mapping[str, int]
    """By the web: see `web.Web.figures`."""


class FailedError(Exception):
    """A tool ended in another way than by saying what it found."""


def measure(tool: Tool, path: Path, port: int, seconds: float, begin: Callable[[], Mapping[str, int]]) -> Run:
    """Run a tool over a list; `begin` starts the web anew and tells what was counted before. Raises FailedError."""
    folder = path.parent
    out, err = folder / "out", folder / "err"
    _store(path).unlink(missing_ok=True)
    timed = [sys.executable, "-I", "-S", str(Path(__file__).with_name("timed.py")), str(seconds), str(out), str(err)]
    home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "PATH": os.environ["PATH"]}
    begin()
    done = subprocess.run(
        [*timed, *tool.command(path, port)], cwd=folder, env=home, capture_output=True, text=True, check=True
    )
    counts = begin()
    cost = json.loads(done.stdout)
    try:
        said = tool.read(out.read_text("utf-8"))
    except (ValueError, KeyError) as error:
        why = f"exit {cost['exit']} after {cost['wall']:.0f} s; {counts['requests']:,} requests"
        raise FailedError(f"{tool.name}: no result ({why}): {err.read_text('utf-8')[-300:]}") from error
    return Run(cost["exit"], cost["wall"], cost["cpu"], cost["peak"], said, counts)
