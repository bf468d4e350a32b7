"""The list of papers of the measure, and how it is judged. What runs over sockets is measured by hand."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from bench.links import papers, papers_web, registries
from bench.links.papers import SHARES, SITES, Paper
from bench.links.report import goal_line
from bench.links.running import simulated
from bench.links.tools import Run, Said, Verdict
from bench.links.truth import Truth

from listbot import works
from listbot.links.registries import Link, Settings
from listbot.links.registries.asking import Asking
from listbot.links.registries.roster import registries as all_registries
from listbot.parser import parse
from listbot.source import Source
from tests.links.registries.github import TOKEN
from tests.links.registries.town import Town

FOUND = list(papers.papers(900, 6, 8_000))


def test_the_list_is_the_same_each_time_and_has_its_shares() -> None:
    assert list(papers.papers(900, 6, 8_000)) == FOUND
    assert len({paper.url for paper in FOUND}) == 900
    counts = Counter(paper.kind for paper in FOUND)
    assert all(counts[kind] / 900 == pytest.approx(share, abs=0.03) for kind, share in SHARES.items())


def test_registries_can_be_asked_for_what_has_one() -> None:
    wire = None
    asking = Asking(wire, all_registries(Settings(tokens={"github": TOKEN})))  # type: ignore[arg-type]  # nothing is asked
    for paper in FOUND:
        has_one = paper.kind not in ("other", "unregistered")
        assert asking.takes(Link(paper.url, paper.title)) == has_one, paper.url


def test_the_list_is_read_as_it_is_meant() -> None:
    document = parse(Source("README.md", papers.markdown(FOUND)))
    assert [link.target for link in document.links] == [paper.url for paper in FOUND]
    assert [entry.title for entry in document.entries] == [paper.title for paper in FOUND]
    assert sum(works.of(paper.url) is not None for paper in FOUND) > 700


def test_every_host_stands_somewhere_of_its_own() -> None:
    places = [*papers_web.registry_addresses().values(), *map(papers.address_of, SITES)]
    assert len(places) == len(set(places))
    hosts = {site.host for site in SITES.values()} | set(papers_web.registry_addresses())
    assert hosts == {one.host for one in Town().all} | {site.host for site in SITES.values()}


def said(**verdicts: Verdict) -> Run:
    by_url = {f"https://x.example/{name}": Said(verdict, "") for name, verdict in verdicts.items()}
    return Run(0, 10.0, 1.0, 50.0, by_url, {"requests": 100, "limited": 0, "misdeeds": 0})


def test_goals() -> None:
    found = [
        Paper("https://x.example/live", "A", "acm", Truth.LIVE),
        Paper("https://x.example/dead", "B", "arxiv", Truth.DEAD),
        Paper("https://x.example/unclear", "C", "unregistered", Truth.UNCLEAR),
    ]
    good = said(dead=Verdict.DEAD, unclear=Verdict.UNSURE)
    slow = said(live=Verdict.DEAD, dead=Verdict.DEAD)._replace(wall=40.0)
    slow = slow._replace(counts={"requests": 399, "limited": 3})
    assert [goal_line(goal) for goal in registries.goals({"listbot": good, "lychee-tuned": slow}, found)] == [
        "goal dead: 0 false (walls and faults among them), 0 missed       0, 0  met",
        "goal what registries forbid: 0                                   0  met",
        "goal at least 4 times fewer requests than lychee-tuned         4.0  MISSED",
        "goal wall at most 1/3 x lychee-tuned                          0.25  met",
    ]
    bad = said(live=Verdict.DEAD, dead=Verdict.UNSURE)
    assert [goal_line(goal) for goal in registries.goals({"listbot": bad}, found)][:1] == [
        "goal dead: 0 false (walls and faults among them), 0 missed       1, 1  MISSED",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8 on loopback")
def test_the_web_of_papers_begins_a_run_and_tells_what_it_saw() -> None:
    with simulated([sys.executable, "-m", "bench.links.papers_web", "20", "6", "60"]) as (port, begin):
        assert port > 0
        begin()
        told = begin()
    assert (told["requests"], told["limited"], told["misdeeds"]) == (0, 0, 0)


def test_the_tools_are_given_the_list(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    for tool in registries.tools_for(tmp_path, 8_000):
        assert list(tool.command(path, 8_000))[-1] == str(path)
