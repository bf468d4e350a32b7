# ruff: noqa: E501 - a shape a line reads best
"""Shapes that unseen lists write, one a row: what is title, venue, year and primary link."""

from __future__ import annotations

import pytest

from listbot import venues
from listbot.document import Entry
from listbot.entry_parts.phrases import trailing_venue
from listbot.parser import parse
from listbot.source import Source

PAPER = "https://arxiv.org/abs/2205.14135"
CODE = "https://github.com/example/flash"


def entries(text: str) -> list[Entry]:
    return parse(Source("README.md", text)).entries


def only(text: str) -> Entry:
    (entry,) = entries(text)
    return entry


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("A Survey", 1),
        ("A Fast Mixture-of-Birds Counting System", 0),
        ("A Simple and Efficient Bird Counting System", 0),
        ("A Modern, Fast", 0),
        ("A V Lark, Bo Wren, Cy Owl", 3),
        ("A Lark, Bo Wren, Cy Owl", 3),
        ("A. Lark", 3),
        ("A Lark et al.", 3),
    ],
)
def test_the_article_is_no_initial(text: str, people: int) -> None:
    assert venues.people(text) == people


@pytest.mark.parametrize(
    ("title", "venue"),
    [
        ("Counting Birds from Far OSDI'23", "OSDI'23"),
        ("Counting Birds from Far EuroSys' 26 ", "EuroSys' 26"),
        ("Counting Birds from Far USENIX ATC'21", "USENIX ATC'21"),
        ("Counting Birds from Far, CVPR 2020", "CVPR 2020"),
        ("Counting Birds from Far - ICML 2019", "ICML 2019"),
        ("Counting Birds on ImageNet 2012", None),
        ("What We Saw at CVPR'19", None),
        ("Counting Birds with GPT-4", None),
        ("Birds CVPR'19", None),
    ],
)
def test_a_venue_at_the_end_of_a_title(title: str, venue: str | None) -> None:
    found = trailing_venue(title)
    assert (found["venue"] if found else None) == venue
    for text in (f"- [{title}]({PAPER})", f"- **{title.strip()}** [pdf]({PAPER})", f"- {title} [[pdf]({PAPER})]"):
        entry = only(text + "\n")
        if venue is not None:
            assert (entry.title, entry.venue) == ("Counting Birds from Far", venue)


@pytest.mark.parametrize(
    ("text", "title", "authors", "venue", "year", "primary"),
    [
        (f"- Wren: A Survey [[pdf]({PAPER})]", "Wren: A Survey", None, None, None, PAPER),
        (f"- Wren: A Fast Bird Counting System [[pdf]({PAPER})]", "Wren: A Fast Bird Counting System", None, None, None, PAPER),
        (f"- One Bird: A Study of Wings, Beaks, Feathers and Tails [[pdf]({PAPER})]", "One Bird: A Study of Wings, Beaks, Feathers and Tails", None, None, None, PAPER),
        (f"- Counting birds from far, Ada Lark, Bo Wren, Cy Owl [[pdf]({PAPER})]", "Counting birds from far", "Ada Lark, Bo Wren, Cy Owl", None, None, PAPER),
        (f"1. (2013 Bird Care) **Counting Birds from Far.** _Ada Lark, Bo Wren_. [[pdf]({PAPER})]", "Counting Birds from Far", "Ada Lark, Bo Wren", "2013 Bird Care", 2013, PAPER),
        (f"1. (Birds at sea; ACL 2020) **Counting Birds from Far.** _Ada Lark, Bo Wren_. [[pdf]({PAPER})]", "Counting Birds from Far", "Ada Lark, Bo Wren", "ACL 2020", 2020, PAPER),
        (f"- code [Counting Birds from Far OSDI'23]({CODE})\n\n  paper [Counting Birds from Far OSDI'23]({PAPER})", "Counting Birds from Far", None, "OSDI'23", 2023, PAPER),
        (f"- **Video** Birds: Far and Near, [[Paper]]({PAPER})", "Video Birds: Far and Near", None, None, None, PAPER),
    ],
)  # fmt: skip
def test_shapes(
    text: str, title: str, authors: str | None, venue: str | None, year: int | None, primary: str | None
) -> None:
    entry = only(text + "\n")
    assert (entry.title, entry.authors, entry.venue, entry.year) == (title, authors, venue, year)
    assert (entry.primary.link.target if entry.primary else None) == primary


def test_a_label_in_plain_words_says_what_the_link_after_it_is() -> None:
    text = f"- code [Counting Birds from Far]({CODE})\n\n  paper [Counting Birds from Far](https://birds.example/1)\n"
    assert [link.role for link in only(text).links] == ["code", "paper"]
