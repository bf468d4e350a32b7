"""Which texts of an entry the simple reading may take as they stand; all others are left to the general one.

Every test is one search for a set of characters, or cheaper: they are asked of every entry of every list.
"""

from __future__ import annotations

import re
from functools import lru_cache

from listbot.entry_parts.phrases import MARKS

CHECKBOX = re.compile(r"\[(?P<mark>[ xX]?)\][ \t]+")
BOXES = {
    **dict.fromkeys(("", " "), ("checkbox",)),
    **dict.fromkeys(("x", "X"), ("checkbox", "checked")),
}
_NOT_PLAIN = re.compile(r"[\\*_~\"“”„«»\[\]<>`&\r\n|\u0250-\u2012\u2015-\u2017\u201a-\U0010ffff]")
"""Marks that the simple reading leaves to the general one, and what lies above Latin Extended-B, dashes and apostrophes
apart: that may be a mark, a full-width bracket or another script."""
SHORTCODE = re.compile(r":[a-z0-9_+]+:")
_NOT_PLAIN_ASCII = re.compile(r"[\\*_~\"\[\]<>`&\r\n|]")
"""The same for ASCII, in half the time."""
_BEGINS_FACT = re.compile(r"[()@:](?:(?<!:)|\S)")
_DIGIT = re.compile(r"[0-9]")
_MAY_BE_YEAR = re.compile(r"(?:19|20)\d\d|['’]\d\d|[A-Za-z]\d\d\b")
_ODD_BLANK = re.compile(r"[^\S ]")
_TWO_BLANKS = re.compile(r"\s\s")
_LONGEST_MARKS = 40
_CLOSES = re.compile(r"\)\W*$")
_NUMBERED = re.compile(r"\W*\d")


def is_marked(text: str) -> bool:
    """Whether a text holds marks, or letters that may be marks."""
    return (_NOT_PLAIN_ASCII if text.isascii() else _NOT_PLAIN).search(text) is not None


def _has_odd_blank(text: str) -> bool:
    return not text.isprintable() and _ODD_BLANK.search(text) is not None


def may_state(tail: str) -> bool:
    """Whether notes may state a fact: they hold brackets, `@`, keys, wide gaps, a year, or are cut short."""
    if _BEGINS_FACT.search(tail) is not None or "  " in tail or tail.rstrip().endswith(".."):
        return True
    if _has_odd_blank(tail) and _TWO_BLANKS.search(tail) is not None:
        return True
    return _DIGIT.search(tail) is not None and _MAY_BE_YEAR.search(tail) is not None


def is_plain_title(label: str) -> bool:
    """Whether a link's text is a title as it stands. What the general reading makes of other blanks is left to it."""
    return (
        len(label) > 1
        and not is_marked(label)
        and "  " not in label
        and not _has_odd_blank(label)
        and _NUMBERED.match(label) is None
        and not (")" in label and _CLOSES.search(label))
        and not label.rstrip().endswith("..")
    )


@lru_cache(maxsize=1_024)
def marks_before(before: str) -> tuple[tuple[str, int, int], ...]:
    """What stands before a title, if these are only marks: a checkbox, emoji. (name, start, end); else nothing.

    A list repeats the same few; looking them up takes a third of the time.
    """
    marks: list[tuple[str, int, int]] = []
    if len(before) > _LONGEST_MARKS:
        return ()
    box = CHECKBOX.match(before)
    start = box.end() if box else 0
    if box is not None:
        marks = [(name, *box.span()) for name in BOXES[box["mark"]]]
    rest = before[start:]
    if rest:
        if rest.isascii() or MARKS.sub("", rest).strip():
            return ()
        marks += [(mark[0], start + mark.start(), start + mark.end()) for mark in MARKS.finditer(rest)]
    return tuple(marks)
