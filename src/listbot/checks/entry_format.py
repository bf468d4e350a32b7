"""entry-format: an entry that is written otherwise than nearly all others of its list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from listbot import entry_habits, plain_text
from listbot.document import Entry
from listbot.entry_habits import Body
from listbot.finding import Edit, Finding, Fix
from listbot.habits import Majority, Observation, majority
from listbot.rule import Context
from listbot.source import Span

_HOUSE_STYLE = 0.95
"""What more than one entry in twenty does otherwise is no house style."""
_SEPARATOR = re.compile(r"\s*([-–—:：|,，.;>~→]+)(?:\s|$)")
_DASHES = frozenset("-–—")
_FEWEST_BESIDE = 3
_WORDS_OF_TITLE = 3
_ENOUGH = 20
"""So that a single outlier is at most that."""


class _Outlier(NamedTuple):
    """A place that does otherwise, and the entry that it belongs to."""

    what: str
    entry: Entry
    most: Majority
    beside: int
    """How many entries of its section do as the majority."""

    @property
    def stands_out(self) -> bool:
        """Whether its section follows the house style: tools below papers have a form of their own."""
        return self.beside >= _FEWEST_BESIDE


_Tell = Callable[[Body, _Outlier], Finding | None]


def check(context: Context) -> Iterator[Finding]:
    body = Body(context.document)
    yield from _paragraphs(body)
    usual = majority(entry.kind for entry in body.entries)
    entries = {entry.span.start: entry for entry in body.entries}
    for observe, tell in _HABITS:
        observed = []
        for observation in observe(body):
            entry = entries.get(observation.start) or body.document.entry_at(observation.start)
            if entry is not None and usual is not None and entry.kind == usual.what:
                observed.append((observation.what, entry))
        most = majority(what for what, _ in observed)
        if most is None or not _is_house_style(most):
            continue
        usual_in = Counter(entry.section for what, entry in observed if what == most.what)
        for what, entry in observed:
            outlier = _Outlier(what, entry, most, usual_in[entry.section])
            finding = tell(body, outlier) if what != most.what else None
            if finding is not None:
                yield finding


def _is_house_style(most: Majority) -> bool:
    return most.of >= _ENOUGH and most.share >= _HOUSE_STYLE


def _counted(most: Majority, habit: str) -> str:
    return f"{most.count:,} of {most.of:,} {habit}"


# What each habit's outliers are told ---------------------------------------------------------------------------------


def _paragraphs(body: Body) -> Iterator[Finding]:
    """Paragraphs among items; other shapes than these two stand for another kind of section."""
    observed = list(entry_habits.kinds(body))
    most = majority(observation.what for observation in observed)
    if most is None or most.what != "item" or not _is_house_style(most):
        return
    source = body.document.source
    for observation in observed:
        if observation.what == "paragraph":
            span = Span(observation.start, source.line_span(source.line_of(observation.start)).end)
            yield Finding(span, f"{_counted(most, 'entries are items of a list')}; this one is a paragraph", "shape")


def _bullet(_body: Body, outlier: _Outlier) -> Finding | None:
    """Another bullet; numbers among bullets are a ranking, and meant."""
    if outlier.what not in "-*+" or outlier.most.what not in "-*+":
        return None
    start = outlier.entry.span.start
    reason = _counted(outlier.most, f"entries begin with `{outlier.most.what}`")
    return Finding(Span(start, start + 1), f"{reason}; this one with `{outlier.what}`", "trifle")


def _checkbox(body: Body, outlier: _Outlier) -> Finding | None:
    says = {"checkbox": "have a checkbox", "none": "have no checkbox"}
    this = {"checkbox": "this one has one", "none": "this one has none"}
    reason = _counted(outlier.most, f"items {says[outlier.most.what]}")
    return Finding(_first_line(body, outlier.entry), f"{reason}; {this[outlier.what]}", "shape")


def _separator(body: Body, outlier: _Outlier) -> Finding | None:
    span = entry_habits.separator_span(outlier.entry)
    this, most = _core(outlier.what), _core(outlier.most.what)
    if span is None or outlier.entry.kind == "row" or not this or not most or this == most:
        return None  # blanks are `spacing`'s; where nothing stands between them, the text goes on
    at = body.document.source.text.index(this, span.start)
    core = Span(at, at + len(this))
    fix = Fix(f"write '{most}'", (Edit(core, most),), safe=True) if {this, most} <= _DASHES else None
    reason = _counted(outlier.most, f"entries separate title and notes with '{outlier.most.what}'")
    return Finding(core, f"{reason}; this one with '{this}'", "separator", fix=fix)


def _core(between: str) -> str:
    """The separator itself; what stands between it and the notes (an emoji, the dot of `.NET`) is no part of it."""
    match = _SEPARATOR.match(between)
    return match[1] if match else ""


def _notes_end(body: Body, outlier: _Outlier) -> Finding | None:
    """A full stop that lacks; one that is too much may end a second sentence."""
    notes = outlier.entry.spans.notes
    if notes is None or outlier.most.what not in ".。" or outlier.what != "none":
        return None
    source = body.document.source
    end = notes.start + len(source[notes].rstrip())
    rest = source.text[end : source.line_span(source.line_of(max(notes.start, end - 1))).end]
    if rest.strip() or not source.text[end - 1].isalnum():
        return None  # a link, a tag or a bracket ends the entry
    reason = _counted(outlier.most, f"notes end with '{outlier.most.what}'")
    return Finding(Span(end - 1, end), f"{reason}; these do not", "end", fix=_stop(outlier, end))


def _stop(outlier: _Outlier, end: int) -> Fix:
    return Fix(f"add '{outlier.most.what}'", (Edit(Span(end, end), outlier.most.what),), safe=True)


def _title(body: Body, outlier: _Outlier) -> Finding | None:
    """A title that lost its marks; one that stands out from plain ones is meant to."""
    title = outlier.entry.spans.title
    if title is None or not outlier.stands_out or outlier.most.what == "plain" or outlier.what == "quoted":
        return None
    if len((outlier.entry.title or "").split()) < _WORDS_OF_TITLE:
        return None  # a name that something else is called by
    if outlier.most.what == "bold" and _shows_stars(body, outlier.entry):
        return None  # the title's own stars are broken, which is unrendered-markdown's
    reason = _counted(outlier.most, f"titles are {outlier.most.what}")
    return Finding(_in_line(body, title), f"{reason}; this one is {outlier.what}", "title")


def _shows_stars(body: Body, entry: Entry) -> bool:
    """Whether a pair of stars of an entry, its bullet aside, found no partner."""
    text = body.document.source[entry.span].lstrip("*+- ")
    return any(run.mark == "*" and run.left > 1 for run in plain_text.unpaired(text, body.document.definitions))


def _marks(body: Body, outlier: _Outlier) -> Finding:
    reason = _counted(outlier.most, f"entries with marks have them {outlier.most.what}")
    return Finding(_first_line(body, outlier.entry), f"{reason}; this one {outlier.what}", "trifle")


def _venue(body: Body, outlier: _Outlier) -> Finding | None:
    venue = outlier.entry.spans.venue
    if venue is None or not outlier.stands_out:
        return None
    reason = _counted(outlier.most, f"venues have the form “{outlier.most.what}”")
    return Finding(_in_line(body, venue), f"{reason}; this one “{outlier.what}”", "venue")


def _columns(body: Body, outlier: _Outlier) -> Finding | None:
    """Told once a table, at its first row."""
    blocks = body.document.blocks
    row = next(at for at, b in enumerate(blocks) if b.kind == "row" and b.span.start == outlier.entry.span.start)
    rows = [block for block in blocks if block.kind == "row" and block.parent == blocks[row].parent]
    first = next((entry for entry in body.entries if entry.span.start >= rows[0].span.start), None)
    if first != outlier.entry:
        return None
    reason = _counted(outlier.most, f"rows have the columns {outlier.most.what}")
    return Finding(rows[0].span, f"{reason}; this table has {outlier.what}", "columns")


def _in_line(body: Body, span: Span) -> Span:
    """The part of a span that is on its first line."""
    line = body.document.source.line_span(body.document.source.line_of(span.start))
    return Span(span.start, min(span.end, line.end))


def _first_line(body: Body, entry: Entry) -> Span:
    return Span(entry.span.start, min(entry.span.end, body.document.source.line_span(entry.first).end))


_HABITS: tuple[tuple[Callable[[Body], Iterator[Observation]], _Tell], ...] = (
    (entry_habits.bullets, _bullet),
    (entry_habits.checkboxes, _checkbox),
    (entry_habits.separators, _separator),
    (entry_habits.notes_ends, _notes_end),
    (entry_habits.title_marks, _title),
    (entry_habits.mark_places, _marks),
    (entry_habits.venue_forms, _venue),
    (entry_habits.columns, _columns),
)
