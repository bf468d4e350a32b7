"""Lines that were meant for headings, told by the links that lead nowhere for want of them.

`##Tools` and a bold `**Tools**` are no headings; where a link asks for `#tools`, and nothing has that anchor, it is the
line that is wrong, and the link is right once the line is mended.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from listbot.contents_table import fragment_of
from listbot.document import Block, Document
from listbot.plain_text import plain_text
from listbot.slugs import Slugger
from listbot.source import Span

_HASHES = re.compile(r"[#＃]{1,6}[\s\u00a0\u3000]*+(?P<text>[^\r\n]*+)")
_LONGEST = 200
"""No heading is longer, in characters."""


class LostHeading(NamedTuple):
    """What a line would be the heading of."""

    anchor: str
    links: tuple[Span, ...]
    """The targets of the links that ask for it, in the order of the text."""
    hashes: bool
    """Whether it begins with hashes."""


@lru_cache(maxsize=1)
def read(document: Document) -> Mapping[int, LostHeading]:
    """By line of the text; the first one of several lines that would serve."""
    asked: dict[str, list[Span]] = defaultdict(list)
    there = {anchor.casefold() for anchor in document.anchors}
    for link in document.links:
        if link.target.startswith("#") and len(link.target) > 1:
            fragment = fragment_of(link).casefold()
            if fragment not in there:
                asked[fragment].append(link.destination)
    if not asked:
        return {}
    slugger = Slugger()
    for heading in document.headings:
        slugger.unique(heading.text)
    found = {}
    for number, text, hashes in _candidates(document):
        anchor = slugger.unique(plain_text(text, document.definitions).strip())
        if anchor in asked:
            found[number] = LostHeading(anchor, tuple(asked[anchor]), hashes)
    return found


def _candidates(document: Document) -> Iterator[tuple[int, str, bool]]:
    """The lines that may have been meant for headings, what they would say, and whether that stands behind hashes.

    Other lines stand alone and have no links.
    """
    for block in document.blocks:
        if block.kind != "paragraph":
            continue
        for number in range(block.first, block.last + 1):
            line = document.source.line(number).strip()
            hashes = _HASHES.match(line)
            text = hashes["text"].rstrip("# ") if hashes is not None else line
            if len(text) <= _LONGEST and (hashes is not None or _is_alone(document, block)):
                yield number, text, hashes is not None


def _is_alone(document: Document, block: Block) -> bool:
    return block.parent < 0 and block.first == block.last and not document.links_in(block.span)
