"""What is remembered of links: answers that still hold, and the history by which a link is called dead.

SQLite, in the user's cache directory by default. Answers are written as they come, so that a run that was killed goes
on where it stopped; its failures, and those of a run that our own network spoiled, never become strikes, because a
probe counts only once its run was kept. Two processes may write at a time: transactions are short and wait for each
other.

Dates are seconds since 1970. Rows are read back through `Outcome` and `Reason`, so what is not ours is refused.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from types import TracebackType
from typing import NamedTuple, Self

from listbot.errors import InputError
from listbot.links import hosts, records, verdict
from listbot.liveness import SUSPICIONS, LinkResult, Outcome, Probe, Reason, Standing

DAY = 86_400.0
_LIFETIMES = {Outcome.ALIVE: 7.0, Outcome.MOVED: 7.0, Outcome.WITHDRAWN: 7.0, Outcome.BLOCKED: 1.0}
"""In days. Failures are not here: they are never answered from memory."""
_SUSPICION = 1.0
_JITTER = 0.15
"""By what share a lifetime varies, so that not all links of a list fall due in one run."""
_WAIT = 20.0
_SCHEMA = (
    """
    CREATE TABLE run (id INTEGER PRIMARY KEY, list TEXT NOT NULL, started REAL NOT NULL, links INTEGER NOT NULL,
                      kept INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX run_of_list ON run (list, started);
    CREATE TABLE link (url TEXT PRIMARY KEY, first_seen REAL NOT NULL) WITHOUT ROWID;
    CREATE TABLE answer (url TEXT PRIMARY KEY, outcome TEXT NOT NULL, reason TEXT NOT NULL, status INTEGER,
                         target TEXT, certain INTEGER NOT NULL, source TEXT NOT NULL, at REAL NOT NULL,
                         until REAL NOT NULL) WITHOUT ROWID;
    CREATE TABLE probe (url TEXT NOT NULL, at REAL NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
                        status INTEGER, run INTEGER NOT NULL, PRIMARY KEY (url, at)) WITHOUT ROWID;
    CREATE INDEX probe_of_run ON probe (run);
    """,
    "ALTER TABLE answer ADD COLUMN record TEXT",
)
"""One script a version; a store of an older version runs what it lacks."""
_ADVICE = "name another file with --store, or delete it"
IMPORTED = 0
"""The run of probes that came from elsewhere; they were kept there."""


class Dossier(NamedTuple):
    """All that the history has of a link."""

    url: str
    first_seen: float
    probes: tuple[Probe, ...]


class Store:
    """An open store. Use as a context manager."""

    def __init__(self, path: Path, *, schema: Sequence[str] = _SCHEMA) -> None:
        """Open or create. Raises InputError where the file is no store, is newer than we are, or cannot be written."""
        self._shown = str(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            self._migrate(schema)
        except (OSError, sqlite3.Error) as error:
            raise InputError(f"{path}: this store of links cannot be opened: {error}; {_ADVICE}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raises InputError where the store could not be read or written in between."""
        self.close()
        if isinstance(error, sqlite3.Error):
            raise InputError(f"{self._shown}: this store of links cannot be used: {error}; {_ADVICE}") from error

    def close(self) -> None:
        self._db.close()

    def _migrate(self, schema: Sequence[str]) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("BEGIN IMMEDIATE")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > len(schema):
            self._db.execute("ROLLBACK")
            raise sqlite3.DatabaseError(
                f"it is of version {version}, and this listbot knows versions up to {len(schema)}"
            )
        for script in schema[version:]:
            for statement in filter(str.strip, script.split(";")):
                self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version = {len(schema)}")
        self._db.execute("COMMIT")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        """All or nothing; other processes wait."""
        with closing(self._db.cursor()) as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    # Runs -------------------------------------------------------------------------------------------------------------

    def begin(self, name: str, links: int, now: float) -> int:
        """A run over a list (by any name that stays the same) begins; its number."""
        done = self._db.execute("INSERT INTO run (list, started, links) VALUES (?, ?, ?)", (name, now, links))
        return int(done.lastrowid or 0)

    def last_count(self, name: str) -> int | None:
        """How many links a list had in its last run that was kept."""
        row = self._db.execute(
            "SELECT links FROM run WHERE list = ? AND kept = 1 ORDER BY started DESC LIMIT 1", (name,)
        ).fetchone()
        return int(row[0]) if row is not None else None

    def add(self, run: int, results: Iterable[LinkResult], chance: Random) -> None:
        """Write down what a run found; what was not asked in it is left out."""
        with self._transaction() as db:
            for result in results:
                if result.at is None or result.remembered:
                    continue
                status, at = result.status, result.at
                db.execute("INSERT OR IGNORE INTO link VALUES (?, ?)", (result.url, at))
                db.execute(
                    "INSERT OR REPLACE INTO probe VALUES (?, ?, ?, ?, ?, ?)",
                    (result.url, at, result.outcome, result.reason, status, run),
                )
                until = at + lifetime(result) * (1 + _JITTER * (2 * chance.random() - 1))
                if until > at:
                    answer = (result.outcome, result.reason, status, result.target, result.certain, result.source)
                    record = records.written(result.record) if result.record is not None else None
                    db.execute(
                        "INSERT OR REPLACE INTO answer VALUES (?,?,?,?,?,?,?,?,?,?)",
                        (result.url, *answer, at, until, record),
                    )
                else:
                    db.execute("DELETE FROM answer WHERE url = ?", (result.url,))

    def keep(self, run: int) -> None:
        """The run is sound: its probes count from now on."""
        self._db.execute("UPDATE run SET kept = 1 WHERE id = ?", (run,))

    def discard(self, run: int) -> None:
        """Our own network spoiled the run: nothing of it counts, and nothing is remembered from it."""
        with self._transaction() as db:
            db.execute("DELETE FROM answer WHERE (url, at) IN (SELECT url, at FROM probe WHERE run = ?)", (run,))
            db.execute("DELETE FROM probe WHERE run = ?", (run,))
            db.execute("DELETE FROM run WHERE id = ?", (run,))

    def thin(self, before: float) -> None:
        """Forget probes of an earlier time that are older than the last sign of life of their link: no standing rests
        on them, and a store that every week adds to would grow without end."""
        with self._transaction() as db:
            db.execute(
                "DELETE FROM probe WHERE at < ? AND at < "
                "(SELECT max(p.at) FROM probe p LEFT JOIN run r ON r.id = p.run "
                "WHERE p.url = probe.url AND (p.run = ? OR r.kept = 1) AND p.outcome IN (?, ?, ?))",
                (before, IMPORTED, Outcome.ALIVE, Outcome.MOVED, Outcome.WITHDRAWN),
            )

    # Memory -----------------------------------------------------------------------------------------------------------

    def remembered(self, urls: Iterable[str], now: float) -> dict[str, LinkResult]:
        """The answers that still hold."""
        found = {}
        for url in urls:
            row = self._db.execute(
                "SELECT outcome, reason, status, target, certain, source, at, record FROM answer "
                "WHERE url = ? AND until > ? AND at <= ?",
                (url, now, now),
            ).fetchone()
            if row is not None:
                outcome, reason, status, target, certain, source, at, record = row
                known = LinkResult(url, Outcome(outcome), Reason(reason), status, target, bool(certain), source, at)
                told = records.read(record) if record is not None else None
                found[url] = known._replace(remembered=True, record=told)
        return found

    def last_asked(self, url: str) -> float | None:
        """When somebody last tried a link, whatever came of it."""
        (at,) = self._db.execute("SELECT max(at) FROM probe WHERE url = ?", (url,)).fetchone()
        return float(at) if at is not None else None

    def standing(self, url: str) -> Standing:
        """What the history says of a link."""
        row = self._db.execute("SELECT first_seen FROM link WHERE url = ?", (url,)).fetchone()
        probes = self._probes(url)
        standing = verdict.standing(probes)
        return standing._replace(first_seen=row[0]) if row is not None and probes else standing

    def answering(self, hosts_urls: Mapping[str, Sequence[str]]) -> set[str]:
        """Of hosts with their URLs, those one of whose pages was alive when it was last asked."""
        return {
            host
            for host, urls in hosts_urls.items()
            if any((probes := self._probes(url)) and probes[-1].outcome in _LIFETIMES for url in urls)
        }

    def _probes(self, url: str) -> list[Probe]:
        rows = self._db.execute(
            "SELECT p.at, p.outcome, p.reason, p.status FROM probe p LEFT JOIN run r ON r.id = p.run "
            "WHERE p.url = ? AND (p.run = ? OR r.kept = 1) ORDER BY p.at",
            (url, IMPORTED),
        )
        return [Probe(at, Outcome(outcome), Reason(reason), status) for at, outcome, reason, status in rows]

    # Elsewhere --------------------------------------------------------------------------------------------------------

    def dossiers(self) -> Iterable[Dossier]:
        """The history of every link, in the order of their URLs."""
        for url, first_seen in self._db.execute("SELECT url, first_seen FROM link ORDER BY url").fetchall():
            probes = self._probes(url)
            if probes:
                yield Dossier(url, first_seen, tuple(probes))

    def merge(self, dossiers: Iterable[Dossier]) -> int:
        """Add what another store knows; what is known already is not doubled. Returns how many links there were."""
        count = 0
        with self._transaction() as db:
            for dossier in dossiers:
                db.execute(
                    "INSERT INTO link VALUES (?, ?) ON CONFLICT (url) DO UPDATE "
                    "SET first_seen = min(first_seen, excluded.first_seen)",
                    (dossier.url, dossier.first_seen),
                )
                db.executemany(
                    "INSERT OR IGNORE INTO probe VALUES (?, ?, ?, ?, ?, ?)",
                    [(dossier.url, p.at, p.outcome, p.reason, p.status, IMPORTED) for p in dossier.probes],
                )
                count += 1
        return count


def lifetime(result: LinkResult) -> float:
    """How long an answer holds, in seconds; 0 for what is never answered from memory."""
    if result.reason in SUSPICIONS:
        return _SUSPICION * DAY
    if result.outcome == Outcome.ALIVE and result.source != "page":
        return hosts.memory_of(result.source) * DAY
    return _LIFETIMES.get(result.outcome, 0.0) * DAY


def default_path() -> Path:
    """Where the store is when nobody says otherwise: in the user's cache directory of this system."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "listbot" / "links.sqlite"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "listbot" / "links.sqlite"
    given = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(given) if Path(given).is_absolute() else home / ".cache") / "listbot" / "links.sqlite"
