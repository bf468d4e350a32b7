"""The simulated web, asked over sockets of loopback."""

from __future__ import annotations

import asyncio
import http.client
import sys
from collections.abc import Iterator

import pytest
from bench.links.running import simulated
from bench.links.truth import SMALL_LIMIT, address
from bench.links.web import Web

if sys.platform != "linux":
    pytest.skip("only Linux has all of 127.0.0.0/8 on loopback", allow_module_level=True)

WEB = [sys.executable, "-m", "bench.links.web", "3", "60"]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with simulated(WEB) as (port, _):
        yield port


def ask(port: int, method: str, path: str, host: int = 1) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(address(host), port, timeout=10)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/ok/1", 200),
        ("HEAD", "/ok/1.pdf", 200),
        ("HEAD", "/head404/1.pdf", 404),
        ("GET", "/head404/1.pdf", 200),
        ("HEAD", "/head405/1.pdf", 405),
        ("GET", "/head405/1.pdf", 200),
        ("GET", "/404/1", 404),
        ("GET", "/410/1", 410),
        ("GET", "/403/1", 403),
        ("GET", "/500/1", 500),
        ("GET", "/soft404/1", 200),
        ("GET", "/elsewhere", 404),
    ],
)
def test_statuses(port: int, method: str, path: str, status: int) -> None:
    assert ask(port, method, path).status == status


def test_503_once(port: int) -> None:
    first, second = ask(port, "GET", "/503once/1"), ask(port, "GET", "/503once/1")
    assert (first.status, first.headers["Retry-After"], second.status) == (503, "1", 200)


def test_resets(port: int) -> None:
    for path in ("/reset/1", "/reset/1", "/reset1/1"):
        with pytest.raises(ConnectionResetError):
            ask(port, "GET", path)
    assert ask(port, "GET", "/reset1/1").status == 200


def test_a_chain_of_three_leaves_its_host(port: int) -> None:
    host, path, way = 2, "/r3/9.pdf", []
    while (answer := ask(port, "GET", path, host)).status != 200:
        _, _, name, path = answer.headers["Location"].split("/", 3)
        host, path = int(name.split(":")[0].rsplit(".")[-1]) - 1, f"/{path}"
        way.append((host, path))
    assert way == [(0, "/r2/9.pdf"), (0, "/r1/9.pdf"), (0, "/ok/9.pdf")]


def test_one_connection_bears_many_requests_and_a_long_body(port: int) -> None:
    connection = http.client.HTTPConnection(address(1), port, timeout=10)
    sizes = []
    for path in ("/ok/1", "/big/2", "/ok/3"):
        connection.request("GET", path)
        sizes.append(len(connection.getresponse().read()))
    connection.close()
    assert sizes[0] == sizes[2] < 3_000
    assert 500_000 < sizes[1] < 501_000


def test_silence_lasts_until_the_client_goes(port: int) -> None:
    connection = http.client.HTTPConnection(address(1), port, timeout=0.2)
    connection.request("GET", "/silent/1")
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()


def test_counts_are_of_one_run() -> None:
    with simulated(WEB) as (port, begin):
        ask(port, "GET", "/ok/1")
        ask(port, "HEAD", "/ok/2")
        assert begin() == {
            "requests": 2,
            "limited": 0,
            "early": 0,
            "heads": 1,
            "connections": 2,
            "most": 1,
            "most_big": 0,
            "most_small": 1,
        }
        assert set(begin().values()) == {0}


def test_more_than_a_host_bears_is_429_and_asking_on_is_counted() -> None:
    async def asked() -> tuple[list[int], list[float], dict[str, int]]:
        web = Web(2)
        web.begin(calm=False)
        now = asyncio.get_running_loop().time()
        host = web.hosts[1]
        times = [now] * 22 + [now + 0.1, now + 0.9, now + 1.2]
        answers = []
        for number, at in enumerate(times):
            answers.append(web.ask(host, "GET", f"/ok/{number}", at))
            web.told(host, answers[-1][1], at)
        return [int(reply.head[9:12]) for _, reply in answers], [wait for wait, _ in answers], web.figures()

    statuses, waits, told = asyncio.run(asked())
    burst = int(SMALL_LIMIT.burst)
    assert statuses == [200] * burst + [429, 429, 200, 200, 200]
    assert waits[burst] == 0.0 < waits[0]
    assert (told["requests"], told["limited"], told["early"]) == (25, 2, 1)


def test_a_503_asks_for_a_pause_of_its_host_from_when_it_is_sent() -> None:
    async def asked() -> list[int]:
        web = Web(2)
        web.begin(calm=False)
        now = asyncio.get_running_loop().time()
        host = web.hosts[1]
        wait, reply = web.ask(host, "GET", "/503once/1", now)
        sent = now + wait
        early = []
        for after in (-0.1, 0.1, 0.5, 1.1):
            if after > 0 and not host.pauses:
                web.told(host, reply, sent)
            web.ask(host, "GET", "/ok/2", sent + after)
            early.append(web.figures()["early"])
        return early

    assert asyncio.run(asked()) == [0, 0, 1, 1]
