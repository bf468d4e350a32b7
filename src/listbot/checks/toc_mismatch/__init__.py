"""toc-mismatch: the table of contents and the headings do not say the same."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from listbot import contents_table
from listbot.checks.toc_mismatch import insertion, renaming
from listbot.contents_table import ContentsTable, Line
from listbot.document import Document, Heading, Section
from listbot.finding import Edit, Finding, Fix, Related
from listbot.rule import Context
from listbot.section_roles import BODY
from listbot.subsequences import longest_sorted

_ALWAYS_THERE = frozenset({"top", "readme"})
_NOT_LETTER = re.compile(r"[\W_]+")
_COVERED = 0.9
"""Of the headings of a level, so many stand in the contents where the level belongs into them."""
_FEWEST = 4
_FEW = 0.1
"""More lines out of order, and the contents have an order of their own."""


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    contents = contents_table.find(document)
    if contents is None:
        return
    wrong = list(_wrong_anchors(document, contents))
    meant = {finding.fix.edits[0].text[1:] for finding in wrong if finding.fix is not None}
    missing = list(_missing(document, contents, meant))
    renamed = renaming.pairs(document, contents, [f.span for f in wrong if f.fix is None], [h for h, _ in missing])
    for finding in wrong:
        heading = renamed.get(finding.span)
        yield finding if heading is None else renaming.finding(finding, heading)
    for heading, finding in missing:
        if heading not in renamed.values():
            yield finding
    yield from _out_of_order(document, contents)


# Anchors -------------------------------------------------------------------------------------------------------------


def _wrong_anchors(document: Document, contents: ContentsTable) -> Iterator[Finding]:
    alike: dict[str, set[str]] = defaultdict(set)
    for anchor in document.anchors:
        alike[_letters(anchor)].add(anchor)
    folded = {anchor.casefold(): anchor for anchor in document.anchors}
    named = _by_name(document.headings)
    reached = Counter(line.fragment for line in contents.lines)
    for line in contents.lines:
        if line.fragment in document.anchors:
            if reached[line.fragment] > 1:
                yield from _twice(document, line, reached, named)
        elif (same := folded.get(line.fragment.casefold())) is not None:
            message = f"the anchor is #{same}, and #{line.fragment} differs from it in case"
            yield Finding(line.link.destination, message, "case-only", fix=_retarget(line, same))
        elif line.fragment.casefold() not in _ALWAYS_THERE:
            yield _broken(document, line, alike, named, reached)


def _broken(
    document: Document,
    line: Line,
    alike: Mapping[str, set[str]],
    named: Mapping[str, list[Heading]],
    reached: Counter[str],
) -> Finding:
    message = f"no heading or anchor here is named #{line.fragment}"
    if " " in line.link.url:
        message = "a link's target has no blanks, so this is none"
    candidates = alike.get(_letters(line.fragment), set())
    by_name = {heading.slug for heading in named.get(_name(document.source[line.link.label]), ())}
    for found in (candidates, by_name - reached.keys()):
        if len(found) == 1:
            meant = next(iter(found))
            return Finding(line.link.destination, f"{message}; #{meant} is meant", "broken", fix=_retarget(line, meant))
    near = get_close_matches(line.fragment, sorted(document.anchors - reached.keys()), 1, 0.75)
    hint = f"the nearest is #{near[0]}" if near else None
    return Finding(line.link.destination, message, "broken", hint=hint)


def _twice(
    document: Document, line: Line, reached: Counter[str], named: Mapping[str, list[Heading]]
) -> Iterator[Finding]:
    """A line that leads where another one leads, while the heading that it names is reached by none."""
    name = _name(document.source[line.link.label])
    if line.heading is None or not name:
        return
    left = [heading for heading in named.get(name, ()) if heading.slug not in reached]
    first = document.headings[line.heading]
    if len(left) == 1 and _name(first.text) != name:
        message = f"this line leads to “{first.text}”, as another one does; #{left[0].slug} is meant"
        yield Finding(line.link.destination, message, "broken", fix=_retarget(line, left[0].slug))


def _retarget(line: Line, anchor: str) -> Fix:
    return Fix(f"write #{anchor}", (Edit(line.link.destination, f"#{anchor}"),), safe=True)


def _by_name(headings: Sequence[Heading]) -> dict[str, list[Heading]]:
    named: dict[str, list[Heading]] = defaultdict(list)
    for heading in headings:
        named[_name(heading.text)].append(heading)
    return named


def _letters(anchor: str) -> str:
    """What is left when hyphens and the like are gone: two anchors that agree here differ by a slip only."""
    return _NOT_LETTER.sub("", anchor.casefold())


def _name(text: str) -> str:
    return _NOT_LETTER.sub(" ", text.casefold()).strip()


# Headings without a line ---------------------------------------------------------------------------------------------


def _missing(document: Document, contents: ContentsTable, meant: set[str]) -> Iterator[tuple[Heading, Finding]]:
    """Headings of a level that belongs into the contents and do not stand there.

    A level belongs into them where nearly all of its headings do, and a heading where its neighbours do. Licence,
    contributing and the like are left out by many, and so are sections that list nothing.
    """
    reached = {line.fragment for line in contents.lines} | meant | _by_other_anchors(document, contents)
    candidates = list(_after(document, contents))
    levels = Counter(heading.level for heading, _ in candidates)
    listed = Counter(heading.level for heading, _ in candidates if heading.slug in reached)
    left_out = [
        (heading, parent)
        for heading, parent in candidates
        if heading.slug not in reached
        and listed[heading.level] >= _FEWEST
        and listed[heading.level] >= _COVERED * levels[heading.level]
    ]
    beside = {(parent, heading.level) for heading, parent in candidates if heading.slug in reached}
    for heading, parent in left_out:
        if (parent, heading.level) in beside:
            count = f"{listed[heading.level]} of {levels[heading.level]} headings of its level do"
            finding = Finding(
                heading.span,
                f"“{heading.text}” does not stand in the table of contents; {count}",
                "missing",
                fix=insertion.fix(document, contents, heading),
                related=(Related(contents.lines[0].link.span, "the table of contents"),),
            )
            yield heading, finding


def _by_other_anchors(document: Document, contents: ContentsTable) -> set[str]:
    """Headings that the contents reach by an anchor of their own, which stands at the heading or just above it."""
    named = {_name(document.source[line.link.label]) for line in contents.lines if line.heading is None}
    return {heading.slug for heading in document.headings if _name(heading.text) in named}


def _after(document: Document, contents: ContentsTable) -> Iterator[tuple[Heading, int]]:
    starts = [entry.span.start for entry in document.entries]
    for section in document.sections:
        if (
            section.heading.span.start > contents.end
            and section.role == BODY
            and section.heading.text
            and _lists_something(starts, section)
        ):
            yield section.heading, section.parent


def _lists_something(starts: Sequence[int], section: Section) -> bool:
    """Whether an entry stands in a section, given where entries start."""
    return bisect_left(starts, section.span.start) < bisect_left(starts, section.span.end)


# Order ---------------------------------------------------------------------------------------------------------------


def _out_of_order(document: Document, contents: ContentsTable) -> Iterator[Finding]:
    if any(block.kind == "table" for block in contents.blocks):
        return  # read in columns
    lines = list(_meant(document, contents))
    numbers = [number for _, number in lines]
    kept = longest_sorted(numbers, strictly=True)
    stray = [one for at, one in enumerate(lines) if at not in kept]
    if len(set(numbers)) < len(numbers) or len(stray) > max(1, _FEW * len(lines)) or len(lines) < _FEWEST:
        return
    for line, number in (one for one in stray if one[0].heading is not None):
        heading = document.headings[number]
        yield Finding(
            line.link.span,
            f"the contents list “{heading.text}” in another place than the text has it",
            "order",
            related=(Related(heading.span, "the section stands here"),),
        )


def _meant(document: Document, contents: ContentsTable) -> Iterator[tuple[Line, int]]:
    """The lines that lead to a heading, or name one though they lead nowhere, and its index in `Document.headings`.

    The latter hold their places in the order; what is wrong with them is said already. They name a heading of a level
    that others lead to.
    """
    levels = {document.headings[line.heading].level for line in contents.lines if line.heading is not None}
    named: dict[str, list[int]] = defaultdict(list)
    for number, heading in enumerate(document.headings):
        if heading.level in levels:
            named[_name(heading.text)].append(number)
    for line in contents.lines:
        by_name = named.get(_name(document.source[line.link.label]), [])
        if line.heading is not None:
            yield line, line.heading
        elif len(by_name) == 1:
            yield line, by_name[0]
