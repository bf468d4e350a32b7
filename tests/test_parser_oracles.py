"""The parser against two parsers of other lineages: pulldown-cmark for exact spans, GitHub's own for destinations.

Where the two disagree with each other, agreeing with GitHub's is right. Known reading differences, left as they are:
pulldown-cmark gives `[r]` for the collapsed `[r][]`; markdown-it and the two others disagree about which ragged rows
make a table, and markdown-it sees code where an indented line follows a definition (the random documents do not build
it).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from listbot.document import Document
from listbot.parser import parse
from listbot.source import Source, Span
from tests.oracles import github, pulldown
from tests.oracles.documents import random_document, shrunk

SHARED_CORPUS = sorted((Path(__file__).resolve().parents[2] / "shared" / "corpus").glob("*.md"))
MARKDOWN_KINDS = ("inline", "reference", "autolink")


def parsed(text: str) -> Document:
    return parse(Source("README.md", text))


def markdown_links(document: Document) -> list[tuple[bool, Span, str]]:
    found = [
        (link.image, link.span, link.target) for link in document.links + document.images if link.kind in MARKDOWN_KINDS
    ]
    return sorted(found, key=lambda link: (link[1], link[0]))


def targets(links: list[str]) -> Counter[str]:
    return Counter(github.comparable(target) for target in links if not target.startswith("mailto:"))


def missed_by_us(document: Document, text: str) -> Counter[str]:
    """What GitHub renders as a link or image and we do not know."""
    ours = targets([link.target for link in document.links + document.images])
    return Counter(github.links(text) + github.images(text)) - ours


def differs(text: str) -> bool:
    document = parsed(text)
    if [link[:2] for link in markdown_links(document)] == [link[:2] for link in pulldown.links(text)]:
        return False
    line_of = document.source.line_of
    tables = [block.first for block in document.blocks if block.kind == "table"]
    same_tables = tables == [line_of(offset) for offset in pulldown.tables(text)]
    same_tables = same_tables and len(tables) == github.html(text).count("<table>")
    return same_tables and bool(missed_by_us(document, text))


def assert_spans_are_exact(document: Document) -> None:
    source = document.source
    for link in document.links + document.images:
        assert source[link.destination] == link.url
        written = source[link.span]
        if link.kind == "inline":
            assert written.startswith("![" if link.image else "[")
            assert written.endswith(")")
            assert source.text[link.label.end] == "]"
            assert link.span.contains(link.destination)
        elif link.kind == "reference":
            assert written.startswith("![" if link.image else "[")
            assert written.endswith("]")
        elif link.kind == "bare":
            assert written == link.url
        else:
            assert written.startswith("<")
            assert written.endswith(">")


@pytest.mark.shared
@pytest.mark.parametrize("path", SHARED_CORPUS or [None], ids=lambda path: path.stem if path else "corpus")
def test_real_lists(path: Path | None) -> None:
    if path is None:
        pytest.skip("needs ../shared/corpus, which is not here")
    text = path.read_text("utf-8").removeprefix("\ufeff")
    document = parsed(text)
    assert_spans_are_exact(document)
    assert [link[:2] for link in markdown_links(document)] == [link[:2] for link in pulldown.links(text)]
    assert not missed_by_us(document, text)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "text",
    [
        "a [x](y) b\n",
        "\ufeff[x](y)\n",
        "> > - [x](y)\n>   lazy [z](w)\nlazier [v](u)\n",
        "- \t[x](y)\n\n\t[z](w)\n",
        "1. a\n   - [ ] [x](y)\n     and [z](w)\n",
        "| a | b |\n|---|---|\n| [x](y\\|z) | `a\\|b` [z](w) |\n",
        "> | a | [h](i) |\n> |---|---|\n> | [x](y) | [z](w)\n",
        "- | a | [h](i) |\n  |---|---|\n  [x](y) | [z](w)\n",
        "<details>\n<summary><a href='u'>s</a></summary>\n\n- [x](y)\n\n</details>\n",
        "# [x](y) #\n[z](w)\n===\n#[v](u)\n---\n",
        "[中文](y)（[é](w)）😀 [z](v)\n",
        "[![badge](https://b.c/d.svg)](https://e.f) ![i](j)\n",
        "[x](<y z> 'title') [r][R] [r] ![r]\n\n[r]: /u 'x'\n",
        "text https://a.b/c_(d)?e=f&g=h. (www.i.jk) <https://l.m>\n",
        '<p align="center"><img src="a.png"><a href="https://b.c?d=e&amp;f">x</a></p>\n',
    ],
)
def test_hard_places(text: str, ending: str) -> None:
    text = text.replace("\n", ending)
    document = parsed(text)
    assert document.links
    assert_spans_are_exact(document)
    bare = text.removeprefix("\ufeff")
    assert markdown_links(document) == pulldown.links(bare)
    assert not missed_by_us(document, text)


def campaign(seed: int, documents: int) -> list[str]:
    random = Random(seed)  # noqa: S311 - a repeatable campaign, no secret
    failures = []
    for _ in range(documents):
        text = random_document(random)
        assert_spans_are_exact(parsed(text))
        if differs(text):
            failures.append(shrunk(text, differs))
    return failures


def test_random_documents() -> None:
    assert campaign(seed=20_261, documents=1_000) == []


@pytest.mark.nightly
def test_many_random_documents() -> None:
    assert campaign(seed=20_262, documents=20_000) == []
