from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.source import Position, Source, Span


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("ab\ncd", 3, Position(2, 1)),
        ("ab\r\ncd", 4, Position(2, 1)),
        ("ab\rcd", 3, Position(2, 1)),
        ("é中😀x", 3, Position(1, 4)),
        ("\ufeffab", 1, Position(1, 2)),
        ("", 0, Position(1, 1)),
    ],
    ids=["lf", "crlf", "cr", "columns count code points", "a byte order mark is no column", "empty"],
)
def test_position(text: str, offset: int, position: Position) -> None:
    assert Source("x", text).position(offset) == position


@pytest.mark.parametrize(("text", "count"), [("", 1), ("a", 1), ("a\n", 1), ("a\nb", 2), ("a\n\n", 2), ("\n", 1)])
def test_an_ending_newline_opens_no_line(text: str, count: int) -> None:
    assert Source("x", text).line_count == count


@given(st.text(alphabet="a\r\n é", max_size=40))
def test_every_offset_lies_on_the_line_that_its_position_names(text: str) -> None:
    source = Source("x", text)
    for offset in range(len(source.text) + 1):
        line, column = source.position(offset)
        span = source.line_span(line)
        assert source.line_of(offset) == line
        assert span.start + column - 1 == offset
        assert source.line(line) == source.text[span.start : span.end]


def test_spans_that_share_a_character_overlap_and_empty_ones_where_they_touch() -> None:
    assert Span(0, 2).overlaps(Span(1, 3))
    assert not Span(0, 2).overlaps(Span(2, 3))
    assert Span(0, 2).overlaps(Span(2, 2))
    assert Span(0, 4).contains(Span(1, 3))
    assert not Span(1, 3).contains(Span(0, 4))
