"""Edits -> a new text, in rounds, each of them proved before the next. Pure: it writes nothing.

A round takes the fixes that do not overlap, in the order of the text, and the document is read and checked again;
fixes that overlapped wait for the next round, where they may be gone. It ends when nothing is left to fix, so a
second run changes nothing. What cannot be proved, or does not come to an end, raises InternalError with the name of
the rule, and the text is left as it was.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from listbot.document import Document
from listbot.edited_sides import Change
from listbot.errors import InternalError
from listbot.finding import Diagnostic, Edit, FileReport, Fix
from listbot.parser import parse
from listbot.proof import prove
from listbot.rulebook import Page
from listbot.source import Source, Span

_MOST_ROUNDS = 100
"""So many as no list needs: fixes that overlap take a round each."""


class View(NamedTuple):
    """A document and what is found in it."""

    document: Document
    report: FileReport


Look = Callable[[Source], View]
"""Parses and checks; what its report does not show is not fixed."""


_Chosen = tuple[Diagnostic, Fix]


class Choice(NamedTuple):
    """Which fixes the user wants."""

    unsafe: bool = False
    only: frozenset[str] | None = None
    """Rules; None for all."""
    without: frozenset[str] = frozenset()

    def allows(self, rule: str, fix: Fix | None) -> bool:
        return fix is not None and (fix.safe or self.unsafe) and self.allows_rule(rule)

    def allows_rule(self, rule: str) -> bool:
        return (self.only is None or rule in self.only) and rule not in self.without


class Made(NamedTuple):
    """A fix that was made."""

    rule: str
    line: int
    """Of the text as it was before all fixes; 1-based."""
    message: str
    safe: bool


class Result(NamedTuple):
    """A text before and after, and what was done."""

    before: View
    after: View
    made: tuple[Made, ...]

    @property
    def changed(self) -> bool:
        return self.before.document.source.text != self.after.document.source.text


def fix(first: View, look: Look, choice: Choice, pages: Mapping[str, Page]) -> Result:
    """Make the chosen fixes. Raises InternalError, with the rule's name, where they cannot be proved or do not end."""
    view, source = first, first.document.source
    made: list[Made] = []
    rounds: list[list[Change]] = []
    seen = {source.text: 0}
    while chosen := choose(view, choice):
        step = _step(view, chosen, look, pages)
        if step is None:
            break
        rounds.append(step.changes)
        text = step.after.document.source.text
        if text in seen or len(rounds) > _MOST_ROUNDS:
            raise InternalError(_endless(source.path, rounds[seen.get(text, -1) :]))
        made.extend(Made(d.rule, _line(source, rounds[:-1], d), f.message, f.safe) for d, f in step.chosen)
        seen[text] = len(rounds)
        view = step.after
    return Result(first, view, tuple(sorted(made, key=lambda one: one.line)))


class _Step(NamedTuple):
    """One round: the fixes that were made in it, and what they made."""

    chosen: list[_Chosen]
    changes: list[Change]
    after: View


def _step(view: View, chosen: list[_Chosen], look: Look, pages: Mapping[str, Page]) -> _Step | None:
    """Make the fixes of a round and prove them. None where none of them is left.

    An unsafe fix promises nothing, so one that fails the proof alone is left to the reader; a safe one is our bug.
    """
    source = view.document.source
    text, changes = _apply_all(source, chosen, pages)
    after = look(_rewritten(source, text))
    wrong = prove(view.document, after.document, changes)
    if wrong is None:
        return _Step(chosen, changes, after)
    kept = [one for one in chosen if one[1].safe or _alone(view.document, [one], pages) is None]
    if len(kept) < len(chosen):
        return _step(view, kept, look, pages) if kept else None
    raise InternalError(_unproved(view, chosen, pages, wrong))


def proved(document: Document, diagnostics: Sequence[Diagnostic], pages: Mapping[str, Page]) -> list[Diagnostic]:
    """Those whose fixes hold the proof; for those who show fixes instead of making them. They must not overlap.

    All are made and proved at once; only where that fails is each a parse of its own.
    """
    chosen = [(diagnostic, diagnostic.fix) for diagnostic in diagnostics if diagnostic.fix is not None]
    if _alone(document, chosen, pages) is None:
        return [diagnostic for diagnostic, _ in chosen]
    return [one[0] for one in chosen if _alone(document, [one], pages) is None]


def _alone(document: Document, chosen: list[_Chosen], pages: Mapping[str, Page]) -> str | None:
    """What is wrong with some of a round's fixes, made alone."""
    text, changes = _apply_all(document.source, chosen, pages)
    return prove(document, parse(_rewritten(document.source, text)), changes)


def _rewritten(source: Source, text: str) -> Source:
    return Source(source.path, "\ufeff" * source.bom + text)


