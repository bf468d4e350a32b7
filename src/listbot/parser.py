"""Markdown -> Document. The only importer of markdown_it.

markdown-it-py reads the block structure (lists, tables, quotes, HTML blocks), `inlines` what stands inside. Two steps
keep every offset exact. Blocks are found in a copy of the text with `\\n` line endings, while offsets are taken from
the original, so CRLF and NUL survive. And each line of a leaf's inline text is a *suffix* of its source line, because
indentation, `>` and list marks are prefixes: its place is the end of the line less its length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from listbot import entries, section_roles
from listbot.document import Block, Comment, Definition, Document, Heading, Link, Section
from listbot.html_tags import Attribute, Reader, Tag
from listbot.inlines import Hit, link_destination, normalised_label, scan
from listbot.slugs import Slugger
from listbot.source import Source, Span

_NEWLINES = re.compile(r"\r\n?|\n")
_MARKUP = re.compile(r"[\\`*_\[<&~]")
_PREFIX = re.compile(r"[ \t>]*")
_INDENT = re.compile(r"[ \t]*")
_ROW_PREFIX = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]+[ \t>]*|$))*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED_PIPE = re.compile(r"\\\|")
_HTML_HEADING = re.compile(r"h[1-6]")
_BREAK = re.compile(r"[ \t]*+(?:(?:\r\n?|\n)[ \t>]*+)?+")
_LABELLED = re.compile(r"\[(?:[^\[\]\\]|\\.)*+\]:[ \t]*", re.DOTALL)
_CONTAINERS = {
    "bullet_list": "list",
    "ordered_list": "list",
    "list_item": "item",
    "blockquote": "quote",
    "table": "table",
    "tr": "row",
}
_MAX_NESTING = 40


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable(["table", "strikethrough"])


def parse(source: Source) -> Document:
    """Parse a text. Never raises: every text is Markdown. Takes time linear in the text's size."""
    return _Parser(source).document()


class _Piece(NamedTuple):
    """From `content` (offset in a leaf's inline text) on, source offset = offset + `shift`."""

    content: int
    shift: int


