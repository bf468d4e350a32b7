"""heading-level-skip: a heading more than one level below its parent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from listbot.document import Document, Heading, Section
from listbot.finding import Finding
from listbot.rule import Context
from listbot.sentences import is_sentence

_FEW = 2
"""So many skips are reported whatever the rest of the list does."""
_SEVERAL = 3
"""So many headings of a level that no other leads down to are so on purpose."""
_OUTLIERS = 0.2
"""More skips than this share of the steps down are the list's own habit, and stay silent."""


def check(context: Context) -> Iterator[Finding]:
    """Headings written in HTML are banners more often than structure, and do not count; a sentence without a list below
    it is an announcement in large type, and no section that hangs in the air."""
    steps: Counter[tuple[int, int]] = Counter()
    found = []
    previous = 0
    for section in context.document.sections:
        heading = section.heading
        if heading.html:
            continue
        if previous and heading.level > previous:
            steps[previous, heading.level] += 1
            if heading.level > previous + 1 and not _announces(context.document, section):
                found.append((heading, previous))
        previous = heading.level
    levels = Counter(section.heading.level for section in context.document.sections)
    said: set[int] = set()
    for heading, above in found:
        if above == 1 and 2 not in levels:
            continue  # all sections of the list are a size smaller: its own habit
        skips, all_steps = steps[above, heading.level], sum(n for (up, _), n in steps.items() if up == above)
        if skips > _FEW and skips > _OUTLIERS * all_steps:
            continue
        if levels[heading.level] >= _SEVERAL and heading.level - 1 not in levels:
            if heading.level not in said:
                said.add(heading.level)
                yield _habit(heading, levels)
            continue
        yield Finding(
            heading.span,
            f"a level {heading.level} heading follows one of level {above}; level {above + 1} was expected",
            "slip",
            hint=f"write {'#' * (above + 1)} {heading.text}",
        )


def _announces(document: Document, section: Section) -> bool:
    lists = (block for block in document.blocks if block.kind in ("list", "table"))
    return is_sentence(section.heading.text) and not any(section.span.contains(block.span) for block in lists)


def _habit(heading: Heading, levels: Mapping[int, int]) -> Finding:
    """A list whose headings of one level are all a size or more too small likes them so; that is said once."""
    above = max(level for level in levels if level < heading.level)
    return Finding(
        heading.span,
        f"the {levels[heading.level]} headings of level {heading.level} are the next below those of level {above};"
        f" level {above + 1} was expected",
        "habit",
    )
