"""What a list's habits are: each one on a few lines, and entries built by hand where only the parts matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.document import Document, Entry, PartSpans
from listbot.habits import Majority, majority
from listbot.house_style import Habit, learn
from listbot.parser import parse
from listbot.source import Source, Span


def document(text: str) -> Document:
    return parse(Source("README.md", text))


def habit(text: str, name: str) -> Habit:
    found = learn(document(text)).habit(name)
    assert found is not None, name
    return found


def arxiv(form: str, number: int) -> str:
    return f"- [A paper with a title]({form}/2205.{number + 1:05})\n"


def entry(doc: Document, line: int, shape: str, title: str, notes: str | None = None) -> Entry:
    """An entry of one line, with the parts that stand there as written."""
    span = doc.source.line_span(line)

    def part(text: str) -> Span:
        start = doc.source.text.index(text, span.start, span.end)
        return Span(start, start + len(text))

    (found,) = [entry for entry in doc.entries if entry.first == line]
    spans = PartSpans(title=part(title), notes=part(notes) if notes else None)
    return found._replace(title=title, shape=shape, notes=notes, spans=spans)


def test_a_majority_says_what_how_often_and_of_how_many() -> None:
    most = Majority("abs", 859, 862)
    assert str(most) == "859/862"
    assert most.share == pytest.approx(0.9965, abs=1e-4)
    assert most.settled
    assert majority([]) is None
    assert majority("ab") == Majority("a", 1, 2)


@pytest.mark.parametrize(("count", "of", "settled"), [(4, 4, False), (5, 5, True), (8, 10, True), (79, 100, False)])
def test_a_majority_is_a_style_from_five_places_and_four_of_five(count: int, of: int, settled: bool) -> None:
    assert Majority("x", count, of).settled is settled


def test_outliers_are_lines_and_the_rest_is_counted() -> None:
    text = "".join(arxiv("https://arxiv.org/abs", n) for n in range(8))
    found = habit(text + arxiv("https://arxiv.org/pdf", 8) + arxiv("http://www.arxiv.org/pdf", 9), "arXiv form")
    assert found == Habit("arXiv form", Majority("abs", 8, 10), (("pdf", 2),), (9, 10))
    assert habit(text + arxiv("http://arxiv.org/abs", 9), "arXiv scheme").outliers == (9,)


def test_news_and_contents_have_no_say() -> None:
    news = "## News\n\n" + "".join(arxiv("https://arxiv.org/pdf", n) for n in range(20))
    body = "## Papers\n\n" + "".join(arxiv("https://arxiv.org/abs", n) for n in range(20, 60))
    style = learn(document(f"# T\n\n{news}\n{body}"))
    form = style.habit("arXiv form")
    assert form is not None
    assert form.majority == Majority("abs", 40, 40)
    assert style.entries == 40
    assert [section.section for section in style.sections] == [2]


def test_few_places_are_no_habit() -> None:
    style = learn(document("- [a](https://a.example)\n" * 4))
    assert (style.entries, style.habits, style.sections) == (4, (), ())
    assert learn(document("")).habits == ()


def test_shape_separator_and_closing_mark_come_from_the_parts_of_entries() -> None:
    lines = [f"- [Tool {n}](https://t{n}.example) - Does things." for n in range(6)]
    lines += ["- [Tool 6](https://t6.example): does things", "- **[Tool 7](https://t7.example)** - Does things."]
    doc = document("\n".join(lines) + "\n")
    built = [entry(doc, n + 1, "link notes", f"Tool {n}", "Does things.") for n in range(6)]
    built += [
        entry(doc, 7, "link notes", "Tool 6", "does things"),
        entry(doc, 8, "bold notes", "Tool 7", "Does things."),
    ]
    doc.entries = built
    style = learn(doc)
    found = {name: style.habit(name) for name in ("entry shape", "separator", "notes end")}
    assert found == {
        "entry shape": Habit("entry shape", Majority("link notes", 7, 8), (("bold notes", 1),), (8,)),
        "separator": Habit("separator", Majority(" - ", 7, 8), ((": ", 1),), (7,)),
        "notes end": Habit("notes end", Majority(".", 7, 8), (("none", 1),), (7,)),
    }


def test_what_stands_between_title_and_notes_is_a_separator_only_if_it_is_short_and_no_text() -> None:
    doc = document("- [Tool](https://t.example) by Ann - Does things.\n" * 6)
    doc.entries = [entry(doc, line, "link notes", "Tool", "Does things.") for line in range(1, 7)]
    assert learn(doc).habit("separator") is None


def test_bullets_checkboxes_and_closing_marks() -> None:
    text = "".join(f"- [ ] [Tool](https://t{n}.example) is good.\n" for n in range(9)) + "* [Tool](https://t.example)\n"
    assert habit(text, "bullet") == Habit("bullet", Majority("-", 9, 10), (("*", 1),), (10,))
    assert habit(text, "checkbox") == Habit("checkbox", Majority("checkbox", 9, 10), (("none", 1),), (10,))
    assert habit(text, "entry end") == Habit("entry end", Majority(".", 9, 10), (("none", 1),), (10,))


@pytest.mark.parametrize(
    ("numbers", "what"),
    [("123456", "1. 2. 3."), ("111111", "1. 1. 1."), ("567890", "1. 2. 3."), ("975312", "out of order")],
)
def test_numbers(numbers: str, what: str) -> None:
    text = "".join(f"{n}. [Tool](https://t{n}.example)\n" for n in numbers)
    assert habit(text, "numbers").majority.what == what
    assert habit(text, "bullet").majority.what == "1."


@pytest.mark.parametrize(
    ("label", "what"),
    [
        ("[[pdf]](https://x.example/{n})", "[[label]](url)"),
        ("[[pdf](https://x.example/{n})]", "[[label](url)]"),
        ("([pdf](https://x.example/{n}))", "([label](url))"),
        ("[pdf](https://x.example/{n})", "[label](url)"),
    ],
)
def test_label_brackets_and_words(label: str, what: str) -> None:
    text = "".join(f"- **A paper with a long title**. {label.format(n=n)}\n" for n in range(6))
    assert habit(text, "label brackets").majority == Majority(what, 6, 6)
    assert habit(text + text.replace("pdf", "PDF"), "paper label").others == (("PDF", 6),)


def test_other_families_are_asked_only_where_they_are_many() -> None:
    page = "- [A paper with a title](https://openreview.net/forum?id=abcdefgh{n})\n"
    pdf = "- [A paper with a title](https://openreview.net/pdf?id=abcdefgh{n})\n"
    text = "".join(page.format(n=n) for n in range(10, 18))
    assert learn(document(text)).habit("openreview form") is None
    found = habit(text + pdf.format(n=20) + pdf.format(n=21), "openreview form")
    assert found.majority == Majority("landing", 8, 10)
    assert found.outliers == (9, 10)


def test_a_label_that_says_pdf_beside_the_page_of_one_paper_does_not_count() -> None:
    pair = "- [A paper with a title](https://arxiv.org/abs/2205.{n}) [pdf](https://arxiv.org/pdf/2205.{n})\n"
    text = "".join(pair.format(n=14000 + n) for n in range(5))
    assert habit(text, "arXiv form").majority == Majority("abs", 5, 5)


def test_where_the_links_of_a_label_lead() -> None:
    line = "- **A paper with a long title {n}** [[pdf](https://arxiv.org/{form}/2205.{n})] [[arXiv](https://arxiv.org/abs/2205.{n})]\n"
    text = "".join(line.format(n=14000 + n, form="pdf" if n else "abs") for n in range(6))
    assert habit(text, "pdf leads to") == Habit("pdf leads to", Majority("a PDF", 5, 6), (("a paper's page", 1),), (1,))
    assert habit(text, "arXiv leads to").majority == Majority("arXiv", 6, 6)
    assert learn(document(text.replace("pdf]", "Twocache]"))).habit("pdf leads to") is None


def test_works_in_several_sections_are_counted() -> None:
    works = "".join(f"- [A paper of number {n}](https://arxiv.org/abs/2205.1{n:04})\n" for n in range(6))
    text = f"# Caches\n\n{works}\n# Servers\n\n- [A paper of number 1](https://arxiv.org/abs/2205.10001)\n"
    found = habit(text, "works listed")
    assert (found.majority, found.others) == (Majority("one section", 5, 6), (("several sections", 1),))


def test_sections_have_habits_of_their_own() -> None:
    first, second = "- [a](https://a.example)\n" * 5, "* [b](https://b.example)\n" * 7
    style = learn(document(f"# One\n\n{first}\n# Two\n\n{second}"))
    assert [(section.section, section.entries) for section in style.sections] == [(0, 5), (1, 7)]
    bullets = [next(h.majority.what for h in s.habits if h.name == "bullet") for s in style.sections]
    assert bullets == ["-", "*"]
    assert str(next(h.majority for h in style.habits if h.name == "bullet")) == "7/12"


LINE = st.sampled_from(
    ["# News", "## A", "- [a](https://arxiv.org/abs/2205.14135)", "1) [b](http://b.example) - x.", "| a | [b](u) |"]
)


@given(st.lists(LINE | st.text(max_size=30), max_size=40))
def test_learning_never_fails_and_its_numbers_fit(lines: list[str]) -> None:
    doc = document("\n".join(lines))
    style = learn(doc)
    for found in [*style.habits, *(h for section in style.sections for h in section.habits)]:
        assert found.majority.count + sum(count for _, count in found.others) == found.majority.of
        assert all(1 <= line <= doc.source.line_count for line in found.outliers)
        assert len(found.outliers) <= found.majority.of - found.majority.count
