"""The engine of GitHub Actions runs a workflow against the fake: event, checkout, action, comment, artifact."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from listbot.output.github import command
from tests.forge import events
from tests.forge.act import Command, Engine, copied, of_a_fork, permissions
from tests.forge.forge import Forge, workflow_permissions
from tests.forge.pull import Pull
from tests.forge.world import Repository

GREETER = Path(__file__).parent / "forge" / "greeter"
WORKFLOW = GREETER / "workflow.yml"
LIST = "# Papers\n\n- [A](https://a.example.com)\n"


def opened(forge: Forge, engine: Engine) -> tuple[Repository, Pull]:
    """A pull request of a fork, checked out."""
    papers = forge.repository("lists/papers", {"README.md": "# Papers\n"})
    pull = papers.open_pull({"README.md": LIST}, head_owner="newcomer")
    engine.check_out_pull(pull)
    return papers, pull


def test_a_workflow_runs_from_the_event_to_the_comment(forge: Forge, act: Engine) -> None:
    papers, pull = opened(forge, act)
    granted = permissions(WORKFLOW)
    assert granted == {"contents": "read", "pull-requests": "write"}
    token = forge.token(granted)
    event = events.pull_request(forge, pull)
    own = {"example/greeter": GREETER}
    outcome = act.run(WORKFLOW, "pull_request", event, forge=forge, token=token, own_actions=own)
    assert outcome.exit_code == 0, outcome.log
    [comment] = pull.comments
    assert (comment.body, comment.author.login) == ("hello", "github-actions[bot]")
    properties = {"title": "a,b", "file": "README.md", "line": "3"}
    assert outcome.commands == [Command("warning", properties, "two\nlines")]
    assert outcome.summary == f"# Greeted\n\n- {comment.id}\n"
    assert f"comment {comment.id}" in outcome.lines
    assert "no file: missing.txt" in outcome.lines
    run = papers.run(pull)
    archive = papers.artifact(run, "found", outcome.artifacts["found"]).archive
    assert zipfile.ZipFile(io.BytesIO(archive)).read("found.txt").decode() == LIST
    assert workflow_permissions(granted, forge.needs(token)) == []


def test_the_token_of_a_fork_is_refused_and_the_workflow_says_so(forge: Forge, act: Engine) -> None:
    _, pull = opened(forge, act)
    token = forge.token(of_a_fork(permissions(WORKFLOW)))
    event = events.pull_request(forge, pull)
    own = {"example/greeter": GREETER}
    outcome = act.run(WORKFLOW, "pull_request", event, forge=forge, token=token, own_actions=own)
    assert outcome.exit_code == 1
    assert "Resource not accessible by integration" in "\n".join(outcome.lines)
    assert (pull.comments, outcome.artifacts) == ([], {})


def test_the_engine_reads_our_commands_as_they_were_meant(forge: Forge, act: Engine, tmp_path: Path) -> None:
    _, pull = opened(forge, act)
    # Not everything can be asked of act: it decodes `%25` before `%0A`, drops a property whose value has a `=`, and
    # ends the properties at the last `::` of a line, where GitHub's runner takes the first. The test against the
    # toolkit has such texts.
    nasty = ["a,b:c%", "100% sure", "two\r\nlines", "##[error]x", "a;b]", "é🎉", " , "]
    meant = [Command("error", {"title": text, "file": f"{text}.md", "line": "3"}, text) for text in nasty]
    printed = "".join(command(name, dict(properties), message) + "\n" for name, properties, message in meant)
    act.commit({"commands.txt": printed}, "lists/papers")
    shown = tmp_path / "show.yml"
    steps = "[{uses: actions/checkout@v5}, {run: cat commands.txt}]"
    shown.write_text(f"on: pull_request\njobs: {{show: {{runs-on: ubuntu-latest, steps: {steps}}}}}\n", "utf-8")
    event = events.pull_request(forge, pull)
    outcome = act.run(shown, "pull_request", event, forge=forge, token=forge.token())
    assert outcome.commands == meant


REPORT = """
on: workflow_run
jobs:
  report:
    if: github.event.workflow_run.event == 'pull_request'
    runs-on: ubuntu-24.04
    steps:
      - env:
          HEAD: ${{ github.event.workflow_run.head_sha }}
        run: |
          echo "head $HEAD of ${{ github.event.workflow_run.head_repository.full_name }}"
          ls -A
  weekly:
    if: github.event_name == 'schedule'
    runs-on: ubuntu-24.04
    steps:
      - run: echo "every ${{ github.event.schedule }}"
