"""broken-anchor and broken-path beyond their pages' examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from listbot.commands.surroundings import Directory
from listbot.parser import parse
from listbot.slugs import Slugger, slug
from listbot.source import Source
from tests.pages import diagnostics, fixed


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Papers & Code", "papers--code"),
        ("C++ / C#", "c--c"),
        ("2.4. Multi-Modal", "24-multi-modal"),
        ("🚀 Start", "-start"),
        ("⚙️ Setup", "️-setup"),
        ("snake_case", "snake_case"),
        ("Über uns", "über-uns"),
        ("目录", "目录"),
        ("（一）概述", "一概述"),
        ("What's new?", "whats-new"),
    ],
    ids=["and", "symbols", "dots", "emoji", "variation selector", "underscore", "umlaut", "cjk", "full width", "quote"],
)
def test_slugs_are_githubs(heading: str, anchor: str) -> None:
    assert slug(heading) == anchor


def test_repeated_headings_are_numbered() -> None:
    slugger = Slugger()
    assert [slugger.unique(text) for text in ("A", "a", "B", "A")] == ["a", "a-1", "b", "a-2"]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("## [Tools](#tools-1)", "tools"),
        ("## **Bold** and `code`", "bold-and-code"),
        ("## A &amp; B", "a--b"),
        ("## ![logo](x.png) Tools", "-tools"),
        ("## Tools ##", "tools"),
        ("Tools\n=====", "tools"),
        ("<h2 align='center'>Tools &amp; more</h2>", "tools--more"),
        ("> ## Quoted", "quoted"),
    ],
)
def test_anchors_of_headings_with_markup(heading: str, anchor: str) -> None:
    assert anchor in parse(Source("x", f"{heading}\n")).anchors


@pytest.mark.parametrize(
    "fragment",
    ["#", "#top", "#readme", "#user-content-a", "#a", "#%E7%9B%AE%E5%BD%95", "#anchor", "#named", "#inline"],
)
def test_anchors_that_are_there(fragment: str) -> None:
    anchors = '<a id="anchor"></a><div name="named"></div>\n\ntext <b id=inline>b</b>'
    text = f"[x]({fragment})\n\n## A\n\n## 目录\n\n{anchors}\n"
    assert diagnostics("broken-anchor", text) == []


def test_an_anchor_in_code_or_in_a_comment_is_none() -> None:
    text = "[x](#a) [y](#b)\n\n```\n## A\n```\n\n<!-- <a id='b'></a> -->\n"
    assert len(diagnostics("broken-anchor", text)) == 2


@pytest.mark.parametrize(
    "target",
    ["https://a.b/c", "mailto:a@b.c", "//a.b", "#x", "CONTRIBUTING.md?plain=1", "{{ url }}", "tel:123", "..", "%00"],
)
def test_what_is_no_path_or_is_there_is_not_judged(target: str) -> None:
    assert diagnostics("broken-path", f"## x\n\n[a](<{target}>)\n") == []


@pytest.mark.parametrize("text", ["see www.a.example/b for more", "(www.a.example)", "<a@b.example>"])
def test_a_url_in_plain_text_is_no_path(text: str) -> None:
    assert diagnostics("broken-path", f"## x\n\n{text}\n") == []


def test_paths_are_looked_up_letter_for_letter_from_file_and_root(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs" / "a b").mkdir(parents=True)
    (tmp_path / "docs" / "Guide.md").write_text("# The guide\n")
    directory = Directory(tmp_path / "docs" / "README.md", 1_000)
    assert directory.is_repository()
    there = ["Guide.md", "./Guide.md", "/docs/Guide.md", "../docs/Guide.md", "a b", "."]
    assert [directory.exists(path) for path in there] == [True] * len(there)
    assert [directory.exists(path) for path in ("guide.md", "/Guide.md", "Guide.md/x")] == [False] * 3
    assert directory.exists("../../issues") is None
    assert directory.anchors("Guide.md") == frozenset({"the-guide"})
    assert directory.anchors("missing.md") is None


def test_a_file_away_from_its_repository_gets_one_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.pages.Neighbours.is_repository", lambda _: False)
    text = "".join(f"[a](x{n}.md)\n" for n in range(5))
    (found,) = diagnostics("broken-path", text)
    assert found.severity == "hint"
    assert len(diagnostics("broken-path", text + "[b](CONTRIBUTING.md)\n")) == 5
    assert len(diagnostics("broken-path", text.replace("x4", "x3"))) == 5


def test_a_character_of_an_anchor_that_nobody_sees_is_shown() -> None:
    text = "See [the tools](#-tools).\n\n## ⚙\ufe0f Tools\n"
    (found,) = diagnostics("broken-anchor", text)
    assert found.message == (
        "no heading or anchor here is named #-tools; #%EF%B8%8F-tools is meant (%EF%B8%8F is U+FE0F, which nobody sees)"
    )
    mended = fixed("broken-anchor", text)
    assert mended == text.replace("(#-tools)", "(#%EF%B8%8F-tools)")
    assert diagnostics("broken-anchor", mended) == []
