"""entry-format: when there is a house style, and whose defects are not its own."""

from __future__ import annotations

import pytest

from tests.pages import diagnostics, fixed

NAMES = [f"Tool {letter}{digit}" for letter in "ABCDE" for digit in range(8)]


def listed(*, change: dict[int, str] | None = None, many: int = 40) -> str:
    lines = [f"- [{name}](https://github.com/example/{name[5:].lower()}) - Reads text." for name in NAMES[:many]]
    for at, line in (change or {}).items():
        lines[at] = line
    return "## Tools\n\n" + "".join(line + "\n" for line in lines)


def said(text: str) -> list[str]:
    return [d.message for d in diagnostics("entry-format", text)]


COLON = "- [Other](https://github.com/example/other): Reads text."


def test_two_of_forty_are_outliers_and_three_are_none() -> None:
    assert (
        said(listed(change={3: COLON, 9: COLON.replace("ther", "dd")}))
        == ["38 of 40 entries separate title and notes with ' - '; this one with ':'"] * 2
    )
    assert said(listed(change={n: COLON.replace("ther", f"dd{n}") for n in (3, 9, 12)})) == []


def test_fewer_than_twenty_entries_are_no_style() -> None:
    assert said(listed(change={3: COLON}, many=19)) == []
    assert len(said(listed(change={3: COLON}, many=20))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "- [Other](https://github.com/example/other) reads text.",
        "- [Other](https://github.com/example/other)",
        "- [Other](https://github.com/example/other) - :star: Reads text.",
        "- [Other](https://github.com/example/other) - .NET reads text.",
        "- [Other](https://github.com/example/other) - Reads text (and more).",
        "- [Other](https://github.com/example/other) - Does it read text?",
        "- [Other](https://github.com/example/other) - Reads [text](https://example.com/text)",
    ],
)
def test_what_is_no_other_form_is_left_alone(line: str) -> None:
    assert said(listed(change={5: line})) == []


def test_one_dash_is_safely_written_for_another_and_a_colon_is_left() -> None:
    dash = "- [Other](https://github.com/example/other) – Reads text."
    text = listed(change={5: dash, 6: COLON.replace("ther", "dd")})
    assert fixed("entry-format", text) == text.replace(" – ", " - ")


def test_people_and_sentences_are_no_entries_that_lost_their_bullet() -> None:
    around = "Kept by [Ada](https://example.com/ada).\n\n[Ben Doe](https://example.com/ben): a friend of the list\n\n"
    assert said(around + listed() + "\n" + around) == []
    entry = "[A tool that reads very long texts](https://example.com/long) - Reads text.\n"
    assert said(listed() + "\n" + entry) == ["40 of 41 entries are items of a list; this one is a paragraph"]


def test_news_have_a_form_of_their_own() -> None:
    assert said(listed() + "\n## News\n\n" + COLON + "\n") == []
