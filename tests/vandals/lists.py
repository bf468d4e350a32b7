"""Clean lists of our own, each with another house style, for a vandal to go through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

_SECTIONS = (
    "Parsers Lexers Linkers Loaders Editors Debuggers Profilers Verifiers Formatters Analysers Emulators Assemblers"
).split()
_MAKERS = "Amber Birch Cedar Dogwood Elder Fir Gorse Hazel Ivy Juniper Laurel Maple".split()
_THINGS = (
    "grammars tokens objects modules buffers frames samples proofs layouts queries machines opcodes streams maps trees"
).split()
_KINDS = "fast small steady modest simple patient precise gentle curious careful formal lazy".split()
_PLANTS = (
    "Anemone Begonia Crocus Dahlia Erica Freesia Gentian Hyacinth Iris Jasmine Kerria Lupin Magnolia Narcissus Orchid "
    "Peony Rosemary Salvia Tulip Verbena"
).split()
_NOTES = (
    "Works with {thing} in {kind} ways.",
    "A library of {thing}, grown with the needs of a {kind} team.",
    "Keeps {thing} (with other parts) in a {kind} state.",
    "The framework for {thing}, at home on GitHub and {kind} sites.",
)


def _contents(sections: list[str]) -> list[str]:
    return ["## Contents", "", *(f"- [{name}](#{name.lower().replace(' ', '-')})" for name in sections)]


def _title(maker: str, section: str, kind: str, thing: str) -> str:
    return f"{maker} {section[:-1].lower()} of {kind} {thing}"


def tools() -> list[str]:
    """144 tools with checkboxes in 12 sorted sections, and a table of 20 papers."""
    sections = [f"{section} and Friends" for section in _SECTIONS]
    lines = ["# Awesome Compilers", "", "Tools that read programs.", "", *_contents([*sections, "Papers and Books"])]
    for number, section in enumerate(_SECTIONS):
        lines += ["", f"## {section} and Friends", ""]
        for at, maker in enumerate(_MAKERS):
            kind, thing = _KINDS[(at + number) % 12], _THINGS[(at * 5 + number) % 15]
            url = f"https://github.com/{maker.lower()}/{kind}-{section.lower()}"
            notes = _NOTES[(at + number) % 4].format(thing=thing, kind=kind)
            lines.append(f"- [ ] [{_title(maker, section, kind, thing)}]({url}) - {notes}")
    lines += ["", "## Papers and Books", "", "| Paper | Year |", "| --- | --- |"]
    for number, (maker, section) in enumerate(list(product(_MAKERS, _SECTIONS))[::7][:20]):
        title = f"On the {_KINDS[number % 12]} {section.lower()} that {maker} left to {_THINGS[number % 15]}"
        paper = f"{(1801, 1901)[number // 12] + number % 12}.{10101 + 37 * number}"
        lines.append(f"| [{title}](https://arxiv.org/abs/{paper}) | {2018 + number // 12} |")
    return lines


def sorted_tools() -> list[str]:
    """80 tools without checkboxes, in sections that are long and sorted."""
    gardens = ("Small Gardens", "Large Gardens", "Hot Houses", "Open Fields")
    lines = ["# Awesome Gardens", "", "Tools for gardeners.", "", *_contents([f"For {garden}" for garden in gardens])]
    for place, garden in enumerate(gardens):
        lines += ["", f"## For {garden}", ""]
        for at, plant in enumerate(_PLANTS):
            title = f"{plant} {_THINGS[(at * 7 + place * 4) % 15]}"
            notes = f"Waters the {_KINDS[(at + place) % 12]} beds and the paths"
            lines.append(f"* [{title}](https://{plant.lower()}.example/{place}/{at}) — {notes}")
    return lines


def papers() -> list[str]:
    """60 papers with bold titles, people, venues and labels."""
    lines = [
        "# Papers about Compilers",
        "",
        "What to read first.",
        "",
        *_contents([f"{section} at Work" for section in _SECTIONS[:5]]),
    ]
    for number, section in enumerate(_SECTIONS[:5]):
        lines += ["", f"## {section} at Work", ""]
        for at, maker in enumerate(_MAKERS):
            kind, thing = _KINDS[(at + number) % 12], _THINGS[(at * 4 + number) % 15]
            title = f"On {kind} {thing} for the {section.lower()} of {maker}"
            paper = f"20{at % 12 + 1:02}.{10203 + 100 * number + at}"
            lines.append(
                f"1. **{title}**. *Ada {maker}, Ben Loom*. ICLR 2021. [[paper](https://arxiv.org/abs/{paper})]"
            )
    return lines


def pages() -> list[str]:
    """60 papers whose titles are links to arXiv's pages, with notes behind a dash."""
    lines = [
        "# Awesome Proofs",
        "",
        "Papers with proofs.",
        "",
        *_contents([f"On {section}" for section in _SECTIONS[5:10]]),
    ]
    for number, section in enumerate(_SECTIONS[5:10]):
        lines += ["", f"## On {section}", ""]
        for at, maker in enumerate(_MAKERS):
            kind, thing = _KINDS[(at + number) % 12], _THINGS[(at * 4 + number) % 15]
            title = f"{_PLANTS[at + number]}, {maker}, {kind}, {thing}, {_KINDS[(at + number + 5) % 12]}"
            paper = f"21{at % 12 + 1:02}.{11203 + 100 * number + at}"
            lines.append(f"- [{title}](https://arxiv.org/abs/{paper}) - what {thing} mean to {maker}")
    return lines


