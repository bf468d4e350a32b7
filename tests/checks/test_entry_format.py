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


BARE = "- [Other](https://github.com/example/other) Reads text."


def test_a_separator_that_lacks_is_put_in_only_with_consent() -> None:
    text = listed(change={5: BARE})
    (one,) = diagnostics("entry-format", text)
    assert one.message == "39 of 40 entries separate title and notes with ' - '; this one with nothing"
    assert one.fix is not None
    assert not one.fix.safe
    assert fixed("entry-format", text) == text


def test_a_separator_that_lacks_is_a_warning_wherever_there_is_a_house_style() -> None:
    severities = [
        [d.severity for d in diagnostics("entry-format", text)]
        for text in (tools(100), tools(100, 1), tools(100, 5), tools(100, 6))
    ]
    assert severities == [[], ["warning"], ["warning"] * 5, []]


@pytest.mark.parametrize(
    ("between", "side"),
    [("- ", "before it"), (" -", "behind it"), ("-", "on both sides")],
    ids=["before", "behind", "both"],
)
def test_a_blank_that_a_separator_lost_is_safely_put_in(between: str, side: str) -> None:
    text = listed(change={5: f"- [Other](https://github.com/example/other){between}Reads text."})
    assert said(text) == [f"39 of 40 entries separate title and notes with ' - '; here the blank {side} is missing"]
    assert fixed("entry-format", text) == text.replace(f"other){between}", "other) - ")


def tools(many: int, bare: int = 0) -> str:
    """Tools of two words each, the last of which lack their separator."""
    lines = []
    for at in range(many):
        between = " " if at >= many - bare else " - "
        lines.append(f"- [Tool {at}](https://github.com/example/t{at}){between}Reads text.\n")
    return "".join(lines)


def section(name: str, lines: list[str]) -> str:
    return f"## {name}\n\n" + "".join(f"{line}\n" for line in lines) + "\n"


def test_a_section_whose_list_has_no_style_may_have_one() -> None:
    one = [f"- [Tool {n}](https://github.com/example/a{n}) - Reads text." for n in range(15)]
    other = [f"- [Part {n}](https://github.com/example/b{n}): Reads text." for n in range(15)]
    slip = "- [Odd](https://github.com/example/odd) — Reads text."
    text = section("Tools", [*one, slip]) + section("Parts", other)
    assert said(text) == ["15 of 16 entries here separate title and notes with ' - '; this one with '—'"]
    assert said(section("Tools", [*one[:8], slip]) + section("Parts", other)) == []  # nine entries are no style
    twice = [slip, slip.replace("odd", "od2")]
    assert said(section("Tools", [*one, *twice]) + section("Parts", other)) == []  # nor is one with two outliers
    assert said(section("Tools", [*one, slip])) == []  # one of sixteen is more than one in twenty


OUTSIDE = "outside sections with a style of their own separate title and notes with ' - '"


def test_a_section_of_another_separator_does_not_keep_the_rest_from_having_a_style() -> None:
    own = [f"- [Part {n}](https://github.com/example/b{n}) — Reads text." for n in range(6)]
    text = tools(50) + section("Parts", own)
    assert said(text) == []
    assert said(text + section("More", [BARE])) == []  # it stands out of nothing
    odd = listed(change={5: BARE}) + section("Parts", own)
    assert said(odd) == [f"39 of 40 entries {OUTSIDE}; this one with nothing"]
    here = ["39 of 40 entries here separate title and notes with ' - '; this one with nothing"]
    assert said(listed(change={5: BARE}) + section("Parts", own * 2)) == here  # of 52 entries 39 are no style
    assert said(listed(change={5: BARE}) + section("Parts", own[:4])) == here  # four entries have none of their own


