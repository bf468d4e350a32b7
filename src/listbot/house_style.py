"""What this list does, and with how much support: the list is its own style guide.

A *habit* is a property that many places of a list have: the bullet, the form of arXiv links, how a label is spelled. It
is *settled* where enough places agree; style rules report what differs from settled habits and are silent about the
rest. Only the list's body is asked: news, contents and end matter have habits of their own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from listbot import tables, works
from listbot.document import Block, Document, Entry, Link
from listbot.section_roles import BODY
from listbot.source import Span

SUPPORT = 0.8
"""A majority smaller than this is no style (`design.md` §1: 572 of 584, and 274 of 276, are; 348 of 409 is)."""
ENOUGH = 5
"""Fewer places say nothing about a list's habits."""
ARXIV_HOST = "arxiv.org"
ARXIV_FORMS = frozenset({"abs", "pdf", "pdf.pdf", "html"})
_ENOUGH_OF_A_FAMILY = 10
_SAYS_PDF = re.compile(r"\bpdf\b", re.IGNORECASE)
_EMPHASIS = re.compile(r"[*_]+")
_LABEL_EDGE = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SEPARATOR = 8
"""Longer texts between a title and its notes are no separator."""
_CLOSING = ".。!！?？;；,，:：…"
_LABEL_FOR = {"paper": "paper", "pdf": "paper", "code": "code", "project": "project", "data": "data", "video": "video"}


class Majority(NamedTuple):
    """What most places do: `what`, done at `count` `of` them."""

    what: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a majority
    of: int

    @property
    def share(self) -> float:
        return self.count / self.of

    @property
    def settled(self) -> bool:
        """Whether this is a style, and what differs from it an outlier."""
        return self.of >= ENOUGH and self.count >= SUPPORT * self.of

    def __str__(self) -> str:
        return f"{self.count}/{self.of}"


class Observation(NamedTuple):
    """What one place does. `start` is its offset."""

    what: str
    start: int


class Habit(NamedTuple):
    """What the places of a list, or of a section, do about one property."""

    name: str
    """`entry shape`, `arXiv form`, `acl form`, …"""
    majority: Majority
    others: tuple[tuple[str, int], ...]
    """What else is done, and how often, the commonest first."""
    outliers: tuple[int, ...]
    """Lines, in order, that do not do as the majority."""


class SectionStyle(NamedTuple):
    """The habits of one section's own entries, subsections not counted."""

    section: int
    """Index in `Document.sections`."""
    entries: int
    habits: tuple[Habit, ...]


class HouseStyle(NamedTuple):
    """The habits of a list. What fewer than `ENOUGH` places show is no habit."""

    entries: int
    """How many entries the list's body has."""
    habits: tuple[Habit, ...]
    sections: tuple[SectionStyle, ...]
    """The body's sections that show a habit, in the order of the text."""

    def habit(self, name: str) -> Habit | None:
        return next((habit for habit in self.habits if habit.name == name), None)


class ArxivLink(NamedTuple):
    """A link to a paper at arXiv, taken apart."""

    link: Link
    work: works.Work
    scheme: str
    host: str


