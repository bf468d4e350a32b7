"""entry-format: when there is a house style, and whose defects are not its own."""

from __future__ import annotations

import pytest

from tests.pages import diagnostics, fixed

NAMES = [f"Tool {letter}{digit}" for letter in "ABCDE" for digit in range(8)]


def listed(*, change: dict[int, str] | None = None, many: int = 40) -> str:
    lines = [f"- [{name}](https://github.com/example/{name[5:].lower()}) - Reads text." for name in NAMES[:many]]
    for at, line in (change or {}).items():
        lines[at] = line
    return "## Tools\n\n" + "".join(line + "\n" for line in lines)


def said(text: str) -> list[str]:
    return [d.message for d in diagnostics("entry-format", text)]


COLON = "- [Other](https://github.com/example/other): Reads text."


def test_two_of_forty_are_outliers_and_three_are_none() -> None:
    assert (
        said(listed(change={3: COLON, 9: COLON.replace("ther", "dd")}))
        == ["38 of 40 entries separate title and notes with ' - '; this one with ':'"] * 2
    )
    assert said(listed(change={n: COLON.replace("ther", f"dd{n}") for n in (3, 9, 12)})) == []


def test_fewer_than_twenty_entries_are_no_style() -> None:
    assert said(listed(change={3: COLON}, many=19)) == []
    assert len(said(listed(change={3: COLON}, many=20))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "- [Other](https://github.com/example/other) reads text.",
        "- [Other](https://github.com/example/other)",
        "- [Other](https://github.com/example/other) - :star: Reads text.",
        "- [Other](https://github.com/example/other) - .NET reads text.",
        "- [Other](https://github.com/example/other) - Reads text (and more).",
        "- [Other](https://github.com/example/other) - Does it read text?",
        "- [Other](https://github.com/example/other) - Reads [text](https://example.com/text)",
    ],
)
def test_what_is_no_other_form_is_left_alone(line: str) -> None:
    assert said(listed(change={5: line})) == []


def test_one_dash_is_safely_written_for_another_and_a_colon_is_left() -> None:
    dash = "- [Other](https://github.com/example/other) – Reads text."
    text = listed(change={5: dash, 6: COLON.replace("ther", "dd")})
    assert fixed("entry-format", text) == text.replace(" – ", " - ")


def test_people_and_sentences_are_no_entries_that_lost_their_bullet() -> None:
    around = "Kept by [Ada](https://example.com/ada).\n\n[Ben Doe](https://example.com/ben): a friend of the list\n\n"
    assert said(around + listed() + "\n" + around) == []
    entry = "[A tool that reads very long texts](https://example.com/long) - Reads text.\n"
    assert said(listed() + "\n" + entry) == ["40 of 41 entries are items of a list; this one is a paragraph"]


def test_news_have_a_form_of_their_own() -> None:
    assert said(listed() + "\n## News\n\n" + COLON + "\n") == []


def papers(change: dict[int, str]) -> str:
    lines = [f"- **{name} for reading text**. ICLR 2021. [pdf](https://example.com/{name[5:]})" for name in NAMES]
    for at, line in change.items():
        lines[at] = line
    return "## Papers\n\n" + "".join(line + "\n" for line in lines)


def test_a_title_that_lost_its_marks_and_a_venue_in_another_form() -> None:
    plain = "- Tool Z9 for reading text. ICLR 2021. [pdf](https://example.com/z9)"
    venue = "- **Tool Z9 for reading text**. (ICLR 2021). [pdf](https://example.com/z9)"
    assert said(papers({5: plain})) == ["39 of 40 titles are bold; this one is plain"]
    assert said(papers({5: venue})) == ["39 of 40 venues have the form “Venue 2020”; this one “(Venue 2020)”"]


@pytest.mark.parametrize("title", ["** Tool Z9 for reading text**", "**Tool Z9 for reading text **"])
def test_a_title_whose_bold_is_broken_is_unrendered_markdown_s(title: str) -> None:
    authors = "Ann Doe, Jon Roe, and others. "
    text = papers({5: f"- {authors}2011. {title}. ICLR 2021. [pdf](https://example.com/z9)"})
    assert said(text) == []
    assert len(diagnostics("unrendered-markdown", text)) == 1


def test_a_bold_title_among_plain_ones_is_meant_to_stand_out() -> None:
    bold = "- **[Other](https://github.com/example/other)** - Reads text."
    assert said(listed(change={5: bold})) == []


def test_what_stands_in_a_section_of_its_own_has_a_form_of_its_own() -> None:
    assert said(papers({}) + "\n## Tools\n\n- [Lark for reading text](https://example.com/lark)\n") == []


def test_marks_stand_before_the_title_or_behind_it() -> None:
    lines = [f"- ⭐ [{name}](https://github.com/example/{name[5:].lower()}) - Reads text.\n" for name in NAMES]
    lines[7] = lines[7].replace("⭐ ", "").replace(") - ", ") - ⭐ ")
    assert said("".join(lines)) == ["39 of 40 entries with marks have them before the title; this one behind the title"]


def test_a_table_with_other_columns_is_told_once() -> None:
    def table(header: str, names: list[str]) -> str:
        rows = "".join(f"| [{name}](https://example.com/{name[5:]}) | 2021 |\n" for name in names)
        return f"| {header} | Year |\n| --- | --- |\n{rows}\n"

    text = "".join(f"## Part {n}\n\n{table('Paper', NAMES[n * 8 : n * 8 + 8])}" for n in range(5)) * 2
    odd = "## Odd\n\n" + table("Tool", ["Tool X1", "Tool X2"])
    assert said(text + odd) == ["80 of 82 rows have the columns Paper | Year; this table has Tool | Year"]
