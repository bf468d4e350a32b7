"""The tools beside: what they say is read right, and one that is absent is said to be so."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import peers
from bench.peers import AbsentError, Message
from bench.quality.noise import Heard

TEXTS = {
    "clean": "# List\n\n- [One](https://example.com/1)\n",
    "twice": "# List\n\n- [One](https://example.com/1)\n- [Two](http://www.example.com/1/)\n\n\n\n  text\n",
}


def said(tool: str) -> peers.Messages:
    try:
        return peers.ALL[tool](TEXTS)
    except AbsentError as absent:
        pytest.skip(str(absent))


def test_double_link_marks_both_ends() -> None:
    try:
        found = peers.awesome_lint(TEXTS, ["double-link"])
    except AbsentError as absent:
        pytest.skip(str(absent))
    assert found == {"clean": [], "twice": [Message(3, "double-link"), Message(4, "double-link")]}


def test_a_rule_that_awesome_lint_does_not_have_is_an_error() -> None:
    try:
        with pytest.raises(RuntimeError, match="awesome-lint has no rule no-such-rule"):
            peers.awesome_lint(TEXTS, ["no-such-rule"])
    except AbsentError as absent:
        pytest.skip(str(absent))


@pytest.mark.parametrize("tool", ["markdownlint-cli2", "rumdl"])
def test_blank_lines_are_found_where_they_are(tool: str) -> None:
    found = said(tool)
    assert found["clean"] == []
    assert "MD012" in {message.rule for message in found["twice"]}
    assert all(1 <= message.line <= 8 for message in found["twice"])


@pytest.mark.parametrize("tool", sorted(peers.ALL))
def test_an_absent_tool_is_said_loudly(tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "FOLDER", tmp_path)
    monkeypatch.setattr(peers, "RUMDL", tmp_path / "rumdl")
    monkeypatch.setattr(peers, "MARKDOWNLINT", tmp_path / "markdownlint")
    with pytest.raises(AbsentError, match=f"SKIPPED {tool}: .* not installed"):
        peers.ALL[tool](TEXTS)


def test_messages_per_100_entries() -> None:
    heard = Heard("list.md", 50, {"tool": [Message(1, "a"), Message(2, "a"), Message(3, "b")]})
    assert heard.per_100("tool") == 6
    assert heard.per_100("tool", "a") == 4
    assert heard.per_100("tool", "c") == 0
    assert Heard("empty.md", 0, {"tool": []}).per_100("tool") == 0
