"""What checkers say beside the truth."""

from __future__ import annotations

import json

import pytest
from bench.links import report, tools
from bench.links.tools import Run, Said, Verdict
from bench.links.truth import Set

WEB = "http://127.1.0.1:8000"
URLS = [f"{WEB}/{path}" for path in ("ok/1", "503once/2", "404/3", "r404/4", "403/5", "soft404/6")]
DRAWN = Set(6, 400)


def ran(wall: float = 1.0, limited: int = 0, **dead: Verdict) -> Run:
    said = {url: Said(dead[name], "it said so") for url in URLS for name in dead if f"/{name[1:]}/" in url}
    return Run(0, wall, 1.0, 50.0, said, {"requests": 100, "limited": limited})


def test_a_perfect_run() -> None:
    run = ran(_404=Verdict.DEAD, _r404=Verdict.DEAD, _403=Verdict.UNSURE)
    assert report.score(run, URLS) == report.Score((), (), 0, 0, ())
    assert list(report.mistakes("one", run, URLS)) == []


def test_every_mistake_has_its_place() -> None:
    run = ran(_503once=Verdict.DEAD, _404=Verdict.UNSURE, _403=Verdict.DEAD, _soft404=Verdict.DEAD, _ok=Verdict.UNSURE)
    assert report.score(run, URLS) == report.Score(
        false=(f"{WEB}/503once/2",),
        missed=(f"{WEB}/r404/4", f"{WEB}/404/3"),
        unclear=1,
        soft=1,
        unsure=(f"{WEB}/ok/1",),
    )
    assert list(report.mistakes("one", run, URLS)) == [
        f"  one: 1 false of kind 503once, such as {WEB}/503once/2 (it said so)",
        f"  one: 1 missed of kind r404, such as {WEB}/r404/4 (said nothing)",
        f"  one: 1 missed of kind 404, such as {WEB}/404/3 (it said so)",
        f"  one: 1 unsure of kind ok, such as {WEB}/ok/1 (it said so)",
    ]


def test_goals_are_judged_by_medians_and_by_the_worst_count() -> None:
    good = {"_404": Verdict.DEAD, "_r404": Verdict.DEAD}
    runs = {
        "listbot": [ran(20.0, **good), ran(90.0, 2, **good), ran(30.0, **good)],
        "lychee": [ran(100.0)],
        "lychee-tuned": [ran(25.0)],
    }
    assert [report.goal_line(goal) for goal in report.goals(runs, DRAWN, URLS)] == [
        "goal outcome gone: 0 false, 0 missed, 0 unclear            0, 0, 0  met",
        "goal 429s at most 0.5% of requests                           2.00%  MISSED",
        "goal wall at most 0.3 x lychee                                0.30  met",
        "goal wall at most 1.1 x lychee-tuned                          1.20  MISSED",
        "goal CPU at most 20 x lychee (aim 4)                          1.00  met",
    ]


def test_ratios_are_of_runs_of_one_round() -> None:
    runs = {"listbot": [ran(20.0), ran(30.0)], "lychee": [ran(100.0), ran(50.0)], "linkinator": [ran(10.0)]}
    assert list(report.ratios(runs)) == [
        "listbot / lychee: wall 0.40 (0.20-0.60), cpu 1.00 (1.00-1.00), peak 1.00 (1.00-1.00)",
        "listbot / linkinator: wall 2.00, cpu 1.00, peak 1.00",
    ]
    assert list(report.ratios({"lychee": [ran()]})) == []


def test_memory_is_judged_where_there_are_many_links() -> None:
    runs = {"listbot": [ran()._replace(peak=30.0)], "lychee-free": [ran()]}
    for urls, whats in ((10_000, ["outcome", "CPU"]), (100_000, ["outcome", "CPU", "peak"])):
        goals = list(report.goals(runs, Set(urls, 400, calm=True), []))
        assert [goal.what.split()[0] for goal in goals] == whats
    assert report.goal_line(goals[-1]) == "goal peak memory at most 0.5 x lychee-free                    0.60  MISSED"


def test_nothing_is_claimed_without_a_run_of_our_own() -> None:
    assert list(report.goals({"lychee": [ran()]}, DRAWN, URLS)) == []


def test_what_the_tools_print_is_read() -> None:
    by_name = {tool.name: tool for tool in tools.ALL}
    lychee = {
        "error_map": {"list.md": [{"url": URLS[2], "status": {"text": "Rejected", "code": 404}}]},
        "timeout_map": {"list.md": [{"url": URLS[4], "status": {"text": "Timeout"}}]},
    }
    assert by_name["lychee"].read(json.dumps(lychee)) == {
        URLS[2]: Said(Verdict.DEAD, "Rejected"),
        URLS[4]: Said(Verdict.DEAD, "Timeout"),
    }
    linkinator = {"links": [{"url": URLS[0], "state": "OK"}, {"url": URLS[2], "state": "BROKEN", "status": 404}]}
    assert by_name["linkinator"].read("noise\n" + json.dumps(linkinator)) == {URLS[2]: Said(Verdict.DEAD, "status 404")}
    rows = [
        {"url": URLS[0], "outcome": "moved", "reason": "ok"},
        {"url": URLS[2], "outcome": "gone", "reason": "status-404"},
        {"url": URLS[4], "outcome": "blocked", "reason": "bot-wall"},
    ]
    assert by_name["listbot"].read(json.dumps({"links": rows})) == {
        URLS[0]: Said(Verdict.ALIVE, "moved: ok"),
        URLS[2]: Said(Verdict.DEAD, "gone: status-404"),
        URLS[4]: Said(Verdict.UNSURE, "blocked: bot-wall"),
    }
    for tool in tools.ALL:
        with pytest.raises(ValueError, match=r"substring not found|Expecting value"):
            tool.read("no result")
