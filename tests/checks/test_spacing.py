"""spacing beyond its page's examples: each form, what looks like it, and what a list does on purpose."""

from __future__ import annotations

import pytest

from listbot.checks.spacing.forms import FORMS
from tests.pages import diagnostics, fixed

GOOD = "".join(
    f"- [Tool {n}](https://example.com/{n}): a tool (good, fast, small), by Doe et al., for parsing: good. See it!\n"
    if n % 4
    else f"- [Tool {n}](https://example.com/{n}): a tool on [Birds](https://example.com/b), [Bees](https://example.com/c).\n"
    f"  Good. ([Docs](https://example.com/{n}/docs))\n"
    for n in range(20)
)
LINK = "[Lark](https://github.com/example/lark)"


def entry(notes: str) -> str:
    return f"{GOOD}- {LINK}: {notes}\n"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("one  two", "one two"),
        (" one", "one"),
        ("one,  two", "one, two"),
        ("models(maybe not)", "models (maybe not)"),
        ("an algorithm(?)", "an algorithm (?)"),
        ("the Time(JCT)", "the Time (JCT)"),
        ("in PPoPP'24(poster)", "in PPoPP'24 (poster)"),
        ("in ICLR 2020(Oral)", "in ICLR 2020 (Oral)"),
        ("in ICLR2020(pre)", "in ICLR2020 (pre)"),
        ("one(LLM)-two(SmallLM)", "one (LLM)-two (SmallLM)"),
        ("fast,small and old", "fast, small and old"),
        ("note:Use it with care", "note: Use it with care"),
        ("Fast Paths:Training in an hour", "Fast Paths: Training in an hour"),
        ("a parser.It is small", "a parser. It is small"),
        ("the end . The next", "the end. The next"),
        ("by Ada Wren, Ann . The Next Song, today", "by Ada Wren, Ann. The Next Song, today"),
        ("parsers : some of them", "parsers: some of them"),
        ("Is it good !", "Is it good!"),
        ("the tool ( by Doe and Roe ) reads", "the tool (by Doe and Roe) reads"),
        ("the tool ( by Doe and Roe) reads", "the tool (by Doe and Roe) reads"),
        ("one , two", "one, two"),
        ("one ; two", "one; two"),
        ("the end .", "the end."),
        (f"{LINK} , two", f"{LINK}, two"),
        ("Update2023/12/12", "Update 2023/12/12"),
        ("the end..", "the end."),
        ("Get it all!.", "Get it all!"),
        ("Is it good?. It is", "Is it good? It is"),
        (f"{LINK},{LINK}", f"{LINK}, {LINK}"),
        ("one tool， and two", "one tool, and two"),
        ("for Projects.([Docs](https://example.com/d))", "for Projects. ([Docs](https://example.com/d))"),
        ("for parsers.[Demo](https://example.com/d)", "for parsers. [Demo](https://example.com/d)"),
        ("built on Parsers[Demo](https://example.com/d)", "built on Parsers [Demo](https://example.com/d)"),
        ("see [the docs ](https://example.com/d)", "see [the docs](https://example.com/d)"),
        ("see [ the docs](https://example.com/d)", "see [the docs](https://example.com/d)"),
    ],
)
def test_a_slip_and_its_safe_fix(wrong: str, right: str) -> None:
    (one,) = diagnostics("spacing", entry(wrong))
    assert (one.severity, one.start.line) == ("warning", 26)
    assert fixed("spacing", entry(wrong)) == entry(right)


@pytest.mark.parametrize(
    "notes",
    [
        "`one  two`",
        "$a  b$",
        "“one  two”",
        "ISO 8652:2012(E), h264(x)",
        "f(x), SE(3), O(log n), un(der)stand, Net(working), file(s)",
        "run load(one,two)",
        "insane(ly slow but good) and song(s and birds)",
        "by Tim Lark, Ada Wren, Ann . Roe Dana, Jay Doe.",
        "std::move(it), a:B, key:Value",
        "MtDNA:Nuclear ratio, JSON:API for all, Re:VIEW is one, n:m and key:value, :star: three :tada:",
        "http.Handler wrapper, time.Time type, Node.It, Boost.Asio in C++",
        "one ? Two, :( here, f( x ), ( 1 )",
        "10,000 and 1,5",
        "解析器(Rust) , 很快",
        "write to doe@mail.example .",
        "one\u3000 two",
        "see https://example.com/a,b(c)",
        "by Ada,Lovelace and Ada Lovelace",
        "词表(Gated Unit,GLU)很快",
        "制作:VOC,COCO,YOLO等",
        "BERT，GPT 等模型",
        "see and so on... and more",
        "all of Yahoo!. And more",
        "a plugin for the Metamod:Source loader of games",
        "in Java[Script](https://example.com/js) and un[known](https://example.com/u)",
        "see [the docs](https://example.com/d)",
        "one ... two",
        "use .NET and .gitignore",
        "C, D  \n  and E",
        "<b  class='x'>one</b>",
        "[a  b](https://example.com/x)",
    ],
)
def test_what_means_itself(notes: str) -> None:
    assert diagnostics("spacing", entry(notes)) == []


