"""What a list is made of: sections, entries, links. Frozen records without behaviour of their own.

All spans are offsets into `Document.source.text`; all lines are 1-based and inclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from listbot.source import Source, Span

LEAF_KINDS = frozenset({"paragraph", "heading", "cell"})
"""Kinds of block that hold inline text."""

ROLES = (
    "paper",
    "pdf",
    "code",
    "project",
    "data",
    "model",
    "video",
    "slides",
    "blog",
    "demo",
    "docs",
    "source",
    "badge",
    "image",
    "other",
)
"""What a link can be to its entry."""


class Link(NamedTuple):
    """One link or image as it stands in the text."""

    kind: str
    """`inline`, `reference`, `autolink`, `bare` or `html`."""
    span: Span
    """The whole construct: `[text](url "title")`, `<url>`, the bare URL, or the opening HTML tag."""
    destination: Span
    """The URL as written, without pointed brackets or quotes; for a reference, inside the definition."""
    label: Span
    """What a reader sees: the text between the brackets; the URL itself for autolinks and bare URLs."""
    url: str
    """The URL as written: `source[destination]`."""
    target: str
    """The URL that a browser asks for: backslash escapes and entities resolved, blanks around it off."""
    image: bool
    """An image (`![…](…)` or `<img>`), and not a link."""
    badge: bool
    """A link that shows nothing but an image."""


class Comment(NamedTuple):
    """An HTML comment. `text` is what stands between `<!--` and `-->`, blanks around it off."""

    span: Span
    text: str


class Definition(NamedTuple):
    """A link reference definition, `[label]: url`. `destination` is None where its place was not found."""

    label: str
    destination: Span | None
    url: str
    target: str
    line: int


class Block(NamedTuple):
    """One node of the Markdown block structure, in the order of the text."""

    kind: str
    """Containers: `list`, `item`, `quote`, `table`, `row`. Leaves: `paragraph`, `heading`, `cell`, `html`, `code`,
    `rule`."""
    parent: int
    """Index of the containing block in `Document.blocks`, or -1."""
    span: Span
    """From the first to the last character, container marks of the first line (`- `, `> `) included for containers
    and excluded for the inline text of leaves."""
    first: int
    last: int
    level: int
    """A heading's level, an item's number (0 for bullets), 1 for a table's header row; else 0."""
    mark: str
    """What the author typed: `-`, `*`, `+`, `.` or `)` for items, `#`, `=` or `-` for headings, fences for code."""
    text: str
    """The inline text of a leaf, container prefixes taken off and lines joined by `\\n`; raw text of `html`."""


class Heading(NamedTuple):
    """A heading, written in Markdown or HTML. `slug` is the anchor that GitHub gives it (without `#`)."""

    span: Span
    level: int
    text: str
    slug: str
    first: int
    last: int
    html: bool
    nested: bool
    """Inside a quote or a list: has an anchor, but opens no section."""


class Section(NamedTuple):
    """A heading and everything up to the next heading of its level or above."""

    heading: Heading
    parent: int
    """Index of the enclosing section in `Document.sections`, or -1."""
    span: Span
    last: int
    """The last line, subsections included."""
    role: str
    """`body`, or what its entries are not: `contents`, `news`, `contributing`, `license`, `related`."""


class EntryLink(NamedTuple):
    """A link of an entry, with what it is to the entry."""

    link: Link
    label: str
    """What the reader sees, markup taken off: `pdf`, `Code`, the title itself; empty for bare URLs and badges."""
    role: str
    """One of `ROLES`, by the label first, else by the target."""


class PartSpans(NamedTuple):
    """Where the parts of an entry stand. None, or empty, where the part is absent."""

    title: Span | None = None
    authors: Span | None = None
    venue: Span | None = None
    year: Span | None = None
    notes: Span | None = None
    tags: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()


