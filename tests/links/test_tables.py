"""The tables of what is known of hosts and pages: every row says why, since when, and where that was seen."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from listbot import tables
from listbot.links import hosts

ROWS = [
    pytest.param(row, id=f"{name}:{kind}:{row.get('host') or row.get('where')}")
    for name in ("hosts", "closed_sites", "challenges", "soft_pages")
    for kind, rows in tables.load(name).items()
    for row in rows
]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_a_reason_a_date_and_evidence(row: dict[str, str]) -> None:
    assert len(row["reason"]) >= 10
    assert date.fromisoformat(row["date"]) >= date(2015, 1, 1)
    assert re.match(r"https://|reference/", row["evidence"])
    if "pattern" in row:
        re.compile(row["pattern"])


@pytest.mark.parametrize("name", ["hosts", "closed_sites"])
def test_hosts_are_in_lower_case_and_named_once(name: str) -> None:
    found = [row["host"] for rows in tables.load(name).values() for row in rows]
    assert found == [host.lower().removeprefix("www.") for host in found]
    assert len(found) == len(set(found))


def test_a_row_stands_for_subdomains_and_for_nothing_else() -> None:
    assert hosts.kind_of("www.linkedin.com") == "wall"
    assert hosts.kind_of("de.linkedin.com") == "wall"
    assert hosts.kind_of("notlinkedin.com") == ""
    assert hosts.kind_of("linkedin.com.evil.example") == ""
    assert hosts.interval_of("arxiv.org") == 3.0
    assert hosts.interval_of("site.example") == 0.0


def test_what_is_to_be_confirmed_live_is_listed_for_whoever_has_a_network() -> None:
    """Each function whose docstring says so, in CONTRIBUTING.md; and nothing else is listed there."""
    root = Path(__file__).resolve().parents[2]
    marked = {
        f"{path.stem}.{node.name}"
        for path in (root / "src/listbot/links/registries").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and "To be confirmed live" in (ast.get_docstring(node) or "")
    }
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    listed = re.findall(r"^\| `(\w+\.\w+)` \|", text.partition("## A registry is one file")[2], re.MULTILINE)
    assert sorted(listed) == sorted(marked)


def test_every_word_by_which_a_list_says_it_itself_has_a_reason() -> None:
    for row in tables.load("stated").values():
        assert len(row["reason"]) >= 10
        assert row["words"] == list(dict.fromkeys(row["words"]))
    for row in tables.load("venue_pages")["page"]:
        assert len(row["reason"]) >= 10
