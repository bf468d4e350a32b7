"""lost-line-break: a line of a paragraph that lacks the hard break with which other lines end.

In a README a line ending is a blank on the page; two blanks, a backslash or `<br>` before it make a break. Lists that
set title, authors and venue in lines of one paragraph lose one now and then, and the next line runs on. What tells is
the rest of the paragraph, or, where an entry has but two lines or has lost all its breaks, the rest of the list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from listbot.document import Block, Document
from listbot.finding import Edit, Finding, Fix
from listbot.habits import Majority
from listbot.rule import Context
from listbot.source import Span

_BREAK = re.compile(r"(?: {2,}|\\|<br ?/?>[ \t]*)\Z", re.IGNORECASE)
_IS_BROKEN = re.compile(r"<(?:br|hr|p)\b", re.IGNORECASE)
"""Tags that begin a line of their own."""
_SHARE = 2 / 3
"""So many line endings of the paragraph are hard breaks where one more is missing."""
_FEWEST = 2
_DOCUMENT_SHARE = 0.7
"""A document that wraps its lines has few paragraphs of hard breaks, and soft ones in them are meant."""
_LIST_SHARE = 0.9
"""Of the line endings of one kind in the whole list, so many are hard breaks where a soft one is a slip by itself."""
_LIST_FEWEST = 10
"""Fewer hard breaks of a kind in the whole list are no habit."""
_PART_ENDS = re.compile(r"[*_)\]>`][.,:;]{0,2}[ \t]*\Z|[*_]{2}[.]?[ \t]*\Z")
_PART_BEGINS = re.compile(r"(?!<<)[*_\[(<`!]")
_RUNS_ON = re.compile(r"(?:[,&(-]|\b(?:and|or|of|the|by|in|with))[ \t]*\Z")


_BOLD_LINE = re.compile(r"(?:\*\*|__)[^*_\s][^*_\n]*(?:\*\*|__)[.,:]?(?:\\|<br ?/?>|[ \t])*\Z", re.IGNORECASE)
"""A line that is nothing but text in bold."""
_TARGET = r"\((?:[^()]|\([^()]*\))*\)"
_BADGES = re.compile(
    rf"[ \t]*(?:\[?!\[[^\[\]]*\]{_TARGET}(?:\]{_TARGET})?[ \t\\]*)+(?:<br ?/?>)?[ \t]*\Z", re.IGNORECASE
)
"""A line of badges; in a row they are seen as well as in lines."""


class _Ending(NamedTuple):
    """The end of a line that has another below it in its paragraph."""

    line: int
    mark: str | None
    """The break: two blanks, a backslash, or `<br>`; None where there is none."""
    parts: bool
    """Whether one part ends here and another begins: what marks say, such as `**title**` above authors."""
    runs_on: bool
    """Whether the sentence plainly goes on, badges follow badges, or the next line begins with the break."""


class _Paragraph(NamedTuple):
    block: Block
    endings: tuple[_Ending, ...]

    @property
    def habit(self) -> Majority:
        """How many of its lines end with a break."""
        return Majority("hard", sum(ending.mark is not None for ending in self.endings), len(self.endings))

    @property
    def breaks_lines(self) -> bool:
        habit = self.habit
        return habit.count >= max(_FEWEST, _SHARE * habit.of)


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    paragraphs = [_paragraph(document, block) for block in document.blocks if _has_endings(block)]
    breaking = [paragraph for paragraph in paragraphs if paragraph.breaks_lines]
    counts = [paragraph.habit for paragraph in breaking]
    teaching = sum(habit.count for habit in counts) >= _DOCUMENT_SHARE * sum(habit.of for habit in counts)
    everywhere = _list_habits(paragraphs)
    marks = Counter(ending.mark for paragraph in paragraphs for ending in paragraph.endings if ending.mark is not None)
    usual = next((mark for mark, _ in marks.most_common(1)), "  ")
    new = _entries_behind_items(document, paragraphs)
    yield from (_no_blank_line(document, line) for line in sorted(new))
    for paragraph in paragraphs:
        own = paragraph.habit if teaching and paragraph.breaks_lines else None
        mark = next((ending.mark for ending in paragraph.endings if ending.mark), usual)
        for ending in paragraph.endings:
            if ending.mark is not None or ending.runs_on or ending.line in new:
                continue
            if own is not None and ending.parts:
                yield _finding(document, ending.line, mark, f"{own.count} of {own.of} lines of the paragraph")
            elif (habit := everywhere.get(ending.parts)) is not None:
                yield _finding(document, ending.line, mark, f"{habit.count} of {habit.of} such lines of the list")


def _list_habits(paragraphs: Sequence[_Paragraph]) -> dict[bool, Majority]:
    """For lines that end a part, and for others: how many of the whole list end with a break, where nearly all do."""
    habits: dict[bool, Majority] = {}
    for parts in (True, False):
        of_kind = [
            ending.mark is not None
            for paragraph in paragraphs
            for ending in paragraph.endings
            if ending.parts == parts and not ending.runs_on
        ]
        habit = Majority("hard", sum(of_kind), len(of_kind))
        if habit.count >= _LIST_FEWEST and habit.share >= _LIST_SHARE:
            habits[parts] = habit
    return habits


def _entries_behind_items(document: Document, paragraphs: Sequence[_Paragraph]) -> set[int]:
    """The lines of items behind which an entry of paragraphs begins at the margin, as many others do, with bold text.

    It is part of the item for want of a blank line, and no break would set it apart.
    """
    if sum(block.kind == "paragraph" and _is_at_margin(document, block) for block in document.blocks) < _LIST_FEWEST:
        return set()
    found = set()
    for paragraph in paragraphs:
        if paragraph.block.parent >= 0 and document.blocks[paragraph.block.parent].kind == "item":
            found |= {
                ending.line
                for ending in paragraph.endings
                if _BOLD_LINE.match(document.source.line(ending.line + 1)) and ending.mark is None
            }
    return found


def _is_at_margin(document: Document, block: Block) -> bool:
    """Whether a paragraph outside of items begins with a line in bold, and has another below it."""
    first = document.source.line(block.first)
    return block.parent < 0 and block.last > block.first and _BOLD_LINE.match(first) is not None


def _no_blank_line(document: Document, line: int) -> Finding:
    source = document.source
    span = source.line_span(line)
    end = span.start + len(source[span].rstrip())
    return Finding(
        Span(max(span.start, end - 1), end),
        "a blank line is missing behind this line: the next one begins an entry, and is shown as part of the item",
    )


def _has_endings(block: Block) -> bool:
    return block.kind == "paragraph" and "\n" in block.text and block.text.count("\n") == block.last - block.first


def _paragraph(document: Document, block: Block) -> _Paragraph:
    lines = block.text.split("\n")
    return _Paragraph(
        block,
        tuple(
            _ending(block.first + at, document.source.line(block.first + at), lines[at], lines[at + 1].lstrip())
            for at in range(len(lines) - 1)
        ),
    )


def _ending(number: int, whole: str, line: str, following: str) -> _Ending:
    found = _BREAK.search(whole)
    line = _BREAK.sub("", line)
    badges = _BADGES.match(line) is not None and _BADGES.match(following) is not None
    return _Ending(
        number,
        (found[0].rstrip() or "  ") if found else None,
        _ends_part(line, following),
        badges
        or _RUNS_ON.search(line) is not None
        or following[:1].islower()
        or _IS_BROKEN.match(following) is not None,
    )


def _ends_part(line: str, following: str) -> bool:
    return _PART_BEGINS.match(following) is not None or (
        _PART_ENDS.search(line) is not None and following[:1].isupper()
    )


def _finding(document: Document, line: int, mark: str, who: str) -> Finding:
    source = document.source
    span = source.line_span(line)
    text = source[span]
    end = span.start + len(text.rstrip())
    return Finding(
        Span(max(span.start, end - 1), end),
        f"the line break behind this line is lost: {who} end with one",
        fix=Fix("end the line with a break", (Edit(Span(end, span.end), mark),), safe=False),
        hint="end the line with two blanks" if mark == "  " else f"end the line with {mark}",
    )