class _Parser:
    """The state of one parse."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.normal = _NEWLINES.sub("\n", source.text).replace("\0", "\ufffd")
        self.html = Reader(source.text, lenient=True)
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.images: list[Link] = []
        self.headings: list[Heading] = []
        self.comments: list[Comment] = []
        self.opaque: list[Span] = []
        self.anchors: set[str] = set()
        self.slugger = Slugger()
        self.definitions: dict[str, Definition] = {}

    def document(self) -> Document:
        environment: dict[str, dict[str, dict[str, object]]] = {}
        tokens: list[Token] = []
        markdown = _markdown()
        markdown.block.parse(self.normal, markdown, environment, tokens)
        for label, found in environment.get("references", {}).items():
            self.definitions[label] = self._definition(label, found)
        self._walk(tokens)
        self.links.sort(key=lambda link: link.span)
        self.images.sort(key=lambda link: link.span)
        sections = _sections([heading for heading in self.headings if not heading.nested], self.source)
        roles = section_roles.roles(sections)
        sections = [section._replace(role=role) for section, role in zip(sections, roles, strict=True)]
        self.anchors.update(heading.slug for heading in self.headings)
        document = Document(
            self.source,
            blocks=self.blocks,
            links=self.links,
            images=self.images,
            headings=self.headings,
            sections=sections,
            comments=self.comments,
            definitions=self.definitions,
            anchors=frozenset(self.anchors),
            opaque=self.opaque,
        )
        document.entries = entries.extract(document)
        return document

    # Blocks ---------------------------------------------------------------------------------------------------------

    def _walk(self, tokens: list[Token]) -> None:
        open_containers: list[int] = []
        leaf, leaf_token = "", tokens[0] if tokens else None
        header_row = False
        column = 0
        for token in tokens:
            kind = token.type
            if kind == "inline" and leaf_token is not None:
                parent = open_containers[-1] if open_containers else -1
                self._leaf(leaf, leaf_token, token, parent, column)
            elif kind in ("paragraph_open", "heading_open"):
                leaf, leaf_token = kind[:-5], token
            elif kind in ("td_open", "th_open"):
                leaf, leaf_token, column = "cell", token, column + 1
            elif kind in ("thead_open", "tbody_open"):
                header_row = kind == "thead_open"
            elif kind.endswith("_open") and kind[:-5] in _CONTAINERS:
                parent = open_containers[-1] if open_containers else -1
                open_containers.append(len(self.blocks))
                self._container(_CONTAINERS[kind[:-5]], token, parent, header_row)
                column = 0
            elif kind.endswith("_close") and kind[:-6] in _CONTAINERS:
                open_containers.pop()
            elif kind in ("html_block", "fence", "code_block", "hr"):
                self._raw(kind, token, open_containers[-1] if open_containers else -1)

    def _lines(self, token: Token) -> tuple[int, int]:
        """The token's lines, 1-based and inclusive, blank lines at the end off."""
        first, last = token.map if token.map else (0, 1)
        last = max(first + 1, min(last, self.source.line_count or 1))
        while last > first + 1 and not self.source.line(last).strip(" \t>\r"):
            last -= 1
        return first + 1, last

    def _container(self, kind: str, token: Token, parent: int, header_row: bool) -> None:
        first, last = self._lines(token)
        whole = self.source.lines_span(first, last)
        prefix = _PREFIX.match(self.source.text, whole.start, whole.end)
        start = prefix.end() if prefix and kind != "quote" else whole.start
        level = int(token.info) if kind == "item" and token.info.isdigit() else int(kind == "row" and header_row)
        self.blocks.append(
            Block(kind, parent, Span(start, max(start, whole.end)), first, last, level, token.markup, "")
        )

    def _raw(self, kind: str, token: Token, parent: int) -> None:
        first, last = self._lines(token)
        span = self.source.lines_span(first, last)
        name = {"html_block": "html", "fence": "code", "code_block": "code", "hr": "rule"}[kind]
        self.blocks.append(Block(name, parent, span, first, last, 0, token.markup, token.content))
        if name == "code":
            self.opaque.append(span)
        elif name == "html":
            self.opaque.append(span)
            tags = self.html.tags(span.start, span.end)
            self._take_tags(tags)
            self._html_headings(tags, nested=parent >= 0)

    def _leaf(self, kind: str, token: Token, inline: Token, parent: int, column: int) -> None:
        lines = inline.map or token.map or [0, 1]
        content = inline.content
        if kind == "cell":
            pieces = self._cell_pieces(lines[0] + 1, column, parent)
        elif kind == "heading" and token.markup.startswith("#"):
            pieces = self._heading_pieces(lines[0] + 1, content)
        else:
            pieces = self._line_pieces(lines[0] + 1, content)
        place = _Place(pieces, joins_lines=kind != "cell")
        end = place.offset(len(content) - 1) + 1 if content else place.offset(0)
        span = Span(place.offset(0), max(end, place.offset(0)))
        first = lines[0] + 1
        last = first + content.count("\n")
        level = int(token.tag[1]) if kind == "heading" else 0
        if kind == "heading":
            last = max(last, (token.map or lines)[1])
            text = self._rendered(content)
            outer = self.source.lines_span(first, last)
            self.headings.append(
                Heading(outer, level, text, self.slugger.unique(text), first, last, False, parent >= 0)
            )
        self.blocks.append(Block(kind, parent, span, first, last, level, token.markup, content))
        self._inlines(content, place)

    def _rendered(self, content: str) -> str:
        """A heading as a reader sees it: marks, images and tags gone, escapes and entities resolved."""
        if not _MARKUP.search(content):
            return content
        references = {label: {"title": "", "href": definition.target} for label, definition in self.definitions.items()}
        inline = _markdown().parseInline(content, {"references": references})[0]
        return "".join(
            " " if child.type in ("softbreak", "hardbreak") else child.content
            for child in inline.children or ()
            if child.type in ("text", "text_special", "code_inline", "softbreak", "hardbreak")
        )

    # Where inline text stands in the source -------------------------------------------------------------------------

    def _line_pieces(self, first: int, content: str) -> list[_Piece]:
        pieces: list[_Piece] = []
        offset = 0
        lines = content.split("\n")
        # markdown-it strips a leaf of every Unicode blank, so a line of no-break spaces at its start is gone
        opening = lines[0].rstrip()
        while first < self.source.line_count and not self._line_ends_with(first, opening):
            first += 1
        for index, text in enumerate(lines):
            span = self.source.line_span(first + index)
            end = span.end
            if index == len(lines) - 1:
                end = span.start + len(self.source[span].rstrip())
            pieces.append(_Piece(offset, end - len(text) - offset))
            offset += len(text) + 1
        return pieces

    def _line_ends_with(self, line: int, text: str) -> bool:
        written = self.source.line(line).rstrip()
        return written.endswith(_as_written(text, written))

    def _heading_pieces(self, line: int, content: str) -> list[_Piece]:
        span = self.source.line_span(line)
        text = self.source[span]
        at = text.find("#")
        while text.startswith("#", at):
            at += 1
        while at < len(text) and text[at].isspace():
            at += 1
        at = text.find(_as_written(content, text), at) if content else at
        return [_Piece(0, span.start + max(at, 0))]

    def _cell_pieces(self, line: int, column: int, row: int) -> list[_Piece]:
        """A row's text is cut at every `|` that no backslash precedes; in a cell, `\\|` has become `|`."""
        span = self.source.line_span(line)
        text = self.source[span]
        prefix = self._row_prefix(line, row).match(text)
        start = prefix.end() if prefix else 0
        cells = _cells(text, start)
        if not cells or column > len(cells):
            return [_Piece(0, span.end)]
        cell_start, cell_end = cells[column - 1]
        raw = text[cell_start:cell_end]
        at = span.start + cell_start + len(raw) - len(raw.lstrip())
        pieces = [_Piece(0, at)]
        for escapes, pipe in enumerate(_ESCAPED_PIPE.finditer(raw.strip())):
            pieces.append(_Piece(pipe.start() - escapes, at + escapes + 1))
        return pieces

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

    def _inlines(self, content: str, place: _Place) -> None:
        found = scan(content, self.definitions)
        if not (found.hits or found.codes or found.tags):
            return
        self.opaque.extend(place.span(code) for code in found.codes)
        image_starts = [hit.span for hit in found.hits if hit.image]
        for hit in found.hits:
            self._take_hit(hit, content, place, image_starts)
        if found.tags:
            tags = [_placed(tag, place) for tag in found.tags]
            self.opaque.extend(tag.span for tag in tags)
            self._take_tags(tags)

    def _take_hit(self, hit: Hit, content: str, place: _Place, images: list[Span]) -> None:
        span, label = place.span(hit.span), place.span(hit.label)
        if hit.destination is None:
            definition = self.definitions[hit.reference or ""]
            destination = definition.destination or Span(span.end, span.end)
            url, target = definition.url, definition.target
        else:
            destination = place.span(hit.destination)
            url = self.source[destination]
            written = content[hit.destination.start : hit.destination.end]
            target = _entities(written) if hit.kind in ("autolink", "bare") else _resolved(written)
        badge = bool(images) and not hit.image and _only_images(content, hit.label, images)
        link = Link(hit.kind, span, destination, label, url, target, hit.image, badge)
        (self.images if hit.image else self.links).append(link)

    def _take_tags(self, tags: list[Tag]) -> None:
        """Links, images, anchors and comments of raw HTML."""
        text = self.source.text
        for index, tag in enumerate(tags):
            if tag.name == "!--":
                self.comments.append(Comment(tag.span, text[tag.span.start + 4 : tag.span.end - 3].strip()))
            if tag.closing or not tag.attributes:
                continue
            for name in ("id", "name"):
                anchor = tag.get(name)
                if anchor is not None and anchor.value:
                    self.anchors.add(_entities(anchor.value))
            wanted = {"a": "href", "img": "src"}.get(tag.name)
            attribute = tag.get(wanted) if wanted else None
            if attribute is not None:
                self._take_html_link(tag, attribute, tags[index + 1 :] if tag.name == "a" else [])

    def _take_html_link(self, tag: Tag, attribute: Attribute, following: list[Tag]) -> None:
        label = Span(tag.span.end, tag.span.end)
        badge = False
        if tag.name == "a":
            closing = next((t for t in following if t.name == "a"), None)
            if closing is not None and closing.closing:
                label = Span(tag.span.end, closing.span.start)
                shown = re.sub(r"<[^<>]*+>", "", self.source[label]).strip()
                badge = not shown and "<img" in self.source[label].lower()
        url = self.source[attribute.span]
        target = _entities(attribute.value).strip()
        link = Link("html", tag.span, attribute.span, label, url, target, tag.name == "img", badge)
        (self.images if link.image else self.links).append(link)

    def _html_headings(self, tags: list[Tag], nested: bool) -> None:
        for index, tag in enumerate(tags):
            if tag.closing or not _HTML_HEADING.fullmatch(tag.name):
                continue
            closing = next((t for t in tags[index + 1 :] if t.name == tag.name and t.closing), None)
            if closing is None:
                continue
            inner = self.source.text[tag.span.end : closing.span.start]
            text = _entities(re.sub(r"<[^<>]*+>", "", inner))
            span = Span(tag.span.start, closing.span.end)
            first, last = self.source.line_of(span.start), self.source.line_of(span.end - 1)
            shown = " ".join(text.split())
            self.headings.append(
                Heading(span, int(tag.name[1]), shown, self.slugger.unique(text), first, last, True, nested)
            )

    def _definition(self, label: str, found: Mapping[str, object]) -> Definition:
        lines = found.get("map")
        first, last = (int(lines[0]), int(lines[1])) if isinstance(lines, list) else (0, 1)
        span = self.source.lines_span(first + 1, max(first + 1, min(last, self.source.line_count)))
        text = self.source[span]
        for opening in _LABELLED.finditer(text):
            if normalised_label(opening[0].rstrip()[1:-2]) != label:
                continue
            start = _skip_break(text, opening.end())
            read = link_destination(text, start)
            if read is not None:
                destination = Span(span.start + read[0].start, span.start + read[0].end)
                url = self.source[destination]
                return Definition(label, destination, url, _resolved(url), first + 1)
        url = str(found.get("href", ""))
        return Definition(label, None, url, url, first + 1)


