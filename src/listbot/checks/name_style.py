"""name-style: names and venues in another case than their owners', or the list, write them.

Names come from `rules/data/names.toml`, venues from the list itself: where nearly all entries write MLSys, one that
writes MLSYS is a slip. It is none where a whole section writes MLSYS, and the spelling of `rules/data/venues.toml`
never is, whatever the list's majority. A list that mixes both has no style to hold anybody to, so there a name is a
hint and a venue nothing. Names in lower case may be packages, commands or hosts, and are hints as well, unless the list
always writes the name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from listbot import own_words, tables, venues
from listbot.document import Document
from listbot.finding import Edit, Finding, Fix
from listbot.habits import Majority
from listbot.rule import Context
from listbot.source import Span

_NAME = re.compile(r"[A-Za-z][A-Za-z&]{2,}(?![A-Za-z&])")
"""The first word of a venue, without its year."""
_BAR_BEFORE = re.compile(r"\|[ \t]*\Z")
_BAR_BEHIND = re.compile(r"[ \t]*\|")
_FEW = 100
"""Blanks by which a cell is padded."""
_NEARLY_ALL = 0.9
"""Of so many places that write a name, those in lower case are slips too."""


class _Written(NamedTuple):
    """A name or venue as it stands somewhere."""

    form: str
    span: Span


@cache
def _names() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """From the name in lower case to the name, and what finds them in any case."""
    names = {name.lower(): name for name in tables.load("names")["names"]}
    one = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return names, re.compile(rf"\b(?<![./@:#$+-])(?:{one})(?![\w/@_+-])(?!\.\w)(?!['’]?\d)", re.IGNORECASE)


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    names, pattern = _names()
    written: dict[str, list[_Written]] = defaultdict(list)
    cells = {block.span for block in document.blocks if block.kind == "cell"}
    for found in own_words.of(document).finditer(pattern):
        if found[0].islower() and (Span(*found.span()) in cells or _is_between_bars(found)):
            continue  # a tag of the table's, and no word of a sentence
        written[found[0].lower()].append(_Written(found[0], Span(*found.span())))
    for key, places in written.items():
        yield from _names_found(document, names[key], places)
    yield from _venues_found(document, names)


def _is_between_bars(found: re.Match[str]) -> bool:
    """Whether a word stands alone between bars: a cell of what was meant for a table."""
    return _BAR_BEFORE.search(found.string, max(0, found.start() - _FEW), found.start()) is not None and (
        _BAR_BEHIND.match(found.string, found.end()) is not None
    )


def _names_found(document: Document, name: str, places: list[_Written]) -> Iterator[Finding]:
    majority = Majority(name, sum(place.form == name for place in places), len(places))
    for place in places:
        if place.form == name:
            continue
        lower = place.form.islower()
        sure = majority.settled and (not lower or majority.share >= _NEARLY_ALL)
        beside = f", and at {majority.count} of {majority.of} places here" if majority.settled else ""
        message = f"“{place.form}” is written {name} by its owner{beside}"
        yield _finding(document, place, name, message, "list" if sure else "owner", safe=not lower)


@cache
def _official() -> Mapping[str, frozenset[str]]:
    """From a venue of one word in lower case to how the table writes it: SOCC and SoCC are two."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for name in tables.load("venues")["names"]:
        spellings[name.lower()].add(name)
    return {key: frozenset(forms) for key, forms in spellings.items()}


def _venues_found(document: Document, names: Mapping[str, str]) -> Iterator[Finding]:
    """Venues that differ from the list's own form in case only."""
    written: dict[str, list[_Written]] = defaultdict(list)
    for entry in document.entries:
        span = entry.spans.venue
        found = _NAME.search(document.source.text, span.start, span.end) if span else None
        if found is not None and found[0].lower() not in names and venues.is_known(found[0]):
            written[found[0].lower()].append(_Written(found[0], Span(*found.span())))
    for key, places in written.items():
        majority = Majority(*Counter(place.form for place in places).most_common(1)[0], len(places))
        official = _official().get(key, frozenset())
        right = official | {majority.what} | _forms_of_sections(document, places)
        for place in places if majority.settled else ():
            if place.form not in right:
                message = f"{majority.count} of {majority.of} entries write {majority.what}, this one {place.form}"
                safe = not official or majority.what in official
                yield _finding(document, place, majority.what, message, "list", safe=safe)


def _forms_of_sections(document: Document, places: list[_Written]) -> frozenset[str]:
    """Forms that some section has at all its places, more than one: somebody means them."""
    sections: dict[int, list[str]] = defaultdict(list)
    for place in places:
        sections[document.section_at(place.span.start)].append(place.form)
    return frozenset(forms[0] for forms in sections.values() if len(forms) > 1 and len(set(forms)) == 1)


def _finding(document: Document, place: _Written, name: str, message: str, grade: str, *, safe: bool) -> Finding:
    fix = Fix(f"write {name}", (Edit(place.span, name),), safe=safe)
    return Finding(place.span, message, grade, fix=None if document.in_heading(place.span.start) else fix)