@pytest.mark.parametrize(
    ("line", "this"),
    [
        ("- [Other](https://github.com/example/other)other is a reader of text.", "this one with nothing"),
        ("- [Other](https://github.com/example/other)reader of text.", "this one with nothing"),
        ("- [Other](https://github.com/example/other) a reader of text.", "this one with nothing"),
        ("- [Other](https://github.com/example/other) the reader of text.", "this one with nothing"),
        ("- [Other](https://github.com/example/other) [158⭐] Reads text.", "this one with nothing"),
        (
            "- [Other](https://github.com/example/other) ![](https://example.com/1-2.svg) Reads text.",
            "this one with nothing",
        ),
        ("- [Other](https://github.com/example/other) [1.5k ⭐] – Reads text.", "this one with '–'"),
        (
            "- [Other](https://github.com/example/other) ![](https://example.com/1–2.svg) – Reads text.",
            "this one with '–'",
        ),
        (
            "- [Other](https://github.com/example/other) – ![](https://example.com/1.svg) Reads text.",
            "this one with '–'",
        ),
        (
            "- [Other](https://github.com/example/other)![](https://example.com/1.svg)- Reads text.",
            "here the blank before it is missing",
        ),
    ],
)
def test_a_separator_that_lacks_or_is_another_beside_a_badge(line: str, this: str) -> None:
    text = listed(change={5: line})
    assert said(text) == [f"39 of 40 entries separate title and notes with ' - '; {this}"]
    if "–" in this:
        assert fixed("entry-format", text) == text.replace(" – ", " - ")


@pytest.mark.parametrize(
    "line",
    [
        "- [Other](https://github.com/example/other)s that read text.",
        "- [Other](https://github.com/example/other)ing of text.",
        "- [Other](https://github.com/example/other) [158⭐] - Reads text.",
        "- [Other](https://github.com/example/other) - [158⭐] Reads text.",
        "- [Other](https://github.com/example/other) ![](https://example.com/1–2.svg) - Reads text.",
        "- [Other](https://github.com/example/other)  -  Reads text.",
        "- [Other](https://github.com/example/other) [with links] Reads text.",
    ],
)
def test_endings_of_a_title_and_badges_are_no_separator(line: str) -> None:
    assert said(listed(change={5: line})) == []


@pytest.mark.parametrize("dash", [" -", " - ", " –", " - ![](https://example.com/1.svg)"])
def test_a_dash_with_nothing_behind_it(dash: str) -> None:
    odd = f"- [Other](https://github.com/example/other){dash}"
    assert said(listed(change={5: odd})) == ["39 of 40 dashes have notes behind them; this one has nothing"]
    few = {at: odd.replace("ther", f"dd{at}") for at in range(2)}
    assert len(said(listed(change=few))) == 2
    assert said(listed(change={at: odd.replace("ther", f"dd{at}") for at in range(3)})) == []


@pytest.mark.parametrize(
    "below",
    [
        "- [Other](https://github.com/example/other) -\n  - [Part](https://github.com/example/part) - Reads text.",
        "- [Other](https://github.com/example/other) -\n  Reads text.",
        "- [Other](https://github.com/example/other) -\n\n  Reads text.",
        "- [Other](https://github.com/example/other) - Reads text -",
    ],
)
def test_a_dash_may_lead_to_what_stands_below(below: str) -> None:
    assert [message for message in said(listed(change={5: below})) if "dashes" in message] == []


def test_a_section_that_mostly_does_otherwise_has_a_form_of_its_own() -> None:
    bare = [f"- [Part {n}](https://github.com/example/b{n}) Reads text." for n in range(4)]
    kept = [f"- [Part {n}](https://github.com/example/c{n}) - Reads text." for n in range(3)]
    assert said(tools(200) + section("Parts", [*bare, *kept])) == []
    assert len(said(tools(200) + section("Parts", [*bare[:2], *kept]))) == 2


