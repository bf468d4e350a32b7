"""duplicate-entry beyond its page's examples."""

from __future__ import annotations

import pytest

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


def test_a_list_that_cross_lists_gets_hints() -> None:
    works = "".join(f"- [Work {n}](https://w{n}.example)\n" for n in range(8))
    found = diagnostics("duplicate-entry", f"## A\n\n{works}\n## B\n\n{works}")
    assert {d.severity for d in found} == {"hint"}
    assert len(found) == 8


ARXIV, DOI = "https://arxiv.org/abs/2205.14135", "https://doi.org/10.1145/3600006.3613165"


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        (f"[Paging the cache of a model]({ARXIV})", f"[Paging the Cache of a Model]({DOI})", "warning"),
        (f"[Paging the cache of a model]({ARXIV})", "[Paging the cache of a model]: nobody has it yet", "warning"),
        (f"[Paging the cahce of large models]({ARXIV})", f"[Paging the cache of large models]({DOI})", "warning"),
        (f"[Paged: paging the cache of a model]({ARXIV})", f"[Paging the cache of a model]({DOI})", "hint"),
        (f"[Paging caches]({ARXIV})", f"[Paging caches]({DOI})", "hint"),
        (f"[Paging the cache of a model]({ARXIV})", "[Paging the cache of a model](https://github.com/a/b)", "hint"),
        (f"[Paging the cache, part I: models]({ARXIV})", f"[Paging the cache, part II: models]({DOI})", None),
        (f"[Learning from labelled data]({ARXIV})", f"[Learning from unlabelled data]({DOI})", "hint"),
        (
            f"[Paging the cache of a model]({ARXIV})",
            "[Paging the cache of a model](https://arxiv.org/abs/1706.03762)",
            None,
        ),
        (f"[Paging the cache of a model]({DOI})", "[Paging the cache of a model](https://doi.org/10.1145/1.2)", None),
        ("[The same name](https://github.com/a/b)", "[The same name](https://github.com/c/d)", None),
        ("[Introduction to parsing](https://a.example/x)", "[Introduction to parsing](https://b.example/y)", "hint"),
    ],
)
def test_titles(first: str, second: str, severity: str | None) -> None:
    found = diagnostics("duplicate-entry", f"# L\n\n- {first}\n- {second}\n")
    assert [d.severity for d in found] == ([severity] if severity else [])


def test_many_entries_of_one_title_are_a_form() -> None:
    lines = "".join(f"- [Slides of the third lecture of the course](https://h{n}.example/x)\n" for n in range(20))
    assert diagnostics("duplicate-entry", lines) == []


def test_one_publication_under_unlike_titles_is_left_to_title_conflict() -> None:
    text = f"- [Paging the cache of a model]({ARXIV})\n- [Speculation without a draft model]({ARXIV})\n"
    assert diagnostics("duplicate-entry", text) == []
    assert len(diagnostics("title-conflict", text)) == 1


def test_the_user_says_that_two_works_differ() -> None:
    text = f"- [Paging the cache of a model]({ARXIV})\n- [Paging the cache of a model]({DOI})\n"
    distinct = [["arxiv:2205.14135", "doi:10.1145/3600006.3613165"]]
    assert diagnostics("duplicate-entry", text, distinct=distinct) == []


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        ("Tiny", "Tiny 2", "hint"),
        ("tiny", "tiny-build", "hint"),
        ("Tiny", "example/tiny", "error"),
        ("Tiny", "Tiny", "error"),
    ],
)
def test_the_variants_of_a_thing_share_its_page(first: str, second: str, severity: str) -> None:
    page = "https://github.com/example/tiny"
    (found,) = diagnostics("duplicate-entry", f"- [{first}]({page})\n- [{second}]({page})\n")
    assert found.severity == severity


def test_the_code_of_a_paper_under_the_papers_title_is_another_thing() -> None:
    title = "Distilling the knowledge of many teachers into one"
    page, code = "https://lab.example/papers/distilling", "https://github.com/example/distilling"
    (found,) = diagnostics("duplicate-entry", f"- [{title}]({page})\n\n## Code\n\n- [{title}]({code})\n")
    assert found.severity == "hint"


@pytest.mark.parametrize(
    "written",
    [
        "[Sorting grids] (https://a.example/grids)",
        "[Sorting grids](https://a.example/grids",
        "[Sorting grids]()",
        "Sorting grids](https://a.example/grids)",
        "[Sorting grids(https://a.example/grids)",
        "[Sorting grids]https://a.example/grids)",
        "(Sorting grids)[https://a.example/grids]",
        "[Sorting grids][https://a.example/grids]",
        "[Sorting grids](https://a.example/grids）",
    ],
)
def test_what_stands_behind_a_broken_link_is_not_what_the_entry_lists(written: str) -> None:
    engine = "[The Falcon engine](https://github.com/falcon/engine)"
    text = f"- {written} - Reads grids, built on {engine}.\n- {engine} - Runs.\n"
    assert diagnostics("duplicate-entry", text) == []


@pytest.mark.parametrize(
    "written",
    [
        "[Sorting grids](https://https://github.com/ann/grids)",
        "[Sorting grids](https:/github.com/ann/grids)",
        "[Sorting grids](https//github.com/ann/grids)",
        "[Sorting grids]()",
        "(Sorting grids)[https://lab.example/papers/grids]",
    ],
)
def test_an_entry_whose_link_leads_nowhere_is_no_duplicate_by_its_title(written: str) -> None:
    other = "[Sorting grids](https://github.com/joe/grids)"
    assert diagnostics("duplicate-entry", f"- {written}\n- {other}\n") == []


def test_a_paper_behind_a_broken_link_is_still_the_entrys() -> None:
    paper = "[pdf](https://arxiv.org/abs/2205.14135)"
    text = f"- **Sorting grids of many parts** [code](https://a.example/x {paper}\n"
    assert len(diagnostics("duplicate-entry", text + f"- **Sorting grids of many parts** {paper}\n")) == 1
