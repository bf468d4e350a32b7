"""wrong-paper: a link whose registry knows it under the title of another paper."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from listbot import catalogue, identity, title_match, titles, works
from listbot.checks import checked_links
from listbot.document import Document, Entry, EntryLink
from listbot.finding import Edit, Finding, Fix, Related
from listbot.liveness import Record
from listbot.rule import Context
from listbot.source import Span

_FEWEST_WORDS = 5
"""Shorter titles are names."""
_ENOUGH = 5
"""So many entries tell whether the list writes titles as registries do."""
_USUAL = 0.8
_CAPITAL = re.compile(r"\W*(?:[A-Z0-9]|[\w.+-]{1,24}:\s)")
"""How titles begin; descriptions mostly do not."""
_WORD = re.compile(r"[^\W_]+")
_PLAIN_URL = re.compile(r"[^\s<>()\\|&]+")
_ALL_TITLES = "arxiv:"
"""Of these works the registry tells the first title as well, so that a renamed paper is known."""


class _Titled(NamedTuple):
    """An entry whose title can be held against a registry's."""

    entry: Entry
    link: EntryLink
    work: str
    record: Record


def check(context: Context) -> Iterator[Finding]:
    told = {link.destination: result.record for link, result in checked_links.of(context) if result.record is not None}
    titled = list(_titled(context, told))
    if not titled:
        return
    listed = [entry for entry in catalogue.of(context.document).entries if reads_like_title(entry.title)]
    common = title_match.common_words([entry.title or "" for entry in listed])
    by_title = _by_title(listed)
    wrong = [one for one in titled if is_another(one.entry.title, one.record, one.work, common)]
    usual = len(titled) - len(wrong) >= _USUAL * len(titled)
    for one in wrong:
        if _is_named(context.document, one) or _is_linked_as_well(one, told):
            continue
        source = _entry_of(one.record.title, by_title, one)
        if source is not None or (usual if len(titled) >= _ENOUGH else _is_bibliographic(one)):
            yield _finding(one, source, _entry_of(one.entry.title or "", by_title, one))


# Which entries --------------------------------------------------------------------------------------------------------


def _titled(context: Context, told: Mapping[Span, Record]) -> Iterator[_Titled]:
    """Entries that stand for a publication, with a title long enough to be one's only, and a registry's beside it."""
    for entry in catalogue.of(context.document).entries:
        link = entry.primary
        record = told.get(link.link.destination) if link is not None else None
        if link is None or record is None or not record.title or not reads_like_title(entry.title):
            continue
        work = works.of(link.link.target)
        if work is not None and identity.is_publication(work.id) and (work.version or 1) == 1:
            # The title of a later version is neither the first nor, perhaps, the last.
            yield _Titled(entry, link, work.id, record)


def reads_like_title(title: str | None) -> bool:
    """Whether a title is one in full, and no name or description."""
    words = titles.keys(title or "").full.split()
    known = sum(word.isascii() and word.isalpha() for word in words)
    return known >= _FEWEST_WORDS and bool(_CAPITAL.match(title or ""))


def is_another(title: str | None, record: Record, work: str, common: Container[str] = ()) -> bool:
    """Whether a title is another paper's than the one that a registry has: unlike its title, and its first title."""
    known = [known for known in (record.title, record.first_title) if known]
    renamed = not work.startswith(_ALL_TITLES)
    return bool(title and known) and all(
        title_match.is_another(title or "", one, common, renamed=renamed) for one in known
    )


def _is_named(document: Document, one: _Titled) -> bool:
    """Whether the entry names the registry's paper beside the link: by its title, by the name before its colon, or by
    one of its authors. Then it is that paper under another title, or in the list's own words."""
    span, link = one.entry.span, one.link.link.destination
    text = _words(f"{document.source.text[span.start : link.start]} {document.source.text[link.end : span.end]}")
    stated = set(_words(one.entry.authors or "").split())
    names = [one.record.title, titles.keys(one.record.title).lead]
    surnames = [_words(name).strip() for name in one.record.authors]
    return any(name and _words(name) in text for name in names) or any(name in stated for name in surnames if name)


def _words(text: str) -> str:
    """The words of a text in lower case, a blank at both ends."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _is_linked_as_well(one: _Titled, told: Mapping[Span, Record]) -> bool:
    """Whether another link of the entry leads to the paper of its title."""
    known = [told[part.link.destination].title for part in one.entry.links if part.link.destination in told]
    return any(title and title_match.alike(one.entry.title, title) for title in known)


def _is_bibliographic(one: _Titled) -> bool:
    """Whether an entry looks like one of a bibliography, where there are too few to tell what the list does."""
    return one.entry.authors is not None or one.link.label.strip() == (one.entry.title or "").strip()


# What is said ---------------------------------------------------------------------------------------------------------


def _by_title(listed: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    """The first two entries under each normalised title: one of them is another than the one that is asked about."""
    found: dict[str, list[Entry]] = {}
    for entry in listed:
        under = found.setdefault(titles.keys(entry.title or "").full, [])
        if len(under) < 2:
            under.append(entry)
    return found


def _entry_of(title: str, by_title: Mapping[str, list[Entry]], one: _Titled) -> Entry | None:
    """The list's other entry under a title."""
    return next((entry for entry in by_title.get(titles.keys(title).full, ()) if entry.span != one.entry.span), None)


def _finding(one: _Titled, source: Entry | None, right: Entry | None) -> Finding:
    related = () if source is None else (Related(source.span, "that paper is listed here"),)
    url = _url_of(right, one.work)
    fix = None
    if url and one.link.link.kind == "inline" and one.link.link.target == one.link.link.url:
        fix = Fix(f"write {url}", (Edit(one.link.link.destination, url),), safe=False)
    return Finding(
        one.link.link.destination,
        f"{one.work} is “{one.record.title}”, and not “{one.entry.title}”",
        "copied" if source is not None else "title",
        fix,
        related,
        one.work,
        f"this title stands on line {right.first} with {url}" if right is not None and url else _LOOK,
    )


_LOOK = "look which is meant: the title or the link"


def _url_of(right: Entry | None, work: str) -> str:
    """The link of the same title elsewhere, where it is another, and can be written anywhere."""
    link = right.primary if right is not None else None
    if link is None or works.identity(link.link.target) == work or not _PLAIN_URL.fullmatch(link.link.url):
        return ""
    return link.link.url
