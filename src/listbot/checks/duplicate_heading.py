"""duplicate-heading: two headings of one name under one parent."""

from __future__ import annotations

from collections.abc import Iterator

from listbot.finding import Finding, Related
from listbot.rule import Context


def check(context: Context) -> Iterator[Finding]:
    """Headings of one name under different parents are a common and good habit (`Papers` under each topic)."""
    first: dict[tuple[int, str], int] = {}
    sections = context.document.sections
    for index, section in enumerate(sections):
        name = " ".join(section.heading.text.casefold().split())
        if not name:
            continue
        earlier = first.setdefault((section.parent, name), index)
        if earlier == index:
            continue
        heading = sections[earlier].heading
        yield Finding(
            section.heading.span,
            f"the heading “{section.heading.text}” already stands on line {heading.first}",
            related=(Related(heading.span, "first used here"),),
            hint=f"join the two sections or rename one; links to #{heading.slug} reach only the first",
        )
