"""Any text is Markdown: it parses, in linear steps, and every span lies where it should."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.document import Document, Entry
from listbot.parser import parse
from listbot.source import Source, Span
from tests.oracles.documents import PIECES
from tests.work_done import steps

TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def parsed(text: str) -> Document:
    return parse(Source("README.md", text))


@given(TEXTS)
def test_spans_are_nested_in_order_and_inside_the_text(text: str) -> None:
    document = parsed(text)
    whole = Span(0, len(document.source.text))
    for link in document.links + document.images:
        assert whole.contains(link.span)
        assert whole.contains(link.destination)
        assert document.source[link.destination] == link.url
        assert link.kind in ("reference", "html") or link.span.contains(link.destination)
        assert link.kind == "html" or link.span.contains(link.label)
    for block in document.blocks:
        assert whole.contains(block.span)
        assert 1 <= block.first <= block.last <= document.source.line_count
        if block.parent >= 0:
            outer = document.blocks[block.parent]
            assert outer.first <= block.first
            assert block.last <= outer.last
    assert [link.span for link in document.links] == sorted(link.span for link in document.links)
    firsts = [section.heading.span.start for section in document.sections]
    assert firsts == sorted(firsts)
    for section in document.sections:
        assert section.span.contains(section.heading.span)
        assert section.parent < 0 or document.sections[section.parent].span.contains(section.span)
    assert len(document.prose) == len(document.source.text)


@given(TEXTS)
def test_parsing_is_deterministic(text: str) -> None:
    one, other = parsed(text), parsed(text)
    assert (one.links, one.images, one.blocks, one.anchors) == (other.links, other.images, other.blocks, other.anchors)


def repeated(text: str) -> Callable[[int], str]:
    return lambda n: text * (n // len(text) + 1)


def within_entries(piece: str, first: str = "- A title of some words ", end: str = "\n") -> Callable[[int], str]:
    """Entries as long as entries can be, full of one piece."""
    most = 15_000

    def make(n: int) -> str:
        whole, rest = divmod(n, most)
        return "".join(first + piece * (size // len(piece)) + end for size in [most] * whole + [rest])

    return make


HOSTILE: dict[str, Callable[[int], str]] = {
    "open brackets": lambda n: "[" * n,
    "open images": lambda n: "![" * n,
    "closed brackets": lambda n: "[" * n + "]" * n,
    "empty links": lambda n: "[](" * n,
    "nested links": lambda n: "[" * n + "](a)" * n,
    "open titles": lambda n: '[a](b "' * n,
    "long destinations": lambda n: "[a](" + "b" * n,
    "parentheses": lambda n: "[a](" + "(" * n + ")" * n,
    "backticks": lambda n: "".join("`" * (k % 50 + 1) + " " for k in range(n // 25)),
    "open tags": lambda n: "<a " * n,
    "open attributes": lambda n: '<a b="' * n,
    "blanks in a tag": lambda n: "<a" + " " * n,
    "open comments": lambda n: "a <!--" * n,
    "open declarations": lambda n: "a <!A" * n,
    "open instructions": lambda n: "a <?" * n,
    "open autolinks": lambda n: "<http://" * n,
    "bare urls": lambda n: "http://a" * n,
    "bare dots": lambda n: "www." * n,
    "bare underscores": lambda n: "*www._" * n,
    "trailing parentheses": lambda n: "http://a.b/" + ")" * n,
    "trailing entities": lambda n: "http://a.b/" + "&a;" * n,
    "references": lambda n: "[a]: b\n\n" + "[a]" * n,
    "reference definitions": lambda n: "".join(f"[a{k}]: b\n" for k in range(n // 8)),
    "emphasis": lambda n: "*_" * n,
    "escapes": lambda n: "\\" * n,
    "html blocks": lambda n: "<div>\n\n" * (n // 8),
    "scripts": lambda n: "<script>" * n,
    "lines": lambda n: "a\n" * n,
    "nested lists": lambda n: "- " * n,
    "list stairs": lambda n: "".join("  " * (k % 30) + "- a\n" for k in range(n // 32)),
    "nested quotes": lambda n: "> " * n,
    "quote stairs": lambda n: "".join(">" * (k % 30) + " a\n" for k in range(n // 17)),
    "lists in quotes": repeated("> - > - > - > - > - > - a\n"),
    "wide table": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|b" * n + "|\n",
    "tall table": lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * (n // 6),
    "ragged table": lambda n: "|a|b|\n|-|-|\n" + "".join("|c" * (k % 40) + "\n" for k in range(n // 40)),
    "table of entries": lambda n: "|Title|\n|-|\n" + "|A title of words [pdf](http://a.b)|\n" * (n // 38),
    "headings": repeated("# a\n"),
    "numbered headings": lambda n: "".join(f"## a {k % 7}\n" for k in range(n // 7)),
    "headings with labels": repeated("### A title of some words\n\n[pdf](http://a.b)\n\n"),
    "bold lines with labels": repeated("**A title of some words**\n\n[pdf](http://a.b)\n\n"),
    "linked paragraphs": repeated("[A title](http://a.b) of some\n\n"),
    "one section of items": repeated("- [A title](http://a.b) - notes\n"),
    "bold titles": repeated("- **A title of some words** *A. Lark, B. Wren*. ICML 2020. [[pdf](http://a.b)]\n"),
    "one item of labels": lambda n: "- A title of some words\n" + "  - [pdf](http://a.b)\n" * (n // 22),
    "raw rows": repeated("<tr><td><a href='http://a.b'>A title</a></td></tr>\n\n"),
    "labels": within_entries("[[pdf](http://a.b)] "),
    "author lists": within_entries("Ada Lark, ", "- [A title of words](http://a.b) "),
    "initials": within_entries("A. Lark, "),
    "years": within_entries("2020, "),
    "venues": within_entries("ICML 2020, "),
    "brackets in entries": within_entries("(a) "),
    "open brackets in entries": within_entries("("),
    "quotes in entries": within_entries('"'),
    "chips in entries": within_entries("`a` "),
    "emphasis in entries": within_entries("*a b* "),
    "badges in entries": within_entries("[![a](b)](c) "),
    "blanks in entries": within_entries(" ", "- [A title](http://a.b) a", "b\n"),
    "facts at the end of bold titles": within_entries(" (2020)", "- **A title of some words", "**\n"),
    "facts at the end of linked titles": within_entries(" (ICML)", "- [A title of some words", "](http://a.b)\n"),
}


def entries_of(text: str) -> list[Entry]:
    return parsed(text).entries


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_costs_steps_linear_in_its_size(kind: str) -> None:
    make = HOSTILE[kind]
    parsed(make(10))
    small, large = (steps(partial(entries_of, make(size))) for size in (400, 1_600))
    assert large < 5.5 * small + 2_000


@pytest.mark.parametrize("text", ["\0\ufffd\n*", "# \0\ufffd", "a\n\0\ufffd [b](c)", "\0\ufffd\n="])
def test_a_nul_beside_a_replacement_character_keeps_its_place(text: str) -> None:
    document = parsed(text)
    assert all(document.source[link.span] == "[b](c)" for link in document.links)
    assert "\0\ufffd" in document.source[document.blocks[0].span]


def test_who_asks_for_links_alone_keeps_little_memory() -> None:
    count = 2_000
    text = "".join(f"- [Tool {number}](https://host{number}.example/page) - notes\n" for number in range(count))
    entries_of(text[:1_000])
    tracemalloc.start()
    document = parsed(text)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(document.links) == count
    assert kept < 2_000 * count


def test_a_document_goes_with_its_last_reader() -> None:
    """A circle of references would keep each list in memory until all that is old is walked through: 300 MB for 73."""
    text = (
        "# T\n\n## [A](http://a.b)\n\n- [x](#t)\n\n" + "- [A title of words](http://a.b) by Ada Lark, ICML 2020\n" * 20
    )
    enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        document = parsed(text)
        assert len(document.entries) >= 20
        del document
        assert gc.collect() == 0
    finally:
        if enabled:
            gc.enable()
