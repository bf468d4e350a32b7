"""The records that other programs build on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import listbot
from listbot import library, read_list
from listbot.document import Document, Entry, EntryLink, Link, PartSpans
from listbot.errors import InputError
from listbot.parser import parse
from listbot.source import Source, Span

TEXT = """\
# Papers

- [Intro](https://a.example)

## Attention 注意力

- 🔥 [FlashAttention: Fast](https://arxiv.org/pdf/2205.14135v2), T. Dao, NeurIPS 2022. [code](https://github.com/Dao/Flash.git)
"""
PDF, CODE = "https://arxiv.org/pdf/2205.14135v2", "https://github.com/Dao/Flash.git"


def span_of(part: str) -> Span:
    start = TEXT.index(part)
    return Span(start, start + len(part))


def entry_link(label: str, url: str, role: str) -> EntryLink:
    whole = span_of(f"[{label}]({url})")
    return EntryLink(Link("inline", whole, span_of(url), span_of(label), url, url, False, False), label, role)


def document() -> Document:
    """The text with an entry whose every part is filled by hand."""
    made = parse(Source("lists/README.md", TEXT))
    links = (entry_link("FlashAttention: Fast", PDF, "pdf"), entry_link("code", CODE, "code"))
    made.entries = [
        Entry(
            kind="item",
            span=span_of(TEXT.splitlines()[-1]),
            first=7,
            last=7,
            section=1,
            title="FlashAttention: Fast",
            links=links,
            primary=links[0],
            authors="T. Dao",
            venue="NeurIPS 2022",
            year=2022,
            tags=("attention",),
            marks=("🔥",),
            notes="with kernels",
            shape="",
            spans=PartSpans(),
        )
    ]
    return made


def test_an_entry_with_all_its_parts() -> None:
    curated = library.of_document(document())
    (entry,) = curated
    assert entry == library.ListEntry(
        path="lists/README.md",
        start_line=7,
        end_line=7,
        section=("Papers", "Attention 注意力"),
        kind="item",
        title="FlashAttention: Fast",
        authors="T. Dao",
        venue="NeurIPS 2022",
        year=2022,
        tags=("attention",),
        marks=("🔥",),
        notes="with kernels",
        primary=library.ListLink(PDF, "FlashAttention: Fast", "pdf", 7, 5, "arxiv:2205.14135", PDF),
        links=(
            library.ListLink(PDF, "FlashAttention: Fast", "pdf", 7, 5, "arxiv:2205.14135", PDF),
            library.ListLink(CODE, "code", "code", 7, 87, "github:dao/flash", CODE),
        ),
    )


def test_an_entry_of_which_the_text_says_nothing() -> None:
    made = document()
    empty = made.entries[0]._replace(title=None, links=(), primary=None, section=-1, authors=None, year=None, marks=())
    made.entries = [empty]
    (entry,) = library.of_document(made)
    assert (entry.section, entry.title, entry.primary, entry.links, entry.year) == ((), None, None, (), None)


def test_sections() -> None:
    first, second = read_list(text=TEXT).sections
    assert (first.path, first.level, first.start_line, first.end_line) == (("Papers",), 1, 1, 7)
    assert second.path == ("Papers", "Attention 注意力")
    assert (second.level, second.start_line, second.role) == (2, 5, "body")


def test_a_list_is_read_from_a_path_a_text_or_the_readme_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "readme.md"
    file.write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    from_path, from_text, from_here = read_list(str(file)), read_list(text=TEXT, path="readme.md"), read_list()
    assert from_here == from_text
    assert read_list(file) == from_path
    assert [entry.title for entry in from_path] == ["Intro", "FlashAttention: Fast"]
    assert [link.url for link in from_path.entries[1].links] == [PDF, CODE]
    assert len(from_path) == 2
    assert repr(from_here) == "<CuratedList 'readme.md': 2 entries, 2 sections>"


def test_a_link_keeps_what_is_written_and_what_a_browser_asks_for() -> None:
    (entry,) = read_list(text="- [A name](https://a.example/x?a=1&amp;b=\\_2)\n")
    assert entry.primary is not None
    assert entry.primary.url == "https://a.example/x?a=1&amp;b=\\_2"
    assert entry.primary.target == "https://a.example/x?a=1&b=_2"


def test_what_cannot_be_read_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    binary = tmp_path / "b.md"
    binary.write_bytes(b"\0")
    for path, sentence in [
        (tmp_path / "none.md", "there is no such file"),
        (binary, "binary file"),
        (tmp_path, "directory"),
    ]:
        with pytest.raises(InputError, match=sentence):
            read_list(path)
    binary.write_text(TEXT, "utf-8")
    with pytest.raises(InputError, match="the limit is 10"):
        read_list(binary, max_file_size=10)
    monkeypatch.chdir(tmp_path / "..")
    with pytest.raises(InputError, match=r"no README\.md"):
        read_list()


def test_records_do_not_change() -> None:
    curated = read_list(text=TEXT)
    with pytest.raises(AttributeError):
        curated.path = "x"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        curated.entries[0].title = "x"  # type: ignore[misc]


def test_the_package_names_its_library_and_imports_it_late() -> None:
    assert all(hasattr(listbot, name) for name in listbot.__all__)
    assert sorted(dir(listbot)) == sorted(listbot.__all__)
    with pytest.raises(AttributeError, match="no attribute 'read_lists'"):
        listbot.read_lists  # noqa: B018
    program = (
        "import sys\nbefore = set(sys.modules)\nimport listbot\n"
        "print(sorted(set(sys.modules) - before))\n"
        "from listbot import read_list\n"
        "print('markdown_it' in sys.modules, 'pydantic' in sys.modules, 'rich' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{program}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["['__future__', 'listbot']", "True False False"]
