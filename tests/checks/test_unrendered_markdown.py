"""unrendered-markdown beyond its page's examples: each form, and what looks like it and is meant as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.plain_text import plain_text, unpaired
from tests.pages import diagnostics, fixed

LINK = "[Lark](https://github.com/example/lark)"


def rules(text: str) -> list[tuple[int, int, str]]:
    return [(one.start.line, one.start.column, str(one.severity)) for one in diagnostics("unrendered-markdown", text)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("##Parsers", (1, 1, "error")),
        ("Some text\n###Parsers and more", (2, 1, "error")),
        ("##\u00a0Parsers", (1, 1, "error")),
        ("> ##Parsers", (1, 3, "error")),
        ("#Parsers", (1, 1, "warning")),
        (f"-{LINK}", (1, 1, "error")),
        (f"*{LINK}: a parser", (1, 1, "error")),
        (f"-[{LINK}]", (1, 1, "error")),
        (f"- {LINK}\n1.{LINK}", (2, 1, "error")),
        ("-[ ] a task", (1, 1, "error")),
        (f"- [2024/01] {LINK}\n-[2024/02] **Egg** {LINK}", (2, 1, "warning")),
        (f"-[2024/02] [{LINK}]\n- [2024/01] {LINK}", (1, 1, "warning")),
        (f"- [2024/01] {LINK}\n\n*[new] {LINK}", (3, 1, "warning")),
        (f"- [x] {LINK}\n- [ x] {LINK}", (2, 3, "error")),
        (f"- [x] {LINK}\n- [x]Lark", (2, 3, "error")),
        (f"- [] {LINK}", (1, 3, "warning")),
        ("- **Lark ** - a parser", (1, 3, "error")),
        ("- ** Lark** - a parser", (1, 3, "error")),
        ("- a paper (** oral**) of it", (1, 12, "error")),
        ("- *Doe, Roe *, 2020", (1, 3, "error")),
        ("- **Lark - a parser", (1, 3, "warning")),
        ("- Doe, 2021 (**). More", (1, 14, "warning")),
        ("*One.*\n\n*Two.*\n\n*Three.", (5, 1, "warning")),
        (f"-\u00a0{LINK}", (1, 1, "error")),
        (f"- {LINK}\n-\u3000{LINK}", (2, 1, "error")),
        (f"- {LINK}\n-\u00a0Pest", (2, 1, "warning")),
        (f"- [ ] {LINK}\n- [ ][Pest](https://pest.example)", (2, 3, "error")),
        ("- **Songs*. Ada Roe", (1, 3, "warning")),
        ("- *Songs**. Ada Roe", (1, 3, "warning")),
        ("- Songs**. Ada Roe", (1, 8, "warning")),
        ("- Songs** of birds", (1, 8, "warning")),
        (f"- {LINK}**, Ada Roe", (1, 42, "warning")),
        ("- ***Songs** of birds", (1, 3, "warning")),
        ("- the __fast __ parser", (1, 7, "error")),
        ("- the __ fast__ parser", (1, 7, "error")),
    ],
)
def test_a_reader_sees_the_marks(text: str, place: tuple[int, int, str]) -> None:
    assert rules(text) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "#parsers #tools",
        "#1 of all",
        "#!/bin/sh",
        "\\##Parsers",
        "`##Parsers`",
        "    ##Parsers",
        f"*{LINK}*",
        f"**{LINK}**",
        "-1 is a number",
        f"-[2024/02] {LINK}",
        f"- {LINK}\n  -[1] of them",
        "--flag",
        "1.5 times",
        "- [](#parsers) an anchor",
        "- [x](https://example.com/x) a link",
        "- f(**kwargs)",
        "- 2 ** 3 ** 4",
        "- A* and D* search",
        "- an A* search",
        "- Songs**. Ada Roe\n- Birds**, Ada Roe",
        "- the __init__ of __ names __ and foo__bar __x__",
        f"- [x][Pest](https://pest.example)\n- {LINK}",
        "- 2.5**, of a paragraph**",
        "- `*.js`, *.css",
        "- Doe*, Roe**, Poe**",
        "- $a ** b$ and $c ** d$",
        "**Lark** and **Pest**",
        "*Note: this explains a star above",
        "- a* b *c*",
    ],
)
def test_marks_that_mean_themselves(text: str) -> None:
    assert rules(text) == []


def listing(cut: int, count: int = 100) -> str:
    return "".join(f"- {LINK} - a tool\n{'that parses' + chr(10) if n < cut else ''}" for n in range(count))


def test_a_cut_item_is_an_outlier_only_where_the_others_are_one_line_each() -> None:
    assert rules(listing(1)) == [(2, 1, "warning")]
    assert rules(listing(10)) == []
    assert fixed("unrendered-markdown", listing(1)).startswith(f"- {LINK} - a tool that parses\n- ")


PAPERS = "".join(
    f"- **Parsing at speed {n}**. Ada Roe. XYZ 2024. [[paper](https://doi.example/{n})]\n" for n in range(30)
)


@pytest.mark.parametrize(
    "cut",
    [
        "- **Songs of birds**. Ada Roe.\nXYZ 2024. [[paper](https://doi.example/a)]\n",
        "- **Songs of birds**. Ada Roe. XYZ 2024.\n[[paper](https://doi.example/a)]\n",
        "- **[Songs of\nBirds and others](https://doi.example/b)**. Ada Roe. [[paper](https://doi.example/a)]\n",
        "- **Songs of\nBirds and others**. Ada Roe. [[paper](https://doi.example/a)]\n",
        "- **Songs of birds**. Ada Roe. [[paper](https://doi.example/a)] by a group at the\nUniversity of Larks\n",
    ],
)
def test_an_item_cut_before_its_link_or_within_a_sentence_is_one_item(cut: str) -> None:
    assert rules(PAPERS + cut) == [(32, 1, "warning")]
    assert fixed("unrendered-markdown", PAPERS + cut) == PAPERS + cut
    assert fixed("unrendered-markdown", PAPERS + cut, unsafe=True) == PAPERS + cut.replace("\n", " ", 1)


@pytest.mark.parametrize(
    "whole",
    [
        f"- **Songs of birds**. Ada Roe. [[paper](https://doi.example/a)]\n{LINK} is new.\n",
        f"- Others:\n{LINK}\n",
        f"- Others\n{LINK}\n",
        "- **Songs of birds**. Ada Roe. [[paper](https://doi.example/a)]\nThey are long.\n",
        "- **Songs of birds**. Ada Roe. [[paper](https://doi.example/a)]\n，\n",
    ],
)
def test_a_line_that_may_be_an_item_of_its_own_is_left_alone(whole: str) -> None:
    assert rules(PAPERS + whole) == []


@pytest.mark.parametrize(
    ("cut", "joined"),
    [
        ("解析日志的工具，\n使用简单", "解析日志的工具，使用简单"),
        ("解析日志的\n工具", "解析日志的工具"),
        ("解析日志，\nc 语言", "解析日志，c 语言"),
        ("用于解析\nc 语言", "用于解析 c 语言"),
        ("로그를 읽는\n도구", "로그를 읽는 도구"),
        ("A tool\n, and a parser", "A tool, and a parser"),
    ],
)
def test_no_blank_joins_what_none_parts(cut: str, joined: str) -> None:
    list_of_tools = listing(0)
    assert fixed("unrendered-markdown", f"{list_of_tools}- {LINK} - {cut}\n") == f"{list_of_tools}- {LINK} - {joined}\n"


@pytest.mark.parametrize(("item", "cut"), [("a tool.", "a tool for\nLarks."), ("解析工具。", "查看\nLarks 的工具。")])
def test_a_sentence_without_its_end_goes_on_where_all_others_have_one(item: str, cut: str) -> None:
    others = "".join(f"- {LINK} - {item}\n" for _ in range(30))
    assert rules(f"{others}- {LINK} - {cut}\n") == [(32, 1, "warning")]
    assert rules(f"{others}- {LINK} - {item}\nLarks are birds.\n") == []


CUT = f"- {LINK} - a data set for\nlarks\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CUT + f"- {LINK} - a tool for Code\nApplications\n", [101, 103]),
        (f"- {LINK} - a tool for Code\nApplications\n" + CUT, [101, 103]),
        (f"- {LINK} - a tool for Code\nApplications\n", []),  # none beside it is cut
        (CUT + f"- {LINK} - a tool for Code.\nApplications\n", [101]),
        (CUT + f"- {LINK} - a tool for Code\n{LINK}\n", [101]),
        (CUT + f"\n## More\n\n- {LINK} - a tool for Code\nApplications\n", [101]),  # another list
    ],
)
def test_a_capital_goes_on_only_beside_another_item_that_is_cut(text: str, told: list[int]) -> None:
    assert [line - 1 for line, _, _ in sorted(rules(listing(0) + text))] == told


def test_an_indented_line_goes_on_on_purpose() -> None:
    assert rules(listing(0) + f"- {LINK} - a tool\n  that parses\n") == []


def test_a_heading_is_left_as_it_is() -> None:
    (one,) = diagnostics("unrendered-markdown", "## **Lark ** and more\n")
    assert one.fix is None


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("- **Lark **a parser", "- **Lark** a parser"),
        ("- see ** Lark **, a parser", "- see **Lark**, a parser"),
        ("- **Lark ** - a parser", "- **Lark** - a parser"),
        ("- [ ] a\n- [X ] b", "- [ ] a\n- [X] b"),
        (f"- [ ] a\n- [ ]{LINK}", f"- [ ] a\n- [ ] {LINK}"),
        ("- the __fast __ parser", "- the __fast__ parser"),
    ],
)
def test_safe_fixes(text: str, result: str) -> None:
    assert fixed("unrendered-markdown", text) == result


@given(st.text("*_~ a.(\\`", max_size=30))
def test_what_is_unpaired_is_what_a_reader_sees(text: str) -> None:
    runs = unpaired(text, {})
    escaped = plain_text(text, {}).count("*")
    assert sum(run.left for run in runs if run.mark == "*") <= escaped
    assert all(text[run.start : run.end] == run.mark * run.length for run in runs)


def test_many_lonely_stars_are_read_in_linear_time() -> None:
    assert rules("** a " * 20_000) == []


def test_many_lines_of_one_paragraph_are_paired_once() -> None:
    assert len(rules(f"*{LINK}\n" * 3_000)) == 3_000


def test_a_section_whose_author_wraps_lines_does_so_on_purpose() -> None:
    others = "# Tools\n\n## Parsers\n\n" + listing(0, 300)
    wrapped = f"\n## Perl\n\n### Small\n\n- {LINK},\na tool that parses\n"
    assert len(rules(others + wrapped)) == 1
    assert rules(others + wrapped + f"\n### Large\n\n- {LINK},\nanother tool\n") == []
    assert rules(others + f"\n## Perl\n\n- {LINK},\na tool that\nparses\n") == []


def test_stars_of_which_something_is_said_hide_no_others() -> None:
    lone = f"- 8Lark** reads text, see {LINK}\n"
    assert rules(lone) == [(1, 8, "warning")]
    assert rules(f"{lone}- **Pest **: reads text\n") == [(1, 8, "warning"), (2, 3, "error")]
    assert rules(f"{lone}- 8Pest** reads text\n") == []
