"""Plans -> GitHub, once each, whatever goes wrong on the way.

Before each write everything is looked at again and planned again: a pull request that has moved on is left to its next
run, what another run has done is not done twice, and of two comments or issues that two runs made at the same moment
the one with the lowest number stays, which both see alike. What changes without harm goes out together, so that a run
takes few requests; what creates something goes out alone.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from listbot.bot.api import LimitedError, RefusedError, UncertainError, Writer
from listbot.bot.observed import Comment, Issue
from listbot.bot.plan import Change, CreateComment, CreateIssue, CreateReview, Creation, EditIssue, Write

_STEPS = 20
"""More would be two runs that fight."""
_TOGETHER = 20
"""Changes in one request."""
_TRIES = 2
"""Of a creation: the second only where the first has left nothing behind."""
_BETWEEN_WRITES, _BETWEEN_CREATIONS = 1.0, 3.0
"""Seconds; what creates something sends mail (octokit's throttling; `reference/bots.md` §3.4)."""
_BEFORE_LOOKING_AGAIN = 2.0
"""Seconds after a failed creation, before looking whether it happened."""
_PATIENCE = 120.0
"""Seconds; who has to wait for longer leaves the rest to the next run."""


class Look(NamedTuple):
    """What is there to do, and whose hand is seen in what is there."""

    plan: Sequence[Write]
    nonces: Collection[str | None]
    """Of the runs that wrote it, None for what says nothing."""


Eyes = Callable[[Sequence[Comment | Issue]], Look | None]
"""Look at GitHub and plan; None where this run is overtaken. It is given what was created, as lists lag behind."""


def _pause(seconds: float) -> None:
    time.sleep(seconds)


class Executor:
    """Carries plans out, step by step."""

    def __init__(self, writer: Writer, pause: Callable[[float], None] = _pause) -> None:
        self._writer = writer
        self._pause = pause
        self._created: list[Comment | Issue] = []
        self._tries: Counter[Write] = Counter()
        self.done: list[Write] = []
        """The writes that were made."""
        self.refused: list[Write] = []
        """Comments on lines that GitHub does not take; the comment below the pull request says the same."""

    def run(self, eyes: Eyes) -> bool:
        """Look and write until nothing is left to do. False where this run was overtaken."""
        for _ in range(_STEPS):
            look = eyes(self._created)
            if look is None:
                return False
            self._settle(look)
            left = [write for write in look.plan if write not in self.done and write not in self.refused]
            step = _step(left)
            if not step:
                return True
            told = self._carry_out(step)
            if told and len(step) == len(left):
                return True
        return True

    def _settle(self, look: Look) -> None:
        """A creation that failed and has happened all the same is done."""
        for write in self._tries:
            if isinstance(write, Creation) and write.nonce in look.nonces and write not in self.done:
                self.done.append(write)

    def _carry_out(self, step: Sequence[Write]) -> bool:
        """Whether its answer tells all there is to know: what two runs may create at once is looked at again."""
        creates = isinstance(step[0], Creation)
        if self.done:
            self._pause(_BETWEEN_CREATIONS if creates else _BETWEEN_WRITES)
        self._tries.update(step)
        try:
            self._write(step)
        except UncertainError:
            if self._tries[step[0]] >= _TRIES:
                raise
            self._pause(_BEFORE_LOOKING_AGAIN)
            return False
        except LimitedError as error:
            if error.wait > _PATIENCE or self._tries[step[0]] >= _TRIES:
                raise
            self._pause(error.wait)
            return False
        except RefusedError:
            if not isinstance(step[0], CreateReview):
                raise
            self.refused.append(step[0])
            return True
        self.done.extend(step)
        return not isinstance(step[0], CreateComment | CreateIssue)

    def _write(self, step: Sequence[Write]) -> None:
        match step[0]:
            case CreateComment(number, body):
                self._created.append(self._writer.create_comment(number, body))
            case CreateReview(number, head, body, comments):
                self._writer.create_review(number, head, body, comments)
            case CreateIssue(title, body):
                self._created.append(self._writer.create_issue(title, body))
            case EditIssue() as edit:
                self._writer.edit_issue(edit)
            case _:
                self._writer.change([change for change in step if isinstance(change, Change)])


def _step(plan: Sequence[Write]) -> Sequence[Write]:
    """What goes out next in one request: all changes together, then the rest one by one."""
    changes = [write for write in plan if isinstance(write, Change)]
    return changes[:_TOGETHER] or plan[:1]
