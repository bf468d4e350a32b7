"""The simulated web, thought out: what is true of a URL, how long it takes, and what a host bears."""

from __future__ import annotations

from collections import Counter
from statistics import median, quantiles

import pytest
from bench.links.bucket import Bucket
from bench.links.truth import (
    KINDS,
    LONGEST,
    Limit,
    Set,
    Truth,
    address,
    kind_of,
    latency,
    limit_of,
    links,
    markdown,
    truth_of,
)
from hypothesis import given
from hypothesis import strategies as st

TEN_THOUSAND = Set(10_000, 400)


def test_the_shares_of_the_kinds_are_per_mille() -> None:
    assert sum(kind.share for kind in KINDS.values()) == 1_000


@pytest.mark.parametrize(
    ("url", "truth"),
    [
        ("http://127.1.0.1:8000/ok/1", Truth.LIVE),
        ("http://127.1.0.1:8000/head404/2.pdf", Truth.LIVE),
        ("http://127.1.0.1:8000/503once/3", Truth.LIVE),
        ("http://127.1.0.1:8000/r404/4", Truth.DEAD),
        ("http://127.1.0.1:8000/410/5.pdf", Truth.DEAD),
        ("http://127.1.0.1:8000/403/6", Truth.UNCLEAR),
        ("http://127.1.0.1:8000/rloop/7", Truth.UNCLEAR),
        ("http://127.1.0.1:8000/soft404/8", Truth.SOFT),
    ],
)
def test_truth(url: str, truth: Truth) -> None:
    assert truth_of(url) is truth


def test_a_url_of_another_web_has_no_truth() -> None:
    with pytest.raises(KeyError, match="none of the simulated web"):
        truth_of("http://127.1.0.1:8000/elsewhere/1")


def test_a_set_is_the_same_each_time_and_another_with_another_seed() -> None:
    assert list(links(TEN_THOUSAND, 1)) == list(links(TEN_THOUSAND, 1))
    assert list(links(TEN_THOUSAND, 1)) != list(links(TEN_THOUSAND._replace(seed=7), 1))


def test_a_set_has_every_kind_and_the_big_host_has_its_share() -> None:
    urls = list(links(TEN_THOUSAND, 8_000))
    assert len(set(urls)) == 10_000
    assert set(map(kind_of, urls)) == set(KINDS)
    hosts = Counter(url.split("/")[2] for url in urls)
    assert 5_300 < hosts["127.1.0.1:8000"] < 5_700
    assert 300 < len(hosts) <= 400


def test_a_calm_set_is_all_there() -> None:
    assert {kind_of(url) for url in links(Set(500, 10, calm=True), 8_000)} == {"ok"}


def test_the_list_holds_the_set() -> None:
    drawn = Set(10_150, 400)
    text = markdown(drawn, 8_000)
    urls = [line.split("](")[1].split(")")[0] for line in text.splitlines() if line.startswith("- ")]
    assert urls == list(links(drawn, 8_000))
    assert text.startswith("# A list\n\n## Section 0\n\n- [Work 0](http://127.")
    assert text.count("## Section") == 102


def test_every_host_has_an_address_of_its_own() -> None:
    found = {address(host) for host in range(4_000)}
    assert len(found) == 4_000
    assert address(0) == "127.1.0.1"
    assert address(3_999) == "127.1.15.250"


def test_latency_is_lognormal_and_the_same_for_all() -> None:
    drawn = [latency(number % 400, f"/ok/{number}") for number in range(20_000)]
    assert drawn == [latency(number % 400, f"/ok/{number}") for number in range(20_000)]
    assert median(drawn) == pytest.approx(0.150, rel=0.05)
    assert quantiles(drawn, n=100)[98] == pytest.approx(3.0, rel=0.15)
    assert 0 < min(drawn) < max(drawn) == LONGEST
    assert latency(0, "/ok/1") != latency(1, "/ok/1")


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = Bucket(Limit(20.0, 5.0), now=100.0)
    assert [bucket.take(100.0) for _ in range(6)] == [True] * 5 + [False]
    assert [bucket.take(100.0625), bucket.take(100.0625)] == [True, False]
    assert [bucket.take(900.0) for _ in range(6)] == [True] * 5 + [False]


@given(st.lists(st.floats(0.0, 0.5), max_size=200))
def test_a_bucket_never_gives_more_than_it_has(pauses: list[float]) -> None:
    limit = limit_of(1)
    bucket, now, given = Bucket(limit, 0.0), 0.0, 0
    for pause in pauses:
        now += pause
        given += bucket.take(now)
        assert given <= limit.burst + limit.rate * now + 1e-6
