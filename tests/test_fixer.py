"""Rounds of fixes: what goes together, what waits, when it ends, and who is to blame when it does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import fixer
from listbot.errors import InternalError
from listbot.finding import Diagnostic, Edit, FileReport, Fix, Severity
from listbot.fixer import Choice, View
from listbot.parser import parse
from listbot.rulebook import Page
from listbot.source import Source, Span

Proposal = tuple[str, Fix]


def page(rule: str, *may: str) -> Page:
    return Page(rule, "", {"": Severity.ERROR}, "markdown", (), {}, True, "", fixes=frozenset(may))


PAGES = {rule: page(rule, "text", "targets", "works") for rule in ("a-rule", "b-rule")}


SAFE = Choice()


def look_with(propose: Callable[[str], Iterable[Proposal]]) -> fixer.Look:
    """Look at a text through a rule of our own."""

    def look(source: Source) -> View:
        found = tuple(
            Diagnostic(rule, Severity.ERROR, "m", fix.edits[0].span, position, position, "", None, (), fix, None)
            for rule, fix in propose(source.text)
            for position in [source.position(fix.edits[0].span.start)]
        )
        return View(parse(source), FileReport(source.path, found, 0, (), 0, 0))

    return look


def run(text: str, propose: Callable[[str], Iterable[Proposal]], choice: Choice = SAFE) -> fixer.Result:
    look = look_with(propose)
    return fixer.fix(look(Source("README.md", text)), look, choice, PAGES)


def replaced(pattern: str, new: str, *, rule: str = "a-rule", safe: bool = True) -> Callable[[str], Iterable[Proposal]]:
    """A rule that replaces each match."""

    def propose(text: str) -> Iterable[Proposal]:
        for match in re.finditer(pattern, text):
            yield rule, Fix(f"write {new}", (Edit(Span(*match.span()), new),), safe)

    return propose


def after(result: fixer.Result) -> str:
    return result.after.document.source.text


def test_fixes_that_do_not_overlap_go_together_and_lines_are_those_of_the_first_text() -> None:
    result = run("x\n\nteh teh\n\nteh", replaced("teh", "the one"))
    assert after(result) == "x\n\nthe one the one\n\nthe one"
    assert [(made.rule, made.line) for made in result.made] == [("a-rule", 3), ("a-rule", 3), ("a-rule", 5)]


def test_what_overlaps_waits_for_the_next_round() -> None:
    result = run("aaaa", replaced("(?=aa)a", "b"))
    assert after(result) == "bbba"
    overlapping = run("abab", lambda text: [*replaced("aba", "x")(text), *replaced("bab", "y", rule="b-rule")(text)])
    assert after(overlapping) == "xb"
    assert [made.rule for made in overlapping.made] == ["a-rule"]


def test_equal_fixes_of_several_findings_are_one_edit_and_all_of_them_made() -> None:
    def twice(text: str) -> Iterable[Proposal]:
        return [*replaced("teh", "the")(text), *replaced("teh", "the")(text)]

    result = run("teh", twice)
    assert (after(result), len(result.made)) == ("the", 2)


def test_edits_of_one_fix_claim_what_stands_between_them_on_their_line() -> None:
    def quotes(text: str) -> Iterable[Proposal]:
        if text.startswith("'"):
            yield "a-rule", Fix("quote", (Edit(Span(0, 1), '"'), Edit(Span(4, 5), '"')), True)
        yield from replaced("teh", "the", rule="b-rule")(text)

    first = fixer.choose(look_with(quotes)(Source("x", "'teh' teh")), Choice())
    assert [(diagnostic.rule, one.edits[0].span.start) for diagnostic, one in first] == [("a-rule", 0), ("b-rule", 6)]
    assert after(run("'teh' teh", quotes)) == '"the" the'


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), "the foo"),
        (Choice(unsafe=True), "the bar"),
        (Choice(unsafe=True, only=frozenset({"b-rule"})), "teh bar"),
        (Choice(unsafe=True, without=frozenset({"b-rule"})), "the foo"),
        (Choice(only=frozenset({"b-rule"})), "teh foo"),
    ],
)
def test_only_what_is_wanted_is_fixed(choice: Choice, expected: str) -> None:
    def propose(text: str) -> Iterable[Proposal]:
        yield from replaced("teh", "the")(text)
        yield from replaced("foo", "bar", rule="b-rule", safe=False)(text)

    assert after(run("teh foo", propose, choice)) == expected


@pytest.mark.parametrize(
    ("propose", "blamed"),
    [
        (lambda text: [*replaced("^a", "b")(text), *replaced("^b", "a", rule="b-rule")(text)], "a-rule and b-rule"),
        (replaced("a", "a"), "a-rule"),
        (replaced("^", "a"), "a-rule"),
        (lambda text: [*replaced("^a", "a ")(text)], "a-rule"),
    ],
    ids=["undo each other", "changes nothing", "grows", "grows by blanks"],
)
def test_fixes_that_do_not_end_are_blamed(propose: Callable[[str], Iterable[Proposal]], blamed: str) -> None:
    with pytest.raises(InternalError, match=rf"the fixes of {blamed} for README\.md"):
        run("a", propose)


def test_a_fix_whose_edits_overlap_is_blamed() -> None:
    fix = Fix("", (Edit(Span(0, 2), "x"), Edit(Span(1, 3), "y")), True)
    with pytest.raises(InternalError, match=r"the fixes of a-rule for README\.md cannot be made"):
        run("abc", lambda _: [("a-rule", fix)])


def test_of_several_rules_the_one_that_fails_the_proof_alone_is_blamed() -> None:
    def propose(text: str) -> Iterable[Proposal]:
        yield from replaced("teh", "the")(text)
        yield from replaced("One", "Two", rule="b-rule")(text)

    with pytest.raises(
        InternalError, match=r"the fixes of b-rule for README\.md changed what they must not: a heading"
    ):
        run("# One\n\nteh\n", propose)


@pytest.mark.parametrize(
    "text", ["teh\r\nx\r\n", "\ufeffteh\n", "teh", "a\0teh\n", "teh\r\nteh\nteh\rteh", "\ufeff\ufeffteh"]
)
def test_line_ends_byte_order_mark_nul_and_the_end_stay(text: str) -> None:
    result = run(text, replaced("teh", "the"))
    source = result.after.document.source
    assert "\ufeff" * source.bom + source.text == text.replace("teh", "the")


# Any proposals -------------------------------------------------------------------------------------------------------

_EDITS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 6), st.sampled_from(["", "x", "yz", "\n"])), min_size=1, max_size=3
)


@given(st.text("ab \n\r[](", min_size=40, max_size=60), st.lists(_EDITS, max_size=12))
def test_chosen_fixes_never_overlap_and_none_is_left_out_without_cause(text: str, proposals: list[list]) -> None:  # type: ignore[type-arg]
    fixes = [
        Fix("", tuple(Edit(Span(start, min(len(text), start + length)), new) for start, length, new in edits), True)
        for edits in proposals
    ]
    fixes = [fix for fix in fixes if _is_sound(fix)]
    view = look_with(lambda _: [("a-rule", fix) for fix in fixes])(Source("x", text))
    chosen = [fix for _, fix in fixer.choose(view, Choice())]
    edits = {edit for fix in chosen for edit in fix.edits}
    new, spans = fixer.apply(view.document.source.text, edits)
    for edit, span in zip(sorted(edits), spans, strict=True):
        assert new[span.start : span.end] == edit.text
    assert len(new) == len(view.document.source.text) + sum(
        len(edit.text) - (edit.span.end - edit.span.start) for edit in edits
    )
    if fixes:
        assert chosen
    assert all(fix in chosen or any(_touch(fix, other) for other in chosen) for fix in fixes)


def _is_sound(fix: Fix) -> bool:
    spans = sorted(edit.span for edit in fix.edits)
    return not any(a.overlaps(b) for a, b in pairwise(spans))


def _touch(one: Fix, other: Fix) -> bool:
    (start, end), (from_, to) = _hull(one), _hull(other)
    return start <= to and from_ <= end


def _hull(fix: Fix) -> Span:
    return Span(min(edit.span.start for edit in fix.edits), max(edit.span.end for edit in fix.edits))
