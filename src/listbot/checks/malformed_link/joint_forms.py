"""The ways to write the joint between a link's text and its URL wrongly, each with the reason why it is sure."""

from __future__ import annotations

import re
from typing import NamedTuple

WITHOUT_TEXT = frozenset({"no-text", "latex", "braces"})
"""Forms in which there is no link's text."""
PROVABLE = frozenset({"gap", "line-break", "character-between", "square", "double", "full-width", "swapped"})
"""Forms whose repair adds and drops nothing but marks of the joint."""
_BLANK = r"[ \t\u00a0\u3000]"


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