def broken_lines() -> list[str]:
    """40 papers in four lines each, which hard breaks keep apart."""
    lines = ["# Papers on Gardens", "", "What gardeners read."]
    for number, garden in enumerate(("Small Gardens", "Large Gardens", "Hot Houses", "Open Fields")):
        lines += ["", f"## On {garden}"]
        for at, plant in enumerate(_PLANTS[:10]):
            title = f"What {plant.lower()} teaches {_KINDS[at]} keepers of {_THINGS[(at + 3 * number) % 15]}"
            lines += [
                "",
                f"**{title}**  ",
                f"*{_MAKERS[at]} Loom, Ada {_MAKERS[(at + number + 1) % 12]}*  ",
                f"[[paper](https://arxiv.org/abs/19{at + 1:02}.{11311 + 100 * number})]  ",
                f"[[code](https://github.com/{plant.lower()}/{_KINDS[at]}-{number})]",
            ]
    return lines


def chinese() -> list[str]:
    """60 tools with notes in Chinese, Latin words among them."""
    lines = ["# 编译器列表", "", "好用的工具。"]
    for number, section in enumerate(("语法分析", "代码优化", "链接程序", "调试工具", "性能测量")):
        lines += ["", f"## {section}", ""]
        for at, maker in enumerate(_MAKERS):
            url = f"https://github.com/{maker.lower()}/{_KINDS[at]}-{number}"
            notes = f"一个用于{section}的开源工具，支持 Python 和 Rust（第{at + 1}版）。"
            lines.append(f"- [{maker} {_KINDS[at]}{number}]({url}) - {notes}")
    return lines


def built_on_others() -> list[str]:
    """48 tools whose notes link to their engines, which are listed too; and titles that spell a word as they like."""
    words = "libary wierd recieve occured definately goverment enviroment begining neccessary untill seperate adress"
    lines = ["# Awesome Machines", "", "Tools and what moves them.", "", *_contents(["Tools", "Engines", "Papers"])]
    lines += ["", "## Tools", ""]
    for number, (maker, word) in enumerate(zip(_MAKERS, words.split(), strict=True)):
        for place, thing in enumerate(_THINGS[number % 3 :: 4][:3]):
            title = f"{_PLANTS[number + place]} {word if not place else _KINDS[number]} {thing} of {maker}"
            engine = f"[the {maker} engine](https://github.com/{maker.lower()}/engine)"
            url = f"https://{maker.lower()}.dev/{thing}"
            lines.append(f"- [{title}]({url}) - Reads {thing}, built on {engine}.")
    lines += ["", "## Engines", ""]
    lines += [f"- [{maker}](https://github.com/{maker.lower()}/engine) - Runs {_KINDS[0]}." for maker in _MAKERS]
    lines += ["", "## Papers", "", "| Paper | Authors | Link |", "| --- | --- | --- |"]
    for number, (plant, word) in enumerate(zip(_PLANTS, words.split(), strict=False)):
        link = f"[pdf](https://arxiv.org/abs/1901.{20101 + 37 * number})"
        lines.append(f"| {plant} {word} in {_THINGS[number]} | Ann Doe, Jon Roe | {link} |")
    return lines


OWN: Mapping[str, Callable[[], list[str]]] = {
    "tools": tools,
    "sorted tools": sorted_tools,
    "papers": papers,
    "pages": pages,
    "chinese": chinese,
    "broken lines": broken_lines,
    "built on others": built_on_others,
}
