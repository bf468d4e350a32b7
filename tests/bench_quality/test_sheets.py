"""Work sheets: what each reader sees, what the blind one must not see, and what is read back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bench.quality import cases, controls, questions, sheets, verdicts
from bench.quality.cases import Case, Listed
from bench.quality.checked import KNOWN, diagnostics_of
from bench.quality.sheets import SheetError
from bench.quality.verdicts import Verdict

from listbot.finding import Severity
from listbot.parser import parse
from listbot.source import Source

TEXT = """# A list

## Caches

- [Paging the cache](https://arxiv.org/abs/2205.14135) - One.
- [Folding the cache](https://arxiv.org/abs/2205.14136) - Two.
- [Paging the cache](https://arxiv.org/pdf/2205.14135) - Three.
- [Speculating on keys](https://arxiv.org/abs/2205.14137) - Four.
"""


def listed(text: str = TEXT) -> Listed:
    document = parse(Source("list.md", text))
    return Listed("owner/list", "list.md", document, diagnostics_of(document))


def duplicate(one: Listed) -> Case:
    (case,) = cases.findings(one, "duplicate-entry", (Severity.ERROR,))
    return case


def test_the_reader_who_sees_the_message() -> None:
    one = listed()
    row = sheets.row(duplicate(one), one, "a")
    assert row["message"] == "arxiv:2205.14135 is already listed on line 5"
    assert row["answers"] == ["right", "wrong", "unknown"]
    assert row["places"] == [
        {
            "section": "A list / Caches",
            "line": 7,
            "lines": [
                "    5 - [Paging the cache](https://arxiv.org/abs/2205.14135) - One.",
                "    6 - [Folding the cache](https://arxiv.org/abs/2205.14136) - Two.",
                "    7 - ⟦[Paging the cache](https://arxiv.org/pdf/2205.14135)⟧ - Three.",
                "    8 - [Speculating on keys](https://arxiv.org/abs/2205.14137) - Four.",
            ],
        },
        {
            "section": "A list / Caches",
            "line": 5,
            "lines": [
                "    3 ## Caches",
                "    4 ",
                "    5 - ⟦[Paging the cache](https://arxiv.org/abs/2205.14135)⟧ - One.",
                "    6 - [Folding the cache](https://arxiv.org/abs/2205.14136) - Two.",
                "    7 - [Paging the cache](https://arxiv.org/pdf/2205.14135) - Three.",
            ],
        },
    ]


def test_the_blind_reader_cannot_tell_a_control_from_a_finding() -> None:
    one = listed()
    finding = sheets.row(duplicate(one), one, "b")
    drawn = controls.draw([one], "duplicate-entry", ["pair"], 2, seed=1)
    assert drawn
    for case in drawn:
        control = sheets.row(case, one, "b")
        assert control.keys() == finding.keys()
        assert control["question"] == finding["question"]
        assert len(control["places"]) == len(finding["places"])
        assert len(control["id"]) == len(finding["id"])
    assert not {"message", "rule", "severity"} & finding.keys()
    assert "duplicate" not in json.dumps(finding)


def test_controls_are_places_that_the_rule_does_not_report() -> None:
    one = listed()
    reported = set(duplicate(one).places)
    for seed in range(20):
        for case in controls.draw([one], "duplicate-entry", ["pair"], 5, seed):
            assert not set(case.places) & reported
            assert case.severity is None
    assert controls.draw([one], "duplicate-entry", ["pair"], 2, 1) == controls.draw(
        [one], "duplicate-entry", ["pair"], 2, 1
    )


def test_an_id_outlives_a_move_and_another_message_but_not_another_partner() -> None:
    one = listed()
    moved = listed(TEXT.replace("## Caches\n", "## Caches\n\nWords about caches.\n"))
    assert duplicate(one).id == duplicate(moved).id
    assert duplicate(one).places != duplicate(moved).places
    (found,) = [found for found in one.found if found.rule == "duplicate-entry"]
    assert cases.case_id(one, found._replace(message="other words")) == cases.case_id(one, found)
    assert cases.case_id(one, found._replace(related=())) != cases.case_id(one, found)
    assert cases.case_id(one._replace(repo="other/list"), found) != cases.case_id(one, found)


def test_a_verdict_falls_with_the_proposal_that_was_judged() -> None:
    said = [cases.proposal(f"`recieve` → {words}") for words in ("`receive`", "`receiver`", "`receive` or `relieve`")]
    assert len({*said, ""}) == 4
    assert cases.proposal("`a` → `an`: before a vowel") == cases.proposal("`a` → `an`: so it sounds")
    assert cases.proposal("`Git hub` stands here 3 times") == ""
    row = {"id": "x", "question": questions.of("typo").open, "answer": "right", "why": ""}
    (seen,) = sheets.answers([json.dumps({**row, "message": "`recieve` → `receive`"})], "a").verdicts
    assert seen == Verdict("x", "a", "right", "", "", said[0])
    blind = Verdict("x", "b", "right")
    known = {("x", "a"): seen, ("x", "b"): blind}
    assert verdicts.standing(known, {"x": said[0]}) == known
    assert verdicts.standing(known, {"x": said[1]}) == {("x", "b"): blind}
    assert verdicts.standing(known, {}) == known


def test_a_safe_fix_is_shown_with_what_it_makes_of_the_lines_and_controls_do_damage() -> None:
    links = "".join(f"- [Paper number {n}](https://arxiv.org/abs/2205.1413{n})\n" for n in range(10))
    one = listed(f"# A list\n\n{links}- [Another paper](https://arxiv.org/pdf/1911.05507.pdf)\n")
    (case,) = cases.findings(one, "safe-fixes", (Severity.WARNING,))
    row = sheets.row(case, one, "b")
    assert [line for line in row["places"][0]["lines"] if "⟦" in line] == [
        "   13 - [Another paper](⟦https://arxiv.org/pdf/1911.05507.pdf⟧)"
    ]
    assert row["after"] == ["- [Another paper](https://arxiv.org/abs/1911.05507)"]
    (finding,) = cases.findings(one, "pdf-link-format", (Severity.WARNING,))
    assert finding.id != case.id
    (control,) = controls.draw([one], "safe-fixes", ["damage"], 1, seed=1)
    damaged = sheets.row(control, one, "b")
    assert damaged.keys() == row.keys()
    assert damaged["question"] == row["question"]
    assert damaged["after"][0].startswith("- [")
    assert damaged["after"][0].endswith(")")
    (place,) = control.places
    assert damaged["after"][0] == one.document.source.line(damaged["places"][0]["line"]).replace(
        one.document.source[place], one.document.source[place][:-2]
    )


def test_long_lines_are_cut_around_the_mark() -> None:
    long = "words " * 400
    text = TEXT.replace("- Three.", f"- {long}").replace("# A list\n", f"# A list\n\n{long}\n", 1)
    one = listed(text)
    (marked,) = [line for line in sheets.row(duplicate(one), one, "b")["places"][0]["lines"] if "⟦" in line]
    assert len(marked) < 900


def test_answers_become_verdicts() -> None:
    one = listed()
    blind = sheets.row(duplicate(one), one, "b")
    seen = sheets.row(duplicate(one), one, "a")

    def read(row: dict[str, Any], reader: str, **filled: str) -> sheets.Answers:
        return sheets.answers([json.dumps(row | filled), ""], reader)

    assert read(blind, "b") == sheets.Answers([], 1)
    key = blind["id"]
    filled = read(blind, "b", answer="same", why="same title", listing="unwanted")
    assert filled.verdicts == [Verdict(key, "b", "right", "same title", "unwanted")]
    assert read(blind, "b", answer="different").verdicts == [Verdict(key, "b", "wrong")]
    assert read(blind, "b", answer="unknown").verdicts == [Verdict(key, "b", "unknown")]
    assert read(seen, "a", answer="right").verdicts == [Verdict(key, "a", "right")]
    for wrong, says in (
        ({"answer": "right"}, "expected one of same, different, unknown"),
        ({"answer": "same", "why": "Paging the cache (line 7)"}, "expected one to three words"),
        ({"answer": "same", "listing": "maybe"}, "expected one of unwanted, on-purpose, unknown"),
        ({"answer": "same", "question": "?"}, "leave the question as it was drawn"),
    ):
        with pytest.raises(SheetError, match=says):
            read(blind, "b", **wrong)
    for line in ("{", "[]", '{"id": "1"}'):
        with pytest.raises(SheetError, match="line 1: "):
            sheets.answers([line], "b")


def test_rows_that_ask_the_same_take_the_same_answers() -> None:
    for rule in (*KNOWN, *cases.SAMPLES):
        row = questions.of(rule)
        for reader, text in (("a", row.open), ("b", row.question)):
            asking = questions.asking(text)
            assert asking is not None
            assert asking.answers(reader) == row.answers(reader)
            assert asking.also == row.also


def test_every_kind_of_control_that_the_table_names_exists() -> None:
    for rule in (*KNOWN, *cases.SAMPLES, "label-target", "venue-conflict", "typo"):
        assert set(questions.of(rule).controls) <= controls.KINDS.keys()
