"""Tokens: pairs of marks, links as the parser found them, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from listbot.parser import parse
from listbot.source import Source
from listbot.tokens import Token, Tokenizer, plain
from tests.oracles.documents import PIECES


def tokens(text: str) -> tuple[str, tuple[Token, ...]]:
    document = parse(Source("README.md", text))
    (block,) = [block for block in document.blocks if block.kind == "paragraph"]
    return document.source.text, Tokenizer(document).tokens(block.span)


def kinds(text: str) -> list[str]:
    return [token.kind for token in tokens(text)[1]]


def test_pairs() -> None:
    assert kinds("**bold** *italic* `code` \"quoted\" (paren) [bracket]") == [
        "strong", "text", "emphasis", "text", "code", "text", "quoted", "text", "paren", "text", "bracket",
    ]  # fmt: skip


def test_a_link_in_brackets_lies_inside_them() -> None:
    _, (bracket,) = tokens("[[pdf](https://a.example)]")
    assert bracket.kind == "bracket"
    assert [token.kind for token in bracket.inner] == ["link"]


def test_marks_without_partner_are_text() -> None:
    for text in ("an (open bracket", "a * star and snake_case_name", 'a 5" disk', "closed) too"):
        source, found = tokens(text)
        assert {token.kind for token in found} == {"text"}
        assert plain(source, found) == text


def test_plain_shows_what_a_reader_sees() -> None:
    source, found = tokens("**A** [b *c*](https://a.example) \\*d &amp; <b>e</b><br>f ![img](x.png)")
    assert plain(source, found) == "A b c *d & e f"


def covered(found: tuple[Token, ...]) -> list[tuple[int, int]]:
    return [(token.span.start, token.span.end) for token in found]


@given(st.lists(st.sampled_from([*PIECES, "(", ")", "“", "”", '"', "**", "_", "[", "]"]), max_size=40).map("".join))
def test_tokens_lie_in_order_and_inside_one_another(text: str) -> None:
    document = parse(Source("README.md", text))
    tokenizer = Tokenizer(document)

    def check(found: tuple[Token, ...], start: int, end: int) -> None:
        position = start
        for token in found:
            assert position <= token.span.start <= token.span.end <= end
            position = token.span.end
            check(token.inner, token.span.start, token.span.end)

    for block in document.blocks:
        if block.kind in ("paragraph", "cell"):
            found = tokenizer.tokens(block.span)
            check(found, block.span.start, block.span.end)
            plain(document.source.text, found)
