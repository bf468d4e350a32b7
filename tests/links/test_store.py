"""What is remembered: lifetimes, histories, runs that count and runs that do not, other processes, other versions."""

from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.errors import InputError
from listbot.links import history_file, records
from listbot.links.store import DAY, Dossier, Store, default_path, lifetime
from listbot.liveness import LinkResult, Notice, Outcome, Probe, Publication, Reason, Record, Standing, outcome_of

URL = "https://site.example/a"
CHANCE = Random(1)  # noqa: S311 - a seed


def result(reason: Reason, at: float, url: str = URL, **rest: object) -> LinkResult:
    return LinkResult(url, outcome_of(reason), reason, at=at, **rest)  # type: ignore[arg-type]  # the fields under test


def run(store: Store, *results: LinkResult, keep: bool = True, name: str = "list") -> int:
    number = store.begin(name, len(results), results[0].at or 0.0)
    store.add(number, results, CHANCE)
    if keep:
        store.keep(number)
    return number


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "links.sqlite"


@pytest.mark.parametrize(
    ("reason", "days"),
    [
        (Reason.OK, 7),
        (Reason.REDIRECT_PERMANENT, 7),
        (Reason.REGISTRY_WITHDRAWN, 7),
        (Reason.BOT_WALL, 1),
        (Reason.SOFT_404, 1),
        (Reason.STATUS_404, 0),
        (Reason.TIMEOUT, 0),
        (Reason.ONCE_GONE, 0),
    ],
)
def test_answers_hold_by_their_class_and_failures_not_at_all(path: Path, reason: Reason, days: float) -> None:
    assert lifetime(result(reason, 0.0)) == days * DAY
    with Store(path) as store:
        run(
            store, result(reason, 0.0, target="https://site.example/b" if reason == Reason.REDIRECT_PERMANENT else None)
        )
        assert bool(store.remembered([URL], 0.8 * days * DAY)) is bool(days)
        assert store.remembered([URL], 1.2 * days * DAY) == {}


def test_what_is_remembered_is_what_was_found(path: Path) -> None:
    moved = result(Reason.REDIRECT_PERMANENT, 10.0, target="https://site.example/b", certain=True, status=200)
    with Store(path) as store:
        run(store, moved)
        assert store.remembered([URL, "https://site.example/other"], 20.0) == {URL: moved._replace(remembered=True)}


def test_lifetimes_differ_so_that_not_everything_falls_due_at_once(path: Path) -> None:
    urls = [f"https://site.example/{number}" for number in range(50)]
    with Store(path) as store:
        run(store, *(result(Reason.OK, 0.0, url) for url in urls))
        assert 5 <= len(store.remembered(urls, 7 * DAY)) <= 45


@given(
    st.lists(st.tuples(st.sampled_from([Reason.OK, Reason.STATUS_404, Reason.TIMEOUT]), st.booleans()), max_size=12),
    st.integers(0, 13),
)
def test_thinning_changes_the_standing_of_no_link(
    tmp_path_factory: pytest.TempPathFactory, weeks: list[tuple[Reason, bool]], before: int
) -> None:
    with Store(tmp_path_factory.mktemp("thin") / "links.sqlite") as store:
        for number, (reason, keep) in enumerate(weeks):
            run(store, result(reason, number * 7 * DAY), keep=keep)
        standing, last = store.standing(URL), store.last_asked(URL)
        store.thin(before * 7 * DAY)
        assert (store.standing(URL), store.last_asked(URL)) == (standing, last)


def test_thinning_keeps_a_store_small(path: Path) -> None:
    with Store(path) as store:
        for number in range(100):
            run(store, result(Reason.OK, number * DAY))
            store.thin((number - 10) * DAY)
        (dossier,) = store.dossiers()
        assert len(dossier.probes) == 11
        assert dossier.first_seen == 0.0


def test_when_a_link_was_last_asked_is_known_whatever_came_of_it(path: Path) -> None:
    with Store(path) as store:
        assert store.last_asked(URL) is None
        run(store, result(Reason.TIMEOUT, 5.0))
        run(store, LinkResult(URL, Outcome.UNKNOWN, Reason.DEADLINE))
        assert store.last_asked(URL) == 5.0


def test_a_clock_that_was_set_back_is_not_believed(path: Path) -> None:
    with Store(path) as store:
        run(store, result(Reason.OK, 100 * DAY))
        assert store.remembered([URL], 99 * DAY) == {}


def test_a_failure_ends_what_was_remembered(path: Path) -> None:
    with Store(path) as store:
        run(store, result(Reason.OK, 0.0))
        run(store, result(Reason.TIMEOUT, 1.0))
        assert store.remembered([URL], 2.0) == {}


