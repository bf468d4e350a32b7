"""duplicate-entry beyond its page's examples."""

from __future__ import annotations

import pytest

from listbot.checks.duplicate_entry import titles_alike
from tests.pages import diagnostics


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://arxiv.org/abs/2205.14135", "http://www.arxiv.org/pdf/2205.14135v2.pdf"),
        ("https://arxiv.org/abs/2205.14135", "https://doi.org/10.48550/arXiv.2205.14135"),
        ("https://doi.org/10.1145/3600006.3613165", "https://dl.acm.org/doi/abs/10.1145/3600006.3613165"),
        ("https://github.com/a/b", "https://github.com/A/B.git"),
        ("https://a.example/b/", "http://www.a.example/b?utm_source=c"),
        ("https://a.example/b", "<https://A.example/b>"),
    ],
)
def test_spellings_of_one_work(first: str, second: str) -> None:
    (found,) = diagnostics("duplicate-entry", f"- [A title]({first})\n- [A title]({second})\n")
    assert (found.severity, found.start.line, found.related[0].start.line) == ("error", 2, 1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://arxiv.org/abs/2205.14135", "https://arxiv.org/abs/2205.14136"),
        ("https://a.example/?id=1", "https://a.example/?id=2"),
        ("https://a.example/#/one", "https://a.example/#/two"),
        ("https://github.com/a/b/tree/main/one", "https://github.com/a/b/tree/main/two"),
        ("https://a.example/Page", "https://a.example/page"),
    ],
)
def test_different_works(first: str, second: str) -> None:
    assert diagnostics("duplicate-entry", f"- [A title]({first})\n- [A title]({second})\n") == []


def test_a_third_listing_points_to_the_first() -> None:
    found = diagnostics("duplicate-entry", "- [A](https://a.example/x)\n" * 3)
    assert [(d.start.line, d.related[0].start.line) for d in found] == [(2, 1), (3, 1)]


def test_in_tables_and_nested_lists() -> None:
    table = "| n | l |\n|---|---|\n| A | [paper](https://arxiv.org/abs/2205.14135) |\n"
    row = "| A | [paper](https://arxiv.org/pdf/2205.14135) |\n"
    assert len(diagnostics("duplicate-entry", table + row)) == 1
    nested = "- [A](https://a.example)\n  - [B](https://b.example)\n- [B](https://b.example)\n"
    assert len(diagnostics("duplicate-entry", nested)) == 1


def test_a_table_of_contents_is_no_list_of_works() -> None:
    assert diagnostics("duplicate-entry", "- [A](#a)\n- [A](#a)\n\n## A\n") == []


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("FlashAttention: Fast and Exact", "Flash Attention", True),
        ("Deep Residual Learning", "Deep residual learning.", True),
        ("A survey of parsers", "A survey of linkers", False),
        ("Mnemosyne: Long Contexts", "Medha: Serving Millions of Tokens", False),
        (None, "Anything", True),
        ("The Longformer paper", "Longformer paper", True),
    ],
)
def test_titles_alike(first: str | None, second: str, alike: bool) -> None:
    assert titles_alike(first, second) is alike


def test_a_list_that_cross_lists_gets_hints() -> None:
    works = "".join(f"- [Work {n}](https://w{n}.example)\n" for n in range(8))
    found = diagnostics("duplicate-entry", f"## A\n\n{works}\n## B\n\n{works}")
    assert {d.severity for d in found} == {"hint"}
    assert len(found) == 8
