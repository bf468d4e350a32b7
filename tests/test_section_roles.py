from __future__ import annotations

import pytest

from listbot.parser import parse
from listbot.section_roles import role_of
from listbot.source import Source


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Contents", "contents"),
        ("📑 Table of Contents", "contents"),
        ("目录", "contents"),
        ("News", "news"),
        ("🔥 Latest Papers", "news"),
        ("最新动态", "news"),
        ("How to contribute?", "contributing"),
        ("Contributing", "contributing"),
        ("License", "license"),
        ("Related awesome lists", "related"),
        ("See also", "related"),
        ("Content moderation", "body"),
        ("News recommendation", "body"),
        ("Surveys", "body"),
        ("Index structures", "body"),
    ],
)
def test_roles(heading: str, role: str) -> None:
    assert role_of(heading) == role


def roles(text: str) -> list[str]:
    return [section.role for section in parse(Source("x", text)).sections]


def test_a_subsection_of_news_is_news() -> None:
    papers = "- [A](https://a.example) - Some notes.\n" * 5
    text = f"# T\n\n## News\n\n### March\n\n- a\n\n## Papers\n\n### March\n\n{papers}"
    assert roles(text) == ["body", "news", "news", "body", "body"]


def test_a_list_that_hangs_under_one_heading_by_a_slip_is_a_list() -> None:
    papers = "- [A](https://a.example) - Some notes.\n" * 5
    assert roles(f"# Contents\n\n## Papers\n\n{papers}") == ["contents", "body"]
    assert roles(f"# News\n\n## Papers\n\n{papers}") == ["news", "body"]