def test_a_title_is_as_its_authors_wrote_it() -> None:
    text = GOOD + "- **Niyama : a paper(old)  and a title,long enough** Doe [[pdf](https://arxiv.org/abs/2205.14135)]\n"
    assert diagnostics("spacing", text) == []


def test_a_habit_of_the_list_is_no_slip() -> None:
    habit = "".join(f"- [T{n}](https://example.com/t{n}): models(maybe not) , ICML\n" for n in range(30))
    assert diagnostics("spacing", habit) == []


def test_one_finding_tells_of_a_whole_line() -> None:
    (one,) = diagnostics("spacing", entry("one , two , three , four"))
    assert one.message == "the blank before this mark is one too many (3 times in this line)"


def test_et_al_is_left_to_the_author() -> None:
    (one,) = diagnostics("spacing", entry("by Roe et.al"))
    assert one.message == "the blank in “et al.” is missing"
    assert fixed("spacing", entry("by Roe et.al")) == entry("by Roe et.al")


def test_a_heading_keeps_its_anchor() -> None:
    (one,) = diagnostics("spacing", GOOD + "\n## One  two\n\n" + f"- {LINK}\n")
    assert one.fix is None


def test_two_blanks_behind_a_sentence_are_a_matter_of_taste() -> None:
    (one,) = diagnostics("spacing", entry("one. two.  Three"))
    assert one.severity == "hint"


def test_two_blanks_that_many_lines_have_are_hints() -> None:
    lines = [f"- [Tool {n}](https://t{n}.example) - reads one text and another\n" for n in range(300)]
    few, many = lines.copy(), lines.copy()
    for at in range(0, 300, 50):
        many[at] = many[at].replace("one text", "one  text")
    few[0] = many[0]
    assert {d.severity for d in diagnostics("spacing", "".join(few))} == {"warning"}
    assert {d.severity for d in diagnostics("spacing", "".join(many))} == {"hint"}


@pytest.mark.parametrize(
    ("key", "count", "said"), [("paper", 20, 1), ("paper", 4, 0), ("Code", 9, 1), ("a:b", 20, 0), ("- paper", 20, 1)]
)
def test_a_key_is_set_as_at_other_lines(key: str, count: int, said: int) -> None:
    right = f"- {LINK}\n\n  {key}: [a](https://example.com/a)\n" * count
    wrong = f"- {LINK}\n\n  {key}:[b](https://example.com/b)\n"
    assert len(diagnostics("spacing", right + wrong)) == said
    if said:
        assert fixed("spacing", right + wrong) == right + wrong.replace(":[", ": [")
    assert diagnostics("spacing", right + wrong * 20) == []


def test_a_label_that_the_list_always_writes_closed_is_its_own() -> None:
    closed = "".join(
        f"> Game:Chess of {word}\n\n" for word in ("Old Times", "Two Kings", "Four Hands", "One Day", "Us All")
    )
    assert diagnostics("spacing", GOOD + "\n" + closed) == []
    (one,) = diagnostics("spacing", GOOD + "\n" + closed[: closed.index("\n")] + "\n")
    assert one.message == "the blank behind “:” is missing"


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("A Song : Of Birds and Bees", "A Song: Of Birds and Bees"),
        ("A Well- Known Song of Birds", "A Well-Known Song of Birds"),
    ],
)
def test_a_title_is_set_as_the_others_are(title: str, right: str) -> None:
    others = "".join(f"- [Song {n}: of a Well-Known Bird](https://example.com/{n})\n" for n in range(40))
    (one,) = diagnostics("spacing", f"{others}- [{title}](https://example.com/x)\n")
    assert (one.severity, one.fix is not None and one.fix.safe) == ("warning", False)
    assert f"- [{right}](" in fixed("spacing", f"{others}- [{title}](https://example.com/x)\n", unsafe=True)
    assert diagnostics("spacing", f"- [{title}](https://example.com/x)\n") == []


def test_blanks_at_the_edges_of_many_links_are_hints() -> None:
    many = "".join(f"- [Song {n}{' ' if n % 15 == 0 else ''}](https://example.com/{n})\n" for n in range(120))
    assert {d.severity for d in diagnostics("spacing", many)} == {"hint"}


@pytest.mark.parametrize(
    "piece",
    [
        "a'",
        "a-",
        "aa(",
        "aa(b ",
        "a,",
        "aa,bb",
        "et.",
        " ,",
        "a  ",
        "a.A",
        "a : ",
        " ( a",
        "a ) ",
        " (  ",
        "a !",
        "a:\n",
        "$a",
        '"a ',
        "a:A",
    ],
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    """Every repetition in a pattern that begins anywhere is bounded: a quadratic one would not come back from this."""
    assert len(diagnostics("spacing", piece * (200_000 // len(piece)))) <= len(FORMS) + 3
