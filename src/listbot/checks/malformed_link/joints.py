"""Links that Markdown does not see, because the marks between their text and their URL are wrong.

Such a link leaves its URL behind as plain text, so every URL that is typed as text is looked at with the few
characters before it: the *joint*. Each form of joint is one row of `FORMS`, with the reason why the row is sure. A
joint that no row names is prose: `see (https://…)`, `Code: https://…`, `[1] https://…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from listbot.checks.malformed_link.grades import BROKEN
from listbot.document import Document
from listbot.finding import Edit, Finding, Fix
from listbot.inlines import scan
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
_LONGEST_TEXT = 2_000
_LONGEST_QUOTE = 40
_LONGEST_HINT = 120
_WITHOUT_TEXT = frozenset({"no-text", "latex", "braces"})
_NOT_TEXT = re.compile(r"[ xX]?|\^.*|!\w+|\d{1,3}|[-–—→*#]+")
"""Insides of `[…]` that are no link text: a checkbox, a footnote, an alert, a number of a reference, an arrow."""
_BLANK = r"[ \t\u00a0\u3000]"
_SPLIT_URL = re.compile(
    r"[ \t]++(?P<rest>(?![-–—][ \t])[^\s()\[\]<>\x00-\x1f|]++(?:[ \t]++[^\s()\[\]<>\x00-\x1f|]++){0,7})[ \t]*+[)）]"
)
"""What a blank cuts off a URL, up to the `)`; behind a dash stand notes, and the `)` is theirs."""
_URL_LIKE = re.compile(r"[/._%=&?#~\d-]")
_TITLE = re.compile(r"[ \t]++[\"'“”‘’]")


class Form(NamedTuple):
    """One way to write the joint between text and URL."""

    name: str
    joint: re.Pattern[str]
    """Matches at the end of what stands before the URL; the group `joint` is what `](` should be."""
    closers: str
    """What may stand right after the URL for the form to be sure."""
    message: str
    """`{label}` is the link's text, `{joint}` what stands between text and URL."""
    why: str


def _form(name: str, joint: str, closers: str, message: str, why: str) -> Form:
    return Form(name, re.compile(joint + r"\Z"), closers, message, why)


