"""A heading that is broken and a line of the contents that leads nowhere for want of it: one cause, told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from listbot import engine
from listbot.baseline import Version, introduced
from listbot.checks import RULES
from listbot.config import Selection, UserConfig, settle
from listbot.finding import FileReport
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source
from tests.pages import Neighbours

NAMES = ["Linkers", "Tools", "Books", "Papers", "Talks", "数据集"]
WRONG_LINKS = {"toc-mismatch", "broken-anchor"}
ASKED = WRONG_LINKS | {"unrendered-markdown", "pseudo-heading", "missing-section"}


def report(text: str, *, is_list: bool = True, required: tuple[str, ...] = ()) -> Version:
    user = UserConfig({"rules": {"missing-section": {"required": list(required)}}}, None, Path())
    settings = settle(user, pages(), RULES, Selection())
    document = parse(Source("README.md", text))
    return Version(document, engine.check(document, settings.enabled, Neighbours(), is_list=is_list, known=pages()))


def said(found: FileReport) -> list[tuple[str, int, str]]:
    """What is said of headings and of links to them: rule, line, severity."""
    return [(d.rule, d.start.line, str(d.severity)) for d in found.diagnostics if d.rule in ASKED]


def told(text: str, *, is_list: bool = True, required: tuple[str, ...] = ()) -> list[tuple[str, int, str]]:
    return said(report(text, is_list=is_list, required=required).report)


def listed(heading: str, name: str) -> str:
    contents = "".join(f"- [{n}](#{n.lower()})\n" for n in NAMES)
    body = "".join(
        f"{heading if n == name else f'## {n}'}\n\n- [{n} one](https://example.com/{at}) - Does it.\n"
        f"- [{n} two](https://example.com/{at}/more) - Does it too.\n\n"
        for at, n in enumerate(NAMES)
    )
    return f"# Awesome compilers\n\n## Contents\n\n{contents}\n{body}"


@pytest.mark.parametrize("name", ["Tools", "Talks", "数据集"])
@pytest.mark.parametrize(
    ("form", "rule"),
    [
        ("##{}", "unrendered-markdown"),
        ("#{}", "unrendered-markdown"),
        ("##\u00a0{}", "unrendered-markdown"),
        ("##\u3000{}", "unrendered-markdown"),
        ("＃＃ {}", "unrendered-markdown"),
        ("##{} ##", "unrendered-markdown"),
        ("**{}**", "pseudo-heading"),
        ("__{}:__", "pseudo-heading"),
        ("*{}*", "pseudo-heading"),
        ("{}", "pseudo-heading"),
        ("<b>{}</b>", "pseudo-heading"),
        ("---\n{}", "pseudo-heading"),
    ],
)
def test_the_broken_heading_is_told_and_its_line_is_not(name: str, form: str, rule: str) -> None:
    text = listed(form.format(name), name)
    line = text.index("\n" + form.format(name)) + 1 + form.index("{}")
    assert told(text) == [(rule, text.count("\n", 0, line) + 1, "error")]


@pytest.mark.parametrize("heading", ["##Tools", "**Tools**"])
def test_links_beside_the_contents_are_right_as_well(heading: str) -> None:
    text = listed(heading, "Tools") + "\nMore under [the tools](#tools), and under [the pools](#pools).\n"
    assert [rule for rule, _, _ in told(text) if rule in WRONG_LINKS] == ["broken-anchor"]


def test_the_second_heading_of_a_name_is_asked_for_by_its_number() -> None:
    text = listed("##Papers", "Tools").replace("(#tools)", "(#papers-1)")
    assert [rule for rule, _, _ in told(text)] == ["unrendered-markdown"]
    text = listed("##Papers", "Tools").replace("(#tools)", "(#papers-2)")
    assert [rule for rule, _, _ in told(text)] == ["toc-mismatch", "unrendered-markdown"]


@pytest.mark.parametrize("heading", ["##Pools", "**Pools**", "Some tools", "[Tools](https://example.com/tools)"])
def test_other_lines_explain_nothing(heading: str) -> None:
    assert "toc-mismatch" in {rule for rule, _, _ in told(listed(heading, "Tools"))}


def test_where_the_line_may_be_as_it_is_the_link_is_told() -> None:
    """A document that is no list may have bold lines; its links lead nowhere all the same."""
    text = (
        "# Notes\n\nSee [the tools](#tools) and [the books](#books).\n\n**Tools**\n\nMany words.\n\n##Books\n\nMore.\n"
    )
    assert told(text, is_list=False) == [("broken-anchor", 3, "error"), ("unrendered-markdown", 9, "error")]


def test_a_section_that_is_required_is_told_and_its_line_is_not() -> None:
    text = listed("## Programs", "Tools")
    assert told(text) == [("toc-mismatch", 6, "error")]
    assert told(text, required=("tools",)) == [("missing-section", 1, "error")]
    assert told(text, required=("licence",)) == [
        ("missing-section", 1, "error"),
        ("toc-mismatch", 6, "error"),
    ]


@pytest.mark.parametrize("heading", ["**Tools**", "__Tools:__", "*Tools*"])
def test_a_change_that_adds_the_link_is_told_of_the_heading(heading: str) -> None:
    """Also where the line was bold before, and nobody asked for it."""
    head = listed(heading, "Tools")
    base = head.replace("- [Tools](#tools)\n", "")
    from_afar = {page.id for page in pages().values() if page.from_afar}
    line = head[: head.index(heading)].count("\n") + 1
    assert said(introduced(report(head), report(base), from_afar)) == [("pseudo-heading", line, "error")]
    assert said(introduced(report(head), report(head + "\n"), from_afar)) == []
