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
        (f"1. Ada Lark. 2016. Counting all birds from far. In Proceedings of ACL, pages 1-9. [[paper]({PAPER})]", "Counting all birds from far", "Ada Lark", "Proceedings of ACL", 2016, PAPER),
        (f"1. Bird Counting. 2016. A book for everyone who counts. Free online. [[paper]({PAPER})]", "Bird Counting", None, None, 2016, PAPER),
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


@pytest.mark.parametrize(
    ("quoted", "title"),
    [
        ('"Are "Far Birds" Counted Well? A Study"', 'Are "Far Birds" Counted Well? A Study'),
        ('""We Count Birds": What Counting Tells"', '"We Count Birds": What Counting Tells'),
        ('"Counting Birds Until They Are "Lost"", CVPR', 'Counting Birds Until They Are "Lost"'),
        ('"Counting Birds from Far", CVPR', "Counting Birds from Far"),
    ],
)
def test_quotes_inside_a_quoted_title_belong_to_it(quoted: str, title: str) -> None:
    assert only(f"- {quoted} [2025-03] [[paper]({PAPER})]\n").title == title


def test_chinese_title_marks_are_no_part_of_a_title() -> None:
    assert only(f"- **《Counting Birds from Far》** [paper]({PAPER})\n").title == "Counting Birds from Far"


def test_a_linked_name_in_the_first_column_is_the_title_whatever_the_header_says() -> None:
    text = f"| Implementation | Language | Notes |\n|---|---|---|\n| [Lark]({CODE}) | Python/CUDA | Counts birds. |\n"
    assert only(text).title == "Lark"


def test_raw_rows_are_entries_where_the_header_names_a_column_of_titles() -> None:
    text = f"""\
<table>
<tr><th rowspan="2">Kind</th><th rowspan="2">Model</th><th colspan="1" rowspan="2">Release Time</th><th rowspan="2">Link</th></tr>
<tr></tr>
<tr><td rowspan="2">Small birds</td><td>Lark</td><td>2022/03</td><td><a href="{PAPER}">Paper</a></td></tr>
<tr><td>Wren</td><td>2023/04</td><td><a href="{PAPER}x">Paper</a></td></tr>
<tr><td>Big birds</td><td>Crow</td><td>2021/05</td><td>-</td></tr>
</table>

<table>
<tr><td>Owl</td><td><a href="{PAPER}y">Paper</a></td></tr>
</table>
"""
    assert [(e.kind, e.title, e.year, e.first) for e in entries(text)] == [
        ("row", "Lark", 2022, 4),
        ("row", "Wren", 2023, 5),
    ]


def test_hostile_spans_of_cells_cost_nothing() -> None:
    cell = '<td colspan="99999999999999999999" rowspan="99999">Lark</td>'
    text = (
        f'<table><tr><th colspan="99999">Name</th></tr><tr>{cell * 50}<td><a href="{CODE}">Wren</a></td></tr></table>\n'
    )
    assert len(entries(text)) <= 1


def test_lines_of_raw_html_that_begin_with_a_linked_name_are_entries() -> None:
    line = '&nbsp;&nbsp; <a href="https://birds.example/{0}"><b>Bird {0}</b></a> - counts bird {0}.<br>\n'
    text = "## Birds\n\n<p>\n" + "".join(line.format(n) for n in range(1, 4)) + "</p>\n"
    assert [(e.kind, e.title, e.notes, e.first, e.last) for e in entries(text)] == [
        ("html", f"Bird {n}", f"counts bird {n}.", n + 3, n + 3) for n in range(1, 4)
    ]


@pytest.mark.parametrize(
    "line",
    [
        '<a href="https://birds.example/{0}"><b>Bird {0}</b></a> • ',
        '<a href="#bird-{0}"><b>Bird {0}</b></a> - counts.<br>\n',
        'See <a href="https://birds.example/{0}">Bird {0}</a> - it counts.<br>\n',
        '<a href="https://birds.example/{0}"><img src="b.png"></a> - counts.<br>\n',
    ],
)
def test_banners_and_prose_of_raw_html_are_no_entries(line: str) -> None:
    assert entries("## Birds\n\n<p>\n" + "".join(line.format(n) for n in range(4)) + "</p>\n") == []


def test_two_lines_of_raw_html_are_a_banner() -> None:
    line = '<a href="https://birds.example/{0}">Bird {0}</a> - counts.<br>\n'
    assert entries("## Birds\n\n<p>\n" + line.format(1) + line.format(2) + "</p>\n") == []


