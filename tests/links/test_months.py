"""Months of weekly runs in seconds: whole sessions against the zoo, with a clock that is passed in.

And the engine alone, on an event loop whose time jumps.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listbot.links import checker, session
from listbot.links import store as store_module
from listbot.links.book import Book
from listbot.links.checker import Limits
from listbot.links.session import Plan, Session
from listbot.links.store import DAY, Store
from listbot.liveness import LinkResult, Outcome, Reason
from tests.links import virtual
from tests.links.conftest import LOOPBACK, QUICK
from tests.links.zoo import Zoo, answer, in_turn, ok, raw

WEEK = 7 * DAY
SEED = 1


def a_run(zoo: Zoo, folder: Path, urls: list[str], now: float, **changes: object) -> Session:
    zoo.another_run()
    canaries = (zoo.url("/canary"),)
    plan = Plan(folder / "store.sqlite", "list", limits=QUICK, policy=LOOPBACK, canaries=canaries, refresh=True)
    plan = plan._replace(**changes)
    chance = Random(SEED)  # noqa: S311 - a seed
    return session.check(urls, plan, resolver=zoo, now=lambda: now, chance=chance)


def test_a_link_dies_in_three_weeks_and_rises_again(zoo: Zoo, tmp_path: Path) -> None:
    url = zoo.url("/x")
    told = []
    for week, page in enumerate([ok(), answer(404), answer(404), answer(404), answer(404), ok(), answer(404)]):
        zoo.page("/x", page)
        result = a_run(zoo, tmp_path, [url], week * WEEK).results[url]
        told.append((result.outcome.value, result.standing.strikes, result.standing.dead))
    assert told == [
        ("alive", 0, False),
        ("gone", 1, False),
        ("gone", 2, False),
        ("gone", 3, True),
        ("gone", 4, True),
        ("alive", 0, False),
        ("gone", 1, False),
    ]


def test_daily_runs_do_not_hurry_death(zoo: Zoo, tmp_path: Path) -> None:
    url = zoo.url("/x")
    dead = [a_run(zoo, tmp_path, [url], day * DAY).results[url].standing.dead for day in range(8)]
    assert dead == [False] * 6 + [True] * 2


@pytest.mark.parametrize("page", [answer(403), answer(429, retry_after="3600"), answer(503), raw(b"", close=True)])
def test_what_is_never_seen_gone_never_dies(zoo: Zoo, tmp_path: Path, page: object) -> None:
    zoo.page("/x", page)  # type: ignore[arg-type]  # pytest's parameters have no types
    url = zoo.url("/x")
    for week in range(6):
        result = a_run(zoo, tmp_path, [url], week * WEEK).results[url]
        assert result.outcome in (Outcome.BLOCKED, Outcome.UNKNOWN)
        assert result.standing.strikes == 0


def test_a_night_without_network_is_forgotten(zoo: Zoo, tmp_path: Path) -> None:
    url = zoo.url("/x", "mortal.example")
    for week in (0, 1):
        a_run(zoo, tmp_path, [url], week * WEEK)
    zoo.names["mortal.example"] = Reason.NXDOMAIN
    zoo.names["site.example"] = Reason.NXDOMAIN
    spoiled = a_run(zoo, tmp_path, [url], 2 * WEEK)
    assert spoiled.inconclusive is not None
    assert spoiled.results[url].standing.strikes == 2
    del zoo.names["site.example"]
    zoo.page("/canary", ok())
    sound = a_run(zoo, tmp_path, [url], 3 * WEEK)
    assert sound.inconclusive is None
    assert sound.results[url].standing.dead


def test_many_hosts_that_fall_silent_at_once_are_not_believed(zoo: Zoo, tmp_path: Path) -> None:
    urls = [zoo.url("/x", f"host{number}.example") for number in range(12)]
    zoo.page("/x", ok())
    zoo.page("/canary", ok())
    assert a_run(zoo, tmp_path, urls, 0.0).inconclusive is None
    for number in range(4):
        zoo.names[f"host{number}.example"] = Reason.NXDOMAIN
    spoiled = a_run(zoo, tmp_path, urls, WEEK)
    assert spoiled.inconclusive == "4 of 12 hosts that answered before are silent at once"
    del zoo.names["host0.example"]
    assert a_run(zoo, tmp_path, urls, WEEK).inconclusive is None


def test_memory_answers_for_a_week_and_the_history_stays(zoo: Zoo, tmp_path: Path) -> None:
    zoo.page("/x", in_turn(ok(), answer(404)))
    url = zoo.url("/x")
    seen = [
        (result.outcome, result.remembered)
        for day in (0, 3, 9)
        for result in a_run(zoo, tmp_path, [url], day * DAY, refresh=False).results.values()
    ]
    assert seen == [(Outcome.ALIVE, False), (Outcome.ALIVE, True), (Outcome.GONE, False)]


def test_answers_are_written_down_as_they_come(tmp_path: Path) -> None:
    """So that a run that is killed loses what was under way at that moment, and no more."""
    written = []
    with Store(tmp_path / "store.sqlite") as store:

        async def main() -> None:
            book = Book(store, store.begin("list", 8, 0.0), Random(SEED))  # noqa: S311 - a seed
            for number in range(8):
                book.add(LinkResult(f"https://site.example/{number}", Outcome.ALIVE, Reason.OK, at=1.0))
                await asyncio.sleep(0.1)
                written.append(len(store.remembered([f"https://site.example/{n}" for n in range(8)], 2.0)))

        virtual.run(main())
    assert written == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_store_that_is_busy_is_written_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_WAIT", 0.01)
    url = "https://site.example/"
    with Store(tmp_path / "store.sqlite") as store:
        db = sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)

        async def main() -> None:
            book = Book(store, store.begin("list", 1, 0.0), Random(SEED))  # noqa: S311 - a seed
            db.execute("BEGIN IMMEDIATE")
            book.add(LinkResult(url, Outcome.ALIVE, Reason.OK, at=1.0))
            await asyncio.sleep(1.0)
            assert store.remembered([url], 2.0) == {}
            db.execute("ROLLBACK")
            await asyncio.sleep(2.0)
            assert store.remembered([url], 2.0)[url].outcome == Outcome.ALIVE

        virtual.run(main())
        db.close()


# The engine alone -----------------------------------------------------------------------------------------------------


def checked(
    web: virtual.VirtualWeb,
    urls: list[str],
    limits: Limits = Limits(),  # noqa: B008 - a frozen record
) -> tuple[dict[str, LinkResult], float]:
    found: list[LinkResult] = []
    chance = Random(SEED)  # noqa: S311 - a seed
    _, seconds = virtual.run(checker.run(web, urls, found.append, limits, now=lambda: 0.0, chance=chance))
    assert len(found) == len(urls)
    return {result.url: result for result in found}, seconds


def test_two_thousand_links_are_told_apart_politely() -> None:
    web = virtual.VirtualWeb({"big.example": (100.0, 50)})
    urls = virtual.web_of(2_000, seed=3)
    found, seconds = checked(web, urls)
    outcomes = Counter((url.split("/")[3], found[url].outcome) for url in urls)
    assert {kind: outcome.value for kind, outcome in outcomes} == {
        "ok": "alive", "503once": "alive", "reset1": "alive", "404": "gone", "403": "blocked", "500": "unknown",
        "timeout": "unknown",
    }  # fmt: skip
    assert len(outcomes) == 7
    assert web.limited <= 0.02 * web.requests
    assert web.requests <= 1.12 * len(urls)
    assert seconds <= 45
    assert max(web.most.values()) <= 64


@given(st.randoms(use_true_random=False))
@settings(max_examples=8)
def test_the_order_of_urls_never_changes_what_is_said(chance: Random) -> None:
    urls = virtual.web_of(120, seed=5)
    mixed = list(urls)
    chance.shuffle(mixed)
    one, _ = checked(virtual.VirtualWeb({}), urls)
    other, _ = checked(virtual.VirtualWeb({}), mixed)
    assert {url: (r.outcome, r.reason) for url, r in one.items()} == {
        url: (r.outcome, r.reason) for url, r in other.items()
    }


def test_a_host_that_bears_little_is_asked_slowly_and_in_the_end_wholly() -> None:
    web = virtual.VirtualWeb({"weak.example": (2.0, 4)})
    urls = [f"http://weak.example/ok/{number}" for number in range(80)]
    found, seconds = checked(web, urls)
    assert {result.outcome for result in found.values()} == {Outcome.ALIVE}
    assert web.limited <= 16
    assert seconds <= 80


def test_a_slow_host_of_the_table_is_asked_one_at_a_time() -> None:
    web = virtual.VirtualWeb({})
    urls = [f"https://arxiv.org/ok/{number}" for number in range(10)]
    _, seconds = checked(web, urls)
    assert web.most["arxiv.org"] == 1
    assert all(after - before >= 3.0 for before, after in itertools.pairwise(web.times["arxiv.org"]))
    assert seconds >= 27


def test_the_deadline_is_kept_to_the_second() -> None:
    web = virtual.VirtualWeb({})
    found, seconds = checked(web, virtual.web_of(3_000, seed=4), Limits(deadline=5.0))
    assert seconds <= 5.01
    reasons = Counter(result.reason for result in found.values())
    assert reasons[Reason.DEADLINE] > 100
    assert reasons[Reason.OK] > 100
