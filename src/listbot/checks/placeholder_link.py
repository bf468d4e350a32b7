"""placeholder-link: a target that somebody meant to fill in later.

Two ways to put off a link: to write something that stands for it (`arxiv.org/abs/2409.xxxxx`; the patterns are rows of
`rules/data/placeholders.toml`), and to copy the entry above and leave its URL as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from listbot import identity, tables, titles, works
from listbot.document import Document, Entry, EntryLink, Link
from listbot.finding import Finding, Related
from listbot.rule import Context, Surroundings
from listbot.source import Span

_LIKE = 0.2
"""Titles with a larger share of their words in common (Jaccard) may well name parts or versions of one thing."""
_FEWEST_WORDS = 3
"""A shorter title is a name: of a tool, a data set, a variant of a model. Several of these share a page by right."""
_LISTING_ROLES = frozenset({"body", "related"})
_MOST_RELATED = 5
_LONGEST_READ = 2_000
"""Longer targets are no URLs that somebody typed, and the patterns need not be linear in them."""
_FORM_LABEL = re.compile(
    r"\W*(?:(?:paper|project|tool|link|your|repo|article|book|resource|entry|package)s?\W+)?(?:title|name|text|label|here)\W*",
    re.IGNORECASE,
)
_FORM_TARGET = re.compile(r"(?:url|link|href|example\.com|your|user|owner|<|\{|xxx+)", re.IGNORECASE)
_RELATIVE = re.compile(r"[\w./-]+")
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an the of for and or in on to with by from via at as is are be using towards toward based through into its "
        "plus approach method methods model models learning survey study analysis",
    )
)
"""Words that say little: two papers that share only these are no less unlike."""


class Options(NamedTuple):
    """From how many entries with unlike titles on a shared URL is taken for a placeholder."""

    titles_of_one_paper: int
    """Where the URL names a publication: one paper has one title."""
    titles_of_one_page: int
    """Where it names anything else: a page may hold several things."""


class _Row(NamedTuple):
    pattern: re.Pattern[str]
    says: str


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(re.compile(row["pattern"], re.IGNORECASE), row["says"])
        for row in tables.load("placeholders")["placeholder"]
    )


def check(context: Context) -> Iterator[Finding]:
    """Unfilled targets, then copied ones."""
    document = context.document
    unfilled: set[Span] = set()
    listed = _listed_lines(document)
    for link in document.links:
        if link.kind == "bare" or document.source.line_of(link.span.start) not in listed:
            continue
        says = what_placeholder(link, context.surroundings)
        if says is not None and not _shows_the_form(document, link):
            unfilled.add(link.span)
            message = f"this target is a placeholder: {says}"
            yield Finding(link.destination, message, "unfilled", hint="put the URL in, or leave the link out")
    for copies in _copied(document, context.options):
        if copies[0].link.span not in unfilled:
            yield from _findings(document, copies)


def what_placeholder(link: Link, surroundings: Surroundings) -> str | None:
    """What a link's target says instead of an address, or None where it is one."""
    if len(link.target) > _LONGEST_READ:
        return None
    says = next((row.says for row in _rows() if row.pattern.search(link.target)), None)
    if says is not None and _RELATIVE.fullmatch(link.target) and surroundings.exists(link.target):
        return None
    return says


def _listed_lines(document: Document) -> set[int]:
    """The lines of items, rows and entries: prose may speak of placeholders."""
    blocks = [(block.first, block.last, block.span.start) for block in document.blocks if block.kind in ("item", "row")]
    entries = [(entry.first, entry.last, entry.span.start) for entry in document.entries]
    return {
        line
        for first, last, start in blocks + entries
        if _role_at(document, start) != "contributing"
        for line in range(first, last + 1)
    }


def _role_at(document: Document, offset: int) -> str:
    section = document.section_at(offset)
    return document.sections[section].role if section >= 0 else "body"


def _shows_the_form(document: Document, link: Link) -> bool:
    """`[Title](link)`: how an entry is to be written, and no entry."""
    return _FORM_LABEL.fullmatch(document.source[link.label]) is not None and bool(_FORM_TARGET.search(link.target))


def _listing(document: Document) -> Iterator[Entry]:
    """Entries that list something; a format shown to contributors, news and contents are none of these."""
    for entry in document.entries:
        if entry.section < 0 or document.sections[entry.section].role in _LISTING_ROLES:
            yield entry


# One URL under many titles --------------------------------------------------------------------------------------------


class _Copy(NamedTuple):
    """An entry that has its URL in common with others."""

    entry: Entry
    link: Link
    words: frozenset[str]
    title: str


def _copied(document: Document, options: Options) -> Iterator[list[_Copy]]:
    """Groups of entries with one URL and nothing else in common, each in the order of the text."""
    together: dict[str, list[_Copy]] = defaultdict(list)
    for entry in _listing(document):
        if entry.primary is not None and entry.title and "#" not in entry.primary.link.target:
            work = works.identity(entry.primary.link.target)
            if work is not None:
                together[work].append(_copy(entry, entry.primary))
    for work, copies in together.items():
        fewest = options.titles_of_one_paper
        if not identity.is_publication(work):
            copies, fewest = [copy for copy in copies if _is_title_link(copy)], options.titles_of_one_page
        if len({copy.title for copy in copies}) >= max(2, fewest) and _all_unlike(copies):
            yield copies


def _copy(entry: Entry, primary: EntryLink) -> _Copy:
    key = titles.keys(entry.title or "").full
    return _Copy(entry, primary.link, frozenset(key.split()) - _STOP_WORDS, key)


def _is_title_link(copy: _Copy) -> bool:
    """Whether the title itself is the link; under a venue's label a programme that lists the papers is meant."""
    return copy.entry.spans.title is not None and copy.link.label.overlaps(copy.entry.spans.title)


def _all_unlike(copies: list[_Copy]) -> bool:
    if any(len(copy.title.split()) < _FEWEST_WORDS for copy in copies):
        return False
    distinct = list({copy.title: copy.words for copy in copies}.values())
    return all(_unlike(one, other) for index, one in enumerate(distinct) for other in distinct[:index])


def _unlike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) <= _LIKE * len(one | other)


def _findings(document: Document, copies: list[_Copy]) -> Iterator[Finding]:
    """One for each place after the first: the first may well be the one that the URL belongs to."""
    first, *rest = copies
    count = len({copy.title for copy in copies})
    for copy in rest:
        if copy.title == first.title:
            continue
        others = [other for other in copies if other is not copy][:_MOST_RELATED]
        mirror = _finding(document, first, count, f"also on line {copy.entry.first}", [copy])
        place = f"first on line {first.entry.first}"
        yield _finding(document, copy, count, place, others)._replace(mirror=mirror)


def _finding(document: Document, copy: _Copy, count: int, place: str, others: list[_Copy]) -> Finding:
    return Finding(
        copy.link.destination,
        f"this URL stands under {count} unlike titles, {place}; it was probably copied and never changed",
        "copied",
        related=tuple(Related(other.link.destination, _place(document, other)) for other in others),
        work=works.identity(copy.link.target),
        hint="put the entry's own URL in",
    )


def _place(document: Document, copy: _Copy) -> str:
    where = " / ".join(document.section_path(copy.entry.section))
    return f"also under “{copy.entry.title}”" + (f", in {where}" if where else "")
