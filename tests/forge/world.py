"""The state of the fake GitHub: accounts, commits, repositories, and what people write in them.

Tests make the world with the methods here; the routes change it as a request asks. Only what a bot can see is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from tests.forge import objects
from tests.forge.pull import Files, Pull
from tests.forge.records import Account, Artifact, CheckRun, Commit, Issue, Remark, Review, ReviewRemark, Run

_START = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)


class Clock:
    """A clock that moves one second with every change, so that a test's dates are the same on each run."""

    def __init__(self) -> None:
        self._ticks = count()

    def tick(self) -> str:
        """The next moment, in GitHub's form."""
        return (_START + dt.timedelta(seconds=next(self._ticks))).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Repository:
    """A repository. Forks share the commits of what they were forked from, as on GitHub."""

    owner: Account
    name: str
    id: int
    clock: Clock
    numbers: Iterator[int]
    """Ids of everything that is made, across repositories."""
    created: str
    private: bool = False
    has_issues: bool = True
    archived: bool = False
    parent: Repository | None = None
    default_branch: str = "main"
    stars: int = 0
    commits: dict[str, Commit] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    collaborators: dict[str, str] = field(default_factory=dict)
    """Login to permission: admin, write, read."""
    labels: dict[str, str] = field(default_factory=dict)
    """Name to colour."""
    issues: dict[int, Issue] = field(default_factory=dict)
    remarks: dict[int, Remark] = field(default_factory=dict)
    review_remarks: dict[int, ReviewRemark] = field(default_factory=dict)
    reviews: dict[int, Review] = field(default_factory=dict)
    check_runs: dict[int, CheckRun] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)
    artifacts: dict[int, Artifact] = field(default_factory=dict)
    symlinks: set[str] = field(default_factory=set)
    """Paths that are symbolic links, in every commit."""
    people: dict[str, Account] = field(default_factory=dict)
    forked: Callable[[Repository], None] = lambda _fork: None
    """Is told of forks."""

    @property
    def full_name(self) -> str:
        return f"{self.owner.login}/{self.name}"

    @property
    def head(self) -> Commit:
        """The newest commit of the default branch."""
        return self.commits[self.branches[self.default_branch]]

    @property
    def pulls(self) -> list[Pull]:
        return [issue.pull for issue in self.issues.values() if issue.pull]

    def comments_of(self, number: int) -> list[Remark]:
        """The comments under an issue or pull request, oldest first."""
        return [remark for remark in self.remarks.values() if remark.number == number]

    def person(self, login: str) -> Account:
        """The account of a login, made when it is first met."""
        if login not in self.people:
            self.people[login] = Account(login, next(self.numbers), "Bot" if login.endswith("[bot]") else "User")
        return self.people[login]

    def commit(
        self,
        files: Files,
        *,
        branch: str | None = None,
        message: str = "Change",
        parent: str | None = None,
        also: tuple[str, ...] = (),
    ) -> Commit:
        """Change files on a branch and move it; `parent` is its tip unless named, `also` are further parents."""
        branch = branch or self.default_branch
        tip = parent or self.branches.get(branch) or self.branches.get(self.default_branch)
        kept = dict(self.commits[tip].files) if tip else {}
        for path, content in files.items():
            if content is None:
                kept.pop(path, None)
            else:
                kept[path] = content.encode() if isinstance(content, str) else content
        commit = _commit((*((tip,) if tip else ()), *also), kept, message, self.owner, self.clock.tick())
        self.commits[commit.sha] = commit
        self._outdate(branch, commit)
        self.branches[branch] = commit.sha
        return commit

    def aside(self, files: Mapping[str, bytes], parents: tuple[str, ...]) -> Commit:
        """A commit that is on no branch."""
        date = max(self.commits[parent].date for parent in parents)
        commit = _commit(parents, files, "Merge", self.owner, date)
        self.commits[commit.sha] = commit
        return commit

    def ancestry(self, sha: str) -> Iterator[str]:
        """A commit and everything before it, nearest first."""
        waiting, seen = [sha], {sha}
        while waiting:
            current = waiting.pop(0)
            yield current
            fresh = [parent for parent in self.commits[current].parents if parent not in seen]
            seen.update(fresh)
            waiting.extend(fresh)

    def resolve(self, ref: str) -> Commit | None:
        """The commit that a branch, a tag's full name or a SHA stands for."""
        name = ref.removeprefix("refs/").removeprefix("heads/")
        sha = self.branches.get(name, name)
        if sha in self.commits:
            return self.commits[sha]
        found = [full for full in self.commits if full.startswith(sha)] if len(sha) >= 7 else []
        return self.commits[found[0]] if len(found) == 1 else None

    def fork(self, owner: str) -> Repository:
        """The owner's fork of this repository."""
        fork = Repository(
            owner=self.person(owner),
            name=self.name,
            id=next(self.numbers),
            clock=self.clock,
            numbers=self.numbers,
            created=self.clock.tick(),
            private=self.private,
            parent=self,
            default_branch=self.default_branch,
            commits=self.commits,
            branches=dict(self.branches),
            people=self.people,
            forked=self.forked,
        )
        self.forked(fork)
        return fork

    def open_pull(
        self,
        files: Files,
        *,
        head_owner: str | None = None,
        branch: str = "patch-1",
        base: str | None = None,
        title: str = "Add a paper",
        body: str | None = None,
        author: str | None = None,
    ) -> Pull:
        """A pull request that changes these files, from a branch here or from the fork of `head_owner`."""
        base = base or self.default_branch
        head = self.fork(head_owner) if head_owner else self
        head.commit(files, branch=branch, message=title, parent=self.branches[base])
        issue = self.open_issue(title, body, author=author or head_owner or self.owner.login)
        issue.pull = Pull(self, issue, head, branch, base)
        return issue.pull

    def open_issue(
        self, title: str, body: str | None = None, *, author: str | Account | None = None, labels: tuple[str, ...] = ()
    ) -> Issue:
        """An issue; its number is the next one of the repository."""
        account = author if isinstance(author, Account) else self.person(author or self.owner.login)
        now = self.clock.tick()
        number = max(self.issues, default=0) + 1
        for label in labels:
            self.labels.setdefault(label, "ededed")
        issue = Issue(number, next(self.numbers), title, body, account, now, now, labels=list(labels))
        self.issues[number] = issue
        return issue

    def edit(self, issue: Issue, body: str, by: str | Account | None = None) -> str:
        """Somebody changes the text of an issue, to tick a box; gives back what it was."""
        before = issue.body or ""
        issue.rewrite(body, by if isinstance(by, Account) else self.person(by or self.owner.login), self.clock.tick())
        return before

    def comment(self, number: int, body: str, author: str | Account | None = None) -> Remark:
        """A comment under an issue or pull request."""
        account = author if isinstance(author, Account) else self.person(author or self.owner.login)
        now = self.clock.tick()
        remark = Remark(next(self.numbers), number, account, body, now, now)
        self.remarks[remark.id] = remark
        self.issues[number].updated = now
        return remark

    def reply(self, remark: ReviewRemark, body: str, author: str | Account) -> ReviewRemark:
        """An answer in the thread of a comment on a line."""
        account = author if isinstance(author, Account) else self.person(author)
        now = self.clock.tick()
        shown = {name: value for name, value in vars(remark).items() if name not in ("id", "author", "body")}
        shown |= {"created": now, "updated": now, "reply_to": remark.reply_to or remark.id, "minimized": None}
        answer = ReviewRemark(id=next(self.numbers), author=account, body=body, **shown)
        self.review_remarks[answer.id] = answer
        return answer

    def run(
        self,
        pull: Pull | None = None,
        *,
        workflow_path: str = ".github/workflows/listbot.yml",
        event: str = "pull_request",
        conclusion: str = "success",
    ) -> Run:
        """A finished run of a workflow, for a pull request or for the default branch."""
        head, branch = (pull.head, pull.head_branch) if pull else (self, self.default_branch)
        sha = head.branches[branch]
        run = Run(next(self.numbers), workflow_path, event, sha, branch, head, conclusion, self.clock.tick())
        if pull and pull.head is self:
            run.pulls.append(pull.number)
        self.runs[run.id] = run
        return run

    def artifact(self, run: Run, name: str, archive: bytes) -> Artifact:
        """Leave a zip behind a run."""
        artifact = Artifact(next(self.numbers), run.id, name, archive, self.clock.tick())
        self.artifacts[artifact.id] = artifact
        return artifact

    def _outdate(self, branch: str, commit: Commit) -> None:
        """Comments whose file a push changes below them lose their line, as GitHub marks them outdated."""
        for pull in [pull for home in (self, self.parent) if home for pull in home.pulls]:
            if pull.head is not self or pull.head_branch != branch:
                continue
            before = self.commits[pull.head_sha].files
            for remark in pull.review_comments:
                if remark.side == "RIGHT" and before.get(remark.path) != commit.files.get(remark.path):
                    moved = _follow(before.get(remark.path), commit.files.get(remark.path), remark.line)
                    remark.line, remark.position = moved, remark.position if moved else None


def objects_of(commit: Commit) -> list[objects.Object]:
    """A commit as git stores it, with its files and folders, itself last."""
    found = objects.trees(commit.files)
    seconds = int(dt.datetime.fromisoformat(commit.date).timestamp())
    author = f"{commit.author.login} <{commit.email}>"
    return [*found, objects.commit(found[-1].sha, commit.parents, author, seconds, commit.message)]


def _commit(parents: tuple[str, ...], files: Mapping[str, bytes], message: str, author: Account, date: str) -> Commit:
    *_, tree, commit = objects_of(Commit("", parents, files, message, author, date, ""))
    return Commit(commit.sha, parents, files, message, author, date, tree.sha)


def _follow(before: bytes | None, after: bytes | None, line: int | None) -> int | None:
    """Where a line stands after a change, if it still does."""
    if before is None or after is None or line is None:
        return None
    old, new = before.decode("utf-8", "replace").split("\n"), after.decode("utf-8", "replace").split("\n")
    text = old[line - 1] if line <= len(old) else None
    same = [index for index, candidate in enumerate(new) if candidate == text]
    return min(same, key=lambda index: abs(index - line + 1)) + 1 if same else None
