"""Items that go on in an unindented line, in a list whose items are one line each.

Markdown calls it lazy continuation: the page shows one text, and programs that read a list line by line, people who
sort it and `git blame` see two. Lists that wrap their lines do it on purpose and often.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from listbot import typed
from listbot.checks.unrendered_markdown.grades import CUT
from listbot.document import Block, Document
from listbot.finding import Edit, Finding, Fix
from listbot.habits import majority
from listbot.source import Span

_FEWEST_ITEMS = 20
_MOST_CUT = 0.01
"""A list with a larger share of its items in several lines wraps them on purpose."""
_FEW = 2
"""So many cut items are none too many in a short list."""
_MOST_LINES = 2
"""A slip makes two lines of one: who writes three wraps on purpose."""
_WRAPS = 0.2
"""Of the items of a section."""
_HARD_BREAK = re.compile(r"(?: {2}|\\|<br ?/?>)\s*\Z", re.IGNORECASE)
_BREAK = re.compile(r"[ \t]*(?:\r\n|\n|\r)")
_GOES_ON = re.compile(
    r"(?!www\.|https?:)[^\W\d_A-Z]|[,;&，；、。：！？）]|\)(?:[ \t.,;:*]|\Z)|\.(?=[ \t*\"”])|[\"”](?=[.,;)])"
)
"""A sentence goes on; what begins with a capital letter or a link may be an item that lost its bullet, and a URL the
second half of a broken link."""
_LETTER = re.compile(r"[^\W_]")
_OPEN_END = re.compile(
    r"(?:[,(&，、（]| [-–—]|(?<![\w-])(?:a|an|and|as|at|by|for|from|in|into|of|or|the|to|via|with))[ \t]*\Z"
)
"""What no sentence ends with."""
_CLOSING = re.compile(r"[,;.)\"”]")
"""What no blank stands before."""
_NO_BLANKS = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffef\U00020000-\U0003ffff]")
"""Chinese and Japanese, and their punctuation: no blanks stand between the words."""
_WIDE_MARK = re.compile(r"[\u3001-\u303f\uff01-\uff0f\uff1a-\uff20]")
_LINKED = 0.9
"""A list with a link in so many of its items has one in each: what comes before an item's link belongs to it."""

_CLOSED = 0.95
"""A list in which so many items end with one mark ends its sentences with it."""


def check(document: Document) -> Iterator[Finding]:
    items = list(_item_paragraphs(document))
    cut = [block for block in items if "\n" in block.text]
    if len(items) < _FEWEST_ITEMS or len(cut) > max(_FEW, _MOST_CUT * len(items)):
        return
    shown = typed.typed(document).text
    linked = _are_linked(document, items)
    closing = _closing(items)
    wraps = _wrapping_sections(document, items)
    wrapped: set[int] = set()
    likely: list[tuple[int, int]] = []
    for block in cut:
        lines = block.text.split("\n")
        if len(lines) > _MOST_LINES or _outermost(document, block) in wraps:
            continue
        for number in range(1, len(lines)):
            place = document.source.line_span(block.first + number).start
            in_label = any(link.label.start < place < link.label.end for link in document.links_in(block.span))
            text = document.source.text if in_label else shown
            if _HARD_BREAK.search(lines[number - 1]) or text[place : place + 1] != lines[number][:1]:
                continue  # indented, quoted, or inside a target
            line = block.first + number
            if not _LETTER.search(lines[number]):
                continue  # a mark that nobody meant
            if _GOES_ON.match(lines[number]):
                wrapped.add(_list_of(document, block))
                yield _cut(document, line, safe=True)
            elif _is_open(lines[number - 1], lines[number], closing) or (
                linked and _had_no_link(document, block, line)
            ):
                yield _cut(document, line, safe=False)
            elif _is_open_and_has_no_link(document, lines[number - 1], line):
                likely.append((_list_of(document, block), line))
    linked_lists = _linked_lists(document, items) & wrapped if likely else set()
    yield from (_cut(document, line, safe=False) for in_list, line in likely if in_list in linked_lists)