def test_fewer_than_twenty_entries_are_no_style() -> None:
    assert said(listed(change={3: COLON}, many=19)) == []
    assert len(said(listed(change={3: COLON}, many=20))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "- [Other](https://github.com/example/other) reads text.",
        "- [Other](https://github.com/example/other)",
        "- [Other](https://github.com/example/other) Pro - Reads text.",
        "- [Other](https://github.com/example/other) (archived) Reads text.",
        "- [Other](https://github.com/example/other) *Reads* text.",
        "- [Other](https://github.com/example/other) | Reads text.",
        "- [Other](https://github.com/example/other) - :star: Reads text.",
        "- [Other](https://github.com/example/other) - .NET reads text.",
        "- [Other](https://github.com/example/other) - 🚀Reads text.",
        "- [Other](https://github.com/example/other) -> Reads text.",
        "- [Other](https://github.com/example/other) - Draws ▂▇..",
        "- [Other](https://github.com/example/other) - Reads text, and more...",
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


def unstopped(change: dict[int, str]) -> str:
    return listed(change=change).replace("Reads text.\n", "Reads text\n")


@pytest.mark.parametrize("mark", [".", ","])
def test_a_mark_too_many_behind_the_only_sentence_is_safely_taken_out(mark: str) -> None:
    text = unstopped({5: f"- [Other](https://github.com/example/other) - Reads tables{mark}"})
    assert said(text) == [f"39 of 40 notes end without punctuation; these with '{mark}'"]
    assert fixed("entry-format", text) == text.replace(f"tables{mark}", "tables")


@pytest.mark.parametrize(
    "notes",
    [
        "Reads tables, etc.",
        "Reads tables by Doe et al.",
        "Reads tables. The fastest of them.",
        "Reads tables of the U.S.",
        "Reads tables?",
        "Reads what Zxqvw wrote for zxqvw.",
        "Reads tables (and trees.)",
    ],
)
def test_a_mark_that_is_no_full_stop_of_a_sentence_stays(notes: str) -> None:
    assert said(unstopped({5: f"- [Other](https://github.com/example/other) - {notes}"})) == []


def test_a_mark_too_many_behind_the_last_link() -> None:
    lines = [f"- **{name} for reading text**, A. Doe et al. [pdf](https://example.com/{name[5:]})" for name in NAMES]
    for mark in (".", ","):
        text = section("Papers", [*lines[:7], lines[7] + mark, *lines[8:]])
        assert said(text) == [f"39 of 40 entries end without punctuation; this one with '{mark}'"]
        assert fixed("entry-format", text) == section("Papers", lines)
    assert said(section("Papers", [line + "." for line in lines[:-1]] + lines[-1:])) == []  # it ends with its link


def test_people_and_sentences_are_no_entries_that_lost_their_bullet() -> None:
    around = "Kept by [Ada](https://example.com/ada).\n\n[Ben Doe](https://example.com/ben): a friend of the list\n\n"
    assert said(around + listed() + "\n" + around) == []
    entry = "[A tool that reads very long texts](https://example.com/long) - Reads text.\n"
    assert said(listed() + "\n" + entry) == ["40 of 41 entries are items of a list; this one is a paragraph"]


def test_a_blank_before_a_badge_stands_for_none_behind_it() -> None:
    badge = "![](https://img.shields.io/github/stars/example/{}.svg)"
    lines = [
        f"- [{name}](https://github.com/example/{name[5:]}) {badge.format(name[5:])} - Reads text." for name in NAMES
    ]
    assert said(section("Tools", lines)) == []
    lines[5] = lines[5].replace(" - Reads", "- Reads")
    assert len(said(section("Tools", lines))) == 1


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


@pytest.mark.parametrize(("odd", "told"), [("Tool Z9 for reading text", 1), ("**Tool Z9** for reading text", 0)])
def test_a_bold_name_behind_a_title_does_not_stand_for_it(odd: str, told: int) -> None:
    lines = [
        f"- **{name} for reading text**. ICLR 2021. [pdf](https://example.com/{name[5:]}) (**{name[5:]}**)"
        for name in NAMES
    ]
    lines.append(f"- {odd}. ICLR 2021. [pdf](https://example.com/z9) (**Z9**)")
    assert said(section("Papers", lines)) == ["40 of 41 titles are bold; this one is plain"] * told


def test_a_venue_whose_link_lost_its_bracket_is_told_once() -> None:
    lines = [f"- **{name} for reading text**. [ICLR 2021](https://example.com/{name[5:]})" for name in NAMES]
    lines[5] = lines[5].replace("[ICLR", "ICLR")
    text = section("Papers", lines)
    assert said(text) == []
    assert len(diagnostics("malformed-link", text)) == 1


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


def test_a_title_set_apart_in_part_is_no_plain_one() -> None:
    quoted = [f'- "{name} for reading text". ICLR 2021. [pdf](https://example.com/{name[5:]})' for name in NAMES]
    named = '- **Odd one**: "Odd one" [pdf](https://example.com/odd)'
    assert said(section("Papers", [*quoted, named])) == []


def test_a_title_that_lost_one_of_its_quotation_marks_is_told_as_that() -> None:
    quoted = [f'- "{name} for reading text". ICLR 2021. [pdf](https://example.com/{name[5:]})' for name in NAMES]
    lost = quoted[7].replace('- "', "- ")
    (message,) = said(section("Papers", [*quoted[:7], lost, *quoted[8:]]))
    assert message == "39 of 40 titles are quoted; this one has one quotation mark"


def test_a_title_that_is_no_link_where_the_others_are() -> None:
    lines = [f"- [{name}](https://example.com/{name[5:]}) - Reads text." for name in NAMES]
    plain = "- **Odd tool** - Reads text. [website](https://example.com/odd)"
    assert "40 of 41 titles are a link; this one is no link" in said(section("Tools", [*lines, plain]))
    parts = "- Odd tool [Part 1](https://example.com/odd/1), [Part 2](https://example.com/odd/2)"
    above = "- Odd tools\n  - [website](https://example.com/odd) - Reads text."
    for line in (parts, above):
        assert [message for message in said(section("Tools", [*lines, line])) if "a link" in message] == []


def test_a_title_that_is_a_link_where_the_others_are_none() -> None:
    lines = [
        f"- {name} for reading text. [[pdf](https://arxiv.org/abs/2101.{10001 + at})]" for at, name in enumerate(NAMES)
    ]
    paper = "- [Odd tools for reading text](https://arxiv.org/abs/2102.10001)"
    tool = "- [Odd tools for reading text](https://github.com/example/odd)"
    assert said(section("Papers", [*lines, paper])) == ["40 of 41 titles are no link; this one is a link"]
    assert said(section("Papers", [*lines, tool])) == []


def test_a_bullet_among_numbers_and_no_number_among_bullets() -> None:
    numbered = [f"{n}. [Tool {n}](https://example.com/{n}) - Reads text." for n in range(1, 31)]
    bullet = "- [Odd](https://example.com/odd) - Reads text."
    text = section("Tools", [*numbered[:15], bullet, *numbered[15:]])
    assert said(text) == ["30 of 31 entries begin with a number; this one with `-`"]
    assert said(listed() + "\n1. [Odd](https://example.com/odd) - Reads text.\n") == []


def test_boxes_alone_in_their_section_are_things_to_do() -> None:
    boxed = "- [ ] [Other](https://github.com/example/other) - Reads text."
    assert said(listed(change={5: boxed})) == ["39 of 40 items have no checkbox; this one has one"]
    assert said(section("To do", [boxed]) + listed()) == []


def test_a_mark_that_lacks_where_nearly_all_have_one() -> None:
    lines = [f"- ⭐ [{name}](https://github.com/example/{name[5:].lower()}) - Reads text." for name in NAMES]
    text = section("Tools", [*lines[:5], lines[5].replace("⭐ ", ""), *lines[6:]])
    assert said(text) == ["39 of 40 entries have a mark, such as an emoji; this one has none"]
    few = [lines[0], *(line.replace("⭐ ", "") for line in lines[1:])]
    assert said(section("Tools", few)) == []


def test_a_paragraph_that_is_read_as_prose_may_be_an_entry() -> None:
    title = "[A parser of very long texts](https://arxiv.org/abs/2101.00001)"
    message = ["40 of 41 entries are items of a list; this one is a paragraph"]
    assert said(listed() + f"\nearlier work: {title}\n") == message
    assert said(listed() + f"\nFor all who want to know more of this and have an hour to spare, see {title}.\n") == []
    assert said(listed() + f"\nsee also: {title.replace('arxiv.org/abs', 'example.com')}\n") == []


def test_marks_stand_before_the_title_or_behind_it() -> None:
    lines = [f"- ⭐ [{name}](https://github.com/example/{name[5:].lower()}) - Reads text.\n" for name in NAMES]
    lines[7] = lines[7].replace("⭐ ", "").replace(") - ", ") - ⭐ ")
    assert said("".join(lines)) == ["39 of 40 entries with marks have them before the title; this one behind the title"]


def test_a_table_with_other_columns_is_told_once() -> None:
    def table(header: str, names: list[str]) -> str:
        rows = "".join(f"| [{name}](https://example.com/{name[5:]}) | 2021 |\n" for name in names)
        return f"| {header} | Year |\n| --- | --- |\n{rows}\n"

    text = "".join(f"## Part {n}\n\n{table('Paper', NAMES[n * 8 : n * 8 + 8])}" for n in range(5))
    odd = "## Odd\n\n" + table("Tool", ["Tool X1", "Tool X2"])
    assert said(text * 4 + odd) == ["20 of 21 tables have the columns Paper | Year; this one has Tool | Year"]
    assert said(text * 3 + odd) == []


def test_a_full_stop_that_stands_twice_is_safely_taken_out() -> None:
    text = listed(change={5: "- [Other](https://github.com/example/other) - Reads text.."})
    assert said(text) == ["39 of 40 notes end with '.'; these end with '..'"]
    assert fixed("entry-format", text) == text.replace("..", ".")


def chinese(change: str) -> str:
    return listed(change={5: change}).replace(" - Reads text.", "：读取文本。")


@pytest.mark.parametrize(
    ("notes", "message", "mended"),
    [
        ("：读取表格", "these do not", "：读取表格。"),
        ("：读取表格.", "these with '.'", "：读取表格。"),
        ("：读取表格。。", "these end with '。。'", "：读取表格。"),
    ],
)
def test_a_chinese_full_stop_is_learned(notes: str, message: str, mended: str) -> None:
    text = chinese(f"- [Other](https://github.com/example/other){notes}")
    assert said(text) == [f"39 of 40 notes end with '。'; {message}"]
    assert fixed("entry-format", text) == text.replace(notes, mended)


def test_a_chinese_separator_that_lacks_is_told() -> None:
    text = chinese("- [Other](https://github.com/example/other)读取所有的表格。")
    assert said(text) == ["39 of 40 entries separate title and notes with '：'; this one with nothing"]


@pytest.mark.parametrize("notes", ["Reads tables", "Reads tables.", "使用 Rust v0.5.", "读取表格（三）"])
def test_the_stop_of_another_script_is_asked_of_nobody(notes: str) -> None:
    assert said(chinese(f"- [Other](https://github.com/example/other)：{notes}")) == []
    assert said(listed(change={5: "- [Other](https://github.com/example/other) - 读取表格"})) == []


def test_blanks_in_a_venue_are_no_form_of_it() -> None:
    lines = [f"- [The {n} papers about parsing](https://example.com/{n}) (ICLR 2021)" for n in range(40)]
    for venue in ("(ICLR  2021)", "( ICLR 2021 )"):
        lines[5] = f"- [The odd papers about parsing](https://example.com/odd) {venue}"
        assert said("## Papers\n\n" + "\n".join(lines)) == []


def cited(odd: str, usual: str = "**The {} papers about parsing**. Jane Doe, Max Roe. ICLR 2021.") -> str:
    lines = [usual.format(n) for n in range(40)]
    lines[5] = odd
    return "## Papers\n\n" + "".join(f"- {line} [paper](https://example.com/{n})\n" for n, line in enumerate(lines))


@pytest.mark.parametrize(
    ("odd", "message"),
    [
        (
            "*The odd papers about parsing*. Jane Doe, Max Roe. ICLR 2021.",
            "39 of 40 titles are bold; this one is in italics",
        ),
        ("The odd papers about parsing. Jane Doe, Max Roe. ICLR 2021.", "39 of 40 titles are bold; this one is plain"),
        (
            "**The odd papers about parsing** Jane Doe, Max Roe. ICLR 2021.",
            "39 of 40 titles are followed by '. '; here '.' is missing",
        ),
        (
            "**The odd papers about parsing**, Jane Doe, Max Roe. ICLR 2021.",
            "39 of 40 titles are followed by '. '; this one by ', '",
        ),
        ("**The odd papers about parsing?** Jane Doe, Max Roe. ICLR 2021.", None),
        ("**The odd papers about parsing** for tables. Jane Doe, Max Roe. ICLR 2021.", None),
        ("**The odd papers about parsing.** Jane Doe, Max Roe. ICLR 2021.", None),
        ("**The odd papers about parsing**.Jane Doe, Max Roe. ICLR 2021.", None),
    ],
)
def test_what_stands_behind_a_title_is_told_as_such(odd: str, message: str | None) -> None:
    assert said(cited(odd)) == ([message] if message else [])


@pytest.mark.parametrize(
    ("between", "messages"),
    [
        (" ", ["39 of 40 titles are followed by ', '; here ',' is missing"]),
        (": ", []),
        (" | ", []),
    ],
)
def test_behind_a_linked_title_too(between: str, messages: list[str]) -> None:
    usual = "[The {0} papers about parsing](https://example.com/p{0}), Jane Doe, Max Roe, ICLR 2021."
    odd = usual.format("odd").replace("), ", f"){between}")
    assert said(cited(odd, usual).replace(" [paper]", " [code]")) == messages


@pytest.mark.parametrize("before", ["", "\n"], ids=["swallowed", "paragraph"])
def test_an_entry_that_lost_its_bullet_is_known_by_the_separator(before: str) -> None:
    lost = {"": "has no bullet, and is part of the item above it", "\n": "is a paragraph"}
    text = listed(change={5: f"{before}[Other](https://github.com/example/other) - Reads text."})
    assert said(text) == [f"39 of 40 entries are items of a list; this one {lost[before]}"]


@pytest.mark.parametrize(
    "line",
    [
        "[Other](https://github.com/example/other) is where it began.",
        "  [Other](https://github.com/example/other) - Reads text.",
        "See [other](https://github.com/example/other) - Reads text.",
        "[Other](https://github.com/example/other).",
    ],
)
def test_other_lines_below_an_item_are_part_of_it(line: str) -> None:
    assert [message for message in said(listed(change={5: line})) if "bullet" in message] == []


def table(head: str, letter: str, odd: str = "") -> str:
    row = {"Date": "2024.0{0}", "Paper": "[Paper {1}{0} about parsing](https://example.com/{1}{0})", "Venue": "ICLR"}
    names = head.split(" | ")
    lines = [" | ".join(row[name].format(n, letter) for name in names) for n in range(1, 8)]
    lines[3] = odd or lines[3]
    return "".join(f"| {line} |\n" for line in (head, " | ".join("---" for _ in names), *lines))


def tables(*heads: str, odd: str = "") -> str:
    return "\n".join(
        f"## Part {n}\n\n{table(head, 'abcdef'[n], odd if n == 1 else '')}" for n, head in enumerate(heads)
    )


def test_the_order_of_columns_is_counted_by_tables() -> None:
    usual, other = "Date | Paper | Venue", "Date | Venue | Paper"
    assert said(tables(usual, usual, other, usual)) == [
        "3 of 4 tables have the columns Date | Paper | Venue; this one has Date | Venue | Paper"
    ]
    assert said(tables(usual, other, usual)) == []
    assert said(tables(usual, usual, usual, "Date | Paper")) == []
    assert said(tables(usual, usual, usual, other, other)) == []


def test_a_date_in_another_column_is_a_swapped_cell() -> None:
    usual = "Date | Paper | Venue"
    paper = "[Odd paper about parsing](https://example.com/odd)"
    assert said(tables(usual, usual, usual, odd=f"ICLR | {paper} | 2024.04")) == [
        "20 of 21 cells of “Date” are dates; here the date is in “Venue”"
    ]
    assert said(tables(usual, usual, usual, odd=f"soon | {paper} | ICLR")) == []
    assert said(tables(usual, usual, usual, odd=f" | {paper} | 2024.04")) == []
    assert said(tables(usual, usual, odd=f"ICLR | {paper} | 2024.04")) == []


RELATED = "\n## Related Lists\n\n"


def test_another_dash_among_related_lists_that_have_the_usual_one_too() -> None:
    usual = "- [Lists](https://github.com/example/lists) - Lists of lists.\n"
    other = "- [More](https://github.com/example/more) – More lists.\n"
    text = listed() + RELATED + usual + other
    assert said(text) == ["40 of 40 entries separate title and notes with ' - '; this one with '–'"]
    assert fixed("entry-format", text) == text.replace(" – ", " - ")
    assert said(listed() + RELATED + other) == []  # a section with a form of its own
    assert said(listed() + RELATED + usual + other.replace(" –", ":")) == []


def dated(change: dict[int, str] | None = None) -> str:
    return papers({}).replace(" for reading text**. ICLR 2021.", " for reading text** (2021), ICLR, A. Doe et al.") + (
        "".join((change or {}).values())
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("- **Odd tool for reading text**, ICLR, A. Doe et al. [pdf](https://example.com/odd)\n", 1),
        ("- **Odd tool for reading text** (2020-03), ICLR, A. Doe et al. [pdf](https://example.com/odd)\n", 0),
        ("- **Odd tool for reading text**, ICLR, A. Doe et al., 2020. [pdf](https://example.com/odd)\n", 0),
        ("- **Odd tool for reading text** 2020, ICLR, A. Doe et al. [pdf](https://example.com/odd)\n", 0),
    ],
)
def test_a_year_that_lacks_behind_the_title(line: str, told: int) -> None:
    message = "40 of 41 titles are followed by a year in brackets; this one is not"
    assert [text for text in said(dated() + line) if "year" in text] == [message] * told
    assert [text for text in said(dated() + section("Tools", [line.rstrip()])) if "year" in text] == []


