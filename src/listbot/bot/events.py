"""GitHub's events as far as the bot reads them: a file of JSON, validated at the border, plain records behind it.

Shapes as in GitHub's own examples (npm `@octokit/webhooks-examples`). What is not named here is not looked at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from listbot.errors import InputError

_MAX_EVENT = 25_000_000
"""Bytes; GitHub sends no larger payload (https://docs.github.com/en/webhooks/webhook-events-and-payloads)."""

Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")]
Login = Annotated[str, Field(max_length=100)]
Ref = Annotated[str, Field(max_length=1_000)]


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class Owner(_Model):
    login: Login


class Repository(_Model):
    id: int
    name: Annotated[str, Field(max_length=100)]
    owner: Owner
    default_branch: Ref = "HEAD"


class HeadRepository(_Model):
    id: int
    owner: Owner


class Commit(_Model):
    sha: Sha


class PullRequest(_Model):
    number: int
    head: Commit
    base: Commit


class WorkflowRun(_Model):
    id: int
    event: str
    path: Ref
    head_sha: Sha
    head_branch: Ref | None
    head_repository: HeadRepository | None
    repository: HeadRepository


class _Subject(_Model):
    """Only one of `pull_request` and `workflow_run` is there, or neither."""

    pull_request: PullRequest | None = None
    workflow_run: WorkflowRun | None = None
    ref: Ref | None = None
    """What was chosen where somebody started a workflow by hand, as `refs/heads/main`."""


class _Sent(_Subject):
    """A payload as it comes: that of a schedule may hold the schedule alone."""

    repository: Repository | None = None


class Event(_Subject):
    """A payload."""

    repository: Repository


def read(path: Path, home: Repository | None = None) -> Event:
    """The event in a file; `home` is the repository where the event names none. Raises InputError with the field that
    is not as expected."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: this event cannot be read: {error.strerror}; name a file with --event") from error
    if len(content) > _MAX_EVENT:
        raise InputError(f"{path}: this event is larger than any that GitHub sends")
    try:
        sent = _Sent.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole file"
        raise InputError(f"{path}: this is no event of GitHub's: {field}: {first['msg'].lower()}") from None
    repository = sent.repository or home
    if repository is None:
        raise InputError(f"{path}: this event names no repository; set GITHUB_REPOSITORY to owner/name")
    return Event(repository=repository, pull_request=sent.pull_request, workflow_run=sent.workflow_run, ref=sent.ref)
