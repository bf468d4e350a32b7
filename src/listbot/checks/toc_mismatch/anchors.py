"""Lines of the contents that lead nowhere, or to another heading than they name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from listbot.checks.toc_mismatch.names import letters_of, name_of
from listbot.contents_table import ContentsTable, Line
from listbot.document import Document
from listbot.finding import Edit, Finding, Fix

_ALWAYS_THERE = frozenset({"top", "readme"})


class _Known(NamedTuple):
    """What a wrong anchor is held against."""

    alike: Mapping[str, set[str]]
    """Anchors by their letters."""
    named: Mapping[str, list[int]]
    """Headings by their names."""
    reached: Counter[str]
    """How many lines ask for an anchor."""
    reached_headings: frozenset[int | None]


def wrong(document: Document, contents: ContentsTable) -> Iterator[Finding]:
    """What is wrong with the anchors of the lines."""
    folded = {anchor.casefold(): anchor for anchor in document.anchors}
    known = _known(document, contents)
    for line in contents.lines:
        if line.fragment in document.anchors:
            if known.reached[line.fragment] > 1:
                yield from _twice(document, contents, line, known)
        elif (same := folded.get(line.fragment.casefold())) is not None:
            message = f"the anchor is #{same}, and #{line.fragment} differs from it in case"
            yield Finding(line.link.destination, message, "case-only", fix=_retarget(line, same))
        elif line.fragment.casefold() not in _ALWAYS_THERE:
            yield _broken(document, contents, line, known)


def _known(document: Document, contents: ContentsTable) -> _Known:
    alike: dict[str, set[str]] = defaultdict(set)
    for anchor in document.anchors:
        alike[letters_of(anchor)].add(anchor)
    named: dict[str, list[int]] = defaultdict(list)
    for number, heading in enumerate(document.headings):
        named[name_of(heading.text)].append(number)
    reached = Counter(line.fragment for line in contents.lines)
    return _Known(alike, named, reached, frozenset(line.heading for line in contents.lines))


def _broken(document: Document, contents: ContentsTable, line: Line, known: _Known) -> Finding:
    message = f"no heading or anchor here is named #{line.fragment}"
    if " " in line.link.url:
        message = "a link's target has no blanks, so this is none"
    left = [number for number in _named(document, line, known) if number not in known.reached_headings]
    by_name = {contents.anchors.of(document, number) for number in left}
    for found in (known.alike.get(letters_of(line.fragment), set()), by_name):
        if len(found) == 1:
            meant = next(iter(found))
            return Finding(line.link.destination, f"{message}; #{meant} is meant", "broken", fix=_retarget(line, meant))
    near = get_close_matches(line.fragment, sorted(document.anchors - known.reached.keys()), 1, 0.75)
    hint = f"the nearest is #{near[0]}" if near else None
    return Finding(line.link.destination, message, "broken", hint=hint)


def _twice(document: Document, contents: ContentsTable, line: Line, known: _Known) -> Iterator[Finding]:
    """A line that leads where another one leads, while the heading that it names is reached by none."""
    left = [number for number in _named(document, line, known) if number not in known.reached_headings]
    if line.heading is None or len(left) != 1:
        return
    first, name = document.headings[line.heading], name_of(document.source[line.link.label])
    if name and name_of(first.text) != name:
        meant = contents.anchors.of(document, left[0])
        message = f"this line leads to “{first.text}”, as another one does; #{meant} is meant"
        yield Finding(line.link.destination, message, "broken", fix=_retarget(line, meant))


def _named(document: Document, line: Line, known: _Known) -> list[int]:
    return known.named.get(name_of(document.source[line.link.label]), [])


def _retarget(line: Line, anchor: str) -> Fix:
    return Fix(f"write #{anchor}", (Edit(line.link.destination, f"#{anchor}"),), safe=True)
