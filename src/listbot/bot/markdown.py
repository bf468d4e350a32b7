"""Markdown of ours with typed holes. Text that is not ours can only enter as code, as a fence or as a link's target.

    md("{title} is listed on {line}", title=Code(entry.title), line=12)

The template is always written out in the source, which a test checks for every call; a plain string as a part is a
TypeError. So whatever is rendered, no untrusted text stands outside `<code>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from listbot.bot import untrusted


class Markdown:
    """Text that is safe to post. Made by `md`, `joined` and `link` only."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def size(self) -> int:
        """In bytes of UTF-8."""
        return len(self.text.encode("utf-8"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Markdown) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Markdown({self.text!r})"


class Code(NamedTuple):
    """Untrusted text as a code span; `limit` in code points."""

    text: str
    limit: int = untrusted.SHOWN


class Cell(NamedTuple):
    """Untrusted text as a code span in a table's cell."""

    text: str
    limit: int = untrusted.SHOWN


class Fence(NamedTuple):
    """Untrusted text as a fenced block; `language` is ours."""

    text: str
    language: str


class Target(NamedTuple):
    """A link's destination. Raises ValueError, when rendered, for what is no http or https address."""

    url: str


class Ours(NamedTuple):
    """The same for an address of our own repository that no stranger has a part in (`links_to`): nobody is told."""

    url: str


Part = Markdown | Code | Cell | Fence | Target | Ours | int | date

_HOLE = re.compile(r"\{(\w+)\}")


def md(template: str, /, **parts: Part) -> Markdown:
    """Fill the holes `{name}` of a template of ours. Every hole has a part and every part a hole."""
    used = set(_HOLE.findall(template))
    if used != set(parts):
        raise TypeError(f"holes {sorted(used)} and parts {sorted(parts)} of a template differ")
    return Markdown(_HOLE.sub(lambda hole: _rendered(parts[hole[1]]), template))


def joined(separator: str, parts: Iterable[Markdown]) -> Markdown:
    """Several with a separator of ours between them."""
    return Markdown(separator.join(part.text for part in parts))


def link(label: Part, url: str | None) -> Markdown:
    """A link, or the label alone where the address is none that a browser should follow."""
    if url is None or untrusted.destination(url) is None:
        return md("{label}", label=label)
    return md("[{label}]({target})", label=label, target=Target(url))


def _rendered(part: Part) -> str:
    match part:
        case Markdown():
            return part.text
        case Code():
            return untrusted.code_span(part.text, part.limit)
        case Cell():
            return untrusted.code_cell(part.text, part.limit)
        case Fence():
            return untrusted.fenced(part.text, part.language)
        case Target() | Ours():
            destination = untrusted.destination(part.url, is_ours=isinstance(part, Ours))
            if destination is None:
                raise ValueError("a link's target is no http or https address")
            return destination
        case int():
            return f"{part:,}"
        case date():
            return part.isoformat()
        case _:
            raise TypeError(f"{type(part).__name__} cannot stand in a template: name what kind of text it is")