def labelled(odd: str, leads: str = " | **[ICLR' 21]** | ") -> list[str]:
    """What is said of the last of 41 entries."""
    lines = [f"- **{name} for reading text**{leads}[pdf](https://example.com/{name[5:]})" for name in NAMES]
    return said(section("Papers", [*lines, f"- **Odd tool for reading text**{odd}"]))


@pytest.mark.parametrize(
    ("leads", "odd", "message"),
    [
        (
            " | **[ICLR' 21]** | ",
            " | **[ICLR' 21]** [pdf](https://example.com/odd)",
            "40 of 41 entries have '|' before their labels; this one has none",
        ),
        (
            " | **[ICLR' 21]** | ",
            " | [ICLR'21] | [pdf](https://example.com/odd)",
            "40 of 41 entries have what stands before their labels bold; here it is plain",
        ),
        (
            ". *A. Doe*. ICLR. ",
            ". *A. Doe*. ICLR, [pdf](https://example.com/odd)",
            "40 of 41 entries have '.' before their labels; this one has ','",
        ),
        (
            ". *A. Doe*. ICLR. ",
            ". *A. Doe*. ICLR [[pdf](https://example.com/odd)] [[code](https://example.com/code)]",
            "40 of 41 entries have '.' before their labels; this one has none",
        ),
        (
            ". *A. Doe*. ICLR ",
            ". *A. Doe*. ICLR, [pdf](https://example.com/odd)",
            "40 of 41 entries have no mark before their labels; this one has ','",
        ),
        (
            "。读取文本。",
            "。读取文本.[pdf](https://example.com/odd)",
            "40 of 41 entries have '。' before their labels; this one has '.'",
        ),
    ],
)
def test_what_leads_to_the_labels(leads: str, odd: str, message: str) -> None:
    assert message in labelled(odd, leads)
    assert [text for text in labelled(leads + "[pdf](https://example.com/odd)", leads) if "labels" in text] == []


