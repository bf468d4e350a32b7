"""An entry's links, each once, and which of them stands for it."""

from __future__ import annotations

from listbot import vocabulary
from listbot.document import EntryLink
from listbot.entry_parts.phrases import WORDS_OF_TITLE
from listbot.entry_parts.pieces import PAPER_ROLES, Piece, Title, word_before
from listbot.entry_parts.stated import Facts

_BESIDE_A_PAPER = frozenset({"code", "slides", "video", "data", "model", "demo", "badge", "image", "source"})
"""Roles of links that lead to no paper, but to what comes with one; `other` is one only where a label says so."""


def links_of(pieces: list[Piece], title: Title | None, facts: Facts) -> tuple[list[EntryLink], EntryLink | None]:
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
    if main is None:
        return _without_title_link(found, title, facts)
    if main.role == "code" and _is_one_of_two(pieces, title):
        main = next((link for link in found if link.role in PAPER_ROLES and link.label == main.label), main)
    return found, main


def _is_one_of_two(pieces: list[Piece], title: Title | None) -> bool:
    """Whether a word says what the title's link is: `code [A title](…)` with `paper [A title](…)` below it."""
    if title is None or title.first == 0:
        return False
    return bool(word_before(pieces[: title.first], pieces[title.first].leaf))


def of_title(link: EntryLink) -> EntryLink:
    """A title's link leads to the thing itself, where the host does not say what it is."""
    target = link.link.target
    unknown = (link.role == "other" and vocabulary.role_of_target(target) is None) or (
        link.role in ("other", "docs") and not vocabulary.is_known_host(target)
    )
    return link._replace(role="project") if unknown else link


def _without_title_link(
    links: list[EntryLink], title: Title | None, facts: Facts
) -> tuple[list[EntryLink], EntryLink | None]:
    """The first paper, else a tool's own link; a paper that has only code or slides beside it has none."""
    paper = next((link for link in links if link.role in PAPER_ROLES), None)
    if paper is not None:
        return links, paper
    is_paper = facts.venue is not None or (title is not None and len(title.text.split()) >= WORDS_OF_TITLE)
    main = next((link for link in links if _may_be_main(link, is_paper, facts)), None)
    if main is None:
        return links, None
    if main.role == "other" and _says_nothing(main) and vocabulary.role_of_target(main.link.target) is None:
        named = main._replace(role="project")
        return [named if link is main else link for link in links], named
    return links, main


def only_link(links: tuple[EntryLink, ...]) -> EntryLink | None:
    """The one link of an entry that is no picture, if there is just one."""
    found = [link for link in links if link.role not in ("badge", "image") and not link.link.badge]
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
