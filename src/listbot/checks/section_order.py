"""section-order: sections in another order than the configuration says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from listbot import section_names
from listbot.document import Heading
from listbot.finding import Finding, Related
from listbot.rule import Context


class Options(NamedTuple):
    order: list[str]
    """Headings, or patterns of headings, in the order that they shall have. Others may stand anywhere."""


def check(context: Context) -> Iterator[Finding]:
    furthest: tuple[int, Heading] | None = None
    for heading in context.document.headings:
        place = _place(context.options.order, heading)
        if place is None:
            continue
        if furthest is not None and place < furthest[0]:
            before = furthest[1]
            related = (Related(before.span, "this section comes first here"),)
            message = f"the configuration says that “{heading.text}” comes before “{before.text}”"
            yield Finding(heading.span, message, related=related)
        else:
            furthest = place, heading


def _place(order: list[str], heading: Heading) -> int | None:
    return next((at for at, name in enumerate(order) if section_names.matches(name, heading.text)), None)
