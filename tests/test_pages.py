"""Rule pages are executed: their examples, their options, their index."""

from __future__ import annotations

from typing import get_type_hints

import pytest

from listbot.checks import RULES
from listbot.engine import ENGINE_RULES
from listbot.proof import DECLARATIONS
from listbot.rulebook import pages, read_page
from listbot.tables import rules_dir
from tests import pages as executed

EXAMPLES = [
    pytest.param(page.id, example, id=f"{page.id}:{example.line}")
    for page in pages().values()
    for example in executed.examples(page)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_yields_what_its_page_says(rule: str, example: executed.Example) -> None:
    found = executed.diagnostics(rule, example.text, **example.options)
    if example.good:
        assert executed.output(found) == ""
        return
    assert example.output, "a bad example without output"
    assert executed.output(found) == example.output
    if example.fixed is not None:
        assert executed.fixed(rule, example.text, **example.options) == example.fixed
    if example.fixed_unsafely is not None:
        assert executed.fixed(rule, example.text, unsafe=True, **example.options) == example.fixed_unsafely


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_fixed_example_needs_no_further_fix(rule: str, example: executed.Example) -> None:
    for unsafe in (False, True):
        once = executed.fixed(rule, example.text, unsafe=unsafe, **example.options)
        assert executed.fixed(rule, once, unsafe=unsafe, **example.options) == once


@pytest.mark.parametrize("rule", pages())
def test_a_rule_with_fixes_shows_them_and_declares_what_they_change(rule: str) -> None:
    page = pages()[rule]
    said = (d for e in executed.examples(page) for d in executed.diagnostics(rule, e.text, **e.options))
    found = [d for d in said if d.fix is not None]
    assert page.fixable == any(d.fix.safe for d in found)
    assert page.fixable_unsafely or not found or page.fixable, "show what the unsafe fixes do"
    assert bool(page.fixes) == bool(found)
    assert page.fixes <= DECLARATIONS


@pytest.mark.parametrize("rule", pages())
def test_a_page_has_a_good_and_a_bad_example(rule: str) -> None:
    kinds = {example.good for example in executed.examples(pages()[rule])}
    assert kinds == {True, False}


def test_every_check_has_a_page_and_every_page_a_check() -> None:
    assert sorted(pages()) == sorted({rule.id for rule in RULES} | ENGINE_RULES)
    assert [rule.id for rule in RULES] == sorted(rule.id for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_page_gives_a_value_to_every_option_and_the_check_a_type(rule: object) -> None:
    page = pages()[rule.id]  # type: ignore[attr-defined]
    options = rule.options  # type: ignore[attr-defined]
    assert {name.replace("_", "-") for name in get_type_hints(options)} == set(page.options)
    assert not options._field_defaults


@pytest.mark.parametrize("rule", pages())
def test_a_page_yields_only_to_rules_that_exist(rule: str) -> None:
    assert set(pages()[rule].yields_to) <= set(pages())


def test_a_malformed_page_is_refused_with_its_name() -> None:
    for text in (
        "# other\n\nSummary.\n",
        "# some-rule\n\nSummary.\n",
        "# some-rule\n\nS.\n\n```toml rule\nx\n```\n",
    ):
        with pytest.raises(Exception, match=r"rules/some-rule\.md"):
            read_page("some-rule", text)


def test_the_index_is_up_to_date() -> None:
    written = (rules_dir() / "README.md").read_text("utf-8")
    assert written == executed.index(), "run pytest --update-pages"
