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


def listed(names: str, bullet: str = "- ") -> str:
    """A work a letter, each on a line of its own."""
    return "".join(f"{bullet}[Work {name}](https://{name}.example)\n" for name in names)


def grades(text: str) -> list[tuple[int, int, str]]:
    """Of each finding its line, the line that it relates, and its severity."""
    return [(d.start.line, d.related[0].start.line, d.severity) for d in diagnostics("duplicate-entry", text)]


def test_a_table_of_what_stands_above_is_another_view() -> None:
    rows = "\n| Name | Stars |\n|---|---|\n" + "".join(f"| [Work {n}](https://{n}.example) | 7 |\n" for n in "abcd")
    assert grades(f"## Tools\n\n{listed('abcde')}\nTheir stars:\n{rows}") == []


def test_each_view_is_compared_with_itself() -> None:
    rows = "\n| Name | Stars |\n|---|---|\n" + "".join(f"| [Work {n}](https://{n}.example) | 7 |\n" for n in "abca")
    assert grades(f"## Tools\n\n{listed('abcdd')}{rows}") == [(7, 6, "error"), (14, 11, "error")]


def test_one_work_in_a_list_and_in_a_table_is_a_duplicate() -> None:
    rows = "\n| Name | Stars |\n|---|---|\n" + "".join(f"| [Work {n}](https://{n}.example) | 7 |\n" for n in "exyz")
    assert grades(f"## Tools\n\n{listed('abcde')}{rows}") == [(11, 7, "error")]


def test_a_list_that_was_pasted_twice_is_no_view() -> None:
    assert [severity for _, _, severity in grades(f"## Tools\n\n{listed('abc')}\nMore:\n\n{listed('abc')}")] == (
        ["error"] * 3
    )


def test_lines_of_quotation_above_lists_divide_a_section() -> None:
    text = f"## Cheats\n\n> Debugging\n\n{listed('ab')}\n> Packets\n\n{listed('ca')}\n> Hooks\n\n{listed('dd')}"
    assert grades(text) == [(11, 5, "warning"), (16, 15, "error")]
    (across, _) = diagnostics("duplicate-entry", text)
    assert across.message == "a.example is already listed on line 5, in “Debugging”"
    assert across.related[0].message == "first listed here, in Cheats / Debugging"


def test_lines_in_bold_above_lists_do_too() -> None:
    text = f"## Tools\n\n**Fast**\n\n{listed('ab')}\n**Small:**\n\n{listed('ca')}\n**Odd**\n\n{listed('de')}"
    assert grades(text) == [(11, 5, "warning")]


@pytest.mark.parametrize(
    "line", ["> This list is sorted.", "> 2024", "> March 2024", "> See [all](https://all.example)", "Tools for all"]
)
def test_other_lines_above_lists_divide_nothing(line: str) -> None:
    text = f"## Tools\n\n{line}\n\n{listed('ab')}\n{line}\n\n{listed('ca')}\n{line}\n\n{listed('de')}"
    assert grades(text) == [(11, 5, "error")]


def test_a_title_in_bold_above_its_links_divides_nothing() -> None:
    titled = "".join(
        f"**Watching {what} from above with one camera**\n\n- intro: a lab\n- arxiv: https://arxiv.org/abs/{number}\n\n"
        for what, number in (
            ("streets", 2205.14135),
            ("rivers", 2001.04451),
            ("roofs", 1706.03762),
            ("streets", 2205.14135),
        )
    )
    assert grades(f"## Papers\n\n{titled}") == [(21, 6, "error")]


def test_two_lines_of_quotation_are_notes() -> None:
    assert grades(f"## Tools\n\n> Fast\n\n{listed('ab')}\n> Small\n\n{listed('ca')}") == [(11, 5, "error")]


def fold(name: str, inside: str) -> str:
    return f"<details open>\n<summary><b>{name}</b></summary>\n\n{inside}\n</details>\n\n"


def test_folds_with_names_divide_a_section() -> None:
    text = "## Papers\n\n" + fold("Data", listed("ab")) + fold("Ranking", listed("ac")) + listed("dd")
    assert grades(text) == [(14, 6, "warning"), (20, 19, "error")]


@pytest.mark.parametrize("names", [("More", "More"), ("2023", "2024")])
def test_folds_that_only_hide_divide_nothing(names: tuple[str, str]) -> None:
    text = "## Papers\n\n" + fold(names[0], listed("ab")) + fold(names[1], listed("ac"))
    assert grades(text) == [(14, 6, "error")]


@pytest.mark.parametrize(("mark", "severity"), [("#### ", "warning"), ("", "error")])
def test_headings_inside_of_items_divide_their_list(mark: str, severity: str) -> None:
    inside = {name: listed(name, "  - ") for name in ("ab", "ac", "dd")}
    text = f"## Tools\n\n- {mark}Clients\n{inside['ab']}- {mark}Servers\n{inside['ac']}- {mark}Proxies\n{inside['dd']}"
    assert grades(text) == [(7, 4, severity), (11, 10, "error")]


