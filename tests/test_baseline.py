"""What a change introduces: identity and cause, for every way in which lists change."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import baseline, engine
from listbot.checks import RULES
from listbot.config import Selection, UserConfig, settle
from listbot.finding import Diagnostic, Finding, Severity
from listbot.parser import parse
from listbot.rule import Context, EnabledRule, NoOptions, Rule
from listbot.rulebook import pages, read_page
from listbot.source import Source, Span
from tests.pages import Neighbours

FROM_AFAR = frozenset(page.id for page in pages().values() if page.from_afar)


def version(text: str, *rules: EnabledRule) -> baseline.Version:
    enabled = rules or settle(UserConfig({}, None, Path()), pages(), RULES, Selection()).enabled
    document = parse(Source("README.md", text))
    known = {rule.page.id: rule.page for rule in enabled}
    return baseline.Version(document, engine.check(document, enabled, Neighbours(), is_list=True, known=known))


def introduced(base: str, head: str, *rules: EnabledRule) -> list[Diagnostic]:
    from_afar = {rule.page.id for rule in rules if rule.page.from_afar} if rules else FROM_AFAR
    return list(baseline.introduced(version(head, *rules), version(base, *rules), from_afar).diagnostics)


def said(base: str, head: str) -> list[str]:
    """Line, rule and message of what is no hint."""
    return [
        f"{one.start.line} {one.rule}: {one.message}" for one in introduced(base, head) if one.severity != Severity.HINT
    ]


A = "- [Attention for everyone at once](https://arxiv.org/abs/2101.00001) - Notes on it.\n"
B = "- [A study of small caches for models](https://arxiv.org/abs/2101.00002) - Notes on it.\n"
C = "- [How to serve a model from a phone](https://arxiv.org/abs/2101.00003) - Notes on it.\n"
A2 = "- [Attention for everyone, at once!](https://arxiv.org/pdf/2101.00001) - Other notes.\n"
BROKEN = "- [An entry] (https://x.example/entry) - Notes.\n"
LIST = f"# Papers\n\n## One\n\n{A}{B}\n## Two\n\n{C}"


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        pytest.param(LIST, LIST, [], id="nothing changes"),
        pytest.param(
            LIST, LIST + A2, ["11 duplicate-entry: arxiv:2101.00001 is already listed on line 5, in “One”"], id="below"
        ),
        pytest.param(
            LIST,
            LIST.replace("## One\n\n", "## Zero\n\n" + A2 + "\n## One\n\n"),
            ["5 duplicate-entry: arxiv:2101.00001 is already listed on line 9, in “One”"],
            id="above: told from the new place",
        ),
        pytest.param(
            LIST,
            LIST.replace(A, A + A),
            ["6 duplicate-entry: arxiv:2101.00001 is already listed on line 5"],
            id="a copy beside the old line",
        ),
        pytest.param(
            LIST,
            LIST.replace("## One\n\n", "## Zero\n\n" + A + "\n## One\n\n"),
            ["5 duplicate-entry: arxiv:2101.00001 is already listed on line 9, in “One”"],
            id="a copy above, letter by letter",
        ),
        pytest.param(LIST + A2, LIST.replace(C, A2 + C), [], id="a duplicate that moves"),
        pytest.param(LIST + A2, LIST.replace(A, A2) + A, [], id="the two places of a duplicate change their roles"),
        pytest.param(
            LIST + A2, (LIST + A2).replace("[Attention for everyone, at once!]", "[**Attention** for everyone]"), [],
            id="a duplicate under another markup",
        ),
        pytest.param(
            LIST + A2,
            LIST + A2 + A2,
            ["12 duplicate-entry: arxiv:2101.00001 is already listed on line 5, in “One”"],
            id="a third beside an old duplicate",
        ),
        pytest.param(
            LIST.replace(B, ""),
            LIST.replace(B, "").replace("2101.00003", "2101.00001").replace("How to serve a model from a phone",
                                                                            "Attention for everyone at once"),
            ["9 duplicate-entry: arxiv:2101.00001 is already listed on line 5, in “One”"],
            id="an old entry becomes a duplicate",
        ),
        pytest.param(LIST + BROKEN, LIST.replace(C, BROKEN + C), [], id="a malformed entry moves"),
        pytest.param(LIST + BROKEN, LIST + "*" + BROKEN[1:], [], id="another bullet"),
        pytest.param(
            LIST + BROKEN,
            LIST + BROKEN[:-1] + " See [more] (https://x.example/more).\n",
            ["11 malformed-link: the blank between “]” and “(” keeps “more” from being a link"],
            id="a second defect in an old entry",
        ),
        pytest.param(
            "# P\n\n- [One](#one)\n\n## One\n\n" + A,
            "# P\n\n- [One](#one)\n\n## First\n\n" + A,
            ["3 broken-anchor: no heading or anchor here is named #one"],
            id="the change breaks an anchor elsewhere",
        ),
        pytest.param(
            "# P\n\n- [One](#none)\n\n## One\n\n" + A, "# Q\n\n- [One](#none)\n\n## One\n\n" + A, [],
            id="an old defect under a heading that is renamed",
        ),
        pytest.param(
            LIST, LIST.replace(C, ""), ["8 empty-section: the section “Two” is empty"], id="a section is emptied"
        ),
        pytest.param(
            "# P\n\n## One\n\n" + A + "\n## Two\n\n" + B,
            "# P\n\n## Two\n\n" + C + "\n## One\n\n" + A + "\n## Two\n\n" + B,
            ["3 duplicate-heading: the heading “Two” already stands on line 11"],
            id="a heading above its namesake",
        ),
        pytest.param(
            LIST + "<!-- listbot: ignore[duplicate-entry] on purpose -->\n" + A2,
            LIST + A2,
            ["11 duplicate-entry: arxiv:2101.00001 is already listed on line 5, in “One”"],
            id="a suppression is taken away",
        ),
        pytest.param(
            LIST + BROKEN,
            LIST + BROKEN[:-1] + " [paper](https://arxiv.org/abs/2101.00009)\n",
            [],
            id="an entry gets a link, and so another identity",
        ),
    ],
)  # fmt: skip
def test_only_what_the_change_introduces(base: str, head: str, expected: list[str]) -> None:
    assert said(base, head) == expected


def test_a_finding_that_is_told_from_the_new_place_relates_the_old_one() -> None:
    (found,) = introduced(LIST, LIST.replace("## One\n\n", "## Zero\n\n" + A2 + "\n## One\n\n"))
    assert [(place.start.line, place.message) for place in found.related] == [(9, "listed here, in Papers / One")]
    assert found.hint is not None
    assert found.hint.startswith("keep the better of the two")


def test_new_titles_under_one_id_are_told_from_the_new_place() -> None:
    head = LIST.replace(
        "## One\n\n", "## One\n\n- [Fast sorting of very long lists](https://arxiv.org/abs/2101.00001)\n"
    )
    assert said(LIST, head) == [
        "5 title-conflict: arxiv:2101.00001 is “Fast sorting of very long lists” here and “Attention for everyone at "
        "once” on line 6"
    ]


COPIED = [f"- [{title}](https://arxiv.org/abs/2101.00001)\n" for title in (
    "Fast sorting of lists", "Growing tomatoes under glass", "History of the steam engine")]  # fmt: skip


@pytest.mark.parametrize("new", [0, 1, 2])
def test_of_a_url_that_was_copied_only_the_new_place_is_told(new: int) -> None:
    base = "# P\n\n" + "".join(line for number, line in enumerate(COPIED) if number != new)
    found = [one for one in said(base, "# P\n\n" + "".join(COPIED)) if "placeholder" in one]
    assert [one.split()[0] for one in found] == [str(3 + new)]


def test_a_majority_that_tips_over_floods_nobody() -> None:
    """Two /pdf among three /abs are no outliers; when /abs becomes the majority they are, and are as good as before."""
    pdf = [f"- [Paper {n} of many](https://arxiv.org/pdf/2101.1000{n})\n" for n in range(2)]
    page = [f"- [Title {n} of some](https://arxiv.org/abs/2102.1{n:04})\n" for n in range(70)]
    base = "# P\n\n" + "".join(pdf + page[:3])
    head = "# P\n\n" + "".join(pdf + page)
    assert said("", head)
    assert said(base, head) == []
    assert [one.split(":")[0] for one in said(base, head + pdf[0].replace("1000", "7000"))] == ["75 pdf-link-format"]


def test_more_support_makes_no_old_outlier_new() -> None:
    page = [f"- [Title {n} of some](https://arxiv.org/abs/2102.1{n:04})\n" for n in range(30)]
    outlier = "- [Paper of many](https://arxiv.org/pdf/2101.10001)\n"
    base = "# P\n\n" + "".join([outlier, *page[:20]])
    assert said("", base) != said("", base + "".join(page[20:]))
    assert said(base, base + "".join(page[20:])) == []


LINES = [A, B, C, A2, BROKEN, COPIED[0], COPIED[1], *(f"- [Tool {n}](https://t{n}.example)\n" for n in range(6))]


@given(st.lists(st.sampled_from(LINES), max_size=14), st.randoms(use_true_random=False))
def test_moving_lines_brings_nothing(lines: list[str], order: random.Random) -> None:
    moved = lines[:]
    order.shuffle(moved)
    found = introduced("# P\n\n" + "".join(lines), "# P\n\n" + "".join(moved))
    assert [one for one in found if one.severity != Severity.HINT] == []


@given(st.lists(st.sampled_from(LINES), max_size=10), st.lists(st.sampled_from(LINES), max_size=10))
def test_what_is_introduced_stands_on_a_new_line_or_relates_one(base: list[str], head: list[str]) -> None:
    old = {line.rstrip() for line in base}
    for one in introduced("# P\n\n" + "".join(base), "# P\n\n" + "".join(head)):
        lines = [head[line - 3].rstrip() for line in (one.start.line, *(p.start.line for p in one.related))]
        assert any(line not in old for line in lines) or any(head.count(f"{l}\n") > base.count(f"{l}\n") for l in lines)  # noqa: E741


def rule(name: str, *texts: str, from_afar: bool = False) -> EnabledRule:
    """A rule that finds some texts."""

    def check(context: Context) -> Iterator[Finding]:
        text = context.document.source.text
        for one in texts:
            start = text.find(one)
            if start >= 0:
                yield Finding(Span(start, start + len(one)), f"found {one}")

    front = f'severity = "error"\nscope = "markdown"\nfrom-afar = {str(from_afar).lower()}\n'
    page = read_page(name, f"# {name}\n\nSummary.\n\n```toml rule\n{front}```\n")
    return EnabledRule(page, Rule(name, check, NoOptions), NoOptions(), None)


@pytest.mark.parametrize(("from_afar", "expected"), [(True, ["found old"]), (False, [])])
def test_on_an_unchanged_line_only_rules_speak_that_see_far(from_afar: bool, expected: list[str]) -> None:
    seen = rule("seen", "old", from_afar=from_afar)
    unseen = rule("seen", "nothing", from_afar=from_afar)
    new, old = version("old\n\nadded\n", seen), version("old\n", unseen)
    found = baseline.introduced(new, old, {"seen"} if from_afar else set())
    assert [one.message for one in found.diagnostics] == expected


def counted(report_text: str) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for one in version(report_text).report.diagnostics:
        found[one.rule, one.fingerprint] = found.get((one.rule, one.fingerprint), 0) + 1
    return found


def unknown(base: str, head: str) -> list[str]:
    left = baseline.unknown(version(head).report, counted(base)).diagnostics
    return [f"{one.start.line} {one.rule}" for one in left if one.severity != Severity.HINT]


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        pytest.param(LIST + A2, LIST + A2, [], id="all is known"),
        pytest.param(LIST + A2, LIST.replace(A, A2) + A, [], id="the places change their roles"),
        pytest.param(LIST + A2, LIST + A2 + BROKEN, ["12 malformed-link"], id="another defect"),
        pytest.param(
            LIST + BROKEN,
            LIST + BROKEN + BROKEN,
            ["12 malformed-link"],
            id="one more than is known",
        ),
        pytest.param(LIST + BROKEN + BROKEN, LIST + BROKEN, [], id="one less"),
        pytest.param("", LIST + BROKEN, ["11 malformed-link"], id="an empty baseline"),
    ],
)
def test_a_baseline_knows_what_was_there(base: str, head: str, expected: list[str]) -> None:
    assert unknown(base, head) == expected
