"""What is said of an entry that is written otherwise than the others, part by part of its grammar.

Not every difference is a slip. Each function says which are: it is given a place that does otherwise, and returns the
finding, or None where an author may have meant it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from listbot import entry_habits, plain_text, vocabulary
from listbot.checks.entry_format import ends, joints, slots
from listbot.checks.entry_format.outliers import Outlier, Tell, first_line, in_line
from listbot.document import Entry
from listbot.entry_habits import Body
from listbot.finding import Finding
from listbot.habits import Observation
from listbot.source import Span

_WORDS_OF_TITLE = 3
_BULLET = re.compile(r"\s*[*+-]\s+")
_QUOTE = re.compile('["“”„]')
_PARTLY = {"bold": re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__"), "quoted": re.compile(r'["“„][^"“”\n]+["”]')}
"""Words that are set apart before a title's end, as most titles are: it is then not all that the entry is called by."""


def _bullet(_body: Body, outlier: Outlier) -> Finding | None:
    """Another bullet; numbers among bullets are a ranking, and meant."""
    if outlier.what not in "-*+" or (outlier.most.what not in "-*+" and not outlier.stands_out):
        return None
    start = outlier.entry.span.start
    most = outlier.most.what
    does = f"begin with `{most}`" if most in "-*+" else "begin with a number"
    reason = outlier.counted("entries", does)
    return Finding(Span(start, start + 1), f"{reason}; this one with `{outlier.what}`", "trifle")


def _checkbox(body: Body, outlier: Outlier) -> Finding | None:
    """A section that has boxes where the list has none is a list of things to do."""
    if not outlier.stands_out and outlier.what == "checkbox":
        return None
    says = {"checkbox": "have a checkbox", "none": "have no checkbox"}
    this = {"checkbox": "this one has one", "none": "this one has none"}
    reason = outlier.counted("items", says[outlier.most.what])
    return Finding(first_line(body, outlier.entry), f"{reason}; {this[outlier.what]}", "shape")


def _title(body: Body, outlier: Outlier) -> Finding | None:
    """A title that lost its marks; one that stands out from plain ones is meant to."""
    title = outlier.entry.spans.title
    if title is None or not outlier.stands_out or outlier.most.what == "plain" or outlier.what == "quoted":
        return None
    if len((outlier.entry.title or "").split()) < _WORDS_OF_TITLE:
        return None  # a name that something else is called by
    partly = _PARTLY.get(outlier.most.what)
    before = Span(first_line(body, outlier.entry).start, title.end)
    if partly is not None and partly.search(body.document.source[before]):
        return None
    if outlier.most.what == "bold" and _shows_stars(body, outlier.entry):
        return None  # the title's own stars are broken, which is unrendered-markdown's
    reason = outlier.counted("titles", f"are {outlier.most.what}")
    does = "is " + outlier.what
    if outlier.most.what == "quoted" and _lost_a_quote(body, outlier.entry):
        does = "has one quotation mark"
    return Finding(in_line(body, title), f"{reason}; this one {does}", "title")


def _lost_a_quote(body: Body, entry: Entry) -> bool:
    """Whether one of a pair of quotation marks is there: the title was meant to be quoted."""
    return len(_QUOTE.findall(body.document.source[first_line(body, entry)])) == 1


def _shows_stars(body: Body, entry: Entry) -> bool:
    """Whether a pair of stars of an entry, its bullet aside, found no partner."""
    text = _BULLET.sub("", body.document.source[entry.span], count=1)
    return any(run.mark == "*" and run.left > 1 for run in plain_text.unpaired(text, body.document.definitions))


def _linked(body: Body, outlier: Outlier) -> Finding | None:
    """An item whose title is no link where others are, and the other way round.

    `Part 1` and `Part 2` of one title are links of their own, so the first is told of entries whose links are labels
    alone; a tool among papers has no paper to link beside its title, so the second is told of publications.
    """
    entry, title = outlier.entry, outlier.entry.spans.title
    if title is None or entry.kind != "item" or not outlier.stands_out:
        return None
    links = [part for part in entry.links if part.role not in ("badge", "image")]
    before = body.document.source.text[entry.span.start : title.start]
    if any(character.isalpha() for character in before):
        return None  # something else than the title comes first
    if outlier.what == "no link":
        line = first_line(body, entry)  # links of items below it make it a heading
        labels = [part.label for part in links if line.contains(part.link.span)]
        told = bool(labels) and all(vocabulary.role_of_label(label) is not None for label in labels)
    else:
        told = len(links) == 1 and links[0].role in ("paper", "pdf")
    reason = outlier.counted("titles", f"are {outlier.most.what}")
    return Finding(in_line(body, title), f"{reason}; this one is {outlier.what}", "trifle") if told else None


def _marked(body: Body, outlier: Outlier) -> Finding | None:
    """A mark that lacks where nearly all have one; one among entries without is meant."""
    if outlier.most.what != "marked" or not outlier.stands_out:
        return None
    reason = outlier.counted("entries", "have a mark, such as an emoji")
    return Finding(first_line(body, outlier.entry), f"{reason}; this one has none", "trifle")


def _marks(body: Body, outlier: Outlier) -> Finding:
    reason = outlier.counted("entries with marks", f"have them {outlier.most.what}")
    return Finding(first_line(body, outlier.entry), f"{reason}; this one {outlier.what}", "trifle")


def _venue(body: Body, outlier: Outlier) -> Finding | None:
    venue = outlier.entry.spans.venue
    if venue is None or not outlier.stands_out:
        return None
    reason = outlier.counted("venues", f"have the form “{outlier.most.what}”")
    return Finding(in_line(body, venue), f"{reason}; this one “{outlier.what}”", "venue")


class Part(NamedTuple):
    """A part of an entry: what each place does, and what is said of those that do otherwise."""

    observe: Callable[[Body], Iterator[Observation]]
    tell: Tell
    sections_differ: bool = False
    """Whether sections with a style of their own are set aside."""


GRAMMAR = (
    Part(entry_habits.bullets, _bullet),
    Part(entry_habits.checkboxes, _checkbox),
    Part(entry_habits.separators, joints.between, sections_differ=True),
    Part(entry_habits.notes_behind, joints.notes_behind),
    Part(entry_habits.notes_ends, ends.notes_end),
    Part(entry_habits.entry_ends, ends.entry_end),
    Part(entry_habits.title_marks, _title),
    Part(entry_habits.title_joints, joints.title_joint),
    Part(entry_habits.titles_linked, _linked),
    Part(entry_habits.marked, _marked),
    Part(entry_habits.mark_places, _marks),
    Part(entry_habits.venue_forms, _venue),
    Part(slots.years, slots.year, sections_differ=True),
    Part(slots.marks_before_labels, slots.mark_before_labels, sections_differ=True),
    Part(slots.fronts_of_labels, slots.front_of_labels, sections_differ=True),
)
