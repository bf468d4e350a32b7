"""Cards: what a pull request adds to the list, a row for each entry, so that a reviewer opens fewer tabs.

New entries, and entries that were there and get links: the work as its registry has it, where it stands, and what is
known of each new link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from listbot import identity, works
from listbot.bot import phrases
from listbot.bot.budget import Part
from listbot.bot.change import Change
from listbot.bot.links_to import Place
from listbot.bot.markdown import Cell, Markdown, joined, link, md
from listbot.bot.phrases import counted, outcome, role
from listbot.document import Document, Entry, EntryLink
from listbot.liveness import LinkResult, Record

_MAX_SHOWN = 5
"""Cards of more entries than this are folded."""
_ROLES = frozenset({"image", "badge"})
"""Links that are no reason for a reviewer to open a tab."""

Results = Mapping[str, LinkResult]
"""What is known of new links, by URL."""


class _Shown(NamedTuple):
    """An entry on its card."""

    change: Change
    entry: Entry
    links: Sequence[EntryLink]
    """Those that the change adds."""


def cards(place: Place, ref: str, changes: Sequence[Change], results: Results) -> list[Part]:
    """A table of new entries and one of entries with new links; `ref` is the commit whose lines are meant."""
    added = [_Shown(change, entry, _telling(entry.links)) for change in changes for entry in change.entries]
    extended = [_Shown(change, entry, _telling(links)) for change in changes for entry, links in change.extended]
    extended = [one for one in extended if one.links]
    new = counted(len(added), "new entry")
    more = md("New links in {n}", n=counted(len(extended), "entry"))
    return [
        *_table(new, md("links"), [_card(place, ref, one, results) for one in added]),
        *_table(more, md("new links"), [_card(place, ref, one, results) for one in extended]),
    ]


def section_name(document: Document, index: int) -> str:
    """The section's heading; a year or another number says nothing without the one above."""
    path = document.section_path(index)
    return " › ".join(path[-2:]) if path and path[-1].strip().isdigit() else "".join(path[-1:])


def _telling(links: Sequence[EntryLink]) -> list[EntryLink]:
    return [one for one in links if one.role not in _ROLES]


def _table(title: Markdown, links: Markdown, rows: Sequence[Markdown]) -> list[Part]:
    if not rows:
        return []
    opening, closing = (
        (md("\n<details><summary>{title}</summary>\n", title=title), md("\n</details>"))
        if len(rows) > _MAX_SHOWN
        else (md("\n**{title}**\n", title=title), md(""))
    )
    columns = md("| entry | work | section | {links} |\n| --- | --- | --- | --- |", links=links)
    return [Part(md("{opening}\n{columns}", opening=opening, columns=columns), rows, closing, False)]


def _card(place: Place, ref: str, one: _Shown, results: Results) -> Markdown:
    entry = one.entry
    title = md("{title}", title=Cell(entry.title, 80)) if entry.title else md("untitled")
    section = section_name(one.change.document, entry.section)
    first, last = (one.change.own.shown(line) for line in (entry.first, entry.last))
    of_work = _of_work(entry, results)
    return md(
        "| {title} | {work} | {section} | {links} |",
        title=link(title, place.line(one.change.path, ref, first, last)),
        work=joined("<br>", [_work(entry), *phrases.record(_told(of_work), Cell)]),
        section=Cell(section, 60) if section else md(""),
        links=joined(", ", [_link(results, link, apart=link not in of_work) for link in one.links]),
    )


def _work(entry: Entry) -> Markdown:
    """The work and its page, as its registry has it."""
    for one in identity.works_with_links(entry):
        work = works.of(one[1].link.target)
        label = md("{id}", id=Cell(one[0].removeprefix("url:"), 60))
        return link(label, work.landing if work is not None and work.landing else one[1].link.target)
    return md("")


def _of_work(entry: Entry, results: Results) -> dict[EntryLink, Record]:
    """What registries say of the works that the entry stands for, by their links."""
    found = {}
    for _, one in identity.works_with_links(entry):
        result = results.get(one.link.target)
        if result is not None and result.record is not None:
            found[one] = result.record
    return found


def _told(records: Mapping[EntryLink, Record]) -> Record:
    """One record of several, as a preprint and its publication have: of each field, what the first says that says
    anything."""
    fields = {
        name: next((value for record in records.values() if (value := getattr(record, name))), empty)
        for name, empty in Record()._asdict().items()
    }
    return Record(**fields)


def _link(results: Results, one: EntryLink, *, apart: bool) -> Markdown:
    """A link and what is known of it; `apart` is one whose registry has no say in the column of works."""
    result = results.get(one.link.target)
    name = link(role(one.role), one.link.target)
    if result is None:
        return name
    said = md("{name} {outcome}", name=name, outcome=outcome(result.outcome))
    if result.target is not None:
        said = md("{said} to {target}", said=said, target=link(Cell(result.target, 100), result.target))
    more = [*phrases.standing(result.record, Cell)] if apart and result.record is not None else []
    return md("{said} ({more})", said=said, more=joined("; ", more)) if more else said