def test_three_weekly_runs_call_a_link_dead(path: Path) -> None:
    with Store(path) as store:
        run(store, result(Reason.OK, 0.0))
        for week in (1, 2, 3):
            assert not store.standing(URL).dead
            run(store, result(Reason.STATUS_404, week * 7 * DAY))
        assert store.standing(URL) == Standing(3, True, 0.0, 0.0, 7 * DAY)


@pytest.mark.parametrize("how", ["discarded", "never finished"])
def test_a_run_that_was_not_kept_counts_against_nobody(path: Path, how: str) -> None:
    with Store(path) as store:
        run(store, result(Reason.STATUS_404, 0.0))
        spoiled = run(store, result(Reason.STATUS_404, 7 * DAY), keep=False)
        if how == "discarded":
            store.discard(spoiled)
        run(store, result(Reason.STATUS_404, 14 * DAY))
        assert (store.standing(URL).strikes, store.standing(URL).dead) == (2, False)


def test_nothing_is_remembered_from_a_run_that_was_discarded(path: Path) -> None:
    with Store(path) as store:
        spoiled = run(store, result(Reason.OK, 0.0), keep=False)
        assert store.remembered([URL], 1.0)
        store.discard(spoiled)
        assert store.remembered([URL], 1.0) == {}
        assert list(store.dossiers()) == []


def test_what_was_not_asked_is_not_written(path: Path) -> None:
    with Store(path) as store:
        number = store.begin("list", 1, 0.0)
        store.add(number, [LinkResult(URL, Outcome.UNKNOWN, Reason.DEADLINE)], CHANCE)
        store.add(number, [result(Reason.OK, 1.0)._replace(remembered=True)], CHANCE)
        store.keep(number)
        assert list(store.dossiers()) == []


def test_the_count_of_the_last_run_that_was_kept(path: Path) -> None:
    with Store(path) as store:
        assert store.last_count("list") is None
        for at, links, keep in ((1.0, 10, True), (2.0, 4, False)):
            number = store.begin("list", links, at)
            if keep:
                store.keep(number)
        assert store.last_count("list") == 10
        assert store.last_count("another list") is None


def test_which_hosts_answered_when_they_were_last_asked(path: Path) -> None:
    good, bad, new = (f"https://{name}.example/" for name in ("good", "bad", "new"))
    with Store(path) as store:
        run(store, result(Reason.OK, 0.0, good), result(Reason.OK, 0.0, bad))
        run(store, result(Reason.TIMEOUT, 1.0, bad))
        hosts = {"good.example": [good], "bad.example": [bad], "new.example": [new]}
        assert store.answering(hosts) == {"good.example"}


# Elsewhere ------------------------------------------------------------------------------------------------------------


def test_a_history_travels_as_sorted_lines(path: Path, tmp_path: Path) -> None:
    with Store(path) as here:
        run(
            here,
            result(Reason.OK, 5.0, "https://b.example/"),
            result(Reason.STATUS_404, 6.0, "https://a.example/", status=404),
        )
        lines = list(history_file.written(here.dossiers()))
    assert lines == [
        '{"url":"https://a.example/","first_seen":6.0,"probes":[{"at":6.0,"outcome":"gone","reason":"status-404","status":404}]}\n',
        '{"url":"https://b.example/","first_seen":5.0,"probes":[{"at":5.0,"outcome":"alive","reason":"ok","status":null}]}\n',
    ]  # fmt: skip
    with Store(tmp_path / "there.sqlite") as there:
        assert there.merge(history_file.read(lines, "state.jsonl")) == 2
        there.merge(history_file.read(lines, "state.jsonl"))
        assert list(history_file.written(there.dossiers())) == lines


def test_two_histories_add_up(path: Path) -> None:
    with Store(path) as store:
        run(store, result(Reason.STATUS_404, 7 * DAY))
        before = [Probe(0.0, Outcome.GONE, Reason.STATUS_404), Probe(14 * DAY, Outcome.GONE, Reason.STATUS_404)]
        store.merge([Dossier(URL, -1.0, tuple(before))])
        assert (store.standing(URL).dead, store.standing(URL).first_seen) == (True, -1.0)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nonsense", "state.jsonl:1: not a line of a history of links"),
        ('{"url": "https://a.example/", "first_seen": 0}', "probes: Field required"),
        ('{"url": "https://a.example/", "first_seen": -1, "probes": []}', "first_seen"),
        ('{"url": "", "first_seen": 0, "probes": []}', "url"),
        ('{"url": "x", "first_seen": 0, "probes": [{"at": 0, "outcome": "murdered", "reason": "ok"}]}', "outcome"),
        ('{"url": "x", "first_seen": 0, "probes": [], "more": 1}', "more"),
    ],
)
def test_a_line_that_is_none_is_refused_and_nothing_is_merged(path: Path, line: str, said: str) -> None:
    good = (
        '{"url": "https://good.example/", "first_seen": 0, "probes": [{"at": 0, "outcome": "alive", "reason": "ok"}]}'
    )
    with Store(path) as store:
        with pytest.raises(InputError, match=r"state\.jsonl:1") as error:
            store.merge(history_file.read([line, good], "state.jsonl"))
        assert said in str(error.value)
        with pytest.raises(InputError):
            store.merge(history_file.read([good, line], "state.jsonl"))
        assert list(store.dossiers()) == []


