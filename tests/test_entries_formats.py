"""What `listbot entries` prints, letter by letter, and that no text of a list breaks out of it."""

from __future__ import annotations

import csv
import io
import json
import typing
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from bibtexparser import parse_string  # type: ignore[attr-defined]
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from listbot import read_list
from listbot.document import ROLES
from listbot.library import CuratedList
from listbot.output import entries_bibtex, entries_csv, entries_json, entries_table
from tests.listed import PAPER, curated, link, listed

CODE = link("https://github.com/Dao/Flash.git", "code", "code", 90)
FULL = listed(
    link(label="FlashAttention: 100% Exact & Fast"),
    CODE,
    title="FlashAttention: 100% Exact & Fast",
    authors="Tri Dao, Daniel Y. Fu, et al.",
    venue="NeurIPS 2022",
    year=2022,
    section=("Work", "注意力"),
    tags=("attention", "kernels"),
    marks=("checkbox", "🔥"),
    notes="tiles, “well”",
)
TOOL = listed(
    link("https://github.com/example/lark", "code", "Lark"), title="Lark", start_line=3, end_line=4, section=()
)
BARE = listed(title=None, links=(), primary=None, kind="row")
LIST = curated(FULL, TOOL, BARE)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def printed(write: Callable[[list[CuratedList], io.StringIO], object], *lists: CuratedList) -> str:
    stream = io.StringIO(newline="")
    write(list(lists), stream)
    return stream.getvalue()


def table(*lists: CuratedList, width: int = 80, colour: bool = False) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=colour, highlight=False, markup=False, emoji=False)
    entries_table.render(lists, console)
    return stream.getvalue()


# JSON -----------------------------------------------------------------------------------------------------------------

FULL_ROW: dict[str, Any] = {
    "path": "README.md",
    "start_line": 1,
    "end_line": 1,
    "section": ["Work", "注意力"],
    "kind": "item",
    "title": "FlashAttention: 100% Exact & Fast",
    "authors": "Tri Dao, Daniel Y. Fu, et al.",
    "venue": "NeurIPS 2022",
    "year": 2022,
    "tags": ["attention", "kernels"],
    "marks": ["checkbox", "🔥"],
    "notes": "tiles, “well”",
    "primary": PAPER,
    "links": [
        {
            "url": PAPER,
            "label": "FlashAttention: 100% Exact & Fast",
            "role": "paper",
            "line": 1,
            "column": 3,
            "work": "arxiv:2205.14135",
        },
        {
            "url": "https://github.com/Dao/Flash.git",
            "label": "code",
            "role": "code",
            "line": 1,
            "column": 90,
            "work": "github:dao/flash",
        },
    ],
}


def test_json_lines() -> None:
    first, second, third = printed(entries_json.write_lines, LIST).splitlines()
    assert json.loads(first) == FULL_ROW
    assert list(json.loads(first)) == list(FULL_ROW)
    assert "注意力" in first
    assert json.loads(second)["primary"] == "https://github.com/example/lark"
    assert third == (
        '{"path":"README.md","start_line":1,"end_line":1,"section":["Papers"],"kind":"row","title":null,'
        '"authors":null,"venue":null,"year":null,"tags":[],"marks":[],"notes":null,"primary":null,"links":[]}'
    )


def test_json_is_the_same_rows_in_one_object() -> None:
    lines = printed(entries_json.write_lines, LIST, LIST).splitlines()
    whole = printed(entries_json.write_document, LIST, curated(), LIST)
    assert json.loads(whole) == {"version": 1, "entries": [json.loads(line) for line in lines]}
    assert len(whole.splitlines()) == len(lines) + 2
    assert printed(entries_json.write_document) == '{"version": 1, "entries": []}\n'
    assert printed(entries_json.write_lines, curated()) == ""


