"""entry-format: an entry that is written otherwise than nearly all others of its list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from listbot import bare_entries
from listbot.checks.entry_format.grammar import GRAMMAR
from listbot.checks.entry_format.outliers import Outlier
from listbot.document import Document, Entry
from listbot.entry_habits import Body
from listbot.finding import Finding
from listbot.habits import Majority, majority
from listbot.rule import Context
from listbot.source import Span

_HOUSE_STYLE = 0.95
"""What more than one entry in twenty does otherwise is no house style."""
_ENOUGH = 20
"""So that a single outlier is at most that."""
_ENOUGH_IN_SECTION = 10
"""So many entries of a section make a style of its own, where the list has none and all but one agree."""


def check(context: Context) -> Iterator[Finding]:
    body = Body(context.document)
    yield from _paragraphs(context.document)
    usual = majority(entry.kind for entry in body.entries)
    entries = {entry.span.start: entry for entry in body.entries}
    for observe, tell in GRAMMAR:
        observed = []
        for observation in observe(body):
            entry = entries.get(observation.start) or body.document.entry_at(observation.start)
            if entry is not None and usual is not None and entry.kind == usual.what:
                observed.append((observation.what, entry))
        for outlier in _outliers(observed):
            finding = tell(body, outlier)
            if finding is not None:
                yield finding


def _outliers(observed: Sequence[tuple[str, Entry]]) -> Iterator[Outlier]:
    """What differs from the list's style; where it has none, from those of its sections."""
    most = majority(what for what, _ in observed)
    if most is None:
        return
    by_section = defaultdict(list)
    for what, entry in observed:
        by_section[entry.section].append((what, entry))
    if _is_house_style(most):
        usual_in = Counter(entry.section for what, entry in observed if what == most.what)
        for what, entry in observed:
            if what != most.what:
                of_section = len(by_section[entry.section])
                yield Outlier(what, entry, most, usual_in[entry.section], of_section, here=False)
        return
    found = [outlier for group in by_section.values() for outlier in _only_one(group)]
    if len(found) <= (1 - _HOUSE_STYLE) * len(observed):
        yield from found


def _only_one(group: Sequence[tuple[str, Entry]]) -> Iterator[Outlier]:
    """The entry of a section that alone does otherwise than all others there."""
    most = majority(what for what, _ in group)
    if most is not None and most.of >= _ENOUGH_IN_SECTION and most.count == most.of - 1:
        what, entry = next((what, entry) for what, entry in group if what != most.what)
        yield Outlier(what, entry, most, most.count, most.of, here=True)


def _is_house_style(most: Majority) -> bool:
    return most.of >= _ENOUGH and most.share >= _HOUSE_STYLE


def _paragraphs(document: Document) -> Iterator[Finding]:
    """Paragraphs among items; other shapes than these two stand for another kind of section."""
    observed = list(bare_entries.kinds(document))
    most = majority(observation.what for observation in observed)
    if most is None or most.what != "item" or not _is_house_style(most):
        return
    source = document.source
    for observation in observed:
        if observation.what == "paragraph":
            span = Span(observation.start, source.line_span(source.line_of(observation.start)).end)
            reason = f"{most.count:,} of {most.of:,} entries are items of a list"
            yield Finding(span, f"{reason}; this one is a paragraph", "shape")
