"""What the bot asks of GitHub, as interfaces, and how GitHub can refuse. `github.py` keeps them; tests have models.

ListbotError
├── NoPermissionError    the token may not do this: expected for pull requests from forks, and no fault of anybody
├── DeferredError        GitHub is away, or wants us to wait longer than a run should: the next run does it
└── UncertainError       a request that creates something failed on the way: it may have been carried out
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from listbot.bot.observed import Comment, Comparison, InlineComment, Issue, Pull, Tree
from listbot.bot.plan import EditIssue, NewInline
from listbot.errors import ListbotError


class NoPermissionError(ListbotError):
    """The token may not do this."""


class DeferredError(ListbotError):
    """GitHub is away, or its rate limit asks for more patience than a run has."""


class UncertainError(ListbotError):
    """Nobody knows whether something was created."""


class PullReader(Protocol):
    """Reading a pull request and the files that it is about."""

    def open_pulls(self, owner: str, branch: str) -> Sequence[Pull]:
        """The open pull requests from a branch of an owner's repository."""

    def pull(self, number: int) -> Pull: ...

    def compare(self, base: str, head: str) -> Comparison:
        """What lies between two commits, from where they parted."""

    def tree(self, ref: str) -> Tree: ...

    def file(self, path: str, ref: str) -> bytes | None:
        """A file as it is in a commit; None where it is not."""

    def comments(self, number: int) -> Sequence[Comment]: ...

    def inline_comments(self, number: int) -> Sequence[InlineComment]: ...

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

    def edit_comment(self, comment: int, body: str) -> None: ...

    def delete_comment(self, comment: int) -> None: ...

    def create_review(self, number: int, head: str, body: str, comments: Sequence[NewInline]) -> None: ...

    def edit_inline(self, comment: int, body: str) -> None: ...

    def minimize(self, node: str) -> None: ...

    def create_issue(self, title: str, body: str) -> Issue: ...

    def edit_issue(self, write: EditIssue) -> None: ...