FORMS = (
    _form(
        "gap",
        rf"(?P<joint>\]{_BLANK}++\()",
        ")",
        "the blank between “]” and “(” keeps “{label}” from being a link",
        "a text in brackets, then nothing but a URL in parentheses",
    ),
    _form(
        "line-break",
        r"(?P<joint>\][ \t]*+\r?\n[ \t>]*+\()",
        ")",
        "the line break between “]” and “(” keeps “{label}” from being a link",
        "as above; a break is no less a blank",
    ),
    _form(
        "character-between",
        r"(?P<joint>\](?:[.,:;~!=\-–—·)]|\*{1,3}|_{1,3})\()",
        ")",
        "“{between}” between “]” and “(” keeps “{label}” from being a link",
        "no blank on either side of the mark, so it is no punctuation of a sentence",
    ),
    _form(
        "crossed",
        r"(?P<joint>\]?\(\])",
        ")]",
        "“]” and “(” before the URL are in the wrong order",
        "`(]` has no other reading",
    ),
    _form(
        "square",
        rf"(?P<joint>\]{_BLANK}*+\[\(?)",
        "])",
        "the URL of “{label}” stands in square brackets, which Markdown takes for plain text",
        "a URL is no label of a reference",
    ),
    _form(
        "curly",
        r"(?P<joint>\]\(?\{)",
        "})",
        "the URL of “{label}” stands in curly brackets, which Markdown takes for plain text",
        "`]{` is no Markdown",
    ),
    _form(
        "double",
        r"(?P<joint>\]\(\()",
        ")",
        "two “(” stand before the URL of “{label}” and one “)” after it",
        "had it two on both sides, Markdown would have made a link of it",
    ),
    _form(
        "full-width",
        rf"(?P<joint>\]{_BLANK}*+（\(?|[】］]{_BLANK}*+[（(])",
        "）)",
        "a full-width bracket “{wide}” keeps “{label}” from being a link",
        "the form of a link, with the brackets that a Chinese or Japanese keyboard types",
    ),
    _form(
        "swapped",
        r"(?P<joint>\)\[\(?)",
        "])",
        "round and square brackets of “{label}” are swapped",
        "a URL alone in square brackets, right after a parenthesis",
    ),
    _form(
        "no-closing-bracket-after-remark",
        r"(?<=\))(?P<joint>\()",
        ")",
        "the “]” between the link's text and “(” is missing",
        "a `[` is open before it, and what ends in `)` began after it: `[code (soon)(…)`",
    ),
    _form(
        "round",
        r"(?P<joint>\)\()",
        ")",
        "“{label}” stands in round brackets, so it is no link's text",
        "two parentheses without a blank between them, the second a URL",
    ),
    _form(
        "text-closed-wrongly",
        r"(?P<joint>[})]\()",
        ")",
        "“{half}” stands where the “]” of the link's text is meant",
        "a `[` is open before it, and nothing else is",
    ),
    _form(
        "no-opening-parenthesis",
        r"(?P<joint>\])",
        ")]",
        "the “(” between “{label}” and its URL is missing",
        "the closing one is there; without either, a bare URL after a text in brackets is somebody's style",
    ),
    _form(
        "no-closing-bracket",
        r"(?<=[^\s\[\](){}（【］】:：,，\x01])(?P<joint>\()",
        ")",
        "the “]” between the link's text and “(” is missing",
        "a `[` is open before it, and no blank separates text and parenthesis",
    ),
    _form(
        "no-text",
        r"(?P<joint>\[)",
        ")",
        "the URL stands where the link's text should be, and is closed by the wrong bracket",
        "opened by `[` and closed by `)`",
    ),
    _form(
        "latex",
        r"(?<![{=])(?P<joint>\\(?:url|href)\{)",
        "}",
        "a LaTeX link is no Markdown: the braces become part of the URL",
        "`\\url{` and `\\href{` have no other reading",
    ),
    _form(
        "braces",
        r"(?<![\w\\$\]\)}=])(?<!= )(?P<joint>\{)",
        "}",
        "the URL stands in curly brackets, and the closing one becomes part of it",
        "GitHub links a bare URL up to the next blank; `url = {…}` is BibTeX",
    ),
)
"""In the order in which they are tried."""

_TARGET = re.compile(r"(?P<joint>\]\()\Z")
_PROVABLE = frozenset({"gap", "line-break", "character-between", "square", "double", "full-width", "swapped"})
"""Forms whose repair adds and drops nothing but marks of the joint."""
_EMPHASIS = re.compile(r"\][*_]+\(")


class _Joint(NamedTuple):
    """A URL typed as text, and the joint before it."""

    document: Document
    typed: Typed
    span: Span
    """From the end of the text's last character to the URL."""
    url: Span
    """Trailing punctuation off."""
    after: int
    """Where a reader sees the URL end: at a blank, or at a bracket that it does not hold both halves of."""
    line: Span

    @property
    def closer(self) -> str:
        return self.typed.text[self.after : self.after + 1]

    @property
    def rest(self) -> str:
        """What follows the URL on its line."""
        return self.typed.text[self.url.end : self.line.end]

    @property
    def as_typed(self) -> str:
        return self.typed.text[self.span.start : self.span.end]


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
        return _unfinished(_Joint(document, typed, span, url, after, line))
    for form in FORMS:
        match = form.joint.search(before)
        if match is None:
            continue
        span = Span(match.start("joint") + shift, url.start)
        finding = _misjoined(_Joint(document, typed, span, url, after, line), form)
        if finding is not None:
            return finding
    return None


# A joint of the table ------------------------------------------------------------------------------------------------