# Which fixes go into a round -----------------------------------------------------------------------------------------


def choose(view: View, choice: Choice) -> list[_Chosen]:
    """The fixes of one round: in the order of the text, without those that overlap an earlier one.

    Equal fixes of several findings go together: a link definition is mended once for all its uses.
    """
    text = view.document.source.text
    wanted = [(d, d.fix) for d in view.report.diagnostics if d.fix is not None and choice.allows(d.rule, d.fix)]
    claimed: list[Span] = []
    taken: set[frozenset[Edit]] = set()
    chosen: list[_Chosen] = []
    for diagnostic, one in sorted(wanted, key=_order):
        edits = frozenset(one.edits)
        if edits not in taken:
            claims = list(_claims(text, one))
            if any(_overlaps(claimed, claim) for claim in claims):
                continue
            for claim in claims:
                insort(claimed, claim)
            taken.add(edits)
        chosen.append((diagnostic, one))
    return chosen


def _order(chosen: _Chosen) -> tuple[Span, str, str]:
    diagnostic, one = chosen
    return min(edit.span for edit in one.edits), diagnostic.rule, diagnostic.message


def _claims(text: str, one: Fix) -> Iterator[Span]:
    """What a fix needs for itself: its edits, and what stands between them on one line."""
    spans = sorted(edit.span for edit in one.edits)
    claim = spans[0]
    for span in spans[1:]:
        if "\n" in text[claim.end : span.start] or "\r" in text[claim.end : span.start]:
            yield claim
            claim = span
        else:
            claim = Span(claim.start, max(claim.end, span.end))
    yield claim


def _overlaps(claimed: Sequence[Span], claim: Span) -> bool:
    """Whether a span overlaps one of others, which are in order and do not overlap each other."""
    at = bisect_right(claimed, claim)
    return any(claim.overlaps(other) for other in claimed[max(0, at - 1) : at + 1])


# Making edits --------------------------------------------------------------------------------------------------------


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, list[Span]]:
    """The text with edits that do not overlap, and where each of them, in the order of the text, stands in it."""
    pieces: list[str] = []
    spans: list[Span] = []
    position = length = 0
    for (start, end), new in sorted(edits):
        if start < position:
            raise ValueError(f"edits overlap at offset {start}")
        pieces += (text[position:start], new)
        length += start - position
        spans.append(Span(length, length + len(new)))
        position, length = end, length + len(new)
    return "".join([*pieces, text[position:]]), spans


def _apply_all(source: Source, chosen: Sequence[_Chosen], pages: Mapping[str, Page]) -> tuple[str, list[Change]]:
    by_edit = {edit: diagnostic.rule for diagnostic, one in chosen for edit in one.edits}
    edits = sorted(by_edit)
    try:
        text, spans = apply(source.text, edits)
    except ValueError as error:
        rules = " and ".join(sorted(set(by_edit.values())))
        raise InternalError(f"the fixes of {rules} for {source.path} cannot be made: {error}") from error
    changes = [
        Change(by_edit[edit], edit.span, after, pages[by_edit[edit]].fixes)
        for edit, after in zip(edits, spans, strict=True)
    ]
    return text, changes


def _line(source: Source, rounds: Sequence[Sequence[Change]], diagnostic: Diagnostic) -> int:
    """The line of a finding in the text before all rounds."""
    offset = diagnostic.span.start
    for changes in reversed(rounds):
        offset = _before(changes, offset)
    return source.line_of(offset)


def _before(changes: Sequence[Change], offset: int) -> int:
    """Where an offset into the new text was in the old one; the start of the edit for what is new."""
    at = bisect_right([change.after.start for change in changes], offset)
    if not at:
        return offset
    change = changes[at - 1]
    return change.before.start if offset < change.after.end else offset - change.after.end + change.before.end


# When it goes wrong --------------------------------------------------------------------------------------------------


def _endless(path: str, rounds: Sequence[Sequence[Change]]) -> str:
    rules = sorted({change.rule for changes in rounds for change in changes})
    each_other = "undo each other" if len(rules) > 1 else "do not come to an end"
    return f"the fixes of {' and '.join(rules)} for {path} {each_other}"


def _unproved(view: View, chosen: Sequence[_Chosen], pages: Mapping[str, Page], wrong: str) -> str:
    """Names the rule to blame: the one whose fixes of this round fail the proof alone."""
    source = view.document.source
    rules = sorted({diagnostic.rule for diagnostic, _ in chosen})
    for rule in rules:
        alone = _alone(view.document, [one for one in chosen if one[0].rule == rule], pages)
        if alone is not None:
            return f"the fixes of {rule} for {source.path} changed what they must not: {alone}"
    return f"the fixes of {' and '.join(rules)} for {source.path}, made together, changed what they must not: {wrong}"