class _Place:
    """Translates offsets in a leaf's inline text to offsets in the source.

    A new piece begins after a line break (`joins_lines`), or, in a cell, after the backslash of an escaped pipe.
    """

    __slots__ = ("pieces", "single", "starts")

    def __init__(self, pieces: list[_Piece], joins_lines: bool) -> None:
        self.pieces = pieces
        self.single = pieces[0].shift if len(pieces) == 1 else None
        self.starts: Set[int] = (
            {piece.content for piece in pieces} if joins_lines and self.single is None else frozenset()
        )

    def offset(self, content: int) -> int:
        if self.single is not None:
            return content + self.single
        low, high = 0, len(self.pieces)
        while low < high - 1:
            middle = (low + high) // 2
            if self.pieces[middle].content <= content:
                low = middle
            else:
                high = middle
        return content + self.pieces[low].shift

    def span(self, span: Span) -> Span:
        start = self.offset(span.start)
        if span.end == span.start:
            return Span(start, start)
        end = self.offset(span.end - 1) + 1
        if span.end in self.starts:
            end = self.offset(span.end)  # what ends with a line break ends where the next line begins
        return Span(start, end)


def _placed(tag: Tag, place: _Place) -> Tag:
    attributes = tuple(Attribute(a.name, a.value, place.span(a.span)) for a in tag.attributes)
    return Tag(tag.name, place.span(tag.span), tag.closing, attributes)