class Entry(NamedTuple):
    """One thing that the list lists: an item, a table row, a paragraph. What the text does not say is None."""

    kind: str
    """`item`, `row`, `paragraph`, `heading` (a heading or bold line with its links below it) or `html`."""
    span: Span
    first: int
    last: int
    section: int
    """Index in `Document.sections`, or -1 before the first heading."""
    title: str | None
    links: tuple[EntryLink, ...]
    """Links, badges and images in the order of the text, a URL that is repeated only once, empty targets not at all."""
    primary: EntryLink | None
    """The link that stands for the entry: the title's own, else the first to a paper, else a tool's only one. None for
    a paper that has only code or slides beside it."""
    authors: str | None
    venue: str | None
    """As written, a year beside it included (`CVPR 2024`)."""
    year: int | None
    """The year that the entry itself states, four digits; one that only a heading states does not count."""
    tags: tuple[str, ...]
    marks: tuple[str, ...]
    """`checkbox`, `checked`, and the emoji that stand as marks (`⭐`, `🔥`)."""
    notes: str | None
    shape: str
    """The order of the parts, for example `link notes` or `bold authors venue labels`; see `house_style`."""
    spans: PartSpans


class Document:
    """A parsed list. `blocks`, `links`, `images`, `entries`, `sections` and `comments` are in the order of the text."""

    def __init__(
        self,
        source: Source,
        *,
        blocks: list[Block],
        links: list[Link],
        images: list[Link],
        headings: list[Heading],
        sections: list[Section],
        comments: list[Comment],
        definitions: Mapping[str, Definition],
        anchors: frozenset[str],
        named_places: Mapping[str, int],
        opaque: list[Span],
        read_entries: Callable[[Document], list[Entry]],
    ) -> None:
        self.source = source
        self.blocks = blocks
        self.links = links
        self.images = images
        self.headings = headings
        self.sections = sections
        self.comments = comments
        self.definitions = definitions
        self.anchors = anchors
        """Every fragment that leads somewhere in this text: heading slugs, `id`s and `name`s."""
        self.named_places = named_places
        """Where the `id`s and `name`s among them stand: the offset of the tag that browsers go to, the first one."""
        self.opaque = opaque
        """Code, comments and tags: text that is not Markdown prose."""
        self._read_entries = read_entries

    @cached_property
    def entries(self) -> list[Entry]:
        """What the list lists. Read when somebody asks first: who only wants the links needs half of the memory."""
        return self._read_entries(self)

    @cached_property
    def _link_starts(self) -> list[int]:
        return [link.span.start for link in self.links]

    @cached_property
    def _entry_starts(self) -> list[int]:
        return [entry.first for entry in self.entries]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.span.start for section in self.sections]

    def links_in(self, span: Span) -> list[Link]:
        """The links that begin inside a span."""
        starts = self._link_starts
        return self.links[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def section_at(self, offset: int) -> int:
        """Index of the innermost section that holds an offset, or -1."""
        return bisect_right(self._section_starts, offset) - 1

    def section_path(self, index: int) -> list[str]:
        """The headings that lead to a section, outermost first."""
        path: list[str] = []
        while index >= 0:
            path.append(self.sections[index].heading.text)
            index = self.sections[index].parent
        return path[::-1]

    def entry_at(self, offset: int) -> Entry | None:
        """The innermost entry that holds an offset."""
        index = bisect_right(self._entry_starts, self.source.line_of(offset))
        for entry in reversed(self.entries[max(0, index - 64) : index]):
            if entry.span.start <= offset <= entry.span.end:
                return entry
        return None

    @cached_property
    def _heading_spans(self) -> list[Span]:
        return sorted(heading.span for heading in self.headings)

    def in_heading(self, offset: int) -> bool:
        """Whether a heading holds an offset: what changes its text changes its anchor, which others may link to."""
        at = bisect_right(self._heading_spans, Span(offset, len(self.source.text)))
        return at > 0 and offset < self._heading_spans[at - 1].end

    @cached_property
    def prose(self) -> str:
        """The text with links, images, code, comments and tags blanked out, offsets and line breaks kept.

        For checks that look at raw characters: what is left is what an author typed as plain text.
        """
        text = self.source.text
        pieces: list[str] = []
        position = 0
        for span in sorted([link.span for link in self.links + self.images] + self.opaque):
            if span.end <= position:
                continue
            start = max(span.start, position)
            pieces.append(text[position:start])
            pieces.append("".join(c if c in "\r\n" else "\0" for c in text[start : span.end]))
            position = span.end
        pieces.append(text[position:])
        return "".join(pieces)
