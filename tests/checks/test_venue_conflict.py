"""venue-conflict beyond its page's examples."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import proceedings, tables
from tests.pages import diagnostics

OSDI = "https://www.usenix.org/conference/osdi22/presentation/doe"
NEURIPS = "https://proceedings.neurips.cc/paper/2020/hash/1457c0d6bfcb4967418bfb8ac142f64a-Abstract.html"
EMNLP = "https://aclanthology.org/2020.emnlp-main.742"
FILLER = "- [A paper beside it](https://arxiv.org/abs/2205.14135)\n"


def said(text: str) -> list[str]:
    return [found.message for found in diagnostics("venue-conflict", text + FILLER)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"- [A server]({OSDI}), accepted in OSDI'23", "the text says OSDI'23, the link goes to usenix osdi22"),
        (
            f"- **A server of texts**, NeurIPS, 2021. [[paper]({NEURIPS})]",
            "the text says NeurIPS 2021, the link goes to neurips 2020",
        ),
        (f"- [A metric of talk]({EMNLP}). ACL(2020)", "the text says ACL 2020, the link goes to acl 2020.emnlp"),
        (f"- [[NSDI]({OSDI})] A server of texts", "the text says NSDI, the link goes to usenix osdi22"),
        (
            "- [A survey](https://aclanthology.org/2020.findings-emnlp.218/), EMNLP Findings 2021",
            "the text says EMNLP Findings 2021, the link goes to acl 2020.findings",
        ),
        (f"- [A server]({OSDI}), WWW 2022", "the text says WWW 2022, the link goes to usenix osdi22"),
        (f"- [A server]({OSDI}), SOSP'22", "the text says SOSP'22, the link goes to usenix osdi22"),
        (
            "- [A kernel](https://aclanthology.org/D17-1299). In *Proceedings of EMNLP 2016*.",
            "the text says Proceedings of EMNLP 2016, the link goes to acl D17",
        ),
        (
            "- [A robot](https://doi.org/10.1109/ICRA48506.2021.9561234), ICRA 2020",
            "the text says ICRA 2020, the link goes to doi 10.1109/icra48506.2021",
        ),
    ],
)
def test_what_the_url_says(line: str, message: str) -> None:
    assert said(line + "\n") == [message]


@pytest.mark.parametrize(
    "line",
    [
        f"- [A server]({OSDI}), OSDI'22",
        f"- [A server]({OSDI}), OSDI 2022 (also a workshop of SOSP'21)",
        f"- [A server]({OSDI}), SOSP'21, [[OSDI22](https://lab.example/slides)]",
        f"- [A server]({OSDI}), SOSP'21 Workshop",
        f"- [A server]({OSDI}), SOSPW'21",
        f"- [A server]({OSDI}), TOCS 2023",
        f"- [A metric of talk]({EMNLP}), ACL",
        "- [A survey](https://aclanthology.org/2020.findings-emnlp.218/), ACL Findings 2020",
        "- [A robot](https://aclanthology.org/2024.lrec-main.1403), COLING 2024",
        "- [A net](https://openaccess.thecvf.com/content_CVPRW_2020/papers/w40/Doe_A_Net_paper.pdf), CVPR 2020",
        "- [A tree](https://aclanthology.org/P09-1063), ACL/IJCNLP 2009",
        "- [A robot](https://doi.org/10.1109/TRO.2021.3086632), IEEE Transactions on Robotics 2022",
        f"- **A server of texts** [[paper]({NEURIPS})] 2023",
        f"- 2016. **A first paper of two**. In Proceedings of IJCAI. [[paper]](https://a.example/1) [[paper]]({EMNLP})",
    ],
)
def test_no_conflict(line: str) -> None:
    assert said(line + "\n") == []


def acm(number: int, venue: str) -> str:
    return f"- [A paper of number {number}](https://dl.acm.org/doi/10.1145/3600006.36000{number}), {venue}\n"


@pytest.mark.parametrize(
    ("venues", "count"),
    [
        (["SOSP'23", "SOSP'24"], 1),
        (["SOSP'23", "SOSP'23", "SOSP'22"], 1),
        (["SOSP'22", "SOSP'23", "SOSP'23"], 1),
        (["SOSP'23", "SOSP'23", "SOSP'22", "SOSP'22"], 0),
        (["SOSP'23", "SOSP'23", "OSDI'23"], 0),
        (["SOSP'23", "SOSP'23", "SOSP'23", "OSDI'23"], 1),
        (["EuroSys'23", "EuroMLSys'23"], 0),
        (["EuroSys'23", "EuroSsy'23"], 1),
        (["SOSP'23"], 0),
    ],
)
def test_what_the_list_says_of_one_volume(venues: list[str], count: int) -> None:
    assert len(said("".join(acm(10 + number, venue) for number, venue in enumerate(venues)))) == count


def test_both_sides_are_shown() -> None:
    (found,) = diagnostics("venue-conflict", acm(10, "SOSP'22") + acm(11, "SOSP'23") + acm(12, "SOSP'23") + FILLER)
    assert (found.severity, found.start.line, found.related[0].start.line) == ("warning", 1, 2)
    assert found.message.endswith("of the papers of 10.1145/3600006 the 2 others of the list say SOSP'23")
    assert found.work == "doi:10.1145/3600006.3600010"


def test_every_row_of_the_table_names_a_year() -> None:
    for row in tables.load("proceedings")["volume"]:
        assert "year" in re.compile(row["work"]).groupindex
        assert all(name == name.lower() for name in row["names"])


@pytest.mark.parametrize(
    ("work", "year"),
    [("acl:P98-1001", 1998), ("acl:P18-1001", 2018), ("usenix:osdi06/x", 2006), ("cvf:cvpr_2018_workshops/a", 2018)],
)
def test_years(work: str, year: int) -> None:
    volume = proceedings.of(work)
    assert volume is not None
    assert volume.year == year


@given(st.text(max_size=40))
def test_any_text_has_a_volume_or_none(text: str) -> None:
    proceedings.of(text)
    proceedings.shared(text)
    proceedings.conference(text)


@pytest.mark.parametrize(("name", "count"), [("Lark (2019)", 0), ("Lark, Finch (2019)", 0), ("OSDI (2019)", 1)])
def test_a_link_that_cites_people_states_no_venue(name: str, count: int) -> None:
    assert len(said(f"- A server of many texts. [{name}]({OSDI}).\n")) == count