def test_json_holds_to_its_schema() -> None:
    whole, row = json.loads(entries_json.schema(lines=False)), json.loads(entries_json.schema(lines=True))
    jsonschema.Draft202012Validator.check_schema(whole)
    jsonschema.validate(json.loads(printed(entries_json.write_document, LIST)), whole)
    for line in printed(entries_json.write_lines, LIST).splitlines():
        jsonschema.validate(json.loads(line), row)
    assert sorted(row["required"]) == sorted(FULL_ROW)
    assert row["properties"]["start_line"]["description"] == "1-based."
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": 1, "entries": [FULL_ROW | {"year": "2022"}]}, whole)


def test_the_schema_knows_every_role() -> None:
    assert typing.get_args(entries_json.LinkRow.model_fields["role"].annotation) == ROLES


@given(TEXTS)
def test_any_text_survives_json(text: str) -> None:
    (line,) = printed(entries_json.write_lines, curated(listed(title=text, notes=text))).split("\n")[:-1]
    assert json.loads(line)["title"] == json.loads(line)["notes"] == text


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["thunlp+GNNPapers.md", "HqWu-HITCS+Awesome-Chinese-LLM.md", "vinta+awesome-python.md"]
)
def test_real_lists_in_every_format(shared: Path, name: str) -> None:
    real = read_list(shared / "corpus" / name)
    row = jsonschema.Draft202012Validator(json.loads(entries_json.schema(lines=True)))
    lines = printed(entries_json.write_lines, real).split("\n")[:-1]
    assert len(lines) == len(real) > 100
    assert all(row.is_valid(json.loads(line)) for line in lines)
    assert len(list(csv.reader(io.StringIO(printed(entries_csv.write, real), newline="")))) == len(real) + 1
    assert max(map(cell_len, table(real, width=100).splitlines()[1:])) <= 100
    parsed = parse_string(printed(entries_bibtex.write, real))
    assert not parsed.failed_blocks


# CSV ------------------------------------------------------------------------------------------------------------------


def test_csv() -> None:
    assert printed(entries_csv.write, LIST) == (
        "path,start_line,end_line,section,kind,title,authors,venue,year,tags,marks,notes,primary,work,links\r\n"
        "README.md,1,1,Work > 注意力,item,FlashAttention: 100% Exact & Fast,"
        '"Tri Dao, Daniel Y. Fu, et al.",NeurIPS 2022,2022,attention | kernels,checkbox | 🔥,"tiles, “well”",'
        "https://arxiv.org/abs/2205.14135,arxiv:2205.14135,"
        "paper: https://arxiv.org/abs/2205.14135 | code: https://github.com/Dao/Flash.git\r\n"
        "README.md,3,4,,item,Lark,,,,,,,https://github.com/example/lark,github:example/lark,"
        "code: https://github.com/example/lark\r\n"
        "README.md,1,1,Papers,row,,,,,,,,,,\r\n"
    )
    assert printed(entries_csv.write, curated()).count("\r\n") == 1


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("https://evil.example")', "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "＝1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    hostile = listed(
        link(text),
        title=text,
        authors=text,
        venue=text,
        notes=text,
        tags=(text,),
        marks=(text,),
        section=(text,),
        path=text,
    )
    _, cells = csv.reader(io.StringIO(printed(entries_csv.write, curated(hostile)), newline=""))
    assert cells[5] == "'" + text
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n＝＋－＠")]


@given(TEXTS)
def test_any_text_survives_csv(text: str) -> None:
    stream = io.StringIO(printed(entries_csv.write, curated(listed(title=text, notes=text), TOOL)), newline="")
    first, second = csv.DictReader(stream)
    assert first["title"] == first["notes"] == entries_csv.guarded(text)
    assert first["title"].removeprefix("'") == text.removeprefix("'")
    assert second["title"] == "Lark"


# Table ----------------------------------------------------------------------------------------------------------------


