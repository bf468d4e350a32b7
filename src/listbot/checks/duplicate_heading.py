"""duplicate-heading: two headings of one name under one parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from listbot.document import Heading
from listbot.finding import Finding, Related
from listbot.rule import Context

_TWICE = 2


def check(context: Context) -> Iterator[Finding]:
    """Headings of one name under different parents are a common and good habit (`Papers` under each topic).

    A name that returns more often than twice under one parent is a pattern of the list, and no section that was split;
    so are years, and headings that are links show the way elsewhere.
    """
    sections = context.document.sections
    named: dict[tuple[int, str], list[int]] = defaultdict(list)
    for index, section in enumerate(sections):
        name = " ".join(section.heading.text.casefold().split())
        if any(character.isalpha() for character in name) and not context.document.links_in(section.heading.span):
            named[section.parent, name].append(index)
    for same in named.values():
        if len(same) != _TWICE:
            continue
        first, again = sections[same[0]].heading, sections[same[1]].heading
        hint = f"join the two sections or rename one; links to #{first.slug} reach only the first"
        mirror = Finding(first.span, _message(first, again), related=(Related(again.span, "used here"),), hint=hint)
        related = (Related(first.span, "first used here"),)
        yield Finding(again.span, _message(again, first), related=related, hint=hint, mirror=mirror)


def _message(here: Heading, there: Heading) -> str:
    return f"the heading “{here.text}” already stands on line {there.first}"
