"""Plans -> GitHub, once each, whatever goes wrong on the way.

Two runs may plan the same comment at the same moment, and GitHub may answer 502 to what it has done. So after something
was created the state is looked at again and planned again, until there is nothing left to do: of two comments or issues
the one with the lowest number stays, which both runs see alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from listbot.bot.api import UncertainError, Writer
from listbot.bot.observed import Comment, Issue
from listbot.bot.plan import (
    NOTIFYING,
    CreateComment,
    CreateIssue,
    CreateReview,
    DeleteComment,
    EditComment,
    EditInline,
    EditIssue,
    Minimize,
    Write,
)

_ROUNDS = 3
"""Create, find the other run's, put it right: more rounds would be two runs that fight."""
_BETWEEN_NOTIFICATIONS = 3.0
"""Seconds between writes that send mail, as octokit's throttling has it (`reference/bots.md` §3.4)."""
_BEFORE_LOOKING_AGAIN = 2.0
"""Seconds after a failed creation, before looking whether it happened."""

Replan = Callable[[Sequence[Comment | Issue]], Sequence[Write]]
"""Look at GitHub and plan. It is given what was created, as GitHub's own lists can lag behind."""
Happened = Callable[[str], bool]
"""Whether something with a nonce is there."""


def _pause(seconds: float) -> None:
    time.sleep(seconds)


class Executor:
    """Carries plans out. `may_go_on` is asked before each write and stops quietly where it says no."""

    def __init__(
        self,
        writer: Writer,
        may_go_on: Callable[[], bool],
        happened: Happened,
        pause: Callable[[float], None] = _pause,
    ) -> None:
        self._writer = writer
        self._may_go_on = may_go_on
        self._happened = happened
        self._pause = pause
        self._notified = False
        self._created: list[Comment | Issue] = []
        self.done: list[Write] = []
        """The writes that were made."""

    def run(self, first: Sequence[Write], replan: Replan) -> bool:
        """Carry out a plan, and what is left to do after something was created. False where it was stopped."""
        plan = first
        for _ in range(_ROUNDS):
            if not all(self._carry_out(write) for write in plan):
                return False
            if not any(isinstance(write, CreateComment | CreateIssue) for write in plan):
                return True
            plan = replan(self._created)
        return True

    def _carry_out(self, write: Write) -> bool:
        if not self._may_go_on():
            return False
        if isinstance(write, NOTIFYING):
            self._create(write)
        else:
            self._change(write)
        self.done.append(write)
        return True

    def _create(self, write: CreateComment | CreateReview | CreateIssue) -> None:
        """A POST is made at most twice, and the second time only where the first has left nothing behind."""
        if self._notified:
            self._pause(_BETWEEN_NOTIFICATIONS)
        self._notified = True
        try:
            self._post(write)
        except UncertainError:
            self._pause(_BEFORE_LOOKING_AGAIN)
            if not self._happened(write.nonce):
                self._post(write)

    def _post(self, write: CreateComment | CreateReview | CreateIssue) -> None:
        match write:
            case CreateComment():
                self._created.append(self._writer.create_comment(write.number, write.body))
            case CreateReview():
                self._writer.create_review(write.number, write.head, write.body, write.comments)
            case CreateIssue():
                self._created.append(self._writer.create_issue(write.title, write.body))

    def _change(self, write: EditComment | DeleteComment | EditInline | Minimize | EditIssue) -> None:
        match write:
            case EditComment():
                self._writer.edit_comment(write.id, write.body)
            case DeleteComment():
                self._writer.delete_comment(write.id)
            case EditInline():
                self._writer.edit_inline(write.id, write.body)
            case Minimize():
                self._writer.minimize(write.node)
            case EditIssue():
                self._writer.edit_issue(write)