def _misjoined(joint: _Joint, form: Form) -> Finding | None:
    if not joint.closer or joint.closer not in form.closers:
        return None
    opening = _opening(joint, form)
    if opening is None or (form.name == "no-opening-parenthesis" and _closes_more(joint, opening)):
        return None
    label = joint.typed.text[opening + 1 : joint.span.start]
    if form.name not in _WITHOUT_TEXT and not _is_text(label):
        return None
    whole = Span(opening, joint.after + 1)
    message = form.message.format(
        label=_short(joint.document.source.text[opening + 1 : joint.span.start]),
        between=joint.as_typed[1:-1],
        half=joint.as_typed[0],
        wide=next((c for c in joint.as_typed if c in "（】］"), "）"),
    )
    repaired = _repair(joint, opening, Span(joint.after, joint.after + 1))
    fix = None
    if repaired is not None and form.name not in _WITHOUT_TEXT:
        safe = form.name in _PROVABLE and not _EMPHASIS.match(joint.as_typed) and not joint.as_typed.startswith("])")
        fix = repaired._replace(safe=safe)
    return Finding(whole, message, BROKEN, fix=fix, hint=repaired.message if repaired else None)


def _opening(joint: _Joint, form: Form) -> int | None:
    """Where the link's text is opened; for forms without a text, where the construct begins."""
    if form.name in _WITHOUT_TEXT:
        return joint.span.start
    if form.name in ("text-closed-wrongly", "no-closing-bracket"):
        return _open_bracket(joint)
    if form.name == "no-closing-bracket-after-remark":
        remark = joint.typed.partner.get(joint.span.start - 1, -1)
        bracket = _open_bracket(joint)
        return bracket if bracket is not None and bracket < remark else None
    opening = joint.typed.partner.get(joint.span.start)
    return opening if opening is not None and joint.span.start - opening <= _REACH else None


def _open_bracket(joint: _Joint) -> int | None:
    """The last `[` before the joint, if nothing has closed it."""
    text = joint.typed.text
    at = text.rfind("[", joint.line.start, joint.span.start)
    if at < 0 or "]" in text[at : joint.span.start]:
        return None
    return at


def _closes_more(joint: _Joint, opening: int) -> bool:
    """Whether the bracket after the URL closes a remark around the whole, as in `(see [docs]https://…)`."""
    partner = joint.typed.partner.get(joint.after)
    return partner is not None and partner != opening - 1


def _is_text(label: str) -> bool:
    """Whether the inside of a pair of brackets can be a link's text."""
    return LINK not in label and not _NOT_TEXT.fullmatch(label.strip())


def _repair(joint: _Joint, opening: int, closing: Span) -> Fix | None:
    """The construct as a Markdown link, or None where the edits do not make one."""
    source = joint.document.source.text
    edits = []
    if source[opening] != "[":
        edits.append(Edit(Span(opening, opening + 1), "["))
    edits.append(Edit(joint.span, "]("))
    if source[closing.start : closing.end] != ")":
        edits.append(Edit(closing, ")"))
    written = f"[{source[opening + 1 : joint.span.start]}]({source[joint.url.start : closing.start]})"
    hits = scan(written, joint.document.definitions).hits
    whole = next((hit for hit in hits if hit.span == Span(0, len(written)) and hit.kind == "inline"), None)
    if whole is None:
        return None
    return Fix(f"write {written}" if len(written) <= _LONGEST_HINT else "write [text](URL)", tuple(edits), safe=False)


# `](` and a URL, and yet no link --------------------------------------------------------------------------------------


