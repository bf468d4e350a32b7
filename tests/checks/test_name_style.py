"""name-style beyond its page's examples: who decides how a name is written, and what is no name."""

from __future__ import annotations

import pytest

from listbot import tables
from tests.pages import diagnostics, fixed


def entry(number: int, notes: str) -> str:
    return f"- [Tool {number}](https://example.com/{number}): {notes}\n"


def listing(*notes: str) -> str:
    return "".join(entry(number, note) for number, note in enumerate(notes))


def found(text: str) -> list[tuple[int, str]]:
    return [(one.start.line, str(one.severity)) for one in diagnostics("name-style", text)]


RIGHT = ["runs on macOS here"] * 9


@pytest.mark.parametrize(
    ("notes", "severity"),
    [
        ([*RIGHT, "runs on MacOS here"], "warning"),
        ([*RIGHT, "runs on macos here"], "warning"),
        (["runs on macOS here"] * 4 + ["runs on macos here"], "hint"),
        (["runs on MacOS here"], "hint"),
        (["runs on MacOS here"] * 2 + ["runs on macOS"], "hint"),
    ],
)
def test_the_list_decides_how_sure_a_name_is(notes: list[str], severity: str) -> None:
    assert {each for _, each in found(listing(*notes))} == {severity}


@pytest.mark.parametrize(
    "notes",
    [
        "see github.com and github/github, @github, #github",
        "`pytorch` and [Pytorch](https://example.com/p)",
        "run pytorch.org, pytorch-lightning, pytorch_geometric",
        "“Pytorch”",
        "https://example.com/Github",
        "<b id='Github'>it</b>",
        "Pytorch3D and Pytorchs",
    ],
)
def test_what_is_no_name(notes: str) -> None:
    assert found(listing(notes)) == []


def test_a_title_is_as_its_authors_wrote_it() -> None:
    assert found("- **Learning Pytorch from Github in a Week** Doe [[pdf](https://arxiv.org/abs/2205.14135)]\n") == []


def venue(number: int, name: str) -> str:
    return f"- [A paper of number {number} with a title](https://doi.org/10.1000/{number}), {name}'2{number % 5}\n"


def test_a_venue_is_written_as_the_list_writes_it() -> None:
    text = "".join(venue(number, "MLSys") for number in range(8)) + venue(9, "MLSYS")
    (one,) = diagnostics("name-style", text)
    assert one.message == "8 of 9 entries write MLSys, this one MLSYS"
    assert fixed("name-style", text) == text.replace("MLSYS", "MLSys")


def test_a_list_that_mixes_the_forms_of_a_venue_has_none() -> None:
    assert found("".join(venue(number, "MLSys" if number % 2 else "MLSYS") for number in range(10))) == []


def test_the_spelling_of_a_venues_owner_is_no_slip_among_others() -> None:
    text = "".join(venue(number, "MLSYS") for number in range(8)) + venue(9, "MLSys")
    assert diagnostics("name-style", text) == []
    assert fixed("name-style", text, unsafe=True) == text


def test_a_form_that_is_not_the_owners_is_written_with_consent_only() -> None:
    text = "".join(venue(number, "MLSYS") for number in range(8)) + venue(9, "Mlsys")
    (one,) = diagnostics("name-style", text)
    assert one.message == "8 of 9 entries write MLSYS, this one Mlsys"
    assert fixed("name-style", text) == text
    assert fixed("name-style", text, unsafe=True) == text.replace("Mlsys", "MLSYS")


def test_a_form_that_a_section_keeps_is_no_slip() -> None:
    most = "## One\n\n" + "".join(venue(number, "MLSys") for number in range(30))
    kept = "\n## Two\n\n" + "".join(venue(number, "MLSYS") for number in (31, 32))
    assert diagnostics("name-style", most + kept) == []
    assert len(diagnostics("name-style", most + kept + venue(33, "MLSys"))) == 2


def test_a_name_in_lower_case_is_not_replaced_without_asking() -> None:
    text = listing(*RIGHT, "runs on macos here")
    assert fixed("name-style", text) == text
    assert "macos" not in fixed("name-style", text, unsafe=True)


def test_every_name_says_where_it_is_from_and_differs_from_plain_case() -> None:
    table = tables.load("names")
    assert all(source for source in table["names"].values())
    assert all("." in name or name not in (name.lower(), name.capitalize()) for name in table["names"])
    assert set(table["spellings"].values()) <= set(table["names"])
    assert all(row["source"] for row in table["renamed"].values())


def test_another_spelling_is_a_slip_where_the_list_has_the_owners() -> None:
    text = listing(*["runs in VS Code"] * 6, "runs in VSCode")
    assert found(text) == [(7, "warning")]
    assert fixed("name-style", text) == text.replace("VSCode", "VS Code")
    assert found(listing(*["runs in VSCode"] * 6, "runs in VS Code")) == []
    assert found(listing("runs in VSCode")) == []


def test_a_name_that_another_name_resembles() -> None:
    assert found(listing(*["runs on iOS"] * 9, "configures Cisco IOS")) == []
    assert found(listing(*["runs on iOS"] * 9, "configures IOS")) == [(10, "warning")]


def paper(number: int, venue: str) -> str:
    return f"- [A paper of number {number} with a title](https://doi.org/10.1000/{number}), {venue}\n"


def test_a_venue_is_called_by_its_new_name_where_the_list_knows_it() -> None:
    text = "".join(paper(number, f"NeurIPS 202{number}") for number in range(8)) + paper(9, "NIPS 2021")
    (one,) = diagnostics("name-style", text)
    assert one.message == "“NIPS” was renamed NeurIPS, and 8 of 9 entries of its years say so"
    assert fixed("name-style", text) == text
    assert fixed("name-style", text, unsafe=True) == text.replace("NIPS", "NeurIPS")


@pytest.mark.parametrize("venues", [["NIPS 2016"], ["NIPS 2018"], ["NIPS 2021"] * 4, ["NIPS"]])
def test_an_old_name_in_its_own_time_and_a_list_that_keeps_it(venues: list[str]) -> None:
    text = "".join(paper(number, f"NeurIPS 202{number}") for number in range(8))
    assert found(text + "".join(paper(10 + number, venue) for number, venue in enumerate(venues))) == []


def test_a_tag_in_a_table_is_no_name_in_a_sentence() -> None:
    table = "| Paper | Tag |\n| --- | --- |\n| [A paper](https://example.com/p) | {} |\n"
    assert diagnostics("name-style", table.format("arxiv")) == []
    assert len(diagnostics("name-style", table.format("on arxiv"))) == 1


def test_nor_is_it_where_the_table_is_broken() -> None:
    rows = "".join(f"| Tool {n} | github | 2020 |\n" for n in range(5))
    for dashes in ("| --- | --- | --- |", "| --- | --- |"):
        assert diagnostics("name-style", f"| Name | Where | Year |\n{dashes}\n{rows}") == []
