"""Into a clean list one defect is brought: it is found at its place, and nothing else is said that was not said before.

Rows of `vandals.DEFECTS` are the kinds of defect; a text that none of the rules has anything to say of is the list.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from bench.quality.checked import diagnostics_of
from hypothesis import given, settings
from hypothesis import strategies as st

from listbot.document import Document
from listbot.finding import Diagnostic
from listbot.parser import parse
from listbot.source import Source
from tests.vandals import DEFECTS, Defect

_SECTIONS = (
    "Parsers Lexers Linkers Loaders Editors Debuggers Profilers Verifiers Formatters Analysers Emulators Assemblers"
).split()
_MAKERS = "Amber Birch Cedar Dogwood Elder Fir Gorse Hazel Ivy Juniper Laurel Maple".split()
_THINGS = (
    "grammars tokens objects modules buffers frames samples proofs layouts queries machines opcodes streams maps trees"
).split()
_KINDS = "fast small steady modest simple patient precise gentle curious careful formal lazy".split()


def _lines() -> list[str]:
    """A list of 144 tools in 12 sections, and a table of 20 papers."""
    lines = ["# Awesome Compilers", "", "Tools that read programs.", "", "## Contents", ""]
    sections = [f"{section} and Friends" for section in _SECTIONS]
    lines += [f"- [{section}](#{section.lower().replace(' ', '-')})" for section in [*sections, "Papers and Books"]]
    for number, section in enumerate(_SECTIONS):
        lines += ["", f"## {section} and Friends", ""]
        for at, maker in enumerate(_MAKERS):
            kind, thing = _KINDS[(at + number) % 12], _THINGS[(at * 5 + number) % 15]
            title = f"{maker} {section[:-1].lower()} of {kind} {thing}"
            url = f"https://github.com/{maker.lower()}/{kind}-{section.lower()}"
            lines.append(f"- [ ] [{title}]({url}) - Works with {thing} in {kind} ways.")
    lines += ["", "## Papers and Books", "", "| Paper | Year |", "| --- | --- |"]
    for number, (maker, section) in enumerate(list(product(_MAKERS, _SECTIONS))[::7][:20]):
        title = f"On the {_KINDS[number % 12]} {section.lower()} that {maker} left to {_THINGS[number % 15]}"
        paper = f"{(1801, 1901)[number // 12] + number % 12}.{10101 + 37 * number}"
        lines.append(f"| [{title}](https://arxiv.org/abs/{paper}) | {2018 + number // 12} |")
    return lines


def _document(lines: list[str]) -> Document:
    return parse(Source("README.md", "\n".join(lines) + "\n"))


def _said(document: Document) -> Counter[tuple[str, str, str]]:
    """What is said, as rule, entry and text: where it stands and how many do otherwise may change."""
    return Counter(_key(document, diagnostic) for diagnostic in diagnostics_of(document))


def _key(document: Document, diagnostic: Diagnostic) -> tuple[str, str, str]:
    entry = document.entry_at(diagnostic.span.start)
    return diagnostic.rule, (entry.title or "") if entry is not None else "", document.source[diagnostic.span]


@cache
def _clean() -> tuple[str, ...]:
    return tuple(_lines())


def test_the_list_is_clean() -> None:
    found = diagnostics_of(_document(_lines()))
    assert [(d.rule, d.start.line, d.message) for d in found] == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
@settings(max_examples=12)
@given(data=st.data())
def test_a_defect_is_found_at_its_place_and_nothing_else_is(defect: Defect, data: st.DataObject) -> None:
    damaged = defect.damage(list(_clean()), lambda below: data.draw(st.integers(0, below - 1)))
    assert damaged is not None, "the list has no place for this defect"
    found = diagnostics_of(_document(damaged.lines))
    assert found, "nothing is said"
    wrong = [
        (d.rule, d.start.line, d.message) for d in found if d.rule not in defect.rules or d.start.line not in damaged.at
    ]
    assert not wrong


LISTS = (
    "chenhongyu2048+LLM-inference-optimization-paper.md",
    "agarrharr+awesome-cli-apps.md",
    "sindresorhus+awesome.md",
)
LEARNED_ANYWHERE = ("a blank in a link", "a scheme twice", "a wrong anchor")
"""Kinds that need no habit of the list's."""


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", LEARNED_ANYWHERE)
@settings(max_examples=2)
@given(data=st.data())
def test_a_defect_in_a_real_list_adds_itself_only(shared: Path, name: str, kind: str, data: st.DataObject) -> None:
    lines = (shared / "corpus" / name).read_text("utf-8").splitlines()
    defect = next(defect for defect in DEFECTS if defect.name == kind)
    damaged = defect.damage(lines, lambda below: data.draw(st.integers(0, below - 1)))
    if damaged is None:
        return
    before, document = _said(_document(lines)), _document(damaged.lines)
    after = _said(document)
    assert {rule for rule, _, _ in (after - before)} <= defect.rules
    new = [d for d in diagnostics_of(document) if d.rule in defect.rules and d.start.line in damaged.at]
    assert new, "the defect is not found"