def _unfinished(joint: _Joint) -> Finding | None:
    """`](` stands right, so it is the text's other end or the URL's that is wrong."""
    opening = joint.typed.partner.get(joint.span.start)
    if opening is None:
        return _without_opening(joint)
    if joint.span.start - opening > _LONGEST_TEXT:
        return None
    label = joint.typed.text[opening + 1 : joint.span.start]
    shown = _short(joint.document.source.text[opening + 1 : joint.span.start])
    if LINK in label:
        message = f"a link stands inside the text of this link, so “{shown}” is none"
        return Finding(Span(opening, joint.after), message, BROKEN, hint="links hold no links")
    if joint.closer and joint.closer in "）]}】":
        message = f"“{joint.closer}” stands where the “)” after the URL of “{shown}” is meant"
        return _closed_wrongly(joint, opening, message)
    if joint.document.source.text[joint.after : joint.after + 1] == "<":
        message = f"“<” ends the URL of “{shown}”, so this is no link"
        return Finding(Span(opening, joint.after + 1), message, BROKEN, hint="write < and > of a URL as %3C and %3E")
    split = _SPLIT_URL.match(joint.rest)
    if split is not None and joint.url.end == joint.after:
        return _split(joint, opening, shown, split)
    if joint.closer == ")":
        return None
    return _unclosed(joint, opening, shown)


def _closed_wrongly(joint: _Joint, opening: int, message: str) -> Finding:
    closing = Span(joint.after, joint.after + 1)
    fix = _repair(joint, opening, closing)
    if joint.closer == "]" and opening and joint.typed.text[opening - 1] == "[":
        fix = _repair(joint, opening, Span(joint.after, joint.after))  # [[text](URL] lacks a mark and has none wrong
    if fix is not None:
        fix = fix._replace(safe=joint.closer == "）")
    return Finding(Span(opening, closing.end), message, BROKEN, fix=fix, hint=fix.message if fix else None)


def _split(joint: _Joint, opening: int, shown: str, split: re.Match[str]) -> Finding:
    end = joint.url.end + split.end()
    rest = split["rest"]
    if _TITLE.match(joint.rest) or not _URL_LIKE.search(rest):
        message = f"the words after the URL of “{shown}” keep it from being a link"
        hint = "a link's title stands in straight quotes: (URL 'title')"
    else:
        message = f"the blank inside the URL of “{shown}” ends it: “{_short(rest)}” is cut off"
        hint = "take the blank out, or write it as %20"
    return Finding(Span(opening, end), message, BROKEN, hint=hint)


def _unclosed(joint: _Joint, opening: int, shown: str) -> Finding:
    fix = _repair(joint, opening, Span(joint.url.end, joint.url.end))
    if fix is not None:
        fix = fix._replace(safe=not joint.rest.strip() and _ends_block(joint))
    message = f"the “)” after the URL of “{shown}” is missing"
    return Finding(Span(opening, joint.url.end), message, BROKEN, fix=fix, hint=fix.message if fix else None)


def _ends_block(joint: _Joint) -> bool:
    """Whether the paragraph or cell ends with the line, so that no `)` can stand on the next."""
    follows = joint.typed.text[joint.line.end : joint.line.end + 3].lstrip("\r")
    return follows in ("", "\n") or follows.startswith("\n\n")


def _without_opening(joint: _Joint) -> Finding | None:
    """`text](URL)`."""
    text = joint.typed.text
    if "\\[" in joint.document.source.text[joint.line.start : joint.span.start]:
        return None  # `\[text](URL)` shows how a link is written
    end = joint.after + (joint.closer == ")")
    brace = text.rfind("{", joint.line.start, joint.span.start)
    if brace >= 0 and not set("[]}") & set(text[brace + 1 : joint.span.start]):
        fix = _repair(joint, brace, Span(joint.after, end))
        message = "“{” stands where the “[” of the link's text is meant"
        return Finding(Span(brace, end), message, BROKEN, fix=fix, hint=fix.message if fix else None)
    return Finding(
        Span(joint.span.start, end),
        "the “[” before the link's text is missing",
        BROKEN,
        hint="put “[” where the link's text begins",
    )


def _short(text: str) -> str:
    """A link's text as a message quotes it."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"
