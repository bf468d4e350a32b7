"""Which lines a comment covers, and what the comments themselves do wrong."""

from __future__ import annotations

import pytest

from listbot.parser import parse
from listbot.source import Source
from listbot.suppression import Suppressions
from tests import pages as executed

ENTRY = "- [A](https://github.com/a/b)\n"
SAME = "- [A](https://github.com/a/b)"


@pytest.mark.parametrize(
    "text",
    [
        f"{ENTRY}{SAME} <!-- listbot: ignore[duplicate-entry] why -->\n",
        f"{ENTRY}<!-- listbot: ignore[duplicate-entry] why -->\n{SAME}\n",
        f"{ENTRY}\n<!-- listbot: ignore[duplicate-entry] why -->\n\n{SAME}\n",
        f"<!-- listbot: ignore-file[duplicate-entry] why -->\n\n{ENTRY}{SAME}\n",
        f"{ENTRY}{SAME}\n  text <!--listbot:ignore[empty-section,duplicate-entry]: why-->\n",
        "| a |\n|---|\n| [A](https://github.com/a/b) |\n"
        "| [A](https://github.com/a/b) <!-- listbot: ignore[duplicate-entry] why --> |\n",
    ],
    ids=["on the entry", "line above", "line above with blanks", "file", "second line of the entry", "table row"],
)
def test_a_comment_covers_its_entry(text: str) -> None:
    assert executed.diagnostics("duplicate-entry", text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{ENTRY}{SAME} `<!-- listbot: ignore[duplicate-entry] why -->`\n",
        f"<!-- listbot: ignore[duplicate-entry] why -->\n{ENTRY}{SAME}\n",
        f"{ENTRY}<!-- listbot: ignore[empty-section] why -->\n{SAME}\n",
    ],
    ids=["code is no comment", "the other entry", "another rule"],
)
def test_a_comment_covers_nothing_else(text: str) -> None:
    assert len(executed.diagnostics("duplicate-entry", text)) == 1


def test_a_comment_above_a_heading_covers_the_heading() -> None:
    text = "# T\n\n<!-- listbot: ignore[empty-section] to come -->\n## A\n\n## B\n\n- [x](https://y.z)\n"
    assert executed.diagnostics("empty-section", text) == []


@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ("listbot: ignore duplicate-entry", "says nothing that it understands"),
        ("listbot: ignore[] why", "names no rule"),
        ("listbot: ignore[duplicate-entri] why", "there is no rule 'duplicate-entri'"),
        ("listbot: ignore[duplicate-entry] why", "finds nothing here to ignore"),
    ],
)
def test_comments_that_do_nothing(comment: str, says: str) -> None:
    (found,) = executed.diagnostics("unused-suppression", f"- [A](https://a.b) <!-- {comment} -->\n")
    assert says in found.message


def test_a_rule_that_did_not_run_leaves_its_suppressions_alone() -> None:
    document = parse(Source("x", "a <!-- listbot: ignore[empty-section] why -->\n"))
    assert Suppressions(document).unused(set(), {"empty-section"}) == []


def test_other_comments_are_not_ours() -> None:
    text = "- [A](https://a.b) <!-- lint ignore -->\n<!-- the listbot: ignore story -->\n"
    assert executed.diagnostics("unused-suppression", text) == []
