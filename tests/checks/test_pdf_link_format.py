"""pdf-link-format beyond its page's examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import works
from listbot.finding import Diagnostic
from tests import pages as executed
from tests.pages import diagnostics


def links(form: str, numbers: range) -> str:
    return "".join(f"- [A paper with a title]({form}/2205.{number:05})\n" for number in numbers)


def test_news_are_neither_asked_nor_judged() -> None:
    news = "## News\n\n" + links("https://arxiv.org/pdf", range(1, 10))
    body = (
        "## Papers\n\n" + links("https://arxiv.org/abs", range(20, 29)) + links("https://arxiv.org/pdf", range(30, 31))
    )
    (found,) = diagnostics("pdf-link-format", f"# T\n\n{news}\n{body}")
    assert found.message == "9 of 10 arXiv links use /abs; this one /pdf"
    assert found.start.line == 26


def many(url: str, count: int, start: int = 1000) -> str:
    return "".join(f"- [A paper with a title]({url.format(n=start + number)})\n" for number in range(count))


ACM, ACM_PDF = "https://dl.acm.org/doi/10.1145/{n}.{n}", "https://dl.acm.org/doi/pdf/10.1145/{n}.{n}"


def messages(text: str, **options: object) -> list[str]:
    return [found.message for found in diagnostics("pdf-link-format", text, **options)]


def fixed(text: str, **options: object) -> str:
    return executed.fixed("pdf-link-format", text, **options)


def test_the_view_of_a_page_is_a_habit_of_its_own() -> None:
    text = many("https://dl.acm.org/doi/abs/10.1145/{n}.{n}", 10) + many(ACM, 1, 2000) + many(ACM_PDF, 1, 3000)
    assert messages(text) == [
        "10 of 11 ACM links use /doi/abs/; this one /doi/",
        "11 of 12 ACM links go to the paper's page; this one to the PDF",
    ]
    assert messages(fixed(text)) == []
    assert fixed(text).count("/doi/abs/") == 12


def test_a_mixed_list_has_no_view() -> None:
    assert messages(many("https://dl.acm.org/doi/abs/10.1145/{n}.{n}", 8) + many(ACM, 8, 2000)) == []


def test_few_links_of_a_family_say_nothing() -> None:
    assert messages(many(ACM, 8) + many(ACM_PDF, 1, 2000)) == []


def test_the_configuration_says_where_papers_are_linked() -> None:
    text = many(ACM, 1)
    assert messages(text, papers="pdf") == ["the configuration says that ACM links go to the PDF; this one to the page"]
    assert messages(fixed(text, papers="pdf"), papers="pdf") == []


def test_an_entry_that_links_both_keeps_both() -> None:
    pair = f"- [Title]({ACM.format(n=7000)}) [file]({ACM_PDF.format(n=7000)})\n"
    assert messages(many(ACM, 10) + pair) == []


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https://doi.org/10.5555/3358807.3358897", "https://dl.acm.org/doi/10.5555/3358807.3358897"),
        ("http://cn.arxiv.org/abs/2205.14135", "http://arxiv.org/abs/2205.14135"),
        (
            "https://ieeexplore.ieee.org/document/1234567/authors#authors",
            "https://ieeexplore.ieee.org/document/1234567",
        ),
        ("https://ieeexplore.ieee.org/document/1234567?denied=", "https://ieeexplore.ieee.org/document/1234567"),
    ],
)
def test_what_is_wrong_in_any_list(url: str, right: str) -> None:
    assert fixed(f"- [A paper]({url})\n") == f"- [A paper]({right})\n"


def test_resolvers() -> None:
    text = many("https://doi.org/10.1000/{n}", 10) + "- [Old](http://dx.doi.org/10.1000/x(1)y)\n"
    assert messages(text) == ["10 of 11 DOIs go to https://doi.org; this one to http://dx.doi.org"]
    assert "(https://doi.org/10.1000/x(1)y)" in fixed(text)


def test_repositories() -> None:
    text = many("https://github.com/a/b{n}", 12) + "- [x](https://github.com/a/c.git)\n- [y](https://github.com/a/d/)\n"
    assert [found.severity for found in diagnostics("pdf-link-format", text)] == ["warning", "hint"]
    assert "(https://github.com/a/c)" in fixed(text)
    assert "(https://github.com/a/d)" in fixed(text)


def test_a_tab_and_a_heading_of_a_repository_are_said_as_they_stand() -> None:
    text = many("https://github.com/a/b{n}", 12) + "- [x](https://github.com/a/c?tab=readme-ov-file#demo)\n"
    (message,) = messages(text)
    assert message == (
        "12 of 13 links to repositories end in the repository's name; "
        "this one does not: it asks for the tab of the README"
    )
    assert "(https://github.com/a/c#demo)" in fixed(text)


def test_http_where_the_list_writes_https() -> None:
    text = many("https://openreview.net/forum?id=aaaaa{n}", 10) + "- [x](http://openreview.net/forum?id=bbbbbbbb)\n"
    assert messages(text) == ["10 of 11 links use https; this one http"]
    assert "(https://openreview.net/forum?id=bbbbbbbb)" in fixed(text)


def test_a_list_that_links_half_of_the_web_by_http_wants_no_https_to_papers() -> None:
    papers = many("https://openreview.net/forum?id=aaaaa{n}", 10) + "- [x](http://openreview.net/forum?id=bbbbbbbb)\n"
    assert messages(papers + many("http://page{n}.example/", 6)) == []


def test_mirrors_are_reported_on_demand() -> None:
    text = "- [x](https://www.alphaxiv.org/abs/2205.14135)\n"
    assert messages(text) == []
    assert "(https://arxiv.org/abs/2205.14135)" in fixed(text, mirrors="never")


def test_what_has_to_be_looked_up_is_not_written() -> None:
    page = "https://www.usenix.org/conference/osdi22/presentation/a{n}"
    text = many(page, 10) + "- [x](https://www.usenix.org/system/files/osdi22-someone.pdf)\n"
    (found,) = diagnostics("pdf-link-format", text)
    assert found.fix is None
    assert "look it up" in (found.hint or "")


@pytest.mark.parametrize(
    ("habit", "outlier", "safe"),
    [
        (ACM, "https://dl.acm.org/doi/pdf/10.1145/1.2", True),
        (ACM, "https://dl.acm.org/doi/pdf/10.4018/IJX.2020010101", False),
        (ACM_PDF, "https://dl.acm.org/doi/10.4018/IJX.2020010101", False),
        (ACM, "https://dl.acm.org/doi/abs/10.4018/IJX.2020010101", True),
        ("https://dl.acm.org/doi/fullHtml/10.1145/{n}.{n}", "https://dl.acm.org/doi/10.1145/1.2", False),
        ("https://arxiv.org/html/2205.{n}", "https://arxiv.org/abs/2205.14135", False),
        (
            "https://link.springer.com/article/10.1007/s{n}",
            "https://link.springer.com/content/pdf/10.1007/s1.pdf",
            False,
        ),
    ],
)
def test_a_form_is_written_safely_only_where_it_is_known_to_be_there(habit: str, outlier: str, safe: bool) -> None:
    (found,) = diagnostics("pdf-link-format", many(habit, 12) + f"- [x]({outlier})\n")
    assert found.fix is not None
    assert found.fix.safe == safe
    assert (found.hint == "open the new URL before you write it: such a page or file is not always there") != safe


def test_a_convention_with_exceptions_is_no_safe_fix() -> None:
    page = "https://openaccess.thecvf.com/content/CVPR2021/html/A_{n}_CVPR_2021_paper.html"
    workshop = "https://openaccess.thecvf.com/content_cvpr_2018_workshops/papers/w13/A_CVPR_2018_paper.pdf"
    (found,) = diagnostics("pdf-link-format", many(page, 10) + f"- [x]({workshop})\n")
    assert found.fix is not None
    assert not found.fix.safe
    assert found.hint is not None


# Laws of the fixes ---------------------------------------------------------------------------------------------------

_URLS = st.sampled_from(
    [
        "https://arxiv.org/abs/2205.{n}", "https://arxiv.org/pdf/2205.{n}.pdf", "http://www.arxiv.org/pdf/2205.{n}",
        "https://arxiv.org/abs/2205.{n}v2", "https://dl.acm.org/doi/10.1145/{n}.{n}",
        "https://dl.acm.org/doi/abs/10.1145/{n}.{n}", "https://dl.acm.org/doi/pdf/10.1145/{n}.{n}",
        "https://openreview.net/forum?id=aaaaa{n}&referrer=x", "https://openreview.net/pdf?id=aaaaa{n}",
        "https://ieeexplore.ieee.org/document/{n}", "http://ieeexplore.ieee.org/abstract/document/{n}/",
        "https://aclanthology.org/2020.acl-main.{n}/", "http://www.aclweb.org/anthology/2020.acl-main.{n}.pdf",
        "https://doi.org/10.1000/{n}", "http://dx.doi.org/10.1000/{n}", "https://github.com/a/b{n}.git",
        "https://github.com/a/b{n}/", "https://github.com/a/b{n}#readme", "https://youtu.be/aaaaaa{n}?si=x",
    ]
)  # fmt: skip
_LINES = st.lists(st.tuples(_URLS, st.integers(10_000, 10_030)), min_size=5, max_size=60)


def fixes_keep_the_works(text: str, found: list[Diagnostic]) -> None:
    for one in found:
        if one.fix is not None and one.fix.safe:
            (edit,) = one.fix.edits
            before, after = works.identity(text[edit.span.start : edit.span.end]), works.identity(edit.text)
            assert before == after


@given(_LINES)
def test_safe_fixes_keep_every_work_and_come_to_rest(lines: list[tuple[str, int]]) -> None:
    text = "".join(f"- [A paper]({url.format(n=n)})\n" for url, n in lines)
    found = diagnostics("pdf-link-format", text)
    fixes_keep_the_works(text, found)
    once = fixed(text)
    assert fixed(once) == once


def test_safe_fixes_keep_every_work_of_real_lists(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("[A-H]*.md")):
        text = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
        fixes_keep_the_works(text, diagnostics("pdf-link-format", text))


def test_sponsors_may_know_where_their_readers_come_from() -> None:
    url = "https://sponsor.example/?utm_source=list"
    banner = f'<a href="{url}"><img src="logo.png"></a>\n\nWith thanks to [our sponsor]({url}).\n\n'
    assert messages(banner + links("https://arxiv.org/abs", range(1, 5))) == []
    assert messages(f"- [A tool of ours]({url})\n") == ["this link carries tracking parameters"]


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/abs/2205.14135?ref=letters.example",
        "https://arxiv.org/abs/2205.14135?s=03",
        "https://link.springer.com/article/10.1007/s00000-000-0000-0?sap-outbound-id=1A&mkt-key=2B",
        "https://dl.acm.org/doi/10.1145/1234567.1234568?af=R",
    ],
)
def test_where_a_reader_came_from_is_tracking_on_the_hosts_that_do_not_read_it(url: str) -> None:
    assert messages(f"- [A paper of some words]({url})\n") == ["this link carries tracking parameters"]
    elsewhere = "https://tools.example/" + url[url.index("?") :]
    assert messages(f"- [A paper of some words]({elsewhere})\n") == []


def test_an_empty_fragment_behind_a_query_is_no_tracking() -> None:
    assert messages("- [A tool](https://a.example/?q=lists#)\n") == ["this link ends in an empty #"]
    assert messages("- [A tool](https://a.example/map.aspx?)\n") == ["this link ends in an empty ?"]
    assert messages("- [A tool](https://a.example/?q=lists&utm_source=b#)\n") == [
        "this link carries tracking parameters"
    ]


@pytest.mark.parametrize(
    ("label", "said"), [("arXiv:2205.14135v2", 0), ("version 2", 0), ("the paper (v2)", 0), ("A title of words", 1)]
)
def test_a_label_that_names_a_version_means_it(label: str, said: int) -> None:
    text = (
        links("https://arxiv.org/abs", range(1, 12)) + f"- **A title** [{label}](https://arxiv.org/abs/2205.14135v2)\n"
    )
    assert len(messages(text)) == said


@pytest.mark.parametrize(("label", "said"), [("abs", 0), ("Abstract", 0), ("pdf", 0), ("paper", 1)])
def test_a_label_that_names_a_form_may_have_it(label: str, said: int) -> None:
    text = links("https://arxiv.org/pdf", range(1, 12)) + f"- **A title** [{label}](https://arxiv.org/abs/2205.14135)\n"
    assert len(messages(text)) == said


def test_a_leaning_is_a_hint_and_a_habit_a_warning() -> None:
    def severities(others: int) -> set[str]:
        links = [f"- [Paper {n}](https://arxiv.org/abs/2205.{10000 + n})\n" for n in range(60 - others)]
        links += [f"- [Paper {n}](https://arxiv.org/pdf/2205.{20000 + n})\n" for n in range(others)]
        return {d.severity for d in diagnostics("pdf-link-format", "".join(links))}

    assert severities(3) == {"warning"}
    assert severities(4) == {"hint"}


def campaign(sites: list[str], parameters: str, title: str = "Awesome parsers") -> str:
    links = [f"- [Tool {n}](https://{site}/{n}?{parameters})\n" for n, site in enumerate(sites)]
    return f"# {title}\n\n" + "".join(links)


FIVE_SITES = [f"{name}.example" for name in ("ant", "bee", "cow", "dog", "elk")]


@pytest.mark.parametrize(
    ("sites", "parameters", "said"),
    [
        (FIVE_SITES, "utm_source=github&utm_campaign=our-readme", 0),
        (FIVE_SITES, "utm_campaign=Our-Readme/", 0),
        (FIVE_SITES, "utm_source=awesome-parsers", 0),
        (FIVE_SITES[:4], "utm_campaign=our-readme", 4),  # too few links
        (["ant.example", "www.ant.example", "bee.example"] * 2, "utm_campaign=sale", 6),  # two sites
        (FIVE_SITES, "utm_source=a-newsletter", 5),
        (FIVE_SITES, "utm_source=parsers", 5),  # too short to name the list
        (FIVE_SITES, "utm_medium=referral", 5),
        (FIVE_SITES, "fbclid=abc", 5),
    ],
)
def test_a_list_has_campaigns_of_its_own(sites: list[str], parameters: str, said: int) -> None:
    assert messages(campaign(sites, parameters)) == ["this link carries tracking parameters"] * said


def test_a_campaign_of_somebody_else_s_is_told_beside_the_list_s_own() -> None:
    text = campaign(FIVE_SITES, "utm_campaign=our-readme") + "- [More](https://fox.example/?utm_source=a-list)\n"
    assert messages(text) == ["this link carries tracking parameters"]
