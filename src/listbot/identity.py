"""What makes an entry the same entry when it moves, is re-sorted or re-worded: its works, else its title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from listbot import titles, works
from listbot.document import Document, Entry, EntryLink

_BEFORE_PATH = re.compile(r"[/?#]")
_IDENTITY_ROLES = frozenset({"paper", "pdf"})
_REPOSITORIES = frozenset({"github", "gist", "gitlab", "hf"})
_NOT_PUBLICATIONS = frozenset({"url", "github", "gist", "gitlab", "hf", "youtube", "gdrive"})


def works_with_links(entry: Entry) -> list[tuple[str, EntryLink]]:
    """The works that an entry stands for, each once with the link that names it, in the order of the text.

    These are its primary link and its links to papers. A code repository beside a paper is no identity of the paper
    (`reference/lists.md` §3, consequence 5), and neither is a bare URL in the notes below a heading that is a linked
    title.
    """
    found: dict[str, EntryLink] = {}
    noted = entry.kind == "heading" and entry.primary is not None and entry.primary.label == entry.title
    for link in entry.links:
        is_primary = entry.primary is not None and link.link.span == entry.primary.link.span
        if is_primary or (link.role in _IDENTITY_ROLES and not (noted and not link.label)):
            identity = works.identity(link.link.target)
            if identity is not None:
                found.setdefault(identity, link)
    return list(found.items())


def works_of(entry: Entry) -> tuple[str, ...]:
    """The ids of `works_with_links`."""
    return tuple(work for work, _ in works_with_links(entry))


def is_publication(work: str) -> bool:
    """Whether an id names a publication, and not a repository, a page or a video."""
    return work.partition(":")[0] not in _NOT_PUBLICATIONS


def told_apart(works: Iterable[str], others: Iterable[str]) -> bool:
    """Whether the ids of two entries say that these are two works, whatever their titles.

    One registry gives a work one id: two arXiv ids, or two DOIs of one registrant, are two papers, while a preprint
    and its publication have an id each from two registries (`reference/scholar.md` §2.4). The same goes for two
    repositories of one forge and two pages of one site.
    """
    return bool({_registry(work) for work in works} & {_registry(work) for work in others})


def are_publications(works: Iterable[str]) -> bool:
    """Whether one of an entry's ids names a publication."""
    return any(is_publication(work) for work in works)


def are_repositories(works: Iterable[str]) -> bool:
    """Whether all of an entry's ids name repositories."""
    return all(work.partition(":")[0] in _REPOSITORIES for work in works)


def _registry(work: str) -> str:
    """Who gave the id: the family, for DOIs with the registrant, for pages the host."""
    family, _, rest = work.partition(":")
    return f"{family}:{_BEFORE_PATH.split(rest, maxsplit=1)[0]}" if family in ("doi", "url") else family


def of_entry(document: Document, entry: Entry) -> str:
    """One string for the entry, as in the contract: its works, else its normalised title, else its text."""
    ids = works_of(entry)
    if ids:
        return " ".join(sorted(ids))
    if entry.title:
        return "title:" + titles.keys(entry.title).full
    return "text:" + " ".join(document.source[entry.span].split())


def at(document: Document, offset: int) -> str:
    """The identity of what holds an offset: the entry, else the section, else the document."""
    entry = document.entry_at(offset)
    if entry is not None:
        return of_entry(document, entry)
    return "section:" + " / ".join(document.section_path(document.section_at(offset)))
