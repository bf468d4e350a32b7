"""A GitHub in a few lines, for random histories of the planner: comments of a pull request, and what goes wrong."""

from __future__ import annotations

from collections.abc import Sequence

from listbot.bot.api import UncertainError
from listbot.bot.observed import Author, Comment, InlineComment, Issue, Review
from listbot.bot.plan import Change, DeleteComment, EditComment, EditInline, EditIssue, Minimize, NewInline, Unfold

NUMBER = 5
"""Of the one pull request."""
OWN = Author(41898282, True)
SOMEBODY = Author(1001, False)
OTHER_BOT = Author(49699333, True)


class Model:
    """Comments, comments on lines and issues. `faults` are taken one by one by what is created next.

    `lag` hides the newest comment from that many lists.
    """

    def __init__(self) -> None:
        self.comments: dict[int, Comment] = {}
        self.inline: dict[int, InlineComment] = {}
        self.reviews: list[Review] = []
        self.issues: dict[int, Issue] = {}
        self.faults: list[str] = []
        self.lag = 0
        self.writes = 0
        self.requests = 0
        self._id = 0

    def next_id(self) -> int:
        self._id += 1
        return self._id

    # Reading ----------------------------------------------------------------------------------------------------------

    def look(self) -> tuple[list[Comment], list[InlineComment], list[Review]]:
        """The discussion, in one request."""
        self.requests += 1
        found = list(self.comments.values())
        if self.lag and found:
            self.lag -= 1
            found = found[:-1]
        return found, list(self.inline.values()), list(self.reviews)

    def list_issues(self) -> list[Issue]:
        self.requests += 1
        found = list(self.issues.values())
        if self.lag and found:
            self.lag -= 1
            return found[:-1]
        return found

    # Writing ----------------------------------------------------------------------------------------------------------

    def _arrives(self) -> None:
        self.requests += 1
        if self.faults and self.faults[0] == "lost":
            self.faults.pop(0)
            raise UncertainError("502 before anything was done")

    def _answers(self) -> None:
        if self.faults and self.faults[0] == "done":
            self.faults.pop(0)
            raise UncertainError("502 after it was done")

    def comment_by(self, author: Author, body: str) -> Comment:
        number = self.next_id()
        comment = Comment(number, author, body, f"IC_{number}")
        self.comments[number] = comment
        return comment

    def create_comment(self, number: int, body: str) -> Comment:
        assert number == NUMBER
        self._arrives()
        self.writes += 1
        comment = self.comment_by(OWN, body)
        self._answers()
        return comment

    def create_review(self, number: int, head: str, body: str, comments: Sequence[NewInline]) -> None:
        assert (number, len(head), bool(body)) == (NUMBER, 40, True)
        self._arrives()
        self.writes += 1
        review = Review(f"PRR_{self.next_id()}", OWN, body)
        self.reviews.append(review)
        for new in comments:
            self.inline_by(OWN, new.body, review.node)
        self._answers()

    def inline_by(self, author: Author, body: str, review: str | None = None) -> InlineComment:
        number = self.next_id()
        comment = InlineComment(number, f"PRRC_{number}", author, body, review=review)
        self.inline[number] = comment
        return comment

    def change(self, changes: Sequence[Change]) -> None:
        """All in one request; each of them is of something that is ours, or gone."""
        self.requests += 1
        self.writes += len(changes)
        for change in changes:
            self._make(change)

    def _make(self, change: Change) -> None:
        comments = {comment.node: comment for comment in self.comments.values()}
        lines = {comment.node: comment for comment in self.inline.values()}
        at = {review.node: number for number, review in enumerate(self.reviews)}
        match change:
            case EditComment(node, body) if node in comments:
                assert comments[node].author == OWN
                self.comments[comments[node].id] = comments[node]._replace(body=body)
            case DeleteComment(node) if node in comments:
                assert comments[node].author == OWN
                del self.comments[comments[node].id]
            case EditInline(node, body) if node in lines:
                assert lines[node].author == OWN
                self.inline[lines[node].id] = lines[node]._replace(body=body)
            case Minimize(node) if node in lines:
                assert lines[node].author == OWN
                assert not lines[node].answered
                self.inline[lines[node].id] = lines[node]._replace(folded=True)
            case Unfold(node) if node in lines:
                assert lines[node].author == OWN
                self.inline[lines[node].id] = lines[node]._replace(folded=False)
            case Unfold(node) if node in at:
                assert self.reviews[at[node]].author == OWN
                self.reviews[at[node]] = self.reviews[at[node]]._replace(folded=False)
            case Minimize(node) if node in at:
                assert self.reviews[at[node]].author == OWN
                self.reviews[at[node]] = self.reviews[at[node]]._replace(folded=True)

    def create_issue(self, title: str, body: str) -> Issue:
        self._arrives()
        self.writes += 1
        number = self.next_id()
        issue = Issue(number, 1000 + number, OWN, title, body, True, False)
        self.issues[number] = issue
        self._answers()
        return issue

    def edit_issue(self, write: EditIssue) -> None:
        assert (write.reason is None) == (write.state is None)
        assert (write.reason == "duplicate") == (write.duplicate_of is not None)
        self.requests += 1
        self.writes += 1
        is_open = None if write.state is None else write.state == "open"
        changed = {"title": write.title, "body": write.body, "is_open": is_open}
        self.issues[write.number] = self.issues[write.number]._replace(
            **{name: value for name, value in changed.items() if value is not None}
        )
