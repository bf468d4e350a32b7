"""toc-mismatch: what the page's examples do not show."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from urllib.parse import quote, unquote

import pytest

from listbot.slugs import slug
from tests.pages import diagnostics, fixed

HEADINGS = ["Linkers", "Tools", "Editors", "Books", "Papers", "Talks", "Videos", "People", "Courses", "Debuggers"]


def listed(contents: str, headings: list[str] = HEADINGS) -> str:
    body = "".join(f"## {h}\n\n- [{h} one](https://github.com/example/{h.lower()})\n\n" for h in headings)
    return f"# Awesome compilers\n\n{contents}\n{body}"


def lines(headings: list[str], bullet: str = "- ") -> str:
    return "".join(f"{bullet}[{h}](#{h.lower()})\n" for h in headings)


@pytest.mark.parametrize("bullet", ["- ", "* ", "+   ", "  - "])
@pytest.mark.parametrize("missing", [1, 4, 9])
def test_a_missing_line_is_written_with_the_list_s_own_bullet(bullet: str, missing: int) -> None:
    whole = listed(lines(HEADINGS, bullet))
    text = listed(lines(HEADINGS[:missing] + HEADINGS[missing + 1 :], bullet))
    found = diagnostics("toc-mismatch", text)
    assert [d.message for d in found] == [
        f"“{HEADINGS[missing]}” does not stand in the table of contents; 9 of 10 headings of its level do"
    ]
    assert fixed("toc-mismatch", text) == whole


def test_emoji_are_kept_or_left_out_as_the_other_lines_do() -> None:
    headings = [f"🔧 {h}" for h in HEADINGS]
    for shown in (headings, HEADINGS):
        each = [f"- [{s}](#-{h.lower()})\n" for s, h in zip(shown, HEADINGS, strict=True)]
        whole = listed("".join(each), headings)
        assert fixed("toc-mismatch", listed("".join(each[:3] + each[4:]), headings)) == whole


def test_lines_written_in_two_ways_offer_no_line() -> None:
    contents = lines(HEADINGS[:4]) + lines(HEADINGS[5:9], "* ") + "* [Debuggers and more](#debuggers)\n"
    found = diagnostics("toc-mismatch", listed(contents))
    assert [d.fix for d in found] == [None] or not found


@pytest.mark.parametrize(
    "contents",
    [
        "| " + " | ".join(f"[{h}](#{h.lower()})" for h in HEADINGS) + " |\n" + "| --- " * 10 + "|\n",
        " • ".join(f"[{h}](#{h.lower()})" for h in HEADINGS) + "\n",
        "<ul>\n" + "".join(f'<li><a href="#{h.lower()}">{h}</a></li>\n' for h in HEADINGS) + "</ul>\n",
        lines(HEADINGS),
    ],
    ids=["table", "paragraph", "html", "list"],
)
def test_contents_are_read_in_every_form(contents: str) -> None:
    assert diagnostics("toc-mismatch", listed(contents)) == []
    (found,) = diagnostics("toc-mismatch", listed(contents.replace("#books", "#boks")))
    assert (found.message, found.hint) == ("no heading or anchor here is named #boks", "the nearest is #books") or (
        found.message == "no heading or anchor here is named #boks; #books is meant"
    )


def test_licence_and_sections_without_entries_need_no_line() -> None:
    text = listed(lines(HEADINGS)) + "## Legend\n\nA star means that it is good.\n\n## License\n\nCC0\n"
    assert diagnostics("toc-mismatch", text) == []


def test_the_second_of_two_equal_names_is_meant_by_the_second_line() -> None:
    headings = ["Linkers", "Tools", "Editors", "Books"]
    text = listed(lines(headings), headings).replace("[Books](#books)", "[Books](#tools)")
    (found,) = diagnostics("toc-mismatch", text)
    assert found.message == "this line leads to “Tools”, as another one does; #books is meant"


def test_a_link_elsewhere_stays_broken_anchor_s() -> None:
    text = listed(lines(HEADINGS)) + "\nSee [the index](#index).\n"
    assert diagnostics("toc-mismatch", text) == []
    assert len(diagnostics("broken-anchor", text)) == 1
    text = listed(lines(HEADINGS).replace("#books", "#boks"))
    assert diagnostics("broken-anchor", text) == []


@pytest.mark.parametrize("broken", ["tools", "editors"])
def test_a_line_that_leads_nowhere_keeps_its_place_in_the_order(broken: str) -> None:
    contents = lines(["Tools", "Editors", "Linkers", *HEADINGS[3:]])
    for text in (contents, contents.replace(f"(#{broken})", "(#nowhere)")):
        order = [d.message for d in diagnostics("toc-mismatch", listed(text)) if "another place" in d.message]
        assert order == ["the contents list “Linkers” in another place than the text has it"]


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="{anchor}">The {name}</h2>',
        '<a name="{anchor}"></a>\n## The {name}',
        '<a id="{anchor}"></a>\n\n---\n\n## The {name}',
        '## <a name="{anchor}"></a> The {name}',
        '## <a id="{anchor}">The {name}</a>',
        '## The {name}\n<a name="{anchor}"></a>',
        '## The {name}\n\n<div id="{anchor}"></div>',
    ],
)
def test_headings_with_anchors_of_their_own_stand_in_the_contents(heading: str) -> None:
    """Nothing is missing, in a list whose lines all lead to other anchors than GitHub's; one that lacks is."""

    def text(names: list[str]) -> str:
        body = "".join(
            f"{heading.format(anchor=f'part-{at}', name=h)}\n\n- [{h} one](https://github.com/example/{h.lower()})\n\n"
            for at, h in enumerate(HEADINGS)
        )
        contents = "".join(f"- [{h}](#part-{HEADINGS.index(h)})\n" for h in names)
        return f"# Awesome compilers\n\n## Contents\n\n{contents}\n{body}"

    assert diagnostics("toc-mismatch", text(HEADINGS)) == []
    (found,) = diagnostics("toc-mismatch", text([*HEADINGS[:4], *HEADINGS[5:]]))
    assert found.message == "“The Papers” does not stand in the table of contents; 9 of 10 headings of its level do"
    assert found.fix is None


