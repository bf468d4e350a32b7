"""A list that a vandal goes through: where a defect can be made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from bench.quality.checked import diagnostics_of

from listbot import contents_table, house_style, link_forms, own_words, works
from listbot.contents_table import ContentsTable
from listbot.document import Entry, Link
from listbot.entry_habits import Body
from listbot.habits import Majority, Observation, in_body, majority
from listbot.parser import parse
from listbot.source import Source

_PLAIN = re.compile(r"\w[\w '’,:-]*\w")
_ADDRESS = re.compile(r"https://[\w.-]+/[\w./-]*\w")


class Listed:
    """A list, and what is said of it."""

    def __init__(self, name: str, text: str) -> None:
        self.document = parse(Source(name, text))
        self.text = self.document.source.text
        self.diagnostics = diagnostics_of(self.document)

    @cached_property
    def style(self) -> house_style.HouseStyle:
        return house_style.learn(self.document)

    @cached_property
    def contents(self) -> ContentsTable | None:
        return contents_table.find(self.document)

    @cached_property
    def own_words(self) -> str:
        return own_words.of(self.document).text

    @cached_property
    def spoken_of(self) -> frozenset[int]:
        """Lines that a finding stands on or relates: a defect made there would change it."""
        line_of = self.document.source.line_of
        spans = [d.span for d in self.diagnostics] + [place.span for d in self.diagnostics for place in d.related]
        return frozenset(line for span in spans for line in range(line_of(span.start), line_of(span.end) + 1))

    def is_clean(self, first: int, last: int) -> bool:
        return not any(line in self.spoken_of for line in range(first, last + 1))

    @cached_property
    def entries(self) -> list[Entry]:
        """The body's entries of which nothing is said."""
        return [
            entry
            for entry in self.document.entries
            if self.is_clean(entry.first, entry.last)
            and in_body(self.document, entry.span.start)
            and entry.section not in self._sorted_but_for_some
            and not any(entry.span.start <= at < entry.span.end for at in self._on_edge)
        ]

    @cached_property
    def _sorted_but_for_some(self) -> frozenset[int]:
        """Sections with an entry out of order: one entry more or less, and they may be sorted no longer."""
        found = [d.span.start for d in self.diagnostics if d.rule == "unsorted-entries"]
        return frozenset(self.document.section_at(start) for start in found)

    @cached_property
    def _on_edge(self) -> list[int]:
        """Links that follow or break a habit which one link more or less would settle or unsettle."""
        observed = link_forms.observations(self.document, link_forms.uses(self.document))
        observed["scheme"] = list(link_forms.schemes(self.document))
        return [o.start for observations in observed.values() if _is_on_edge(observations) for o in observations]

    @cached_property
    def lines(self) -> list[Entry]:
        """Those of one line each, which nothing follows that belongs to them."""
        starts = {block.span.start: block for block in self.document.blocks if block.kind in ("item", "row")}
        return [e for e in self.entries if e.span.start in starts and e.first == e.last == starts[e.span.start].last]

    @cached_property
    def items(self) -> list[Entry]:
        """Those lines that are items, in lists whose entries are: below headings, or beside rows, items are details."""
        usual = majority(entry.kind for entry in Body(self.document).entries)
        return [e for e in self.lines if e.kind == "item"] if usual is not None and usual.what == "item" else []

    @cached_property
    def links(self) -> list[Link]:
        """Links of clean entries that have nothing special: `[words](https://host/path)`, not inside brackets.

        One of two links to a work is none of them: the other may differ from the list's form because it has it twice.
        """
        found = []
        for entry in self.entries:
            link = entry.primary.link if entry.primary is not None else None
            if link is None or not self._is_plain(link) or self.document.in_heading(link.span.start):
                continue
            work = works.identity(link.target)
            if sum(works.identity(part.link.target) == work for part in entry.links) == 1:
                found.append(link)
        return found

    def _is_plain(self, link: Link) -> bool:
        label = self.document.source[link.label]
        around = self.text[max(0, link.span.start - 1) : link.span.start] + self.text[link.span.end : link.span.end + 1]
        return (
            link.kind == "inline"
            and self.document.source[link.span] == f"[{label}]({link.url})"
            and len(label.split()) > 1
            and _PLAIN.fullmatch(label) is not None
            and _ADDRESS.fullmatch(link.url) is not None
            and set(around) <= set(" \n")
        )

    def keeps(self, habit: str, what: str) -> bool:
        """Whether nearly all places do so, and one more outlier leaves it a habit."""
        found = self.style.habit(habit)
        return (
            found is not None
            and found.majority.what == what
            and self.is_steady(found.majority.count, found.majority.of)
        )

    @staticmethod
    def is_steady(count: int, of: int) -> bool:
        return of >= 40 and count - 2 >= 0.96 * of

    def noted(self, pattern: str) -> Iterable[re.Match[str]]:
        """What a pattern finds among the list's own words in the notes of its clean entries."""
        for entry in self.entries:
            notes = entry.spans.notes
            titled = any(part.link.label == entry.spans.title for part in entry.links)
            if notes is not None and titled and entry.first == entry.last:
                yield from re.compile(pattern).finditer(self.own_words, notes.start, notes.end)


def _is_on_edge(observations: Sequence[Observation]) -> bool:
    most = majority(observation.what for observation in observations)
    if most is None:
        return False
    count, of = most.count, most.of
    near = [(count - 1, of - 1), (count, of - 1), (count + 1, of + 1), (count, of + 1)]
    return len({Majority("", *numbers).settled for numbers in [(count, of), *near]}) > 1
