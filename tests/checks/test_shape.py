"""Headings, sections, tables and order: what the examples of their rules' pages do not show."""

from __future__ import annotations

import pytest

from tests.pages import diagnostics

WORDS = "Alpha Beta Gamma Delta Kappa Sigma Theta Omega Zeta Iota Lambda Rho".split()


def headings(*odd: str) -> str:
    return "# Title\n\n" + "".join(f"## {h}\n\ntext\n\n" for h in [*(f"{w} Tools" for w in WORDS), *odd])


@pytest.mark.parametrize(
    "heading", ["iOS", "for Teachers of It", "scikit-learn Tools", "npm", "2nd Tools", "工具 Tools"]
)
def test_names_and_single_words_say_nothing_about_case(heading: str) -> None:
    found = diagnostics("heading-style", headings(heading))
    assert [d for d in found if "upper case" in d.message] == []


def test_a_tool_s_name_is_known_by_its_url() -> None:
    text = headings("lark Tools")
    assert len(diagnostics("heading-style", text)) == 1
    assert diagnostics("heading-style", text + "[x](https://github.com/example/lark)\n") == []


def test_two_outliers_of_few_headings_are_a_habit() -> None:
    found = diagnostics("heading-style", headings("other Tools", "more Tools"))
    assert found == []


def test_a_mark_at_the_end_of_a_heading_hides_no_other_habit_of_it() -> None:
    two = [d.message for d in diagnostics("heading-style", headings("Other tools", "More tools"))]
    one_closed = [d.message for d in diagnostics("heading-style", headings("Other tools", "More tools:"))]
    assert (len(two), len(one_closed)) == (0, 1)
    assert "punctuation" in one_closed[0]


def lower(*odd: str) -> str:
    return "# title\n\n" + "".join(f"## {h}\n\ntext\n\n" for h in [*(f"{w.lower()} tools" for w in WORDS), *odd])


def test_upper_case_among_lower_case_is_told_of_words_that_the_list_writes_small() -> None:
    found = diagnostics("heading-style", lower("Other tools", "and each other tool"))
    assert [d.message for d in found] == ["12 of 13 headings begin in lower case; this one does not"]
    assert diagnostics("heading-style", lower("Kubernetes tools")) == []


def test_punctuation_at_the_end_is_told_both_ways() -> None:
    closed = headings().replace(" Tools\n", " Tools:\n")
    found = diagnostics("heading-style", closed + "## Other Tools\n\ntext\n")
    assert [d.message for d in found] == ["12 of 13 headings have punctuation at their end; this one has none"]
    assert diagnostics("heading-style", closed + "## Contents\n\ntext\n") == []
    assert len(diagnostics("heading-style", headings("Other Tools:"))) == 1
    assert diagnostics("heading-style", headings("Tools of Doe and Co.")) == []


def few(*odd: str, below: str = "text") -> list[str]:
    text = "# Title\n\n" + "".join(
        f"## {h}\n\n{below}\n\n" for h in ["Books", *(f"{w} Tools" for w in WORDS[:4]), *odd]
    )
    return [d.message for d in diagnostics("heading-style", text)]


def test_five_headings_show_first_letters_punctuation_and_capitals_but_no_title_case() -> None:
    assert few("other Tools") == ["5 of 6 headings begin in upper case; this one does not"]
    assert few("Other Tools:") == ["5 of 6 headings have no punctuation at their end; this one has"]
    assert few("Other tools") == []
    assert few("other Tools", "Parts:") == [
        "5 of 6 headings begin in upper case; this one does not",
        "6 of 7 headings have no punctuation at their end; this one has",
    ]
    assert few("other Tools", "more Tools") == []


@pytest.mark.parametrize(
    ("heading", "below", "told"),
    [
        ("STORAGE ENGINES", "text", True),
        ("STORAGE", "their storage", True),
        ("STORAGE", "text", False),
        ("VISUAL SLAM", "text", False),
        ("ZXQVWP ZXQVWK", "zxqvwp", False),
        ("NLP AND VQA", "text", False),
    ],
)
def test_capitals_throughout_are_told_of_words_and_not_of_abbreviations(heading: str, below: str, told: bool) -> None:
    usual = [f"{w} Engines" for w in WORDS[:5]]
    text = "# Title\n\n" + "".join(f"## {h}\n\n{below}\n\n" for h in [*usual, heading])
    expected = ["5 of 6 headings are not in capitals throughout; this one is"] if told else []
    assert [d.message for d in diagnostics("heading-style", text)] == expected


