"""The word lists: what is known, what is near, and that the data belongs to the sources."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import lexicon, tables

WORDS = tables.rules_dir() / "data" / "words"
letters = st.text(string.ascii_lowercase, min_size=1, max_size=12)


@pytest.mark.parametrize("word", ["colour", "color", "analyse", "analyze", "Guidance", "tokenizer", "kvcache"])
def test_both_ways_to_write_english_and_terms_are_known(word: str) -> None:
    assert lexicon.knows(word)


@pytest.mark.parametrize("word", ["guidence", "libary", "asurvey", "", "naïvité", "belive", "ceratin"])
def test_misspellings_are_not(word: str) -> None:
    assert not lexicon.knows(word)


def test_all_terms_are_in_the_built_lists() -> None:
    text = "\n".join((WORDS / name).read_text("utf-8") for name in ("terms.txt", "names.txt"))
    terms = [term for line in text.splitlines() for term in line.split("#")[0].split() if term.isalpha()]
    assert len(terms) > 500
    assert [term for term in terms if not lexicon.knows(term)] == [], "run tools/build_lexicon.py"


def test_names_that_lists_write_about_are_in_the_built_lists() -> None:
    assert [name for name in tables.load("spelling")["names"] if lexicon.rank(name.lower()) is None] == []


def test_the_notices_of_the_sources_ship_with_the_data() -> None:
    assert "Copyright 2000-2011 by Kevin Atkinson" in (WORDS / "SCOWL.txt").read_text("utf-8")
    assert "Wolf Garbe" in (WORDS / "SYMSPELLPY.txt").read_text("utf-8")


def test_frequent_words_have_one_width_and_are_known() -> None:
    lines = (WORDS / "frequent.txt").read_text("ascii").splitlines(keepends=True)
    assert {len(line) for line in lines} == {20}
    words = [line.removesuffix("\n").rstrip(" ^") for line in lines]
    assert words[0] == "the"
    assert len(set(words)) == len(words)
    assert [word for word in words if not lexicon.knows(word.removesuffix("'s"))] == []


@pytest.mark.parametrize(
    ("typed", "meant", "slips"),
    [
        ("guidence", "guidance", 1),
        ("laeding", "leading", 1),
        ("performce", "performance", 1),  # a syllable
        ("compuataion", "computation", 2),
        ("implmentatino", "implementation", 2),
        ("doesnt", "doesn't", 1),
    ],
)
def test_what_is_a_slip_or_two_away(typed: str, meant: str, slips: int) -> None:
    assert (meant, slips) in [(near.word, near.slips.number) for near in lexicon.near(typed)]


@given(letters, st.integers(0, 11), st.sampled_from(string.ascii_lowercase))
def test_one_letter_extra_is_one_slip(word: str, at: int, letter: str) -> None:
    assert lexicon.distance(word, word[:at] + letter + word[at:]) == 1


@given(letters, letters)
def test_distance_is_a_symmetric_measure(one: str, other: str) -> None:
    assert lexicon.distance(one, other) == lexicon.distance(other, one)
    assert (lexicon.distance(one, other) == 0) == (one == other)
    assert lexicon.distance(one, other) <= max(len(one), len(other))


@given(st.integers(0, 5_000), st.integers(0, 18))
def test_a_frequent_word_without_one_letter_finds_it_again(rank: int, at: int) -> None:
    line = (WORDS / "frequent.txt").read_bytes()[rank * 20 : rank * 20 + 18].decode("ascii").strip()
    at = 1 + at % (len(line) - 1)  # without its first letter a word is another one
    typed = line[:at] + line[at + 1 :]
    assert len(typed) < 3 or line in [near.word for near in lexicon.near(typed)]


@given(st.text(max_size=40))
def test_any_text_may_be_asked_about(text: str) -> None:
    assert isinstance(lexicon.knows(text), bool)
    assert all(1 <= near.slips.number <= 2 for near in lexicon.near(text))
