"""The results of one run, as they come: kept for its end, and written into the store in the meantime."""

from __future__ import annotations

import asyncio
import sqlite3
from random import Random

from listbot.links.store import Store
from listbot.liveness import LinkResult

_TOGETHER = 0.05
"""In seconds: results that come within this time of each other are written in one transaction, which costs as much as
writing several results."""
_PATIENCE = 2.0
"""In seconds: when the store is tried again after it could not be written."""


class Book:
    """Takes results, and writes them down as they come: a run that is killed loses what was under way, and no more."""

    def __init__(self, store: Store, run: int, chance: Random) -> None:
        self.results: dict[str, LinkResult] = {}
        self._store, self._run, self._chance = store, run, chance
        self._batch: list[LinkResult] = []

    def add(self, result: LinkResult) -> None:
        if not self._batch:
            asyncio.get_running_loop().call_later(_TOGETHER, self._write)
        self.results[result.url] = result
        self._batch.append(result)

    def _write(self) -> None:
        try:
            self.flush()
        except sqlite3.OperationalError:  # busy or full: later, and the flush at the end tells if it stays so
            asyncio.get_running_loop().call_later(_PATIENCE, self._write)

    def flush(self) -> None:
        self._store.add(self._run, self._batch, self._chance)
        self._batch = []
