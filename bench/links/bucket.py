"""How a server counts what it bears: a bucket of tokens that fills at a rate, one token a request."""

from __future__ import annotations

from bench.links.truth import Limit


class Bucket:
    """Full at first. Times are in seconds of any clock that does not go back."""

    __slots__ = ("_at", "_left", "_limit")

    def __init__(self, limit: Limit, now: float) -> None:
        self._limit = limit
        self._left = limit.burst
        self._at = now

    def take(self, now: float) -> bool:
        """Whether one more request is borne now."""
        rate, burst = self._limit
        self._left = min(burst, self._left + (now - self._at) * rate)
        self._at = now
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True