@pytest.mark.parametrize(
    ("leads", "odd"),
    [
        (". *A. Doe*. ICLR. ", ". *A. Doe et al.* [pdf](https://example.com/odd)"),  # an abbreviation's stop is no mark
        (". A. Doe et al. ", ". A. Doe and B. Roe [pdf](https://example.com/odd)"),
        (". *A. Doe*. ICLR. ", ". Mail, calendars and [code](https://example.com/odd) of all kinds"),
        (". *A. Doe*. ICLR. ", " [pdf](https://example.com/odd)"),  # nothing is said before it
        ("。读取文本。", "。Reads text.[pdf](https://example.com/odd)"),
        (". *A. Doe*. ICLR ", ". *A. Doe*. ICLR. [pdf](https://example.com/odd)"),
    ],
)
def test_what_leads_to_labels_otherwise_and_is_meant(leads: str, odd: str) -> None:
    assert [text for text in labelled(odd, leads) if "labels" in text] == []


def with_keywords(lines: dict[int, str], many: int = 40) -> list[str]:
    entries = [
        f"- [{name} for reading text](https://example.com/{name[5:]})\n  - {lines.get(at, 'Keyword: parsing')}"
        for at, name in enumerate(NAMES[:many])
    ]
    return said(section("Papers", entries))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Keyword; parsing", "39 of 40 lines with “Keyword” have ':' behind it; this one has ';'"),
        ("Keyword：parsing", "39 of 40 lines with “Keyword” have ':' behind it; this one has '：'"),
        ("Keyword:", "39 of 40 lines with “Keyword” go on behind it; this one is empty"),
        ("Keywords: parsing", "39 of 40 such lines begin with “Keyword”; this one with “Keywords”"),
    ],
)
def test_a_line_with_a_label_unlike_the_others(line: str, message: str) -> None:
    assert with_keywords({5: line}) == [message]
    assert with_keywords(dict.fromkeys((5, 6, 7), line)) == []
    assert with_keywords({5: line}, many=19) == []


def test_a_label_leads_to_what_stands_below_it_and_few_have_both_numbers() -> None:
    assert with_keywords({5: "Keyword:\n    - parsing"}) == []
    assert with_keywords({5: "Keyword:\n    parsing"}) == []
    assert with_keywords({5: "Keywords: parsing, lexing"}, many=39) == []
    assert with_keywords({5: "**Keyword:** parsing"}) == []
    assert with_keywords({5: "Other: parsing"}) == []


def test_a_cell_that_ends_with_a_word_that_something_has_to_follow() -> None:
    rows = [f"| [{name}](https://example.com/{name[5:]}) | Ada Doe | 2021 |" for name in NAMES]

    def table(authors: str) -> list[str]:
        lines = [*rows[:7], rows[7].replace("Ada Doe", authors), *rows[8:]]
        return said("## Papers\n\n| Paper | Author | Year |\n| --- | --- | --- |\n" + "\n".join(lines) + "\n")

    assert table("Ada Doe and") == ["39 of 40 cells of “Author” end as a whole; this one with “and”"]
    for whole in ("Ada Doe and Jon Roe", "Ada Doe, Le Brand", "AND", ""):
        assert table(whole) == []
