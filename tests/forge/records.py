"""What the fake GitHub remembers: plain records. `world` has what holds them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.forge.pull import Pull
    from tests.forge.world import Repository


@dataclass(frozen=True)
class Account:
    """A person, a bot or an organisation."""

    login: str
    id: int
    type: str = "User"


ACTIONS = Account("github-actions[bot]", 41898282, "Bot")
"""Who acts with the token of a workflow."""


@dataclass(frozen=True)
class Commit:
    """A state of all files, by path."""

    sha: str
    parents: tuple[str, ...]
    files: Mapping[str, bytes]
    message: str
    author: Account
    date: str
    tree: str

    @property
    def email(self) -> str:
        """Where its author is written to."""
        return f"{self.author.login}@users.noreply.example.com"


@dataclass
class Remark:
    """A comment under an issue or a pull request."""

    id: int
    number: int
    author: Account
    body: str
    created: str
    updated: str
    minimized: str | None = None
    """The reason for which it is hidden, such as `OUTDATED`."""
    listed_after: int = 0
    """How many more lists leave it out, as a replica does that lags behind."""
    edits: list[tuple[str, str]] = field(default_factory=list)
    """When the body was changed and what it said then, newest first; the making of it is the oldest, once there are
    others."""

    def rewrite(self, body: str, now: str) -> None:
        """Change the body and remember what it was."""
        if not self.edits:
            self.edits.append((self.created, self.body))
        self.edits.insert(0, (now, body))
        self.body, self.updated = body, now


@dataclass
class ReviewRemark:
    """A comment on a line of a pull request's patch; `line` is None once the line is gone."""

    id: int
    number: int
    author: Account
    body: str
    created: str
    updated: str
    path: str
    commit: str
    line: int | None
    side: str
    start_line: int | None
    start_side: str | None
    position: int | None
    hunk: str
    review: int | None = None
    reply_to: int | None = None
    subject: str = "line"
    original_line: int | None = None
    original_position: int | None = None
    minimized: str | None = None
    resolved: bool = False
    listed_after: int = 0


@dataclass
class Review:
    """A review of a pull request: a body and the remarks that came with it."""

    id: int
    number: int
    author: Account
    body: str
    state: str
    commit: str
    submitted: str
    minimized: str | None = None


@dataclass
class CheckRun:
    """A check run with all annotations that were appended to it."""

    id: int
    name: str
    head_sha: str
    started: str
    status: str = "queued"
    conclusion: str | None = None
    completed: str | None = None
    details_url: str | None = None
    external_id: str = ""
    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Artifact:
    """A zip that a run left behind; `expired` ones answer 410."""

    id: int
    run: int
    name: str
    archive: bytes
    created: str
    expired: bool = False


@dataclass
class Run:
    """A run of a workflow."""

    id: int
    workflow_path: str
    event: str
    head_sha: str
    head_branch: str
    head_repository: Repository
    conclusion: str
    created: str
    pulls: list[int] = field(default_factory=list)
    """Numbers of the pull requests; empty for forks, as on GitHub."""


@dataclass
class Issue:
    """An issue; a pull request is an issue with `pull`."""

    number: int
    id: int
    title: str
    body: str | None
    author: Account
    created: str
    updated: str
    state: str = "open"
    state_reason: str | None = None
    closed: str | None = None
    labels: list[str] = field(default_factory=list)
    pull: Pull | None = None
    locked: bool = False
    listed_after: int = 0
    duplicate_of: int | None = None
    closed_by: Account | None = None
    edits: list[tuple[str, Account]] = field(default_factory=list)
    """When and by whom the body was changed, newest first; the making of it is the oldest, once there are others."""

    def rewrite(self, body: str | None, by: Account, now: str) -> None:
        """Change the body and remember who did."""
        if body == self.body:
            return
        if not self.edits:
            self.edits.append((self.created, self.author))
        self.edits.insert(0, (now, by))
        self.body, self.updated = body, now