def test_an_anchor_in_the_text_of_a_section_leads_to_no_heading() -> None:
    contents = lines(HEADINGS[:9]).replace("(#tools)", "(#deep)")
    text = listed("## Contents\n\n" + contents, HEADINGS[:9]).replace(
        "- [Editors", 'Words. <a id="deep"></a>\n\n- [Editors'
    )
    assert diagnostics("toc-mismatch", text) == []  # its words name the section that it is meant for
    (found,) = diagnostics("toc-mismatch", text.replace("[Tools](#deep)", "[Something deeper](#deep)"))
    assert found.message == "“Tools” does not stand in the table of contents; 8 of 9 headings of its level do"


SHORT = HEADINGS[:5]
"""Too few for nine in ten."""


@pytest.mark.parametrize("missing", range(1, 5))
def test_one_line_that_lacks_in_short_contents_is_found_and_written(missing: int) -> None:
    contents = lines(SHORT[:missing] + SHORT[missing + 1 :], "* ")
    text = listed(f"## Contents\n\n{contents}", SHORT)
    (found,) = diagnostics("toc-mismatch", text)
    assert found.message == (
        f"“{SHORT[missing]}” does not stand in the table of contents; 4 of 5 headings of its level do"
    )
    assert fixed("toc-mismatch", text) == listed("## Contents\n\n" + lines(SHORT, "* "), SHORT)


@pytest.mark.parametrize(("left_out", "told"), [(["Tools", "People"], 2), (["Tools", "Books", "People"], 3)])
def test_a_level_that_has_most_of_its_lines_in_order_was_meant_to_have_all(left_out: list[str], told: int) -> None:
    headings = [*HEADINGS, "Games", "Fonts"]
    kept = [heading for heading in headings if heading not in left_out]
    found = diagnostics("toc-mismatch", listed("## Contents\n\n" + lines(kept), headings))
    assert [d.message for d in found] == [
        f"“{name}” does not stand in the table of contents; {12 - told} of 12 headings of its level do"
        for name in left_out
    ]
    stray = "## Contents\n\n" + lines([*kept[1:], kept[0]])
    assert not any("not stand" in d.message for d in diagnostics("toc-mismatch", listed(stray, headings)))
    fewer = "## Contents\n\n" + lines([heading for heading in kept if heading not in ("Papers", "Videos")])
    assert diagnostics("toc-mismatch", listed(fewer, headings)) == []


