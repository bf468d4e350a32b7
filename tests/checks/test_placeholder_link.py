"""placeholder-link: the table of placeholders row by row, and what shares a URL by right."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import tables
from listbot.checks import placeholder_link
from listbot.checks.placeholder_link import Options
from listbot.finding import Finding
from listbot.parser import parse
from listbot.rule import Context
from listbot.rulebook import pages
from listbot.source import Source

ROWS = tables.load("placeholders")["placeholder"]
DEFAULTS = Options(**{name.replace("-", "_"): value for name, value in pages()["placeholder-link"].options.items()})


class Alone:
    """A file of which nothing around it is known, but for the paths in `there`."""

    def __init__(self, *there: str) -> None:
        self.there = there

    def exists(self, path: str) -> bool | None:
        return True if path in self.there else None

    def anchors(self, path: str) -> frozenset[str] | None:  # noqa: ARG002
        return None


def found(text: str, *there: str, options: Options = DEFAULTS) -> list[Finding]:
    context = Context(parse(Source("README.md", text)), options, Alone(*there))
    return list(placeholder_link.check(context))


def lines(text: str, options: Options = DEFAULTS) -> list[int]:
    source = Source("README.md", text)
    return [source.line_of(finding.span.start) for finding in found(text, options=options)]


# The table ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("row", "target"), [(row, target) for row in ROWS for target in row["examples"]])
def test_a_row_finds_its_examples(row: dict[str, str], target: str) -> None:
    assert re.search(row["pattern"], target, re.IGNORECASE)
    written = f"<{target}>" if " " in target else target
    (finding,) = found(f"- [A title of some words]({written}) - Notes.\n")
    assert finding.grade == "unfilled"


@pytest.mark.parametrize("target", [target for row in ROWS for target in row["silent"]])
def test_no_row_finds_what_looks_alike(target: str) -> None:
    assert found(f"- [A title of some words](<{target}>) - Notes.\n") == []


def test_every_row_has_its_reason() -> None:
    for row in ROWS:
        assert set(row) == {"pattern", "says", "why", "examples", "silent"}
        assert row["says"]
        assert row["why"]
        assert row["examples"]
        assert row["silent"]


# Where they count -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count", "why"),
    [
        ("- [A title of some words](TODO)\n", 1, "a list item"),
        (
            "| t | l |\n|---|---|\n| A title of some words | [pdf](https://arxiv.org/abs/2409.xxxxx) |\n",
            1,
            "a table row",
        ),
        ("- **A title of some words** [[pdf](XXX)] [[code](TBD)]\n", 2, "each link of an entry"),
        ("To add a paper, replace [the link](TODO) by yours.\n", 0, "prose speaks of placeholders"),
        ("- [Paper title](link) - the form of an entry\n", 0, "the form of an entry"),
        ("- **[Name](https://example.com)** - the form of an entry\n", 0, "the form of an entry"),
        ("- [A title of some words](https://lab.example/a) `TODO`\n", 0, "a word outside the target"),
        ("- https://arxiv.org/abs/XXXX.XXXXX\n", 0, "a bare URL is text"),
    ],
)
def test_where_a_placeholder_counts(text: str, count: int, why: str) -> None:
    assert len(found(text)) == count, why


def test_a_file_of_that_name_is_no_placeholder() -> None:
    assert found("- [What is to be done](TODO)\n")
    assert found("- [What is to be done](TODO)\n", "TODO") == []


# One URL under many titles --------------------------------------------------------------------------------------------

PAPER = "https://arxiv.org/abs/2401.00001"
UNLIKE = [
    "Packrat parsing of grammars",
    "Incremental linking at scale",
    "Equality saturation in databases",
    "Register files",
]


def entries(url: str, titles: list[str]) -> str:
    return "".join(f"- [{title}]({url})\n" for title in titles)


def test_a_copied_paper_is_found_from_the_third_title_on() -> None:
    assert lines(entries(PAPER, UNLIKE[:2])) == []
    assert lines(entries(PAPER, UNLIKE[:3])) == [2, 3]
    assert lines(entries(PAPER, UNLIKE[:2]), Options(2, 4)) == [2]


def test_a_copied_page_is_found_from_the_fourth_title_on() -> None:
    titles = [*UNLIKE[:3], "Register allocation by colouring"]
    assert lines(entries("https://lab.example/a", titles[:3])) == []
    assert lines(entries("https://lab.example/a", titles)) == [2, 3, 4]


def test_spellings_of_one_url_count_as_one() -> None:
    text = (
        f"- [{UNLIKE[0]}]({PAPER})\n- [{UNLIKE[1]}]({PAPER}v2)\n- [{UNLIKE[2]}](http://arxiv.org/pdf/2401.00001.pdf)\n"
    )
    assert lines(text) == [2, 3]


@pytest.mark.parametrize(
    ("titles", "why"),
    [
        (["Tup", "Ninja", "Meson", "Bazel"], "names of tools or data sets"),
        (["The dragon book, part one", "The dragon book, part two", "The dragon book, part three"], "parts of a book"),
        ([UNLIKE[0]] * 3, "one title three times is a duplicate"),
        ([*UNLIKE[:3], "Packrat parsing of many grammars"], "two titles of one paper among them"),
        ([*UNLIKE[:2], "Packrat"], "a name among them"),
    ],
)
def test_what_shares_a_url_by_right(titles: list[str], why: str) -> None:
    assert lines(entries(PAPER, titles)) == [], why


def test_fragments_and_beside_links_do_not_count() -> None:
    assert lines("".join(f"- [{t}](https://lab.example/a#{n})\n" for n, t in enumerate(UNLIKE * 2))) == []
    beside = "".join(f"- [{t}](https://lab.example/{n}) [[code]({PAPER})]\n" for n, t in enumerate(UNLIKE[:3]))
    assert lines(beside) == []


def test_a_programme_under_a_venue_is_no_copy() -> None:
    titles = [*UNLIKE[:3], "Register allocation by colouring"]
    text = "".join(f"- [[ICRA]({{0}})] {title}\n" for title in titles)
    assert lines(text.replace("{0}", "https://conference.example/programme")) == []
    assert lines(text.replace("{0}", PAPER)) == [2, 3, 4]


def test_related_places_name_their_sections() -> None:
    text = f"## Parsing\n\n{entries(PAPER, UNLIKE[:2])}\n## Optimising\n\n{entries(PAPER, UNLIKE[2:3])}"
    last = found(text)[-1]
    assert last.grade == "copied"
    assert last.work == "arxiv:2401.00001"
    assert [related.message for related in last.related] == [
        f"also under “{UNLIKE[0]}”, in Parsing",
        f"also under “{UNLIKE[1]}”, in Parsing",
    ]


def test_an_unfilled_target_is_not_copied_as_well() -> None:
    assert {
        finding.grade for finding in found(entries("https://example.com/a", [*UNLIKE[:3], "Four words of title"]))
    } == {"unfilled"}


WORDS = [
    "- ",
    "[",
    "](",
    ")",
    "\n",
    "# a\n",
    "| ",
    PAPER,
    "TODO",
    "https://xxxx",
    "{{",
    "arxiv.org/abs/",
    "a b c d",
    " ",
]
PIECES = st.sampled_from(WORDS)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_no_text_breaks_the_check_and_spans_are_inside_it(text: str) -> None:
    source = Source("README.md", text)
    for finding in found(text):
        assert 0 <= finding.span.start < finding.span.end <= len(source.text)
        assert finding.grade in pages()["placeholder-link"].severities
