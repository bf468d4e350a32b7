"""Whether what is said meets a label: the measure itself must not flatter anybody."""

from __future__ import annotations

import pytest
from bench.quality import recall
from bench.quality.labels import Label, changed, short
from bench.quality.recall import Said

from listbot.finding import Severity


def label(line: int, *lines: int, columns: tuple[int, int] | None = None) -> Label:
    return Label(line, lines or (line,), columns, "kind", "sub", "high", {}, "", line)


def said(first: int, *related: int, columns: tuple[int, int] = (1, 5), last: int = 0) -> Said:
    places = tuple((line, line) for line in related)
    return Said("some-rule", Severity.ERROR, first, last or first, columns, places, "")


@pytest.mark.parametrize(
    ("one", "match", "hit"),
    [
        (said(7), "line", True),
        (said(8), "line", False),
        (said(6, last=8), "line", True),
        (said(3, 7), "line", False),  # only the related place
        (said(3, 7), "place", True),
        (said(7, columns=(10, 14)), "span", True),
        (said(7, columns=(14, 20)), "span", False),  # begins where the label ends
        (said(7, columns=(1, 10)), "span", False),
        (said(6, last=8, columns=(1, 2)), "span", True),  # over several lines: columns say nothing
    ],
)
def test_a_label_of_one_line(one: Said, match: str, hit: bool) -> None:
    assert (recall.finder(label(7, columns=(10, 14)), [one], match) is not None) == hit


@pytest.mark.parametrize(
    ("all_said", "hit"),
    [
        ([said(5, 2)], True),
        ([said(2, 5)], True),
        ([said(5)], False),  # relates nothing
        ([said(5, 3)], False),  # relates another line
        ([said(5, 2, 3)], False),  # relates more than is one
        ([], False),
    ],
)
def test_a_group_of_two(all_said: list[Said], hit: bool) -> None:
    assert (recall.finder(label(5, 2, 5), all_said, "group") is not None) == hit


def test_a_group_of_three_comes_together_in_any_order() -> None:
    group = label(9, 2, 5, 9)
    assert recall.finder(group, [said(9, 5)], "group") is None
    for order in ([said(9, 5), said(5, 2)], [said(5, 2), said(9, 5)], [said(9, 2), said(5, 2)]):
        assert recall.finder(group, order, "group") is not None


def test_a_finding_that_relates_more_than_a_label_is_false() -> None:
    groups = [label(5, 2, 5), label(8, 7, 8)]
    assert recall.is_true(said(5, 2), groups, "group")
    assert not recall.is_true(said(8, 2), groups, "group")
    assert not recall.is_true(said(5, 2, 3), groups, "group")
    assert recall.is_true(said(7), [label(7)], "line")
    assert not recall.is_true(said(7), [], "line")


def test_the_mean_over_repositories_weighs_each_once() -> None:
    results = [("a/a", True)] * 9 + [("b/b", False)]
    assert str(recall.over_all(results)) == "9/10 0.900"
    assert recall.over_repositories(results) == 0.5


def test_where_two_lines_differ() -> None:
    assert changed("- [A] (https://example.com)", "- [A](https://example.com)") == ("- [A] (https:/", "- [A](https:/")
    assert changed("same", "same") == ("same", "same")
    assert changed("", "x") == ("", "x")
    assert short("a\n  b") == "a b"
    assert len(short("a" * 200)) == 70