@pytest.mark.parametrize(
    "text",
    [
        listed("## Contents\n\n" + lines(SHORT[:3]), SHORT),
        listed("## Contents\n\n" + lines([SHORT[3], SHORT[2], SHORT[1], SHORT[0]]), SHORT),
        listed("## Contents\n\n" + lines(SHORT[:4]) + "- Papers\n", SHORT),
        listed("## Contents\n\n" + lines(SHORT[:4]), SHORT) + "\nMore under [the papers](#papers).\n",
        listed("Start with [Linkers](#linkers), [Tools](#tools), [Editors](#editors) or [Books](#books).\n", SHORT),
        listed("## Contents\n\n" + lines(SHORT), [*SHORT, "More of it", "And yet more"]),
        listed("## Contents\n\n" + lines(SHORT), ["All of them", *SHORT])
        .replace("## ", "### ")
        .replace("### All", "## All"),
    ],
    ids=["two", "other order", "without a link", "linked elsewhere", "a sentence", "a tail", "a section of sections"],
)
def test_short_contents_that_leave_something_out_on_purpose(text: str) -> None:
    assert diagnostics("toc-mismatch", text) == []


def test_a_list_s_own_anchor_is_what_a_wrong_line_should_have() -> None:
    names = ["Linkers", "Tools", "Editors", "Books"]
    body = "".join(
        f'<a name="s{at}"></a>\n\n## {h}\n\n- [A](https://example.com/{h})\n\n' for at, h in enumerate(names)
    )
    contents = "".join(f"- [{h}](#s{at})\n" for at, h in enumerate(names)).replace("#s3", "#s2")
    (found,) = diagnostics("toc-mismatch", f"# Awesome compilers\n\n## Contents\n\n{contents}\n{body}")
    assert found.message == "this line leads to “Editors”, as another one does; #s3 is meant"


@pytest.mark.parametrize(
    "contents",
    [
        "\n".join(f"[{h}](#{h.lower()})\n" for h in HEADINGS),
        "".join(f"> - [{h}](#{h.lower()})\n" for h in HEADINGS),
        lines(HEADINGS[:5]) + "\n**And more**\n\n" + lines(HEADINGS[5:]),
        "".join(f"#### [{h}](#{h.lower()}-1)\n\n" for h in HEADINGS),
        lines(HEADINGS) + "\n[⬆ back](#contents)\n",
    ],
    ids=["paragraphs", "quote", "two lists", "headings", "a way back"],
)
def test_contents_may_be_of_several_blocks(contents: str) -> None:
    text = listed(f"## Contents\n\n{contents}")
    assert diagnostics("toc-mismatch", text) == []
    at = text.index("[Books](#books")
    (found,) = diagnostics("toc-mismatch", text[:at] + text[at:].replace("(#books", "(#boks", 1))
    assert found.message.startswith("no heading or anchor here is named #boks")


def test_without_a_heading_the_contents_end_where_the_text_begins() -> None:
    text = listed(
        lines(HEADINGS) + "\n---\n\nMost people start with [Tools](#tools), [Talks](#talks) or [Mail](#mail).\n"
    )
    assert diagnostics("toc-mismatch", text) == []
    assert len(diagnostics("broken-anchor", text)) == 1


Form = Callable[[list[str]], str]
MIXED = ["🔧 Linkers", "Tools & Libraries", *HEADINGS[2:]]


def markdown(heading: str) -> str:
    return f"[{heading}](#{slug(heading)})"


def html(heading: str) -> str:
    return f'<a href="#{slug(heading)}">{heading}</a>'


