"""Which lines were there before, wherever they stand now."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.alignment import Alignment
from listbot.source import Source, Span


def alignment(base: str, head: str) -> Alignment:
    return Alignment(Source("x.md", base), Source("x.md", head))


def was(base: str, head: str) -> list[int | None]:
    """One letter a line."""
    found = alignment("\n".join(base), "\n".join(head))
    return [found.was(line) for line in range(1, len(head) + 1)]


@pytest.mark.parametrize(
    ("base", "head", "lines"),
    [
        ("abc", "abc", [1, 2, 3]),
        ("abc", "aXbc", [1, None, 2, 3]),  # added
        ("abc", "ac", [1, 3]),  # taken out
        ("abc", "cab", [3, 1, 2]),  # moved
        ("abc", "aXc", [1, None, 3]),  # replaced
        ("abcd", "abcdb", [1, 2, 3, 4, None]),  # a copy below: the one that stayed is the old one
        ("abcd", "babcd", [None, 1, 2, 3, 4]),  # a copy above
        ("abcde", "XbYabcde", [None, None, None, 1, 2, 3, 4, 5]),
        ("abcde", "XbabcdeY", [None, None, 1, 2, 3, 4, 5, None]),
        ("aXb", "aYb", [1, None, 3]),
        ("aab", "aaab", [1, 2, None, 3]),  # which of three equal neighbours is new, nobody can say
    ],
)
def test_lines_are_paired_by_their_text_and_neighbours(base: str, head: str, lines: list[int | None]) -> None:
    assert was(base, head) == lines


def test_blanks_do_not_make_a_line_new() -> None:
    found = alignment("- a  b\n- c\n", "- a b \n\n- c\n")
    assert [found.was(1), found.was(3)] == [1, 2]


@pytest.mark.parametrize(
    ("head", "first", "last", "touched"),
    [
        ("abcd", 1, 4, False),
        ("aXcd", 1, 1, False),
        ("aXcd", 1, 2, True),
        ("acd", 1, 2, True),  # something was taken out between them
        ("acd", 1, 1, False),
        ("cdab", 1, 2, False),  # moved together
        ("cdab", 2, 3, True),
        ("a cd", 1, 3, True),  # a blank line took the place of `b`
    ],
)
def test_a_place_is_touched_where_lines_came_or_went_inside_it(head: str, first: int, last: int, touched: bool) -> None:
    assert alignment("a\nb\nc\nd", "\n".join(head)).touches(first, last) is touched


def test_blank_lines_touch_nothing() -> None:
    """An entry may hold some: its authors stand in a paragraph of their own."""
    assert not alignment("a\n\nb\n", "new\n\na\n\nb\n").touches(3, 5)
    assert not alignment("a\n\nb\n", "a\nb\n").touches(1, 2)
    assert not alignment("a\nb\n", "a\n\n\nb\n").touches(1, 4)
    assert alignment("a\n\nc\n\nb\n", "a\n\nb\n").touches(1, 3)


def test_a_span_is_touched_where_its_lines_are() -> None:
    found = alignment("one\ntwo\n", "one\n2\n")
    assert not found.touches_span(Span(0, 3))
    assert not found.touches_span(Span(0, 4))  # up to the line's end, and not into the next one
    assert found.touches_span(Span(4, 5))


letters = st.text("abcX ", min_size=1, max_size=30)


@given(letters, letters)
def test_each_old_line_is_used_once_and_says_the_same(base: str, head: str) -> None:
    lines = was(base, head)
    used = [line for line in lines if line is not None]
    assert len(used) == len(set(used))
    assert all(base[line - 1] == head[number] for number, line in enumerate(lines) if line is not None)
    assert len(used) == sum(min(base.count(letter), head.count(letter)) for letter in set(base))


@given(st.permutations("abcdefgh"))
def test_moving_touches_no_line(head: list[str]) -> None:
    found = alignment("\n".join("abcdefgh"), "\n".join(head))
    assert not any(found.touches(line, line) for line in range(1, 9))
