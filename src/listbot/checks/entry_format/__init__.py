"""entry-format: an entry that is written otherwise than nearly all others of its list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from listbot import bare_entries, entry_habits
from listbot.checks.entry_format import columns, joints, label_lines
from listbot.checks.entry_format.grammar import GRAMMAR
from listbot.checks.entry_format.outliers import HOUSE_STYLE, Outlier, is_house_style
from listbot.document import Entry
from listbot.entry_habits import Body
from listbot.finding import Finding
from listbot.habits import ENOUGH, SUPPORT, Majority, majority
from listbot.rule import Context
from listbot.source import Span

_ENOUGH_IN_SECTION = 10
"""So many entries of a section make a style of its own, where the list has none and all but one agree."""
_UNREADABLE = 2
_OUTSIDE = "outside sections with a style of their own"

_BARE = {"paragraph": "is a paragraph", "swallowed": "has no bullet, and is part of the item above it"}
"""What became of an entry that is no item."""


def check(context: Context) -> Iterator[Finding]:
    body = Body(context.document)
    yield from _paragraphs(body)
    yield from columns.check(body)
    yield from label_lines.check(body)
    yield from joints.dashes_of_related(body)
    usual = majority(entry.kind for entry in body.entries)
    entries = {entry.span.start: entry for entry in body.entries}
    sizes = Counter(entry.section for entry in body.entries if usual is not None and entry.kind == usual.what)
    for part in GRAMMAR:
        observed = []
        for observation in part.observe(body):
            entry = entries.get(observation.start) or body.document.entry_at(observation.start)
            if entry is not None and usual is not None and entry.kind == usual.what:
                observed.append((observation.what, entry))
        for outlier in _outliers(observed, sizes, sections_differ=part.sections_differ):
            finding = part.tell(body, outlier)
            if finding is not None:
                yield finding


def _outliers(
    observed: Sequence[tuple[str, Entry]], sizes: Mapping[int, int], *, sections_differ: bool
) -> Iterator[Outlier]:
    """What differs from the list's style; where it has none, from those of its sections.

    `sizes`: how many entries each section has, whether or not this can be seen of them. Where sections may differ,
    those with a style of their own do not keep the rest from having one.
    """
    by_section = defaultdict(list)
    for what, entry in observed:
        by_section[entry.section].append((what, entry))
    most = majority(what for what, _ in observed)
    if most is None:
        return
    if is_house_style(most):
        yield from _others(observed, most, by_section)
        return
    apart = _apart(by_section, most) if sections_differ else set()
    rest = [(what, entry) for what, entry in observed if entry.section not in apart]
    of_rest = majority(what for what, _ in rest)
    if apart and of_rest is not None and is_house_style(of_rest) and of_rest.count >= SUPPORT * most.of:
        yield from _others(rest, of_rest, by_section, _OUTSIDE)
        return
    found = [outlier for at, group in by_section.items() for outlier in _only_one(group, sizes[at])]
    if len(found) <= (1 - HOUSE_STYLE) * len(observed):
        yield from found


def _apart(by_section: Mapping[int, Sequence[tuple[str, Entry]]], most: Majority) -> set[int]:
    """The sections in which several do alike, more than as most of the list does."""
    own = {at: majority(what for what, _ in group) for at, group in by_section.items()}
    return {at for at, here in own.items() if here is not None and here.what != most.what and here.count >= ENOUGH}


def _others(
    observed: Sequence[tuple[str, Entry]],
    most: Majority,
    by_section: Mapping[int, Sequence[tuple[str, Entry]]],
    where: str = "",
) -> Iterator[Outlier]:
    usual_in = Counter(entry.section for what, entry in observed if what == most.what)
    for what, entry in observed:
        if what != most.what:
            yield Outlier(what, entry, most, usual_in[entry.section], len(by_section[entry.section]), where)


def _only_one(group: Sequence[tuple[str, Entry]], size: int) -> Iterator[Outlier]:
    """The entry of a section that alone does otherwise than all others there.

    Of one or two entries it may not be seen, because a link of theirs is broken: that says nothing of the others.
    """
    most = majority(what for what, _ in group)
    enough = size >= _ENOUGH_IN_SECTION and len(group) >= min(_ENOUGH_IN_SECTION, size - _UNREADABLE)
    if most is not None and enough and most.count == most.of - 1:
        what, entry = next((what, entry) for what, entry in group if what != most.what)
        yield Outlier(what, entry, most, most.count, most.of, "here")


def _paragraphs(body: Body) -> Iterator[Finding]:
    """Paragraphs among items; other shapes than these stand for another kind of section."""
    observed = list(bare_entries.kinds(body.document, _usual_separator(body)))
    most = majority(observation.what for observation in observed)
    if most is None or most.what != "item" or not is_house_style(most):
        return
    source = body.document.source
    for observation in observed:
        if observation.what in _BARE:
            line = source.line_span(source.line_of(observation.start))
            reason = f"{most.count:,} of {most.of:,} entries are items of a list"
            yield Finding(Span(observation.start, line.end), f"{reason}; this one {_BARE[observation.what]}", "shape")


def _usual_separator(body: Body) -> str:
    """The dash or colon behind nearly every title; empty where there is none."""
    most = majority(observation.what for observation in entry_habits.separators(body))
    return most.what if most is not None and is_house_style(most) and most.what.strip() else ""