FORMS: dict[str, Form] = {
    "dash": lambda headings: "".join(f"- {markdown(h)}\n" for h in headings),
    "numbers": lambda headings: "".join(f"{at}. {markdown(h)}\n" for at, h in enumerate(headings, 1)),
    "numbers from five": lambda headings: "".join(f"{at}) {markdown(h)}\n" for at, h in enumerate(headings, 5)),
    "ones": lambda headings: "".join(f"1. {markdown(h)}\n" for h in headings),
    "bold": lambda headings: "".join(f"* **{markdown(h)}**\n" for h in headings),
    "checkboxes": lambda headings: "".join(f"- [x] {markdown(h)}\n" for h in headings),
    "emoji before": lambda headings: "".join(f"+ 📖 {markdown(h)} 🔥\n" for h in headings),
    "loose": lambda headings: "\n".join(f"- {markdown(h)}\n" for h in headings),
    "nested": lambda headings: (
        "- [Awesome compilers](#awesome-compilers)\n" + "".join(f"    - {markdown(h)}\n" for h in headings)
    ),
    "quote": lambda headings: "".join(f"> - {markdown(h)}\n" for h in headings),
    "column": lambda headings: "| x |\n| --- |\n" + "".join(f"| {markdown(h)} |\n" for h in headings),
    "ul": lambda headings: "<ul>\n" + "".join(f"  <li>{html(h)}</li>\n" for h in headings) + "</ul>\n",
    "details": lambda headings: (
        "<details>\n<summary>Contents</summary>\n<ol>\n"
        + "".join(f"<li>{html(h)}</li>\n" for h in headings)
        + "</ol>\n</details>\n"
    ),
    "list in details": lambda headings: (
        "<details open>\n<summary>Contents</summary>\n\n"
        + "".join(f"- {markdown(h)}\n" for h in headings)
        + "\n</details>\n"
    ),
    "centred": lambda headings: '<p align="center">\n' + " •\n".join(map(html, headings)) + "\n</p>\n",
    "pipes": lambda headings: " | ".join(map(markdown, headings)) + "\n",
    "dots": lambda headings: "**" + " · ".join(map(markdown, headings)) + "**\n",
    "breaks": lambda headings: "<br>\n".join(map(markdown, headings)) + "\n",
    "hard breaks": lambda headings: "  \n".join(map(markdown, headings)) + "\n",
    "entities": lambda headings: "".join(f"&nbsp;&nbsp;{markdown(h)}<br/>\n" for h in headings),
}


def under(name: str, contents: str, headings: list[str]) -> str:
    body = "".join(f"## {h}\n\n- [{h} one](https://example.com/{slug(h)}) - Does it.\n\n" for h in headings)
    return f"# Awesome compilers\n\n{name}\n\n{contents}\n{body}"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("name", ["## Contents", "An introduction.\n\n---", "### 🗂 目次", "## Índice"])
def test_in_every_form_what_lacks_is_written_as_the_list_writes(form: Form, name: str) -> None:
    whole = under(name, form(MIXED), MIXED)
    assert diagnostics("toc-mismatch", whole) == []
    for missing in (1, 4, 9):
        text = under(name, form(MIXED[:missing] + MIXED[missing + 1 :]), MIXED)
        (found,) = diagnostics("toc-mismatch", text)
        assert found.message == (
            f"“{MIXED[missing]}” does not stand in the table of contents; 9 of 10 headings of its level do"
        )
        assert fixed("toc-mismatch", text) == whole


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_in_every_form_other_faults_are_found(form: Form) -> None:
    whole = under("## Contents", form(MIXED), MIXED)
    (extra,) = diagnostics("toc-mismatch", under("## Contents", form(MIXED), MIXED[:4] + MIXED[5:]))
    assert extra.message == "no heading or anchor here is named #papers"
    moved = form([*MIXED[:3], MIXED[5], *MIXED[3:5], *MIXED[6:]])
    (stray,) = diagnostics("toc-mismatch", under("## Contents", moved, MIXED))
    assert stray.message == "the contents list “Talks” in another place than the text has it"
    wrong = whole.replace("#-linkers", "#linkers")
    (slip,) = diagnostics("toc-mismatch", wrong)
    assert slip.message == "no heading or anchor here is named #linkers; #-linkers is meant"
    assert fixed("toc-mismatch", wrong) == whole


