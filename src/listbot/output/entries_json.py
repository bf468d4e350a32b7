"""`listbot entries` for programs: JSON, and JSON lines. These models are the published form, version 1.

A later version 1 may add keys; it takes none away and changes no meaning. The README documents it, and
`listbot entries --schema` prints it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal, TextIO

from pydantic import BaseModel, ConfigDict

from listbot.library import CuratedList, ListEntry


class LinkRow(BaseModel):
    """A link, badge or image of an entry."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    url: str
    """As written in the list; may be relative."""
    label: str
    """What the reader sees; empty for bare URLs and badges."""
    role: Literal[
        "paper", "pdf", "code", "project", "data", "model", "video", "slides",
        "blog", "demo", "docs", "source", "badge", "image", "other",
    ]  # fmt: skip
    """What the link is to the entry."""
    line: int
    """Where the link begins; 1-based."""
    column: int
    """1-based, in code points."""
    work: str | None
    """Equal for all spellings of one work: `arxiv:2407.06204`, `doi:10.1145/…`, `github:owner/repo`, else `url:` and
    the normalised address; null for what is no web address."""


class EntryRow(BaseModel):
    """One thing that the list lists. What the text does not say is null or empty; nothing is looked up or guessed."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    path: str
    """The file, as it was named."""
    start_line: int
    """1-based."""
    end_line: int
    """1-based, inclusive."""
    section: list[str]
    """The headings above the entry, outermost first."""
    kind: Literal["item", "row", "paragraph", "heading", "html"]
    """The Markdown that holds the entry: a list item, a table row, a paragraph, a heading with its links, raw HTML."""
    title: str | None
    authors: str | None
    """As written."""
    venue: str | None
    """As written, a year beside it included."""
    year: int | None
    """The year that the entry itself states."""
    tags: list[str]
    marks: list[str]
    """`checkbox`, `checked`, and emoji that stand as marks."""
    notes: str | None
    """What the list says about the entry."""
    primary: str | None
    """The URL, as written, of the link that stands for the entry."""
    links: list[LinkRow]
    """In the order of the text."""


class EntriesDocument(BaseModel):
    """`listbot entries --format json`."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    version: Literal[1]
    entries: list[EntryRow]
    """The entries of all files, in the order of the files and of their texts."""


def write_lines(lists: Iterable[CuratedList], stream: TextIO) -> None:
    """One object a line, each written before the next file is read."""
    for curated in lists:
        stream.writelines(_line(entry) + "\n" for entry in curated)


def write_document(lists: Iterable[CuratedList], stream: TextIO) -> None:
    """One object; its entries stand on lines of their own, so that it streams and diffs well."""
    stream.write('{"version": 1, "entries": [')
    separator = "\n"
    for curated in lists:
        for entry in curated:
            stream.write(separator + _line(entry))
            separator = ",\n"
    stream.write("\n]}\n" if separator == ",\n" else "]}\n")


def schema(*, lines: bool) -> str:
    """The JSON schema of one line of `jsonl`, or of the whole of `json`."""
    model = EntryRow if lines else EntriesDocument
    return json.dumps(model.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False) + "\n"


def _line(entry: ListEntry) -> str:
    return row(entry).model_dump_json()


def row(entry: ListEntry) -> EntryRow:
    """The published form of an entry."""
    primary = None if entry.primary is None else entry.primary.url
    return EntryRow.model_validate({**entry._asdict(), "primary": primary}, from_attributes=True)
