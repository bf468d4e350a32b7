"""One defect, one rule; severities and caps; fingerprints."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from listbot import engine
from listbot.errors import InternalError
from listbot.finding import Finding, Severity
from listbot.parser import parse
from listbot.rule import Context, EnabledRule, NoOptions, Rule
from listbot.rulebook import Page
from listbot.source import Source, Span
from tests.pages import Neighbours, diagnostics


def page(rule: str, scope: str = "markdown", yields_to: tuple[str, ...] = ()) -> Page:
    severities = {"sure": Severity.ERROR, "unsure": Severity.WARNING}
    return Page(rule, "Summary.", severities, scope, yields_to, {}, False, "")


def enabled(rule: str, *findings: Finding, cap: Severity | None = None, **fields: object) -> EnabledRule:
    def check(_: Context) -> Iterator[Finding]:
        yield from findings

    return EnabledRule(page(rule, **fields), Rule(rule, check, NoOptions), NoOptions(), cap)  # type: ignore[arg-type]


def run(*rules: EnabledRule, text: str = "some text here", is_list: bool = True) -> engine.FileReport:
    known = {rule.page.id: rule.page for rule in rules}
    return engine.check(parse(Source("x.md", text)), rules, Neighbours(), is_list=is_list, known=known)


def test_of_overlapping_findings_the_one_that_yields_is_dropped() -> None:
    special = enabled("special", Finding(Span(0, 4), "a", "sure"))
    general = enabled(
        "general", Finding(Span(2, 6), "b", "sure"), Finding(Span(5, 9), "c", "sure"), yields_to=("special",)
    )
    assert [d.message for d in run(special, general).diagnostics] == ["a", "c"]
    assert [d.message for d in run(general).diagnostics] == ["b", "c"]


def test_the_cap_makes_grades_milder_and_never_graver() -> None:
    findings = (Finding(Span(0, 1), "a", "sure"), Finding(Span(1, 2), "b", "unsure"))
    capped = run(enabled("rule", *findings, cap=Severity.WARNING))
    assert [d.severity for d in capped.diagnostics] == [Severity.WARNING, Severity.WARNING]
    raised = run(enabled("rule", *findings, cap=Severity.ERROR))
    assert [d.severity for d in raised.diagnostics] == [Severity.ERROR, Severity.WARNING]


def test_list_rules_are_skipped_where_there_is_no_list() -> None:
    report = run(enabled("rule", Finding(Span(0, 1), "a", "sure"), scope="list"), is_list=False)
    assert report.diagnostics == ()
    assert report.skipped == (("rule", "the document is not a list"),)


def test_a_grade_without_severity_and_a_failing_check_are_our_bugs() -> None:
    with pytest.raises(InternalError, match="gives no severity to the grade 'odd'"):
        run(enabled("rule", Finding(Span(0, 1), "a", "odd")))

    def broken(_: Context) -> Iterator[Finding]:
        raise ZeroDivisionError("no")

    rule = EnabledRule(page("rule"), Rule("rule", broken, NoOptions), NoOptions(), None)
    with pytest.raises(InternalError, match=r"the rule rule failed on x\.md: ZeroDivisionError"):
        run(rule)


LIST = """\
## A

- [x](https://arxiv.org/abs/2205.14135): notes
- [x y](https://arxiv.org/pdf/2205.14135)

## B

text
"""


def fingerprints(text: str) -> list[str]:
    return [diagnostic.fingerprint for diagnostic in diagnostics("duplicate-entry", text)]


def test_a_fingerprint_stays_when_lines_move_and_changes_with_what_is_wrong() -> None:
    (before,) = fingerprints(LIST)
    assert fingerprints("# Title\n\nMore text.\n\n" + LIST) == [before]
    assert fingerprints(LIST.replace(": notes", " - other notes")) == [before]
    assert fingerprints(LIST.replace("[x y]", "[x yy]")) != [before]
    assert fingerprints(LIST.replace("2205.14135", "2205.14136")) != [before]


def test_reports_are_in_the_order_of_the_text() -> None:
    later = enabled("a-rule", Finding(Span(5, 6), "later", "sure"))
    sooner = enabled("b-rule", Finding(Span(1, 2), "sooner", "sure"))
    assert [d.message for d in run(later, sooner).diagnostics] == ["sooner", "later"]