def test_what_stands_below_an_entry_is_in_its_list() -> None:
    text = f"## Tools\n\n- [Suite](https://s.example)\n{listed('ab', '  - ')}{listed('a')}"
    assert grades(text) == [(6, 4, "error")]


def many(start: int, count: int) -> str:
    return "".join(f"- [Thing {n}](https://t{n}.example)\n" for n in range(start, start + count))


@pytest.mark.parametrize(
    "head",
    [
        f"# List\n\nChannel of the week:\n\n{listed('a')}\n## One\n\n",
        f"# List\n\n## Our sponsors\n\n{listed('a')}\n## One\n\n",
        f"# List\n\n## The latest additions\n\n{listed('a')}\n## One\n\n",
        f"# List\n\n## Books of ours\n\n{listed('a')}\n## Contents\n\n- [One](#one)\n\n## One\n\n",
    ],
)
def test_what_stands_before_the_list_is_never_first(head: str) -> None:
    body = f"{listed('a')}{many(0, 20)}\n## Two\n\n"
    assert grades(head + body + many(20, 5)) == []
    ((_, first, severity),) = grades(head + body + listed("a"))
    assert (first, severity) == (len(head.splitlines()) + 1, "warning")


def test_a_good_part_of_the_list_before_its_first_section_is_listed() -> None:
    assert grades(f"# List\n\n{listed('abc')}\n## One\n\n{listed('a')}{many(0, 5)}") == [(9, 3, "warning")]


def test_a_section_that_goes_across_the_others_repeats_on_purpose() -> None:
    across = "## Data sets\n\n" + listed("abcd") + many(0, 2)
    themes = f"\n## One\n\n{listed('ab')}{many(10, 60)}\n## Two\n\n{listed('cd')}{many(80, 60)}"
    assert [severity for _, _, severity in grades(across + themes)] == ["hint"] * 4


def test_what_was_pasted_is_told_once() -> None:
    text = f"## One\n\n{many(0, 40)}{listed('abcde')}\n## Two\n\n{listed('abcde')}{many(40, 100)}"
    found = diagnostics("duplicate-entry", text)
    assert [d.severity for d in found] == ["warning"] + ["hint"] * 4
    assert found[0].message == "a.example is already listed on line 43, in “One”, and so are 4 more below it"
    mistakes = diagnostics("duplicate-entry", text, **{"cross-listing": "mistake"})
    assert [d.severity for d in mistakes] == ["warning"] * 5


@pytest.mark.parametrize(("others", "severity"), [(31, "hint"), (40, "warning")])
def test_two_sections_that_share_an_eighth_overlap(others: int, severity: str) -> None:
    text = f"## One\n\n{many(0, others)}{listed('abcde')}\n## Two\n\n{listed('edcba')}{many(100, 100)}"
    assert [found for _, _, found in grades(text)] == [severity] * 5


def test_slips_lie_scattered() -> None:
    sections = [f"## Part {n}\n\n{many(40 * n, 40)}\n" for n in range(4)]
    text = "".join(sections) + "## Part 5\n\n" + "".join(many(40 * n, 1) for n in range(4)) + many(200, 40)
    assert {severity for _, _, severity in grades(text)} == {"warning"}


def test_a_preprint_that_has_come_out_is_no_cross_listing() -> None:
    text = f"## arXiv papers\n\n{listed('abcde')}{many(0, 20)}\n## Segmentation\n\n{listed('edcba')}{many(40, 100)}"
    assert [severity for _, _, severity in grades(text)] == ["warning"] * 5


def test_years_do_not_overlap() -> None:
    text = f"## 2023\n\n{listed('abcde')}{many(0, 20)}\n## 2024\n\n{listed('edcba')}{many(40, 100)}"
    assert [severity for _, _, severity in grades(text)] == ["warning"] * 5


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        (
            "[Tern-Think-7B]({}) ([weights](https://w.example/1))",
            "[Tern-Fast-7B]({}) ([weights](https://w.example/2))",
            "hint",
        ),
        ("[Tern]({}) ([code](https://github.com/a/t))", "[Scaled-Tern]({}) ([code](https://github.com/a/s))", "hint"),
        ("[Tern]({}) ([code](https://github.com/a/t))", "[Scaled-Tern]({}) ([docs](https://d.example))", "error"),
        (
            "[Tern]({}) ([code](https://github.com/a/t))",
            "[Tern: a small bird]({}) ([code](https://github.com/a/s))",
            "error",
        ),
    ],
)
def test_one_announcement_of_two_things(first: str, second: str, severity: str) -> None:
    page = "https://lab.example/news"
    (found,) = diagnostics("duplicate-entry", f"- {first.format(page)}\n- {second.format(page)}\n")
    assert found.severity == severity


