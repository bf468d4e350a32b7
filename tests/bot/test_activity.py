"""From an event to what is to be done: every refusal has a reason, and nothing else is done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from listbot.bot import activity, events
from listbot.errors import InputError

SHA, OTHER = "a" * 40, "b" * 40
REPOSITORY = {"id": 7, "name": "awesome", "owner": {"login": "curator"}, "default_branch": "main"}
PULL: dict[str, Any] = {
    "repository": REPOSITORY,
    "pull_request": {"number": 12, "head": {"sha": SHA}, "base": {"sha": OTHER}},
}
RUN: dict[str, Any] = {
    "id": 99,
    "event": "pull_request",
    "path": ".github/workflows/listbot.yml",
    "head_sha": SHA,
    "head_branch": "add-entry",
    "head_repository": {"id": 8, "owner": {"login": "newcomer"}},
    "repository": {"id": 7, "owner": {"login": "curator"}},
    "conclusion": "failure",
}


def event(payload: dict[str, Any]) -> events.Event:
    return events.Event.model_validate_json(json.dumps(payload))


def test_a_pull_request_is_linted() -> None:
    assert activity.of_lint("pull_request", event(PULL)) == activity.Lint(12, OTHER, SHA)


@pytest.mark.parametrize("name", ["push", "pull_request_target", "issue_comment"])
def test_nothing_else_is_linted(name: str) -> None:
    assert isinstance(activity.of_lint(name, event(PULL)), activity.Nothing)


@pytest.mark.parametrize("path", [".github/workflows/listbot.yml", ".github/workflows/listbot.yml@refs/heads/main"])
def test_a_finished_run_of_the_first_stage_is_reported_whatever_it_concluded(path: str) -> None:
    wanted = activity.Report(7, 99, SHA, "add-entry", "newcomer", 8)
    assert (
        activity.of_report("workflow_run", event({"repository": REPOSITORY, "workflow_run": RUN | {"path": path}}))
        == wanted
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"event": "push"}, "the run was about 'push' and not about a pull request"),
        ({"path": ".github/workflows/evil.yml"}, "the run is not one of .github/workflows/listbot.yml"),
        ({"repository": {"id": 8, "owner": {"login": "x"}}}, "the run belongs to another repository"),
        ({"head_repository": None}, "the repository of the pull request is gone"),
        ({"head_branch": None}, "the repository of the pull request is gone"),
    ],
)
def test_a_run_that_is_not_ours_is_not_reported(change: dict[str, Any], reason: str) -> None:
    payload = {"repository": REPOSITORY, "workflow_run": RUN | change}
    assert activity.of_report("workflow_run", event(payload)) == activity.Nothing(reason)


def test_a_report_needs_a_finished_run() -> None:
    assert isinstance(activity.of_report("pull_request_target", event(PULL)), activity.Nothing)


@pytest.mark.parametrize(("name", "acts"), [("schedule", True), ("workflow_dispatch", True), ("pull_request", False)])
def test_the_weekly_run_acts_on_the_clock_or_when_asked(name: str, acts: bool) -> None:
    assert isinstance(activity.of_weekly(name, event({"repository": REPOSITORY})), activity.Weekly) == acts


def test_the_weekly_run_keeps_to_the_default_branch() -> None:
    home = {"repository": REPOSITORY | {"default_branch": "trunk"}}
    asked = event(home | {"ref": "refs/heads/trunk"})
    assert activity.of_weekly("workflow_dispatch", asked) == activity.Weekly()
    for ref in ("refs/heads/side", "refs/tags/trunk"):
        assert activity.of_weekly("workflow_dispatch", event(home | {"ref": ref})) == activity.Nothing(
            f"this was started on '{ref}', and the issue is about the list of 'trunk'"
        )


def test_an_event_that_names_no_repository_is_of_the_one_that_runs_it(tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    path.write_text('{"schedule": "17 4 * * 1"}', "utf-8")
    home = event({"repository": REPOSITORY}).repository
    assert events.read(path, home).repository == home
    with pytest.raises(InputError, match=r"this event names no repository; set GITHUB_REPOSITORY to owner/name$"):
        events.read(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "event.json: this is no event of GitHub's: the whole file: input should be an object"),
        ("{", "event.json: this is no event of GitHub's: the whole file: invalid json"),
        (
            json.dumps(PULL | {"pull_request": {"number": "12", "head": {"sha": SHA}, "base": {"sha": SHA}}}),
            "event.json: this is no event of GitHub's: pull_request.number: input should be a valid integer",
        ),
        (
            json.dumps(PULL | {"pull_request": {"number": 1, "head": {"sha": "--upload"}, "base": {"sha": SHA}}}),
            "event.json: this is no event of GitHub's: pull_request.head.sha: string should match pattern",
        ),
    ],
)
def test_an_event_that_is_none_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("event.json").write_text(content, "utf-8")
    with pytest.raises(InputError) as raised:
        events.read(Path("event.json"))
    assert str(raised.value).startswith(message)
    with pytest.raises(InputError, match=r"no-such\.json: this event cannot be read"):
        events.read(Path("no-such.json"))
