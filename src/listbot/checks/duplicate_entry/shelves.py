"""Where an entry stands for a reader: below its heading, and below what divides a section without being a heading.

Lists divide their sections with lines of quotation or in bold above each list, with folds (`<details>`) that have a
name, and with headings inside of items (`- ### Tools`). A work on two such shelves is in two places, as it is in two
sections. An item of plain text divides nothing: what stands twice in one list is most often a slip, whatever group it
is in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from listbot import dates
from listbot.document import Block, Document, Entry
from listbot.section_roles import RELATED

_LONGEST_NAME = 8
"""Words. Longer lines say something."""
_SENTENCE = (".", "!", "?", "。")
_FEWEST_CAPTIONS = 3
"""So many lines of one form above lists divide them; fewer may be notes."""
_NESTED = 2
"""Items around the line of one that stands below another."""
_FEWEST_FOLDS = 2
"""One fold hides what would be too long; several with names of their own divide."""
_BELOW_CAPTION = frozenset({"list", "table", "html"})
_BOLD = re.compile(r"(\*\*|__)(?P<name>[^*_\n]+)\1:?")
_TAG = re.compile(r"<[^<>]*>")
_FOLD = re.compile(r"\s*</?(?:details|summary)\b", re.IGNORECASE)
_FOLDED = re.compile(r"<summary\b[^<>]*>(?P<name>.{0,200}?)</summary>|(?P<end></details>)", re.IGNORECASE | re.DOTALL)
_OTHER_LIST = re.compile(r"(?<![a-z])(?:awesome|lists?)(?![a-z])", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


class Shelf(NamedTuple):
    """What divides a section: the offset where it begins, and what it is called."""

    start: int
    name: str


class Place(NamedTuple):
    """Where an entry stands: its section, and the shelf of each kind in it."""

    section: int
    shelves: tuple[Shelf, ...]

    @property
    def shelf(self) -> Shelf | None:
        """The innermost shelf."""
        return max(self.shelves, default=None)


class Shelves:
    """The shelves of a document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._block_starts = [block.span.start for block in document.blocks]
        self._captions = list(_captions(document))
        self._folds = list(_folds(document))

    def place(self, entry: Entry) -> Place:
        start = entry.span.start
        found = (_last(self._captions, start), _last(self._folds, start), self._headed(start))
        section = self._section(entry)
        opened = self._document.sections[section].span.start if section >= 0 else 0
        return Place(section, tuple(shelf for shelf in found if shelf is not None and shelf.start >= opened))

    def name(self, place: Place) -> str:
        """What the place is called; empty before the first heading."""
        if place.shelf is not None:
            return place.shelf.name
        return self._document.sections[place.section].heading.text if place.section >= 0 else ""

    def is_among_lists(self, entry: Entry) -> bool:
        """Whether an entry is another list, and stands among such."""
        if entry.primary is None or entry.section < 0 or self._document.sections[entry.section].role != RELATED:
            return False
        return _OTHER_LIST.search(f"{entry.title} {entry.primary.link.target}") is not None

    def are_apart(self, first: Entry, again: Entry) -> bool:
        """Whether two entries stand below two others, each of which has it for its own: a client of two servers."""
        above, other = self._above(first), self._above(again)
        return above is not None and other is not None and above != other

    def _above(self, entry: Entry) -> Entry | None:
        """The entry with a link in whose list of its own an entry is an item: a client below its server."""
        blocks = self._document.blocks
        around = self._around(bisect_right(self._block_starts, entry.span.start) - 1)
        items = [blocks[index].span.start for index in around if blocks[index].kind == "item"]
        if entry.kind != "item" or len(items) < _NESTED:
            return None
        above = self._document.entry_at(items[1])
        return above if above is not None and above.primary is not None and above.span.start == items[1] else None

    def _section(self, entry: Entry) -> int:
        """The section that lists an entry; for a heading that is the title of one, the section above its own."""
        if entry.kind == "heading" and entry.section >= 0:
            own = self._document.sections[entry.section]
            return own.parent if own.span.start >= entry.span.start else entry.section
        return entry.section

    def _headed(self, start: int) -> Shelf | None:
        """The innermost item that begins with a heading, in whose list an entry is an item."""
        blocks = self._document.blocks
        found = bisect_right(self._block_starts, start) - 1
        own = next((index for index in self._around(found) if blocks[index].kind == "item"), -1)
        for index in self._around(blocks[own].parent if own >= 0 else -1):
            if blocks[index].kind == "item" and blocks[index + 1].kind == "heading":
                return Shelf(blocks[index].span.start, _plain(blocks[index + 1].text))
        return None

    def _around(self, index: int) -> Iterator[int]:
        """A block and those that hold it, the innermost first."""
        while index >= 0:
            yield index
            index = self._document.blocks[index].parent


def _is_name(text: str) -> bool:
    """Whether a line names a part of a section, and says nothing; a year divides a list, and a work has only one."""
    if not 0 < len(text.split()) <= _LONGEST_NAME or text.endswith(_SENTENCE) or dates.find(text) is not None:
        return False
    return any(character.isalpha() for character in _YEAR.sub("", text))


def _plain(text: str) -> str:
    return _TAG.sub("", text).strip(" \t\r\n*_#:：")


def _last(shelves: Sequence[tuple[int, Shelf | None]], offset: int) -> Shelf | None:
    """What has begun last before an offset."""
    index = bisect_right(shelves, offset, key=lambda shelf: shelf[0]) - 1
    return shelves[index][1] if index >= 0 else None


def _captions(document: Document) -> Iterator[tuple[int, Shelf | None]]:
    """Lines of quotation or in bold above a list, where the document has several of the form."""
    top = [(index, block) for index, block in enumerate(document.blocks) if block.parent < 0]
    titles = {entry.span.start for entry in document.entries}
    found = []
    for (index, line), (_, following) in pairwise(top):
        name = _caption(document, index) if following.kind in _BELOW_CAPTION else ""
        if _is_name(name) and not document.links_in(line.span) and line.span.start not in titles:
            found.append((line.kind, Shelf(line.span.start, name)))
    forms = Counter(kind for kind, _ in found)
    return ((shelf.start, shelf) for kind, shelf in found if forms[kind] >= _FEWEST_CAPTIONS)


def _caption(document: Document, index: int) -> str:
    """What a line of quotation, or one in bold, says; empty for other blocks."""
    block = document.blocks[index]
    if block.first != block.last:
        return ""
    if block.kind == "quote":
        inside: Block = document.blocks[index + 1]
        return _plain(inside.text) if inside.kind == "paragraph" else ""
    bold = _BOLD.fullmatch(block.text.strip()) if block.kind == "paragraph" else None
    return _plain(bold["name"]) if bold is not None else ""


def _folds(document: Document) -> Iterator[tuple[int, Shelf | None]]:
    """From where on which fold is open, and None where all are shut."""
    found = [
        (block.span.start + match.start(), None if match["end"] else _plain(match["name"]))
        for block in document.blocks
        if block.kind == "html" and block.parent < 0 and _FOLD.match(block.text)
        for match in _FOLDED.finditer(block.text)
    ]
    names = Counter(name for _, name in found)
    dividing = {name for name, count in names.items() if name and count == 1 and _is_name(name)}
    if len(dividing) < _FEWEST_FOLDS:
        return
    opened: list[Shelf | None] = []
    for start, name in found:
        if name is not None:
            opened.append(Shelf(start, name) if name in dividing else opened[-1] if opened else None)
        elif opened:
            opened.pop()
        yield start, opened[-1] if opened else None