def test_linked_headings_with_what_is_told_folded_below_them_are_entries() -> None:
    one = """\
## [Bird {0}](https://birds.example/{0})
Counts bird {0}

<details>

![picture](https://birds.example/{0}.png)

### Description
- Counts [well](#birds) from afar
- No links here

### Links
- [GitHub](https://github.com/birds/{0})
- Made by [Ada Lark](https://ada.example/{0})

</details>

"""
    found = entries("# Birds\n\n" + "".join(one.format(n) for n in range(1, 4)))
    assert [(e.kind, e.title, e.first, e.last) for e in found] == [
        ("heading", "Bird 1", 3, 18),
        ("heading", "Bird 2", 20, 35),
        ("heading", "Bird 3", 37, 52),
    ]
    assert [(link.link.target, link.role) for link in found[0].links] == [
        ("https://birds.example/1", "project"),
        ("https://birds.example/1.png", "image"),
        ("https://github.com/birds/1", "code"),
        ("https://ada.example/1", "other"),
    ]


def test_linked_headings_with_a_line_of_words_are_entries() -> None:
    one = "### [Bird {0}](https://birds.example/{0})\n\nCounts bird {0} and says so.\n\n"
    found = entries("# Birds\n\n## Near\n\n" + "".join(one.format(n) for n in range(1, 4)))
    assert [(e.kind, e.title, e.first, e.last) for e in found] == [
        ("heading", f"Bird {n}", 4 * n + 1, 4 * n + 3) for n in range(1, 4)
    ]


def test_linked_headings_over_entries_are_topics() -> None:
    one = "## [Topic {0}](https://birds.example/{0})\n\n- [Lark {0}](https://lark.example/{0}) - Counts.\n\n"
    assert [e.title for e in entries("# Birds\n\n" + "".join(one.format(n) for n in range(4)))] == [
        f"Lark {n}" for n in range(4)
    ]


def test_a_section_of_tools_settles_that_an_only_link_is_the_primary_one() -> None:
    rows = "".join(f"| Counting many birds from far, part {n} | [here]({CODE}{n}) |\n" for n in range(3))
    table = f"| Name | Link |\n|---|---|\n{rows}"
    assert [e.primary.link.target if e.primary else None for e in entries(table)] == [f"{CODE}{n}" for n in range(3)]
    paper = f"| Counting birds anew | [paper]({PAPER}) |\n"
    assert [e.primary is None for e in entries(table + paper)] == [True, True, True, False]
    assert [e.primary is None for e in entries("".join(table.splitlines(keepends=True)[:4]))] == [True, True]
    several = table.replace("part 1 |", f"part 1 ([slides]({CODE}s)) |")
    assert [e.primary is None for e in entries(several)] == [False, True, False]


@pytest.mark.parametrize(
    ("tail", "notes", "marks"),
    [
        (" :yen: - Counts birds.", "Counts birds.", (":yen:",)),
        (" - 🚀 Counts birds.", "Counts birds.", ("🚀",)),
        (" :star::star: - Counts birds.", "Counts birds.", (":star:",)),
        (" - Counts at 10:30:00 and std::bird::far:", "Counts at 10:30:00 and std::bird::far", ()),
    ],
)
def test_marks_around_notes_are_no_part_of_them(tail: str, notes: str, marks: tuple[str, ...]) -> None:
    entry = only(f"- [Lark]({CODE}){tail}\n")
    assert (entry.notes, entry.marks) == (notes, marks)


def test_the_way_back_to_the_contents_is_no_entry() -> None:
    text = "## Birds\n\n[Go to Contents :arrow_heading_up:](https://github.com/birds/list#contents)\n\n"
    assert entries(text) == []


def test_cells_with_codes_of_courses_and_their_terms_hold_no_venue() -> None:
    text = (
        "| Course | Lecturer | Site | Lectures | Term |\n|---|---|---|---|---|\n"
        "| **Counting Birds** | Ada Lark | [CB'21](https://birds.example/c) | [YouTube](https://youtu.be/x) | F2016 |\n"
    )
    entry = only(text)
    assert (entry.title, entry.venue, entry.year) == ("Counting Birds", None, 2016)


def test_bold_words_between_people_and_a_year_are_a_venue() -> None:
    entry = only(
        f"1. __Counting Birds from Far.__ _Lark, Ada and Wren, Bo_. __T BIRDS__, 2017 [\\[paper\\]]({PAPER})\n"
    )
    assert (entry.venue, entry.year, entry.authors) == ("T BIRDS", 2017, "Lark, Ada and Wren, Bo")


