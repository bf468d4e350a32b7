"""Lines of the contents that lead nowhere, or to another heading than they name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple
from urllib.parse import unquote

from listbot.checks.toc_mismatch.names import name_of, name_of_heading
from listbot.contents_table import ContentsTable, Line
from listbot.document import Document
from listbot.finding import Edit, Finding, Fix
from listbot.rule import Surroundings
from listbot.slugs import letters_of, told_apart, unseen_note

_PAIR = 2
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
            if known.reached[line.fragment] > 1 and line.link.target.startswith("#"):
                yield from _twice(document, contents, line, known)
        elif (same := folded.get(line.fragment.casefold())) is not None:
            message = f"the anchor is #{same}, and #{line.fragment} differs from it in case"
            yield Finding(line.link.destination, message, "case-only", fix=_retarget(line, same))
        elif line.fragment.casefold() not in _ALWAYS_THERE:
            yield _broken(document, contents, line, known)


def without_hash(contents: ContentsTable, surroundings: Surroundings) -> Iterator[Finding]:
    """Lines that are written as paths, where no such file is there: `[Tools](tools)`."""
    for line in contents.lines:
        path = unquote(line.link.target)
        there = None if line.link.target.startswith("#") else surroundings.exists(path)
        if there is False:
            message = f"there is no file {path}; #{line.fragment} is meant"
            yield Finding(line.link.destination, message, "broken", fix=_retarget(line, line.fragment))


def _known(document: Document, contents: ContentsTable) -> _Known:
    alike: dict[str, set[str]] = defaultdict(set)
    for anchor in document.anchors:
        alike[letters_of(anchor)].add(anchor)
    named: dict[str, list[int]] = defaultdict(list)
    for number, heading in enumerate(document.headings):
        named[name_of_heading(document, heading)].append(number)
    reached = Counter(line.fragment for line in contents.lines)
    return _Known(alike, named, reached, frozenset(line.heading for line in contents.lines))


def _broken(document: Document, contents: ContentsTable, line: Line, known: _Known) -> Finding:
    left = [number for number in _named(document, line, known) if number not in known.reached_headings]
    by_name = {contents.anchors.of(document, number) for number in left}
    for found in (known.alike.get(letters_of(line.fragment), set()), by_name):
        if len(found) == 1:
            meant = next(iter(found))
            return _meant(line, meant)
    near = get_close_matches(line.fragment, sorted(document.anchors - known.reached.keys()), 1, 0.75)
    hint = f"the nearest is #{near[0]}" if near else None
    return Finding(line.link.destination, _is_none(line, line.fragment), "broken", hint=hint)


def _is_none(line: Line, shown: str) -> str:
    if " " in line.link.url:
        return "a link's target has no blanks, so this is none"
    return f"no heading or anchor here is named #{shown}"


def _meant(line: Line, meant: str) -> Finding:
    shown = told_apart(meant, line.fragment)
    said = _is_none(line, told_apart(line.fragment, meant))
    message = f"{said}; #{shown} is meant{unseen_note(line.fragment, meant)}"
    return Finding(line.link.destination, message, "broken", fix=_retarget(line, shown))


def _twice(document: Document, contents: ContentsTable, line: Line, known: _Known) -> Iterator[Finding]:
    """A line that leads where another one does, while the heading that it names, or a second, is reached by none."""
    left = [number for number in _named(document, line, known) if number not in known.reached_headings]
    if line.heading is None or len(left) != 1:
        return
    first, name = document.headings[line.heading], name_of(document.source[line.link.label])
    is_another = name_of_heading(document, first) != name or _is_the_second(document, contents, line, left[0], known)
    if name and is_another:
        meant = contents.anchors.of(document, left[0])
        message = f"this line leads to “{first.text}”, as another one does; #{meant} is meant"
        yield Finding(line.link.destination, message, "broken", fix=_retarget(line, meant))


def _is_the_second(document: Document, contents: ContentsTable, line: Line, left: int, known: _Known) -> bool:
    """Whether a line is the latter of two for two headings of one name, and stands as the heading that is left does."""
    headings = _named(document, line, known)
    alike = [other for other in contents.lines if _named(document, other, known) == headings]
    if len(headings) != _PAIR or len(alike) != _PAIR or alike[-1] is not line:
        return False
    at = contents.lines.index(line)
    before = contents.lines[at - 1].heading
    after = contents.lines[at + 1].heading if at + 1 < len(contents.lines) else len(document.headings)
    return before is not None and after is not None and before < left < after


def _named(document: Document, line: Line, known: _Known) -> list[int]:
    return known.named.get(name_of(document.source[line.link.label]), [])


def _retarget(line: Line, anchor: str) -> Fix:
    return Fix(f"write #{anchor}", (Edit(line.link.destination, f"#{anchor}"),), safe=True)
