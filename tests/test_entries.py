# ruff: noqa: E501 - a shape a line reads best
"""Which lines are entries, what is their title, and which link stands for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.document import ROLES, Entry
from listbot.entries import looks_like_list
from listbot.entry_parts.at_a_glance import Glance
from listbot.parser import parse
from listbot.source import Source
from tests.oracles.documents import PIECES

PAPER = "https://arxiv.org/abs/2205.14135"
CODE = "https://github.com/example/flash"


def entries(text: str) -> list[Entry]:
    return parse(Source("README.md", text)).entries


def only(text: str) -> Entry:
    (entry,) = entries(text)
    return entry


@pytest.mark.parametrize(
    ("text", "title", "primary"),
    [
        (f"- [FlashAttention: Fast and Exact]({PAPER})", "FlashAttention: Fast and Exact", PAPER),
        (f"- [ ] [Lark]({CODE}) - Parses.", "Lark", CODE),
        (f"1. **Poly-encoders: Fast**. *S. Humeau*. [[pdf]({PAPER})] [[code]({CODE})]", "Poly-encoders: Fast", PAPER),
        (f'* **LIMoE**: "Multimodal Learning", ACL [[Paper]({PAPER})][[TF]({CODE})]', "Multimodal Learning", PAPER),
        (f"- [[NeurIPS]({PAPER})] Quantization for Vision", "Quantization for Vision", PAPER),
        (f"- A study of shared code [[code]]({CODE})", "A study of shared code", None),
        (f"- 🔥 [Lark]({CODE})", "Lark", CODE),
        ("- [A title that lost its target]: some notes", "A title that lost its target", None),
    ],
)  # fmt: skip
def test_title_and_primary_link(text: str, title: str, primary: str | None) -> None:
    entry = only(text + "\n")
    assert entry.title == title
    assert (entry.primary.link.target if entry.primary else None) == primary


def test_labels_give_roles_before_targets_do() -> None:
    text = (
        f"- **A title of some length** [paper]({CODE}) [code]({PAPER}) [x y z]({CODE}x) [Slides](https://a.example)\n"
    )
    assert [link.role for link in only(text).links] == ["paper", "code", "code", "slides"]


def test_rows_of_a_table_are_entries_and_its_header_is_none() -> None:
    table = f"| Title | Link |\n|---|---|\n| A rather long title | [[pdf]]({PAPER})<br>[[Flash]]({CODE}) |\n"
    entry = only(table)
    assert (entry.kind, entry.title, entry.first) == ("row", "A rather long title", 3)
    assert entry.primary is not None
    assert entry.primary.link.target == PAPER


def test_nested_entries_are_entries_of_their_own() -> None:
    text = f"- [Outer name]({CODE})\n  - [Inner name]({PAPER})\n    more\n"
    assert [(entry.title, entry.first, entry.last) for entry in entries(text)] == [
        ("Outer name", 1, 1),
        ("Inner name", 2, 3),
    ]


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("As We May Ponder. [Lark (1945)]", True),
        ("Nests: an ordering concept. [Wren et al (1974)]", True),
        ("Bird-Human symbiosis. [Lark, Finch (1958)]", True),
        ("See also [Lark (1945)]", False),  # no sentence ends before the link
        ("Ada Lark, Bo Wren, Cy Finch. [Lark (1945)]", False),  # people
        ("Printed too. [Nature (1945)]", False),  # a journal
    ],
)
def test_a_title_before_a_citation_of_it_is_an_entry_of_its_own(line: str, own: bool) -> None:
    text = f"1. **Counting birds from far. [Finch (1978)]({CODE}).**\n   * {line}({PAPER}).\n"
    titles = [entry.title for entry in entries(text)]
    assert titles == ["Counting birds from far", *([line.split(". ")[0]] if own else [])]


def test_marks() -> None:
    assert only(f"- [x] [A]({CODE})\n").marks == ("checkbox", "checked")
    assert only(f"- [ ] [A]({CODE})\n").marks == ("checkbox",)
    assert only(f"- [A]({CODE})\n").marks == ()


@pytest.mark.parametrize(
    "text", ["- [A](#a)\n- [B](#b)\n", "- only text\n", "text [A](https://a.b)\n", "```\n- [A](b)\n```\n"]
)
def test_what_is_no_entry(text: str) -> None:
    assert entries(text) == []


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_entries_of_any_text_lie_in_order_inside_it(text: str) -> None:
    document = parse(Source("README.md", text))
    starts = [entry.span.start for entry in document.entries]
    assert starts == sorted(starts)
    for entry in document.entries:
        assert 0 <= entry.span.start <= entry.span.end <= len(document.source.text)
        assert 1 <= entry.first <= entry.last <= document.source.line_count
        assert all(link.role in ROLES for link in entry.links)
        assert entry.primary is None or entry.primary in entry.links


def test_a_list_is_told_from_a_readme() -> None:
    listed = "".join(f"- [Name {n}](https://a.example/{n}) - Notes.\n" for n in range(5))
    prose = "A paragraph of a README that explains a program.\n\n" * 20
    assert looks_like_list(parse(Source("x", listed)))
    assert not looks_like_list(parse(Source("x", prose + listed)))
    assert not looks_like_list(parse(Source("x", "")))


P = PAPER
C = CODE
SHAPES = {
    "name and notes": (f"- [Lark]({C}) - Parses fast.", "Lark", None, None, None, ["code"]),
    "tags": (f"- [Lark]({C}) - Parses. `Python` `MIT`", "Lark", None, None, None, ["code"]),
    "title, authors, venue": (f"- [Counting Birds from Far]({P}) by Ada Lark, Bo Wren. ICML, 2020.", "Counting Birds from Far", "Ada Lark, Bo Wren", "ICML", 2020, ["paper"]),
    "bold title": (f"1. **Counting Birds from Far**. *Ada Lark, Bo Wren*. ICLR 2020. [[pdf]({P})] [[code]({C})]", "Counting Birds from Far", "Ada Lark, Bo Wren", "ICLR 2020", 2020, ["pdf", "code"]),
    "bold title, venue inside": (f"- **Counting Birds from Far (ICLR 2020)**\n  - Ada Lark, Bo Wren\n  - [[Paper]]({P})\n  - [[Python Reference]]({C})", "Counting Birds from Far", "Ada Lark, Bo Wren", "ICLR 2020", 2020, ["paper", "code"]),
    "second paragraph": (f"1. **Counting Birds from Far.** NIPS 2017. [paper]({P})\n\n    *Ada Lark, Bo Wren.*", "Counting Birds from Far", "Ada Lark, Bo Wren.", "NIPS 2017", 2017, ["paper"]),
    "quoted": (f'* **LARK**: "Counting Birds from Far", CVPR, 2023 (*Wren Lab*). [[Paper]({P})][[PyTorch]({C})]', "Counting Birds from Far", None, "CVPR", 2023, ["paper", "code"]),
    "date first": (f"- [2023/03] **Counting Birds from Far.** *Ada Lark et al. arXiv.* [[paper]({P})]", "Counting Birds from Far", "Ada Lark et al.", "arXiv", 2023, ["paper"]),
    "pipes": (f"- **2017-01** | Counting birds from far | *Ada Lark, Bo Wren* | [bioRxiv]({P})", "Counting birds from far", "Ada Lark, Bo Wren", "bioRxiv", 2017, ["paper"]),
    "unknown venue after people": (f"- **2017-01** | Counting birds from far | *Ada Lark, Bo Wren* | [Bird Informatics]({P})", "Counting birds from far", "Ada Lark, Bo Wren", "Bird Informatics", 2017, ["paper"]),
    "venue label first": (f"- [[NeurIPS]({P})] Counting Birds: Far and Near. [**`fly`**] [[torch]({C})]", "Counting Birds: Far and Near", None, "NeurIPS", None, ["paper", "code"]),
    "name in brackets": (f"- **[Lark]** Counting Birds from Far [[paper]({P})] [[code]({C})]", "Counting Birds from Far", None, None, None, ["paper", "code"]),
    "venue, bold name": (f"- CVPR 2024, **Lark**: Counting Birds from Far, [arXiv]({P})", "Lark: Counting Birds from Far", None, "CVPR 2024", 2024, ["paper"]),
    "authors first": (f"* Ada Lark and Bo Wren. 2018. [Counting Birds from Far]({P}). In *Proceedings of EMNLP 2018*.", "Counting Birds from Far", "Ada Lark and Bo Wren", "Proceedings of EMNLP 2018", 2018, ["paper"]),
    "authors first, bold": (f"1. Ada Lark. 2015. **Counting birds from far and near**. In Proceedings of ACL, pages 3-5. [[paper]]({P})", "Counting birds from far and near", "Ada Lark", "Proceedings of ACL", 2015, ["paper"]),
    "plain, year, authors": (f"- Counting birds from far (1998), A. Lark et al. [[pdf]]({P})", "Counting birds from far", "A. Lark et al.", None, 1998, ["pdf"]),
    "plain, only code": (f"20. Counting Birds from Far Away. Lark et al. ACM-MM 2020 [code]({C})", "Counting Birds from Far Away", "Lark et al.", "ACM-MM 2020", 2020, ["code"]),
    "citation in a link": (f'- [Lark, Ada, and Bo Wren. "Counting birds from far away." In Advances in Bird Processing, 2016.]({P})', "Counting birds from far away", "Lark, Ada, and Bo Wren", "Advances in Bird Processing", 2016, ["paper"]),
    "keys": (f"* Lark：\n  * 地址：{C}\n  * 简介：数鸟的模型。", "Lark", None, None, None, ["code"]),
    "lone label": (f"* [[Counted birds on PyTorch]]({C})", "Counted birds on PyTorch", None, None, None, ["code"]),
    "venue in the notes": (f"- [Counting Birds]({P}): counts them from far, accepted by OSDI'23", "Counting Birds", None, "OSDI'23", 2023, ["paper"]),
    "year before the venue": (f"* 2015-CVPR - Counting birds from the web. [[Paper]]({P})", "Counting birds from the web", None, "CVPR", 2015, ["paper"]),
    "venue in brackets": (f"- [SOSP 2023] [Counting Birds from Far]({P}) | Wren Lab", "Counting Birds from Far", None, "SOSP 2023", 2023, ["paper"]),
    "date in parentheses": (f"- (arXiv 2024.2) Counting **Birds** from Far, [[Paper]]({P})", "Counting Birds from Far", None, "arXiv 2024.2", 2024, ["paper"]),
    "label before the title": (f"- [website]({C}), Counting Birds from Far", "Counting Birds from Far", None, None, None, ["project"]),
    "label that is the name": (f"- [slides]({C}) - Shows slides in a terminal.", "slides", None, None, None, ["slides"]),
    "keys with bare links": (f"- **Counting Birds from Far**\n  - arXiv: {P}\n  - github: {C}", "Counting Birds from Far", None, None, None, ["paper", "code"]),
    "a link in a sentence": (f"- [Lark]({C}) - Winner of the [NeurIPS 2020 Challenge](https://challenge.example).", "Lark", None, None, None, ["code", "other"]),
    "a bold title like names": (f"1. **Relational Biases, Deep Learning, and Graph Networks.** arxiv 2018. [paper]({P})", "Relational Biases, Deep Learning, and Graph Networks", None, "arxiv 2018", 2018, ["paper"]),
    "html": (f'- <b><a href="{C}">Lark</a></b> - Counts birds.', "Lark", None, None, None, ["code"]),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape(name: str) -> None:
    text, title, authors, venue, year, roles = SHAPES[name]
    entry = only(text + "\n")
    assert (entry.title, entry.authors, entry.venue, entry.year) == (title, authors, venue, year)
    assert [link.role for link in entry.links] == roles
    assert (entry.first, entry.last) == (1, text.count("\n") + 1)


def test_each_part_has_its_span() -> None:
    text = f"- [x] **Counting Birds from Far**. *Ada Lark, Bo Wren*. ICLR 2020. `fly` [[pdf]({P})] 🔥\n"
    entry = only(text)
    spans = entry.spans
    assert spans.title is not None
    assert "Counting Birds from Far" in text[spans.title.start : spans.title.end]
    assert spans.authors is not None
    assert text[spans.authors.start : spans.authors.end] == "Ada Lark, Bo Wren"
    assert spans.venue is not None
    assert text[spans.venue.start : spans.venue.end] == "ICLR 2020"
    assert spans.year is not None
    assert "2020" in text[spans.year.start : spans.year.end]
    assert [text[span.start : span.end] for span in spans.tags] == ["`fly`"]
    assert entry.tags == ("fly",)
    assert entry.marks == ("checkbox", "checked", "🔥")
    assert text[spans.marks[-1].start : spans.marks[-1].end] == "🔥"


TABLE = f"""\
| Date | Title | Venue | Links | Notes |
|---|---|---|---|---|
| 2024-05 | Counting Birds from Far | ICML | [pdf]({P}) [code]({C}) | from a hill |
| 2023.01 | [Lark] Counting Birds Again (@Wren Lab) | - | [[pdf]]({P}) | ⚠️ |
| - | [**Birds**]({P}) | Nature | - | - |
"""


def test_tables_by_their_header() -> None:
    rows = entries(TABLE)
    assert [(row.title, row.venue, row.year) for row in rows] == [
        ("Counting Birds from Far", "ICML", 2024),
        ("Counting Birds Again", None, 2023),
        ("Birds", "Nature", None),
    ]
    assert [link.role for link in rows[0].links] == ["pdf", "code"]
    assert rows[0].notes == "from a hill"


def lines_of(text: str) -> list[tuple[str | None, int, int]]:
    return [(entry.title, entry.first, entry.last) for entry in entries(text)]


def test_paragraphs_are_entries_where_they_list() -> None:
    text = f"""\