@pytest.mark.parametrize(
    ("url", "is_a_name"),
    [
        ("https://github.com/lark/parser", True),
        ("https://lark.example/", True),
        ("https://www.lark.io/docs", True),
        ("https://example.com/docs/lark?tab=1", True),
        ("https://example.com/larkspur", False),
        ("https://lark-parser.example.com/docs", False),
        ("https://example.com/docs/lark.html", False),
    ],
)
def test_a_name_is_a_whole_segment_of_a_url(url: str, is_a_name: bool) -> None:
    found = diagnostics("heading-style", headings("lark Tools") + f"[x]({url})\n")
    assert (found == []) == is_a_name


def table(rows: list[str]) -> str:
    return "| Tool | Year |\n| --- | --- |\n" + "".join(f"{row}\n" for row in rows)


def test_what_many_rows_do_is_meant() -> None:
    full, long, short = "| a | 1 |", "| a | 1 | hidden |", "| a |"
    assert len(diagnostics("table-shape", table([full] * 30 + [long]))) == 1
    assert diagnostics("table-shape", table([full] * 30 + [long] * 3)) == []
    assert len(diagnostics("table-shape", table([full] * 30 + [short]))) == 1
    assert diagnostics("table-shape", table([full] * 30 + [short] * 3)) == []


@pytest.mark.parametrize("row", ["| a \\| b | 1 |", "a | 1", "| a | 1 | |", "| `x\\|y` | 1 |"])
def test_cells_are_counted_as_github_does(row: str) -> None:
    assert diagnostics("table-shape", table(["| a | 1 |"] * 5 + [row])) == []


def test_a_setext_underline_and_a_rule_are_no_broken_table() -> None:
    assert diagnostics("table-shape", "a | b\n---\n\na | b | c\n\n---\n") == []


def no_tables(text: str) -> list[tuple[int, str]]:
    links = "".join(f"- [{n}](https://example.com/{n})\n" for n in range(9)) + "\n"
    return [(d.start.line - 10, d.message) for d in diagnostics("table-shape", links + text)]


@pytest.mark.parametrize(
    "dashes",
    [
        "|——|——|",
        "| – | – |",
        "|===|===|",
        "|---+---|",
        "---+---",
        "| --- | |",
        "| - - | --- |",
        "|:—:|—|",
        "| ___ | ___ |",
        "| ---｜--- |",
    ],
)
def test_a_row_that_is_no_row_of_dashes(dashes: str) -> None:
    bars = dashes.startswith("|")
    header, row = ("| Tool | Year |", "| Lark | 2001 |") if bars else ("Tool | Year", "Lark | 2001")
    message = (
        "GitHub does not read this as a row of dashes, with “---” in each cell and “|” between, so the table is none"
    )
    assert no_tables(f"{header}\n{dashes}\n{row}\n") == [(2, message)]
    assert no_tables(f"Some words:\n{header}\n{dashes}\n{row}\n") == [(3, message)]


def test_rows_without_dashes_are_no_table() -> None:
    message = "no row of dashes stands below this line, so the table is none"
    assert no_tables("| Tool | Year |\n| Lark | 2001 |\n| Pest | 2002 |\n") == [(1, message)]
    assert no_tables("Symbols:\n| Tool | Year |\n| ♣ | ♠ |\n") == [(2, message)]
    message = "no header stands above this row of dashes, so the table is none"
    assert no_tables("| Tool | Year |\n\n|---|---|\n| Lark | 2001 |\n") == [(3, message)]


def test_a_row_behind_a_blank_line_is_no_row() -> None:
    message = "a blank line parts this row from its table, so it is shown as text"
    rows = "| Tool | Year |\n|---|---|\n| Lark | 2001 |\n\n| Pest | 2002 |\n"
    assert no_tables(rows) == [(5, message)]
    assert no_tables(rows + "| Nom | 2003 |\n") == [(5, message)]


