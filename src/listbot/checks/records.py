"""The links of a document with what registries told of them. Shared by the rules that speak of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from listbot import tables, works
from listbot.checks import checked_links
from listbot.document import Document, Entry, Link
from listbot.liveness import LinkResult, Record
from listbot.rule import Context


class Recorded(NamedTuple):
    """A link, what was found of it, and the entry that it stands in."""

    link: Link
    result: LinkResult
    record: Record
    work: str
    entry: Entry | None


def of(context: Context) -> Iterator[Recorded]:
    """The links of which a registry told something, each work once an entry: a page and its PDF are one."""
    seen = set()
    for link, result in checked_links.of(context):
        work = works.of(link.target)
        if result.record is None or work is None:
            continue
        entry = context.document.entry_at(link.span.start)
        place = (entry.span if entry is not None else link.span, work.id)
        if place not in seen:
            seen.add(place)
            yield Recorded(link, result, result.record, work.id, entry)


def states(document: Document, recorded: Recorded, what: str) -> bool:
    """Whether the list says so itself: beside the link, or in a heading above it. `what` is a row of the table."""
    start = recorded.link.span.start
    text = document.source[recorded.entry.span] if recorded.entry is not None else _line(document, start)
    headings = document.section_path(document.section_at(start))
    return any(_words(what).search(part) for part in (text, *headings))


def _line(document: Document, offset: int) -> str:
    text = document.source.text
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : end if end >= 0 else len(text)]


@cache
def _words(what: str) -> re.Pattern[str]:
    words = tables.load("stated")[what]["words"]
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?![a-z])", re.IGNORECASE)
