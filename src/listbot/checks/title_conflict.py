"""title-conflict: one publication under two unlike titles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from listbot import catalogue, identity, title_match, titles, vocabulary, works
from listbot.catalogue import Catalogue, Listing
from listbot.checks import wrong_paper
from listbot.document import Entry, EntryLink
from listbot.finding import Edit, Finding, Fix, Related
from listbot.rule import Context
from listbot.source import Span

_FEWEST_WORDS = 5
"""Shorter titles are names, of a model or a data set, which may share a paper."""
_MOST_ROWS = 4
"""A publication under more titles than this is what the entries have in common."""
_COMPARED = 16
"""So many of the earlier listings are asked; more have a form in common, and hostile lists have thousands."""
_WORD = re.compile(r"[a-z]{4,}")
_PLAIN_URL = re.compile(r"[^\s<>()\\|&]+")
"""A URL that can be written at any place: nothing in it is Markdown."""
_SPELLED = 3
"""So many of a title's words in the URL say that the URL is the title's."""


class _Conflict(NamedTuple):
    """Two listings of one work; `wrong` is the one whose link is more likely to be wrong, else the later one."""

    work: str
    wrong: Listing
    other: Listing
    right: Listing | None
    """Where the list has the title of `wrong` under another id."""


def check(context: Context) -> Iterator[Finding]:
    listed = catalogue.of(context.document)
    found = {
        work: unlike
        for work, listings in listed.by_work.items()
        if len(listings) > 1 and identity.is_publication(work) and (unlike := list(_unlike(listings)))
    }
    if not found:
        return
    order = {entry.span: number for number, entry in enumerate(listed.entries)}
    titled = _titled(listed)
    for work, pairs in found.items():
        for earlier, later in pairs:
            conflict = _registered(context, work, earlier, later) or _conflict(titled, work, earlier, later)
            yield _finding(conflict, _grade(order, earlier, later, len(pairs)))


def _unlike(listings: Sequence[Listing]) -> Iterator[tuple[Listing, Listing]]:
    """Each listing whose title none of the earlier ones has, with the last of the earlier ones."""
    for number, later in enumerate(listings[1:], 1):
        earlier = listings[max(0, number - _COMPARED) : number]
        if not any(title_match.alike(one.entry.title, later.entry.title) for one in earlier):
            yield earlier[-1], later


def _grade(order: dict[Span, int], earlier: Listing, later: Listing, count: int) -> str:
    if _name_versions(earlier, later):
        return "names"
    if count >= _MOST_ROWS or not (_names_a_paper(earlier) and _names_a_paper(later)):
        return "names"
    same_section = earlier.entry.section == later.entry.section
    next_to = order[later.entry.span] - order[earlier.entry.span] == 1
    return "neighbours" if same_section and next_to else "titles"


def _name_versions(earlier: Listing, later: Listing) -> bool:
    """Whether both links name a version, and not the same: each may have had a title of its own."""
    versions = [work.version for one in (earlier, later) if (work := works.of(one.link.link.target)) is not None]
    return None not in versions and len(set(versions)) > 1


def _names_a_paper(listing: Listing) -> bool:
    """Whether an entry is about the publication: not so `[[Crossing](https://…)] Streets from above. [[paper](…)]`."""
    entry, _ = listing
    start = entry.spans.title.start if entry.spans.title is not None else entry.span.start
    before = (part for part in entry.links if not part.link.image and part.link.span.end <= start)
    named = any(vocabulary.role_of_label(part.label) is None and not _leads_to_paper(part) for part in before)
    return not named and _reads_like_title(entry)


def _leads_to_paper(part: EntryLink) -> bool:
    work = works.identity(part.link.target)
    return work is not None and identity.is_publication(work)


def _reads_like_title(entry: Entry) -> bool:
    words = titles.keys(entry.title or "").full.split()
    return sum(word.isalpha() for word in words) >= _FEWEST_WORDS


def _titled(listed: Catalogue) -> dict[str, list[Entry]]:
    """The entries under each normalised title that is long enough to be one work's only."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in listed.entries:
        if entry.title and _reads_like_title(entry):
            found[titles.keys(entry.title).full].append(entry)
    return found


def _conflict(titled: Mapping[str, list[Entry]], work: str, earlier: Listing, later: Listing) -> _Conflict:
    rights = {listing: _elsewhere(titled, work, listing) for listing in (earlier, later)}
    for wrong, other in ((later, earlier), (earlier, later)):
        if rights[wrong] is not None and rights[other] is None:
            return _Conflict(work, wrong, other, rights[wrong])
    if _spells(later) and not _spells(earlier):
        return _Conflict(work, earlier, later, None)
    return _Conflict(work, later, earlier, None)


def _registered(context: Context, work: str, earlier: Listing, later: Listing) -> _Conflict | None:
    """Whose link is wrong by the word of a registry, for `wrong-paper` to speak of it."""
    for wrong, other in ((later, earlier), (earlier, later)):
        result = (context.links or {}).get(wrong.link.link.target)
        if result is None or result.record is None:
            continue
        if wrong_paper.is_another(wrong.entry.title, result.record, work) and not wrong_paper.is_another(
            other.entry.title, result.record, work
        ):
            return _Conflict(work, wrong, other, None)
    return None


def _elsewhere(titled: Mapping[str, list[Entry]], work: str, listing: Listing) -> Listing | None:
    """Where the list has the same title under another id."""
    for entry in titled.get(titles.keys(listing.entry.title or "").full, ()):
        for other, link in identity.works_with_links(entry):
            if other != work and identity.is_publication(other):
                return Listing(entry, link)
    return None


def _spells(listing: Listing) -> bool:
    """Whether the URL holds words of the title, as those of many proceedings do."""
    words = set(_WORD.findall(titles.keys(listing.entry.title or "").full))
    return len(words & set(_WORD.findall(listing.link.link.target.lower()))) >= min(_SPELLED, len(words))


def _finding(conflict: _Conflict, grade: str) -> Finding:
    wrong, right = conflict.wrong, conflict.right
    fix = None
    if right is not None and wrong.link.link.kind == "inline" and _PLAIN_URL.fullmatch(right.link.link.url):
        fix = Fix(f"write {right.link.link.url}", (Edit(wrong.link.link.destination, right.link.link.url),), safe=False)
    finding = _one_way(conflict.work, wrong, conflict.other, grade, _hint(right, "this title", "here"))
    line = wrong.entry.first
    hint = _hint(right, f"the title of line {line}", f"of line {line}")
    return finding._replace(fix=fix, mirror=_one_way(conflict.work, conflict.other, wrong, grade, hint))


def _one_way(work: str, here: Listing, there: Listing, grade: str, hint: str) -> Finding:
    return Finding(
        here.link.link.span,
        f"{work} is “{here.entry.title}” here and “{there.entry.title}” on line {there.entry.first}",
        grade,
        related=(Related(there.link.link.span, "the same link under another title"),),
        work=work,
        hint=hint,
    )


def _hint(right: Listing | None, title: str, slip: str) -> str:
    if right is not None:
        return f"{title} stands on line {right.entry.first} with {right.link.link.url}: the link {slip} is a slip"
    return "one link is wrong, or one title is an older name of the same work: look which, and keep one entry"
