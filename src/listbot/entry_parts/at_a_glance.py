"""Entries that can be read at a glance: `[Title](url) - notes`, as two thirds of all entries of tools are.

The general reading says the same of them (the tests hold the two against each other), in ten times the time. Every test
here is one search for a set of characters, or cheaper: they are asked of every entry of every list.
"""

from __future__ import annotations

import re
from functools import lru_cache

from listbot import venues, vocabulary
from listbot.document import Document, Entry, EntryLink, Link, PartSpans
from listbot.entry_parts.building import Builder, Marks
from listbot.entry_parts.facts import FactReader
from listbot.entry_parts.phrases import BY, EDGE, EDGE_OF_NOTES, GAP, MARKS, SHORTCODE, tidy
from listbot.entry_parts.pieces import Title
from listbot.entry_parts.primary import of_title
from listbot.grouping import Group
from listbot.source import Span, record
from listbot.tokens import Tokenizer

CHECKBOX = re.compile(r"\[(?P<mark>[ xX]?)\][ \t]+")
BOXES = {
    **dict.fromkeys(("", " "), ("checkbox",)),
    **dict.fromkeys(("x", "X"), ("checkbox", "checked")),
}
_NOT_PLAIN = re.compile(r"[\\*_~\"“”„«»\[\]<>`&\r\n|\u0250-\u2012\u2015-\u2017\u201a-\U0010ffff]")
"""Marks that the simple reading leaves to the general one, and what lies above Latin Extended-B, dashes and apostrophes
apart: that may be a mark, a full-width bracket or another script."""
_NOT_PLAIN_ASCII = re.compile(r"[\\*_~\"\[\]<>`&\r\n|]")
"""The same for ASCII, in half the time."""
_BEGINS_FACT = re.compile(r"[()@:](?:(?<!:)|\S)")
_MAY_BE_YEAR = re.compile(r"[0-9](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=['’][0-9])\d|(?<=[A-Za-z][0-9])\d\b)")
"""`2024`, `'24`, `CVPR24`. It begins with a digit, so that the search runs in C from one to the next."""
_ODD_BLANK = re.compile(r"[^\S ]")
_TWO_BLANKS = re.compile(r"\s\s")
_LONGEST_MARKS = 40
_CLOSES = re.compile(r"\)\W*$")
_NUMBERED = re.compile(r"\W*\d")
_SEPARATOR = re.compile(r"\s*(?:[-–—:：|,;.·•>]+)\s*")


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
    return _MAY_BE_YEAR.search(tail) is not None


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


class Glance:
    """Reads the simple entries of one document."""

    def __init__(self, document: Document, tokenizer: Tokenizer, facts: FactReader, builder: Builder) -> None:
        self.text = document.source.text
        self.tokenizer = tokenizer
        self.facts = facts
        self.builder = builder

    def entry(self, group: Group) -> Entry | None:
        """The entry that a group of one leaf is, if it has one link and no marks but emoji before it; else None."""
        text, span = self.text, group.leaves[0].span
        link = self.tokenizer.only_link(span)
        if link is None or link.kind != "inline" or not link.target:
            return None
        marks: Marks = []
        start, end = link.span
        if span.start != start:
            before = marks_before(text[span.start : start])
            if not before:
                return None
            marks = [(name, record(Span, (span.start + first, span.start + last))) for name, first, last in before]
        label = text[link.label.start : link.label.end]
        tail = text[end : span.end]
        if not is_plain_title(label) or is_marked(tail):
            return None
        if vocabulary.role_of_label(label) is not None or venues.venue(label, True) is not None:
            return None
        if not may_state(tail):
            notes = tail.lstrip(EDGE).rstrip(EDGE_OF_NOTES)
            if not notes or _states_nothing(tail, notes):
                return self._tool(group, link, label, tail, notes, marks)
        elif ":" in tail and SHORTCODE.search(tail):
            return None
        part = _link_of_title(link, label)
        title = Title(tidy(label), link.label, "link", 0, 0, end, part)
        facts = self.facts.of_text(record(Span, (end, span.end)))
        return self.builder.entry(group, title, facts, [part], part, marks)

    def _tool(self, group: Group, link: Link, label: str, tail: str, notes: str, marks: Marks) -> Entry:
        part = _link_of_title(link, label)
        noted: Span | None = None
        if notes:
            start = link.span.end + tail.find(notes)
            noted = record(Span, (start, start + len(notes)))
        places = tuple([span for _, span in marks])
        return self.builder.of_parts(
            group,
            tidy(label),
            (part,),
            part,
            None,
            None,
            None,
            (),
            marks,
            notes or None,
            "link notes" if notes else "link",
            record(PartSpans, (link.label, None, None, None, noted, (), places)),
        )


def _link_of_title(link: Link, label: str) -> EntryLink:
    return of_title(record(EntryLink, (link, label.strip(), vocabulary.role_of_target(link.target) or "other")))


def _states_nothing(tail: str, notes: str) -> bool:
    """Whether notes begin with a separator, and with neither people nor a venue."""
    if _SEPARATOR.match(tail) is None or BY.match(notes):
        return False
    gap = GAP.search(notes)
    first = notes[: gap.start()] if gap else notes
    return not venues.people(first) and venues.venue(first, True) is None
