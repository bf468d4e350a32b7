"""What is said of an entry that is written otherwise than the others, part by part of its grammar.

Not every difference is a slip. Each function says which are: it is given a place that does otherwise, and returns the
finding, or None where an author may have meant it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from listbot import entry_habits, lexicon, plain_text, vocabulary
from listbot.document import Entry
from listbot.entry_habits import Body
from listbot.finding import Edit, Finding, Fix
from listbot.habits import Majority, Observation
from listbot.source import Span

_SEPARATOR = re.compile(r"\s*([-–—:：|,，.;>~→]+)(?:\s|$)")
_DASHES = frozenset("-–—")
_MEANT_ALIKE = _DASHES | frozenset(":：")
"""Separators that stand for each other; behind `|` or a comma comes another part of the entry."""
_FEWEST_BESIDE = 3
_CARES = 0.98
"""Where more than one entry in fifty does otherwise, whoever keeps the list did not mind one that lacks a dash."""
_WORDS_OF_TITLE = 3
_PARTLY = {"bold": re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__"), "quoted": re.compile(r'["“„][^"“”\n]+["”]')}
"""Words of an entry that are set apart as most titles are: its title is then not all that it is called by."""
_LAST_WORD = re.compile(r"[a-z]{4,}$")
_MARKS = (".", ",", "，", ";")
_CLOSED = ")]*_"
_SENTENCE_END = re.compile(r"[.!?。！？…]")


class Outlier(NamedTuple):
    """A place that does otherwise, and the entry that it belongs to."""

    what: str
    entry: Entry
    most: Majority
    beside: int
    """How many entries of its section do as the majority."""
    of_section: int
    """How many entries of its section do the one or the other."""
    here: bool
    """Whether the majority is that of its section alone."""

    @property
    def stands_out(self) -> bool:
        """Whether its section follows the house style: tools below papers have a form of their own."""
        return self.beside >= max(_FEWEST_BESIDE, self.of_section / 2)

    def counted(self, those: str, do: str) -> str:
        """`38 of 40 entries begin with …`: the support of the style."""
        return f"{self.most.count:,} of {self.most.of:,} {those} {'here ' if self.here else ''}{do}"


Tell = Callable[[Body, Outlier], Finding | None]


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
    return Finding(_first_line(body, outlier.entry), f"{reason}; {this[outlier.what]}", "shape")


def _separator(body: Body, outlier: Outlier) -> Finding | None:
    span = entry_habits.separator_span(outlier.entry)
    this, most = _core(outlier.what), _core(outlier.most.what)
    if span is None or outlier.entry.kind == "row" or this == most:
        return None  # blanks are `spacing`'s
    if not this:
        return _separator_lacks(body, outlier, span, most)
    at = body.document.source.text.index(this, span.start)
    core = Span(at, at + len(this))
    if not set(this + most) <= _MEANT_ALIKE:
        return None
    if not most:
        reason = outlier.counted("entries", "have nothing between title and notes")
        return Finding(core, f"{reason}; this one has '{this}'", "trifle") if outlier.stands_out else None
    fix = Fix(f"write '{most}'", (Edit(core, most),), safe=True) if {this, most} <= _DASHES else None
    reason = outlier.counted("entries", f"separate title and notes with '{outlier.most.what}'")
    return Finding(core, f"{reason}; this one with '{this}'", "separator", fix=fix)


def _separator_lacks(body: Body, outlier: Outlier, span: Span, most: str) -> Finding | None:
    """Notes that begin right behind the title's link.

    They are a sentence of their own where they begin with a capital or a digit; `[it](…) reads text` goes on, and where
    the separator stands further behind, the words before it belong to the title: `[Lark](…) Pro - reads text`.
    """
    notes = outlier.entry.spans.notes
    linked = any(
        part.link.span.end <= span.start + 2 and part.link.span.end >= span.start for part in outlier.entry.links
    )
    if (
        notes is None
        or not linked
        or not outlier.stands_out
        or outlier.what.strip()
        or "\n" in body.document.source[span]
    ):
        return None
    said = body.document.source[_in_line(body, notes)]
    begins = said[:1].isupper() or said[:1].isdigit()
    title_closed = most == "." and (outlier.entry.title or "").endswith(("?", "!", "."))
    if not begins or title_closed or len(said.split()) < 2 or re.search(rf"{re.escape(most)}\s", said):
        return None
    reason = outlier.counted("entries", f"separate title and notes with '{outlier.most.what}'")
    fix = Fix(f"write '{most}' between them", (Edit(span, outlier.most.what),), safe=False)
    grade = "separator" if outlier.most.share >= _CARES else "trifle"
    return Finding(span, f"{reason}; this one with nothing", grade, fix=fix)


def _core(between: str) -> str:
    """The separator itself; what stands between it and the notes (an emoji, the dot of `.NET`) is no part of it."""
    match = _SEPARATOR.match(between)
    return match[1] if match else ""


def _notes_end(body: Body, outlier: Outlier) -> Finding | None:
    span = entry_habits.notes_span(body.document, outlier.entry)
    if span is None or not _ends_its_line(body, span.end):
        return None  # a link or a tag ends the entry
    most = outlier.most.what
    if most in (".", "。") and outlier.what == "none":
        return _stop_lacks(body, outlier, span.end)
    if most == "none" and outlier.what in _MARKS:
        return _mark_too_many(body, outlier, span)
    return None


def _ends_its_line(body: Body, end: int) -> bool:
    source = body.document.source
    return not source.text[end : source.line_span(source.line_of(end - 1)).end].strip()


def _stop_lacks(body: Body, outlier: Outlier, end: int) -> Finding | None:
    """Behind a word; a bracket or code ends as it does."""
    if not body.document.source.text[end - 1].isalnum():
        return None
    most = outlier.most.what
    fix = Fix(f"add '{most}'", (Edit(Span(end, end), most),), safe=True)
    reason = outlier.counted("notes", f"end with '{most}'")
    return Finding(Span(end - 1, end), f"{reason}; these do not", "end", fix=fix)


def _mark_too_many(body: Body, outlier: Outlier, notes: Span) -> Finding | None:
    """Behind an English word that is no abbreviation, at the end of the only sentence."""
    said = body.document.source[notes][:-1]
    word = _LAST_WORD.search(said)
    if word is None or not lexicon.knows(word[0]) or _SENTENCE_END.search(said) or not outlier.stands_out:
        return None
    mark = Span(notes.end - 1, notes.end)
    fix = Fix(f"take out '{outlier.what}'", (Edit(mark, ""),), safe=True)
    reason = outlier.counted("notes", "end without punctuation")
    return Finding(mark, f"{reason}; these with '{outlier.what}'", "end", fix=fix)


def _entry_end(body: Body, outlier: Outlier) -> Finding | None:
    """A mark too many behind the last bracket or the year of an entry without notes.

    One that lacks is no slip: what ends in a link ends with it.
    """
    source = body.document.source
    end = outlier.entry.span.start + len(source[outlier.entry.span].rstrip())
    closed = source.text[end - 2] in _CLOSED or source.text[end - 2].isdigit()
    few = outlier.most.what == "none" and outlier.what in _MARKS and closed and outlier.entry.spans.notes is None
    if not few or not outlier.stands_out:
        return None
    mark = Span(end - 1, end)
    fix = Fix(f"take out '{outlier.what}'", (Edit(mark, ""),), safe=True)
    reason = outlier.counted("entries", "end without punctuation")
    return Finding(mark, f"{reason}; this one with '{outlier.what}'", "end", fix=fix)


def _title(body: Body, outlier: Outlier) -> Finding | None:
    """A title that lost its marks; one that stands out from plain ones is meant to."""
    title = outlier.entry.spans.title
    if title is None or not outlier.stands_out or outlier.most.what == "plain" or outlier.what == "quoted":
        return None
    if len((outlier.entry.title or "").split()) < _WORDS_OF_TITLE:
        return None  # a name that something else is called by
    partly = _PARTLY.get(outlier.most.what)
    if partly is not None and partly.search(body.document.source[_first_line(body, outlier.entry)]):
        return None
    if outlier.most.what == "bold" and _shows_stars(body, outlier.entry):
        return None  # the title's own stars are broken, which is unrendered-markdown's
    reason = outlier.counted("titles", f"are {outlier.most.what}")
    return Finding(_in_line(body, title), f"{reason}; this one is {outlier.what}", "title")


def _shows_stars(body: Body, entry: Entry) -> bool:
    """Whether a pair of stars of an entry, its bullet aside, found no partner."""
    text = body.document.source[entry.span].lstrip("*+- ")
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
        line = _first_line(body, entry)  # links of items below it make it a heading
        labels = [part.label for part in links if line.contains(part.link.span)]
        told = bool(labels) and all(vocabulary.role_of_label(label) is not None for label in labels)
    else:
        told = len(links) == 1 and links[0].role in ("paper", "pdf")
    reason = outlier.counted("titles", f"are {outlier.most.what}")
    return Finding(_in_line(body, title), f"{reason}; this one is {outlier.what}", "trifle") if told else None


def _marked(body: Body, outlier: Outlier) -> Finding | None:
    """A mark that lacks where nearly all have one; one among entries without is meant."""
    if outlier.most.what != "marked" or not outlier.stands_out:
        return None
    reason = outlier.counted("entries", "have a mark, such as an emoji")
    return Finding(_first_line(body, outlier.entry), f"{reason}; this one has none", "trifle")


def _marks(body: Body, outlier: Outlier) -> Finding:
    reason = outlier.counted("entries with marks", f"have them {outlier.most.what}")
    return Finding(_first_line(body, outlier.entry), f"{reason}; this one {outlier.what}", "trifle")


def _venue(body: Body, outlier: Outlier) -> Finding | None:
    venue = outlier.entry.spans.venue
    if venue is None or not outlier.stands_out:
        return None
    reason = outlier.counted("venues", f"have the form “{outlier.most.what}”")
    return Finding(_in_line(body, venue), f"{reason}; this one “{outlier.what}”", "venue")


def _columns(body: Body, outlier: Outlier) -> Finding | None:
    """Told once a table, at its first row."""
    blocks = body.document.blocks
    row = next(at for at, b in enumerate(blocks) if b.kind == "row" and b.span.start == outlier.entry.span.start)
    rows = [block for block in blocks if block.kind == "row" and block.parent == blocks[row].parent]
    first = next((entry for entry in body.entries if entry.span.start >= rows[0].span.start), None)
    if first != outlier.entry:
        return None
    reason = outlier.counted("rows", f"have the columns {outlier.most.what}")
    return Finding(rows[0].span, f"{reason}; this table has {outlier.what}", "columns")


def _in_line(body: Body, span: Span) -> Span:
    """The part of a span that is on its first line."""
    line = body.document.source.line_span(body.document.source.line_of(span.start))
    return Span(span.start, min(span.end, line.end))


def _first_line(body: Body, entry: Entry) -> Span:
    return Span(entry.span.start, min(entry.span.end, body.document.source.line_span(entry.first).end))


GRAMMAR: tuple[tuple[Callable[[Body], Iterator[Observation]], Tell], ...] = (
    (entry_habits.bullets, _bullet),
    (entry_habits.checkboxes, _checkbox),
    (entry_habits.separators, _separator),
    (entry_habits.notes_ends, _notes_end),
    (entry_habits.entry_ends, _entry_end),
    (entry_habits.title_marks, _title),
    (entry_habits.titles_linked, _linked),
    (entry_habits.marked, _marked),
    (entry_habits.mark_places, _marks),
    (entry_habits.venue_forms, _venue),
    (entry_habits.columns, _columns),
)
"""The parts of an entry: what each place does, and what is said of those that do otherwise."""
