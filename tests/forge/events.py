"""The payloads with which GitHub starts a workflow, held against its own description of webhooks."""

from __future__ import annotations

from tests.forge.description import Json
from tests.forge.forge import Forge
from tests.forge.pull import Pull
from tests.forge.records import Account, Issue, Remark, Run
from tests.forge.world import Repository

WEBHOOKS = {
    "issues-edited",
    "issue-comment-created",
    "pull-request-opened",
    "pull-request-reopened",
    "pull-request-synchronize",
    "workflow-dispatch",
    "workflow-run-completed",
}


def pull_request(forge: Forge, pull: Pull, action: str = "opened") -> Json:
    """`on: pull_request`, for the actions opened, synchronize and reopened."""
    more: Json = {}
    if action == "synchronize":
        more = {"before": pull.base_sha, "after": pull.head_sha}
    shown = forge.bodies.pull(pull) | forge.skeletons.webhook(f"pull-request-{action}", "pull_request")
    payload = {"action": action, "number": pull.number, "pull_request": shown | forge.bodies.pull(pull), **more}
    return _sent(forge, f"pull-request-{action}", pull.repository, pull.issue.author, payload)


def workflow_run(forge: Forge, repository: Repository, run: Run) -> Json:
    """`on: workflow_run`, completed. `pull_requests` is empty for a run of a fork."""
    required = forge.skeletons.webhook("workflow-run-completed", "workflow_run")
    shown = required | forge.bodies.run(repository, run)
    for name in ("repository", "head_repository"):  # a short form that has no name in the description
        shown[name] = {field: value for field, value in shown[name].items() if field in required[name]}
    workflow = forge.skeletons.webhook("workflow-run-completed", "workflow") | {
        "id": 1,
        "name": "listbot",
        "path": run.workflow_path,
        "state": "active",
    }
    payload = {"action": "completed", "workflow": workflow, "workflow_run": shown}
    return _sent(forge, "workflow-run-completed", repository, run.head_repository.owner, payload)


def issues_edited(forge: Forge, repository: Repository, issue: Issue, by: Account, before: str) -> Json:
    """`on: issues`, edited: somebody ticked a box."""
    payload = {
        "action": "edited",
        "issue": forge.bodies.issue(repository, issue),
        "changes": {"body": {"from": before}},
    }
    return _sent(forge, "issues-edited", repository, by, payload)


def issue_comment(forge: Forge, repository: Repository, remark: Remark) -> Json:
    """`on: issue_comment`, created: somebody says something to the bot."""
    issue = repository.issues[remark.number]
    payload = {
        "action": "created",
        "issue": forge.bodies.issue(repository, issue),
        "comment": forge.bodies.remark(repository, remark),
    }
    return _sent(forge, "issue-comment-created", repository, remark.author, payload)


def workflow_dispatch(forge: Forge, repository: Repository, **inputs: str) -> Json:
    """`on: workflow_dispatch`: a person presses the button."""
    payload = {
        "ref": f"refs/heads/{repository.default_branch}",
        "workflow": ".github/workflows/listbot-weekly.yml",
        "inputs": inputs or None,
    }
    return _sent(forge, "workflow-dispatch", repository, repository.owner, payload)


def schedule(forge: Forge, repository: Repository) -> Json:
    """`on: schedule`, which is no webhook and has no more than this."""
    return {"schedule": "17 4 * * 1", "repository": forge.bodies.repository(repository)}


def _sent(forge: Forge, webhook: str, repository: Repository, sender: Account, payload: Json) -> Json:
    whole = payload | {
        "repository": forge.bodies.repository(repository, "repository-webhooks"),
        "sender": forge.bodies.account(sender),
    }
    for sentence in forge.contract.webhook(webhook, whole):
        forge.record("webhook", webhook, sentence)
    return whole
