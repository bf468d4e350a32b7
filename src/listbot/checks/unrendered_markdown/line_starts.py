"""`##Heading`, `*[x](…)`, `- []`: what begins a line and lacks the blank that makes it Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from listbot import lost_headings, typed
from listbot.checks.unrendered_markdown.grades import LIKELY, RAW
from listbot.document import Block, Document
from listbot.finding import Edit, Finding, Fix
from listbot.places import Place, of_lines
from listbot.plain_text import unpaired
from listbot.source import Span

_HASHES = re.compile(
    r"(?:(?P<marks>#{1,6})(?:(?P<blank>[\u00a0\u3000]++)|(?=[^\s#!:;,.)\]}]))|(?P<wide>＃{1,6})\s*+)(?P<text>[^\r\n]*+)"
)
_TAG = re.compile(r"\s#\w")
"""A line with several words behind `#` is a line of tags."""
_BULLET = re.compile(r"(?P<mark>[-*+]|\d{1,3}[.)])(?P<blank>[\u00a0\u3000]*+)(?=\[|\*\*\S|(?P<word>[^\W\d_a-z]))")
_TAGGED = re.compile(rf"\[[^\[\]\r\n{typed.LINK}]{{1,40}}\][ \t]*+(?:\*\*[^\s*]|\[?{typed.LINK})")
"""`-[2024/02] **Title** …`: a date or a tag, and what an item of a list is about."""
_CHECKBOX = re.compile(r"\[(?:[ xX]|)\][ \t]++\S")
_BROKEN_BOX = re.compile(
    r"(?:\[(?P<state>| {2,4}| [xX]|[xX] )\](?=[ \t]++[^\s-])|\[(?P<glued>[ xX])\](?=[^\s(\[:]|\[[^\[\]]+\]\())"
)
_GOOD_BOX = re.compile(r"\[[ xX]\]\s")


class _Line(NamedTuple):
    """One line of a paragraph, with its place in the source."""

    block: int
    number: int
    """0 for the paragraph's first."""
    start: int
    text: str
    shown: frozenset[int]
    """Places in the source of the stars of its paragraph that a reader sees."""


def check(document: Document) -> Iterator[Finding]:
    text = typed.typed(document).text
    boxes = sum(bool(_GOOD_BOX.match(item.text)) for item in _first_paragraphs(document))
    for line in _lines(document):
        if text[line.start : line.start + 1] != line.text[:1]:
            continue  # inside code, a comment or a link that began on an earlier line
        finding = _heading(document, line) or _bullet(document, line, text) or _checkbox(document, line, boxes)
        if finding is not None:
            yield finding


def _lines(document: Document) -> Iterator[_Line]:
    """The lines of all paragraphs that begin with a mark, without indentation and quote marks."""
    for index, block in enumerate(document.blocks):
        if block.kind != "paragraph":
            continue
        if "\n" not in block.text:
            yield _Line(index, 0, block.span.start, block.text, _shown_stars(document, block, Place(block.span.start)))
            continue
        place = of_lines(document.source, block.first, block.text)
        shown = _shown_stars(document, block, place)
        offset = 0
        for number, line in enumerate(block.text.split("\n")):
            bare = line.lstrip(" \t")
            yield _Line(index, number, place.offset(offset + len(line) - len(bare)), bare, shown)
            offset += len(line) + 1


def _shown_stars(document: Document, block: Block, place: Place) -> frozenset[int]:
    if "*" not in block.text:
        return frozenset()
    return frozenset(place.offset(run.start) for run in unpaired(block.text, document.definitions))


def _first_paragraphs(document: Document) -> Iterator[Block]:
    """The paragraphs that items begin with."""
    blocks = document.blocks
    for before, block in pairwise(blocks):
        if block.kind == "paragraph" and before.kind == "item" and blocks[block.parent] is before:
            yield block


# Headings ------------------------------------------------------------------------------------------------------------


