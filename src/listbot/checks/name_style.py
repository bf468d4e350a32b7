"""name-style: names and venues in another case than their owners', or the list, write them.

Names come from `rules/data/names.toml`, as do other spellings (`VSCode`), which are slips only where the list has the
owner's, and venues that changed their names. Venues come from the list itself: where nearly all entries write MLSys,
one that writes MLSYS is a slip. It is none where a whole section writes MLSYS, and the spelling of
`rules/data/venues.toml` never is, whatever the list's majority. A list that mixes both has no style to hold anybody to,
so there a name is a hint and a venue nothing. Names in lower case may be packages, commands or hosts, and are hints as
well, unless the list always writes the name.
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
_REACH = 40
"""So far back the word before a name is looked for."""
_NEARLY_ALL = 0.9
"""Of so many places that write a name, those in lower case are slips too."""


class _Written(NamedTuple):
    """A name or venue as it stands somewhere."""

    form: str
    span: Span


class _Renamed(NamedTuple):
    """A venue's new name, and the first year in which the old one is a slip."""

    name: str
    since: int


class _Table(NamedTuple):
    """`rules/data/names.toml`."""

    names: Mapping[str, str]
    """From a name in lower case, or in another spelling, to the name."""
    others: Mapping[str, frozenset[str]]
    """From a form to the words behind which it is another name, in lower case."""
    renamed: Mapping[str, _Renamed]
    """From a venue's old name in lower case."""
    pattern: re.Pattern[str]
    """Finds names and their other spellings in any case."""


@cache
def _table() -> _Table:
    table = tables.load("names")
    names = {name.lower(): name for name in table["names"]}
    names |= {spelling.lower(): name for spelling, name in table["spellings"].items()}
    one = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    pattern = re.compile(rf"\b(?<![./@:#$+-])(?:{one})(?![\w/@_+-])(?!\.\w)(?!['’]?\d)", re.IGNORECASE)
    others = {form: frozenset(word.lower() for word in words) for form, words in table["others"].items()}
    renamed = {old.lower(): _Renamed(row["to"], row["since"]) for old, row in table["renamed"].items()}
    return _Table(names, others, renamed, pattern)


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    table = _table()
    written: dict[str, list[_Written]] = defaultdict(list)
    cells = {block.span for block in document.blocks if block.kind == "cell"}
    words = own_words.of(document)
    for found in words.finditer(table.pattern):
        if found[0].islower() and (Span(*found.span()) in cells or _is_between_bars(found)):
            continue  # a tag of the table's, and no word of a sentence
        if _word_before(words.text, found.start()) not in table.others.get(found[0], ()):
            written[table.names[found[0].lower()]].append(_Written(found[0], Span(*found.span())))
    for name, places in written.items():
        yield from _names_found(document, name, places)
    yield from _renamed_found(document, table.renamed)
    yield from _venues_found(document, table.names)


def _word_before(text: str, offset: int) -> str:
    words = text[max(0, offset - _REACH) : offset].rsplit("\n", 1)[-1].split()
    return words[-1].lower() if words else ""


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
        if place.form.lower() != name.lower() and not majority.settled:
            continue  # spelled otherwise, in a list that does not hold to the owner's spelling
        sure = majority.settled and (not lower or majority.share >= _NEARLY_ALL)
        beside = f", and at {majority.count} of {majority.of} places here" if majority.settled else ""
        message = f"“{place.form}” is written {name} by its owner{beside}"
        yield _finding(document, place, name, message, "list" if sure else "owner", safe=not lower)


def _renamed_found(document: Document, renamed: Mapping[str, _Renamed]) -> Iterator[Finding]:
    """Venues under their old names, in a list that writes the new ones for the same years."""
    old: dict[str, list[_Written]] = defaultdict(list)
    new: Counter[str] = Counter()
    for entry in document.entries:
        span = entry.spans.venue
        found = _NAME.search(document.source.text, span.start, span.end) if span else None
        if found is None or entry.year is None:
            continue
        was = renamed.get(found[0].lower())
        if was is not None and entry.year >= was.since:
            old[was.name].append(_Written(found[0], Span(*found.span())))
        new.update(to.name for to in renamed.values() if to.name == found[0] and entry.year >= to.since)
    for name, places in old.items():
        majority = Majority(name, new[name], new[name] + len(places))
        for place in places if majority.settled else ():
            message = (
                f"“{place.form}” was renamed {name}, and {majority.count} of {majority.of} entries of its years say so"
            )
            yield _finding(document, place, name, message, "list", safe=False)


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
