"""toc-mismatch: what the page's examples do not show."""

from __future__ import annotations

import pytest

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
