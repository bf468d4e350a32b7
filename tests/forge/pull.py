"""A pull request of the fake GitHub: its branches, and what people do to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.forge import patches
from tests.forge.records import Commit, Issue, Remark, ReviewRemark

if TYPE_CHECKING:
    from tests.forge.world import Repository

Files = Mapping[str, "str | bytes | None"]
"""Path to content; None takes a file away."""


@dataclass
class Pull:
    """The branches of a pull request."""

    repository: Repository
    issue: Issue
    head: Repository
    head_branch: str
    base_branch: str
    merged: tuple[str, str] | None = None
    """Base and head as they were merged; they stay what they were then."""
    head_gone: bool = False
    test_merges: dict[tuple[str, str], Commit | None] = field(default_factory=dict)
    """By base and head."""

    @property
    def number(self) -> int:
        return self.issue.number

    @property
    def head_sha(self) -> str:
        return self.merged[1] if self.merged else self.head.branches[self.head_branch]

    @property
    def base_sha(self) -> str:
        return self.merged[0] if self.merged else self.repository.branches[self.base_branch]

    @property
    def comments(self) -> list[Remark]:
        """The comments under it, oldest first."""
        return self.repository.comments_of(self.number)

    @property
    def review_comments(self) -> list[ReviewRemark]:
        """The comments on its lines, oldest first."""
        return [remark for remark in self.repository.review_remarks.values() if remark.number == self.number]

    def push(self, files: Files, message: str = "More work", *, force: bool = False) -> Commit:
        """A commit on the head branch; `force` replaces what was there."""
        parent = self.merge_base if force else None
        commit = self.head.commit(files, branch=self.head_branch, message=message, parent=parent)
        self.issue.updated = commit.date
        return commit

    def close(self) -> None:
        """Close without merging."""
        self.issue.state, self.issue.closed = "closed", self.repository.clock.tick()

    def reopen(self) -> None:
        self.issue.state, self.issue.closed = "open", None

    def merge(self) -> Commit:
        """Lay what the pull request changes over the base branch, in a commit with two parents, and close."""
        commits, base = self.repository.commits, self.base_sha
        old, new = commits[self.merge_base].files, commits[self.head_sha].files
        changed = {path: new.get(path) for path in {*old, *new} if old.get(path) != new.get(path)}
        self.merged = (base, self.head_sha)
        also = (self.head_sha,)
        made = self.repository.commit(changed, branch=self.base_branch, message=f"Merge #{self.number}", also=also)
        self.close()
        return made

    @property
    def test_merge(self) -> Commit | None:
        """The commit by which it could be merged, as GitHub makes it to see whether it can; None where it cannot."""
        key = (self.base_sha, self.head_sha)
        if key not in self.test_merges:
            commits = self.repository.commits
            files = patches.merged(*(commits[sha].files for sha in (self.merge_base, *key)))
            self.test_merges[key] = self.repository.aside(files, key) if files is not None else None
        return self.test_merges[key]

    def delete_fork(self) -> None:
        """The fork goes and the pull request stays: its head then has no repository."""
        self.head_gone = True

    @property
    def merge_base(self) -> str:
        """The newest commit that base and head share; the files of a pull request are compared from here."""
        mine = set(self.repository.ancestry(self.base_sha))
        return next(sha for sha in self.repository.ancestry(self.head_sha) if sha in mine)

    @property
    def commits(self) -> list[Commit]:
        """What head has and base has not, oldest first."""
        mine = set(self.repository.ancestry(self.base_sha))
        fresh = [sha for sha in self.repository.ancestry(self.head_sha) if sha not in mine]
        return [self.repository.commits[sha] for sha in reversed(fresh)]
