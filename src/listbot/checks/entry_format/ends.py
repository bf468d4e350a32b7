"""What is said of notes and entries that end otherwise than the others: a mark lacks, is another, or is too many."""

from __future__ import annotations

import re

from listbot import entry_habits, lexicon
from listbot.checks.entry_format.outliers import Outlier
from listbot.entry_habits import Body
from listbot.finding import Edit, Finding, Fix
from listbot.source import Span

_LAST_WORD = re.compile(r"[a-z]{4,}$")
_STOPS = (".", "。")
_MARKS = (".", ",", "，", ";", "。")
_CLOSED = ")]*_"
_SENTENCE_END = re.compile(r"[.!?。！？…]")
_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
"""Chinese and Japanese letters, whose full stop is `。`; Korean has that of Latin."""


def notes_end(body: Body, outlier: Outlier) -> Finding | None:
    span = entry_habits.notes_span(body.document, outlier.entry)
    if span is None or not _ends_its_line(body, span.end):
        return None  # a link or a tag ends the entry
    most, this = outlier.most.what, outlier.what
    if this == most * 2 and most in _STOPS:
        return _doubled(body, outlier, span.end, "notes")
    if most in _STOPS and this == "none":
        return _stop_lacks(body, outlier, span)
    if most in _STOPS and this in _STOPS:
        return _another_stop(body, outlier, span)
    if most == "none" and this in _MARKS:
        return _mark_too_many(body, outlier, span)
    return None


def _ends_its_line(body: Body, end: int) -> bool:
    source = body.document.source
    return not source.text[end : source.line_span(source.line_of(end - 1)).end].strip()


def _doubled(body: Body, outlier: Outlier, end: int, those: str) -> Finding | None:
    """Behind a word or a bracket; behind other signs they may be a drawing."""
    last = body.document.source.text[end - 3]
    if not (last.isalnum() or last in _CLOSED):
        return None
    mark = Span(end - 1, end)
    fix = Fix(f"take out one '{outlier.most.what}'", (Edit(mark, ""),), safe=True)
    this = "these end" if those == "notes" else "this one ends"
    reason = outlier.counted(those, f"end with '{outlier.most.what}'")
    return Finding(mark, f"{reason}; {this} with '{outlier.what}'", "end", fix=fix)


def _stop_lacks(body: Body, outlier: Outlier, notes: Span) -> Finding | None:
    """Behind a word in the stop's own script; a bracket or code ends as it does."""
    most, said = outlier.most.what, body.document.source[notes]
    if not said[-1].isalnum() or not is_stop_of(most, said):
        return None
    fix = Fix(f"add '{most}'", (Edit(Span(notes.end, notes.end), most),), safe=True)
    reason = outlier.counted("notes", f"end with '{most}'")
    return Finding(Span(notes.end - 1, notes.end), f"{reason}; these do not", "end", fix=fix)


def _another_stop(body: Body, outlier: Outlier, notes: Span) -> Finding | None:
    """The full stop of the other script; that of an abbreviation is its own."""
    most, said = outlier.most.what, body.document.source[notes][:-1]
    if not is_stop_of(most, said) or (most == "。" and not _CHINESE.match(said[-1:])):
        return None
    mark = Span(notes.end - 1, notes.end)
    fix = Fix(f"write '{most}'", (Edit(mark, most),), safe=True)
    reason = outlier.counted("notes", f"end with '{most}'")
    return Finding(mark, f"{reason}; these with '{outlier.what}'", "end", fix=fix)


def is_stop_of(stop: str, said: str) -> bool:
    """Whether a full stop is that of the script in which a text is written."""
    return (_CHINESE.search(said) is not None) == (stop == "。")


def _mark_too_many(body: Body, outlier: Outlier, notes: Span) -> Finding | None:
    """Behind an English word that is no abbreviation, or a Chinese one, at the end of the only sentence."""
    said = body.document.source[notes][:-1]
    word = _LAST_WORD.search(said)
    known = lexicon.knows(word[0]) if word is not None else _CHINESE.match(said[-1:]) is not None
    if not known or _SENTENCE_END.search(said) or not outlier.stands_out:
        return None
    mark = Span(notes.end - 1, notes.end)
    fix = Fix(f"take out '{outlier.what}'", (Edit(mark, ""),), safe=True)
    reason = outlier.counted("notes", "end without punctuation")
    return Finding(mark, f"{reason}; these with '{outlier.what}'", "end", fix=fix)


def entry_end(body: Body, outlier: Outlier) -> Finding | None:
    """A mark too many at the end of an entry without notes: behind its last bracket or year, or twice the same.

    One that lacks is no slip: what ends in a link ends with it.
    """
    if outlier.entry.spans.notes is not None:
        return None
    source = body.document.source
    end = outlier.entry.span.start + len(source[outlier.entry.span].rstrip())
    if outlier.what == outlier.most.what * 2 and outlier.most.what in _STOPS:
        return _doubled(body, outlier, end, "entries")
    closed = source.text[end - 2] in _CLOSED or source.text[end - 2].isdigit()
    few = outlier.most.what == "none" and outlier.what in _MARKS and closed
    if not few or not outlier.stands_out:
        return None
    mark = Span(end - 1, end)
    fix = Fix(f"take out '{outlier.what}'", (Edit(mark, ""),), safe=True)
    reason = outlier.counted("entries", "end without punctuation")
    return Finding(mark, f"{reason}; this one with '{outlier.what}'", "end", fix=fix)
