"""Whatever registries do: what is there is never called gone, and nobody is asked twice or too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listbot.links import hosts
from listbot.links.transport import Answer
from listbot.liveness import Outcome
from tests.links.registries import github, openreview
from tests.links.registries.github import Repo
from tests.links.registries.impostor import Fault, broken, cut, garbage, limited, page_instead, refused
from tests.links.registries.population import populate
from tests.links.registries.town import Town
from tests.links.virtual_town import OK, VirtualTown

HASH = "5edb57c05c81d04beb716ef1d542fe9e"
LINKS = {
    **{
        f"https://arxiv.org/abs/2311.{number:05}": f"A preprint of many words, the {number}th"
        for number in range(1, 60)
    },
    **{f"https://dl.acm.org/doi/10.1145/1234567.{number}": f"An article, the {number}th" for number in range(1, 20)},
    **{f"https://github.com/example/loom{number}": "" for number in range(103)},
    **{f"https://openreview.net/forum?id=Submission{number}": f"A submission, the {number}th" for number in range(5)},
    "https://github.com/example/loom1/blob/main/docs/a.md": "",
    "https://ieeexplore.ieee.org/document/8549558": "Cold starts of functions as a service",
    "https://huggingface.co/example/loom-7b": "",
    "https://www.youtube.com/watch?v=abcdefghijk": "",
    "https://www.usenix.org/conference/osdi24/presentation/lovelace": "Engines and looms at scale",
    f"https://proceedings.mlsys.org/paper_files/paper/2024/hash/{HASH}-Abstract-Conference.html": "Engines at work",
    "https://proceedings.mlr.press/v202/lovelace23a.html": "Engines that learn",
}
MOVED = "https://github.com/example/loom7"
GONE = {
    "https://arxiv.org/abs/2311.99999",
    "https://dl.acm.org/doi/10.1145/1234567.99999",
    "https://openreview.net/forum?id=NeverThere1",
    "https://github.com/example/never",
    "https://www.youtube.com/watch?v=never000000",
}
WALL = Answer(403, {"content-type": "text/html"}, "<title>Forbidden</title>", ())
NOT_THERE = Answer(404, {"content-type": "text/html"}, "<title>Not found</title>", ())
FAULTS: Sequence[Fault | None] = [
    None,
    None,
    limited("1"),
    limited("600"),
    limited(None),
    refused(403),
    broken(),
    broken(503),
    cut,
    garbage,
    page_instead,
    github.exhausted,
    github.secondary,
    github.too_slow,
    openreview.challenge,
]


def a_town() -> Town:
    town = Town(hasty=False)
    populate(town, LINKS.items())
    town.github.rows["example/loom7"] = Repo("weavers/loom7")
    town.github.files.add(("example/loom1", "main:docs/a.md"))
    return town


def page(url: str) -> Answer:
    """Publishers refuse programs; other pages say what is so."""
    if hosts.kind_of(hosts.host_of(url)) == "wall":
        return WALL
    return NOT_THERE if url in GONE else OK


def outcomes(town: Town, urls: Sequence[str]) -> Mapping[str, Outcome]:
    results, _, _ = VirtualTown(town, page).check(LINKS | dict.fromkeys(GONE, ""), urls)
    return {url: result.outcome for url, result in results.items()}


def test_in_good_times_all_is_known() -> None:
    town = a_town()
    found = outcomes(town, [*LINKS, *GONE])
    assert {url for url, outcome in found.items() if outcome == Outcome.GONE} == GONE
    assert [url for url, outcome in found.items() if outcome == Outcome.MOVED] == [MOVED]
    assert {found[url] for url in LINKS if url != MOVED} == {Outcome.ALIVE}
    assert town.misdeeds == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_no_mixture_of_faults_kills_what_is_there(data: st.DataObject) -> None:
    town = a_town()
    names = [one.name for one in town.all]
    faulty = data.draw(
        st.dictionaries(st.sampled_from(names), st.lists(st.sampled_from(FAULTS), max_size=6), max_size=8)
    )
    for one in town.all:
        one.then(*faulty.get(one.name, ()))
        one.shuffled = data.draw(st.booleans())
    urls = data.draw(st.permutations([*LINKS, *GONE]))
    found = outcomes(town, urls)
    assert set(found) == set(urls)
    for url in LINKS:
        expected = {Outcome.ALIVE, Outcome.UNKNOWN, Outcome.BLOCKED} | ({Outcome.MOVED} if url == MOVED else set())
        assert found[url] in expected, url
    for url in GONE:
        assert found[url] in (Outcome.GONE, Outcome.UNKNOWN, Outcome.BLOCKED), url
    assert town.misdeeds == []
    for one in town.all:
        assert not one.batches or one.most is None or max(one.batches) <= one.most


@settings(max_examples=4)
@given(order=st.permutations([*LINKS, *GONE]))
def test_the_order_of_links_and_of_answers_changes_nothing(order: list[str]) -> None:
    town = a_town()
    assert outcomes(town, order) == outcomes(a_town(), [*LINKS, *GONE])
    assert set(town.github.asked_for().values()) == {1}


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/20240101000000/https://github.com/example/never",
        "https://web.archive.org/web/2024/https://dl.acm.org/doi/10.1145/1234567.99999",
        "https://web.archive.org/web/2024/https://www.youtube.com/watch?v=never000000",
        "https://www.google.com/url?q=https://openreview.net/forum?id=NeverThere1",
    ],
)
def test_a_copy_of_what_is_gone_is_there(url: str) -> None:
    """Registries are asked for a work's own pages, and not for copies of them in archives."""
    town = a_town()
    assert outcomes(town, [url]) == {url: Outcome.ALIVE}
    assert not any(one.calls for one in town.all)
