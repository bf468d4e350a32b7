"""Markdown -> Document.

`block_rules` reads the block structure (lists, tables, quotes, HTML blocks), `inlines` what stands inside a block, and
`places` translates offsets. Blocks are found in a copy of the text with `\\n` line endings, while offsets are taken
from the original, so CRLF and NUL survive.
"""

from __future__ import annotations

import gc
import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager

from listbot import definitions, entries, escapes, places, raw_html, section_roles, sections
from listbot.block_rules import Token, block_tokens
from listbot.document import Block, Comment, Definition, Document, Entry, Heading, Link, Section
from listbot.html_tags import Attribute, Reader, Tag
from listbot.inlines import Inlines, scan
from listbot.places import Place
from listbot.plain_text import plain_text
from listbot.slugs import Slugger
from listbot.source import Source, Span, record

_NEWLINES = re.compile(r"\r\n?")
_BLANKS = " \t>\r"
_PREFIX = re.compile(r"[ \t>]*")
_INDENT = re.compile(r"[ \t]*")
_ROW_PREFIX = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]+[ \t>]*|$))*")
_CONTAINERS = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "table_open": "table",
    "tr_open": "row",
}
_LEAVES = {"paragraph_open": "paragraph", "heading_open": "heading"}
_RAW = {"html_block": "html", "fence": "code", "code_block": "code", "hr": "rule"}


def parse(source: Source) -> Document:
    """Parse a text. Never raises: every text is Markdown. Takes time linear in the text's size.

    Entries are read when `Document.entries` is asked for.
    """
    with _without_collector():
        return _Parser(source).document()


