"""placeholder-link: a target that somebody meant to fill in later."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from listbot import tables, titles, works
from listbot.document import Document, Entry
from listbot.finding import Finding, Related
from listbot.rule import Context

_SHARED_WORDS = 0.3
"""Titles with more words in common than this (Jaccard) may well be parts or versions of one thing."""


class Options(NamedTuple):
    shared_by: int
    """From so many entries with unlike titles on, one URL is taken for a placeholder."""


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    rows = tables.load("placeholders")["placeholder"]
    return [(re.compile(row["pattern"]), row["says"]) for row in rows]


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    for link in document.links:
        if link.kind != "bare":
            says = next((says for pattern, says in _patterns() if pattern.search(link.target)), None)
            if says is not None:
                yield Finding(link.destination, f"this target is a placeholder: {says}", "unfilled")
    yield from _copied(document, context.options.shared_by)


def _copied(document: Document, shared_by: int) -> Iterator[Finding]:
    """Neighbours with one URL and nothing else in common: the line above was copied and its target never changed."""
    together: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    for entry in document.entries:
        if entry.primary is None or not entry.title or entry.title_span is None:
            continue
        if entry.primary.link.label != entry.title_span:
            continue
        identity = works.identity(entry.primary.link.target)
        if identity is not None:
            together[entry.section, identity].append(entry)
    for (_, identity), entries in together.items():
        if len(entries) >= shared_by and _all_unlike(entries):
            first = entries[0].primary
            for entry in entries[1:]:
                if entry.primary is None or first is None:
                    continue
                yield Finding(
                    entry.primary.link.destination,
                    f"{len(entries)} entries with unlike titles lead to {identity.removeprefix('url:')}",
                    "copied",
                    related=(Related(first.link.destination, "first used here"),),
                    hint="put each entry's own URL in",
                )


def _all_unlike(entries: list[Entry]) -> bool:
    words = [set(titles.keys(entry.title or "").full.split()) for entry in entries]
    return all(
        len(one & other) <= _SHARED_WORDS * len(one | other) for i, one in enumerate(words) for other in words[:i]
    )
