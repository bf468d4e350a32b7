"""Entries built by hand, as `listbot.library` gives them: tests of the formats need no parser."""

from __future__ import annotations

from typing import Any

from listbot import works
from listbot.library import CuratedList, ListEntry, ListLink

PAPER = "https://arxiv.org/abs/2205.14135"


def link(url: str = PAPER, role: str = "paper", label: str = "paper", column: int = 3) -> ListLink:
    return ListLink(url, label, role, 1, column, works.identity(url), url)


def listed(*links: ListLink, **parts: Any) -> ListEntry:
    """An entry whose first link stands for it (without links: a paper's); `parts` replace the rest."""
    links = links or (link(),)
    plain = ListEntry(
        path="README.md",
        start_line=1,
        end_line=1,
        section=("Papers",),
        kind="item",
        title="A title",
        authors=None,
        venue=None,
        year=None,
        tags=(),
        marks=(),
        notes=None,
        primary=links[0],
        links=links,
    )
    return plain._replace(**parts)


def curated(*entries: ListEntry, path: str = "README.md") -> CuratedList:
    return CuratedList(path, entries, ())