"""


SHOW = """
on: pull_request
jobs:
  show:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: {fetch-depth: DEPTH}
      - run: |
          git rev-list HEAD --count
          cat README.md docs/*/*.md
          git rev-parse HEAD^1 HEAD^2
"""


@pytest.mark.parametrize(("depth", "commits"), [(1, 1), (2, 3), (0, 4)])
def test_the_working_copy_of_a_pull_request_merges_the_commits_that_the_event_names(
    forge: Forge, act: Engine, tmp_path: Path, depth: int, commits: int
) -> None:
    papers, pull = opened(forge, act)
    papers.commit({"docs/deep/other.md": "meanwhile\n", "docs.md": "x", "docs-a.md": "y"})
    act.check_out_pull(pull)
    workflow = tmp_path / "show.yml"
    workflow.write_text(SHOW.replace("DEPTH", str(depth)), "utf-8")
    event = events.pull_request(forge, pull)
    outcome = act.run(workflow, "pull_request", event, forge=forge, token=forge.token())
    assert outcome.lines[:5] == [str(commits), *LIST.splitlines(), "meanwhile"], outcome.log
    ends = [event["pull_request"][end]["sha"] for end in ("base", "head")]
    assert (outcome.lines[5:] == ends) == (depth != 1)


def test_a_second_stage_sees_the_run_and_has_no_checkout(forge: Forge, act: Engine, tmp_path: Path) -> None:
    papers, pull = opened(forge, act)
    workflow = tmp_path / "report.yml"
    workflow.write_text(REPORT, "utf-8")
    event = events.workflow_run(forge, papers, papers.run(pull, conclusion="failure"))
    outcome = act.run(workflow, "workflow_run", event, forge=forge, token=forge.token())
    assert outcome.exit_code == 0, outcome.log
    assert outcome.lines == [f"head {pull.head_sha} of newcomer/papers"]


def test_a_schedule_starts_a_workflow(forge: Forge, act: Engine, tmp_path: Path) -> None:
    papers, _ = opened(forge, act)
    workflow = tmp_path / "weekly.yml"
    workflow.write_text(REPORT.replace("on: workflow_run", "on: {schedule: [{cron: 17 4 * * 1}]}"), "utf-8")
    event = events.schedule(forge, papers)
    outcome = act.run(workflow, "schedule", event, forge=forge, token=forge.token())
    assert (outcome.exit_code, outcome.lines) == (0, ["every 17 4 * * 1"]), outcome.log


def test_an_action_is_copied_without_what_lies_about(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in ("src/a.py", "src/__pycache__/a.pyc", ".cache/big", "action.yml"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name, "utf-8")
    made = copied(source, ["src", "action.yml"], tmp_path / "made")
    assert sorted(str(path.relative_to(made)) for path in made.rglob("*")) == ["action.yml", "src", "src/a.py"]


def test_a_workflow_that_hangs_is_ended(forge: Forge, act: Engine, tmp_path: Path) -> None:
    _, pull = opened(forge, act)
    slow = tmp_path / "slow.yml"
    slow.write_text("on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: sleep 60}]}}\n", "utf-8")
    token = forge.token()
    outcome = act.run(slow, "push", events.pull_request(forge, pull), forge=forge, token=token, patience=1.5)
    assert outcome.exit_code != 0
    assert outcome.log.endswith("ended after 1.5 seconds")
