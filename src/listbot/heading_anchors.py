"""Which heading an anchor leads to: its own, or one that an author put into it or beside it.

GitHub gives each heading an anchor; many lists name places of their own, so that links outlive a new wording:
`<h2 id="tools">`, `## <a name="tools"></a>Tools`, the same tag on the line above, or on the line below.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from listbot.document import Document

_UNSEEN = re.compile(r"<!--.*?-->|<[^<>]*+>|&nbsp;|^[ \t]*(?:[-*_][ \t]*){3,}$|\s+", re.DOTALL | re.MULTILINE)
"""What may stand between an anchor and its heading: tags, comments, rules and blanks."""
_NEAR = 400
"""No further apart, in characters."""


class HeadingAnchors(NamedTuple):
    """Headings are told by their index in `Document.headings`."""

    headings: Mapping[str, int]
    """The heading that a fragment leads to."""
    own: Mapping[int, str]
    """The anchor that an author gave a heading, where it is not the one that GitHub gives it, too."""

    def of(self, document: Document, number: int) -> str:
        """The anchor to write for a heading: the author's own, else GitHub's."""
        return self.own.get(number, document.headings[number].slug)


def read(document: Document) -> HeadingAnchors:
    """The anchors of all headings."""
    found = {heading.slug: number for number, heading in reversed(list(enumerate(document.headings)))}
    own: dict[int, str] = {}
    starts = [heading.span.start for heading in document.headings]
    for anchor, place in document.named_places.items():
        number = None if anchor in found else _heading_at(document, starts, place)
        if number is not None:
            found[anchor] = number
            own.setdefault(number, anchor)
    return HeadingAnchors(found, own)


def _heading_at(document: Document, starts: list[int], place: int) -> int | None:
    """The heading that holds a place, else the next with nothing to read between, else the one before likewise."""
    following = bisect_right(starts, place)
    before = document.headings[following - 1].span if following else None
    if before is not None and place < before.end:
        return following - 1
    if following < len(starts) and _is_unseen(document, place, starts[following]):
        return following
    return following - 1 if before is not None and _is_unseen(document, before.end, place) else None


def _is_unseen(document: Document, start: int, end: int) -> bool:
    return end - start <= _NEAR and not _UNSEEN.sub("", document.source.text[start:end])