def test_table() -> None:
    assert table(LIST) == (
        "README.md: 3 entries\n"
        "line  title                              venue         year  work\n"
        "1     FlashAttention: 100% Exact & Fast  NeurIPS 2022  2022  arxiv:2205.14135\n"
        "3     Lark                                                   github:example/lark\n"
        "1\n"
    )


def test_a_table_leaves_out_columns_of_which_it_knows_nothing() -> None:
    page = listed(link("https://www.a.example/b/c", "other"), title="Page")
    file = listed(link("docs/x.md", "docs"), title="File")
    assert table(curated(page, file)) == (
        "README.md: 2 entries\n"
        "line  title  work\n"
        "1     Page   a.example\n"
        "1     File   docs/x.md\n"
    )  # fmt: skip


@pytest.mark.parametrize("width", [32, 40, 60, 80, 200])
def test_a_table_fits_the_terminal(width: int) -> None:
    wide = listed(
        link("https://github.com/a-very-long-owner/and-a-very-long-name-of-a-repository", "code"),
        title="解析器 " * 30,
        venue="Proceedings of the Annual Conference of Everything 2024",
    )
    shown = table(curated(wide, listed(title="B", venue="C", year=2024)), width=width).splitlines()
    assert len(shown) == 4
    assert max(map(cell_len, shown)) <= width
    assert "…" in shown[2]
    assert "B  " in shown[3]


def test_each_file_has_a_table_and_empty_lists_have_none() -> None:
    assert table(curated()) == ""
    assert table(curated(TOOL), curated(), curated(BARE, path="b.md")) == (
        "README.md: 1 entry\n"
        "line  title  work\n"
        "3     Lark   github:example/lark\n"
        "\n"
        "b.md: 1 entry\n"
        "line\n"
        "1\n"
    )  # fmt: skip


@given(TEXTS)
def test_no_text_commands_a_terminal_or_is_markup(text: str) -> None:
    hostile = listed(link("x" + text, "other"), title=text, venue=text, path=text)
    shown = table(curated(hostile, path=text))
    assert all(unicodedata.category(c) not in ("Cc", "Zl", "Zp") for c in shown.replace("\n", ""))
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff") & set(shown)
    assert shown.count("\n") == 3


def test_markup_and_emoji_codes_are_text() -> None:
    shown = table(curated(listed(title="[bold red]x[/] :smile: [link=https://e.example]y[/link]")), width=120)
    assert "[bold red]x[/] :smile: [link=https://e.example]y[/link]" in shown


def test_colour_is_the_consoles_to_decide() -> None:
    assert "\x1b[" not in table(LIST)
    assert "\x1b[36m" in table(LIST, colour=True)


# BibTeX ---------------------------------------------------------------------------------------------------------------


def bibtex(*entries: Any) -> str:
    return printed(entries_bibtex.write, curated(*entries))


def fields(*entries: Any) -> dict[str, str]:
    (entry,) = parse_string(bibtex(*entries)).entries
    return {field.key: field.value for field in entry.fields}


def test_bibtex() -> None:
    acl = link("https://doi.org/10.18653/v1/2022.acl-long.585")
    odd = listed(acl, title="{Odd} \\input{x} $a_b$ ~^<|>#", authors="Lin, J., Klein, D.", tags=("a&b",))
    assert bibtex(FULL, TOOL, BARE, odd) == (
        "@misc{flashattention-100-exact-2205.14135,\n"
        r"  title = {{FlashAttention: 100\% Exact \& Fast}}," "\n"
        "  author = {Tri Dao and Daniel Y. Fu and others},\n"
        "  year = {2022},\n"
        "  howpublished = {NeurIPS 2022},\n"
        "  eprint = {2205.14135},\n"
        "  archivePrefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/2205.14135},\n"
        "  keywords = {attention, kernels}\n"
        "}\n"
        "\n"
        "@misc{odd-input-x-c3f7e6b7,\n"
        r"  title = {{\textbraceleft{}Odd\textbraceright{} \textbackslash{}input\textbraceleft{}x\textbraceright{} "
        r"\$a\_b\$ \textasciitilde{}\textasciicircum{}\textless{}\textbar{}\textgreater{}\#}}," "\n"
        "  doi = {10.18653/v1/2022.acl-long.585},\n"
        "  url = {https://doi.org/10.18653/v1/2022.acl-long.585},\n"
        r"  keywords = {a\&b}," "\n"
        "  note = {Authors as listed: Lin, J., Klein, D.}\n"
        "}\n"
    )  # fmt: skip


