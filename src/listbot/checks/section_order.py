"""section-order: sections in another order than the configuration says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from listbot import section_names
from listbot.document import Heading
from listbot.finding import Finding, Related
from listbot.rule import Context
from listbot.subsequences import longest_sorted


class Options(NamedTuple):
    order: list[str]
    """Headings, or patterns of headings, in the order that they shall have. Others may stand anywhere."""


class _Placed(NamedTuple):
    """A section that the configuration names, and the place of its name there."""

    place: int
    heading: Heading


def check(context: Context) -> Iterator[Finding]:
    """Sections beside each other are compared: two parts of a list may both have papers and tools."""
    beside: dict[int, list[_Placed]] = defaultdict(list)
    for section in context.document.sections:
        place = _place(context.options.order, section.heading)
        if place is not None:
            beside[section.parent].append(_Placed(place, section.heading))
    for placed in beside.values():
        yield from _out_of_order(placed)


def _out_of_order(placed: Sequence[_Placed]) -> Iterator[Finding]:
    """As few as can be: what stands still if these move is in order."""
    kept = longest_sorted([one.place for one in placed])
    for at, one in enumerate(placed):
        if at in kept:
            continue
        above = next((placed[i] for i in sorted(kept) if i < at and placed[i].place > one.place), None)
        below = next((placed[i] for i in sorted(kept, reverse=True) if i > at and placed[i].place < one.place), None)
        if above is not None:
            yield _finding(one.heading, "before", above.heading)
        elif below is not None:
            yield _finding(one.heading, "after", below.heading)


def _finding(heading: Heading, where: str, other: Heading) -> Finding:
    message = f"the configuration says that “{heading.text}” comes {where} “{other.text}”"
    related = (Related(other.span, f"this section stands {'above' if where == 'before' else 'below'} it"),)
    return Finding(heading.span, message, related=related)


def _place(order: list[str], heading: Heading) -> int | None:
    return next((at for at, name in enumerate(order) if section_names.matches(name, heading.text)), None)