def test_a_badge_names_the_role_of_a_link_whose_target_says_nothing() -> None:
    badge = "[![{0}](https://img.shields.io/badge/{0}-x)]({1})"
    text = f"- [Counting Birds]({PAPER}) {badge.format('Website', 'https://birds.example/c')} {badge.format('Star', CODE)}\n"
    roles = {link.link.target: link.role for link in only(text).links}
    assert roles["https://birds.example/c"] == "project"
    assert roles[CODE] == "code"


@pytest.mark.parametrize(
    ("text", "title", "authors"),
    [
        ("Fast _Bird Counting_ by Ear. Lark, Ada et al. CVPR 2019", "Fast Bird Counting by Ear", "Lark, Ada et al."),
        ("Fast Bird _Wing Counting_. Lark, Ada et al. CVPR 2019", "Fast Bird Wing Counting", "Lark, Ada et al."),
        ("Fast _Bird Counting_: Near and Far. Lark et al. CVPR 2019", "Fast Bird Counting: Near and Far", "Lark et al."),
        ("Counting birds from far. _Ada Lark_. CVPR 2019", "Counting birds from far", "Ada Lark"),
        ("Small Bird Networks. Lark, Ada et al. CVPR 2019", "Small Bird Networks", "Lark, Ada et al."),
        ("Ada Lark, Bo Wren, and Cy Owl, Bird pose machines, CVPR, 2016.", "Bird pose machines", "Ada Lark, Bo Wren, and Cy Owl"),
    ],
)  # fmt: skip
def test_citations_without_a_link(text: str, title: str, authors: str) -> None:
    entry = only(f"1. {text}\n")
    assert (entry.title, entry.authors, entry.primary) == (title, authors, None)


def test_a_short_line_without_people_venue_and_year_is_no_citation() -> None:
    assert entries("1. Small Bird Networks. CVPR 2019\n") == []


def test_the_citation_below_the_name_of_a_group_has_the_title() -> None:
    people = "Ada Lark, Bo Wren, Cy Owl, Di Crow"
    text = f"* Wren Lab / Owl Lab [[Paper]]({PAPER})\n  * {people}, Counting birds from very far, ICML, 2020.\n"
    entry = only(text)
    assert (entry.title, entry.authors, entry.year) == ("Counting birds from very far", people, 2020)
    quoted = f'* Wren Lab [[Paper]]({PAPER})\n  * {people}, "Counting Birds from Very Far", ICML, 2020.\n'
    assert only(quoted).title == "Counting Birds from Very Far"
    named = f"* **Counting Birds** [[Paper]]({PAPER})\n  * {people}, with words on how birds fly, ICML, 2020.\n"
    assert only(named).title == "Counting Birds"


def test_chapters_of_other_files_of_the_list_are_contents() -> None:
    text = f"## Birds\n\n- [Small birds](more.md#small-birds)\n  - [Wrens](./more.md#wrens)\n- [Lark]({CODE})\n- [A paper](papers/lark.md)\n"
    assert [entry.title for entry in entries(text)] == ["Lark", "A paper"]


def test_a_row_that_tells_of_a_thing_is_an_entry_though_its_only_link_is_a_badge() -> None:
    badge = '<a href="https://birds.example/{0}"><img src="run.svg" alt="Run it"></a>'
    rows = "".join(f"| Bird {n} | Counts bird {n}. | {badge.format(n)} |\n" for n in range(3))
    found = entries(f"| Notebook | Description | Run |\n|---|---|---|\n{rows}")
    assert [(e.title, e.primary.link.target if e.primary else None) for e in found] == [
        (f"Bird {n}", f"https://birds.example/{n}") for n in range(3)
    ]
    states = "".join(f"| Build {n} | {badge.format(n)} |\n" for n in range(3))
    assert entries(f"| What | State |\n|---|---|\n{states}") == []


def test_an_article_is_what_its_target_says() -> None:
    text = f"- **Counting Birds from Far** [[Article]({PAPER})] [[Article](https://birds.example/blog/far)]\n"
    assert [link.role for link in only(text).links] == ["paper", "blog"]


def test_a_month_that_is_cut_short_is_part_of_its_date() -> None:
    entry = only(f"- **Lark** Dec. 2022 [[pdf]({PAPER})]\n")
    assert (entry.title, entry.year, entry.notes) == ("Lark", 2022, None)


def test_a_surname_like_a_month_is_a_name() -> None:
    entry = only(
        f"* Ada Lark, Bo Wren, and Cy May. 2019. [Counting Birds from Far]({PAPER}). In *Proceedings of ACL*.\n"
    )
    assert (entry.authors, entry.year) == ("Ada Lark, Bo Wren, and Cy May", 2019)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("- [popl](https://github.com/example/popl): Reads (or *writes*) arguments `quickly` for C++. [MIT]\n", "popl"),
        ("- [POPL](https://github.com/example/popl): Reads (or *writes*) arguments `quickly` for C++. [MIT]\n", None),
        ("- [popl](https://example.com/2020): Reads (or *writes*) arguments `quickly` for C++. [MIT]\n", None),
    ],
)
def test_a_repository_may_be_called_as_a_venue_is(text: str, title: str | None) -> None:
    entry = only(text)
    assert entry.title == (title or "Reads (or writes) arguments quickly for C++")