def grid(headings: list[str], down: bool) -> str:
    columns = [headings[at : at + 4] for at in range(0, len(headings), 4)] if down else []
    rows = list(zip_longest(*columns, fillvalue="")) if down else [headings[at : at + 3] for at in range(0, 10, 3)]
    cells = "".join("| " + " | ".join(markdown(h) if h else "" for h in row) + " |\n" for row in rows)
    return f"| a | b | c |\n| --- | --- | --- |\n{cells}"


@pytest.mark.parametrize("down", [False, True])
def test_a_table_is_read_along_its_rows_or_down_its_columns(down: bool) -> None:
    assert diagnostics("toc-mismatch", under("## Contents", grid(HEADINGS, down), HEADINGS)) == []
    moved = [*HEADINGS[:3], HEADINGS[6], *HEADINGS[3:6], *HEADINGS[7:]]
    (stray,) = diagnostics("toc-mismatch", under("## Contents", grid(moved, down), HEADINGS))
    assert stray.message == "the contents list “Videos” in another place than the text has it"
    (found,) = diagnostics("toc-mismatch", under("## Contents", grid(HEADINGS[:4] + HEADINGS[5:], down), HEADINGS))
    assert found.message.startswith("“Papers” does not stand")
    assert found.fix is None


def test_words_about_one_heading_are_not_copied() -> None:
    contents = "".join(f"- {markdown(h)} - all about it\n" for h in HEADINGS[:9])
    (found,) = diagnostics("toc-mismatch", under("## Contents", contents, HEADINGS))
    assert found.fix is None


@pytest.mark.parametrize("heading", ["A *stressed* one", "The `code`", "One \\\\ two", "R&amp;D", "With :book: in it"])
def test_a_heading_with_markup_is_not_copied(heading: str) -> None:
    (found,) = diagnostics("toc-mismatch", under("## Contents", lines(HEADINGS[:9]), [*HEADINGS[:9], heading]))
    assert found.fix is None


def test_numbers_that_do_not_count_are_left_alone() -> None:
    contents = "".join(f"{at}. {markdown(h)}\n" for at, h in zip([1, 2, 2, 5, 6, 6, 7, 9, 9], HEADINGS, strict=False))
    (found,) = diagnostics("toc-mismatch", under("## Contents", contents, HEADINGS))
    assert found.fix is None


@pytest.mark.parametrize("at", [0, 4, 9])
def test_a_line_and_a_heading_that_lost_each_other_are_told_once(at: int) -> None:
    """Also where the line is the first or the last one."""
    headings = [*HEADINGS[:at], "All the rest", *HEADINGS[at + 1 :]]
    (found,) = diagnostics("toc-mismatch", listed(lines(HEADINGS), headings))
    anchor = HEADINGS[at].lower()
    assert found.message == f"no heading or anchor here is named #{anchor}; “All the rest” stands in its place"
    assert found.fix is not None
    assert [edit.text for edit in found.fix.edits] == ["#all-the-rest"]


@pytest.mark.parametrize(
    "slip",
    [("(#talks)", "(#nowhere)"), ("[Talks](#talks)\n- [Videos](#videos)", "[Videos](#videos)\n- [Talks](#talks)")],
    ids=["a wrong anchor", "another order"],
)
def test_short_contents_lack_a_line_also_where_another_one_is_wrong(slip: tuple[str, str]) -> None:
    contents = lines(HEADINGS[:4] + HEADINGS[5:8])
    for text in (contents, contents.replace(*slip)):
        found = [d.message for d in diagnostics("toc-mismatch", listed(text, HEADINGS[:8])) if "not stand" in d.message]
        assert found == ["“Papers” does not stand in the table of contents; 7 of 8 headings of its level do"]


def test_a_line_that_leads_nowhere_does_not_say_that_others_were_left_out() -> None:
    headings = [*HEADINGS, "Fonts", "Games"]
    contents = lines([*HEADINGS[:4], *HEADINGS[6:], "Games", "Fonts"])  # not in the order of the text
    for text in (contents, contents.replace("[Tools](#tools)", "[Kit](#kit)")):
        found = [d.message for d in diagnostics("toc-mismatch", listed(text, headings)) if "not stand" in d.message]
        assert found == []
    contents = lines([*HEADINGS[:4], *HEADINGS[5:], "Games", "Fonts"])
    for text in (contents, contents.replace("[Tools](#tools)", "[Kit](#kit)")):
        (found_one,) = [d for d in diagnostics("toc-mismatch", listed(text, headings)) if "not stand" in d.message]
        assert found_one.message.startswith("“Papers” does not stand")