@contextmanager
def _without_collector() -> Iterator[None]:
    """A parse makes many records and no cycles, so the cycle collector finds nothing: a tenth of the time for one list,
    a fifth for many. At the end the records count as old, or the next collection would walk through all of them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:  # else somebody keeps objects frozen, and unfreezing ours would free theirs
            gc.freeze()
            gc.unfreeze()
        if was_enabled:
            gc.enable()


def _entries(document: Document) -> list[Entry]:
    with _without_collector():
        return entries.extract(document)


class _Parser:
    """The state of one parse."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.html = Reader(source.text, lenient=True)
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.images: list[Link] = []
        self.headings: list[Heading] = []
        self.comments: list[Comment] = []
        self.opaque: list[Span] = []
        self.named_places: dict[str, int] = {}
        self.slugger = Slugger()
        self.definitions: dict[str, Definition] = {}
        self.cells: list[Place] = []
        """The places of the cells of the row that is being read."""
        self.prefix_line = self.prefix_end = 0
        """The line of the last container, and where what stands before it ends."""

    def document(self) -> Document:
        tokens, references = block_tokens(_NEWLINES.sub("\n", self.source.text).replace("\0", "\ufffd"))
        for label, found in references.items():
            self.definitions[label] = definitions.located(self.source, label, found)
        self._walk(tokens)
        self.links.sort(key=_place_of)
        self.images.sort(key=_place_of)
        nested = sections.nested([heading for heading in self.headings if not heading.nested], self.source)
        roles = section_roles.roles(nested)
        return Document(
            self.source,
            blocks=self.blocks,
            links=self.links,
            images=self.images,
            headings=self.headings,
            sections=[record(Section, (*section[:4], role)) for section, role in zip(nested, roles, strict=True)],
            comments=self.comments,
            definitions=self.definitions,
            anchors=frozenset([*self.named_places, *(heading.slug for heading in self.headings)]),
            named_places=self.named_places,
            opaque=self.opaque,
            read_entries=_entries,
        )

    # Blocks ---------------------------------------------------------------------------------------------------------

    def _walk(self, tokens: list[Token]) -> None:
        owners = [-1]
        """The block that owns what stands at a level; `parent` is the owner of the leaf that is open."""
        leaf, opening, parent = "cell", Token("", "", 0), -1
        column = 0
        header_row = False
        tokens.reverse()
        while tokens:  # they take as much memory as all else: what is made of them takes their place
            token = tokens.pop()
            kind = token.type
            container = _CONTAINERS.get(kind)
            if container is not None:
                level = token.level
                del owners[level + 1 :]
                owners.append(len(self.blocks))
                self._container(container, token, owners[level], header_row)
                if kind == "tr_open":
                    leaf, opening, parent, column = "cell", token, owners[-1], 0
                    line = self.blocks[-1].first
                    self.cells = places.of_cells(self.source, line, self._row_prefix(line, parent))
            elif kind == "paragraph" or kind == "heading":
                self._leaf(kind, token, token, owners[token.level], 0)
            elif kind == "inline":
                self._leaf(leaf, opening, token, parent, column)
                column += 1
            elif kind in _LEAVES:
                leaf, opening, parent = _LEAVES[kind], token, owners[token.level]
            elif kind in _RAW:
                self._raw(_RAW[kind], token, owners[token.level])
            else:  # parts of a table, which own nothing themselves
                header_row = kind == "thead_open"
                del owners[token.level + 1 :]
                owners.append(owners[token.level])

    def _lines(self, token: Token) -> tuple[int, int, Span]:
        """The token's lines, 1-based and inclusive, blank lines at the end off, and their span."""
        source = self.source
        begin, end = token.map or (0, 1)
        first = begin + 1
        last = end if end < source.line_count else source.line_count
        while last > first and not source.line(last).strip(_BLANKS):
            last -= 1
        last = last if last > first else first
        return first, last, source.lines_span(first, last)

    def _container(self, kind: str, token: Token, parent: int, header_row: bool) -> None:
        first, last, span = self._lines(token)
        if kind != "quote":
            if first != self.prefix_line:  # containers that nest on a line share what stands before them
                self.prefix_line, self.prefix_end = first, span.start
                if self.source.text[span.start : span.start + 1] in _BLANKS:
                    prefix = _PREFIX.match(self.source.text, *span)
                    self.prefix_end = prefix.end() if prefix else span.start
            span = record(Span, (self.prefix_end, span.end))
        level = 0
        if kind == "row":
            level = int(header_row)
        elif kind == "item" and token.info.isdigit():
            level = int(token.info)
        self.blocks.append(record(Block, (kind, parent, span, first, last, level, token.markup, "")))

    def _raw(self, kind: str, token: Token, parent: int) -> None:
        first, last, span = self._lines(token)
        self.blocks.append(Block(kind, parent, span, first, last, 0, token.markup, token.content))
        if kind == "rule":
            return
        self.opaque.append(span)
        if kind == "html":
            tags = self.html.tags(span.start, span.end)
            self._take_tags(tags)
            for heading in raw_html.headings(self.source, tags):
                lines = self.source.line_of(heading.span.start), self.source.line_of(heading.span.end - 1)
                slug, shown = self.slugger.unique(heading.text), " ".join(heading.text.split())
                self.headings.append(Heading(heading.span, heading.level, shown, slug, *lines, True, parent >= 0))

    def _leaf(self, kind: str, opening: Token, inline: Token, parent: int, column: int) -> None:
        content = inline.content
        first = inline.map[0] + 1 if inline.map else 1
        last = first + content.count("\n")
        level = 0
        if kind == "paragraph":
            place = places.of_lines(self.source, first, content)
        elif kind == "cell":
            place = self.cells[column] if column < len(self.cells) else Place(self.source.line_span(first).end)
        else:
            level = int(opening.tag[1])
            last = max(last, opening.map[1] if opening.map else last)
            self._take_heading(level, content, first, last, nested=parent >= 0)
            of_heading = places.of_heading if opening.markup.startswith("#") else places.of_lines
            place = of_heading(self.source, first, content)
        span = place.whole(len(content))
        self.blocks.append(record(Block, (kind, parent, span, first, last, level, opening.markup, content)))
        found = scan(content, self.definitions)
        if found.hits:
            self._take_hits(found, content, place)
        if found.codes:
            self.opaque.extend(map(place.span, found.codes))
        if found.tags:
            tags = [_placed(tag, place) for tag in found.tags]
            self.opaque.extend(tag.span for tag in tags)
            self._take_tags(tags)

    def _take_heading(self, level: int, content: str, first: int, last: int, nested: bool) -> None:
        text = plain_text(content, self.definitions)
        span = self.source.lines_span(first, last)
        slug = self.slugger.unique(text)
        self.headings.append(record(Heading, (span, level, text, slug, first, last, False, nested)))

    # Tables ---------------------------------------------------------------------------------------------------------

    def _row_prefix(self, line: int, row: int) -> re.Pattern[str]:
        """What may stand before a row's first cell: the marks of the containers that it lies in, and no others."""
        quoted = False
        while row >= 0:
            block = self.blocks[row]
            if block.kind == "item" and block.first == line:
                return _ROW_PREFIX
            quoted = quoted or block.kind == "quote"
            row = block.parent
        return _PREFIX if quoted else _INDENT

    # Inline text ----------------------------------------------------------------------------------------------------

    def _take_hits(self, found: Inlines, content: str, place: Place) -> None:
        text = self.source.text
        images = [hit.span for hit in found.hits if hit.image]
        for kind, image, whole, inner, written, reference in found.hits:
            span, label = place.span(whole), place.span(inner)
            if written is None:
                definition = self.definitions[reference or ""]
                destination = definition.destination or Span(span.end, span.end)
                url, target = definition.url, definition.target
            else:
                destination = place.span(written)
                url = text[destination.start : destination.end]
                target = content[written.start : written.end]
                target = escapes.destination(target) if kind == "inline" else escapes.entities(target)
                target = url if target == url else target  # nearly always: one string less for each link
            badge = bool(images) and not image and _only_images(content, inner, images)
            link = record(Link, (kind, span, destination, label, url, target, image, badge))
            (self.images if image else self.links).append(link)

    def _take_tags(self, tags: list[Tag]) -> None:
        for link in raw_html.links(self.source, tags):
            (self.images if link.image else self.links).append(link)
        self.comments.extend(raw_html.comments(self.source, tags))
        for anchor, place in raw_html.anchors(tags):
            self.named_places.setdefault(anchor, place)


def _placed(tag: Tag, place: Place) -> Tag:
    attributes = tuple(Attribute(a.name, a.value, place.span(a.span)) for a in tag.attributes)
    return Tag(tag.name, place.span(tag.span), tag.closing, attributes)


def _only_images(content: str, label: Span, images: list[Span]) -> bool:
    """Whether a label shows images and nothing else."""
    position, blank = label.start, False
    for index in range(bisect_left(images, Span(label.start, 0)), len(images)):
        image = images[index]
        if image.end > label.end or content[position : image.start].strip():
            break
        position, blank = image.end, not content[image.end : label.end].strip()
    return blank


def _place_of(link: Link) -> Span:
    return link.span
