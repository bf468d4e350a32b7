"""Event -> what the bot is to do. Pure: nothing is asked of anybody."""

from __future__ import annotations

from typing import NamedTuple

from listbot.bot.events import Event

WORKFLOW = ".github/workflows/listbot.yml"
"""The first stage's workflow, as list owners copy it."""


class Lint(NamedTuple):
    """First stage: say what the pull request introduces, with what a read-only token allows."""

    number: int
    base: str
    """The tip of the base branch when the event was sent; a commit's hash."""
    head: str


class Report(NamedTuple):
    """Second stage: comment on the pull request that a run of the first stage was about."""

    repository: int
    run: int
    head: str
    branch: str
    owner: str
    """Owner of the repository that `branch` is in."""
    head_repository: int


class Weekly(NamedTuple):
    """Look after the issue of dead links."""


class Nothing(NamedTuple):
    """There is nothing to do, and this is why."""

    reason: str


def of_lint(name: str, event: Event) -> Lint | Nothing:
    """What `bot lint` does on an event, by the event's name."""
    pull = event.pull_request
    if name != "pull_request":
        return Nothing(f"'{name}' is no event of a pull request; run this on 'pull_request'")
    if pull is None:
        return Nothing("the event tells of no pull request; name the file of one of 'pull_request'")
    return Lint(pull.number, pull.base.sha, pull.head.sha)


def of_report(name: str, event: Event, workflow: str = WORKFLOW) -> Report | Nothing:
    """What `bot report` does. It trusts a run of *our* workflow in *this* repository about a pull request, no other.

    A failed run is as welcome as any: findings are the interesting case.
    """
    run = event.workflow_run
    if name != "workflow_run":
        return Nothing(f"'{name}' is no finished workflow; run this on 'workflow_run'")
    if run is None:
        return Nothing("the event tells of no finished workflow; name the file of one of 'workflow_run'")
    if run.event != "pull_request":
        return Nothing(f"the run was about '{run.event}' and not about a pull request")
    if run.path.partition("@")[0] != workflow:
        return Nothing(f"the run is not one of {workflow}")
    if run.repository.id != event.repository.id:
        return Nothing("the run belongs to another repository")
    if run.head_repository is None or run.head_branch is None:
        return Nothing("the repository of the pull request is gone")
    return Report(
        repository=event.repository.id,
        run=run.id,
        head=run.head_sha,
        branch=run.head_branch,
        owner=run.head_repository.owner.login,
        head_repository=run.head_repository.id,
    )


def of_weekly(name: str, event: Event) -> Weekly | Nothing:
    """What `bot weekly` does: it acts on the clock or when somebody with write access asks. The issue is about the list
    of the default branch, where a schedule always runs; by hand it can be started on any."""
    if name not in ("schedule", "workflow_dispatch"):
        return Nothing(f"'{name}' is neither 'schedule' nor 'workflow_dispatch'")
    branch = event.repository.default_branch
    if name == "workflow_dispatch" and event.ref is not None and event.ref != f"refs/heads/{branch}":
        return Nothing(f"this was started on '{event.ref}', and the issue is about the list of '{branch}'")
    return Weekly()
