"""Links that Markdown does see, and that lead nowhere as their target is written.

Each fault of a target is one row of `faults`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from listbot.checks.malformed_link import heads
from listbot.checks.malformed_link.faults import FAULTS, Fault
from listbot.checks.malformed_link.grades import BROKEN, NOT_YET
from listbot.checks.malformed_link.labels import COMPANION, PAPER, PUT_OFF, plain
from listbot.document import Document, Link
from listbot.finding import Edit, Finding, Fix
from listbot.rule import Surroundings
from listbot.source import Span
from listbot.typed import Typed

_OF_BARE_URLS = frozenset({"doubled-scheme", "glued"})
"""Faults that bare URLs have as well."""
_OF_BARE_URLS_ALONE = frozenset({"runs-on", "host-runs-on"})
_OF_PATHS = frozenset({"no-scheme", "address"})
"""Faults that are none where such a file is there; and `<name@host>` needs no scheme."""

_FEWEST_WORDS = 3
"""A title has so many words at least; fewer are a label, such as `Code` or a venue."""
_LONGEST_SHOWN = 100
_LONGEST_READ = 4_000
"""Longer targets are no URLs that somebody typed, and the patterns need not be linear in them."""


def check(document: Document, surroundings: Surroundings, typed: Typed) -> Iterator[Finding]:
    """Every link and image with an empty or faulty target, in the order of the text.

    Of a bare URL only where it ends is judged: what is wrong before it is how it is joined to the text around it.
    """
    seen: set[Span] = set()
    titles = _titles(document, typed)
    for link in sorted(document.links + document.images, key=lambda link: link.span):
        if link.destination in seen and link.destination.start < link.destination.end:
            continue
        seen.add(link.destination)
        if document.source[link.label].startswith("^"):
            continue  # a footnote: what its definition holds is text
        finding = _empty(document, link, titles) if not link.target else _faulty(document, link, surroundings)
        if finding is not None:
            yield finding


def _titles(document: Document, typed: Typed) -> frozenset[int]:
    """Where items begin with a title that lacks its target, among items that begin with a link."""
    empty = {link.span.start: link for link in document.links if not link.target}
    heads_of = heads.of(document, typed) if empty else ()
    return frozenset(
        head.at
        for head in heads_of
        if head.at in empty
        and not PUT_OFF.search(document.source[head.leaf.span])
        and not PAPER.fullmatch(plain(document.source[empty[head.at].label]))
        and not COMPANION.fullmatch(plain(document.source[empty[head.at].label]))
    )


def _empty(document: Document, link: Link, titles: Collection[int]) -> Finding | None:
    if link.kind == "reference":
        return None  # `[label]: <>` says on purpose that the label leads nowhere
    if link.badge:
        return None  # GitHub links an image to itself unless a link is around it, so this is how to have it unlinked
    label = " ".join(document.source[link.label].split())
    what = "this image" if link.image else f"“{_shown(label)}”" if plain(label) else "this link"
    if link.image or (_is_label(plain(label)) and link.span.start not in titles):
        return Finding(link.span, f"the target of {what} is empty", NOT_YET)
    return Finding(
        link.span,
        f"the target of {what} is empty, so the link leads back to this page",
        BROKEN,
        hint="put the URL between the parentheses",
    )


def _is_label(text: str) -> bool:
    """Whether a link's text says what the link leads to, and not what it is about: such a target may be yet to come."""
    return len(text.split()) < _FEWEST_WORDS or bool(COMPANION.fullmatch(text) or PUT_OFF.search(text))


def _faulty(document: Document, link: Link, surroundings: Surroundings) -> Finding | None:
    if len(link.target) > _LONGEST_READ:
        return None
    for fault in FAULTS:
        if (link.kind == "bare") != (fault.name in _OF_BARE_URLS_ALONE) and fault.name not in _OF_BARE_URLS:
            continue
        match = fault.target.fullmatch(link.target)
        if match is None:
            continue
        if fault.name in _OF_PATHS and (link.kind == "autolink" or surroundings.exists(link.target)):
            return None
        return _finding(document, link, fault, match)
    return None


def _finding(document: Document, link: Link, fault: Fault, match: re.Match[str]) -> Finding:
    groups = match.groupdict()
    bad = groups.get("bad") or groups.get("bad2") or ""
    meant = match.expand(fault.meant) if fault.meant is not None else None
    located = link.destination.start < link.destination.end
    span = link.destination if located else link.span
    fix = None
    if meant is not None and located and link.url == link.target:
        edits = [Edit(link.destination, meant)]
        if bad == "]" and _is_half_open(document, link):
            edits.append(Edit(Span(link.span.end, link.span.end), bad))
        fix = Fix(f"write {_shown(meant)}", tuple(edits), fault.safe)
    hint = f"write {_shown(meant)}" if meant is not None else None
    return Finding(span, fault.message.format(_shown(bad)), fault.grade, fix=fix, hint=hint)


def _is_half_open(document: Document, link: Link) -> bool:
    """`[[pdf](URL])`: the bracket in the URL is the other half of the one before the link."""
    text = document.source.text
    return text[max(0, link.span.start - 1) : link.span.start] == "[" and not text.startswith("]", link.span.end)


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
