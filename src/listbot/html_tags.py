"""Tags of raw HTML inside Markdown: where they stand and what their attributes say.

The grammar is CommonMark's (https://spec.commonmark.org/0.31.2/#raw-html). Every quantifier is possessive and every
search for a closing mark remembers that it failed, so that hostile text costs time linear in its length.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from listbot.source import Span

_ATTRIBUTE = r"""\s++([A-Za-z_:][A-Za-z0-9_.:-]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?+"""
_OPEN = re.compile(r"<([A-Za-z][A-Za-z0-9-]*+)((?:" + re.sub(r"\((?!\?)", "(?:", _ATTRIBUTE) + r")*+)\s*+/?>")
_LENIENT_ATTRIBUTE = r"""\s*+([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s<>]++)))?+/?+"""
_LENIENT_OPEN = re.compile(
    r"<([A-Za-z][A-Za-z0-9-]*+)((?=[\s/>])(?:" + re.sub(r"\((?!\?)", "(?:", _LENIENT_ATTRIBUTE) + r")*+)\s*+/?>"
)
_CLOSE = re.compile(r"</([A-Za-z][A-Za-z0-9-]*+)\s*+>")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_LENIENT_ATTRIBUTES = re.compile(_LENIENT_ATTRIBUTE)
_DECLARATION = re.compile(r"<![A-Za-z]")
_START = re.compile(r"<(?=[A-Za-z/!?])")
_RAW_TEXT = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea")}


class Attribute(NamedTuple):
    """`value` is as written, entities unresolved; `span` is its place, empty where there is no value."""

    name: str
    value: str
    span: Span


class Tag(NamedTuple):
    """One tag, comment or declaration. `name` is in lower case; a comment's is `!--`, other declarations' is `!`."""

    name: str
    span: Span
    closing: bool
    attributes: tuple[Attribute, ...]

    def get(self, name: str) -> Attribute | None:
        """The first attribute of that name (browsers ignore repeats)."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)


class Reader:
    """Reads tags out of one text, left to right.

    `lenient` is for raw HTML blocks, whose tags Markdown passes on unread: there a browser's grammar counts, in which
    an unquoted value may hold `=` and quotes. (A `<` as well, but then hostile text could be read again from each `<`.)
    """

    __slots__ = ("_absent", "_attributes", "_open", "_unclosed", "text")

    def __init__(self, text: str, lenient: bool = False) -> None:
        self.text = text
        self._open = _LENIENT_OPEN if lenient else _OPEN
        self._attributes = _LENIENT_ATTRIBUTES if lenient else _ATTRIBUTES
        self._absent: set[str] = set()
        self._unclosed: dict[str, int] = {}

    def tag_at(self, start: int) -> Tag | None:
        """The tag that begins with the `<` at `start`, or None where CommonMark sees only a character."""
        following = self.text[start + 1 : start + 2]
        if following == "/":
            close = _CLOSE.match(self.text, start)
            return Tag(close[1].lower(), Span(start, close.end()), True, ()) if close else None
        if following in ("!", "?"):
            return self._special_at(start)
        opened = self._open.match(self.text, start)
        if opened is None:
            return None
        attributes = self._read_attributes(*opened.span(2)) if opened[2] else ()
        return Tag(opened[1].lower(), Span(start, opened.end()), False, attributes)

    def _read_attributes(self, start: int, end: int) -> tuple[Attribute, ...]:
        found = []
        for match in self._attributes.finditer(self.text, start, end):
            group = match.lastindex if match.lastindex and match.lastindex > 1 else 0
            span = Span(*match.span(group)) if group else Span(match.end(), match.end())
            found.append(Attribute(match[1].lower(), match[group] if group else "", span))
        return tuple(found)

    def _special_at(self, start: int) -> Tag | None:
        text = self.text
        if text.startswith("<!--", start):
            for short in ("<!-->", "<!--->"):
                if text.startswith(short, start):
                    return Tag("!--", Span(start, start + len(short)), False, ())
            return self._until("!--", start, start + 4, "-->")
        if text.startswith("<![CDATA[", start):
            return self._until("!", start, start + 9, "]]>")
        if text.startswith("<?", start):
            return self._until("!", start, start + 2, "?>")
        return self._until("!", start, start + 2, ">") if _DECLARATION.match(text, start) else None

    def _until(self, name: str, start: int, search_from: int, closing: str) -> Tag | None:
        end = -1 if closing in self._absent else self.text.find(closing, search_from)
        if end < 0:
            self._absent.add(closing)
            return None
        return Tag(name, Span(start, end + len(closing)), False, ())

    def tags(self, start: int, end: int) -> list[Tag]:
        """Every tag that begins in `text[start:end]`; what stands in scripts and styles is no tag."""
        found: list[Tag] = []
        position = start
        while (at := _START.search(self.text, position, end)) is not None:
            tag = self.tag_at(at.start())
            if tag is None:
                position = at.end()
                continue
            found.append(tag)
            position = tag.span.end
            if tag.name in _RAW_TEXT and not tag.closing:
                position = self._after_raw_text(tag.name, position, end)
        return found

    def _after_raw_text(self, name: str, position: int, end: int) -> int:
        if self._unclosed.get(name) == end:
            return position
        closing = _RAW_TEXT[name].search(self.text, position, end)
        if closing is None:
            self._unclosed[name] = end
            return position
        return closing.start()
