"""Weeks of a list with all parts real but the clock: links on the zoo, the store of their history, the issue on the
forge."""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from listbot.commands import bot_weekly, link_options
from listbot.links import session
from listbot.links.checker import Checker
from listbot.liveness import Reason
from tests.bot.stage import Done, Stage, stage
from tests.bot.test_weekly_command import GRANTED, ours
from tests.forge import events
from tests.forge.forge import Forge
from tests.forge.world import Repository
from tests.links.conftest import QUICK, zoo
from tests.links.zoo import Zoo, answer, ok, redirect

__all__ = ["stage", "zoo"]

DAY = 86_400.0
START = 1_770_000_000.0
"""2026-02-02."""
Week = Callable[..., Done]


class Impatient(Checker):
    """A check whose time is up after so many links."""

    most = 10**9

    def _tell(self, url: str, evidence: list[object]) -> None:
        super()._tell(url, evidence)  # type: ignore[arg-type]  # evidence, which this does not look at
        if self._done == self.most:
            self.stop(Reason.DEADLINE)


@pytest.fixture
def repository(forge: Forge) -> Repository:
    return forge.repository("curator/tools", {"README.md": "# Tools\n"})


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """What the workflow keeps from week to week."""
    return tmp_path / "cache"


@pytest.fixture
def week(
    stage: Stage, forge: Forge, repository: Repository, zoo: Zoo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Week:
    """One weekly run over links of these addresses; `most` links are asked before the time is up."""
    (tmp_path / "list").mkdir()
    monkeypatch.chdir(tmp_path / "list")
    monkeypatch.setattr(link_options, "Limits", lambda **given: QUICK._replace(at_once=1, **given))
    monkeypatch.setattr(session, "Checker", Impatient)
    real, chance = session.check, Random(1)  # noqa: S311 - a seed
    given = {"allow_address": ("127.0.0.0/8",), "port": (zoo.port,), "registries": False}
    reach = {**given, "canary": (zoo.url("/canary"),), "archive_index": zoo.url("/copies")}
    monkeypatch.setattr(bot_weekly, "Options", functools.partial(link_options.Options, **reach))
    token = forge.token(GRANTED)

    def run(number: int, *urls: str, most: int = 10**9, code: int = 0) -> Done:
        now = START + (number - 1) * 7 * DAY
        zoo.another_run()
        Path("README.md").write_text("# Tools\n\n" + "".join(f"- [A tool]({url})\n" for url in urls), "utf-8")
        monkeypatch.setattr(Impatient, "most", most)
        monkeypatch.setattr(bot_weekly, "time", SimpleNamespace(time=lambda: now))
        check = functools.partial(real, resolver=zoo, now=lambda: now, chance=chance)
        monkeypatch.setattr(session, "check", check)
        payload = events.schedule(forge, repository)
        done = stage.run("weekly", event="schedule", payload=payload, token=token)
        assert done.code == code, done.err
        return done

    return run


def shown(repository: Repository) -> str:
    (issue,) = ours(repository)
    return (issue.body or "").partition("<!-- listbot:history")[0]


def test_what_lived_for_three_weeks_and_is_gone_in_the_fourth_was_last_alive_in_the_third(
    week: Week, repository: Repository, zoo: Zoo
) -> None:
    """There is no issue while all is well, and no write."""
    zoo.page("/a", ok())
    zoo.page("/b", ok())
    urls = (zoo.url("/a"), zoo.url("/b"))
    for number in (1, 2, 3):
        assert week(number, *urls).writes == []
    zoo.page("/a", answer(404))
    week(4, *urls)
    assert (
        "the server says that there is no such page (404), asked twice<br>"
        "strike 1 of 3: 2026-02-23; last alive on 2026-02-16\n"
    ) in shown(repository)
    week(5, *urls)
    week(6, *urls)
    assert "<br>strike 3 of 3: 2026-02-23, 2026-03-02, 2026-03-09; last alive on 2026-02-16\n" in shown(repository)
    assert "### Gone" in shown(repository)
    assert week(7, *urls).writes == []
    zoo.page("/a", ok())
    week(8, *urls)
    (issue,) = ours(repository)
    assert issue.state == "closed"
    zoo.page("/a", answer(404))
    week(9, *urls)
    assert issue.state == "open"
    assert "<br>strike 1 of 3: 2026-03-30; last alive on 2026-03-23\n" in shown(repository)


def test_without_the_cache_the_issue_knows_the_day_of_its_own_text_and_no_day_is_made_up(
    week: Week, repository: Repository, zoo: Zoo, cache: Path
) -> None:
    for path in ("/a", "/b", "/new"):
        zoo.page(path, ok())
    zoo.page("/bad", answer(404))
    urls = [zoo.url(path) for path in ("/a", "/b", "/bad")]
    for number in (1, 2, 3, 4, 5):
        week(number, *urls)
        shutil.rmtree(cache)
    assert "strike 3 of 3" in shown(repository)
    zoo.page("/a", answer(410))
    zoo.page("/new", answer(404))
    week(6, *urls, zoo.url("/new"))
    text = shown(repository)
    rows = {found[1]: found[2] for found in re.finditer(r"\[`http://[^`]*(/\w+)`\].*(last alive.*)\n", text)}
    assert rows == {
        "/a": "last alive on 2026-02-16",  # when the third strike of the other was written
        "/bad": "last alive: not known",
        "/new": "last alive: not known",
    }


def test_a_list_that_never_fits_into_a_run_is_covered_in_a_few(week: Week, repository: Repository, zoo: Zoo) -> None:
    """Five links a week are asked of twelve, one of which takes two requests: after four weeks each was asked."""
    paths = [f"/{number}" for number in range(12)]
    for path in paths:
        zoo.page(path, ok())
    zoo.page("/3", answer(404))
    urls = [zoo.url(path) for path in paths]
    for number in range(1, 5):
        done = week(number, *urls, most=5, code=4)
        assert re.search(r"[67] URLs not checked; the next run begins with what was not asked for longest", done.err)
    assert set(paths) <= {request.path for request in zoo.asked}
    week(5, *urls)
    (issue,) = ours(repository)
    assert "[`" + zoo.url("/3") + "`]" in shown(repository)
    week(6, *urls, most=1, code=4)
    assert issue.state == "open"
    assert "[`" + zoo.url("/3") + "`]" in shown(repository)
    assert re.search(r"\n\*\*1[01] links not reached\*\*: the time was up\.", shown(repository))
    zoo.page("/3", ok())
    week(7, *urls)
    assert issue.state == "closed"


def test_where_nothing_is_known_chance_decides_who_is_asked_first(week: Week, zoo: Zoo, cache: Path) -> None:
    paths = [f"/{number}" for number in range(12)]
    for path in paths:
        zoo.page(path, ok())
    for number in range(1, 20):
        week(number, *map(zoo.url, paths), most=5, code=4)
        shutil.rmtree(cache)
    assert set(paths) <= {request.path for request in zoo.asked}


def test_a_moved_page_that_is_blocked_for_a_week_keeps_its_row_and_the_issue_stays_open(
    week: Week, repository: Repository, zoo: Zoo
) -> None:
    zoo.page("/a", redirect("/b/a"))
    zoo.page("/b/a", ok())
    week(1, zoo.url("/a"))
    (issue,) = ours(repository)
    zoo.page("/a", answer(403))
    week(2, zoo.url("/a"))
    assert issue.state == "open"
    assert f"<br>now [`{zoo.url('/b/a')}`]" in shown(repository)
    assert "<br>found on 2026-02-02; the last check could not tell: the host does not answer programs\n" in shown(
        repository
    )
    assert week(3, zoo.url("/a")).writes == []
    zoo.page("/a", ok())
    week(4, zoo.url("/a"))
    assert issue.state == "closed"


def test_a_list_of_half_its_links_is_no_list(week: Week, zoo: Zoo) -> None:
    """The store remembers how many there were, so that a list that was emptied by mistake closes no issue."""
    zoo.page("/0", answer(404))
    urls = [zoo.url(f"/{number}") for number in range(6)]
    for number in range(1, 6):
        zoo.page(f"/{number}", ok())
    week(1, *urls)
    done = week(2, *urls[4:], code=4)
    assert "2 links, and there were 6 the last time" in done.err
    assert done.requests == []


def test_every_link_is_asked_every_week_whatever_is_remembered(week: Week, zoo: Zoo) -> None:
    zoo.page("/a", ok())
    for number in (1, 2, 3):
        week(number, zoo.url("/a"))
        assert zoo.count("/a") == number