@pytest.mark.parametrize(
    "text",
    [
        "| [Home](https://example.com/home) | [Docs](https://example.com/docs) |",
        "[Home](https://example.com/home) | [Docs](https://example.com/docs)\n[Tools](https://example.com) | [Talks](https://example.com/b)",
        "|x| is the length of x\n|y| is that of y",
        "a || b\n|| c",
        "| Tool |\n| Lark |",
        "| Tool | Year |\n| Lark | 2001 | C |",
        "one | two\n— three",
        "|   |   |\n| --+-- |",
        "|   |   |\nsome words",
        "P(a | b) and\nP(b | a)",
        "```\n| Tool | Year |\n| Lark | 2001 |\n```",
        "| Tool | Year |\n|---|---|\n| Lark | 2001 |\n\n| see | the | notes |",
        "| Tool | Year |\n|---|---|\n| Lark | 2001 |\n\nsome words\n\n| Pest | 2002 |",
    ],
)
def test_bars_that_draw_no_table(text: str) -> None:
    assert no_tables(text + "\n") == []


def test_a_table_with_an_empty_header_may_have_broken_dashes() -> None:
    assert [line for line, _ in no_tables("|   |   |\n| — | — |\n| Lark | 2001 |\n")] == [2]


@pytest.mark.parametrize(("others", "told"), [(0, 1), (1, 0)])
def test_lines_in_bold_are_a_habit_whatever_stands_below_them(others: int, told: int) -> None:
    sections = [f"## Part {n}\n\n- [Tool {n}](https://example.com/{n}) - Reads.\n" for n in range(8)]
    bold = "**Fast ones**\n\n- [Hare](https://example.com/hare) - Runs.\n"
    other = "**Slow ones**\n\nThere are few of them.\n"
    found = diagnostics("pseudo-heading", "# Animals\n\n" + "\n".join([*sections, bold, other * others]))
    assert len(found) == told


@pytest.mark.parametrize(("text", "told"), [("the trends of tools", 1), ("The trends of tools", 0)])
def test_a_heading_may_begin_with_a_small_word_and_its_capital(text: str, told: int) -> None:
    headings = [f"Number {word} of tools" for word in ("one", "two", "three", "four", "five", "six")]
    document = "# Tools\n\n" + "".join(f"## {heading}\n\nWords.\n\n" for heading in [*headings, text])
    found = [d for d in diagnostics("heading-style", document) if "upper case" in d.message]
    assert len(found) == told


def tools(names: list[str]) -> str:
    return "## Tools\n\n" + "".join(f"- [{n}](https://example.com/{n.replace(' ', '-')}) - Reads.\n" for n in names)


SORTED = ["ant", "ant-hill", "ant nest", "antelope", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "ibis"]


def test_hyphens_and_blanks_may_count_or_not() -> None:
    for names in (SORTED, ["ant", "antelope", "ant-hill", "ant nest", *SORTED[4:]]):
        assert diagnostics("unsorted-entries", tools(names)) == []


def test_a_list_that_is_hardly_sorted_has_another_order() -> None:
    names = [*SORTED[3:], "jay"]
    assert len(diagnostics("unsorted-entries", tools([*names, "cow"]))) == 1
    assert diagnostics("unsorted-entries", tools([*names, "cow", "bat"])) == []
    assert len(diagnostics("unsorted-entries", tools([*names, "cow", "bat"]), by="title")) == 2


def test_an_entry_that_lost_its_bullet_still_holds_its_place() -> None:
    """Two entries out of order say that the list has another one; so they do where a third has no bullet."""
    lines = tools([*SORTED[3:], "jay", "cow", "bat"]).splitlines(keepends=True)
    for at in range(3, len(lines) - 1):
        line = lines[at].removeprefix("- ")
        assert diagnostics("unsorted-entries", "".join([*lines[:at], f"\n{line}\n", *lines[at + 1 :]])) == []


def test_sections_are_named_in_any_case_and_without_emoji() -> None:
    text = "# List\n\n## 🤝 Contributing\n\n## Papers of 2024\n"
    assert diagnostics("missing-section", text, required=["contributing", "papers of *"]) == []
    assert len(diagnostics("missing-section", text, required=["License", "Papers"])) == 2
    assert diagnostics("section-order", text, order=["contributing", "papers*"]) == []
    assert len(diagnostics("section-order", text, order=["papers*", "contributing"])) == 1
    marked = "# List\n\n## C++\n\n## 📦 Papers [old]\n\n## C#\n"
    assert diagnostics("missing-section", marked, required=["C++", "📦 papers [old]", "c#"]) == []
    assert len(diagnostics("missing-section", marked, required=["Papers [o]", "D++"])) == 2
    assert len(diagnostics("section-order", marked, order=["C#", "C++"])) == 1


