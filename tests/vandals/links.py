"""Defects of links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from listbot import works
from listbot.document import Link
from listbot.finding import Edit
from tests.vandals.defects import Change, Changes, defect, put
from tests.vandals.listed import Listed

_PAGE = re.compile(r"https://arxiv\.org/abs/\d{4}\.\d{4,5}")


def _written(change: Callable[[str, str], str]) -> Changes:
    """Writes a link otherwise, given its text and its URL."""

    def changes(listed: Listed) -> Iterator[Change]:
        for link in listed.links:
            written = change(listed.document.source[link.label], link.url)
            yield Change((Edit(link.span, written),))

    return changes


def _of_arxiv(listed: Listed) -> Iterator[Link]:
    """Links to arXiv pages, of no version, whose paper the list has once."""
    seen: dict[str | None, int] = {}
    for link in listed.document.links:
        work = works.identity(link.target)
        seen[work] = seen.get(work, 0) + 1
    for link in listed.links:
        if _PAGE.fullmatch(link.url) and seen[works.identity(link.target)] == 1:
            yield link


def _placeholder(listed: Listed) -> Iterator[Change]:
    for link in _of_arxiv(listed):
        yield Change((Edit(link.destination, "https://arxiv.org/abs/XXXX.XXXXX"),))


def _pdf(listed: Listed) -> Iterator[Change]:
    if listed.keeps("arXiv form", "abs"):
        for link in _of_arxiv(listed):
            yield Change((Edit(link.destination, link.url.replace("/abs/", "/pdf/")),))


def _versioned(listed: Listed) -> Iterator[Change]:
    if listed.keeps("arXiv version", "unversioned"):
        for link in _of_arxiv(listed):
            yield Change((put(link.destination.end, "v1"),), (link.destination,))


def _tracked(listed: Listed) -> Iterator[Change]:
    for link in listed.links:
        if "?" not in link.url and "#" not in link.url:
            yield Change((put(link.destination.end, "?utm_source=newsletter"),), (link.destination,))


def _of_the_line_above(listed: Listed) -> Iterator[Change]:
    """The link of another paper, which stands just above: copied, and forgotten."""
    arxiv = {link.span: link for link in _of_arxiv(listed)}
    entries = [e for e in listed.lines if e.primary is not None and e.primary.link.span in arxiv]
    for above, entry in pairwise(entries):
        unlike = not set((above.title or "").lower().split()) & set((entry.title or "").lower().split())
        if entry.first == above.first + 1 and unlike and above.primary and entry.primary:
            span = entry.primary.link.destination
            yield Change((Edit(span, above.primary.link.url),), (above.span, entry.span))


def _nowhere(listed: Listed) -> Iterator[Change]:
    for section in listed.document.sections[1:]:
        heading = section.heading
        above = listed.document.entry_at(heading.span.start - 2)
        if not heading.html and listed.is_clean(heading.first, heading.last) and above in listed.entries:
            at = listed.document.source.line_span(heading.first).start
            if listed.text[max(0, at - 2) : at] == "\n\n":
                yield Change((put(at, "More stands [elsewhere here](#zq-no-such-place).\n\n"),))


LINKS = (
    defect("a blank in a link", "malformed-link", _written(lambda text, url: f"[{text}] ({url})")),
    defect("a link is not closed", "malformed-link", _written(lambda text, url: f"[{text}]({url}")),
    defect("a scheme twice", "malformed-link", _written(lambda text, url: f"[{text}](https://{url})")),
    defect("half a scheme", "malformed-link", _written(lambda text, url: f"[{text}]({url.replace('//', '/', 1)})")),
    defect("no target", "malformed-link", _written(lambda text, _: f"[{text}]()")),
    defect("no opening bracket", "malformed-link", _written(lambda text, url: f"{text}]({url})")),
    defect("no closing bracket", "malformed-link", _written(lambda text, url: f"[{text}({url})")),
    defect("no opening parenthesis", "malformed-link", _written(lambda text, url: f"[{text}]{url})")),
    defect("brackets the wrong way", "malformed-link", _written(lambda text, url: f"({text})[{url}]")),
    defect("brackets for parentheses", "malformed-link", _written(lambda text, url: f"[{text}][{url}]")),
    defect("a wide parenthesis", "malformed-link", _written(lambda text, url: f"[{text}]({url}）")),
    defect("a placeholder", "placeholder-link", _placeholder),
    defect("a PDF among pages", "pdf-link-format", _pdf),
    defect("a version among links of none", "pdf-link-format", _versioned),
    defect("a link that tracks", "pdf-link-format", _tracked),
    defect("the link of the line above", "title-conflict", _of_the_line_above),
    defect("an anchor that is not there", "broken-anchor", _nowhere),
)
