"""The table of kinds: which rules serve which labels, and what the seed list promises."""

from __future__ import annotations

import pytest
from bench.quality import checked, labels, recall
from bench.quality.kinds import Kind, kinds

from listbot.finding import Severity

NAMED = {kind.name: kind for kind in kinds()}


def test_every_row_has_a_name_of_its_own() -> None:
    assert len(NAMED) == len(kinds())


def test_only_the_seed_list_is_asked_for_false_findings() -> None:
    assert {kind.source for kind in kinds() if kind.false is not None or kind.precision is not None} == {"seed"}


def test_labels_are_chosen_by_all_columns_of_a_row() -> None:
    typo = labels.Label(1, (1,), None, "typo", "typo", "yes", {"where": "prose"}, "", 1)
    row = NAMED["typos in prose"]
    assert row.selects(typo)
    assert not row.selects(typo._replace(detail={"where": "title"}))
    assert not row.selects(typo._replace(sure="style"))
    version = typo._replace(kind="duplicate", sub="same-work-other-version", sure="high")
    assert not NAMED["duplicates"].selects(version)
    assert not NAMED["duplicates"].makes_true(version)


@pytest.mark.shared
@pytest.mark.skipif(not checked.SHARED.is_dir(), reason="the labels are kept beside the repository")
class TestWithLabels:
    @pytest.mark.parametrize("kind", [kind for kind in kinds() if kind.kind != "none"], ids=lambda kind: kind.name)
    def test_every_row_chooses_labels(self, kind: Kind) -> None:
        assert any(kind.selects(label) for text in labels.load(kind.source) for label in text.labels)

    def test_the_seed_list_has_as_many_labels_as_the_goals_say(self) -> None:
        (seed,) = labels.load("seed")
        count = {name: sum(map(NAMED[name].selects, seed.labels)) for name in NAMED if NAMED[name].source == "seed"}
        assert count["duplicates"] == 35
        assert count["link forms that stand out"] == 19
        assert count["venue conflicts"] == 3
        assert count["non-words"] == 92
        assert count["section structure"] == 6
        assert count["spacing and punctuation"] == 30

    def test_columns_of_labels_hold_their_text(self) -> None:
        (seed,) = labels.load("seed")
        lines = seed.text.split("\n")
        for label in seed.labels:
            if label.kind == "typo" and label.columns:
                first, behind = label.columns
                assert lines[label.line - 1][first - 1 : behind - 1] == label.detail["text"]

    def test_an_empty_tool_finds_nothing_and_one_that_flags_every_line_all(self) -> None:
        (seed,) = labels.load("seed")
        everywhere = [
            recall.Said("loud", Severity.ERROR, line, line, (1, 1_000), (), "")
            for line in range(1, seed.text.count("\n") + 2)
        ]
        wanted = [label for label in seed.labels if NAMED["non-words"].selects(label)]
        assert all(recall.finder(label, everywhere, "span") for label in wanted)
        assert not any(recall.finder(label, [], "span") for label in wanted)
