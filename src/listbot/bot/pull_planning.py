"""Observed state of a pull request + what there is to say -> writes. Pure; planned twice, the second plan is empty.

One comment, edited in place and never a second; nothing at all where there is nothing to say and never was. Comments on
lines go away (folded) when what they say no longer holds, unless somebody has answered them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pydantic import Field

from listbot.bot import marker
from listbot.bot.markdown import Markdown
from listbot.bot.marker import Remembered
from listbot.bot.observed import Comment, InlineComment, is_ours
from listbot.bot.plan import (
    CreateComment,
    CreateReview,
    DeleteComment,
    EditComment,
    EditInline,
    Minimize,
    NewInline,
    Write,
)

STICKY, INLINE, REVIEW = "pull", "inline", "review"
MAX_INLINE = 20
"""Comments of ours on lines of one pull request: GitHub grows slow and people tired beyond."""
_MAX_FOLDED = 500


class StickyState(Remembered):
    """What the comment's marker holds."""

    folded: list[int] = Field(max_length=_MAX_FOLDED)
    """Comments on lines that we have folded: GitHub's REST API does not tell."""


class InlineState(Remembered):
    """What a marker on a line holds."""

    key: str = Field(pattern=r"^[0-9a-f]{16}$")
    """Which finding it is about."""


class Observed(NamedTuple):
    """The comments of a pull request, whoever wrote them, and our own account's id."""

    comments: Sequence[Comment]
    inline: Sequence[InlineComment]
    own: int


class InlineText(NamedTuple):
    """Something to say on lines of the head version; `key` is 16 hexadecimal digits that stay the same."""

    key: str
    path: str
    first: int
    last: int
    text: Markdown


class Wanted(NamedTuple):
    """All there is to say."""

    number: int
    head: str
    text: Markdown | None
    """None where all is well."""
    cleared: Markdown
    """What an earlier comment becomes when all is well."""
    inline: Sequence[InlineText]
    review: Markdown
    """The line above new comments on lines."""


class _Line(NamedTuple):
    comment: InlineComment
    state: InlineState | None
    answered: bool


def plan(observed: Observed, wanted: Wanted, nonce: str) -> list[Write]:
    """The writes that make what is seen what is wanted. `nonce` is this run's."""
    own = sorted(
        comment for comment in observed.comments if is_ours(comment.author, comment.body, observed.own, STICKY)
    )
    if not own and wanted.text is None:
        return []  # and no comment that could remember what was folded, should somebody have taken ours away
    remembered = marker.read(own[0].body, STICKY, StickyState) if own else None
    before = set(remembered.folded) if remembered is not None else set()
    lines = _own_lines(observed)
    folded = {line.comment.id for line in lines} & before
    kept, outdated = _sorted_out([line for line in lines if line.comment.id not in folded], wanted)
    writes: list[Write] = [DeleteComment(comment.id) for comment in own[1:]]
    writes += [Minimize(line.comment.node) for line in outdated]
    folded |= {line.comment.id for line in outdated}
    writes += _sticky(own, remembered, wanted, sorted(folded)[-_MAX_FOLDED:], nonce)
    writes += _edits(kept, wanted, nonce)
    return writes + _review(kept, wanted, nonce)


def _own_lines(observed: Observed) -> list[_Line]:
    answered = {comment.reply_to for comment in observed.inline if comment.reply_to is not None}
    return [
        _Line(comment, marker.read(comment.body, INLINE, InlineState), comment.id in answered)
        for comment in sorted(observed.inline)
        if comment.reply_to is None and is_ours(comment.author, comment.body, observed.own, INLINE)
    ]


def _sorted_out(lines: Iterable[_Line], wanted: Wanted) -> tuple[dict[str, _Line], list[_Line]]:
    """Those that still say something true where it is true, by key; and those to be folded."""
    keys = {text.key for text in wanted.inline}
    kept: dict[str, _Line] = {}
    outdated: list[_Line] = []
    for line in lines:
        stands = line.state is not None and line.comment.line is not None and line.state.key in keys
        if stands and line.state is not None and line.state.key not in kept:
            kept[line.state.key] = line
        elif not line.answered:
            outdated.append(line)
    return kept, outdated


def _sticky(
    own: Sequence[Comment], remembered: StickyState | None, wanted: Wanted, folded: list[int], nonce: str
) -> list[Write]:
    text = wanted.text if wanted.text is not None else wanted.cleared if own else None
    if text is None:
        return []
    content = marker.content_hash(text.text, *map(str, folded))
    if remembered is not None and remembered.content == content:
        return []
    body = f"{marker.written(STICKY, StickyState(content=content, nonce=nonce, folded=folded))}\n{text.text}"
    return [EditComment(own[0].id, body)] if own else [CreateComment(wanted.number, body, nonce)]


def _edits(kept: dict[str, _Line], wanted: Wanted, nonce: str) -> list[Write]:
    writes: list[Write] = []
    for text in wanted.inline:
        line = kept.get(text.key)
        content = marker.content_hash(text.text.text)
        if line is not None and line.state is not None and line.state.content != content:
            writes.append(EditInline(line.comment.id, _inline_body(text, content, nonce)))
    return writes


def _review(kept: dict[str, _Line], wanted: Wanted, nonce: str) -> list[Write]:
    new = [text for text in wanted.inline if text.key not in kept][: max(0, MAX_INLINE - len(kept))]
    if not new:
        return []
    comments = tuple(
        NewInline(text.path, text.first, text.last, _inline_body(text, marker.content_hash(text.text.text), nonce))
        for text in new
    )
    state = Remembered(content=marker.content_hash(wanted.review.text), nonce=nonce)
    body = f"{marker.written(REVIEW, state)}\n{wanted.review.text}"
    return [CreateReview(wanted.number, wanted.head, body, comments, nonce)]


def _inline_body(text: InlineText, content: str, nonce: str) -> str:
    state = InlineState(content=content, nonce=nonce, key=text.key)
    return f"{marker.written(INLINE, state)}\n{text.text.text}"
