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
        ("Table of Content (ToC)", "contents"),
        ("Quick links to sections on this page", "contents"),
        ("🎉 The latest additions", "news"),
        ("Main Recent Update Note", "news"),
        ("Sticky notes", "body"),
        ("目录 / Contents", "contents"),
        ("Contents 目录", "contents"),
        ("一、目录", "contents"),
        ("快速导航", "contents"),
        ("Table des matières", "contents"),
        ("Table-of-Contents", "contents"),
        ("📚 Índice de contenidos", "contents"),
        ("Tabela de conteúdos", "contents"),
        ("Inhaltsübersicht", "contents"),
        ("Содержание", "contents"),
        ("もくじ", "contents"),
        ("차례", "contents"),
        ("Mục lục", "contents"),
        ("Übersicht", "body"),
        (":collision: Update Log", "news"),
        ("News (2024.06)", "news"),
        ("News 2024.06", "news"),
        ("🔥🔥 News & Updates", "news"),
        ("Recently added papers", "news"),
        ("What’s New?", "news"),
        ("更新日志 Changelog", "news"),
        ("近期更新", "news"),
        ("Papers of this week", "news"),
        ("Papers of the Week", "body"),
        ("Top ML Papers of the Week (June 23 - June 29) - 2025", "body"),
        ("Project Maintainers & Contributors", "contributing"),
        ("Contributing and Collaborating", "contributing"),
        ("Contributing to the list", "contributing"),
        ("valuable Contributors👩‍💻 :", "contributing"),
        ("Stargazers over time", "contributing"),
        ("©️Citations", "contributing"),
        ("How to add a paper", "contributing"),
        ("如何贡献", "contributing"),
        ("5. 致谢", "contributing"),
        ("鸣谢与引用", "contributing"),
        ("Licenses", "license"),
        ("License and Citation", "license"),
        ("许可协议", "license"),
        ("开源协议", "license"),
        ("Related", "related"),
        ("0.4 Similar List", "related"),
        ("Other Security Awesome Lists", "related"),
        ("8. 相关仓库", "related"),
        ("友情链接", "related"),
        ("Contents and layout generation", "body"),
        ("Citation recommendation", "body"),
        ("Resources and related lists", "body"),
        ("Other Useful Resources", "body"),
        ("Update rules", "body"),
        ("New languages", "body"),
        ("News datasets", "body"),
        ("引用推荐", "body"),
        ("新闻推荐", "body"),
        ("目录服务", "body"),
        ("10 Must Reads", "body"),
        ("Content moderation", "body"),
        ("News recommendation", "body"),
        ("Surveys", "body"),
        ("Index structures", "body"),
    ],
)
def test_roles(heading: str, role: str) -> None:
    assert role_of(heading) == role


def test_words_that_are_subjects_further_down() -> None:
    below = "\n".join(f"### {name}\n\n- a\n" for name in ("Index", "Menu", "Licensing", "Highlights", "Lists"))
    assert roles(f"# Awesome\n\n## Interfaces\n\n{below}")[2:] == ["body"] * 5
    assert roles("# Awesome\n\n## Index\n\n## Parsers\n\n## Licensing\n")[1:] == ["contents", "body", "license"]
    assert roles("## Index\n\n## Parsers\n\n## Copyright\n") == ["contents", "body", "license"]


def test_a_list_has_one_table_of_contents() -> None:
    assert roles("# A\n\n## Contents\n\n- x\n\n## Navigation\n\n- y\n") == ["body", "contents", "body"]


def test_news_that_are_the_list_are_its_body() -> None:
    papers = "- [A](https://a.example) - Some notes.\n" * 40
    assert roles(f"# T\n\n## Latest Papers\n\n{papers}\n## License\n\nMIT\n") == ["body", "body", "license"]
    assert roles(f"# T\n\n## Awesome Lists\n\n{papers}")[1] == "body"
    weeks = "".join(f"### Week {week}\n\n{papers}\n" for week in range(3))
    assert roles(f"# T\n\n## Weekly Papers\n\n{weeks}")[2:] == ["body"] * 3


def test_a_heading_without_end_takes_no_time() -> None:
    assert role_of("related " * 50_000) == "body"
    assert role_of("(" * 50_000) == "body"


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
