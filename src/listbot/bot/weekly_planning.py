"""Observed issues + what the links of the list need -> writes. One issue, never a second; pure.

The lowest number wins. Only a check that came to its end closes it. An issue that people closed as *not planned* or
as a *duplicate* is kept true and stays closed: they have spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from listbot.bot import marker, memory
from listbot.bot.markdown import Markdown
from listbot.bot.marker import Remembered
from listbot.bot.observed import Author, Issue
from listbot.bot.plan import CreateIssue, EditIssue, Write

KIND = "weekly"
TITLE = "Links that need a look"


class Wanted(NamedTuple):
    """All there is to say."""

    text: Markdown
    has_work: bool
    """Whether there is something for people to do; else the issue is closed."""
    history: str
    """The comment in which the issue remembers."""
    stamp: Markdown
    """When the text was made: below it, and no reason to write it again."""
    alive: str = ""
    """The comment in which the issue remembers when links were last alive; no reason either."""
    complete: bool = True
    """Whether every link was asked; else the issue is not closed, whatever was found."""


def own_issues(issues: Sequence[Issue], own: int) -> list[Issue]:
    """The issues that are ours, the one that counts first.

    Of those that our account wrote each is ours that still has the marker, or the memory, or, whatever became of its
    text, the title.
    """

    def ours(issue: Issue) -> bool:
        if issue.is_pull_request or issue.author != Author(own, True):
            return False
        return issue.title == TITLE or marker.is_ours(issue.body, KIND) or memory.is_kept(issue.body)

    return sorted((issue for issue in issues if ours(issue)), key=lambda issue: issue.number)


def plan(issues: Sequence[Issue], own: int, wanted: Wanted, nonce: str) -> list[Write]:
    """The writes that make what is seen what is wanted. `own` is our account, `nonce` this run's."""
    ours = own_issues(issues, own)
    writes: list[Write] = [
        EditIssue(issue.number, state="closed", reason="duplicate", duplicate_of=ours[0].id)
        for issue in ours[1:]
        if issue.is_open
    ]
    if not ours:
        return [*writes, CreateIssue(TITLE, _body(wanted, nonce), nonce)] if wanted.has_work else writes
    return writes + _edit(ours[0], wanted, nonce)


def _edit(issue: Issue, wanted: Wanted, nonce: str) -> list[Write]:
    body = None if _says(issue.body, wanted) else _body(wanted, nonce)
    state = reason = None
    if wanted.has_work and not issue.is_open and not issue.is_unwanted:
        state, reason = "open", "reopened"
    elif not wanted.has_work and issue.is_open and wanted.complete:
        state, reason = "closed", "completed"
    if body is None and state is None:
        return []
    return [EditIssue(issue.number, body=body, state=state, reason=reason)]


def _says(body: str, wanted: Wanted) -> bool:
    """Whether it says this already, and nobody has been at it."""
    shown = marker.shown(body).startswith(wanted.text.text.strip() + "\n")
    return shown and marker.opens(body, KIND) and wanted.history in body


def _body(wanted: Wanted, nonce: str) -> str:
    head = marker.written(KIND, Remembered(nonce=nonce))
    kept = "\n".join(comment for comment in (wanted.history, wanted.alive) if comment)
    return f"{head}\n{wanted.text.text}\n{wanted.stamp.text}\n\n{kept}\n"
