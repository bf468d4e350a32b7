"""What a fix may change, and what not: one row a promise."""

from __future__ import annotations

import pytest

from listbot import fixer
from listbot.edited_sides import Change
from listbot.finding import Edit
from listbot.parser import parse
from listbot.proof import prove
from listbot.source import Source, Span

LIST = """\
# Tools

Read [the guide](#tools) <!-- kept --> first.

- [Lark](https://github.com/example/lark) - Parses, see [docs][d].
- [Egg](https://arxiv.org/abs/2205.14135) - Saturates.
- [Mold](https://mold.example)

| name | link |
| --- | --- |
| Gold | [page](https://gold.example) |

[d]: https://lark.example/docs
"""


def proved(old: str, new: str, *may: str, text: str = LIST) -> str | None:
    """The proof after the first `old` in the text became `new`."""
    start = text.index(old)
    source = Source("README.md", text)
    edit = Edit(Span(start, start + len(old)), new)
    written, (span,) = fixer.apply(source.text, [edit])
    change = Change("a-rule", edit.span, span, frozenset(may))
    return prove(parse(source), parse(Source("README.md", written)), [change])


@pytest.mark.parametrize(
    ("old", "new", "may"),
    [
        ("https://arxiv.org/abs/2205.14135", "https://arxiv.org/pdf/2205.14135", ["targets"]),
        ("#tools", "#Tools", ["targets"]),
        ("https://lark.example/docs", "https://lark.example/docs?utm_source=x", ["targets"]),
        ("https://mold.example", "https://gold.example", ["works"]),
        ("[Mold](https://mold.example)", "[Mold] https://mold.example", ["text"]),
        (" <!-- kept -->", "", ["comments"]),
    ],
)
def test_what_is_declared_may_change(old: str, new: str, may: list[str]) -> None:
    assert proved(old, new, *may) is None


@pytest.mark.parametrize(
    ("old", "new", "may", "wrong"),
    [
        ("# Tools", "# Tooling", ["text"], "a heading changed"),
        ("# Tools", "## Tools", ["text"], "a heading changed"),
        ("first.\n", "first.\r\n", ["text"], "it brought in another kind of line ending"),
        ("docs\n", "docs", ["targets"], "the line ending at the end of the file changed"),
        (" <!-- kept -->", "", ["text"], "a comment changed"),
        ("- [Mold]", "[Mold]", ["text"], "a block came or went"),
        ("- [Egg]", "* [Egg]", ["text"], "a block came or went"),
        ("- Saturates.", "- Saturates.\n\n", ["text"], "a block became another"),
        ("| --- | --- |", "| :-- | --- |", ["text"], "a block became another"),
        ("[d]: https", "[e]: https", ["text"], "a link definition came or went"),
        ("[Mold](https://mold.example)", "Mold", ["targets"], "a link came or went"),
        ("https://mold.example", "https://gold.example", ["targets"], "https://gold.example is not the work of https"),
        ("https://mold.example", "https://gold.example", ["comments"], "a link to https://mold.example leads elsewh"),
        ("[Egg]", "[Eggs]", ["targets"], "a link became another"),
        ("Saturates", "Saturated", ["targets"], "an edit reached beyond the target of a link"),
        ("- Saturates.\n", "- Saturates. `\n- `", ["text"], "the text of a block changed that was not edited"),
        (
            "- [Egg](https://arxiv.org/abs/2205.14135) - Saturates.\n",
            "",
            ["entries"],
            "the link to arxiv:2205.14135 is",
        ),
    ],
)
def test_what_is_not_declared_may_not(old: str, new: str, may: list[str], wrong: str) -> None:
    found = proved(old, new, *may)
    assert found is not None
    assert found.startswith(wrong)


def test_lines_that_are_not_edited_are_held_whatever_is_declared() -> None:
    text = "- [a](https://a.example) `x\n- y\n\n[b](https://b.example)`\n"
    everything = ("targets", "works", "text", "comments", "entries")
    assert proved("`x", "`x\n\n", *everything, text=text) is not None
    swallowed = "- [a](https://a.example) and\n  [b](https://b.example)` more\n- [c](https://c.example)\n"
    assert proved(" and", " `and", *everything, text=swallowed) == "a link came or went"


def test_a_comment_between_two_lists_may_go_where_they_look_like_one() -> None:
    text = "- [a](https://a.example)\n<!-- c -->\n- [b](https://b.example)\n"
    assert proved("<!-- c -->\n", "", "comments", text=text) is None
    numbered = text.replace("- [a]", "1. [a]").replace("- [b]", "1. [b]")
    assert proved("<!-- c -->\n", "", "comments", text=numbered) == "a block came or went"
    loose = "- [a](https://a.example)\n\n<!-- c -->\n- [b](https://b.example)\n"
    assert proved("<!-- c -->\n", "", "comments", text=loose) == "a block became another"


def test_an_entry_that_goes_must_leave_its_links_somewhere() -> None:
    text = "- [a](https://a.example)\n- [b](https://b.example)\n- [a](https://a.example) [c](https://c.example)\n"
    source = Source("README.md", text)
    first, last = source.line_span(1), source.line_span(3)

    def merged(line: str) -> str | None:
        edits = [Edit(first, line), Edit(Span(last.start, len(text)), "")]
        written, spans = fixer.apply(text, edits)
        changes = [Change("a-rule", e.span, s, frozenset({"entries"})) for e, s in zip(edits, spans, strict=True)]
        return prove(parse(source), parse(Source("README.md", written)), changes)

    assert merged("- [a](https://a.example) [c](https://c.example)") is None
    assert merged("- [a](https://a.example)") == "the link to url:c.example is lost"