def test_a_name_may_have_aliases() -> None:
    text = "# List\n\n## 🤝 How to help!\n\n## Pipes | Filters\n\n## Papers\n"
    for name in ("contributing | how to help", "how to help|contributing", "pipes | filters", "filters | pap*"):
        assert diagnostics("missing-section", text, required=[name]) == []
    for name in ("contributing | help", "filters | pipes", "|"):
        assert len(diagnostics("missing-section", text, required=[name])) == 1
    assert diagnostics("section-order", text, order=["contributing | how to help", "papers"]) == []
    (found,) = diagnostics("section-order", text, order=["talks | papers", "contributing | how to help"])
    assert found.message == "the configuration says that “🤝 How to help!” comes after “Papers”"


@pytest.mark.parametrize(
    ("heading", "required", "hint"),
    [
        ("📚 目录", "Contents", "“📚 目录” may be meant; if so, require “Contents | 📚 目录”"),
        (
            "How to contribute",
            "contributing",
            "“How to contribute” may be meant; if so, require “contributing | How to",
        ),
        ("Data sets", "datasets", "“Data sets” may be meant"),
        ("Tools", "datasets", ""),
    ],
)
def test_a_heading_that_may_be_meant_is_named(heading: str, required: str, hint: str) -> None:
    (found,) = diagnostics("missing-section", f"# Datasets of them\n\n## {heading}\n", required=[required])
    assert (found.hint or "").startswith(hint)
    assert bool(found.hint) == bool(hint)


ORDER = ["papers", "tools", "talks", "license"]


def of(*headings: str) -> str:
    return "# List\n\n" + "".join(f"## {h}\n\n" for h in headings)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (of("Papers", "Tools", "Talks", "License"), []),
        (of("License", "Papers", "Tools", "Talks"), ["“License” comes after “Talks”"]),
        (of("Papers", "Tools", "License", "Talks", "Books"), ["“License” comes after “Talks”"]),
        (of("Talks", "Books", "Papers", "Tools"), ["“Talks” comes after “Tools”"]),
        (of("Tools", "Talks", "License", "Papers"), ["“Papers” comes before “Tools”"]),
        ("# A\n\n## Papers\n\n## Tools\n\n# B\n\n## Papers\n\n## Tools\n", []),
        (of("Papers", "Tools\n\n### Papers", "Talks"), []),
    ],
)
def test_as_few_sections_as_can_be_are_out_of_order(text: str, found: list[str]) -> None:
    messages = [d.message for d in diagnostics("section-order", text, order=ORDER)]
    assert messages == [f"the configuration says that {one}" for one in found]


def test_bold_lines_are_a_habit_where_they_are_many() -> None:
    text = headings() + "**Students**\n\n- [x](https://example.com/x)\n\n"
    assert [d.severity for d in diagnostics("pseudo-heading", text)] == ["hint"]
    assert diagnostics("pseudo-heading", text + "**Teachers**\n\n- [y](https://example.com/y)\n") == []


LISTS = ("- [x](https://example.com/x)\n", "- [y](https://example.com/y)\n")


@pytest.mark.parametrize(
    ("line", "severity"), [("Students of it", "warning"), ("**Students**:", "hint"), ("_Students of it_", "hint")]
)
def test_a_short_line_that_parts_two_lists_stands_for_a_heading(line: str, severity: str) -> None:
    text = f"{headings()}{LISTS[0]}\n{line}\n\n{LISTS[1]}"
    assert [d.severity for d in diagnostics("pseudo-heading", text)] == [severity]


@pytest.mark.parametrize(
    "line",
    [
        "Choose one of these:",
        "Not for students.",
        "_For students only._",
        "(students 👇)",
        "[x](https://example.com/x)",
    ],
)
def test_a_line_that_says_something_of_the_list_below_is_no_heading(line: str) -> None:
    assert diagnostics("pseudo-heading", f"{headings()}{LISTS[0]}\n{line}\n\n{LISTS[1]}") == []


