"""What the bot asks of GitHub, as interfaces, and how GitHub can refuse. `github.py` keeps them; tests have models.

ListbotError
├── NoPermissionError    the token may not do this: expected for pull requests from forks, and no fault of anybody
├── DeferredError        GitHub is away, or wants us to wait longer than a run should: the next run does it
│   └── LimitedError     a creation was stopped by a limit that says how long to wait
├── RefusedError         GitHub does not want what we sent: our mistake, or its own rules have changed
└── UncertainError       a request that creates something failed on the way: it may have been carried out
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from listbot.bot.observed import At, Comment, Comparison, Contents, Discussion, Issue, Pull, Tree
from listbot.bot.plan import Change, EditIssue, NewInline
from listbot.errors import ListbotError


class NoPermissionError(ListbotError):
    """The token may not do this."""


class DeferredError(ListbotError):
    """GitHub is away, or its rate limit asks for more patience than a run has."""


class LimitedError(DeferredError):
    """A limit has stopped a creation, which surely has not happened. `wait` is in seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__("GitHub's rate limit is reached; the next run does what is left")
        self.wait = wait


class RefusedError(ListbotError):
    """GitHub does not accept what we sent (422)."""


class UncertainError(ListbotError):
    """Nobody knows whether something was created."""


class PullReader(Protocol):
    """Reading a pull request and the files that it is about."""

    def open_pulls(self, owner: str, branch: str) -> Sequence[Pull]:
        """The open pull requests from a branch of an owner's repository."""

    def compare(self, base: str, head: str) -> Comparison:
        """What lies between two commits, from where they parted."""

    def tree(self, ref: str) -> Tree: ...

    def files(
        self, wanted: Sequence[At], limit: int, pull: int | None = None, spare: Collection[At] = frozenset()
    ) -> Contents:
        """Files of any versions, those that are there, up to `limit` bytes each; and how a pull request would be
        merged, where one is named. Those that are `spare` are left out where they would take a request more."""

    def discussion(self, number: int) -> Discussion:
        """Where a pull request stands now, and all that was said."""

    def artifact(self, run: int, name: str, limit: int) -> bytes | None:
        """The archive that a run left behind under a name: None where there is none, or more than `limit` bytes."""


class IssueReader(Protocol):
    """Reading issues, and who may change what."""

    def own_issues(self) -> Sequence[Issue]:
        """Issues and pull requests, open and closed, of the account that the bot writes as; the oldest first."""

    def editors(self, issue: Issue) -> Sequence[str]:
        """The logins of other people that edited an issue's text since we last did."""

    def can_write(self, login: str) -> bool:
        """Whether somebody has write access to the repository."""


class Writer(Protocol):
    """Writing. What creates something raises UncertainError where it may have happened all the same."""

    def create_comment(self, number: int, body: str) -> Comment: ...

    def create_review(self, number: int, head: str, body: str, comments: Sequence[NewInline]) -> None: ...

    def change(self, changes: Sequence[Change]) -> None:
        """Several changes in one request. Where something is gone, nothing happens."""

    def create_issue(self, title: str, body: str) -> Issue: ...

    def edit_issue(self, write: EditIssue) -> None: ...
