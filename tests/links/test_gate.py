"""How a host's gate opens and closes, without a host."""

from __future__ import annotations

from email.utils import formatdate

import pytest

from listbot.links.gate import FIRST_WINDOW, LARGEST_WINDOW, LONGEST_WAIT, Gate, asked_wait
from listbot.liveness import Reason

NOW = 1.8e9
"""A wall clock, for dates in headers."""


def answers(gate: Gate, *statuses: int, at: float = 0.0, **headers: str) -> None:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    for status in statuses:
        gate.start(at)
        gate.answered(status, given, at, NOW)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": formatdate(NOW + 60, usegmt=True)}, 60.0),
        ({"retry-after": formatdate(NOW - 60, usegmt=True)}, 0.0),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": ""}, None),
        ({"ratelimit-reset": "30"}, 30.0),
        ({"x-ratelimit-reset": str(NOW + 30)}, 30.0),
        ({"ratelimit": '"default";r=0;t=7'}, 7.0),
        ({"ratelimit": "limit=10, remaining=0, reset=8"}, 8.0),
        ({"retry-after": "2", "ratelimit-reset": "9"}, 9.0),
        ({}, None),
    ],
)
def test_how_long_a_host_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_wait(headers, NOW) == (pytest.approx(seconds) if seconds is not None else None)


def test_the_window_begins_at_four_and_ends_at_its_largest() -> None:
    gate = Gate()
    assert gate.window == FIRST_WINDOW
    for _ in range(FIRST_WINDOW):
        assert gate.ready_at(0.0) == 0.0
        gate.start(0.0)
    assert gate.ready_at(0.0) is None
    gate = Gate()
    answers(gate, *[200] * 10_000)
    assert gate.window == LARGEST_WINDOW


def test_a_window_of_good_answers_adds_one() -> None:
    gate = Gate()
    answers(gate, 200, 200, 200, 200)
    assert gate.window == FIRST_WINDOW
    answers(gate, 200)
    assert gate.window == FIRST_WINDOW + 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_refusal_halves_the_window_once_a_second(status: int) -> None:
    gate = Gate()
    answers(gate, *[200] * 1_000)
    before = gate.window
    answers(gate, status, status, status, at=1.0)
    assert gate.window == before // 2
    answers(gate, status, at=2.5)
    assert gate.window == before // 4


def test_after_a_429_requests_are_spaced_and_ever_less() -> None:
    gate = Gate()
    answers(gate, *[200] * 100)
    answers(gate, 429, at=0.5, retry_after="1")
    assert gate.ready_at(0.6) == 1.5
    gate.start(1.5)
    soon = gate.ready_at(1.5)
    assert soon is not None
    assert 1.5 <= soon < 1.6
    starts = [_next_start(gate, 1.5 + index / 1_000) for index in range(200)]
    assert max(starts) - 1.5 > 1.0


def _next_start(gate: Gate, now: float) -> float:
    at = gate.ready_at(now)
    assert at is not None
    gate.start(at)
    gate.answered(200, {}, at, NOW)
    return at


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_what_a_host_asks_for_holds_for_all_of_it_whatever_comes_after(status: int) -> None:
    gate = Gate()
    answers(gate, status, at=1.0, retry_after="60")
    answers(gate, 200, at=2.0)
    ready = gate.ready_at(2.0)
    assert ready is not None
    assert ready >= gate.not_before == 61.0


@pytest.mark.parametrize("status", [200, 404, 301])
def test_a_pause_is_not_heard_where_nothing_is_refused(status: int) -> None:
    gate = Gate()
    answers(gate, status, retry_after="60")
    assert gate.ready_at(0.0) == 0.0


def test_what_is_used_up_is_waited_for() -> None:
    gate = Gate()
    answers(gate, 200, at=1.0, ratelimit_remaining="0", ratelimit_reset="5")
    assert gate.not_before == 6.0
    gate = Gate()
    answers(gate, 200, at=1.0, ratelimit_remaining="3", ratelimit_reset="5")
    assert gate.ready_at(2.0) == 2.0


@pytest.mark.parametrize(
    ("status", "reason"), [(403, Reason.RATE_LIMITED), (429, Reason.RATE_LIMITED), (503, Reason.STATUS_5XX)]
)
def test_who_asks_for_longer_than_a_run_is_left_alone(status: int, reason: Reason) -> None:
    gate = Gate()
    answers(gate, status, retry_after=str(LONGEST_WAIT + 1))
    assert gate.closed == reason


def test_a_row_of_walls_closes_the_gate_and_one_good_page_breaks_the_row() -> None:
    gate = Gate()
    for is_wall in (True, True, True, True, False, True, True, True, True):
        gate.wall(is_wall)
    assert gate.closed is None
    gate.wall(True)
    assert gate.closed == Reason.BOT_WALL
    slow = Gate(interval=3.0)
    slow.wall(True)
    assert slow.closed == Reason.BOT_WALL


def test_silence_narrows_the_window_until_somebody_answers() -> None:
    gate = Gate()
    for _ in range(4):
        gate.start(0.0)
    for _ in range(4):
        gate.unanswered()
    assert gate.silent
    assert gate.window == 1
    answers(gate, 404)
    assert not gate.silent
    assert gate.window >= FIRST_WINDOW


def test_an_interval_of_the_table_is_kept() -> None:
    gate = Gate(interval=3.0)
    assert [_next_start(gate, 0.0) for _ in range(3)] == [0.0, 3.0, 6.0]
