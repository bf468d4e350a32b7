"""Places in pages: what a static page lacks is told, what a script may make is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from listbot.links.anchors import fragment_of, missing
from listbot.liveness import Outcome, Reason
from tests.links.test_months import a_run
from tests.links.zoo import Zoo, answer, ok

STATIC = """<a href="#install">Install</a> <h2 class="x>y" id="install">Install</h2> <a name='old' id=new></a>
<h3 id="user-content-usage">Usage</h3> <p id="gr&ouml;&szlig;e">"""


@pytest.mark.parametrize(
    ("url", "fragment"),
    [
        ("https://site.example/#install", "install"),
        ("https://site.example/#gr%C3%B6%C3%9Fe", "größe"),
        ("https://site.example/", ""),
        ("https://site.example/#", ""),
        ("https://site.example/#/route", ""),
        ("https://site.example/#!/route", ""),
        ("https://site.example/#:~:text=some", ""),
        ("https://site.example/a.pdf#page=3", ""),
        ("https://site.example/blob/a.py#L10-L20", ""),
        ("https://site.example/#top", ""),
    ],
)
def test_what_names_a_place(url: str, fragment: str) -> None:
    assert fragment_of(url) == fragment


def test_only_what_a_static_page_lacks_is_missing() -> None:
    wanted = ["install", "old", "new", "usage", "größe", "absent"]
    assert missing(STATIC, wanted) == {"absent"}
    assert missing('<div id="root"></div><script src="app.js"></script>', wanted) == frozenset()
    assert missing("", wanted) == frozenset()


def test_a_place_that_is_not_there_is_a_suspicion(zoo: Zoo, tmp_path: Path) -> None:
    zoo.page("/static", answer(200, STATIC))
    zoo.page("/script", ok())
    zoo.page("/long", answer(200, STATIC + "x" * 2_000_001))
    urls = [
        zoo.url(path) for path in ("/static#install", "/static#absent", "/static", "/script#absent", "/long#absent")
    ]
    plain = a_run(zoo, tmp_path, urls, 0.0).results
    assert {result.outcome for result in plain.values()} == {Outcome.ALIVE}
    zoo.asked.clear()
    found = a_run(zoo, tmp_path, urls, 1.0, fragments=True, refresh=False).results
    assert [found[url].reason for url in urls] == [Reason.OK, Reason.ANCHOR_MISSING, Reason.OK, Reason.OK, Reason.OK]
    assert found[urls[1]].outcome == Outcome.UNKNOWN
    assert sorted(request.path for request in zoo.asked) == ["/long", "/script", "/static"]
