"""Observed state of a pull request + what there is to say -> writes. Pure; planned twice, the second plan is empty.

One comment, edited in place and never a second; nothing at all where there is nothing to say and never was. Comments on
lines go away (folded) when what they say no longer holds, unless somebody has answered them, and the review that they
came with goes with the last of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from pydantic import Field

from listbot.bot import marker
from listbot.bot.markdown import Markdown
from listbot.bot.marker import Remembered
from listbot.bot.observed import Author, Comment, InlineComment, Review, is_ours
from listbot.bot.plan import (
    CreateComment,
    CreateReview,
    DeleteComment,
    EditComment,
    EditInline,
    Minimize,
    NewInline,
    Unfold,
    Write,
)

STICKY, INLINE, REVIEW = "pull", "inline", "review"
_BLANK = " \t\r\n\ufeff"
MAX_INLINE = 20
"""Comments of ours on lines of one pull request: GitHub grows slow and people tired beyond."""


class InlineState(Remembered):
    """What a marker on a line holds."""

    key: str = Field(pattern=r"^[0-9a-f]{16}$")
    """Which finding it is about."""
    gone: bool = False
    """We have folded it, and no person has: should the finding come back, it is shown again."""


class Observed(NamedTuple):
    """What was said of a pull request, whoever wrote it, and our own account's id."""

    comments: Sequence[Comment]
    inline: Sequence[InlineComment]
    reviews: Sequence[Review]
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


def plan(observed: Observed, wanted: Wanted, nonce: str) -> list[Write]:
    """The writes that make what is seen what is wanted, those that notify nobody first. `nonce` is this run's."""
    own = _own_comments(observed, wanted)
    kept, outdated = _sorted_out(_own_lines(observed), wanted)
    back = {line.comment.node: line.comment.review for line in kept.values() if _is_back(line)}
    folded = {line.comment.node for line in outdated}
    spent = _spent_reviews(observed, {one.node for one in observed.inline if one.folded} - back.keys() | folded)
    writes: list[Write] = [DeleteComment(comment.node) for comment in own[1:]]
    writes += _farewells(outdated)
    writes += [Minimize(node) for node in (*(line.comment.node for line in outdated), *spent)]
    writes += [Unfold(node) for node in back]
    writes += [Unfold(one.node) for one in observed.reviews if one.folded and one.node in back.values()]
    writes += _edits(kept, wanted, nonce)
    writes += _sticky(own, wanted, nonce)
    return writes + _review(kept, wanted, nonce)


def _own_comments(observed: Observed, wanted: Wanted) -> list[Comment]:
    """The comment that is ours by what it says or said at first, and those that others of our runs made beside it.

    Where there is none, one of our account that says nothing any more is taken for it rather than a second one made.
    What holds a marker further below may be somebody's report of what we said: none such is taken away.
    """
    written = sorted(one for one in observed.comments if one.author == Author(observed.own, True))
    own = [one for one in written if any(marker.is_ours(text, STICKY) for text in (one.body, one.first))]
    if not own and wanted.text is not None:
        own = [one for one in written if not one.body.strip(_BLANK)][:1]
    began = [one for one in own[1:] if any(marker.opens(text, STICKY) for text in (one.body, one.first))]
    return [*own[:1], *began]


def _own_lines(observed: Observed) -> list[_Line]:
    """Our comments on lines, those that are not folded first, the oldest first."""
    return [
        _Line(comment, marker.read(comment.body, INLINE, InlineState))
        for comment in sorted(observed.inline, key=lambda comment: (comment.folded, comment.id))
        if is_ours(comment.author, comment.body, observed.own, INLINE)
    ]


def _sorted_out(lines: Iterable[_Line], wanted: Wanted) -> tuple[dict[str, _Line], list[_Line]]:
    """Those that still say something true where it is true, by key; and those to be folded.

    One that people have folded is not said again.
    """
    keys = {text.key for text in wanted.inline}
    kept: dict[str, _Line] = {}
    outdated: list[_Line] = []
    for line in lines:
        state = line.state
        if state is not None and not line.comment.outdated and state.key in keys and state.key not in kept:
            kept[state.key] = line
        elif not line.comment.answered and not line.comment.folded:
            outdated.append(line)
    return kept, outdated


def _is_back(line: _Line) -> bool:
    """Whether we have folded what holds once more."""
    return line.comment.folded and line.state is not None and line.state.gone


def _farewells(outdated: Sequence[_Line]) -> list[Write]:
    """Before we fold a comment, its marker says that it was us: what people fold stays folded."""
    writes: list[Write] = []
    for comment, state in outdated:
        if state is not None and not state.gone and not comment.outdated:
            gone = marker.written(INLINE, state.model_copy(update={"gone": True}))
            writes.append(EditInline(comment.node, f"{gone}\n{marker.shown(comment.body)}"))
    return writes


def _spent_reviews(observed: Observed, folded: Collection[str]) -> list[str]:
    """Reviews of ours whose comments on lines are all folded, or about to be."""
    lines: dict[str | None, set[str]] = {}
    for comment in observed.inline:
        lines.setdefault(comment.review, set()).add(comment.node)
    return [
        review.node
        for review in observed.reviews
        if not review.folded
        and is_ours(review.author, review.body, observed.own, REVIEW)
        and review.node in lines
        and lines[review.node] <= set(folded)
    ]


def _sticky(own: Sequence[Comment], wanted: Wanted, nonce: str) -> list[Write]:
    text = wanted.text if wanted.text is not None else wanted.cleared if own else None
    if text is None:
        return []
    if own and _says(own[0].body, text):
        return []
    body = f"{marker.written(STICKY, Remembered(nonce=nonce))}\n{text.text}"
    return [EditComment(own[0].node, body)] if own else [CreateComment(wanted.number, body, nonce)]


def _says(body: str, text: Markdown) -> bool:
    """Whether a body of ours says this already, and nobody has been at it."""
    return marker.opens(body) and marker.shown(body) == text.text.strip()


def _edits(kept: dict[str, _Line], wanted: Wanted, nonce: str) -> list[Write]:
    writes: list[Write] = []
    for text in wanted.inline:
        line = kept.get(text.key)
        gone = line is not None and line.state is not None and line.state.gone
        if line is not None and (gone or not _says(line.comment.body, text.text)):
            writes.append(EditInline(line.comment.node, _inline_body(text, nonce)))
    return writes


def _review(kept: dict[str, _Line], wanted: Wanted, nonce: str) -> list[Write]:
    new = [text for text in wanted.inline if text.key not in kept][: max(0, MAX_INLINE - len(kept))]
    if not new:
        return []
    nonce = marker.digits(nonce, REVIEW)  # of its own: that the comment was written proves nothing of the review
    comments = tuple(NewInline(text.path, text.first, text.last, _inline_body(text, nonce)) for text in new)
    body = f"{marker.written(REVIEW, Remembered(nonce=nonce))}\n{wanted.review.text}"
    return [CreateReview(wanted.number, wanted.head, body, comments, nonce)]


def _inline_body(text: InlineText, nonce: str) -> str:
    return f"{marker.written(INLINE, InlineState(nonce=nonce, key=text.key))}\n{text.text.text}"
