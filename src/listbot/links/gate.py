"""Politeness towards one host: how many requests at a time, how far apart, and not before when.

A window adapts to what the host bears: it grows by one with every window of good answers, and is halved by a 429 or a
503 (as TCP does it). After a 429 requests are also spaced by the rate at which the host answered before, which then
creeps up again. What the host says itself (`Retry-After`, `RateLimit-Reset`) is a deadline for everything that goes
there, and not a pause of one request. Times are the event loop's, in seconds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from listbot.liveness import Reason

FIRST_WINDOW = 4
LARGEST_WINDOW = 64
LONGEST_WAIT = 120.0
"""What a host asks for beyond this ends the run for it: the rest of its links are `blocked` this time."""
_FALLBACK_WAIT = 1.0
_CREEP = 0.02
"""By what share a second the rate creeps up after a host asked for less."""
_MODESTY = 0.8
_SILENT_AFTER = 4
_RESETS = ("ratelimit-reset", "x-ratelimit-reset")
_WALL_AFTER = 5


class Gate:
    """The state of one host."""

    def __init__(self, interval: float = 0.0) -> None:
        self.in_flight = 0
        self.not_before = 0.0
        self.closed: Reason | None = None
        """Why nothing more goes there in this run: it asked for a long pause, or refuses programs."""
        self.requests = 0
        self.limited = 0
        """Answers that said that there were too many requests."""
        self._fixed = interval
        self._window = 1.0 if interval else float(FIRST_WINDOW)
        self._spacing = interval
        self._spaced_at = 0.0
        self._last_start = -math.inf
        self._good = 0
        self._good_since: float | None = None
        self._halved_at = -math.inf
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
        return max(now, self.not_before, self._last_start + self._spacing_at(now))

    def start(self, now: float) -> None:
        """A request begins."""
        self.in_flight += 1
        self.requests += 1
        self._last_start = now
        if self._good_since is None:
            self._good_since = now

    def answered(self, status: int, headers: Mapping[str, str], now: float, wall_time: float) -> None:
        """A request came back with an answer. `wall_time` is in seconds since 1970, for dates in headers."""
        self.in_flight -= 1
        self._answered, self._unanswered = True, 0
        if status in (429, 503):
            self._slow_down(headers, now, wall_time, limited=status == 429)
            return
        self._good += 1
        if not self._fixed:
            self._window = min(LARGEST_WINDOW, self._window + 1.0 / self._window)
        if _is_used_up(headers):
            self._wait(_asked_wait(headers, wall_time, _RESETS), now)

    def unanswered(self) -> None:
        """A request came back without an answer."""
        self.in_flight -= 1
        self._unanswered += 1

    def wall(self, is_wall: bool) -> None:
        """Whether a page was refused to programs. A row of such refusals closes the gate: asking on would be rude."""
        self._walls = self._walls + 1 if is_wall else 0
        limit = 1 if self._fixed else _WALL_AFTER
        if self._walls >= limit:
            self.closed = Reason.BOT_WALL

    def _slow_down(self, headers: Mapping[str, str], now: float, wall_time: float, *, limited: bool) -> None:
        self.limited += limited
        asked = _asked_wait(headers, wall_time, ("retry-after", *_RESETS))
        self._wait(_FALLBACK_WAIT if asked is None and limited else asked, now)
        if now - self._halved_at < 1.0:
            return  # the answers to requests that were under way say the same thing again
        self._halved_at = now
        self._window = max(1.0, self._window / 2)
        if limited and self._good and self._good_since is not None and now > self._good_since:
            rate = _MODESTY * self._good / (now - self._good_since)
            self._spacing, self._spaced_at = max(self._fixed, min(5.0, 1.0 / rate)), now
        self._good, self._good_since = 0, None

    def _wait(self, seconds: float | None, now: float) -> None:
        if seconds is None:
            return
        if seconds > LONGEST_WAIT:
            self.closed = Reason.RATE_LIMITED
        self.not_before = max(self.not_before, now + min(seconds, LONGEST_WAIT))

    def _spacing_at(self, now: float) -> float:
        if self._spacing <= self._fixed:
            return self._fixed
        return max(self._fixed, self._spacing * math.exp(-_CREEP * (now - self._spaced_at)))


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