LANGUAGES = {
    "en": ("Contents", ["Collectors", "Parsers", "Storage", "Dashboards", "Books", "Talks", "Alerts & Paging"]),
    "zh": ("目录", ["采集工具", "解析工具", "存储引擎", "可视化", "书籍", "演讲", "告警与通知"]),
    "de": ("Inhalt", ["Sammler", "Zerleger", "Speicher", "Übersichten", "Bücher", "Vorträge", "Alarme"]),
    "ja": ("もくじ", ["収集ツール", "解析ツール", "ストレージ", "ダッシュボード", "書籍", "講演", "アラート"]),
    "ko": ("목차", ["수집 도구", "분석 도구", "저장소", "대시보드", "도서", "강연", "알림과 호출"]),
}


@pytest.mark.parametrize("count", [5, 6, 7])
@pytest.mark.parametrize("language", LANGUAGES)
def test_short_contents_in_any_language(language: str, count: int) -> None:
    """A line that lacks is written, and a heading that was renamed is told once, wherever it stands."""
    name, headings = LANGUAGES[language][0], LANGUAGES[language][1][:count]
    form = FORMS["dash"]
    for at in range(count):
        text = under(f"## {name}", form(headings[:at] + headings[at + 1 :]), headings)
        (lacking,) = diagnostics("toc-mismatch", text)
        assert lacking.message.startswith(f"“{headings[at]}” does not stand in the table of contents; {count - 1} of ")
        assert fixed("toc-mismatch", text) == under(f"## {name}", form(headings), headings)
        text = under(f"## {name}", form(headings), [*headings[:at], "Données", *headings[at + 1 :]])
        (renamed,) = diagnostics("toc-mismatch", text)
        assert (
            renamed.message
            == f"no heading or anchor here is named #{slug(headings[at])}; “Données” stands in its place"
        )
        assert renamed.fix is not None
        assert not renamed.fix.safe


@pytest.mark.parametrize(
    ("headings", "why"),
    [
        (["Linkers", "Pools", "Jewels", "Editors", "Books", "Papers"], "two are in its place"),
        (["Linkers", "Editors", "Pools", "Books", "Papers"], "it stands elsewhere"),
        (["Linkers", "Editors", "Books", "Papers", "Pools"], "it stands at the end"),
    ],
)
def test_a_heading_elsewhere_is_not_what_a_broken_line_means(headings: list[str], why: str) -> None:
    text = under("## Contents", lines(["Linkers", "Tools", "Editors", "Books", "Papers"]), headings)
    broken = next(d for d in diagnostics("toc-mismatch", text) if d.start.line == 6)
    assert broken.message == "no heading or anchor here is named #tools", why


def test_a_licence_that_is_gone_was_not_renamed() -> None:
    text = under("## Contents", lines([*SHORT, "License"]), [*SHORT, "Pools"])
    found = [d.message for d in diagnostics("toc-mismatch", text)]
    assert found[0] == "no heading or anchor here is named #license"


def test_a_heading_with_sections_that_have_lines_may_be_renamed() -> None:
    nested = "- [Linkers](#linkers)\n- [Tools](#tools)\n  - [Gdb](#gdb)\n- [Books](#books)\n- [Papers](#papers)\n"
    text = under("## Contents", nested, ["Linkers", "Pools", "Gdb", "Books", "Papers"]).replace("## Gdb", "### Gdb")
    (found,) = diagnostics("toc-mismatch", text)
    assert found.message == "no heading or anchor here is named #tools; “Pools” stands in its place"


