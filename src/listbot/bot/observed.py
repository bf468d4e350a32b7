"""What the bot sees on GitHub before it decides: plain records, made by `github.py` and by tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from listbot.bot import marker


class Author(NamedTuple):
    """Who wrote something."""

    id: int
    is_bot: bool


class Comment(NamedTuple):
    """A comment under a pull request."""

    id: int
    author: Author
    body: str
    node: str
    """Its id in GraphQL, by which it is changed."""
    first: str = ""
    """What it said when it was made, where GitHub tells that it was edited since."""


class InlineComment(NamedTuple):
    """The first comment of a thread on lines of a pull request, and what became of the thread."""

    id: int
    node: str
    author: Author
    body: str
    outdated: bool = False
    """A push has changed what it stood on."""
    folded: bool = False
    """It is minimised."""
    answered: bool = False
    review: str | None = None
    """The review that it came with, by its id in GraphQL."""


class Review(NamedTuple):
    """A review of a pull request: the text above comments on lines that came together."""

    node: str
    author: Author
    body: str
    folded: bool = False


class Discussion(NamedTuple):
    """A pull request at one moment: where it stands, and all that was said."""

    head: str
    """Hash of its newest commit."""
    is_open: bool
    comments: tuple[Comment, ...]
    inline: tuple[InlineComment, ...]
    reviews: tuple[Review, ...]


class Issue(NamedTuple):
    """An issue, ours or not."""

    number: int
    id: int
    author: Author
    title: str
    body: str
    is_open: bool
    is_pull_request: bool
    is_unwanted: bool = False
    """Closed by people as *not planned* or as a *duplicate*."""


class Pull(NamedTuple):
    """An open pull request."""

    number: int
    head: str
    """Hash of its newest commit."""
    base: str
    """Hash of the tip of the branch that it goes to."""
    head_repository: int | None
    base_repository: int
    is_open: bool
    base_branch: str
    """The branch that it goes to."""


class ChangedFile(NamedTuple):
    """A file that a pull request changes, by its path in the head version."""

    path: str
    before: str
    """Its path in the base version."""
    status: str
    """GitHub's word: added, removed, modified, renamed, copied, changed, unchanged."""
    patch: str | None


class Comparison(NamedTuple):
    """What lies between two commits."""

    merge_base: str
    files: tuple[ChangedFile, ...]


class At(NamedTuple):
    """A path in a version."""

    commit: str
    """A commit's hash or a branch."""
    path: str


class File(NamedTuple):
    """A file in a version."""

    size: int
    """In bytes."""
    content: bytes | None
    """None where it is larger than was asked for."""


class Merge(NamedTuple):
    """The commit by which GitHub would merge a pull request, and its parents. GitHub Actions checks it out."""

    commit: str
    base: str
    """The tip of the branch that it goes to, when GitHub made this."""
    head: str


class Contents(NamedTuple):
    """Files of several versions."""

    files: Mapping[At, File]
    merge: Merge | None = None


class Tree(NamedTuple):
    """All that a commit holds, by path; directories left out."""

    paths: frozenset[str]
    files: frozenset[str]
    """Those that are neither symbolic links nor submodules."""
    complete: bool
    """GitHub leaves files out of very large trees."""


def is_ours(author: Author, body: str, own: int, kind: str) -> bool:
    """Written by our account *and* with our marker in it: either alone can belong to somebody else.

    Many workflows write as `github-actions[bot]`, and anybody can copy a marker. The account of a bot belongs to one
    app, so that its id tells as much as the app's own.
    """
    return author.id == own and author.is_bot and marker.is_ours(body, kind)