def test_a_plain_line_below_a_heading_is_a_note() -> None:
    assert diagnostics("pseudo-heading", f"{headings()}## More Tools\n\nStudents of it\n\n{LISTS[1]}") == []


def empty(text: str) -> list[int]:
    return [d.start.line for d in diagnostics("empty-section", text)]


TOOLS_BELOW = "- [x](https://example.com/x) - Reads.\n"


@pytest.mark.parametrize(
    "heading",
    ["## [Old papers](old.md)\n", "<h2>Old papers</h2>\n", "<summary>\n\n## Old papers\n\n</summary>\n"],
    ids=["a link", "HTML", "opened by a click"],
)
def test_headings_that_speak_for_themselves_are_not_empty(heading: str) -> None:
    assert empty(f"# Title\n\n{heading}\n## Tools\n\n{TOOLS_BELOW}") == []


@pytest.mark.parametrize(
    ("heading", "silent"),
    [
        ("The other tools are coming soon!", True),
        ("If a tool here is yours, please tell us.", True),
        ("更多内容即将发布！", True),
        ("Workshops: June 17-18", True),
        ("主会：6 月 19-21 日", True),
        ("Opens: 2024-06-17", True),
        ("What is a good compiler?", False),
        ("Tools, libraries, frameworks, etc.", False),
        ("New tools!", False),
        ("Part 2: Parsers", False),
        ("Tools of 2024", False),
        ("编译器", False),
        ("Front ends in C. V. 2.", False),
    ],
)
def test_a_heading_that_is_a_sentence_or_a_date_has_said_all(heading: str, silent: bool) -> None:
    assert empty(f"# Title\n\n## {heading}\n\n## Tools\n\n{TOOLS_BELOW}") == ([] if silent else [3])


def test_levels_that_slipped_make_no_section_empty() -> None:
    assert empty(f"# Title\n\n### Implementations\n\n## Julia\n\n{TOOLS_BELOW}") == []
    assert empty(f"# Title\n\n## Tools\n\n### Old\n\n## Julia\n\n{TOOLS_BELOW}") == [5]


def test_years_and_signposts_may_return() -> None:
    def twice(heading: str) -> str:
        return f"# Title\n\n{heading}\n\n{TOOLS_BELOW}\n## Other\n\n{TOOLS_BELOW}\n{heading}\n\n{TOOLS_BELOW}"

    assert len(diagnostics("duplicate-heading", twice("## Tools"))) == 1
    for heading in ("## 2022", "## [Older papers](#old)"):
        assert diagnostics("duplicate-heading", twice(heading)) == []


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ("- [Books](#books)\n- [Talks](#talks)\n", 0),
        ("- [Books](#books)\n", 1),  # a remark
        ("- [Books](#books)\n- [Talks](https://talks.example)\n", 1),
        ("- [Books](#books)\n- [Old](#old)\n\n### Old\n\n- [A](https://a.example)\n", 1),  # contents of its own
    ],
)
def test_a_heading_that_divides_the_contents_may_return(above: str, said: int) -> None:
    below = "### Books\n\n- [B](https://b.example)\n\n### Talks\n\n- [C](https://c.example)\n"
    text = f"# Title\n\n## Resources\n\n{above}\n## Tools\n\n{TOOLS_BELOW}\n## Resources\n\n{below}"
    assert len(diagnostics("duplicate-heading", text)) == said


@pytest.mark.parametrize(
    ("heading", "below", "said"),
    [
        ("🔥 The accepted papers are out, come and look!!", "", 0),
        ("欢迎大家提交论文！", "", 0),
        ("Please help us to keep this list up to date.", "Thank you\n\n", 0),
        ("The parsers that we like best!", "- [A](https://a.example)\n\n", 1),
        ("How can I help?", "", 1),
        ("News", "", 1),
    ],
)
def test_an_announcement_in_large_type_skips_no_level(heading: str, below: str, said: int) -> None:
    text = f"# Title\n\n### {heading}\n\n{below}## Tools\n\n{TOOLS_BELOW}"
    assert len(diagnostics("heading-level-skip", text)) == said


def table_of(dates: list[str]) -> str:
    rows = [f"|{date}|[Bird {at}](https://doi.example/{at})|XYZ {2025 - at % 2}|" for at, date in enumerate(dates)]
    return "# Papers\n\n|Date|Title|Venue|\n|---|---|---|\n" + "\n".join(rows) + "\n"