@pytest.mark.parametrize("count", [4, 5, 9])
def test_a_line_without_its_hash_means_the_anchor_where_there_is_no_such_file(count: int) -> None:
    headings = [*HEADINGS[: count - 1], "数据集"]
    right = under("## Contents", lines(headings), headings)
    for name in (headings[1], headings[-1]):
        for written in (name, name.lower(), quote(name.lower())):
            text = right.replace(f"(#{name.lower()})", f"({written})")
            (found,) = diagnostics("toc-mismatch", text)
            assert found.message == f"there is no file {unquote(written)}; #{name.lower()} is meant"
            assert fixed("toc-mismatch", text) == right
            assert diagnostics("broken-path", text) == []


def test_a_path_with_the_marks_of_the_heading_means_its_anchor() -> None:
    right = listed(
        "## Contents\n\n" + lines(SHORT[:4]) + "- [Talks & Videos](#talks--videos)\n", [*SHORT[:4], "Talks & Videos"]
    )
    text = right.replace("(#talks--videos)", "(talks-&-videos)")
    (found,) = diagnostics("toc-mismatch", text)
    assert found.message == "there is no file talks-&-videos; #talks--videos is meant"
    assert fixed("toc-mismatch", text) == right
    other = diagnostics("toc-mismatch", text.replace("[Talks & Videos](", "[More]("))
    assert [d.message for d in other if "there is no file" in d.message] == []


def test_contents_without_any_hash() -> None:
    right = under("## Contents", lines(SHORT), SHORT)
    text = right.replace("(#", "(")
    assert [d.message for d in diagnostics("toc-mismatch", text)] == [
        f"there is no file {name.lower()}; #{name.lower()} is meant" for name in SHORT
    ]
    assert diagnostics("broken-path", text) == []
    assert fixed("toc-mismatch", text) == right


@pytest.mark.parametrize("target", ["CONTRIBUTING.md", "pools", "tools.md", "../tools", "https://example.com/tools"])
def test_paths_stay_paths(target: str) -> None:
    text = under("## Contents", lines(SHORT) + f"- [More]({target})\n", SHORT)
    assert diagnostics("toc-mismatch", text) == []


def test_a_path_outside_the_contents_is_a_path() -> None:
    text = under("## Contents", lines(SHORT), SHORT) + "\nSee [the tools](tools).\n"
    assert diagnostics("toc-mismatch", text) == []
    assert len(diagnostics("broken-path", text)) == 1


@pytest.mark.parametrize("form", ["dash", "numbers", "quote", "column", "ul", "pipes", "breaks"])
def test_a_line_that_stands_there_again_is_told_once(form: str) -> None:
    text = under("## Contents", FORMS[form]([*HEADINGS, HEADINGS[3]]), HEADINGS)
    (found,) = diagnostics("toc-mismatch", text)
    assert (found.message, found.severity) == ("“Books” stands in the contents twice", "warning")
    assert found.span.start > text.index("(#debuggers)" if form not in ("ul",) else 'href="#debuggers"')


@pytest.mark.parametrize(
    "contents",
    [
        lines(SHORT) + "  - [Papers](#papers)\n  - [Linkers](#linkers)\n",
        lines(SHORT[:2]) + "  - [Books](#books)\n" + lines(SHORT[2:]),
        lines(SHORT) + "- [The tools](#tools)\n",
        lines(SHORT) + "- [Tools](CONTRIBUTING.md)\n",
    ],
    ids=["below its own name", "below another", "in other words", "a file"],
)
def test_lines_that_stand_there_again_on_purpose(contents: str) -> None:
    assert diagnostics("toc-mismatch", under("## Contents", contents, SHORT)) == []


def test_the_second_of_two_headings_of_one_name_is_meant_by_the_second_line() -> None:
    headings = ["Linkers", "Papers", "Tools", "Papers", "Books"]
    wrong = under("## Contents", lines(headings), headings)
    right = wrong.replace("[Tools](#tools)\n- [Papers](#papers)", "[Tools](#tools)\n- [Papers](#papers-1)")
    (found,) = diagnostics("toc-mismatch", wrong)
    assert found.message == "this line leads to “Papers”, as another one does; #papers-1 is meant"
    assert fixed("toc-mismatch", wrong) == right
    assert diagnostics("toc-mismatch", right) == []


