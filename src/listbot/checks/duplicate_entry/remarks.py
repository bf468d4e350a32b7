"""Links that remark on what an entry names in bold, and are nothing that it lists.

`**Lark** - [bad reviews](https://ratings.example/12)` leads to a page about Lark. A list tells such links by their
words, which it writes again and again over links to other pages.
"""

from __future__ import annotations

import re
from collections import defaultdict

from listbot import identity, vocabulary
from listbot.catalogue import Catalogue, Listing
from listbot.document import Document

_ENOUGH = 3
"""So many pages under one text: it is said of them, and names none."""
_PAPER_ROLES = frozenset({"paper", "pdf"})
_NAMED = re.compile(r"(?:[-*+]|\d{1,4}[.)])?\s*(\*\*|__)(?P<name>[^*_\n]+)\1")


class Remarks:
    """The remarks of a document."""

    def __init__(self, document: Document, listed: Catalogue) -> None:
        self._text = document.source.text
        pages: defaultdict[str, set[str]] = defaultdict(set)
        for work, listings in listed.by_work.items():
            for listing in listings:
                if self._is_beside_a_name(work, listing):
                    pages[_label(listing)].add(work)
        self._labels = frozenset(label for label, works in pages.items() if len(works) >= _ENOUGH)

    def holds(self, work: str, listing: Listing) -> bool:
        """Whether the link by which an entry would list a work is a remark."""
        return _label(listing) in self._labels and self._is_beside_a_name(work, listing)

    def _is_beside_a_name(self, work: str, listing: Listing) -> bool:
        """Whether a link to a page stands behind a name in bold, and its text is neither a label nor that name."""
        label, link = _label(listing), listing.link
        if not label or link.role in _PAPER_ROLES or vocabulary.role_of_label(label) is not None:
            return False
        if identity.is_publication(work) or identity.are_repositories([work]):
            return False
        named = _NAMED.match(self._text, listing.entry.span.start, link.link.span.start)
        name = named["name"].strip(" .:").casefold() if named is not None else ""
        return name != "" and name not in label and label not in name


def _label(listing: Listing) -> str:
    return listing.link.label.casefold()
