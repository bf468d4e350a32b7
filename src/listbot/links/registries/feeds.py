"""XML from outside: read without entities, so that a small answer cannot become a large one."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from listbot.links.registries import Garbled, text_of

_DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def root_of(text: str) -> Element:
    """The root of a document. Raises Garbled where it is no XML, or declares a type or entities: no feed needs them,
    and a few lines of them unpack into gigabytes."""
    if _DECLARATION.search(text):
        raise Garbled
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - declarations, where its dangers are, were refused above
    except (ElementTree.ParseError, ValueError):
        raise Garbled from None


def text_at(element: Element, path: str, names: dict[str, str]) -> str:
    """The text of a child, folded to one line; empty where there is none."""
    return text_of(element.findtext(path, "", names))
