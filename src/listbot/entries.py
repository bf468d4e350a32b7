"""Blocks -> entries: which list items and table rows list something, and what their links are to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot.document import Block, Document, Entry, EntryLink, Link
from listbot.source import Span

_CHECKBOX = re.compile(r"\[([ xX])\]\s+")
_MARKUP = re.compile(r"[*_`]+|!?\[|\]\([^()]*\)")
_LABEL = re.compile(
    r"[\W_]*(?P<word>pdf|paper|arxiv|abs|code|github|project|page|website|demo|video|slides|data|dataset|link|blog|doi)s?[\W_]*",
    re.I,
)
_ROLE_OF_LABEL = {
    "abs": "paper",
    "arxiv": "paper",
    "doi": "paper",
    "github": "code",
    "page": "project",
    "website": "project",
    "dataset": "data",
    "link": "other",
}
_PAPER_HOSTS = re.compile(
    r"//(?:[\w-]+\.)*(?:arxiv\.org|doi\.org|acm\.org|ieee\.org|openreview\.net|aclanthology\.org|usenix\.org|mlr\.press|"
    r"thecvf\.com|neurips\.cc|nips\.cc|mlsys\.org|springer\.com|sciencedirect\.com|biorxiv\.org)/",
    re.I,
)


def extract(document: Document) -> list[Entry]:
    """The entries of a document, in the order of the text."""
    return list(_entries(document))


def _entries(document: Document) -> Iterator[Entry]:
    own: dict[int, list[Block]] = {}
    order: list[int] = []
    for index, block in enumerate(document.blocks):
        if block.kind in ("item", "row"):
            own[index] = []
            order.append(index)
        elif block.kind in ("paragraph", "cell") and block.parent in own:
            own[block.parent].append(block)
    for index in order:
        leaves = own[index]
        if leaves and not (document.blocks[index].kind == "row" and document.blocks[index].level):
            entry = _entry(document, document.blocks[index], leaves)
            if entry is not None:
                yield entry


def _entry(document: Document, container: Block, leaves: list[Block]) -> Entry | None:
    links = [link for leaf in leaves for link in document.links_in(leaf.span)]
    if links and all(link.target.startswith("#") for link in links):
        return None
    first_text = leaves[0].text
    checkbox = _CHECKBOX.match(first_text)
    if not links and not (checkbox or _unlinked_title(first_text)):
        return None
    titled = next((link for link in links if not link.badge and not _LABEL.fullmatch(_shown(document, link))), None)
    title_span = titled.label if titled is not None else None
    title = _shown(document, titled) if titled is not None else _unlinked_title(first_text)
    parts = tuple(EntryLink(link, _shown(document, link), _role(document, link)) for link in links)
    primary = next((part for part in parts if titled is not None and part.link == titled), None)
    if primary is None:
        primary = next((part for part in parts if part.role in ("paper", "pdf")), parts[0] if parts else None)
    last = max(leaf.last for leaf in leaves)
    span = Span(container.span.start, max(leaf.span.end for leaf in leaves))
    marks = ("checkbox",) if checkbox else ()
    return Entry(
        "row" if container.kind == "row" else "item",
        span,
        container.first,
        last,
        document.section_at(container.span.start),
        title,
        title_span,
        parts,
        primary,
        None,
        None,
        None,
        (),
        marks,
        None,
    )


def _unlinked_title(text: str) -> str | None:
    found = re.match(r"(?:\[[ xX]?\]\s*)?\[([^\[\]]{8,})\]", text)
    return found[1] if found else None


def _shown(document: Document, link: Link) -> str:
    return "" if link.kind == "bare" or link.badge else _MARKUP.sub("", document.source[link.label]).strip()


def _role(document: Document, link: Link) -> str:
    if link.badge:
        return "badge"
    label = _LABEL.fullmatch(_shown(document, link))
    if label is not None:
        word = label["word"].lower()
        return _ROLE_OF_LABEL.get(word, word)
    if _PAPER_HOSTS.search(link.target):
        return "paper"
    return "code" if "//github.com/" in link.target else "other"


def looks_like_list(document: Document) -> bool:
    """Whether enough of a document's lines are linked entries."""
    covered = {line for entry in document.entries if entry.links for line in range(entry.first, entry.last + 1)}
    written = sum(bool(document.source.line(n).strip()) for n in range(1, document.source.line_count + 1))
    return len(covered) >= 2 and len(covered) >= 0.25 * written
