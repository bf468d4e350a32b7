"""duplicate-heading: two headings of one name under one parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

from listbot import heading_anchors
from listbot.document import Document, Heading
from listbot.finding import Finding, Related
from listbot.heading_anchors import HeadingAnchors
from listbot.rule import Context
from listbot.source import Span

_TWICE = 2
_SEVERAL = 2
"""A single link to another section is a remark."""


def check(context: Context) -> Iterator[Finding]:
    """Headings of one name under different parents are a common and good habit (`Papers` under each topic).

    A name that returns more often than twice under one parent is a pattern of the list, and no section that was split;
    so are years, headings that are links show the way elsewhere, and one above nothing but links to other sections
    divides the contents.
    """
    document = context.document
    sections = document.sections
    named: dict[tuple[int, str], list[int]] = defaultdict(list)
    for index, section in enumerate(sections):
        name = " ".join(section.heading.text.casefold().split())
        if any(character.isalpha() for character in name) and not document.links_in(section.heading.span):
            named[section.parent, name].append(index)
    anchors = heading_anchors.read(document)
    for same in named.values():
        if len(same) != _TWICE or any(_divides_contents(document, index, anchors) for index in same):
            continue
        first, again = sections[same[0]].heading, sections[same[1]].heading
        hint = f"join the two sections or rename one; links to #{first.slug} reach only the first"
        mirror = Finding(first.span, _message(first, again), related=(Related(again.span, "used here"),), hint=hint)
        related = (Related(first.span, "first used here"),)
        yield Finding(again.span, _message(again, first), related=related, hint=hint, mirror=mirror)


def _divides_contents(document: Document, index: int, anchors: HeadingAnchors) -> bool:
    """Whether a section holds nothing of its own but links to headings of other sections."""
    section = document.sections[index]
    following = document.sections[index + 1] if index + 1 < len(document.sections) else None
    end = following.heading.span.start if following is not None else section.span.end
    targets = [link.target for link in document.links_in(Span(section.heading.span.end, end))]
    if len(targets) < _SEVERAL or not all(target.startswith("#") for target in targets):
        return False
    numbers = [anchors.headings.get(unquote(target[1:])) for target in targets]
    return not any(n is not None and section.span.contains(document.headings[n].span) for n in numbers)


def _message(here: Heading, there: Heading) -> str:
    return f"the heading “{here.text}” already stands on line {there.first}"
