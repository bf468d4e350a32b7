"""Links to chapters of the list itself that name its repository: `https://github.com/owner/list#tools`.

Where the list is kept nobody says; but a page with many anchors of this document is this document.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from listbot import works
from listbot.document import Document, Link

_FORGES = ("github:", "gitlab:")
_ENOUGH = 3
"""So many links to anchors that this document has; another repository shares one or two names of headings."""
_MOST = 0.5
"""Of the links to places of the repository."""


class _Seen(NamedTuple):
    places: int
    anchors: int
    """Places that this document has."""


class OwnRepository:
    """Tells which links of one document name its repository to lead to one of its own chapters."""

    def __init__(self, document: Document) -> None:
        seen: defaultdict[str, _Seen] = defaultdict(lambda: _Seen(0, 0))
        for link in document.links:
            repository = _repository(link)
            if repository is not None:
                places, anchors = seen[repository]
                known = link.target.partition("#")[2] in document.anchors
                seen[repository] = _Seen(places + 1, anchors + known)
        self._own = frozenset(
            repository for repository, (places, anchors) in seen.items() if anchors >= max(_ENOUGH, _MOST * places)
        )

    def holds(self, link: Link) -> bool:
        """Whether a link leads to a place in the list's own repository."""
        return bool(self._own) and _repository(link) in self._own


def _repository(link: Link) -> str | None:
    """The repository in whose page a link leads to a place; None for other links."""
    page, _, fragment = link.target.partition("#")
    if not fragment or "://" not in page:
        return None
    work = works.identity(page)
    return work if work is not None and work.startswith(_FORGES) else None
