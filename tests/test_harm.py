"""What fixes of other linters broke on real lists (typos, codespell, textlint, mdformat, rumdl), and ours leaves alone.

Names that look misspelt, words that hold other words, titles, hard breaks, numbering, escaped boxes: a fix changes the
characters of its defect and no other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_cli import listbot
from tests.test_fix_command import counts

MUSEUM = """\
Awesome  parsing
================

Two blanks end this line,\x20\x20
and a backslash this one.\\
1986\\. A year, and no number of a list.  \t

* [PICE: parsing in constant extra space](https://arxiv.org/abs/2401.00001): a colocated colocation, "SMoE" vs. some
* [ALISE and Parm: a Tradeoff on the Smartphone](https://arxiv.org/abs/2401.00002) — expers & teh guidance
+ [ ] \\[ \\] [KlaVa on Ba, de facto](https://arxiv.org/abs/2401.00003)
+ [x] `analyse`  `[a] (https://a.example)` and $f[i] (x)$

1. [One](https://one.example)
2. [Two](https://two.example)
   continued\x20\x20
   and continued
3. [Three](https://three.example), [again](https://three.example/#a_b), __bold__, *it*, _it_, ***both***

10) ten
11) eleven

| a | b |
|---|:-:|
|[x](https://x.example)|y
| `a\\|b` | [z](https://z.example/a_(b)) | too many |

<details><summary>More</summary>

- [Inside]( https://inside.example "Title" ) <br/>next
\t- tab

</details>

~~~text
- [x] (https://code.example)
~~~

    [y] (https://indented.example)

***
Parsing libraries
-----------------

[ref]: <https://ref.example> 'Reference'
[Use][ref], [ref], https://bare.example/a_b_c?x=1&y=%20., <https://auto.example>
"""
DEFECT = "- [Lark] (https://github.com/example/lark) - Parses.\n"


@pytest.mark.parametrize("options", [[], ["--unsafe-fixes", "--pedantic"]])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_is_no_defect_stays_to_the_last_blank(tmp_path: Path, options: list[str], line_end: str) -> None:
    text = MUSEUM.replace("\n", line_end)
    path = tmp_path / "README.md"
    path.write_bytes(text.encode())
    done = listbot("fix", *options, cwd=tmp_path)
    assert path.read_bytes() == text.encode()
    assert counts(done).startswith("0 fixed")


@pytest.mark.parametrize("options", [[], ["--unsafe-fixes", "--pedantic"]])
def test_a_fix_changes_the_characters_of_its_defect_only(tmp_path: Path, options: list[str]) -> None:
    path = tmp_path / "README.md"
    for at in (0, MUSEUM.index("1. [One]"), MUSEUM.index("***\nParsing"), len(MUSEUM)):
        text = f"{MUSEUM[:at]}\n{DEFECT}\n{MUSEUM[at:]}"
        path.write_bytes(text.encode())
        done = listbot("fix", *options, cwd=tmp_path)
        assert path.read_bytes() == text.replace("[Lark] (", "[Lark](").encode()
        assert counts(done).startswith("1 fixed"), "the count is that of the changes"


def test_fixing_twice_changes_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_bytes((MUSEUM + DEFECT * 3).encode())
    listbot("fix", "--unsafe-fixes", cwd=tmp_path)
    once = path.read_bytes()
    listbot("fix", "--unsafe-fixes", cwd=tmp_path)
    assert path.read_bytes() == once


def test_what_git_and_package_managers_keep_is_not_touched(tmp_path: Path) -> None:
    for folder in (".git", "node_modules", ".github"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.md").write_text(DEFECT * 2, "utf-8")
    (tmp_path / "README.md").write_text(DEFECT * 2, "utf-8")
    (tmp_path / "notes.txt").write_text(DEFECT, "utf-8")
    listbot("fix", ".", cwd=tmp_path)
    changed = {
        p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*") if p.is_file() and "](" in p.read_text()
    }
    assert changed == {"README.md"}


def test_the_author_s_own_words_are_no_targets(tmp_path: Path) -> None:
    """`Testtest`: a fix made at stale offsets writes into what an earlier fix moved."""
    path = tmp_path / "README.md"
    lines = [f"- [Tool {n}] (https://tool{n}.example/?utm_source=feed) and [more {n}](#tool-s)\n" for n in range(60)]
    path.write_text("## Tools\n\n" + "".join(lines), "utf-8")
    listbot("fix", cwd=tmp_path)
    assert path.read_text("utf-8") == "## Tools\n\n" + "".join(
        f"- [Tool {n}](https://tool{n}.example/) and [more {n}](#tools)\n" for n in range(60)
    )
