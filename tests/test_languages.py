"""Which lines are in another language, and that typo and confused-word leave them alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import languages
from tests.pages import diagnostics
from tests.sentences import DESCRIPTIONS, descriptions, entries

ENGLISH = [
    "A fast parser for the logs of many hosts",
    "Search engine on cloud storage, written in Rust",
    "Simple web framework",
    "Dashboards and alerts",
    "Lets you ask questions",
]


def said(text: str) -> list[str]:
    return [found.message for rule in ("typo", "confused-word") for found in diagnostics(rule, text)]


@pytest.mark.parametrize("language", DESCRIPTIONS)
def test_a_list_in_another_language_has_no_misspelt_words(language: str) -> None:
    assert said("# Tools\n\n" + entries(descriptions(language))) == []


@pytest.mark.parametrize("language", DESCRIPTIONS)
def test_an_english_list_may_have_a_section_in_another_language(language: str) -> None:
    english = "# Tools\n\n## English\n\n" + entries(ENGLISH)
    assert said(english + "\n## Other\n\n" + entries(descriptions(language), 20)) == []


@pytest.mark.parametrize("language", [one for one in DESCRIPTIONS if one != "Catalan"])
def test_an_english_list_may_have_an_entry_in_another_language(language: str) -> None:
    for text in descriptions(language):
        assert said("# Tools\n\n" + entries([*ENGLISH, text])) == []


@pytest.mark.parametrize("language", DESCRIPTIONS)
def test_an_english_line_of_another_list_is_judged(language: str) -> None:
    lines = descriptions(language)
    mixed = entries([*lines[:5], "The guidence of a grammar", *lines[5:], "It may by used with any grammar"])
    assert said("# Tools\n\n" + mixed) == ["`guidence` → `guidance`", "`may by` → `may be`: a verb is missing"]


@pytest.mark.parametrize(
    ("lines", "foreign", "hinted", "mute"),
    [
        (["Gestor de paquetes para Rust"], {1}, set(), set()),
        (["Gestor de paquetes"], set(), {1}, set()),
        (["Una lista de libros", "Otra de cursos", "Grandes ejemplos"], {1, 2, 3}, set(), set()),
        (["Una lista de libros", "Otra de cursos", "The logs of a host"], {1, 2}, set(), set()),
        (["The logs of the hosts", "Grandes ejemplos", "Los ejemplos"], set(), {3}, {2}),
        (["L’outil qu’il faut"], {1}, set(), set()),
        (["By Ada et al. of Las Vegas and Los Angeles, for the Café de Paris"], set(), set(), set()),
        (["https://de.example/la/que/para and de-la-que, la=que"], set(), set(), set()),
        (["A naïve café"], set(), set(), {1}),
        (["快速工具", "Быстрый инструмент"], set(), set(), {1, 2}),
    ],
)
def test_what_tells_the_language_of_a_line(
    lines: list[str], foreign: set[int], hinted: set[int], mute: set[int]
) -> None:
    assert languages.judge(lines, [0] * len(lines)) == (foreign, hinted, mute)


def test_a_part_speaks_for_its_lines_before_the_whole_does() -> None:
    english = ["The logs of the hosts", "The dashboards of the team", "It is a parser"]
    lines = [*english, "Una lista de libros", "Otra de cursos", "Grandes ejemplos"]
    assert languages.judge(lines, [0, 0, 0, 1, 1, 1]).foreign == {4, 5, 6}
    assert languages.judge(lines, [0] * 6).foreign == {4, 5}


@given(st.lists(st.text(alphabet="ade lqunoiéï'’.-/A字", max_size=20), max_size=6))
def test_any_lines_are_judged_and_no_line_twice(lines: list[str]) -> None:
    told = languages.judge(lines, [at % 2 for at in range(len(lines))])
    groups = [told.foreign, told.hinted, told.mute]
    assert sum(map(len, groups)) == len(frozenset().union(*groups)) <= len(lines)
    assert all(1 <= line <= len(lines) for group in groups for line in group)
