"""Links that remark on what an entry names in bold, and are nothing that it lists.

`**Lark** - [bad reviews](https://ratings.example/12)` leads to a page about Lark. A list tells such links by their
words, which it writes again and again over links to other pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

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

    def without(self, work: str, listings: Sequence[Listing]) -> list[Listing]:
        """The listings of a work but for those whose link is a remark; two on one name in one section list it twice."""
        named = {
            number: (self._name(listing), listing.entry.section)
            for number, listing in enumerate(listings)
            if self._holds(work, listing)
        }
        names = Counter(named.values())
        return [one for number, one in enumerate(listings) if number not in named or names[named[number]] > 1]

    def _holds(self, work: str, listing: Listing) -> bool:
        """Whether the link by which an entry would list a work is a remark."""
        return _label(listing) in self._labels and self._is_beside_a_name(work, listing)

    def _is_beside_a_name(self, work: str, listing: Listing) -> bool:
        """Whether a link to a page stands behind a name in bold, and its text is neither a label nor that name."""
        label = _label(listing)
        if not label or listing.link.role in _PAPER_ROLES or vocabulary.role_of_label(label) is not None:
            return False
        if identity.is_publication(work) or identity.are_repositories([work]):
            return False
        name = self._name(listing)
        return name != "" and name not in label and label not in name

    def _name(self, listing: Listing) -> str:
        """The name in bold before an entry's link, in small letters; empty where there is none."""
        named = _NAMED.match(self._text, listing.entry.span.start, listing.link.link.span.start)
        return named["name"].strip(" .:").casefold() if named is not None else ""


def _label(listing: Listing) -> str:
    return listing.link.label.casefold()
