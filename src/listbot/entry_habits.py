"""How a list writes its entries: their bullets, boxes, marks, titles, separators, venues and ends, and the columns of
its tables.

Each habit is a set of observations, one a place; `house_style` shows them, and `entry-format` reports the outliers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from listbot import separator
from listbot.document import Block, Document, Entry
from listbot.habits import Observation, in_body
from listbot.source import Span

CLOSING = ".。!！?？;；,，:：…"
_EMPHASIS = re.compile(r"[*_]+")
_RUN = re.compile(r"(?P<mark>\*\*|__|\*|_)(?=[^\s*_])(?P<inner>[^\n*_]{1,400}[^\s*_])(?P=mark)(?!\w)")
"""Words that are set apart by marks, from the first mark to the last."""
_BEHIND = re.compile(r"[*_]*(?P<joint>[ .,;:|–—-]*)(?=[^\W_])")
_WORDS_OF_TITLE = 3
_QUOTES = frozenset('"“”„«「')
_AROUND = {"(": ")", "[": "]", "*": "*", "_": "_", "`": "`", "（": "）"}
_BRACKETS = tuple("([（")
_VENUE_YEAR = re.compile(r"(?P<joint>[\s,'’.(-]*)(?P<year>(?:19|20)\d\d|(?<=['’])\d\d)(?!\d)")


class Body:
    """The part of a document that is the list, with what several observers ask of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entries = [entry for entry in document.entries if in_body(document, entry.span.start)]

    @cached_property
    def items(self) -> dict[int, Block]:
        """The items by where they start; the outer one where two start at one place."""
        found: dict[int, Block] = {}
        for block in self.document.blocks:
            if block.kind == "item":
                found.setdefault(block.span.start, block)
        return found


def bullets(body: Body) -> Iterator[Observation]:
    for entry in body.entries:
        block = body.items.get(entry.span.start)
        if block is not None:
            mark = block.mark if block.mark in "-*+" else f"1{block.mark}"
            yield Observation(mark, entry.span.start)


def checkboxes(body: Body) -> Iterator[Observation]:
    for entry in body.entries:
        if entry.kind == "item":
            yield Observation("checkbox" if "checkbox" in entry.marks else "none", entry.span.start)


def separators(body: Body) -> Iterator[Observation]:
    """The characters between a title's link and the notes, where nothing else stands between them."""
    for entry in body.entries:
        found = separator.of_entry(body.document, entry)
        if found is not None:
            yield Observation(found.text, entry.span.start)


def notes_behind(body: Body) -> Iterator[Observation]:
    """Whether anything stands behind the dash of an item."""
    for entry in body.entries:
        found = separator.of_entry(body.document, entry)
        if found is not None and found.text.strip() in separator.DASHES:
            yield Observation("notes", entry.span.start)
        elif separator.without_notes(body.document, entry) is not None:
            yield Observation("nothing", entry.span.start)


def notes_ends(body: Body) -> Iterator[Observation]:
    for entry in body.entries:
        span = notes_span(body.document, entry)
        if span is not None:
            yield Observation(closing(body.document.source[span]), entry.span.start)


def notes_span(document: Document, entry: Entry) -> Span | None:
    """The notes, with the mark at the end of their line, which is no part of them where they are a name alone."""
    notes = entry.spans.notes
    if notes is None or notes.end == notes.start:
        return None
    end = notes.start + len(document.source[notes].rstrip())
    line = document.source.line_span(document.source.line_of(max(notes.start, end - 1)))
    rest = document.source.text[end : line.end].rstrip()
    return Span(notes.start, end + len(rest) if rest[1:] in ("", rest[:1]) and rest[:1] in CLOSING else end)


def entry_ends(body: Body) -> Iterator[Observation]:
    for entry in body.entries:
        if entry.kind == "item":
            yield Observation(closing(body.document.source[entry.span]), entry.span.start)


def closing(text: str) -> str:
    """The mark at a text's end; a full stop that stands there twice, and not thrice, is one of its own."""
    text = text.rstrip()
    last = text[-1:]
    if not last or last not in CLOSING:
        return "none"
    doubled = last in ".。" and text[-2:-1] == last and text[-3:-2] != last
    return last * 2 if doubled else last


def title_marks(body: Body) -> Iterator[Observation]:
    """How a title is set apart: in bold, in italics, in quotation marks, or not at all."""
    text = body.document.source.text
    for entry in body.entries:
        title = entry.spans.title
        if title is not None and entry.kind != "heading":
            yield Observation(_set_apart(text, title, _around(entry, title)), entry.span.start)


def _around(entry: Entry, title: Span) -> Span:
    """The link that a title is the text of, else the title."""
    return next((part.link.span for part in entry.links if part.link.span.contains(title)), title)


