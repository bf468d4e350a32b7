"""The writes that the bot can make, as data: what `--dry-run` prints and `writing.py` carries out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from listbot.output.text import counted


class CreateComment(NamedTuple):
    """Notifies people, and may have happened although GitHub answered that it failed; hence the nonce."""

    number: int
    body: str
    nonce: str


class EditComment(NamedTuple):
    """Notifies nobody. `node` is the comment's id in GraphQL, here and below."""

    node: str
    body: str


class DeleteComment(NamedTuple):
    """Takes away a second comment of ours that a race left behind."""

    node: str


class NewInline(NamedTuple):
    """A comment on lines `first` to `last` of the head version."""

    path: str
    first: int
    last: int
    body: str


class CreateReview(NamedTuple):
    """All new comments on lines at once: one notification, one request."""

    number: int
    head: str
    body: str
    comments: tuple[NewInline, ...]
    nonce: str


class EditInline(NamedTuple):
    node: str
    body: str


class Minimize(NamedTuple):
    """Fold a comment or a review of ours away as outdated."""

    node: str


class Unfold(NamedTuple):
    """Show again what we folded: what it says holds once more."""

    node: str


class CreateIssue(NamedTuple):
    title: str
    body: str
    nonce: str


class EditIssue(NamedTuple):
    """What is None stays as it is."""

    number: int
    title: str | None = None
    body: str | None = None
    state: str | None = None
    """`open` or `closed`."""
    reason: str | None = None
    """`completed`, `reopened` or `duplicate`, where the state changes."""
    duplicate_of: int | None = None
    """The id, not the number, of the issue that stays."""


Creation = CreateComment | CreateReview | CreateIssue
"""Writes that send mail, and that must not be made twice."""
Change = EditComment | DeleteComment | EditInline | Minimize | Unfold
"""Writes that can be made together, and again, without harm."""
Write = Creation | Change | EditIssue


def described(write: Write, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """One line for `--dry-run`; `names` are those by which people know what is changed, by node."""

    def named(node: str) -> str:
        return names.get(node, node)

    match write:
        case CreateComment():
            return f"create a comment on #{write.number}"
        case EditComment():
            return f"edit our comment {named(write.node)}"
        case DeleteComment():
            return f"delete a comment of ours that a second run left behind: {named(write.node)}"
        case CreateReview():
            return f"create a review of #{write.number} with {counted(len(write.comments), 'comment')} on lines"
        case EditInline():
            return f"edit a comment of ours on a line: {named(write.node)}"
        case Minimize():
            return f"fold a comment of ours as outdated: {named(write.node)}"
        case Unfold():
            return f"show a comment of ours again: {named(write.node)}"
        case CreateIssue():
            return "create the issue of dead links"
        case EditIssue():
            changed = [name for name in ("title", "body", "state") if getattr(write, name) is not None]
            return f"edit the issue #{write.number}: {', '.join(changed)}"
