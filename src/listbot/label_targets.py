"""What links with labels promise, and where they lead: `pdf` to a PDF, `code` to a repository, `arXiv` to arXiv.

A label is judged only where `rules/data/label_targets.toml` knows it, and a target only where its address says what it
is. What most links of a label do in a list is a habit (`house_style.py`); label-target reports the few that contradict
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from listbot import identity, link_forms, tables, vocabulary, works
from listbot.document import Document, Entry, Link

_EDGE = re.compile(r"^[\W_]+|[\W\d_]+$")
_ALTERNATIVE = re.compile(r"!\[([^\[\]]*)\]|\balt=[\"']([^\"']*)[\"']")
_MIXED_CASE = re.compile(r"[a-z][A-Z]")
_SAYS_PDF = re.compile(r"pdf", re.IGNORECASE)
_ELSEWHERE = "elsewhere"
_SHOWN = {
    "page": "a paper's page",
    "doi": "a paper's page",
    "paper PDF": "a PDF",
    "PDF": "a PDF",
    "code": "a repository",
    "video": "a video",
}
PAGES = frozenset({"page", "doi"})


class Label(NamedTuple):
    """A row of the table."""

    name: str
    never: frozenset[str]
    only: frozenset[str]
    but: frozenset[str]


class Target(NamedTuple):
    """What a link's address says of where it leads."""

    kind: str
    """`page`, `doi`, `paper PDF`, `PDF`, `code`, `video`, or `elsewhere`."""
    family: str
    """The family of the work that it is; empty where it is none."""


class Labelled(NamedTuple):
    """A link whose label promises something."""

    link: Link
    label: Label
    target: Target
    contradicts: bool

    @property
    def leads_to(self) -> str:
        """Where the link leads, as a reader would say it; `elsewhere` where nobody knows."""
        if self.target.family in self.label.only:
            return self.label.name
        if self.label.only and self.target.kind in ("page", "paper PDF"):
            return link_forms.name(self.target.family)
        return _SHOWN.get(self.target.kind, self.target.kind)


def of(document: Document) -> list[Labelled]:
    """The links of entries whose labels are known, in the order of the text. A title is no label."""
    found = []
    for link in document.links:
        label = label_of(words(document, link)) if link.kind == "inline" or link.badge else None
        if label is None:
            continue
        entry = document.entry_at(link.span.start)
        if entry is not None and not _is_title(document, entry, link):
            target = target_of(link.target)
            found.append(Labelled(link, label, target, _contradicts(label, target)))
    return found


def _is_title(document: Document, entry: Entry, link: Link) -> bool:
    """Whether a link's text is its entry's title, or a name: `CodeS` begins the entry, and is all that it links."""
    if entry.spans.title is not None and entry.spans.title.overlaps(link.label):
        return True
    before = document.source.text[entry.span.start : link.span.start]
    is_alone = len(entry.links) == 1 and not any(character.isalnum() for character in before)
    return is_alone and _MIXED_CASE.search(words(document, link)) is not None


def words(document: Document, link: Link) -> str:
    """A label as a reader sees it, marks around it off."""
    text = document.source[link.label] if not link.badge else _alternative(document, link)
    return _EDGE.sub("", text)


def _alternative(document: Document, link: Link) -> str:
    """The alternative text of the image that a link shows."""
    shown = _ALTERNATIVE.search(document.source[link.label])
    return (shown[1] or shown[2] or "") if shown is not None else ""


@lru_cache(maxsize=4_096)
def label_of(text: str) -> Label | None:
    """The row of a label, or None where the table does not know it."""
    return _labels().get(_EDGE.sub("", text.lower()))


@lru_cache(maxsize=65_536)
def target_of(url: str) -> Target:
    """Where a URL leads, by its address alone."""
    work = works.of(url)
    unsure = tables.load("label_targets")["unsure"]
    if work is not None and (work.family in unsure["families"] or work.form in unsure["forms"]):
        return Target(_ELSEWHERE, work.family)
    if work is None:
        role = vocabulary.role_of_target(url)
        kind = role if role == "video" and vocabulary.is_known_host(url) else "PDF" if role == "pdf" else _ELSEWHERE
        return Target(kind, "")
    if not identity.is_publication(work.id):
        kind = {"youtube": "video", "github": "code", "gitlab": "code", "gist": "code"}.get(work.family, _ELSEWHERE)
        return Target(kind, work.family)
    if link_forms.is_pdf(work) or _SAYS_PDF.search(url):
        return Target("paper PDF", work.family)
    if work.family == "doi" or work.form.startswith("doi-"):
        return Target("doi", work.family)
    return Target("page", work.family)


def _contradicts(label: Label, target: Target) -> bool:
    if target.family in label.but:
        return False
    if label.only:
        return target.kind not in (_ELSEWHERE, "PDF") and target.family not in label.only
    at_home = target.kind != "doi"  # arXiv's own DOIs lead to arXiv, and are DOIs
    return target.kind in label.never or (at_home and target.family in label.never)


@cache
def _labels() -> dict[str, Label]:
    return {
        word: Label(row["name"], *(frozenset(row.get(key, ())) for key in ("never", "only", "but")))
        for row in tables.load("label_targets")["label"]
        for word in row["words"]
    }


# Badges --------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16_384)
def counted(image: str) -> str | None:
    """The work that a badge's image counts or names: `github:owner/name`, `arxiv:2401.00001`; None for other images."""
    for pattern in _badges():
        found = pattern.search(image)
        if found is not None and "repository" in found.groupdict():
            return f"github:{found['repository'].removesuffix('.svg').lower()}"
        if found is not None:
            return works.identity(f"arXiv:{found['paper']}")
    return None


@cache
def _badges() -> tuple[re.Pattern[str], ...]:
    rows = tables.load("label_targets")["badges"]
    return tuple(re.compile(pattern) for pattern in (*rows["repository"], *rows["paper"]))


def repositories(entry: Entry) -> Iterator[str]:
    """The GitHub repositories that an entry links, each as `github:owner/name`."""
    for part in entry.links:
        work = works.of(part.link.target)
        if work is not None and work.family == "github":
            yield repository(work.id)


def repository(work: str) -> str:
    """The repository that holds a work of GitHub's, `github:owner/name`; other works as they are."""
    return "/".join(work.split("/")[:2]) if work.startswith("github:") else work
