"""Links that Markdown does not see, because the marks between their text and their URL are wrong.

Such a link leaves its URL behind as plain text, so every URL that is typed as text is looked at with the few
characters before it: the *joint*. Each form of joint is one row of `joint_forms`, with the reason why it is sure. A
joint that no row names is prose: `see (https://…)`, `Code: https://…`, `[1] https://…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot.checks.malformed_link.grades import BROKEN
from listbot.checks.malformed_link.joint import Joint, repaired, short
from listbot.checks.malformed_link.joint_forms import FORMS, PROVABLE, WITHOUT_TEXT, Form
from listbot.checks.malformed_link.unfinished import unfinished
from listbot.document import Document
from listbot.finding import Finding
from listbot.source import Span
from listbot.typed import LINK, Typed

_URL_START = re.compile(r"(?:https?|ftp)://(?=[^\s)\]}<>|])|(?<![\w./@:-])www\.(?=\w)", re.IGNORECASE)
_URL_REST = re.compile(
    r"(?:[^\s<>\"()\[\]{}（）【】［］\x00-\x1f|]++|\([^\s()<>\x00-\x1f]*+\)|\[[^\s\[\]()<>\x00-\x1f]*+\])*+"
)
"""A URL as somebody types it: up to a blank or to a bracket that it does not hold both halves of."""
_TRAILING = ".,;:!?'\"*_~，。；：、！？"
_LONGEST_JOINT = 16
_REACH = 400
"""How far from a URL its text may begin and its line is read: keeps hostile lines linear."""
_NOT_TEXT = re.compile(r"[ xX]?|\^.*|!\w+|\d{1,3}|[-–—→*#]+")
"""Insides of `[…]` that are no link text: a checkbox, a footnote, an alert, a number of a reference, an arrow."""
_TARGET = re.compile(r"(?P<joint>\]\()\Z")
_EMPHASIS = re.compile(r"\][*_]+\(")


def check(document: Document, typed: Typed) -> Iterator[Finding]:
    """Every broken joint of a document, in the order of the text."""
    text, position = typed.text, 0
    while (found := _URL_START.search(text, position)) is not None:
        rest = _URL_REST.match(text, found.end())
        position = rest.end() if rest else found.end()
        end = found.start() + len(text[found.start() : position].rstrip(_TRAILING))
        url = Span(found.start(), max(end, found.end()))
        finding = _judge(document, typed, url, position)
        if finding is not None:
            yield finding


def _judge(document: Document, typed: Typed, url: Span, after: int) -> Finding | None:
    line = typed.line_around(url.start, _REACH)
    before = typed.text[max(0, url.start - _LONGEST_JOINT) : url.start]
    shift = url.start - len(before)
    target = _TARGET.search(before)
    if target is not None:
        span = Span(target.start("joint") + shift, url.start)
        return unfinished(Joint(document, typed, span, url, after, line))
    for form in FORMS:
        match = form.joint.search(before)
        if match is None:
            continue
        span = Span(match.start("joint") + shift, url.start)
        finding = _misjoined(Joint(document, typed, span, url, after, line), form)
        if finding is not None:
            return finding
    return None


def _misjoined(joint: Joint, form: Form) -> Finding | None:
    if not joint.closer or joint.closer not in form.closers:
        return None
    opening = _opening(joint, form)
    if opening is None or (form.name == "no-opening-parenthesis" and _closes_more(joint, opening)):
        return None
    label = joint.typed.text[opening + 1 : joint.span.start]
    if form.name not in WITHOUT_TEXT and not _is_text(label):
        return None
    whole = Span(opening, joint.after + 1)
    message = form.message.format(
        label=short(joint.document.source.text[opening + 1 : joint.span.start]),
        between=joint.as_typed[1:-1],
        half=joint.as_typed[0],
        wide=next((c for c in joint.as_typed if c in "（】］"), "）"),
    )
    fixed = repaired(joint, opening, Span(joint.after, joint.after + 1))
    fix = None
    if fixed is not None and form.name not in WITHOUT_TEXT:
        safe = form.name in PROVABLE and not _EMPHASIS.match(joint.as_typed) and not joint.as_typed.startswith("])")
        fix = fixed._replace(safe=safe)
    return Finding(whole, message, BROKEN, fix=fix, hint=fixed.message if fixed else None)


def _opening(joint: Joint, form: Form) -> int | None:
    """Where the link's text is opened; for forms without a text, where the construct begins."""
    if form.name in WITHOUT_TEXT:
        return joint.span.start
    if form.name in ("text-closed-wrongly", "no-closing-bracket"):
        return _open_bracket(joint)
    if form.name == "no-closing-bracket-after-remark":
        remark = joint.typed.partner.get(joint.span.start - 1, -1)
        bracket = _open_bracket(joint)
        return bracket if bracket is not None and bracket < remark else None
    opening = joint.typed.partner.get(joint.span.start)
    return opening if opening is not None and joint.span.start - opening <= _REACH else None


def _open_bracket(joint: Joint) -> int | None:
    """The last `[` before the joint, if nothing has closed it."""
    text = joint.typed.text
    at = text.rfind("[", joint.line.start, joint.span.start)
    if at < 0 or "]" in text[at : joint.span.start]:
        return None
    return at


def _closes_more(joint: Joint, opening: int) -> bool:
    """Whether the bracket after the URL closes a remark around the whole, as in `(see [docs]https://…)`."""
    partner = joint.typed.partner.get(joint.after)
    return partner is not None and partner != opening - 1


def _is_text(label: str) -> bool:
    """Whether the inside of a pair of brackets can be a link's text."""
    return LINK not in label and not _NOT_TEXT.fullmatch(label.strip())
