"""A list as data, for other programs: `from listbot import read_list`.

    for entry in read_list("README.md"):
        print(entry.title, entry.year, entry.primary.work if entry.primary else None)

The records are what `listbot entries` prints, under the same names, and they are the promise that we keep: the
document behind them may change. They hold text and numbers only, and nothing that knows the source.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from listbot import inputs, works
from listbot.document import Document, Entry, EntryLink
from listbot.parser import parse
from listbot.source import Source


class ListLink(NamedTuple):
    """A link of an entry."""

    url: str
    """As written in the list; may be relative."""
    label: str
    """What the reader sees: `pdf`, `Code`, the title itself; empty for bare URLs and badges."""
    role: str
    """What it is to the entry: `paper`, `pdf`, `code`, `project`, `data`, `model`, `video`, `slides`, `blog`, `demo`,
    `docs`, `source`, `badge`, `image` or `other`."""
    line: int
    """Where the link begins; 1-based."""
    column: int
    """1-based, in code points."""
    work: str | None
    """The same for all spellings of one work: `arxiv:2407.06204`, `doi:10.1145/…`, `github:owner/repo`, else `url:` and
    the normalised address; None for what is no web address."""
    target: str
    """The URL that a browser asks for: `url` with Markdown's escapes and entities resolved."""


class ListEntry(NamedTuple):
    """One thing that the list lists. What the text does not say is None, or empty; nothing is looked up or guessed."""

    path: str
    start_line: int
    """1-based."""
    end_line: int
    """1-based, inclusive."""
    section: tuple[str, ...]
    """The headings above the entry, outermost first; empty before the first heading."""
    kind: str
    """`item`, `row` (of a table), `paragraph`, `heading` (with its links below it) or `html`."""
    title: str | None
    authors: str | None
    """As written."""
    venue: str | None
    """As written, a year beside it included (`CVPR 2024`)."""
    year: int | None
    """The year that the entry itself states; one that only a heading states does not count."""
    tags: tuple[str, ...]
    marks: tuple[str, ...]
    """`checkbox`, `checked`, and emoji that stand as marks (`⭐`, `🔥`)."""
    notes: str | None
    primary: ListLink | None
    """The one of `links` that stands for the entry. None for a paper that has only code or slides beside it."""
    links: tuple[ListLink, ...]
    """In the order of the text."""


class ListSection(NamedTuple):
    """A heading and what stands below it."""

    path: tuple[str, ...]
    """The headings that lead here, its own last: what `ListEntry.section` of its entries is, or begins with."""
    level: int
    start_line: int
    end_line: int
    """1-based, inclusive, subsections included."""
    role: str
    """`body`, or what its entries are not: `contents`, `news`, `contributing`, `license`, `related`."""


@dataclass(frozen=True, slots=True)
class CuratedList:
    """One Markdown file. Iterating it, and its length, are those of its entries."""

    path: str
    entries: tuple[ListEntry, ...]
    sections: tuple[ListSection, ...]

    def __iter__(self) -> Iterator[ListEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        return f"<CuratedList {self.path!r}: {len(self.entries)} entries, {len(self.sections)} sections>"


def read_list(
    path: str | os.PathLike[str] | None = None, *, text: str | None = None, max_file_size: int = inputs.MAX_FILE
) -> CuratedList:
    """Read a list from a file, or from `text`, whose `path` is then only its name.

    Without both, the README of the current directory. `max_file_size` is in bytes. No configuration is read.
    Raises listbot.errors.InputError for a file that is missing, too large, not UTF-8 or binary.
    """
    if text is not None:
        return of_document(parse(Source(os.fspath(path) if path is not None else "text", text)))
    file = Path(path) if path is not None else inputs.default_readme(Path())
    return of_document(parse(inputs.read(file, inputs.shown_path(file), max_file_size)))


def of_document(document: Document) -> CuratedList:
    """The public records of a parsed document."""
    paths = [tuple(document.section_path(index)) for index in range(len(document.sections))]
    sections = tuple(
        ListSection(path, section.heading.level, section.heading.first, section.last, section.role)
        for path, section in zip(paths, document.sections, strict=True)
    )
    entries = tuple(
        _entry(document, entry, paths[entry.section] if entry.section >= 0 else ()) for entry in document.entries
    )
    return CuratedList(document.source.path, entries, sections)


def _entry(document: Document, entry: Entry, section: tuple[str, ...]) -> ListEntry:
    links = tuple(_link(document.source, link) for link in entry.links)
    return ListEntry(
        path=document.source.path,
        start_line=entry.first,
        end_line=entry.last,
        section=section,
        kind=entry.kind,
        title=entry.title,
        authors=entry.authors,
        venue=entry.venue,
        year=entry.year,
        tags=entry.tags,
        marks=entry.marks,
        notes=entry.notes,
        primary=None if entry.primary is None else _link(document.source, entry.primary),
        links=links,
    )


def _link(source: Source, part: EntryLink) -> ListLink:
    line, column = source.position(part.link.span.start)
    return ListLink(
        part.link.url, part.label, part.role, line, column, works.identity(part.link.target), part.link.target
    )