def test_what_is_a_publication() -> None:
    page = link("https://lab.example/paper.pdf", "pdf")
    assert bibtex(TOOL, BARE, listed(page)) == ""
    assert fields(listed(page, year=2020)) == {
        "title": "{A title}",
        "year": "2020",
        "url": "https://lab.example/paper.pdf",
    }
    assert "howpublished" in fields(listed(page, venue="PLDI"))
    assert bibtex(listed(link("https://github.com/a/b", "code"), year=2020)) == ""
    assert fields(listed(CODE, link(), primary=None))["eprint"] == "2205.14135"
    assert printed_counts(FULL, FULL._replace(title="Another title"), TOOL, BARE) == (1, 2)


def printed_counts(*entries: Any) -> tuple[int, int]:
    written = entries_bibtex.write([curated(*entries)], io.StringIO())
    return written.publications, written.without


def test_ids_are_taken_where_there_is_no_choice() -> None:
    doi, other = link("https://dl.acm.org/doi/10.1145/3600006.3613165"), link("https://doi.org/10.1109/5.771073")
    both = fields(listed(link(), doi))
    assert (both["eprint"], both["doi"]) == ("2205.14135", "10.1145/3600006.3613165")
    assert "doi" not in fields(listed(link(), doi, other))
    assert fields(listed(doi, other))["doi"] == "10.1145/3600006.3613165"
    assert "doi" not in fields(listed(link("https://doi.org/10.48550/arXiv.2205.14135")))


def test_keys_are_stable_readable_and_unique() -> None:
    keys = [
        listed(title="On the Efficiency of Über-Models"),
        listed(link("https://arxiv.org/abs/cs/0112017"), title="解析器"),
        listed(link("https://doi.org/10.1/x", "paper"), year=2020),
        listed(link("https://doi.org/10.1109/5.771073")),
        listed(link("https://doi.org/10.1109/5.771074")),
    ]
    found = [entry.key for entry in parse_string(bibtex(*keys)).entries]
    assert found[:2] == ["efficiency-uber-models-2205.14135", "entry-cs-0112017"]
    assert len(set(found)) == 5
    assert [entry.key for entry in parse_string(bibtex(*reversed(keys))).entries] == found[::-1]


def test_a_url_cannot_end_its_field() -> None:
    assert fields(listed(link("https://arxiv.org/abs/2205.14135?a={}\\ b%20_é")))["url"] == (
        "https://arxiv.org/abs/2205.14135?a=%7B%7D%5C%20b%20_%C3%A9"
    )


def unescaped(text: str) -> str:
    for character, written in entries_bibtex.SPECIAL.items():
        if character != "\\":
            text = text.replace(written, character)
    return text.replace(r"\textbackslash{}", "\\")


@given(TEXTS)
def test_any_text_survives_bibtex(text: str) -> None:
    entry = listed(title=text, authors=text, venue=text, tags=(text,))
    parsed = parse_string(
        bibtex(entry, FULL._replace(links=(link(CODE.url), link("https://doi.org/10.1109/5.771073"))))
    )
    assert not parsed.failed_blocks
    first = parsed.entries[0]
    value = first.fields_dict["title"].value if text else "{}"
    depth = 0
    for character in value:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    kept = "".join(
        c for c in " ".join(text.split()) if c in "\u200c\u200d" or unicodedata.category(c) not in ("Cc", "Cf")
    )
    assert unescaped(value[1:-1]) == kept
