"""What this list does, and with how much support: the list is its own style guide.

A *habit* is a property that many places of a list have: the bullet, the form of arXiv links, how a label is spelled. It
is *settled* where enough places agree; style rules report what differs from settled habits and are silent about the
rest. Only the list's body is asked: news, contents and end matter have habits of their own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from listbot import catalogue, entry_habits, label_targets, link_forms, tables
from listbot.document import Document, Link
from listbot.entry_habits import Body
from listbot.habits import ENOUGH, Majority, Observation, in_body, majority

_LABEL_EDGE = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LABEL_FOR = {"paper": "paper", "pdf": "paper", "code": "code", "project": "project", "data": "data", "video": "video"}


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


def learn(document: Document) -> HouseStyle:
    """The habits of a list's body, and of each of its sections."""
    body = _Body(document)
    observed = {name: list(observe(body)) for name, observe in _OBSERVERS}
    observed |= _label_targets(body)
    observed |= link_forms.observations(document, link_forms.uses(document))
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


# What places do ----------------------------------------------------------------------------------------------------


class _Body(Body):
    """The part of a document that is the list, and its labels."""

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


def _schemes(body: _Body) -> Iterator[Observation]:
    yield from link_forms.schemes(body.document)


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


def _label_targets(body: _Body) -> dict[str, list[Observation]]:
    """Where the links of each label lead, by label."""
    observed: dict[str, list[Observation]] = defaultdict(list)
    for use in label_targets.of(body.document):
        if in_body(body.document, use.link.span.start):
            observed[f"{use.label.name} leads to"].append(Observation(use.leads_to, use.link.span.start))
    return observed


def _cross_listings(body: _Body) -> Iterator[Observation]:
    """Whether a work stands in one section or in several."""
    for listed in catalogue.of(body.document).by_work.values():
        several = len({listing.entry.section for listing in listed}) > 1
        yield Observation("several sections" if several else "one section", listed[-1].entry.span.start)


_OBSERVERS: tuple[tuple[str, Callable[[_Body], Iterator[Observation]]], ...] = (
    ("entry shape", _shapes),
    ("bullet", entry_habits.bullets),
    ("numbers", _numbers),
    ("checkbox", entry_habits.checkboxes),
    ("marks", entry_habits.mark_places),
    ("title", entry_habits.title_marks),
    ("behind title", entry_habits.title_joints),
    ("title is", entry_habits.titles_linked),
    ("separator", entry_habits.separators),
    ("venue", entry_habits.venue_forms),
    ("notes end", entry_habits.notes_ends),
    ("entry end", entry_habits.entry_ends),
    ("columns", entry_habits.columns),
    ("label brackets", _label_brackets),
    *((f"{role} label", _labels_for(role)) for role in dict.fromkeys(_LABEL_FOR.values())),
    ("scheme", _schemes),
    ("works listed", _cross_listings),
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
