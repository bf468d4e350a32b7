"""What GitHub's own renderer (cmark-gfm, by way of cmarkgfm) makes of a text."""

from __future__ import annotations

from html.parser import HTMLParser
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