def _wrapping_sections(document: Document, items: list[Block]) -> set[int]:
    """Sections, subsections included, whose author wraps lines: more than one item is cut, and not by chance."""
    count: Counter[int] = Counter()
    cut: Counter[int] = Counter()
    for block in items:
        section = _outermost(document, block)
        count[section] += 1
        cut[section] += "\n" in block.text
    return {section for section, wrapped in cut.items() if wrapped > 1 and wrapped > _WRAPS * count[section]}


def _outermost(document: Document, block: Block) -> int:
    """The section below the title of the list that holds a block; -1 outside of all."""
    section = at = document.section_at(block.span.start)
    while at >= 0 and document.sections[at].heading.level > 1:
        section, at = at, document.sections[at].parent
    return section


def _closing(items: list[Block]) -> str | None:
    """The mark that nearly every item ends with; None where the list has none."""
    most = majority(item.text.rstrip()[-1:] for item in items)
    return most.what if most is not None and most.what in (".", "。") and most.share >= _CLOSED else None


def _is_open(before: str, text: str, closing: str | None) -> bool:
    """Whether a line ends within a sentence, and the next one goes on; `closing` is what sentences end with here."""
    if not text[:1].isalpha():
        return False
    unclosed = closing is not None and before.rstrip()[-1:].isalpha() and text.rstrip().endswith(closing)
    return unclosed or _OPEN_END.search(before) is not None


def _had_no_link(document: Document, block: Block, line: int) -> bool:
    """Whether an item has its title in the lines before, and its first link in this one."""
    source = document.source
    here = source.line_span(line)
    entry = document.entry_at(block.span.start)
    title = entry.spans.title if entry is not None else None
    if entry is None or title is None or title.start >= here.start or source.line_of(entry.span.start) != block.first:
        return False
    ends = source[source.line_span(line - 1)].rstrip()[-1:]
    before = document.links_in(Span(block.span.start, here.start))
    return not before and bool(document.links_in(here)) and ends not in ":："


def _are_linked(document: Document, items: list[Block]) -> bool:
    return sum(bool(document.links_in(block.span)) for block in items) >= _LINKED * len(items)


def _linked_lists(document: Document, items: list[Block]) -> set[int]:
    by_list: dict[int, list[Block]] = defaultdict(list)
    for item in items:
        by_list[_list_of(document, item)].append(item)
    return {at for at, group in by_list.items() if _are_linked(document, group)}


def _list_of(document: Document, paragraph: Block) -> int:
    """The list that holds an item's paragraph, as an index of `Document.blocks`."""
    return document.blocks[paragraph.parent].parent


def _is_open_and_has_no_link(document: Document, before: str, line: int) -> bool:
    """Whether a line cannot be an item, and the one before it is not closed: beside others that are cut, it goes on."""
    return before.rstrip()[-1:].isalpha() and not document.links_in(document.source.line_span(line))


def _item_paragraphs(document: Document) -> Iterator[Block]:
    for block in document.blocks:
        if block.kind == "paragraph" and block.parent >= 0 and document.blocks[block.parent].kind == "item":
            yield block


def _cut(document: Document, line: int, *, safe: bool) -> Finding:
    source = document.source
    before, span = source.line_span(line - 1), source.line_span(line)
    kept = before.start + len(source[before].rstrip())
    first = source.text[span.start]  # part of the edit, so that both lines are edited ones
    glue = "" if _stand_close(source.text[kept - 1], first) else " "
    fix = Fix(f"join it to line {line - 1}", (Edit(Span(kept, span.start + 1), f"{glue}{first}"),), safe=safe)
    return Finding(
        span, f"the item of line {line - 1} goes on here, in a line without indentation", CUT, fix=fix, hint=fix.message
    )


def _stand_close(last: str, first: str) -> bool:
    """Whether no blank belongs between two characters."""
    both_wide = _NO_BLANKS.match(last) and _NO_BLANKS.match(first)
    return bool(both_wide or _WIDE_MARK.match(last) or _WIDE_MARK.match(first) or _CLOSING.match(first))
