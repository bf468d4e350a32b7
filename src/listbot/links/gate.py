"""Politeness towards one host: how many requests at a time, how far apart, and not before when.

A window adapts to what the host bears: it grows with good answers, by one a window as TCP's does, faster where so much
waits that finding the limit early is worth it; a 429 or a 503 halves it. After a 503, which tells of the host's health
and not of its patience, the window is soon back where it was. After a 429 requests are spaced as well: at first a good
deal below the rate that was too much, and then ever faster until a second 429; from then on a little below that rate
and nearly steady, and the window grows back, because it is the spacing that holds back.

What the host says itself (`Retry-After`, `RateLimit-Reset`) is a deadline for everything that goes there, and not a
pause of one request; good answers that were under way do not lift it. Times are the event loop's, in seconds.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from listbot.liveness import Reason

FIRST_WINDOW = 4
LARGEST_WINDOW = 64
LONGEST_WAIT = 120.0
"""In seconds. What a host asks for beyond this ends the run for it: the rest of its links are `blocked` this time, or
`unknown` where it said that it is not well."""
_FALLBACK_WAIT = 1.0
_WIDEST = 10.0
"""Seconds between requests, at most, whatever a host asks for."""
_FIRST_CREEP = 0.06
"""By what share a second the rate creeps up after the first 429, when little is known yet; and later."""
_CREEP = 0.006
_FIRST_CUT = 0.7
_CUT = 0.87
_EAGER_AT = 2_000
"""With so many links waiting, the window grows by one with every answer."""
_RATE_OVER = 1.0
"""Seconds over which the rate of requests is measured."""
_CREDIT = 0.3
"""Seconds of requests that a pause saves up."""
_SILENT_AFTER = 4
_RESETS = ("ratelimit-reset", "x-ratelimit-reset")
_WALL_AFTER = 5


class Gate:
    """The state of one host."""

    def __init__(self, interval: float = 0.0, *, at_once: int | None = None) -> None:
        """`interval` and `at_once` are what the host asks for itself; None: one at a time where there is an interval,
        else as it bears."""
        self.in_flight = 0
        self.closed: Reason | None = None
        """Why nothing more goes there in this run: it asked for a long pause, or refuses programs."""
        self.requests = 0
        self.limited = 0
        """Answers that said that there were too many requests."""
        self.not_before = -math.inf
        """The moment before which the host is not asked."""
        self._fixed = interval
        self._is_fixed = bool(interval) or at_once is not None
        self._window = float(at_once or (1 if interval else FIRST_WINDOW))
        self._recover_to = 0.0
        self._spacing = interval
        self._creep = 0.0
        self._spaced_at = 0.0
        self._next_slot = -math.inf
        self._halved_at = -math.inf
        self._starts: deque[float] = deque()
        self._is_spaced = False
        self._unanswered = 0
        self._answered = False
        self._walls = 0

    @property
    def silent(self) -> bool:
        """Several requests and never an answer: one more is enough to know."""
        return not self._answered and self._unanswered >= _SILENT_AFTER

    @property
    def window(self) -> int:
        return 1 if self.silent else int(self._window)

    def ready_at(self, now: float) -> float | None:
        """When the next request may start; None while the window is full, and then a finished one tells."""
        if self.in_flight >= self.window:
            return None
        return max(now, self.not_before, self._next_slot)

    def start(self, now: float) -> None:
        """A request begins."""
        self.in_flight += 1
        self.requests += 1
        self._starts.append(now)
        while self._starts[0] < now - _RATE_OVER:
            self._starts.popleft()
        spacing = self._spacing_at(now)
        credit = 0.0 if self._is_fixed else _CREDIT
        self._next_slot = max(self._next_slot, now - credit) + spacing if spacing else -math.inf

    def space_at_least(self, seconds: float) -> None:
        """The host says how far apart requests should be."""
        self._fixed = max(self._fixed, min(seconds, _WIDEST))
        self._spacing = max(self._spacing, self._fixed)

    def answered(self, status: int, headers: Mapping[str, str], now: float, wall_time: float, waiting: int = 0) -> None:
        """A request came back with an answer. `wall_time` is in seconds since 1970, for dates in headers; `waiting` is
        how many requests are still to come."""
        self.in_flight -= 1
        self._answered, self._unanswered = True, 0
        if status in (429, 503):
            self._slow_down(headers, now, wall_time, limited=status == 429)
            return
        if status == 403 or status >= 500:  # GitHub says 403 where others say 429
            closing = Reason.RATE_LIMITED if status == 403 else Reason.STATUS_5XX
            self._wait(_asked_wait(headers, wall_time, ("retry-after",)) or 0.0, now, closing)
        if not self._is_fixed:
            self._grow(waiting)
        if _is_used_up(headers):
            self._wait(_asked_wait(headers, wall_time, _RESETS) or 0.0, now, Reason.RATE_LIMITED)

    def _grow(self, waiting: int) -> None:
        steady = max(1.0 / self._window, min(1.0, waiting / _EAGER_AT) if not self._spacing else 0.0)
        self._window = min(LARGEST_WINDOW, self._window + (1.0 if self._window < self._recover_to else steady))

    def unanswered(self) -> None:
        """A request came back without an answer."""
        self.in_flight -= 1
        self._unanswered += 1

    def unsent(self) -> None:
        """A request that began was not sent: it may not go where it should have gone."""
        self.in_flight -= 1
        self.requests -= 1

    def wall(self, is_wall: bool) -> None:
        """Whether a page was refused to programs. A row of such refusals closes the gate: asking on would be rude."""
        self._walls = self._walls + 1 if is_wall else 0
        limit = 1 if self._fixed else _WALL_AFTER
        if self._walls >= limit:
            self.closed = Reason.BOT_WALL

    def _slow_down(self, headers: Mapping[str, str], now: float, wall_time: float, *, limited: bool) -> None:
        self.limited += limited
        asked = asked_wait(headers, wall_time)
        fallback, closing = (_FALLBACK_WAIT, Reason.RATE_LIMITED) if limited else (0.0, Reason.STATUS_5XX)
        self._wait(fallback if asked is None else asked, now, closing)
        if now - self._halved_at < 1.0:
            return  # the answers to requests that were under way say the same thing again
        self._halved_at = now
        self._recover_to = self._window if self._is_spaced or not limited else 0.0
        self._window = max(1.0, self._window / 2)
        if limited:
            self._space(now)

    def _space(self, now: float) -> None:
        """From now on at a rate that the host bears, as far as it is known."""
        rate = _CUT / self._spacing_at(now) if self._is_spaced else _FIRST_CUT * len(self._starts) / _RATE_OVER
        self._spacing = max(self._fixed, min(5.0, 1.0 / rate if rate else 5.0))
        self._creep = _CREEP if self._is_spaced else _FIRST_CREEP
        self._is_spaced, self._spaced_at = True, now
        self._next_slot = max(self._next_slot, self.not_before)

    def _wait(self, seconds: float, now: float, closing: Reason) -> None:
        if seconds > LONGEST_WAIT:
            self.closed = closing
        self.not_before = max(self.not_before, now + min(seconds, LONGEST_WAIT))

    def _spacing_at(self, now: float) -> float:
        if self._spacing <= self._fixed:
            return self._fixed
        return max(self._fixed, self._spacing * math.exp(-self._creep * (now - self._spaced_at)))


def asked_wait(headers: Mapping[str, str], wall_time: float) -> float | None:
    """How many seconds an answer asks to wait before the same is asked again; None where it does not say."""
    return _asked_wait(headers, wall_time, ("retry-after", *_RESETS))


def asked_spacing(headers: Mapping[str, str]) -> float:
    """Seconds between requests that Crossref's headers ask for: `x-rate-limit-limit: 3`, `x-rate-limit-interval: 1s`;
    0 where they are absent or mean nothing."""
    limit = headers.get("x-rate-limit-limit", "").strip()
    interval = headers.get("x-rate-limit-interval", "").strip().removesuffix("s")
    if not (limit.isdecimal() and interval.isdecimal()) or int(limit) == 0:
        return 0.0
    return int(interval) / int(limit)


def _is_used_up(headers: Mapping[str, str]) -> bool:
    """Whether a host says that nothing is left of what it grants."""
    left = headers.get("ratelimit-remaining", headers.get("x-ratelimit-remaining", "")).strip()
    return left == "0" or any(key in ("r", "remaining") and value == "0" for key, value in _structured(headers))


def _asked_wait(headers: Mapping[str, str], wall_time: float, names: tuple[str, ...]) -> float | None:
    """The longest wait in seconds that headers ask for; None where they ask for none that can be understood."""
    values = [headers.get(name, "") for name in names]
    values += [value for key, value in _structured(headers) if key in ("t", "reset")]
    waits = [wait for value in values if (wait := _seconds(value, wall_time)) is not None]
    return max(waits) if waits else None


def _structured(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    """`RateLimit: "default";r=0;t=5`, and its older form `limit=10, remaining=0, reset=5`, as pairs."""
    parts = headers.get("ratelimit", "").replace(",", ";").split(";")
    pairs = [part.strip().partition("=") for part in parts]
    return [(key, value.strip()) for key, _, value in pairs]


def _seconds(value: str, wall_time: float) -> float | None:
    """`120`, a date, or a moment in seconds since 1970, as seconds from now; None for anything else."""
    value = value.strip().strip('"')
    try:
        number = float(value)
    except ValueError:
        return _until(value, wall_time)
    if not math.isfinite(number) or number < 0:
        return None
    return max(0.0, number - wall_time) if number > 1e9 else number


def _until(value: str, wall_time: float) -> float | None:
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - wall_time)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