# The file -------------------------------------------------------------------------------------------------------------


def test_an_older_store_is_brought_up_to_date(path: Path) -> None:
    with Store(path) as store:
        run(store, result(Reason.OK, 0.0))
    with Store(path, schema=(*_schema(), "ALTER TABLE link ADD COLUMN note TEXT")) as store:
        assert store.standing(URL).last_alive == 0.0
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (3,)
    assert "note" in [row[1] for row in db.execute("PRAGMA table_info(link)")]
    db.close()
    with pytest.raises(InputError, match="it is of version 3, and this listbot knows versions up to 2"):
        Store(path)


def test_a_store_of_the_first_version_learns_to_keep_records(path: Path) -> None:
    path.parent.mkdir(parents=True)
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript(_schema()[0] + "PRAGMA user_version = 1;")
    db.execute("INSERT INTO answer VALUES (?, 'alive', 'ok', 200, NULL, 0, 'page', 0.0, 900.0)", (URL,))
    db.close()
    with Store(path) as store:
        old = store.remembered([URL], 1.0)[URL]
        assert (old.outcome, old.record) == (Outcome.ALIVE, None)
        told = result(Reason.REGISTRY_PRESENT, 2.0)._replace(source="arxiv", record=RECORD)
        run(store, told)
        assert store.remembered([URL], 3.0)[URL].record == RECORD


RECORD = Record(
    "A title", "An early title", ("Lovelace", "Turing"), 2024, "OSDI", "https://doi.org/10.1145/1",
    Notice("withdrawal", "https://arxiv.org/abs/2401.00001", "withdrawn by its authors"), True, True, "https://x.example/",
    Publication("semantic-scholar", "A title", ("Turing",), 2025, "OSDI"),
)  # fmt: skip


@given(
    st.builds(
        Record,
        st.text(max_size=50),
        st.text(max_size=50),
        st.tuples(st.text(max_size=9)),
        st.none(),
        publication=st.none() | st.builds(Publication, st.text(max_size=9), year=st.none() | st.integers(0, 9_999)),
    )
)
def test_records_are_kept_as_they_are(record: Record) -> None:
    assert records.read(records.written(record)) == record


@pytest.mark.parametrize("text", ["", "[]", "{", '{"year": "soon"}', '{"title": 1}', '{"notice": {}}'])
def test_a_record_that_is_none_is_not_read(text: str) -> None:
    assert records.read(text) is None


def test_a_paper_that_a_registry_knows_is_remembered_for_a_month() -> None:
    days = {
        source: lifetime(result(Reason.REGISTRY_PRESENT, 0.0)._replace(source=source)) / DAY
        for source in ("arxiv", "crossref", "page")
    }
    assert days == {"arxiv": 30, "crossref": 30, "page": 7}
    withdrawn = result(Reason.REGISTRY_WITHDRAWN, 0.0)._replace(source="arxiv")
    assert lifetime(withdrawn) == 7 * DAY
    assert lifetime(result(Reason.REGISTRY_ABSENT, 0.0)._replace(source="arxiv")) == 0


def _schema() -> tuple[str, ...]:
    from listbot.links import store

    return store._SCHEMA


def test_a_store_is_in_wal_mode(path: Path) -> None:
    Store(path).close()
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


def _write(path: Path, start: int) -> None:
    with Store(path) as store:
        for number in range(start, start + 100):
            run(store, result(Reason.OK, 1.0 + number, f"https://site.example/{number}"))


def test_two_processes_write_at_a_time_and_nothing_is_lost(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write, args=(path, start)) for start in (0, 50)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    with Store(path) as store:
        assert len(list(store.dossiers())) == 150


def test_the_cache_directory_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_path() == tmp_path / "listbot" / "links.sqlite"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    assert default_path() == Path.home() / ".cache" / "listbot" / "links.sqlite"
    monkeypatch.setattr("sys.platform", "darwin")
    assert default_path() == Path.home() / "Library" / "Caches" / "listbot" / "links.sqlite"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert default_path() == tmp_path / "listbot" / "links.sqlite"
