"""An entry's links, each once, and which of them stands for it."""

from __future__ import annotations

from functools import cached_property

from listbot import venues, vocabulary
from listbot.document import Document, Entry, EntryLink
from listbot.entry_parts.phrases import WORDS_OF_TITLE
from listbot.entry_parts.pieces import PAPER_ROLES, Piece, Title
from listbot.entry_parts.stated import Facts

_BESIDE_A_PAPER = frozenset({"code", "slides", "video", "data", "model", "demo", "badge", "image", "source"})
"""Roles of links that lead to no paper, but to what comes with one; `other` is one only where a label says so."""
_FEWEST_LINKS = 20
"""With fewer links, nobody knows what a list lists."""
_FEWEST_PAPERS = 0.05
"""Where a list has papers, there are so many links to them, or venues with a year, for each of its links."""


class Primary:
    """Chooses the primary links of one document's entries."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def lists_papers(self) -> bool:
        """Whether the list may have papers: in a list of projects a long title is no paper's."""
        if len(self.document.links) < _FEWEST_LINKS:
            return True
        enough = _FEWEST_PAPERS * len(self.document.links)
        linked = sum(vocabulary.role_of_target(link.target) in PAPER_ROLES for link in self.document.links)
        return linked >= enough or sum(1 for _ in venues.venues_in(self.document.source.text)) >= enough

    def links_of(
        self, pieces: list[Piece], title: Title | None, facts: Facts
    ) -> tuple[list[EntryLink], EntryLink | None]:
        """The links of an entry's pieces, a URL that is repeated only once, and the primary one."""
        kept: dict[str, EntryLink] = {}
        main: EntryLink | None = None
        for piece in pieces:
            link = piece.link
            if link is None or not link.link.target:
                continue
            if title is not None and title.link is link:
                main = kept[link.link.target] = of_title(link)
            else:
                kept.setdefault(link.link.target, link)
        found = list(kept.values())
        if main is not None:
            return found, _paper_of_the_same_name(main, found)
        return self._without_title_link(found, title, facts)

    def _without_title_link(
        self, links: list[EntryLink], title: Title | None, facts: Facts
    ) -> tuple[list[EntryLink], EntryLink | None]:
        """The first paper, else a tool's own link; a paper that has only code or slides beside it has none."""
        paper = next((link for link in links if link.role in PAPER_ROLES), None)
        if paper is not None:
            return links, paper
        is_paper = facts.venue is not None or (
            title is not None and len(title.text.split()) >= WORDS_OF_TITLE and self.lists_papers
        )
        main = next((link for link in links if _may_be_main(link, is_paper, facts)), None)
        if main is None:
            return links, None
        if main.role == "other" and _says_nothing(main) and vocabulary.role_of_target(main.link.target) is None:
            named = main._replace(role="project")
            return [named if link is main else link for link in links], named
        return links, main


def of_title(link: EntryLink) -> EntryLink:
    """A title's link leads to the thing itself, where the host does not say what it is."""
    target = link.link.target
    unknown = (link.role == "other" and vocabulary.role_of_target(target) is None) or (
        link.role in ("other", "docs") and not vocabulary.is_known_host(target)
    )
    return link._replace(role="project") if unknown else link


def _paper_of_the_same_name(main: EntryLink, links: list[EntryLink]) -> EntryLink:
    """`code [A title](…) / paper [A title](…)`: of links of one name, a paper's stands for the entry."""
    if main.role in PAPER_ROLES or len(links) == 1:
        return main
    name = main.label.casefold()
    return next((link for link in links if link.role in PAPER_ROLES and link.label.casefold() == name), main)


def only_link(entry: Entry) -> EntryLink | None:
    """The one link of an entry, if there is just one besides pictures; in a row it may be a badge's."""
    found = [link for link in entry.links if link.role not in ("badge", "image")]
    worded = [link for link in found if not link.link.badge]
    found = worded if worded or entry.kind != "row" else found
    return found[0] if len(found) == 1 else None


def _may_be_main(link: EntryLink, is_paper: bool, facts: Facts) -> bool:
    """Whether a link that is no paper's may stand for the entry."""
    if link.role in ("badge", "image") or link.link.badge:
        return False
    if not is_paper:
        return True
    if link.role in _BESIDE_A_PAPER:
        return False
    labelled = not _says_nothing(link)
    stated = facts.venue is not None or facts.authors is not None
    return not labelled or not (stated or link.role == "other")


def _says_nothing(link: EntryLink) -> bool:
    """Whether a link's text is no label."""
    return vocabulary.role_of_label(link.label) is None
