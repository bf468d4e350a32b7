"""What the other entries of a section say of one whose own text leaves it open: a list's dominant shape settles it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from listbot.document import Entry
from listbot.entry_parts.pieces import PAPER_ROLES
from listbot.entry_parts.primary import only_link

_ENOUGH = 3


def settle(entries: list[Entry]) -> list[Entry]:
    """The entries, those without a primary link judged again by their section.

    `A Study of Birds [code](…)` may be a paper that has only code beside it, or a tool with a long name. In a section
    where nothing has a paper, a venue, authors or a year, all are tools, and a tool's only link is its primary one.
    """
    open_ones = [at for at, entry in enumerate(entries) if entry.primary is None and entry.links]
    if not open_ones:
        return entries
    sections = {entries[at].section for at in open_ones}
    held: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.section in sections:
            held[entry.section].append(entry)
    tools = {section for section in sections if len(held[section]) >= _ENOUGH and _lists_tools(held[section])}
    for at in open_ones:
        if entries[at].section in tools:
            entries[at] = entries[at]._replace(primary=only_link(entries[at]))
    return entries


def _lists_tools(entries: Iterable[Entry]) -> bool:
    return not any(
        entry.venue or entry.authors or entry.year or any(link.role in PAPER_ROLES for link in entry.links)
        for entry in entries
    )
