"""Which works a list lists, and where: entries by identity and by title.

Rules that compare entries with each other ask here, and so they agree on what counts: the list's body and its related
lists, and not news or contents, where a work is announced and not listed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from listbot import identity, typed
from listbot.document import Document, Entry, EntryLink
from listbot.source import Span

_PAPER_ROLES = ("paper", "pdf")
_READABLE = re.compile(r"https?://[^\s/?#]*\.(?:.*[^\]）】])?\Z|(?!https?:?/)", re.IGNORECASE | re.DOTALL)
"""What names a host and does not end with a bracket of the Markdown around it: `https://https://…`, `https:/…` and
`https://…]` are nobody's address."""
_ROLES = frozenset({"body", "related"})


class Listing(NamedTuple):
    """An entry that lists a work, and the link by which it does."""

    entry: Entry
    link: EntryLink


class Catalogue(NamedTuple):
    """A list's works."""

    entries: tuple[Entry, ...]
    """The entries that count, in the order of the text."""
    by_work: Mapping[str, tuple[Listing, ...]]
    """From a work's id to its listings, in the order of the text. An entry inside another is not listed again."""


@lru_cache(maxsize=1)
def of(document: Document) -> Catalogue:
    """The catalogue of a document; the last one is kept, because several rules ask for it in turn."""
    lost = [span.start for span in typed.lost_links(document)]
    entries = [
        entry for entry in document.entries if counts(document, entry) and not _lost_its_link(document, entry, lost)
    ]
    listings: dict[str, list[Listing]] = defaultdict(list)
    for entry in entries:
        for work, link in identity.works_with_links(entry):
            earlier = listings[work]
            if not (earlier and earlier[-1].entry.span.contains(entry.span)):
                earlier.append(Listing(entry, link))
    return Catalogue(tuple(entries), {work: tuple(listed) for work, listed in listings.items()})


def _lost_its_link(document: Document, entry: Entry, lost: list[int]) -> bool:
    """Whether nobody can tell what an entry lists until its link is mended.

    Where the broken link stands before the main one, that is the next best, and leads to what the entry speaks of.
    """
    primary = entry.primary
    if primary is not None and not _READABLE.match(primary.link.target):
        return True
    if primary is not None and primary.role in _PAPER_ROLES:
        return False
    start, end = entry.span.start, primary.link.span.start if primary is not None else entry.span.end
    before = bisect_left(lost, start) < bisect_left(lost, end)
    return before or any(not link.target for link in document.links_in(Span(start, end)))


def counts(document: Document, entry: Entry) -> bool:
    """Whether an entry lists something: not so in news, contents and the like."""
    return entry.section < 0 or document.sections[entry.section].role in _ROLES
