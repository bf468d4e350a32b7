"""Which links only the later entry has, and how they are written into the earlier one."""

from __future__ import annotations

from functools import lru_cache

from listbot import identity, works
from listbot.document import Document, Entry, EntryLink, Link
from listbot.finding import Edit
from listbot.merging.notes import words_of
from listbot.source import Span

_PREPRINTS = frozenset({"arxiv", "biorxiv", "medrxiv", "ssrn", "hal"})
_SAYS = {
    **dict.fromkeys(("abs", "arxiv", "paper", "pdf", "preprint"), "paper"),
    **dict.fromkeys(("code", "github"), "code"),
    **dict.fromkeys(("page", "project", "website"), "page"),
    **dict.fromkeys(("here", "link"), ""),
}
"""Labels that say what a link is; those that say the same stand for each other, and an empty one says nothing."""
_WRAPPERS = {"[": "]", "(": ")", "（": "）", "【": "】"}


def work_of(link: Link) -> str:
    """The work that a link leads to, or its target where that is no web address."""
    return works.identity(link.target) or link.target


def missing(document: Document, first: Entry, again: Entry) -> list[EntryLink]:
    """The links of the later entry that lead elsewhere than those of the earlier one, or there under another role."""
    there = {work_of(link.link) for link in first.links}
    found: dict[str, EntryLink] = {}
    for link in again.links:
        label = document.source[link.link.label]
        if work_of(link.link) not in there or (_is_role(label) and not says_the_same(document, first, link)):
            found.setdefault(work_of(link.link), link)
    return list(found.values())


def says_the_same(document: Document, first: Entry, link: EntryLink) -> bool:
    """Whether an entry links the same under a label of the same role, or by its title."""
    label = document.source[link.link.label]
    if not _is_role(label):
        return False
    same = [one.link for one in first.links if work_of(one.link) == work_of(link.link)]
    title = first.spans.title
    return any(
        (title is not None and one.label.overlaps(title)) or _roles(label) <= _roles(document.source[one.label])
        for one in same
    )


def _is_role(label: str) -> bool:
    return set(words_of(label)) <= _SAYS.keys()


def _roles(label: str) -> set[str]:
    return {role for word in words_of(label) if (role := _SAYS.get(word))}


def published(document: Document, first: Entry, link: EntryLink) -> tuple[Edit, str] | None:
    """For a publication where the title links a preprint: the title's new target, and the preprint under a label."""
    old = first.primary
    if old is None or link.link.kind != "inline" or old.link.kind != "inline" or link.link.image:
        return None
    titled = first.spans.title is not None and old.link.label.overlaps(first.spans.title)
    family, new = work_of(old.link).partition(":")[0], work_of(link.link)
    if not titled or family not in _PREPRINTS or not identity.is_publication(new) or is_preprint(new):
        return None
    return Edit(old.link.destination, link.link.url), _labelled(document, "preprint", old.link.url)


def is_preprint(work: str) -> bool:
    return work.partition(":")[0] in _PREPRINTS


def piece_of(document: Document, entry: Entry, link: EntryLink) -> str | None:
    """A link as its entry writes it, with the brackets around it; under a label where its text is the title."""
    title = entry.spans.title
    if title is None or not link.link.label.overlaps(title):
        return wrapped(document, link.link.span)
    work = work_of(link.link)
    if identity.is_publication(work):
        return _labelled(document, "preprint" if is_preprint(work) else "paper", link.link.url)
    return _labelled(document, "code", link.link.url) if identity.are_repositories([work]) else None


def _labelled(document: Document, label: str, url: str) -> str:
    """A link under a label, in brackets where the list has its labels so."""
    return f"[[{label}]({url})]" if _brackets_labels(document) else f"[{label}]({url})"


@lru_cache(maxsize=1)
def _brackets_labels(document: Document) -> bool:
    text = document.source.text
    small = [link for link in document.links if link.kind == "inline" and len(document.source[link.label].split()) == 1]
    bracketed = sum(text[max(0, link.span.start - 1)] == "[" for link in small)
    return bracketed * 2 > len(small)


def wrapped(document: Document, span: Span, opening: str = "", closing: str = "") -> str:
    """The text of a span with the brackets directly around it, else with those that are given."""
    text = document.source.text
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    if before in _WRAPPERS and _WRAPPERS[before] == after:
        return before + document.source[span] + after
    return opening + document.source[span] + closing
