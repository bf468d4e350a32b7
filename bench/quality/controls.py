"""Places that a rule does not report, to be mixed into what a blind reader sees.

Without them a reader who always says yes would look like a perfect one. Each kind is chosen so that an honest reader
denies; `questions.toml` says which kinds go with which rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from bench.quality import cases, drawing
from bench.quality.cases import Case, Listed
from listbot import identity, link_forms, titles, vocabulary, works
from listbot.document import Entry, Link
from listbot.finding import Edit, Fix
from listbot.habits import in_body, majority
from listbot.source import Span

_A_LIST = 4
"""So many candidates of one list are plenty, where a sample has some 20 over all lists."""
_ENOUGH = 10
"""Links of one family in a list, for most of them to be of one form."""
_WORD = re.compile(r"(?<![^\s(])[a-z]{4,}(?=[\s,.)])")
Places = tuple[Span, ...]


def draw(lists: Sequence[Listed], rule: str, kinds: Sequence[str], size: int, seed: int) -> list[Case]:
    """Controls of the given kinds, as many of each, spread over the lists; the same every time."""
    drawn: list[Case] = []
    for number, kind in enumerate(kinds):
        share = size // len(kinds) + (number < size % len(kinds))
        drawn += drawing.draw([case for one in lists for case in _of_list(one, rule, kind, seed)], share, seed)
    return drawn


def _of_list(one: Listed, rule: str, kind: str, seed: int) -> Iterator[Case]:
    """Some candidates of a list, none of which the rule reports, hints included."""
    reported = [
        span
        for found in one.found
        if found.rule == rule
        for span in (found.span, *(place.span for place in found.related))
    ]
    candidates = sorted(KINDS[kind](one), key=lambda places: drawing.digest(str(seed), rule, one.repo, str(places)))
    free = (places for places in candidates if not any(p.overlaps(span) for p in places for span in reported))
    for places, _ in zip(free, range(_A_LIST), strict=False):
        case = cases.control(one, rule, places)
        yield cases.of_fix(case, _damage(one, places[0])) if rule == cases.SAFE_FIXES else case


def _damage(one: Listed, destination: Span) -> Fix:
    """A change that looks like a fix and breaks the link: two characters at the end of the URL are lost."""
    damaged = _damaged(one.document.source[destination])
    return Fix(f"write {damaged}", (Edit(destination, damaged),), safe=True)


def _damaged(url: str) -> str:
    return url[:-2]


def _linked(one: Listed) -> Iterator[tuple[Entry, Link]]:
    """The body's entries that have a title and a link to stand for them."""
    for entry in one.document.entries:
        if entry.title and entry.primary is not None and in_body(one.document, entry.span.start):
            yield entry, entry.primary.link


def _pairs(one: Listed) -> Iterator[Places]:
    """Two entries of one section that have no work in common, not far from each other."""
    by_section: dict[int, list[tuple[Entry, Link]]] = defaultdict(list)
    for entry, link in _linked(one):
        by_section[entry.section].append((entry, link))
    for section in by_section.values():
        for number, (later, link) in enumerate(section):
            for earlier, other in section[max(0, number - 5) : number]:
                if not set(identity.works_of(earlier)) & set(identity.works_of(later)):
                    yield link.span, other.span


def _listed_twice(one: Listed) -> Iterator[Places]:
    """One publication under one title at two places."""
    entry_at = one.document.entry_at
    for found in one.found:
        if found.rule == "duplicate-entry" and identity.is_publication(found.work or "url:") and found.related:
            places = found.span, found.related[0].span
            names = {titles.keys((entry.title if (entry := entry_at(place.start)) else None) or "") for place in places}
            if len(names) == 1:
                yield places


def _links(one: Listed) -> Iterator[Places]:
    """Any link of the body."""
    return ((link.span,) for link in one.document.links if in_body(one.document, link.span.start))


def _publications(one: Listed) -> Iterator[Places]:
    """The URLs of links to publications that lead elsewhere without their last characters."""
    for use in link_forms.uses(one.document):
        url = use.link.url
        if identity.is_publication(use.work.id) and works.identity(_damaged(url)) != use.work.id:
            yield (use.link.destination,)


def _family_links(one: Listed) -> Iterator[Places]:
    """Links that are of the same form as nearly all of their family."""
    by_family: dict[str, list[tuple[str, Link]]] = defaultdict(list)
    for use in link_forms.uses(one.document):
        form = f"{use.scheme} {use.host} {use.work.form} {use.work.version is None}"
        by_family[use.work.family].append((form, use.link))
    for forms in by_family.values():
        most = majority(form for form, _ in forms)
        if most is not None and most.settled and most.of >= _ENOUGH:
            yield from ((link.destination,) for form, link in forms if form == most.what)


def _labelled_links(one: Listed) -> Iterator[Places]:
    """Links whose label names a role, and that lead to a host of that role."""
    for entry in one.document.entries:
        for link in entry.links:
            named = vocabulary.role_of_label(link.label)
            if named is not None and named == vocabulary.role_of_target(link.link.target):
                yield (link.link.span,)


def _venues(one: Listed) -> Iterator[Places]:
    """Venues that stand beside a link to a publication."""
    for entry, link in _linked(one):
        if entry.spans.venue is not None and identity.are_publications(identity.works_of(entry)):
            yield entry.spans.venue, link.span


def _words(one: Listed) -> Iterator[Places]:
    """Words in lower case that the list itself uses several times."""
    by_word: dict[str, list[Span]] = defaultdict(list)
    for word in _WORD.finditer(one.document.prose):
        by_word[word[0]].append(Span(*word.span()))
    return ((spans[0],) for spans in by_word.values() if len(spans) > 1)


KINDS: Mapping[str, Callable[[Listed], Iterator[Places]]] = {
    "pair": _pairs,
    "listed-twice": _listed_twice,
    "link": _links,
    "damage": _publications,
    "family-link": _family_links,
    "labelled-link": _labelled_links,
    "venue": _venues,
    "word": _words,
}
