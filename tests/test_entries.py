"""Which lines are entries, what is their title, and which link stands for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.document import ROLES, Entry
from listbot.entries import looks_like_list
from listbot.parser import parse
from listbot.source import Source
from tests.oracles.documents import PIECES

PAPER = "https://arxiv.org/abs/2205.14135"
CODE = "https://github.com/example/flash"


def entries(text: str) -> list[Entry]:
    return parse(Source("README.md", text)).entries


def only(text: str) -> Entry:
    (entry,) = entries(text)
    return entry


@pytest.mark.parametrize(
    ("text", "title", "primary"),
    [
        (f"- [FlashAttention: Fast and Exact]({PAPER})", "FlashAttention: Fast and Exact", PAPER),
        (f"- [ ] [Lark]({CODE}) - Parses.", "Lark", CODE),
        (f"1. **Poly-encoders: Fast**. *S. Humeau*. [[pdf]({PAPER})] [[code]({CODE})]", "Poly-encoders: Fast", PAPER),
        (f'* **LIMoE**: "Multimodal Learning", ACL [[Paper]({PAPER})][[TF]({CODE})]', "Multimodal Learning", PAPER),
        (f"- [[NeurIPS]({PAPER})] Quantization for Vision", "Quantization for Vision", PAPER),
        (f"- A study of shared code [[code]]({CODE})", "A study of shared code", None),
        (f"- 🔥 [Lark]({CODE})", "Lark", CODE),
        ("- [A title that lost its target]: some notes", "A title that lost its target", None),
    ],
)  # fmt: skip
def test_title_and_primary_link(text: str, title: str, primary: str | None) -> None:
    entry = only(text + "\n")
    assert entry.title == title
    assert (entry.primary.link.target if entry.primary else None) == primary


def test_labels_give_roles_before_targets_do() -> None:
    text = (
        f"- **A title of some length** [paper]({CODE}) [code]({PAPER}) [x y z]({CODE}x) [Slides](https://a.example)\n"
    )
    assert [link.role for link in only(text).links] == ["paper", "code", "code", "slides"]


def test_rows_of_a_table_are_entries_and_its_header_is_none() -> None:
    table = f"| Title | Link |\n|---|---|\n| A rather long title | [[pdf]]({PAPER})<br>[[Flash]]({CODE}) |\n"
    entry = only(table)
    assert (entry.kind, entry.title, entry.first) == ("row", "A rather long title", 3)
    assert entry.primary is not None
    assert entry.primary.link.target == PAPER


def test_nested_entries_are_entries_of_their_own() -> None:
    text = f"- [Outer name]({CODE})\n  - [Inner name]({PAPER})\n    more\n"
    assert [(entry.title, entry.first, entry.last) for entry in entries(text)] == [
        ("Outer name", 1, 1),
        ("Inner name", 2, 3),
    ]


def test_marks() -> None:
    assert only(f"- [x] [A]({CODE})\n").marks == ("checkbox", "checked")
    assert only(f"- [ ] [A]({CODE})\n").marks == ("checkbox",)
    assert only(f"- [A]({CODE})\n").marks == ()


@pytest.mark.parametrize(
    "text", ["- [A](#a)\n- [B](#b)\n", "- only text\n", "text [A](https://a.b)\n", "```\n- [A](b)\n```\n"]
)
def test_what_is_no_entry(text: str) -> None:
    assert entries(text) == []


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_entries_of_any_text_lie_in_order_inside_it(text: str) -> None:
    document = parse(Source("README.md", text))
    starts = [entry.span.start for entry in document.entries]
    assert starts == sorted(starts)
    for entry in document.entries:
        assert 0 <= entry.span.start <= entry.span.end <= len(document.source.text)
        assert 1 <= entry.first <= entry.last <= document.source.line_count
        assert all(link.role in ROLES for link in entry.links)
        assert entry.primary is None or entry.primary in entry.links


def test_a_list_is_told_from_a_readme() -> None:
    listed = "".join(f"- [Name {n}](https://a.example/{n}) - Notes.\n" for n in range(5))
    prose = "A paragraph of a README that explains a program.\n\n" * 20
    assert looks_like_list(parse(Source("x", listed)))
    assert not looks_like_list(parse(Source("x", prose + listed)))
    assert not looks_like_list(parse(Source("x", "")))
