"""duplicate-heading: two headings of one name under one parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from listbot.finding import Finding, Related
from listbot.rule import Context

_TWICE = 2


def check(context: Context) -> Iterator[Finding]:
    """Headings of one name under different parents are a common and good habit (`Papers` under each topic).

    A name that returns more often than twice under one parent is a pattern of the list, and no section that was split.
    """
    sections = context.document.sections
    named: dict[tuple[int, str], list[int]] = defaultdict(list)
    for index, section in enumerate(sections):
        name = " ".join(section.heading.text.casefold().split())
        if name:
            named[section.parent, name].append(index)
    for same in named.values():
        if len(same) != _TWICE:
            continue
        heading, section = sections[same[0]].heading, sections[same[1]]
        yield Finding(
            section.heading.span,
            f"the heading “{section.heading.text}” already stands on line {heading.first}",
            related=(Related(heading.span, "first used here"),),
            hint=f"join the two sections or rename one; links to #{heading.slug} reach only the first",
        )
