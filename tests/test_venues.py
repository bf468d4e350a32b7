"""Venues, dates and people in a phrase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import venues


@pytest.mark.parametrize(
    ("text", "venue", "year"),
    [
        ("CVPR 2024", "CVPR 2024", 2024),
        ("CVPR'24", "CVPR'24", 2024),
        ("NIPS2017", "NIPS2017", 2017),
        ("CHI25", "CHI25", 2025),
        ("ACL(2019)", "ACL(2019)", 2019),
        ("NeurIPS 2023 Workshop", "NeurIPS 2023 Workshop", 2023),
        ("In Proceedings of EMNLP", "Proceedings of EMNLP", None),
        ("accepted by EuroSys'25", "EuroSys'25", 2025),
        ("Findings of ACL: EMNLP 2024", "Findings of ACL: EMNLP 2024", 2024),
        ("ICCV Highlight, 2025", "ICCV Highlight", 2025),
        ("arXiv, March 2024", "arXiv", 2024),
        ("arXiv 2024.03", "arXiv 2024.03", 2024),
        ("arXiv:2401.06151", "arXiv", None),
        ("IEEE Transactions on Image Processing", "IEEE Transactions on Image Processing", None),
        ("TKDE.", "TKDE", None),
    ],
)
def test_venues(text: str, venue: str, year: int | None) -> None:
    found = venues.venue(text)
    assert found is not None
    assert (text[found.start : found.end], found.year) == (venue, year)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Learning to rank",
        "Nature",
        "the best of ICML papers",
        "a fast cloud",
        "Robot Soccer World Cup, 2008",
        "2024",
    ],
)
def test_no_venues(text: str) -> None:
    assert venues.venue(text) is None


@pytest.mark.parametrize(
    "text",
    ["Nature", "Robot Soccer World Cup, 2008", "Elife 12 (2023): e79854", "Proteins, November 2017."],
)
def test_between_marks_more_is_a_venue(text: str) -> None:
    assert venues.venue(text, marked=True) is not None


def test_a_venue_in_a_sentence_needs_its_year() -> None:
    text = "reduces latency for many users, accepted by EuroSys'25"
    found = venues.venue_in(text)
    assert found is not None
    assert (text[found.start : found.end], found.year) == ("EuroSys'25", 2025)
    assert venues.venue_in("works well in EuroSys and elsewhere") is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024", 2024),
        ("2024.01", 2024),
        ("[2023/03]", 2023),
        ("2026-03-03", 2026),
        ("Mar. 2023", 2023),
        ("July 2022", 2022),
        ("'23", 2023),
        ("2023年5月", 2023),
        ("202304", 2023),
        ("1066", None),
        ("2401.06151", None),
        ("in 2024", None),
        ("v2024b", None),
    ],
)
def test_years(text: str, year: int | None) -> None:
    assert venues.year(text) == year


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Ada Lovelace, Charles Babbage, Mary Somerville", 3),
        ("Ada Lovelace et al.", 3),
        ("A. Lovelace and C. Babbage", 3),
        ("Lovelace, Ada and Babbage, Charles", 2),
        ("Ada Lovelace and Charles Babbage", 2),
        ("Ada Lovelace (Analytical Society) et al.", 3),
        ("Ada Lovelace", 1),
        ("learning to count", 0),
        ("MDPs and Semi-MDPs", 0),
        ("Ada Lovelace et al. arXiv", 0),
    ],
)
def test_people(text: str, sure: int) -> None:
    assert venues.people(text) == sure


@given(st.text(max_size=120), st.booleans())
def test_a_venue_lies_inside_its_phrase(text: str, marked: bool) -> None:
    found = venues.venue(text, marked)
    assert found is None or 0 <= found.start < found.end <= len(text)
    year = venues.year(text)
    assert year is None or 1950 <= year < 2100
    assert 0 <= venues.people(text) <= 3