def test_a_line_that_stands_there_again_hides_no_other_fault() -> None:
    moved = [*HEADINGS[:3], HEADINGS[6], *HEADINGS[3:6], *HEADINGS[7:]]
    text = under("## Contents", lines([*moved, moved[0]]), HEADINGS)
    assert [d.message for d in diagnostics("toc-mismatch", text)] == [
        "the contents list “Videos” in another place than the text has it",
        "“Linkers” stands in the contents twice",
    ]


def test_a_way_back_in_a_heading_is_none_of_its_words() -> None:
    headings = [f"{h} ([©️back👆🏻](#top))" for h in HEADINGS]
    contents = "".join(f"- [{h}](#{slug(f'{h} (©️back👆🏻)')})\n" for h in HEADINGS)
    assert "(#books-" in contents
    wrong = contents.replace("(#books-", "(#boks-and-more")
    found = diagnostics("toc-mismatch", listed(wrong, headings))
    assert [(d.severity, d.fix is not None) for d in found] == [("error", True)]
    assert fixed("toc-mismatch", listed(wrong, headings)) == listed(contents, headings)


@pytest.mark.parametrize(("apart", "told"), [(True, 1), (False, 0)])
def test_of_two_headings_of_one_name_each_has_its_own_line(apart: bool, told: int) -> None:
    """Below one parent the second is a heading that stands twice, which another rule tells."""
    parts = [f"## {h}\n\n- [{h} one](https://github.com/example/{h.lower()})\n" for h in HEADINGS]
    second = "# More\n\n- [More](https://github.com/example/more)\n\n" if apart else ""
    middle = len(parts) // 2
    body = ["# Things\n", *parts[:middle], parts[1], second, *parts[middle:]]
    if apart:
        body = ["# Things\n", *parts[:middle], second, parts[1], *parts[middle:]]
    contents = lines(["Things", *HEADINGS[:middle], *(["More"] if apart else []), *HEADINGS[middle:]])
    found = diagnostics("toc-mismatch", "## Contents\n\n" + contents + "\n" + "\n".join(body))
    assert [d.message.split("”")[0] for d in found] == ["“Tools"] * told


@pytest.mark.parametrize("written", ["#-tools", "#tools"])
def test_a_character_of_an_anchor_that_nobody_sees_is_shown(written: str) -> None:
    headings = [f"⚙\ufe0f {h}" if h == "Tools" else h for h in HEADINGS]
    contents = lines(headings).replace("#⚙\ufe0f tools", written)
    (found,) = diagnostics("toc-mismatch", listed(contents, headings))
    assert found.message == (
        f"no heading or anchor here is named {written}; #%EF%B8%8F-tools is meant"
        " (%EF%B8%8F is U+FE0F, which nobody sees)"
    )
    mended = fixed("toc-mismatch", listed(contents, headings))
    assert "](#%EF%B8%8F-tools)" in mended
    assert diagnostics("toc-mismatch", mended) == []


def test_a_character_that_nobody_sees_may_be_one_too_many() -> None:
    contents = lines(HEADINGS).replace("#tools", "#\ufe0ftools")
    (found,) = diagnostics("toc-mismatch", listed(contents))
    assert found.message == (
        "no heading or anchor here is named #%EF%B8%8Ftools; #tools is meant (%EF%B8%8F is U+FE0F, which nobody sees)"
    )
    assert fixed("toc-mismatch", listed(contents)) == listed(lines(HEADINGS))


@pytest.mark.parametrize(("missing", "offered"), [(0, False), (2, True), (4, False), (5, False), (7, True), (9, False)])
def test_no_line_is_offered_at_the_edge_of_a_group_that_has_a_caption(missing: int, offered: bool) -> None:
    """Whether the heading belongs to the group before the edge, to the one behind it or to none, nobody says."""
    each = lines(HEADINGS, "  - ").splitlines(keepends=True)
    del each[missing]
    first = 5 - (missing < 5)
    contents = "- Things\n" + "".join(each[:first]) + "- People and more\n" + "".join(each[first:])
    (found,) = diagnostics("toc-mismatch", listed(contents))
    assert "does not stand in the table of contents" in found.message
    assert (found.fix is not None) == offered
