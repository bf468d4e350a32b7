"""Into a clean list one defect is brought: it is found once, at its place, and nothing else comes or goes.

Rows of `vandals.DEFECTS` are the kinds of defect. The lists are our own, of which no rule says anything, and real ones:
there the defect is made where nothing is said, and what is said elsewhere must stay, as a multiset of rule, entry and
text.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import pytest
from bench.quality.checked import SHARED, read
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.vandals import DEFECTS
from tests.vandals.defects import Change, Defect
from tests.vandals.law import holds_without, wrongs
from tests.vandals.listed import Listed
from tests.vandals.lists import OWN

_LARGEST = 100_000
"""Bytes; larger lists are for the nightly run."""
_EVERY = 3


@cache
def _own(name: str) -> Listed:
    return Listed("README.md", "\n".join(OWN[name]()) + "\n")


@cache
def _real(name: str) -> Listed:
    return Listed(name, read(SHARED / "corpus" / name))


@cache
def _names(all_of_them: bool) -> tuple[str, ...]:
    paths = sorted((SHARED / "corpus").glob("*.md"))
    if all_of_them:
        return tuple(path.name for path in paths)
    return tuple([path.name for path in paths if path.stat().st_size < _LARGEST][::_EVERY])


@lru_cache(maxsize=128)
def _changes(listed: Listed, defect: Defect) -> tuple[Change, ...]:
    return tuple(defect.changes(listed))


def _some_change(data: st.DataObject, places: list[tuple[Listed, tuple[Change, ...]]]) -> tuple[Listed, Change]:
    listed, changes = places[data.draw(st.integers(0, len(places) - 1), label="list")]
    return listed, changes[data.draw(st.integers(0, len(changes) - 1), label="place")]


@pytest.mark.parametrize("name", OWN)
def test_our_own_lists_are_clean(name: str) -> None:
    assert [(d.rule, d.start.line, d.message) for d in _own(name).diagnostics] == []


def test_there_are_many_kinds_with_names_of_their_own() -> None:
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS) >= 20


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
@settings(max_examples=5)
@given(data=st.data())
def test_a_defect_is_found_at_its_place_and_nothing_else_is(defect: Defect, data: st.DataObject) -> None:
    places = [(listed, found) for name in OWN if (found := _changes(listed := _own(name), defect))]
    assert places, "no list of ours has a place for this defect"
    listed, change = _some_change(data, places)
    assert wrongs(listed, change, defect.rules) == []


def _in_real_lists(defect: Defect, data: st.DataObject, *, all_of_them: bool) -> None:
    names = _names(all_of_them)
    places = [(listed, found) for name in names if (found := _changes(listed := _real(name), defect))]
    if not places:
        pytest.skip("no list has a place for this defect")
    listed, change = _some_change(data, places)
    wrong = wrongs(listed, change, defect.rules)
    assume(not wrong or holds_without(listed, change))
    assert wrong == [], listed.document.source.path


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
@settings(max_examples=4)
@given(data=st.data())
def test_a_defect_in_a_real_list_adds_itself_only(shared: Path, defect: Defect, data: st.DataObject) -> None:  # noqa: ARG001
    _in_real_lists(defect, data, all_of_them=False)


@pytest.mark.nightly
@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
@settings(max_examples=80)
@given(data=st.data())
def test_thousands_of_defects_in_real_lists(shared: Path, defect: Defect, data: st.DataObject) -> None:  # noqa: ARG001
    _in_real_lists(defect, data, all_of_them=True)
