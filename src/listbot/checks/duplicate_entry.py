"""duplicate-entry: one work listed twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from listbot import identity, titles
from listbot.document import Document, Entry, EntryLink
from listbot.finding import Finding, Related
from listbot.rule import Context
from listbot.source import Span

_CROSS_LISTING_SHARE = 0.04
"""A list that has more of its works than this in several sections does so on purpose (`reference/lists.md` §3)."""
_FEW = 5
"""So few works in several sections are no habit, however short the list."""
_SHARED_WORDS = 0.7
"""Of two titles' words this share (Jaccard) is in both where one is a re-wording of the other."""


class Options(NamedTuple):
    distinct: list[list[str]]
    """Groups of works that look alike to the rule and are not, such as `["arxiv:…", "ieee:…"]`."""
    cross_listing: Literal["learned", "on-purpose", "mistake"]
    """Whether a work may stand in several sections; learned: from how often it does."""


class _Listing(NamedTuple):
    """An entry that lists a work, and the link by which it does."""

    entry: Entry
    link: EntryLink


def check(context: Context) -> Iterator[Finding]:
    document, options = context.document, context.options
    listings = _listings(document)
    on_purpose = _cross_lists(listings, options)
    distinct = [frozenset(group) for group in options.distinct]
    reported: set[Span] = set()
    for work, listed in listings.items():
        first, *rest = listed
        for again in rest:
            if again.entry.span in reported or _may_differ(first, again, distinct):
                continue
            reported.add(again.entry.span)
            yield _finding(document, work, first, again, on_purpose)


def _listings(document: Document) -> dict[str, list[_Listing]]:
    """Works and the entries that list them, in the order of the text; news, contents and the like do not count."""
    listings: dict[str, list[_Listing]] = defaultdict(list)
    for entry in document.entries:
        if entry.section >= 0 and document.sections[entry.section].role not in ("body", "related"):
            continue
        for work, link in identity.works_with_links(entry):
            earlier = listings[work]
            if not any(other.entry.span.contains(entry.span) for other in earlier[-1:]):
                earlier.append(_Listing(entry, link))
    return listings


def _cross_lists(listings: dict[str, list[_Listing]], options: Options) -> bool:
    if options.cross_listing != "learned":
        return options.cross_listing == "on-purpose"
    crossing = sum(len({listing.entry.section for listing in listed}) > 1 for listed in listings.values())
    return crossing > max(_FEW, _CROSS_LISTING_SHARE * len(listings))


def _may_differ(first: _Listing, again: _Listing, distinct: list[frozenset[str]]) -> bool:
    """The user says so: both works are in one group of `distinct`."""
    if not distinct:
        return False
    both = {*identity.works_of(first.entry), *identity.works_of(again.entry)}
    return any(len(group & both) > 1 or (len(group) == 1 and group <= both) for group in distinct)


def _finding(document: Document, work: str, first: _Listing, again: _Listing, on_purpose: bool) -> Finding:
    same_section = first.entry.section == again.entry.section
    alike = titles_alike(first.entry.title, again.entry.title)
    place = f"line {first.entry.first}"
    where = " / ".join(document.section_path(first.entry.section))
    if not same_section and where:
        place += f", in “{document.sections[first.entry.section].heading.text}”"
    return Finding(
        again.link.link.span,
        f"{work.removeprefix('url:')} is already listed on {place}",
        _grade(work, same_section, alike, on_purpose),
        related=(Related(first.link.link.span, f"first listed here{f', in {where}' if where else ''}"),),
        work=None if work.startswith("url:") else work,
        hint=_hint(first.entry, again.entry, alike),
    )


def _grade(work: str, same_section: bool, alike: bool, on_purpose: bool) -> str:
    if not alike:
        return "other-title" if identity.is_publication(work) and not on_purpose else "shared-link"
    if same_section:
        return "same-section"
    return "cross-listed" if on_purpose else "other-section"


def _hint(first: Entry, again: Entry, alike: bool) -> str:
    if not alike:
        return (
            f"the titles differ (“{first.title}” and “{again.title}”): one is an older title of the same work, or one "
            "link is wrong"
        )
    return "keep the better of the two, or say why both are right: <!-- listbot: ignore[duplicate-entry] … -->"


def _joined(*keys: str) -> set[str]:
    """Keys without blanks, so that “Flash Attention” is “FlashAttention”."""
    return {key.replace(" ", "") for key in keys if key}


def titles_alike(first: str | None, second: str | None) -> bool:
    """Whether two entries with one work call it by one name: equal, one inside the other, or mostly the same words."""
    if not first or not second:
        return True
    one, other = titles.keys(first), titles.keys(second)
    if _joined(*one) & _joined(*other):
        return True
    words, others = set(one.full.split()), set(other.full.split())
    if not words or not others:
        return True
    return words <= others or others <= words or len(words & others) >= _SHARED_WORDS * len(words | others)