def _cells(text: str, start: int) -> list[tuple[int, int]]:
    """The cells of a table row as (start, end) offsets in the line, as markdown-it cuts them."""
    end = len(text.rstrip())
    cuts = [i for i in range(start, end) if text[i] == "|" and not (i > start and text[i - 1] == "\\")]
    bounds = [start, *[cut + 1 for cut in cuts]]
    ends = [*cuts, end]
    cells = list(zip(bounds, ends, strict=True))
    if cells and not text[cells[0][0] : cells[0][1]].strip() and cuts:
        cells = cells[1:]
    if cells and not text[cells[-1][0] : cells[-1][1]].strip():
        cells = cells[:-1]
    return cells


def _only_images(content: str, label: Span, images: list[Span]) -> bool:
    inside = [span for span in images if label.start <= span.start and span.end <= label.end]
    if not inside:
        return False
    left, position = [], label.start
    for span in inside:
        left.append(content[position : span.start])
        position = span.end
    left.append(content[position : label.end])
    return not "".join(left).strip()


def _as_written(content: str, line: str) -> str:
    """`content` with the NULs that markdown-it sees as replacement characters."""
    return content.replace("\ufffd", "\0") if "\0" in line else content


def _skip_break(text: str, position: int) -> int:
    blank = _BREAK.match(text, position)
    return blank.end() if blank else position


def _resolved(url: str) -> str:
    """Backslash escapes and entities of a Markdown destination resolved, blanks around it off."""
    if "\\" in url:
        url = _ESCAPED.sub(r"\1", url)
    return _entities(url).strip()


def _entities(text: str) -> str:
    if "&" not in text or ";" not in text:
        return text
    from html import unescape  # its table of 2,231 names is worth loading only for texts that use one

    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


def _sections(headings: list[Heading], source: Source) -> list[Section]:
    sections: list[Section] = []
    open_sections: list[int] = []
    spans: list[list[int]] = []
    for heading in headings:
        while open_sections and sections[open_sections[-1]].heading.level >= heading.level:
            spans[open_sections.pop()] = [heading.span.start, heading.first - 1]
        parent = open_sections[-1] if open_sections else -1
        open_sections.append(len(sections))
        sections.append(Section(heading, parent, heading.span, heading.last, "body"))
        spans.append([len(source.text), source.line_count])
    return [
        section._replace(span=Span(section.heading.span.start, end), last=last)
        for section, (end, last) in zip(sections, spans, strict=True)
    ]
