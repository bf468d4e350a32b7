"""What GitHub's own renderer (cmark-gfm, by way of cmarkgfm) makes of a text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options


def html(text: str) -> str:
    """The rendered page, raw HTML kept, as GitHub sees it before it sanitises."""
    return cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)


def links(text: str) -> list[str]:
    """The targets of the links a reader can click, percent-encoding undone (cmark adds some of its own).

    A link inside a link's text is none for a browser; mail addresses, which GitHub links by itself, are left out.
    """
    return _read(text).links


def images(text: str) -> list[str]:
    """The targets of the images, percent-encoding undone."""
    return _read(text).images


def comparable(target: str) -> str:
    """A target as both sides can be compared: percent-encoding undone, `www.` links with cmark's added scheme."""
    decoded = unquote(target, errors="replace").replace("\0", "\ufffd")
    return "http://" + decoded if decoded.lower().startswith("www.") else decoded


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.images: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(reversed(attributes))
        if tag == "img" and values.get("src") is not None:
            self.images.append(comparable(str(values["src"]).strip()))
        target = values.get("href") if tag == "a" else None
        if target is None:
            return
        if not self.inside and not target.startswith("mailto:"):
            self.links.append(comparable(target.strip()))
        self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.inside = False


def _read(text: str) -> _Links:
    reader = _Links()
    reader.feed(html(text))
    reader.close()
    return reader


class Block(NamedTuple):
    """A block of the page that shows something of its own: a paragraph, heading, cell, tight item, code."""

    tag: str
    first: int
    last: int
    """1-based lines of the source, inclusive."""
    html: str
    """What stands in it, blocks inside it left out."""


def blocks(text: str) -> list[Block]:
    """What a reader sees, block by block, with the source's lines. Raw HTML belongs to the block around it."""
    reader = _Blocks()
    reader.feed(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_SOURCEPOS))
    reader.close()
    return sorted(block for block in reader.found if block.html.strip())


_PLACE = re.compile(r' data-sourcepos="(\d+):\d+-(\d+):\d+"')


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Block] = []
        self.open: list[tuple[str, int, int, list[str]]] = [("", 0, 0, [])]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        written = self.get_starttag_text() or ""
        place = _PLACE.search(written)
        if place is not None and not written.endswith("/>"):
            self.open.append((tag, int(place[1]), int(place[2]), []))
        else:
            self.open[-1][3].append(_PLACE.sub("", written))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.open[-1][3].append(_PLACE.sub("", self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1][0] == tag:
            name, first, last, pieces = self.open.pop()
            self.found.append(Block(name, first, last, "".join(pieces)))
        else:
            self.open[-1][3].append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.open[-1][3].append(data)

    def handle_entityref(self, name: str) -> None:
        self.open[-1][3].append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.open[-1][3].append(f"&#{name};")
