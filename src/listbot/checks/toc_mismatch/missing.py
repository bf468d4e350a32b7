"""Headings of a level that belongs into the contents and do not stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from listbot.checks.toc_mismatch import insertion, places, standing
from listbot.contents_table import ContentsTable, fragment_of
from listbot.document import Document, Heading
from listbot.finding import Finding, Related
from listbot.subsequences import longest_sorted

_COVERED = 0.9
"""Of the headings of a level, so many stand in the contents where the level belongs into them."""
_MANY, _MOSTLY_COVERED = 8, 0.75
"""A level of which so many headings have lines, and so large a share, was meant to have them all."""
_MOST_FIXES = 10
"""For so many lines a fix is offered at a time; each is proved, which takes as long as reading the text."""
_FEWEST = 4
_FEWEST_NAMED = 3
_FEWEST_OTHERS = 5
"""So many where only one is missing: under a heading that says "contents", and in blocks that are none by name."""


class _Candidate(NamedTuple):
    """A section that may belong into the contents."""

    number: int
    """Of its heading in `Document.headings`."""
    parent: int
    """Of its section in `Document.sections`."""
    stands_there: bool


def headings(
    document: Document, contents: ContentsTable, reached: Collection[int]
) -> Iterator[tuple[Heading, Finding]]:
    """The headings without a line, and what to say of each; `reached` are those that stand in the contents.

    A level belongs into the contents where nearly all of its headings do, or all but one in the order of the text; a
    heading where its neighbours do. Licence, contributing and the like are left out by many, and so are sections that
    list nothing, and those that only hold together what has lines of its own.
    """
    for said, (number, support) in enumerate(_left_out(document, contents, reached)):
        heading = document.headings[number]
        fix = insertion.fix(document, contents, number) if said < _MOST_FIXES else None
        message = (
            f"“{heading.text.strip()}” does not stand in the table of contents; {support} headings of its level do"
        )
        related = (Related(contents.lines[0].link.span, "the table of contents"),)
        yield heading, Finding(heading.span, message, "missing", fix=fix, related=related)


def _left_out(document: Document, contents: ContentsTable, reached: Collection[int]) -> Iterator[tuple[int, str]]:
    """The index of each heading without a line, and how many of its level have one.

    A single line that leads nowhere was meant for one of them, and does not say that the level is left out.
    """
    lost_one = sum(line.fragment not in document.anchors for line in contents.lines) == 1
    by_level: dict[int, list[_Candidate]] = defaultdict(list)
    for candidate in _candidates(document, contents, reached):
        by_level[document.headings[candidate.number].level].append(candidate)
    for of_level in by_level.values():
        candidates = _without_the_tail(of_level)
        listed = [one for one in candidates if one.stands_there]
        left_out = [one for one in candidates if not one.stands_there]
        share = len(listed) / max(1, len(candidates) - lost_one)
        is_common = len(listed) >= _FEWEST and share >= _COVERED
        is_short = len(left_out) == 1 or (len(listed) >= _MANY and share >= _MOSTLY_COVERED)
        if is_common or (is_short and _are_in_order(document, contents, listed, left_out)):
            beside = {one.parent for one in listed}
            for one in left_out:
                if one.parent in beside:
                    yield one.number, f"{len(listed)} of {len(candidates)}"


def _without_the_tail(candidates: list[_Candidate]) -> list[_Candidate]:
    """Several sections behind the last one that stands in the contents were left out on purpose."""
    last = max((at for at, one in enumerate(candidates) if one.stands_there), default=-1)
    return candidates[: last + 1] if len(candidates) - last > 2 else candidates


def _are_in_order(
    document: Document, contents: ContentsTable, listed: Sequence[_Candidate], left_out: Sequence[_Candidate]
) -> bool:
    """Whether the contents go through all headings of a level but those left out as the text does.

    A line with a wrong anchor counts by its words; of many lines, one may stand in another place. A link from elsewhere
    shows that the author knows the section, and left it out of the contents.
    """
    if len(listed) < (_FEWEST_NAMED if contents.named else _FEWEST_OTHERS):
        return False
    numbers = [one.number for one in listed]
    lines = [place.heading for place in places.meant(document, contents) if place.heading in set(numbers)]
    stray = len(lines) - len(longest_sorted(lines, strictly=True))
    linked = {contents.anchors.headings.get(fragment_of(link)) for link in document.links if link.target[:1] == "#"}
    are_all = sorted(lines) == sorted(numbers)
    excused = len(left_out) == 1 and len(lines) > _FEWEST_OTHERS
    return are_all and stray <= excused and not any(one.number in linked for one in left_out)


def _candidates(document: Document, contents: ContentsTable, reached: Collection[int]) -> Iterator[_Candidate]:
    """The sections that may belong into the contents, but for those that hold what has lines of its own."""
    numbers = standing.numbers(document)
    holding = {section.parent for section, n in zip(document.sections, numbers, strict=True) if n in reached}
    for one in standing.listings(document, contents):
        if one.number in reached or one.section not in holding:
            yield _Candidate(one.number, one.parent, one.number in reached)