def _heading(document: Document, line: _Line) -> Finding | None:
    found = _HASHES.match(line.text)
    if found is None or not found["text"].strip("# "):
        return None
    lost = lost_headings.read(document).get(document.source.line_of(line.start))
    marks = found["marks"] or "#" * len(found["wide"])
    if lost is None and not _is_like_a_heading(document, line, marks, found["text"]):
        return None
    message = f"the blank between “{marks}” and the heading's text is {_wrong(found['blank'])}, so this is no heading"
    if found["wide"]:
        message = f"“{found['wide']}” are full-width characters, so this is no heading"
    return Finding(
        Span(line.start, line.start + found.start("text")),
        message,
        LIKELY if lost is None and len(marks) == 1 else RAW,
        hint=f"write “{marks} {found['text'].strip()[:60]}”",
        explains=lost.links if lost is not None else (),
    )


def _is_like_a_heading(document: Document, line: _Line, marks: str, text: str) -> bool:
    """Whether nothing speaks for tags, which begin with one hash, or for a number."""
    block = document.blocks[line.block]
    alone = block.parent < 0 and "\n" not in block.text and text[:1].isalpha()
    return (len(marks) > 1 or alone) and not _TAG.search(text)


# Bullets -------------------------------------------------------------------------------------------------------------


def _bullet(document: Document, line: _Line, text: str) -> Finding | None:
    found = _BULLET.match(line.text)
    if found is None or (line.number == 0 and _begins_item(document, line.block)):
        return None
    mark, after = found["mark"], line.start + found.end()
    if mark == "*" and line.start not in line.shown:
        return None
    beside = _beside_list(document, line)
    if found["word"]:
        if mark not in "-*+" or not beside:
            return None
        grade = LIKELY
    elif _is_linked(text, after) or _GOOD_BOX.match(line.text, found.end()):
        grade = RAW
    elif beside and _TAGGED.match(text, after):
        grade = LIKELY
    else:
        return None
    if grade == RAW and mark[0].isdigit() and not beside and line.number == 0:
        grade = LIKELY
    return Finding(
        Span(line.start, after),
        f"the blank behind “{mark}” is {_wrong(found['blank'])}, so this is no item of a list",
        grade,
        hint=f"write “{mark} ” and the text",
    )


def _wrong(blank: str | None) -> str:
    """What is wrong with what stands where a blank should."""
    return "missing" if not blank else "one that does not break" if blank[0] == "\u00a0" else "a wide one"


def _is_linked(text: str, after: int) -> bool:
    """Whether bold text or a link, in brackets or not, follows a bullet."""
    return text[after] in ("*", typed.LINK) or text[after : after + 2] == "[" + typed.LINK


def _begins_item(document: Document, block: int) -> bool:
    return document.blocks[block].parent >= 0 and document.blocks[block - 1].kind == "item"


def _beside_list(document: Document, line: _Line) -> bool:
    """Whether the line goes on an item, or stands next to one."""
    blocks = document.blocks
    block = blocks[line.block]
    if line.number and block.parent >= 0 and blocks[block.parent].kind == "item":
        return True
    following = line.block + 1
    return any(
        blocks[at].kind in ("list", "item") or (blocks[at].parent >= 0 and blocks[blocks[at].parent].kind == "item")
        for at in (line.block - 1, following)
        if 0 <= at < len(blocks) and abs(blocks[at].first - block.first) <= 3
    )


# Checkboxes ----------------------------------------------------------------------------------------------------------


def _checkbox(document: Document, line: _Line, boxes: int) -> Finding | None:
    if line.number or not _begins_item(document, line.block):
        return None
    found = _BROKEN_BOX.match(line.text)
    if found is None or (not boxes and found["state"] != ""):
        return None
    state = (found["state"] or found["glued"] or "").strip()
    box = f"[{state or ' '}]"
    span = Span(line.start, line.start + found.end())
    written = box if found["glued"] is None else box + " "
    fix = Fix(f"write “{box} ”", (Edit(span, written),), safe=boxes > 0)
    shown = line.text[: found.end()]
    return Finding(
        span, f"“{shown}” is no checkbox; “{box} ” is", RAW if boxes else LIKELY, fix=fix, hint=f"write “- {box} …”"
    )