def learn(document: Document) -> HouseStyle:
    """The habits of a list's body, and of each of its sections."""
    body = _Body(document)
    observed = {name: list(observe(body)) for name, observe in _OBSERVERS}
    observed |= arxiv_observations(document, arxiv_links(document))
    observed |= _families(body)
    by_section: dict[int, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for name, observations in observed.items():
        for observation in observations:
            by_section[document.section_at(observation.start)][name].append(observation)
    entries = Counter(entry.section for entry in body.entries)
    sections = (
        SectionStyle(index, entries[index], _habits(document, by_section[index]))
        for index in sorted(by_section)
        if index >= 0
    )
    return HouseStyle(
        len(body.entries), _habits(document, observed), tuple(section for section in sections if section.habits)
    )


def majority(whats: Iterable[str]) -> Majority | None:
    """What most do; of equals what comes first. None where there is nothing."""
    count = Counter(whats)
    return Majority(*count.most_common(1)[0], count.total()) if count else None


def in_body(document: Document, offset: int) -> bool:
    """Whether an offset is in the list's body; what stands before the first heading is."""
    index = document.section_at(offset)
    return index < 0 or document.sections[index].role == BODY


# arXiv ---------------------------------------------------------------------------------------------------------------


def arxiv_links(document: Document) -> list[ArxivLink]:
    """The links to papers at arXiv's own hosts whose form is one of `ARXIV_FORMS`."""
    return [found for link in document.links if (found := _arxiv_link(link)) is not None]


def _arxiv_link(link: Link) -> ArxivLink | None:
    work = works.of(link.target)
    if work is None or work.family != "arxiv" or work.form not in ARXIV_FORMS:
        return None
    parts = urlsplit(link.target)
    host = (parts.hostname or "").lower()
    return ArxivLink(link, work, parts.scheme.lower(), host) if host.endswith(ARXIV_HOST) else None


def arxiv_observations(document: Document, links: list[ArxivLink]) -> dict[str, list[Observation]]:
    """What the body's arXiv links do about form, version, scheme and host.

    Where an entry links one paper twice, the link that says `pdf` has its form from its label and counts for nothing.
    """
    observed: dict[str, list[Observation]] = {name: [] for name in ("form", "version", "scheme", "host")}
    twice = _linked_twice(document, [(found.link, found.work) for found in links])
    for link, work, scheme, host in links:
        if not in_body(document, link.span.start):
            continue
        start = link.span.start
        if link.span not in twice or not says_pdf(document, link):
            observed["form"].append(Observation(work.form, start))
        observed["version"].append(Observation("versioned" if work.version else "unversioned", start))
        observed["scheme"].append(Observation(scheme, start))
        observed["host"].append(Observation(host, start))
    return {f"arXiv {name}": observations for name, observations in observed.items()}


def says_pdf(document: Document, link: Link) -> bool:
    """Whether a link's label promises a PDF, so that it may well be one."""
    return bool(_SAYS_PDF.search(document.source[link.label])) and link.kind == "inline"


def _linked_twice(document: Document, links: Iterable[tuple[Link, works.Work]]) -> set[Span]:
    """The links that stand in one entry with another link to the same work."""
    together: dict[tuple[Span | int, str], list[Span]] = defaultdict(list)
    for link, work in links:
        entry = document.entry_at(link.span.start)
        place = entry.span if entry is not None else document.source.line_of(link.span.start)
        together[place, work.id].append(link.span)
    return {span for spans in together.values() if len(spans) > 1 for span in spans}


# Everything else -----------------------------------------------------------------------------------------------------


class _Body:
    """The part of a document that is the list, with what several observers ask of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entries = [entry for entry in document.entries if in_body(document, entry.span.start)]
        self.items: dict[int, Block] = {}
        for block in document.blocks:
            if block.kind == "item":
                self.items.setdefault(block.span.start, block)

    def labels(self) -> Iterator[tuple[Link, str, str]]:
        """The links beside titles whose text is a known label: link, label, role."""
        for entry in self.entries:
            title = entry.spans.title
            for part in entry.links:
                is_title = title is not None and title.overlaps(part.link.label)
                if part.label and not is_title and part.link.kind == "inline" and _is_label(part.label):
                    yield part.link, part.label, part.role


@cache
def _known_labels() -> frozenset[str]:
    return frozenset(label for labels in tables.load("labels").values() for label in labels)


def _is_label(text: str) -> bool:
    lowered = text.lower()
    return lowered in _known_labels() or _LABEL_EDGE.sub("", lowered) in _known_labels()


def _shapes(body: _Body) -> Iterator[Observation]:
    for entry in body.entries:
        if entry.shape:
            yield Observation(entry.shape, entry.span.start)


def _bullets(body: _Body) -> Iterator[Observation]:
    for entry in body.entries:
        block = body.items.get(entry.span.start)
        if block is not None:
            mark = block.mark if block.mark in "-*+" else f"1{block.mark}"
            yield Observation(mark, entry.span.start)


def _numbers(body: _Body) -> Iterator[Observation]:
    """Whether numbered items count on from the one before them. The first of each list shows nothing."""
    before: dict[int, int] = {}
    for start, block in body.items.items():
        if block.mark in "-*+" or not in_body(body.document, start):
            continue
        if block.parent in before:
            step = block.level - before[block.parent]
            yield Observation({1: "1. 2. 3.", 0: "1. 1. 1."}.get(step, "out of order"), start)
        before[block.parent] = block.level


def _checkboxes(body: _Body) -> Iterator[Observation]:
    for entry in body.entries:
        if entry.kind == "item":
            yield Observation("checkbox" if "checkbox" in entry.marks else "none", entry.span.start)


def _separators(body: _Body) -> Iterator[Observation]:
    """The characters between a title's link and the notes, where nothing else stands between them."""
    for entry in body.entries:
        notes = entry.spans.notes
        end = _title_end(entry)
        if notes is None or end is None:
            continue
        between = _EMPHASIS.sub("", body.document.source[Span(end, notes.start)])
        if end <= notes.start and len(between) <= _SEPARATOR and not any(c.isalnum() for c in between):
            yield Observation(" ".join(between.split("\n")), end)


def _title_end(entry: Entry) -> int | None:
    """Where the title's link ends, or the title itself where it is none."""
    title = entry.spans.title
    if title is None:
        return None
    around = (part.link.span for part in entry.links if part.link.span.contains(title))
    return next((span.end for span in around), title.end)


def _notes_ends(body: _Body) -> Iterator[Observation]:
    for entry in body.entries:
        notes = entry.spans.notes
        if notes is not None and notes.end > notes.start:
            yield Observation(_closing(body.document.source[notes]), entry.span.start)


def _entry_ends(body: _Body) -> Iterator[Observation]:
    for entry in body.entries:
        if entry.kind == "item":
            yield Observation(_closing(body.document.source[entry.span]), entry.span.start)


def _closing(text: str) -> str:
    last = text.rstrip()[-1:]
    return last if last and last in _CLOSING else "none"


def _schemes(body: _Body) -> Iterator[Observation]:
    for link in body.document.links:
        scheme, mark, _ = link.target.partition("://")
        if mark and scheme.lower() in ("http", "https") and in_body(body.document, link.span.start):
            yield Observation(scheme.lower(), link.span.start)


def _label_brackets(body: _Body) -> Iterator[Observation]:
    text = body.document.source.text
    for link, _, _ in body.labels():
        inside = body.document.source[link.label].strip()
        around = text[max(0, link.span.start - 1) : link.span.start] + text[link.span.end : link.span.end + 1]
        if inside.startswith("[") and inside.endswith("]"):
            what = "[[label]](url)"
        else:
            what = {"[]": "[[label](url)]", "()": "([label](url))"}.get(around, "[label](url)")
        yield Observation(what, link.span.start)


def _labels_for(role: str) -> Callable[[_Body], Iterator[Observation]]:
    """How labels of one role are written: `pdf`, `PDF` or `Paper`."""

    def observe(body: _Body) -> Iterator[Observation]:
        for link, label, of in body.labels():
            if _LABEL_FOR.get(of) == role:
                yield Observation(label.strip("()[] "), link.span.start)

    return observe


def _families(body: _Body) -> dict[str, list[Observation]]:
    """Whether links go to a work's page or its PDF, by family; only families that have both, and are linked often."""
    found: dict[str, list[tuple[Link, works.Work]]] = defaultdict(list)
    for link in body.document.links:
        work = works.of(link.target)
        if (
            work is not None
            and work.family != "arxiv"
            and work.landing
            and work.pdf
            and in_body(body.document, link.span.start)
        ):
            found[work.family].append((link, work))
    observed: dict[str, list[Observation]] = {}
    for family in sorted(found):
        links = found[family]
        if len(links) < _ENOUGH_OF_A_FAMILY:
            continue
        twice = _linked_twice(body.document, links)
        observed[f"{family} form"] = [
            Observation("pdf" if work.form.startswith("pdf") else "landing", link.span.start)
            for link, work in links
            if link.span not in twice or not says_pdf(body.document, link)
        ]
    return observed


_OBSERVERS: tuple[tuple[str, Callable[[_Body], Iterator[Observation]]], ...] = (
    ("entry shape", _shapes),
    ("bullet", _bullets),
    ("numbers", _numbers),
    ("checkbox", _checkboxes),
    ("separator", _separators),
    ("notes end", _notes_ends),
    ("entry end", _entry_ends),
    ("label brackets", _label_brackets),
    *((f"{role} label", _labels_for(role)) for role in dict.fromkeys(_LABEL_FOR.values())),
    ("scheme", _schemes),
)


def _habits(document: Document, observed: dict[str, list[Observation]]) -> tuple[Habit, ...]:
    found = (_habit(document, name, observations) for name, observations in observed.items())
    return tuple(habit for habit in found if habit is not None)


def _habit(document: Document, name: str, observations: list[Observation]) -> Habit | None:
    most = majority(observation.what for observation in observations)
    if most is None or most.of < ENOUGH:
        return None
    different = [observation for observation in observations if observation.what != most.what]
    lines = sorted({document.source.line_of(observation.start) for observation in different})
    others = Counter(observation.what for observation in different).most_common()
    return Habit(name, most, tuple(others), tuple(lines))