def _set_apart(text: str, title: Span, link: Span) -> str:
    inner = text[title.start : title.end].strip()
    before, after = text[max(0, link.start - 3) : link.start], text[link.end : link.end + 3]
    for mark, what in (("**", "bold"), ("__", "bold"), ("*", "in italics"), ("_", "in italics")):
        if (inner.startswith(mark) and inner.endswith(mark)) or (before.endswith(mark) and after.startswith(mark)):
            return what
    if inner[:1] in _QUOTES or before[-1:] in _QUOTES:
        return "quoted"
    run = _RUN.match(inner)  # what is read as one with the title: `**Title** Authors`
    if run is not None and len(run["inner"].split()) >= _WORDS_OF_TITLE:
        return "bold" if len(run["mark"]) > 1 else "in italics"
    return "plain"


def title_joints(body: Body) -> Iterator[Observation]:
    """What stands between a title, linked or set apart, and the next word; before notes that is `separators`'."""
    for entry in body.entries:
        joint = title_joint(body.document, entry) if entry.kind in ("item", "paragraph") else None
        notes = entry.spans.notes
        if joint is not None and not (notes is not None and notes.start <= joint.end <= notes.end):
            yield Observation(_EMPHASIS.sub("", body.document.source[joint]), entry.span.start)


def title_joint(document: Document, entry: Entry) -> Span | None:
    """From the end of a title's own words to the next word of its line; a mark inside the bold belongs to it."""
    text, title = document.source.text, entry.spans.title
    if title is None:
        return None
    end = _around(entry, title).end
    if end == title.end:
        start = title.start
        while start > entry.span.start and text[start - 1] in "*_":
            start -= 1
        run = _RUN.match(text, start)
        if run is None or len(run["inner"].split()) < _WORDS_OF_TITLE:
            return None
        end = run.end("inner") - (run["inner"][-1] in ".,")
    behind = _BEHIND.match(text, end)
    return Span(end, behind.end()) if behind is not None else None


def titles_linked(body: Body) -> Iterator[Observation]:
    """Whether the title of an entry with links is one."""
    for entry in body.entries:
        title = entry.spans.title
        if title is not None and entry.primary is not None and entry.kind in ("item", "paragraph"):
            linked = _around(entry, title) != title
            yield Observation("a link" if linked else "no link", entry.span.start)


def marked(body: Body) -> Iterator[Observation]:
    """Whether entries have a mark: where nearly all do, it belongs to an entry."""
    for entry in body.entries:
        if entry.kind in ("item", "paragraph"):
            has = any(mark not in ("checkbox", "checked") for mark in entry.marks)
            yield Observation("marked" if has else "unmarked", entry.span.start)


def mark_places(body: Body) -> Iterator[Observation]:
    """Where emoji marks stand."""
    for entry in body.entries:
        title = entry.spans.title
        emoji = [span for span in entry.spans.marks if body.document.source.text[span.start] != "["]
        if title is not None and emoji and entry.kind in ("item", "paragraph"):
            places = {"before the title" if span.end <= title.start else "behind the title" for span in emoji}
            yield Observation(" and ".join(sorted(places)), entry.span.start)


def venue_forms(body: Body) -> Iterator[Observation]:
    """How a venue is written beside its year, and in which brackets: `(Venue 2020)`, `Venue'20`."""
    text = body.document.source.text
    for entry in body.entries:
        span = entry.spans.venue
        found = _VENUE_YEAR.search(text, span.start, span.end) if span is not None and entry.kind != "row" else None
        if span is None or found is None or found.end() < span.end or found.start() == span.start:
            continue
        start = span.start
        while start > entry.span.start and (text[start - 1] in _AROUND or _is_blank_inside(text, start)):
            start -= 1
        around = "".join(text[start : span.start].split())
        closed = "".join(_AROUND[mark] for mark in reversed(around))
        joint = re.sub(r"\s+", " ", found["joint"])  # two blanks are `spacing`'s, and those inside brackets
        year = re.sub(r"\d{4}", "2020", re.sub(r"(?<!\d)\d\d(?!\d)", "20", joint + found["year"]))
        yield Observation(f"{around}Venue{year}{closed}", span.start)


def _is_blank_inside(text: str, at: int) -> bool:
    return text[at - 1] == " " and text[at - 2 : at - 1] in _BRACKETS


class Row(NamedTuple):
    """A table's row that is an entry. `columns` is the head of its table: `Date | Title`."""

    table: int
    columns: str
    start: int
    cells: list[Block]


def rows(body: Body) -> Iterator[Row]:
    blocks = body.document.blocks
    cells: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind == "cell":
            cells.setdefault(block.parent, []).append(block)
    heads = {
        blocks[row].parent: " | ".join(" ".join(cell.text.split()) for cell in of_row)
        for row, of_row in cells.items()
        if blocks[row].level == 1
    }
    at = {block.span.start: index for index, block in enumerate(blocks) if block.kind == "row"}
    for entry in body.entries:
        row = at.get(entry.span.start) if entry.kind == "row" else None
        if row is not None:
            table = blocks[row].parent
            yield Row(table, heads.get(table, ""), entry.span.start, cells.get(row, []))


def columns(body: Body) -> Iterator[Observation]:
    """The columns of each table, at its first row."""
    told: set[int] = set()
    for row in rows(body):
        if row.table not in told:
            told.add(row.table)
            yield Observation(row.columns, row.start)