_HOME = "https://github.com/example/birds"
_CHAPTERS = "## Owls\n\n- [Owl](https://a.example/owl)\n\n## Wrens\n\n- [Wren](https://a.example/wren)\n\n## Larks\n\n- [Lark](https://a.example/lark)\n"


@pytest.mark.parametrize(
    "way",
    [
        f"- [Owls]({_HOME}#owls)\n- [Wrens]({_HOME}#wrens)\n- [Larks]({_HOME}#larks)\n\n",
        f"- [Owls]({_HOME}/blob/main/README.md#owls)\n- [Wrens]({_HOME}#wrens)\n- [Larks]({_HOME}#larks)\n- [Gone]({_HOME}#gone)\n\n",
        f"| Part | Part |\n| --- | --- |\n| [Owls]({_HOME}#owls) | [Wrens]({_HOME}#wrens) |\n| [Larks]({_HOME}#larks) | |\n\n",
        f"<ul><li><a href='{_HOME}#owls'>Owls</a></li><li><a href='{_HOME}#wrens'>Wrens</a></li><li><a href='{_HOME}#larks'>Larks</a></li></ul>\n\n",
        f"[Up we fly]({_HOME}#owls)\n\n" * 3,
    ],
)
def test_a_link_to_a_chapter_is_no_entry_where_it_names_the_list_s_own_repository(way: str) -> None:
    assert [entry.title for entry in entries(_CHAPTERS + "\n" + way)] == ["Owl", "Wren", "Lark"]


@pytest.mark.parametrize(
    "listed",
    [
        f"- [Owls]({_HOME}#owls)\n- [Wrens]({_HOME}#wrens)\n",  # two may be chance
        f"- [Owls]({_HOME}#owls)\n- [Wrens]({_HOME}#wrens)\n- [Larks]({_HOME}#larks)\n"
        + "".join(f"- [Part {n}]({_HOME}#part-{n})\n" for n in range(4)),
        "".join(f"- [{name}](https://a.example/book#{name})\n" for name in ("owls", "wrens", "larks")),
    ],
)
def test_places_of_another_page_are_entries(listed: str) -> None:
    assert len(entries(_CHAPTERS + "\n" + listed)) == 3 + listed.count("\n")


@pytest.mark.parametrize("label", ["Go back to top", "⬆ back to the table of contents", "Go to table of contents"])
def test_a_way_back_alone_is_no_entry(label: str) -> None:
    assert [entry.title for entry in entries(f"{_CHAPTERS}\n[{label}]({_HOME}#owls)\n")] == ["Owl", "Wren", "Lark"]


def _papers(*titles: str) -> str:
    return "".join(f"### [{title}](https://a.example/{number})\n\nICML 2020\n\n" for number, title in enumerate(titles))


def test_among_headings_that_are_entries_a_linked_title_is_one_whatever_stands_below_it() -> None:
    noted = "### [Wrens from Far](https://a.example/wrens)\n\nICCV 2021\n\n1. **Fast.** Built on [The Nests of Wrens](https://b.example/nests)\n2. Two stages.\n\n"
    bare = "### [Larks from Far](https://a.example/larks)\n\n"
    found = entries("## Birds\n\n" + _papers("Owls", "Herons", "Robins") + noted + bare)
    assert [(entry.kind, entry.title, len(entry.links)) for entry in found[3:]] == [
        ("heading", "Wrens from Far", 1),
        ("heading", "Larks from Far", 1),
    ]
    assert (found[3].first, found[3].last, found[3].venue) == (15, 20, "ICCV 2021")


@pytest.mark.parametrize(
    "text",
    [
        "### [Wrens](https://a.example/wrens)\n\n- [One](https://b.example/1)\n- [Two](https://b.example/2)\n",
        "### [Wrens](https://a.example/wrens)\n\n| Name |\n| --- |\n| [One](https://b.example/1) |\n| [Two](https://b.example/2) |\n",
    ],
)
def test_a_linked_heading_over_entries_is_a_topic(text: str) -> None:
    found = entries("## Birds\n\n" + _papers("Owls", "Herons", "Robins") + text)
    assert [entry.title for entry in found[3:]] == ["One", "Two"]