# Birds

This [list]({C}) is about birds and how they are counted.

## Papers

[Counting Birds from Far]({P}), NeurIPS 2019

**Counting Birds from Near and Far.**
Ada Lark, Bo Wren.
[Bird Journal (2020)]({P}) • [code]({C})

[One Bird]({C})
[Two Birds]({C}x) - and more

You will find [many more]({C}) elsewhere, as we said.
"""
    assert lines_of(text) == [
        ("Counting Birds from Far", 7, 7),
        ("Counting Birds from Near and Far", 9, 11),
        ("One Bird", 13, 13),
        ("Two Birds", 14, 14),
    ]


def test_headings_are_entries_where_labels_hang_below_them() -> None:
    text = "".join(
        f"### Counting Birds, Part {n} (CCS 2022)\n\n* [Paper]({P}{n})\n* [Code]({C})\n\n**Abstract:** Birds.\n\n"
        for n in range(1, 4)
    )
    assert lines_of(text) == [
        ("Counting Birds, Part 1", 1, 6),
        ("Counting Birds, Part 2", 8, 13),
        ("Counting Birds, Part 3", 15, 20),
    ]
    assert [(entry.kind, entry.venue, entry.year) for entry in entries(text)] == [("heading", "CCS 2022", 2022)] * 3


def test_html_rows_and_details() -> None:
    text = f"""\
