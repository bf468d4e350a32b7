"""Two entries as one, case by case; and what is left to somebody's eye."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pages import fixed

A = "https://arxiv.org/abs/2205.14135"
DOI = "https://doi.org/10.1145/1234567.1234568"


def merged(*lines: str) -> list[str]:
    """The lines after the unsafe fixes of duplicate-entry."""
    return fixed("duplicate-entry", "".join(line + "\n" for line in lines), unsafe=True).splitlines()


@pytest.mark.parametrize(
    ("first", "again", "one"),
    [
        ("- [Tile](https://t.example)", "- [Tile](https://t.example)", "- [Tile](https://t.example)"),
        ("- [Tile](https://t.example)", "- [Tile](https://t.example) - Fast.", "- [Tile](https://t.example) - Fast."),
        (f"- [Tile]({A}): fast", f"- [Tile]({A}): exact", f"- [Tile]({A}): fast; exact"),
        (f"- [Tile]({A}): Fast.", f"- [Tile]({A}): Exact.", f"- [Tile]({A}): Fast. Exact."),
        (f"- [Tile]({A}): fast and exact", f"- [Tile]({A}): Fast", f"- [Tile]({A}): fast and exact"),
        (f"- [Tile]({A}): fast", f"- [Tile]({A}): fast and exact", f"- [Tile]({A}): fast and exact"),
        (f"- [ ] [Tile]({A})", f"- [x] [Tile]({A})", f"- [x] [Tile]({A})"),
        (f"- [x] [Tile]({A})", f"- [ ] [Tile]({A})", f"- [x] [Tile]({A})"),
        (f"- [ ] [Tile]({A})", f"- [ ] ⭐ [Tile]({A})", f"- [ ] ⭐ [Tile]({A})"),
        (f"- [ ] ⭐ [Tile]({A})", f"- [ ] ⭐ [Tile]({A})", f"- [ ] ⭐ [Tile]({A})"),
        (
            f"- Tile [[paper]({A})]",
            f"- Tile [[paper]({A})] [[code](https://github.com/a/b)]",
            f"- Tile [[paper]({A})] [[code](https://github.com/a/b)]",
        ),
        (
            f"- Tile [[paper]({A})] [[slides](https://s.example)]",
            "- Tile [[pdf](https://arxiv.org/pdf/2205.14135)] [[code](https://github.com/a/b)]",
            f"- Tile [[paper]({A})] [[slides](https://s.example)] [[code](https://github.com/a/b)]",
        ),
        (
            f"- [Tiling the attention of models]({A})",
            f"- [Tiling the attention of models]({DOI}) (SOSP'23)",
            f"- [Tiling the attention of models]({DOI}) (SOSP'23) [preprint]({A})",
        ),
        (
            f"- [Tiling the attention of models]({DOI})",
            f"- [Tiling the attention of models]({A})",
            f"- [Tiling the attention of models]({DOI}) [preprint]({A})",
        ),
        (f"- [Tile]({A})", f"- [Tile: fast and exact]({A})", f"- [Tile]({A})"),
        (
            f"- [Tile]({A})<br>:house:[project](https://p.example)<br>:tv:[video](https://v.example)",
            f"- [Tile]({A})<br>:star:[code](https://p.example)",
            f"- [Tile]({A})<br>:house:[project](https://p.example)<br>:tv:[video](https://v.example)"
            "<br>:star:[code](https://p.example)",
        ),
        (
            f"- [Tiling the attention of models]({A})<br>:house:[project](https://p.example)",
            f"- [Tiling the attention of models]({DOI})<br>:star:[code](https://github.com/a/b)"
            "<br>:house:[project](https://p.example)",
            f"- [Tiling the attention of models]({DOI})<br>:house:[project](https://p.example)"
            f"<br>[preprint]({A})<br>:star:[code](https://github.com/a/b)",
        ),
        (
            f"- [Tile]({A})<br>:star:[code](https://github.com/a/b)",
            f"- [Tile]({A})<br>:star:[code](https://github.com/a/b)<br>:house:[project](https://p.example)",
            f"- [Tile]({A})<br>:star:[code](https://github.com/a/b)<br>:house:[project](https://p.example)",
        ),
        (
            f"- [Tile]({A})",
            f"- [Tile]({A}) 💻[[code](https://github.com/a/b)] 📊[[data](https://d.example)]",
            f"- [Tile]({A}) 💻[[code](https://github.com/a/b)] 📊[[data](https://d.example)]",
        ),
        (
            f"- [Tile]({A})",
            f"- [Tile]({A}) ![new](https://i.example/new.png)",
            f"- [Tile]({A}) ![new](https://i.example/new.png)",
        ),
        (
            f"- [Tile]({A})",
            f"- [Tile]({A}) ⭐ [[code](https://github.com/a/b)]",
            f"- [Tile]({A}) [[code](https://github.com/a/b)] ⭐",
        ),
    ],
)
def test_items(first: str, again: str, one: str) -> None:
    other = "- [Other](https://other.example)"
    assert merged(first, other, again, other.replace("ther", "thers")) == [one, other, other.replace("ther", "thers")]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (f"- [Tile]({A})", f"- [Tile v2]({A})"),
        (f"- [Tile]({A}), ICML 2023", f"- [Tile]({A}), arXiv 2022"),
        (f"- [Tile]({A})", f"- [Tile]({A}) <!-- seen -->"),
        (f"- [Tile]({A})", f"- [x] [Tile]({A})"),
        (f"- [Tile]({A})", f"- [Tile]({A}), with [its docs](https://docs.example/tile)."),
        (f"- [[arXiv]({A})] Tile", f"- [[SOSP]({A})] Tile"),
        (f"1. [Tile]({A})", f"2. [Tile]({A})"),
        (f"- [Tile]({A})\n  - below", f"- [Tile]({A})"),
        (f"- [Tile]({A})", f"- [Tile]({A})\n  - below"),
        (f"- [Tile]({A})\n  goes on", f"- [Tile]({A})"),
        (f"[Tile]({A})\n", f"[Tile]({A})\n"),
        (f"- [Tile]({A}) [code](https://c.example)", f"- [Tile]({A})<br>:star:[code](https://c.example)"),
        (f"- [Tile]({A})", f"- [Tile]({A})<br>"),
    ],
    ids=[
        "another version", "two venues", "a comment", "a box of its own", "a sentence with a link", "a venue as label",
        "numbers", "a list below the first", "a list below the second", "two lines", "paragraphs",
        "an icon of a link that is there", "a break that nothing follows",
    ],
)  # fmt: skip
def test_what_is_not_plain_or_would_lose_a_word_is_left(first: str, again: str) -> None:
    lines = f"{first}\n{again}\n- [Other](https://other.example)\n".splitlines()
    assert merged(*lines) == lines


def test_another_section_is_a_decision() -> None:
    lines = ["## One", "", f"- [Tile]({A})", "", "## Two", "", f"- [Tile]({A})", "- [Other](https://o.example)"]
    assert merged(*lines) == lines


def test_the_only_item_of_a_list_stays_and_so_do_blank_lines() -> None:
    alone = [f"- [Tile]({A})", "- [Other](https://o.example)", "", "text", "", f"- [Tile]({A})"]
    assert merged(*alone) == alone
    loose = [f"- [Tile]({A})", "- [Other](https://o.example)", "", f"- [Tile]({A})"]
    assert merged(*loose) == loose
    still_loose = [f"- [Tile]({A})", "", "- [Other](https://o.example)", "", f"- [Tile]({A})"]
    assert merged(*still_loose) == still_loose[:4]


def test_the_last_line_without_line_ending_stays() -> None:
    text = f"- [Tile]({A})\n- [Other](https://o.example)\n- [Tile]({A})"
    assert fixed("duplicate-entry", text, unsafe=True) == text


def test_several_duplicates_are_merged_one_after_the_other() -> None:
    lines = [f"- [Tile]({A}): one", f"- [Tile]({A}): two", "- [Other](https://o.example)", f"- [Tile]({A}): three"]
    assert merged(*lines) == [f"- [Tile]({A}): one; two; three", "- [Other](https://o.example)"]


SIGNS = re.compile(r"<br>|:[a-z]+:|[⭐🔥💻]|[a-z]{3,}")
PIECES = st.lists(
    st.tuples(
        st.sampled_from(["<br>", " ", "<br> ", " | "]),
        st.sampled_from(["", ":star:", "⭐", "💻 ", ":house:", "🔥"]),
        st.sampled_from(["[code](https://c.example)", "[[project](https://p.example)]", "[video](https://c.example)"]),
    ),
    max_size=4,
)


@settings(deadline=None)
@given(PIECES, PIECES)
def test_what_is_merged_has_every_sign_and_word_of_both(
    one: list[tuple[str, ...]], other: list[tuple[str, ...]]
) -> None:
    lines = [f"- [Tile]({A})" + "".join(map("".join, pieces)) for pieces in (one, other)]
    result = merged(*lines, "- [Other](https://o.example)")
    if len(result) == 2:
        for line in lines:
            assert set(SIGNS.findall(line)) <= set(SIGNS.findall(result[0]))
            assert line.count("<br>") <= result[0].count("<br>")
    else:
        assert result[:2] == lines


HEAD = ["| title | link | code | tags |", "| --- | --- | --- | --- |"]
TITLE = "Tiling the attention of models"


@pytest.mark.parametrize(
    ("first", "again", "one"),
    [
        (f"| {TITLE} | [p]({A}) | | |", f"| {TITLE} | [p]({A}) | | |", f"| {TITLE} | [p]({A}) | | |"),
        (
            f"| {TITLE} | [arXiv]({A}) | - | fast |",
            f"| {TITLE} | [SOSP]({DOI}) | [c](https://github.com/a/b) | fast, exact |",
            f"| {TITLE} | [SOSP]({DOI}) [arXiv]({A}) | [c](https://github.com/a/b) | fast, exact |",
        ),
        (
            f"| {TITLE} | [p]({A}) | | |",
            f"| {TITLE} | [p]({A}) | [c](https://github.com/a/b) | fast |",
            f"| {TITLE} | [p]({A}) | [c](https://github.com/a/b) | fast |",
        ),
    ],
)
def test_rows(first: str, again: str, one: str) -> None:
    assert merged(*HEAD, first, again, "| Other | [p](https://o.example) | | |")[2:] == [
        one,
        "| Other | [p](https://o.example) | | |",
    ]


def test_rows_that_contradict_each_other_are_left() -> None:
    lines = [*HEAD, f"| {TITLE} | [p]({A}) | 2023 | |", f"| {TITLE} | [p]({A}) | 2024 | |"]
    assert merged(*lines) == lines
