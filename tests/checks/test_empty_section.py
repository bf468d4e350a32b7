"""empty-section: headings that head what follows, though their level does not say so."""

from __future__ import annotations

import pytest

from tests.pages import diagnostics

ENTRY = "- [Lark](https://github.com/example/lark) - Parses.\n"


def messages(text: str) -> list[str]:
    return [diagnostic.message for diagnostic in diagnostics("empty-section", text)]


@pytest.mark.parametrize(
    "text",
    [
        f"# Compilers\n\n### All that one can read about them\n\n### News\n\n{ENTRY}\n## Papers\n\n{ENTRY}",
        f"# Compilers\n\n## Papers\n\n{ENTRY}\n### 2.1 Parsers\n\n### 2.1.1 By hand\n\n{ENTRY}",
        f"# Compilers\n\n{ENTRY}\n## Linkers\n\n## [Mold](https://github.com/example/mold)\n\nLinks.\n",
        f"# Compilers\n\n{ENTRY}\n### Linkers\n\n # [Mold](https://github.com/example/mold) - Links.\n # [Gold](https://a.b)\n",
    ],
    ids=["subtitle", "number", "an entry as heading", "hashes for bullets"],
)
def test_a_heading_with_all_below_it(text: str) -> None:
    assert messages(text) == []


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        (f"# Compilers\n\n## Parsers\n\n## Papers\n\n{ENTRY}", "Parsers"),
        (f"# Compilers\n\n{ENTRY}\n### 2.1 Parsers\n\n### 2.2 Linkers\n\n{ENTRY}", "2.1 Parsers"),
        (f"# Compilers\n\n{ENTRY}\n### 2.1 Parsers\n\n### 2.10 Linkers\n\n{ENTRY}", "2.1 Parsers"),
        (f"# Compilers\n\n{ENTRY}\n## Parts of it\n\n## Linkers\n\n{ENTRY}", "Parts of it"),
        (f"# Compilers\n\n{ENTRY}\n## Linkers\n\n## [⬆](#compilers) Papers\n\n{ENTRY}", "Linkers"),
        (f"# Compilers\n\n## Papers\n\n{ENTRY}\n### Linkers\n\n### Parsers\n\n{ENTRY}", "Linkers"),
    ],
)
def test_a_heading_with_nothing_below_it(text: str, empty: str) -> None:
    assert messages(text) == [f"the section “{empty}” is empty"]


@pytest.mark.parametrize(
    "comment",
    ["<!--@include: @/parts/tools.md-->", "<!-- include: parts/tools.md -->", '<!--#include file="tools.html" -->'],
)
def test_a_file_that_a_comment_includes_is_content(comment: str) -> None:
    assert messages(f"# Compilers\n\n{ENTRY}\n## Linkers\n\n{comment}\n\n## Papers\n\n{ENTRY}") == []


@pytest.mark.parametrize("comment", ["<!-- include more tools. -->", "<!-- @includes nothing -->", "<!-- tools.md -->"])
def test_other_comments_are_none(comment: str) -> None:
    assert len(messages(f"# Compilers\n\n{ENTRY}\n## Linkers\n\n{comment}\n\n## Papers\n\n{ENTRY}")) == 1