def test_the_models_of_a_paper() -> None:
    first, second = "[Tern]({}) ([small](https://w.example/1))", "[Tern-Ranker]({}) ([small](https://w.example/2))"
    (found,) = diagnostics("duplicate-entry", f"- {first.format(ARXIV)}\n- {second.format(ARXIV)}\n")
    assert found.severity == "hint"


@pytest.mark.parametrize(
    ("first", "second", "count"), [("[Mar. 04, 2024] ", "[Jun. 02, 2022] ", 0), ("[A] ", "[B] ", 1)]
)
def test_lines_of_news_are_no_entries(first: str, second: str, count: int) -> None:
    news = f"- {first}Add papers of ICLR'24, AAAI'24, WWW'24!\n- {second}Add papers of ICLR'22, AAAI'22!\n"
    found = diagnostics("duplicate-entry", f"## Log\n\n{news}\n## Papers\n\n{many(0, 5)}")
    assert len(found) == count


_HEADINGS = "".join(f"### [Paper {n} of owls](https://p{n}.example)\n\nICML 2020\n\n" for n in ("one", "two", "three"))


def test_a_heading_that_is_an_entry_stands_in_the_section_above_it() -> None:
    again = "### [Paper two of owls](https://ptwo.example)\n\nICML 2020\n\n"
    (same,) = diagnostics("duplicate-entry", f"## Owls\n\n{_HEADINGS}{again}")
    assert (same.severity, same.message) == ("error", "ptwo.example is already listed on line 7")
    (other,) = diagnostics("duplicate-entry", f"## Owls\n\n{_HEADINGS}## Night\n\n{again}")
    assert (other.severity, other.message) == ("warning", "ptwo.example is already listed on line 7, in “Owls”")
    assert other.related[0].message == "first listed here, in Owls"


@pytest.mark.parametrize(
    "note",
    [
        "1. **Fast.** Built on [Nests from far](https://arxiv.org/abs/2205.14135)\n2. Small.\n\n",
        "https://arxiv.org/abs/2205.14135\n\n",
    ],
)
def test_what_is_noted_below_a_heading_that_is_an_entry_is_not_listed(note: str) -> None:
    nests = "### [Wrens]({0}wrens)\n\n{1}### [Larks]({0}larks)\n\n{1}".format("https://b.example/", note)
    for rule in ("duplicate-entry", "title-conflict"):
        assert diagnostics(rule, f"## Owls\n\n{_HEADINGS}{nests}") == []


def test_what_two_entries_have_for_their_own_is_a_hint() -> None:
    client = "  - [Client](https://a.example/client)\n"
    (meant,) = diagnostics(
        "duplicate-entry", f"- [Owl](https://a.example/owl)\n{client}- [Wren](https://a.example/wren)\n{client}"
    )
    assert (meant.severity, meant.start.line) == ("hint", 4)
    (slip,) = diagnostics("duplicate-entry", f"- [Owl](https://a.example/owl)\n{client}{client}")
    assert slip.severity == "error"
    (group,) = diagnostics("duplicate-entry", f"- Owls\n{client}- Wrens\n{client}")
    assert group.severity == "error"


_RATED = (
    "- **Owl** - [Bad terms](https://rates.example/1). Hoots.\n"
    "- **Wren** - [Bad terms](https://rates.example/2). Sings.\n"
    "- **Lark** - [Bad terms](https://rates.example/3). Rises.\n"
)


def test_a_remark_on_a_name_in_bold_lists_nothing() -> None:
    again = "- **Wren** - [Bad terms](https://rates.example/2). Sings.\n"
    assert diagnostics("duplicate-entry", f"## Day\n\n{_RATED}\n## Night\n\n{again}") == []
    assert len(diagnostics("duplicate-entry", f"## Day\n\n{_RATED}{again}{again}")) >= 1


@pytest.mark.parametrize(
    "again",
    [
        "- **Wren** - [Nest of wrens](https://rates.example/2). Sings.\n",  # words that stand here alone
        "- [Bad terms](https://rates.example/2). Sings.\n",
        "- **Wren** - [Bad terms](https://github.com/example/wren). Sings.\n",
    ],
)
def test_what_may_be_the_thing_itself_is_no_remark(again: str) -> None:
    assert len(diagnostics("duplicate-entry", f"## Day\n\n{_RATED}\n## Night\n\n{again}\n## Dusk\n\n{again}")) == 1


@pytest.mark.parametrize(
    ("heading", "entry", "severity"),
    [
        ("Other lists", "- [Awesome owls](https://github.com/example/awesome-owls)\n", "hint"),
        ("Other lists", "- [Owl](https://github.com/example/owl)\n", "warning"),
        ("Nests", "- [Awesome owls](https://github.com/example/awesome-owls)\n", "warning"),
    ],
)
def test_another_list_may_stand_among_other_lists_too(heading: str, entry: str, severity: str) -> None:
    wren = "- [Wren](https://a.example/wren)\n"
    (found,) = diagnostics("duplicate-entry", f"## Owls\n\n{entry}{wren}\n## {heading}\n\n{entry}")
    assert (found.severity, found.start.line) == (severity, 8)
