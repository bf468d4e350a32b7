"""label-target beyond its page's examples: what each label promises, and its peace with pdf-link-format."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import label_targets, tables
from listbot.finding import Diagnostic
from tests.pages import diagnostics, fixed

ABS, PDF = "https://arxiv.org/abs/2205.{n}", "https://arxiv.org/pdf/2205.{n}"
REPOSITORY = "https://github.com/example/tool{n}"


def line(number: int, *links: tuple[str, str]) -> str:
    shown = " ".join(f"[[{label}]({url.format(n=10000 + number)})]" for label, url in links)
    return f"- **A paper of number {number} with a title** {shown}\n"


def listing(label: str, url: str, count: int = 9) -> str:
    return "".join(line(number, (label, url)) for number in range(count))


def found(text: str) -> list[Diagnostic]:
    return diagnostics("label-target", text)


@pytest.mark.parametrize(
    ("label", "kept", "broken", "where"),
    [
        ("pdf", PDF, ABS, "a paper's page"),
        ("PDF", PDF, REPOSITORY, "a repository"),
        ("pdf", PDF, "https://doi.org/10.1145/1234567.12{n}", "a paper's page"),
        ("Abs", ABS, PDF, "a PDF"),
        ("Paper", ABS, REPOSITORY, "a repository"),
        ("code", REPOSITORY, PDF, "a PDF"),
        ("Code", REPOSITORY, "https://www.youtube.com/watch?v=abcdef{n}", "a video"),
        ("GitHub", REPOSITORY, ABS, "a paper's page"),
        ("arXiv", ABS, "https://openreview.net/forum?id=abcde{n}", "OpenReview"),
        ("arXiv", ABS, REPOSITORY, "a repository"),
        ("OpenReview", "https://openreview.net/forum?id=abcde{n}", PDF, "arXiv"),
        ("video", "https://youtu.be/abcdef{n}", REPOSITORY, "a repository"),
        ("slides", "https://lab.example/{n}.pdf", ABS, "a paper's page"),
        ("website", "https://lab.example/{n}", ABS, "a paper's page"),
        ("blog", "https://lab.example/blog/{n}", ABS, "a paper's page"),
        ("doi", "https://doi.org/10.1145/1234567.12{n}", ABS, "a paper's page"),
        ("tweet", "https://x.com/example/status/{n}", PDF, "a PDF"),
    ],
)
def test_the_outlier(label: str, kept: str, broken: str, where: str) -> None:
    (one,) = found(listing(label, kept) + line(50, (label, broken)))
    assert one.message == f"this link says “{label}” and leads to {where}; 9 of 10 links with such a label do not"
    assert (one.severity, one.start.line) == ("warning", 10)


@pytest.mark.parametrize(
    ("label", "url"),
    [
        ("pdf", "https://lab.example/{n}"),
        ("pdf", "https://www.biorxiv.org/content/10.1101/2022.{n}.full.pdf"),
        ("pdf", "https://github.com/example/tool{n}/blob/main/report.pdf"),
        ("pdf", "https://openreview.net/attachment?id=abcdef{n}&name=pdf"),
        ("paper", PDF),
        ("code", "https://openreview.net/forum?id=abcdef{n}"),
        ("code", "https://zenodo.org/records/{n}"),
        ("code", "https://doi.org/10.24433/co.12{n}"),
        ("arXiv", "https://doi.org/10.48550/arXiv.2205.{n}"),
        ("arXiv", "https://lab.example/{n}.pdf"),
        ("website", REPOSITORY),
        ("FlashAttention", ABS),
        ("Tool", PDF),
    ],
)
def test_what_contradicts_nothing(label: str, url: str) -> None:
    kept = {"pdf": PDF, "paper": ABS, "code": REPOSITORY, "arXiv": ABS}.get(label, "https://lab.example/{n}")
    assert found(listing(label, kept) + line(50, (label, url))) == []


def test_a_list_decides_what_its_labels_mean() -> None:
    assert found(listing("pdf", ABS) + line(50, ("pdf", PDF))) == []
    assert found(listing("page", PDF) + line(50, ("page", ABS))) == []
    mixed = listing("code", REPOSITORY, 3) + "".join(line(20 + n, ("code", PDF)) for n in range(3))
    assert found(mixed) == []


def test_few_labels_are_a_hint() -> None:
    (one,) = found(listing("code", REPOSITORY, 2) + line(50, ("code", PDF)))
    assert (one.severity, one.message) == ("hint", "this link says “code” and leads to a PDF")
    assert found("".join(line(n, ("code", PDF)) for n in range(2))) == []


def test_a_title_is_no_label() -> None:
    text = listing("code", REPOSITORY) + "- [Code](https://arxiv.org/abs/2205.10000) - A paper of that name.\n"
    assert found(text) == []


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("- [CodeS](https://arxiv.org/abs/2205.10000) (2022) - CodeS: How code is read and written\n", 0),
        ("- [Codes](https://arxiv.org/abs/2205.10000) (2022) - How code is read and written\n", 1),
        ("- How code is read and written [CodeS](https://arxiv.org/abs/2205.10000)\n", 1),
    ],
)
def test_a_name_that_begins_an_entry_is_no_label(entry: str, told: int) -> None:
    assert len(found(listing("code", REPOSITORY) + entry)) == told


def test_the_alternative_text_of_a_badge_is_a_label() -> None:
    badge = "![arXiv](https://img.shields.io/badge/arXiv-red)"
    kept = "".join(f"- **A title of {n} words** [{badge}](https://arxiv.org/abs/2205.1{n:04})\n" for n in range(8))
    (one,) = found(kept + f"- **A title of many words** [{badge}](https://openreview.net/forum?id=abcdefgh)\n")
    assert (one.start.line, one.message.split(";")[0]) == (9, "this link says “arXiv” and leads to OpenReview")


@pytest.mark.parametrize(("suffix", "version", "url"), [("", "", ""), (".pdf", "v2", "v2.pdf")])
def test_the_fix_writes_the_lists_own_form(suffix: str, version: str, url: str) -> None:
    text = listing("pdf", PDF + suffix) + line(50, ("pdf", ABS + version))
    mended = fixed("label-target", text)
    assert mended.endswith(f"[[pdf](https://arxiv.org/pdf/2205.10050{url})]\n")
    assert found(mended) == []
    before, after = ([one.message for one in diagnostics("pdf-link-format", of)] for of in (text, mended))
    assert before == after


@pytest.mark.parametrize(
    ("page", "pdf", "safe"),
    [
        ("https://arxiv.org/abs/2205.14135", "https://arxiv.org/pdf/2205.14135", True),
        ("https://openreview.net/forum?id=abcdefgh", "https://openreview.net/pdf?id=abcdefgh", True),
        ("https://aclanthology.org/2020.acl-main.1/", "https://aclanthology.org/2020.acl-main.1.pdf", True),
        (
            "https://dl.acm.org/doi/abs/10.1145/1234567.1234568",
            "https://dl.acm.org/doi/pdf/10.1145/1234567.1234568",
            True,
        ),
        (
            "https://dl.acm.org/doi/abs/10.4018/IJX.2020010101",
            "https://dl.acm.org/doi/pdf/10.4018/IJX.2020010101",
            False,
        ),
        ("https://dl.acm.org/doi/10.5555/1234567.1234568", "https://dl.acm.org/doi/pdf/10.5555/1234567.1234568", False),
        (
            "https://link.springer.com/chapter/10.1007/978-3-030-00000-0_1",
            "https://link.springer.com/content/pdf/10.1007/978-3-030-00000-0_1.pdf",
            False,
        ),
        (
            "https://journals.sagepub.com/doi/abs/10.1177/1234567890",
            "https://journals.sagepub.com/doi/pdf/10.1177/1234567890",
            False,
        ),
        (
            "https://www.nature.com/articles/s41586-020-0000-0",
            "https://www.nature.com/articles/s41586-020-0000-0.pdf",
            False,
        ),
    ],
)
def test_a_pdf_is_written_safely_only_where_it_is_known_to_be_there(page: str, pdf: str, safe: bool) -> None:
    (one,) = found(listing("pdf", PDF) + line(50, ("pdf", page)))
    assert one.fix is not None
    assert (one.fix.message, one.fix.safe) == (f"write {pdf}", safe)


@pytest.mark.parametrize(
    ("page", "severity"),
    [
        ("https://proceedings.mlr.press/v139/li21y.html", "warning"),
        ("https://dl.acm.org/doi/10.1145/1234567.1234568", "warning"),
        ("https://ieeexplore.ieee.org/document/1234567", "hint"),
        ("https://www.sciencedirect.com/science/article/pii/S0000000000000000", "hint"),
        ("https://doi.org/10.1007/978-3-030-00000-0_1", "hint"),
    ],
)
def test_a_page_whose_pdf_may_not_be_open_is_a_hint(page: str, severity: str) -> None:
    assert [one.severity for one in found(listing("pdf", PDF) + line(50, ("pdf", page)))] == [severity]


def test_no_fix_where_the_pdf_is_not_known() -> None:
    text = listing("pdf", PDF) + line(50, ("pdf", "https://proceedings.mlr.press/v139/li21y.html"))
    assert [one.fix for one in found(text)] == [None]


@given(
    st.lists(
        st.tuples(st.sampled_from(["pdf", "abs", "paper", "arXiv"]), st.sampled_from([ABS, PDF, PDF + ".pdf"])),
        max_size=16,
    )
)
def test_one_rule_speaks_of_a_form_and_then_both_are_silent(links: list[tuple[str, str]]) -> None:
    text = "".join(line(number, link) for number, link in enumerate(links))
    for _ in range(3):  # a fix may be what makes four of five links agree
        labels, forms = found(text), diagnostics("pdf-link-format", text)
        assert {one.start.line for one in labels}.isdisjoint(one.start.line for one in forms)
        text = fixed("pdf-link-format", fixed("label-target", text))
    assert found(text) == diagnostics("pdf-link-format", text) == []


# Badges --------------------------------------------------------------------------------------------------------------

STARS = "https://img.shields.io/github/stars/{}?style=social"


@pytest.mark.parametrize(
    ("badge", "links", "severity"),
    [
        ("example/a", "[Github](https://github.com/example/b)", "warning"),
        ("example/a.svg", "[Github](https://github.com/example/b)", "warning"),
        ("other/b", "[Github](https://github.com/example/b)", "hint"),
        ("Example/A", "[Github](https://github.com/example/a.git)", None),
        ("example/a", "[x](https://github.com/example/b) [y](https://github.com/example/a/tree/main/src)", None),
        ("example/a", "[x](https://arxiv.org/abs/2205.14135)", None),
    ],
)
def test_a_badge_beside_links(badge: str, links: str, severity: str | None) -> None:
    said = found(f"- **A paper with a title** {links} ![stars]({STARS.format(badge)})\n")
    assert [one.severity.value for one in said] == ([severity] if severity else [])


def test_a_badge_that_is_a_link() -> None:
    text = f"- **A title** [![s]({STARS.format('a/one')})](https://github.com/a/two) [c](https://github.com/a/one)\n"
    (one,) = found(text)
    assert one.message == "this badge counts a/one, but the link beside it leads to a/two"
    badge = "[![arXiv](https://img.shields.io/badge/arXiv-2205.14135-red)](https://arxiv.org/abs/{})"
    assert found(f"- **A title of words** {badge.format('2205.14135v2')}\n") == []
    (one,) = found(f"- **A title of words** {badge.format('2205.14136')}\n")
    assert one.message == "this badge shows 2205.14135, but the link beside it leads to 2205.14136"


# The table -----------------------------------------------------------------------------------------------------------


def test_every_word_of_the_table_is_found_again() -> None:
    families = {row["name"] for row in tables.load("families")["family"]}
    kinds = {"page", "doi", "paper PDF", "PDF", "code", "video"}
    for row in tables.load("label_targets")["label"]:
        assert set(row.get("never", ())) <= kinds | families
        assert set(row.get("only", ())) | set(row.get("but", ())) <= families
        for word in row["words"]:
            label = label_targets.label_of(f"📄 {word.title()} ")
            assert label is not None
            assert label.name == row["name"]


@given(st.text(max_size=60))
def test_any_text_has_a_label_and_a_target_or_none(text: str) -> None:
    label_targets.label_of(text)
    label_targets.target_of(text)
    label_targets.target_of("https://" + text)
    label_targets.counted(text)