<table>
<tr><th>Name</th><th>What</th></tr>
<tr>
  <td><a href="{C}">Lark</a></td>
  <td>Counts birds, see <a href="{P}">the paper</a>.</td>
</tr>
</table>

<details><summary><b><a href="{C}w">Wren</a></b> - Small.</summary>

- [GitHub]({C}w)
- [PyPi](https://index.example/wren)
</details>
"""
    assert lines_of(text) == [("Lark", 3, 6), ("Wren", 9, 13)]


def test_categories_are_no_entries_and_sub_items_belong_to_theirs() -> None:
    text = f"""\
- Birds
  - [Lark]({C})
  - [Wren]({C}w)
    - notes on wrens
    - [paper]({P})
- A line of plain words
- [Crow]({C}c)
   *Ada Lark, Bo Wren*

"""
    assert lines_of(text) == [("Lark", 2, 2), ("Wren", 3, 5), ("Crow", 7, 8)]


@pytest.mark.parametrize(
    "text",
    [
        f"## News\n\n- [2024/01] [We moved]({C})\n",
        f"## Contributing\n\n- [Open an issue]({C})\n",
        f"## License\n\n[![CC0](https://img.shields.io/badge/cc0-x)]({C})\n",
        f"## Birds\n\n[![build](https://img.shields.io/b.svg)]({C}) [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)\n",
        "## 目录\n\n- [鸟](#鸟)\n  - [云雀](#云雀)\n",
        f"<p align=center><a href='{C}'><img src='logo.png'></a></p>\n",
    ],
)  # fmt: skip
def test_news_contributing_badges_and_contents_are_no_entries(text: str) -> None:
    body = "".join(f"- [Bird {n}](https://birds.example/{n}) - Notes.\n" for n in range(9))
    assert len(entries(f"# Birds\n\n## Body\n\n{body}\n{text}")) == 9


def test_a_title_without_link_counts_where_its_facts_stand_beside_it() -> None:
    assert only("- Counting birds from far. Lark et al. ICML 2020\n").primary is None
    assert only("- **Counting birds from far** (2020)\n").year == 2020
    assert entries("- Some words about birds\n") == []


def test_the_simple_reading_says_what_the_general_one_says(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(
        f"- {box}[{name}]({url}){tail}\n"
        for box in ("", "[ ] ", "[x] ", "⭐ ", "[X] ⭐🔥 ", "1 ", "⭐ new ")
        for name in (
            "Lark",
            "Counting Birds: Far",
            "Counting Far Birds OSDI'20",
            "Lark 2",
            "A.",
            "pdf",
            "Lark\tand Wren",
            "Ein Vögel-Zähler",
        )
        for url in (C, P, "https://lark.example/docs/")
        for tail in (
            "",
            " - Counts birds.",
            ": counts 4 birds",
            " counts",
            " - Ada Lark, Bo Wren",
            " – by Ada",
            ", ICML",
            ", ICML 2020",
            ": counts birds (far ones), accepted by ICML'20",
            " (2020)",
            " (ICML 2020): counts birds",
            ": counts (near) birds (far) ones) and (more",
            " - Ada Lark, Bo Wren et al. ICML, 2020.",
            ": counts birds @ Lark  Wide gap",
            ": counts birds ⭐",
            " :star: counts",
            ": cut short..",
            " in ICML: 2020 — birds, 3 kinds",
        )
    )
    simple = entries(text)
    monkeypatch.setattr(Glance, "entry", lambda *_: None)
    assert simple == entries(text)


def test_a_raw_row_without_cells_holds_ordinary_markdown() -> None:
    text = f"<tr>\n\n[A rather long title]({PAPER})\n\n</tr>\n"
    assert [entry.title for entry in entries(text)] == ["A rather long title"]


def test_bold_titles_with_keys_below_are_entries_and_the_heading_is_their_topic() -> None:
    one = f"**Paging the Cache of a Model**\n\n- Paper: {PAPER}\n- Code: {CODE}\n\n"
    other = "**Sorting Tokens by Their Worth**\n\n- Paper: https://arxiv.org/abs/1706.03762\n\n"
    topics = "".join(f"# Topic {number}\n\n{one}{other if number else ''}" for number in range(4))
    found = entries(f"# Papers\n\n{topics}")
    assert [entry.title for entry in found[:3]] == [
        "Paging the Cache of a Model",
        "Paging the Cache of a Model",
        "Sorting Tokens by Their Worth",
    ]
    assert {entry.kind for entry in found} == {"heading"}
    assert len(found) == 7


def test_bold_lines_between_which_a_blank_line_is_missing_are_entries() -> None:
    one = f"**Paging the cache of a model**  \n*Preprint, May 2022.*  \n[[pdf]({PAPER})]\n"
    other = "**Sorting tokens by their worth**\n*Preprint, June 2022.*  \n[[pdf](https://arxiv.org/abs/1706.03762)]\n"
    assert lines_of(one + other) == [
        ("Paging the cache of a model", 1, 3),
        ("Sorting tokens by their worth", 4, 6),
    ]


@pytest.mark.parametrize(
    ("text", "authors", "venue", "year", "notes"),
    [
        (
            f"- [Lark]({PAPER}): Sparse Checkpoints and Local Recovery | NSDI' 26",
            None,
            "NSDI' 26",
            2026,
            "Sparse Checkpoints and Local Recovery",
        ),
        (f"- [Lark]({PAPER}): A Survey", None, None, None, "A Survey"),
        (
            f"- [Lark]({PAPER}): Ada Lovelace, Alan Turing, Grace Hopper",
            "Ada Lovelace, Alan Turing, Grace Hopper",
            None,
            None,
            None,
        ),
        (f"- A study of paging the cache [[26 Apr 2022]]({PAPER})", None, None, 2022, None),
        (f"- 2014-ML - A study of paging the cache. [[Paper]]({PAPER})", None, "ML", 2014, None),
        (f"- [Lark]({CODE}) - For Next.js, Remix, etc.", None, None, None, "For Next.js, Remix, etc."),
        (f"- [Paging the cache of a model]({PAPER})<br>:star:[code]({CODE})", None, None, None, None),
    ],
)
def test_what_stands_beside_a_title(
    text: str, authors: str | None, venue: str | None, year: int | None, notes: str | None
) -> None:
    entry = only(text)
    assert (entry.authors, entry.venue, entry.year, entry.notes) == (authors, venue, year, notes)


def test_of_links_of_one_name_the_papers_stands_for_the_entry() -> None:
    text = f"## Work\n\n- code [A Title of Words]({CODE}) / paper [A Title of Words]({PAPER})\n"
    assert [entry.primary and entry.primary.link.url for entry in entries(text)] == [PAPER]


def test_a_parenthesis_before_the_title_is_no_part_of_it_where_it_states_something() -> None:
    rows = ["(2013 Diabetes Care) **Ordering Birds by Weight**", "(a remark) **Ordering Birds by Weight**"]
    dated, remarked = entries("## Work\n\n" + "".join(f"- {row} [pdf]({PAPER})\n" for row in rows))
    assert (dated.title, dated.venue, dated.year) == ("Ordering Birds by Weight", "2013 Diabetes Care", 2013)
    assert (remarked.title, remarked.venue) == ("(a remark) Ordering Birds by Weight", None)


def test_a_long_title_is_a_papers_only_where_the_list_has_papers() -> None:
    rows = "| Name | Link |\n|-|-|\n" + f"| A project that counts all birds | [👆]({CODE}) |\n"
    tools = "".join(f"- [Tool](https://tool.example/{number})\n" for number in range(20))
    papers = f"- [Ordering Birds by Weight]({PAPER})\n- [Counting]({PAPER}v2)\n"
    dated = "- Ordering Birds by Weight. ICML 2020.\n- Counting Birds. ICML 2021.\n"
    for more, primary in ((tools, CODE), ("", None), (tools + papers, None), (tools + dated, None)):
        (row,) = (entry for entry in entries(f"## Work\n\n{rows}\n{more}") if entry.kind == "row")
        assert (row.primary and row.primary.link.url) == primary


def test_a_row_of_single_words_in_a_title_is_no_row_of_people() -> None:
    title = "One Model of Birds: An Approach for Text, Sound, Image and Code"
    assert only(f"- {title} [[12 May 2022]]({PAPER})\n").title == title
    named = only(f"- Ordering Birds by Weight, Ada Lark, Bo Wren, Cy Finch [[12 May 2022]]({PAPER})\n")
    assert (named.title, named.authors) == ("Ordering Birds by Weight", "Ada Lark, Bo Wren, Cy Finch")


def test_the_name_of_an_emoji_is_no_note() -> None:
    assert only(f"- [Ordering Birds by Weight]({PAPER})<br>:house:[project](http://a.b)\n").notes is None


def test_in_a_heading_a_bar_separates_only_facts_and_people() -> None:
    days = "".join(f"## Birds | Wings | Day {day}\n\n[code](http://a.b/{day})\n\n" for day in range(2))
    found = entries(f"# Days\n\n{days}## Birds | ICML 2020\n\n[code](http://a.b/2)\n\n")
    assert [(entry.title, entry.venue) for entry in found] == [
        ("Birds | Wings | Day 0", None),
        ("Birds | Wings | Day 1", None),
        ("Birds", "ICML 2020"),
    ]


def test_a_table_inside_an_item_is_read_once() -> None:
    table = f"  | Name | Link |\n  |-|-|\n  | Ordering Birds by Weight | [pdf]({PAPER}) |\n"
    assert [entry.kind for entry in entries(f"## Work\n\n- Tables\n\n{table}\n")].count("row") == 1


def test_raw_html_below_an_item_is_read_as_html() -> None:
    below = "  <details>\n  <summary>Ada Lark, Bo Wren, Cy Finch <em>ICML</em> 2020</summary>\n  Notes.\n  </details>\n"
    (entry,) = entries(f"## Work\n\n- [Ordering Birds by Weight]({PAPER}) [[code]({CODE})]\n{below}")
    assert (entry.authors, entry.year) == ("Ada Lark, Bo Wren, Cy Finch", 2020)


def test_a_word_before_a_titles_link_says_its_role_and_is_no_title() -> None:
    text = f"- code [FastBirds: A Fast Bird Training System ICML'22]({CODE})\n\n  paper [FastBirds]({PAPER})\n"
    entry = only(text)
    assert (entry.title, entry.venue, entry.notes) == ("FastBirds: A Fast Bird Training System", "ICML'22", "paper")


def test_a_date_in_the_column_of_venues_is_a_date() -> None:
    rows = f"| Title | Venue | Link |\n|-|-|-|\n| Ordering Birds by Weight | May. 2024 | [pdf]({PAPER}) |\n"
    entry = only(f"## Work\n\n{rows}")
    assert (entry.venue, entry.year) == (None, 2024)
