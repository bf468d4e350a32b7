"""Blocks -> entries: which list items and table rows list something, and what their links are to them.

In half of the entries of paper lists no link text is the title: it is bold, quoted or plain, and the links are labels
(`reference/lists.md` §3). So a link's text is first looked up among the labels; what is no label may be the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from listbot import tables, works
from listbot.document import Block, Document, Entry, EntryLink, Link, PartSpans
from listbot.source import Span

_CHECKBOX = re.compile(r"\[(?P<mark>[ xX])\]\s+")
_IMAGE = re.compile(r"!\[[^\[\]]*+\]\([^()]*+\)")
_MARKUP = re.compile(r"<[^<>]*+>|[*_`~]+")
_LABEL_EDGE = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_STRONG = re.compile(r"\*\*(?P<text>[^*\n]+)\*\*|__(?P<other>[^_\n]+)__|[\"“](?P<quoted>[^\"“”\n]+)[\"”]")
_LONE_TITLE = re.compile(r"(?:\[[ xX]?\]\s*)?\[(?P<text>[^\[\]]{8,})\]")
_LINKS = re.compile(r"\[+[^\[\]]*\]{1,2}\([^()]*\)\]?|https?://\S+")
_BEFORE = re.compile(r"(?:\[[ xX]?\]\s*)?[\W\d_]*")
_TITLE = 12
"""A title has so many characters at least; a shorter text may be a name, if it stands first."""
_ROLE_OF_FAMILY = {
    "github": "code",
    "gist": "code",
    "huggingface": "model",
    "youtube": "video",
    "gdrive": "other",
    "zenodo": "data",
}
_STANDS_FOR = frozenset({"project", "other", "docs", "blog", "source"})
_NAMED = "named-code"
_CROWDED = 0.25
_FEWEST = 2


def extract(document: Document) -> list[Entry]:
    """The entries of a document, in the order of the text."""
    return list(_entries(document))


def _entries(document: Document) -> Iterator[Entry]:
    own: dict[int, list[Block]] = {}
    for index, block in enumerate(document.blocks):
        if block.kind in ("item", "row") and not (block.kind == "row" and block.level):
            own[index] = []
        elif block.kind in ("paragraph", "cell") and block.parent in own:
            own[block.parent].append(block)
    for index, leaves in own.items():
        if leaves:
            entry = _entry(document, document.blocks[index], leaves)
            if entry is not None:
                yield entry


def _entry(document: Document, container: Block, leaves: list[Block]) -> Entry | None:
    links = [link for leaf in leaves for link in document.links_in(leaf.span)]
    if links and all(link.target.startswith("#") for link in links):
        return None
    checkbox = _CHECKBOX.match(leaves[0].text)
    lone = _LONE_TITLE.match(leaves[0].text)
    if not links and lone is None:
        return None
    parts = tuple(_entry_link(document, link) for link in links)
    titled = next((part for part in parts if _is_title(document, part, leaves)), None)
    title = titled.label if titled is not None else lone["text"] if lone is not None else _plain_title(leaves)
    marks = () if checkbox is None else ("checkbox",) if checkbox["mark"] == " " else ("checkbox", "checked")
    return Entry(
        kind="row" if container.kind == "row" else "item",
        span=Span(container.span.start, max(leaf.span.end for leaf in leaves)),
        first=container.first,
        last=max(leaf.last for leaf in leaves),
        section=document.section_at(container.span.start),
        title=title,
        links=parts,
        primary=titled or _primary(parts, title),
        authors=None,
        venue=None,
        year=None,
        tags=(),
        marks=marks,
        notes=None,
        shape="",
        spans=PartSpans(title=titled.link.label if titled is not None else None),
    )


def _primary(parts: tuple[EntryLink, ...], title: str | None) -> EntryLink | None:
    """Without a linked title: the first paper, else the first link.

    Where a title stands there as text, code, slides and the like are things beside the work and do not stand for it.
    """
    papers = [part for part in parts if part.role in ("paper", "pdf")]
    if papers:
        return papers[0]
    candidates = [part for part in parts if part.role != "badge"]
    if title:
        candidates = [part for part in candidates if part.role in _STANDS_FOR or _role_of_label(part.label) is None]
    return candidates[0] if candidates else None


def _is_title(document: Document, part: EntryLink, leaves: list[Block]) -> bool:
    """A text that is no label is the title if it is long enough, or if nothing stands before it."""
    is_label = _role_of_label(part.label) is not None and part.label.lower() not in _names()
    if not part.label or is_label or part.link.kind in ("bare", "autolink"):
        return False
    first = leaves[0]
    before = document.source.text[first.span.start : part.link.span.start]
    nothing_before = _BEFORE.fullmatch(before) is not None and part.link.span.start <= first.span.end
    in_brackets = before.endswith("[") or document.source[part.link.label].startswith("[")  # [[code](…)] or [[code]](…)
    return (len(part.label) >= _TITLE and not in_brackets) or (nothing_before and not in_brackets)


def _plain_title(leaves: list[Block]) -> str | None:
    """A title that is bold, quoted, or the text before the first link; of a row, the longest cell without one."""
    if leaves[0].kind == "cell":
        texts = [_text(leaf.text) for leaf in leaves if "](" not in leaf.text]
        longest = max(texts, key=len, default="")
        return longest if len(longest) >= _TITLE else None
    for strong in _STRONG.finditer(leaves[0].text):
        text = _text(strong["text"] or strong["other"] or strong["quoted"])
        if len(text) >= _TITLE:
            return text
    pieces = (_text(piece) for piece in _LINKS.split(leaves[0].text.split("\n", 1)[0]))
    return next((piece for piece in pieces if len(piece) >= _TITLE), None)


def _text(text: str) -> str:
    return _MARKUP.sub("", _CHECKBOX.sub("", _IMAGE.sub("", text), count=1)).strip(" \t[]()|:.,-–—")


def _entry_link(document: Document, link: Link) -> EntryLink:
    label = "" if link.kind == "bare" or link.badge else _MARKUP.sub("", _IMAGE.sub("", document.source[link.label]))
    label = " ".join(label.split())
    if label.startswith("[") and label.endswith("]"):
        label = label[1:-1].strip()
    return EntryLink(link, label, "badge" if link.badge else _role_of_label(label) or _role_of_target(link.target))


@cache
def _roles() -> dict[str, str]:
    roles = {label: role for role, labels in tables.load("labels").items() for label in labels}
    return {label: "code" if role == _NAMED else role for label, role in roles.items()}


@cache
def _names() -> frozenset[str]:
    return frozenset(tables.load("labels")[_NAMED])


def _role_of_label(label: str) -> str | None:
    """The role that a label names, or None where the text is no label."""
    lowered = label.lower()
    roles = _roles()
    return roles.get(lowered) or roles.get(_LABEL_EDGE.sub("", lowered))


def _role_of_target(target: str) -> str:
    work = works.of(target)
    if work is None:
        return "other"
    role = _ROLE_OF_FAMILY.get(work.family)
    return role or ("pdf" if work.form.startswith("pdf") else "paper")


def looks_like_list(document: Document) -> bool:
    """Whether enough of a document's lines are linked entries."""
    covered = {line for entry in document.entries if entry.links for line in range(entry.first, entry.last + 1)}
    lines = range(1, document.source.line_count + 1)
    written = sum(bool(document.source.line(number).strip()) for number in lines)
    return len(covered) >= _FEWEST and len(covered) >= _CROWDED * written
