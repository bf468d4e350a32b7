"""title-conflict beyond its page's examples."""

from __future__ import annotations

import pytest

from tests.pages import diagnostics

ONE, OTHER = "https://arxiv.org/abs/2205.14135", "https://arxiv.org/abs/1706.03762"
PAGING, DRAFT, THIRD = (
    "Paging the cache of a model",
    "Speculation without a draft model",
    "Sorting tokens by their worth",
)


def test_far_from_each_other() -> None:
    text = f"## A\n\n- [{PAGING}]({ONE})\n- [{THIRD}]({OTHER})\n\n## B\n\n- [{DRAFT}]({ONE})\n"
    (found,) = diagnostics("title-conflict", text)
    assert (found.severity, found.start.line, found.related[0].start.line) == ("warning", 8, 3)


@pytest.mark.parametrize(("first", "second"), [(PAGING, "Paging the Cache of a Model"), (PAGING, f"Paged: {PAGING}")])
def test_one_name(first: str, second: str) -> None:
    assert diagnostics("title-conflict", f"- [{first}]({ONE})\n- [{second}]({ONE})\n") == []


def test_the_right_link_is_offered_where_the_list_has_it() -> None:
    text = f"- [{PAGING}]({ONE})\n- [{DRAFT}]({ONE})\n\n## B\n\n- [{PAGING}]({OTHER})\n"
    (found,) = diagnostics("title-conflict", text)
    assert found.start.line == 1
    assert found.fix is not None
    assert not found.fix.safe
    assert [edit.text for edit in found.fix.edits] == [OTHER]


def test_the_title_that_the_url_spells_is_right() -> None:
    url = (
        "https://openaccess.thecvf.com/content/CVPR2021/html/Doe_Speculation_Without_a_Draft_Model_CVPR_2021_paper.html"
    )
    (found,) = diagnostics("title-conflict", f"- [{PAGING}]({url})\n- [{DRAFT}]({url})\n")
    assert found.start.line == 1


def test_names_are_hints() -> None:
    (found,) = diagnostics("title-conflict", f"- [Crossing]({ONE})\n- [Roundabout]({ONE})\n")
    assert found.severity == "hint"


@pytest.mark.parametrize(
    "line",
    [
        "- [[Crossing](https://crossing.example)] Streets from above, in ten cities. [[paper]({url})]",
        "- [Crossing-1.3|6.7|13|30B]({url})",
    ],
)
def test_the_description_of_a_thing_is_no_title_of_its_paper(line: str) -> None:
    (found,) = diagnostics("title-conflict", f"- [{PAGING}]({ONE})\n{line.format(url=ONE)}\n")
    assert found.severity == "hint"


def test_repositories_have_no_title() -> None:
    repository = "https://github.com/a/b"
    assert diagnostics("title-conflict", f"- [{PAGING}]({repository})\n- [{DRAFT}]({repository})\n") == []


def test_news_announce_and_do_not_list() -> None:
    text = f"## News\n\n- [{DRAFT}]({ONE})\n\n## Papers\n\n- [{PAGING}]({ONE})\n- [{THIRD}]({OTHER})\n"
    assert diagnostics("title-conflict", text) == []


def test_versions_that_are_both_named_may_have_a_title_each() -> None:
    text = f"- [{PAGING}]({ONE}v1)\n- [{DRAFT}]({ONE}v2)\n"
    assert [found.severity for found in diagnostics("title-conflict", text)] == ["hint"]