def test_a_column_of_dates_is_an_order_whatever_years_the_venues_have() -> None:
    dates = [f"2024-{month:02d}-01" for month in range(12, 0, -1)]
    assert diagnostics("unsorted-entries", table_of(dates)) == []
    dates.insert(9, dates.pop(2))
    (found,) = diagnostics("unsorted-entries", table_of(dates))
    assert found.start.line == 14
    assert found.message.startswith("11 of 12 entries here are sorted by date, the latest first")


@pytest.mark.parametrize("place", [5, 8])
def test_a_title_with_an_article_stands_under_either_letter(place: int) -> None:
    names = ["ant", "bee", "cow", "dog", "hen", "lark", "newt", "owl", "wren", "yak"]
    assert len(diagnostics("unsorted-entries", tools([*names, "the bat"]))) == 1
    names.insert(place, "the heron")
    assert diagnostics("unsorted-entries", tools(names)) == []


def years(stated: list[str]) -> str:
    return "# Papers\n\n" + "".join(
        f"- [A song of {at} birds](https://doi.example/{at}) ({year})\n" for at, year in enumerate(stated)
    )


def test_few_years_are_an_order_where_they_come_again_and_again() -> None:
    sorted_ones = ["XYZ 2024"] * 4 + ["XYZ 2023"] * 4 + ["XYZ 2022"] * 4
    assert diagnostics("unsorted-entries", years(sorted_ones)) == []
    (found,) = diagnostics("unsorted-entries", years([*sorted_ones, "XYZ 2024"]))
    assert found.message.startswith("12 of 13 entries here are sorted by year, the newest first")
    assert diagnostics("unsorted-entries", years([*sorted_ones, "XYZ 2024, written in 2021"])) == []


@pytest.mark.parametrize("names", [("lark tools", "lark"), ("lark.py", "lark"), ("lark_a_b", "lark-b")])
def test_lines_that_an_editor_sorted_are_in_order(names: tuple[str, str]) -> None:
    """Behind a title stands `]`, which comes after blanks and full stops; `_` comes before `-` in Unicode's order."""
    rest = [*SORTED[:1], *SORTED[3:], *names, "larka", "newt", "owl", "pug", "rat", "swan", "toad", "wren", "yak"]
    assert diagnostics("unsorted-entries", tools(rest)) == []
    assert len(diagnostics("unsorted-entries", tools([*rest, "lark b"]))) == 1


@pytest.mark.parametrize("name", ["C#", "C++", "C♯"])
def test_a_sign_that_is_read_out_has_two_places(name: str) -> None:
    names = ["ant", "bee", "cobol", name, "css", "dog", "hen", "lark", "newt", "owl", "wren", "yak"]
    assert diagnostics("unsorted-entries", tools(names)) == []


def test_headings_that_are_all_smaller_than_they_should_be_are_told_once() -> None:
    section = "- [Lark](https://x.example/lark)\n\n"
    text = "# T\n\n" + "".join(f"## {a}\n\n##### {b}\n\n{section}" for a, b in ("AB", "CD"))
    assert [str(d.severity) for d in diagnostics("heading-level-skip", text)] == ["warning"] * 2
    (found,) = diagnostics("heading-level-skip", f"{text}##### E\n\n{section}")
    assert (found.severity, found.start.line) == ("hint", 5)
    assert found.message == "the 3 headings of level 5 are the next below those of level 2; level 3 was expected"
    led_to = f"{text}### E\n\n{section}#### F\n\n{section}##### G\n\n{section}"
    assert [str(d.severity) for d in diagnostics("heading-level-skip", led_to)] == ["warning"] * 2


def test_what_the_owner_advertises_has_no_place_in_the_order() -> None:
    """Six sponsors of one campaign, first or last in their lists."""
    names = "ant bee cat dog elk fox gnu hen ibis jay".split()
    sponsors = [f"- [Zebra {n}](https://zebra{n}.example/?utm_campaign=our-readme)\n" for n in range(6)]
    text = tools(names).replace("- [ant]", sponsors[0] + "- [ant]")
    assert len(diagnostics("unsorted-entries", text)) == 1
    assert diagnostics("unsorted-entries", text + "\n## Sponsors\n\n" + "".join(sponsors[1:])) == []
