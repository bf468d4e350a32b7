"""How likely it is that one word was typed for another."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import slips
from listbot.slips import Slips

words = st.text(string.ascii_lowercase, min_size=3, max_size=12)


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [
        ("accomodate", "accommodate", Slips(1, slips.DOUBLED)),
        ("limitedd", "limited", Slips(1, slips.DOUBLED)),
        ("laeding", "leading", Slips(1, slips.SWAPPED)),
        ("perfomance", "performance", Slips(1, slips.MISSING)),
        ("guidence", "guidance", Slips(1, slips.VOWEL)),
        ("extention", "extension", Slips(1, slips.SOUND)),
        ("trainging", "training", Slips(1, slips.EXTRA)),
        ("diaplay", "display", Slips(1, slips.BESIDE)),
        ("dynamil", "dynamic", Slips(1, slips.OTHER)),
        ("nalyzing", "analyzing", Slips(1, slips.FIRST)),
        ("commong", "common", Slips(1, slips.LAST)),
        ("implemention", "implementation", Slips(1, slips.SYLLABLE)),
        ("imitatiting", "imitating", Slips(1, slips.STUTTER)),
        ("capabitilies", "capabilities", Slips(1, slips.ACROSS)),
        ("librarys", "libraries", Slips(1, slips.MISSING)),
        ("algoirhtms", "algorithms", Slips(2, slips.SWAPPED * slips.SWAPPED)),
        ("htop", "top", slips.NONE),  # another first letter is another word
        ("webp", "web", slips.NONE),
        ("bandlet", "handle", slips.NONE),
        ("guidance", "performance", slips.NONE),
    ],
)
def test_what_happened_between_two_words(typed: str, meant: str, expected: Slips) -> None:
    assert slips.between(typed, meant) == expected


@given(words, st.integers(1, 11), st.integers(1, 11))
def test_letters_left_out_behind_the_first_are_slips(meant: str, one: int, other: int) -> None:
    typed = "".join(letter for at, letter in enumerate(meant) if at not in {one % len(meant), other % len(meant)} - {0})
    found = slips.between(typed, meant)
    assert typed == meant or found.number in (1, 2)
    assert 0 <= found.likelihood <= 1


@given(words, words)
def test_any_two_words_can_be_compared(one: str, other: str) -> None:
    found = slips.between(one, other)
    assert (found.number == 0) == (found.likelihood == 0)
    assert (
        one[0] == other[0]
        or found.number == 0
        or sorted(one[:2]) == sorted(other[:2])
        or one[1:2] == other[:1]
        or one[0] == other[1]
    )


few_letters = st.text("abesi", min_size=5, max_size=9)


@given(few_letters, st.data())
def test_the_quick_no_denies_no_slip(meant: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(meant)))
    end = data.draw(st.integers(start, min(len(meant), start + 3)))
    typed = meant[:start] + data.draw(st.text("abesi", max_size=3)) + meant[end:]
    if len(typed) >= 5 and slips.between(typed, meant).number == 1:
        assert slips.may_be_one(typed, meant)
