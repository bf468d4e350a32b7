"""Dates in the forms that lists write, and what only looks like one."""

from __future__ import annotations

import pytest

from listbot.dates import Date, find


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-01-05", Date(2024, 1, 5)),
        ("[2024/02]", Date(2024, 2, 0)),
        ("arXiv 2024.08", Date(2024, 8, 0)),
        ("2024年1月5日", Date(2024, 1, 5)),
        ("5 Jan. 2024", Date(2024, 1, 5)),
        ("26 Apr 2022", Date(2022, 4, 26)),
        ("January 5, 2024", Date(2024, 1, 5)),
        ("Sept 2023", Date(2023, 9, 0)),
        ("2024-01-05 (2024-01-05)", Date(2024, 1, 5)),
    ],
)
def test_dates(text: str, date: Date) -> None:
    assert find(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "2024",
        "ICLR 2024",
        "2024.12345",
        "2024-13",
        "2024-01 or 2024-02",
        "v2024.1.2.3",
        "Marvin 2024",
        "Mayday 2020",
        "",
    ],
)
def test_no_dates(text: str) -> None:
    assert find(text) is None
