"""What the weekly issue remembers: findings that outlive a bad week, and days on which links were last alive."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.bot import alive_days, memory, phrases, weekly_text, weeks
from listbot.bot.budget import BODY
from listbot.bot.memory import LinkMemory, Tick
from listbot.bot.plan import CreateIssue, EditIssue
from listbot.bot.weekly_planning import Wanted, plan
from listbot.bot.weekly_rows import Listed, Row
from listbot.bot.weekly_text import Run
from listbot.links.registries import Settings, roster
from listbot.liveness import LinkResult, Notice, Outcome, Reason, Record, Standing
from tests.bot.model import OWN, Model
from tests.bot.test_weekly import DAY, GONE, PLACE, START, blank, result, run, week

HERE = "https://example.com/"
NEW = "https://example.org/new"
WEEK = 7 * DAY
RETRACTED = Record(notice=Notice("retraction", "https://doi.org/10.1/r"))
UNTOLD = (Reason.BOT_WALL, Reason.TIMEOUT, Reason.RATE_LIMITED, Reason.DEADLINE)
FOUND = {
    "moved": result(HERE, Reason.REDIRECT_PERMANENT, target=NEW, certain=True),
    "withdrawn": result(HERE, Reason.REGISTRY_WITHDRAWN, source="arxiv"),
    "retracted": result(HERE, Reason.REGISTRY_PRESENT, source="crossref", record=RETRACTED),
    "odd": result(HERE, Reason.SOFT_404),
    "gone": result(HERE, Reason.STATUS_410),
}


def after(results: Sequence[LinkResult]) -> Wanted:
    """What there is to say after checks of one link, a week apart."""
    memories: memory.Memories = {}
    for number, one in enumerate(results):
        said, memories = week([one._replace(at=START + number * WEEK)], memories, START + number * WEEK)
    return said


# A bad week -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("found", FOUND.values(), ids=FOUND)
@pytest.mark.parametrize("reason", UNTOLD)
def test_what_was_found_stays_while_nobody_can_tell(found: LinkResult, reason: Reason) -> None:
    before, _ = week([found])
    said, memories = week([result(HERE, reason, START + WEEK)], week([found])[1], START + WEEK)
    assert said.has_work
    assert said.text.text.partition("\n")[0] == before.text.text.partition("\n")[0]
    told = "did not reach it" if reason is Reason.DEADLINE else "could not tell: "
    assert f"the last check {told}" in said.text.text
    again, later = week([result(HERE, reason, START + 2 * WEEK)], memories, START + 2 * WEEK)
    assert (again.text, again.history, later) == (said.text, said.history, memories)
    back, _ = week([found._replace(at=START + 3 * WEEK)], later, START + 3 * WEEK)
    assert back.text.text.partition("\n")[0] == before.text.text.partition("\n")[0]
    assert "the last check" not in back.text.text


@pytest.mark.parametrize("found", FOUND.values(), ids=FOUND)
def test_a_check_that_finds_all_well_takes_it_back(found: LinkResult) -> None:
    well = result(HERE, Reason.REGISTRY_PRESENT, source=found.source)
    assert not after([found, well]).has_work
    assert not after([found, result(HERE, Reason.BOT_WALL), well]).has_work


@pytest.mark.parametrize("kind", ["withdrawn", "retracted"])
@pytest.mark.parametrize("source", ["page", "datacite"])
def test_what_was_taken_back_stays_so_until_who_said_so_says_otherwise(kind: str, source: str) -> None:
    well = result(HERE, Reason.OK, source=source)
    said = after([FOUND[kind], well, well])
    assert said.has_work
    assert said.text.text.startswith("1 withdrawn. ")


def test_the_row_says_what_it_was_and_when() -> None:
    said = after([FOUND["moved"], FOUND["moved"], result(HERE, Reason.BOT_WALL)])
    assert (
        f"<br>now [`{NEW}`](<{NEW}>)<br>found on 2026-01-01; "
        "the last check could not tell: the host does not answer programs\n"
    ) in said.text.text
    said = after([FOUND["odd"], result(HERE, Reason.DEADLINE)])
    assert (
        "<br>it answers, and its title says that there is no such page<br>found on 2026-01-01; "
        "the last check did not reach it\n"
    ) in said.text.text


def test_a_move_that_leads_elsewhere_is_dated_anew() -> None:
    elsewhere = FOUND["moved"]._replace(target="https://example.net/")
    said = after([FOUND["moved"], elsewhere, result(HERE, Reason.TIMEOUT)])
    assert "[`https://example.net/`]" in said.text.text
    assert "found on 2026-01-08" in said.text.text


def test_an_address_too_long_to_remember_is_shown_and_found_anew() -> None:
    far = FOUND["moved"]._replace(target="https://example.net/" + "x" * 3_000)
    assert "moved for good" in after([far]).text.text
    assert "look before" not in after([far]).text.text


def test_works_for_me_takes_back_what_was_found() -> None:
    _, memories = week([FOUND["odd"]])
    memories = weeks.ticked(memories, [Tick("works", memory.key(HERE))], START)
    said, _ = week([result(HERE, Reason.BOT_WALL, START + WEEK)], memories, START + WEEK)
    assert not said.has_work
    said, memories = week([result(HERE, Reason.SOFT_404, START + WEEK)], memories, START + WEEK)
    assert not said.has_work
    _, memories = week([result(HERE, Reason.OK, START + 2 * WEEK)], memories, START + 2 * WEEK)
    assert week([FOUND["odd"]], memories, START + 3 * WEEK)[0].has_work


def test_who_has_vouched_is_not_taken_for_a_check() -> None:
    memories = weeks.ticked({}, [Tick("works", memory.key(HERE))], START)
    for number in range(1, 4):
        at = START + number * WEEK
        said, memories = week([result(HERE, Reason.STATUS_404, at)], memories, at)
    assert "strike 3 of 3: 2026-01-08, 2026-01-15, 2026-01-22; worked for somebody on 2026-01-01" in said.text.text


def test_the_check_that_reads_a_vow_does_not_count_against_it() -> None:
    """It asked the link before it read the issue."""
    _, memories = week([result(GONE, Reason.STATUS_404)])
    read_at = START + WEEK
    memories = weeks.ticked(memories, [Tick("works", memory.key(GONE))], read_at)
    for asked_at in (read_at - 1_000, read_at):
        _, kept = week([result(GONE, Reason.STATUS_404, asked_at)], memories, read_at)
        assert kept == memories


def test_strikes_before_a_sign_of_life_that_others_saw_do_not_count() -> None:
    _, memories = week([result(GONE, Reason.STATUS_404)])
    seen = Standing(last_alive=START + DAY)
    said, _ = week([result(GONE, Reason.STATUS_404, START + WEEK, standing=seen)], memories, START + WEEK)
    assert "strike 1 of 3: 2026-01-08; last alive on 2026-01-02" in said.text.text


def test_a_link_may_live_and_be_found_gone_in_one_minute() -> None:
    seen = Standing(last_alive=START + 1)
    for at in (START + 1, START + 2):
        said, _ = week([result(GONE, Reason.STATUS_404, at, standing=seen)], {}, at)
        assert "strike 1 of 3: 2026-01-01; last alive" in said.text.text


def test_a_copy_that_the_archive_once_had_is_kept() -> None:
    copied = result(HERE, Reason.STATUS_404, archived="https://web.archive.org/web/20240229120000/http://example.com")
    said = after([copied, result(HERE, Reason.STATUS_404)])
    assert f"[archived copy of 2024-02-29](<https://web.archive.org/web/20240229120000/{HERE}>)" in said.text.text
    for odd in ("2024", "20240230", "99999999999999"):
        memories = {memory.key(HERE): LinkMemory(u=memory.key(HERE), g=[29_000_000], r=Reason.STATUS_404, c=odd)}
        assert "[archived copy](" in week([result(HERE, Reason.TIMEOUT)], memories)[0].text.text


# A check that was cut -------------------------------------------------------------------------------------------------


def cut(results: Sequence[LinkResult], memories: memory.Memories) -> tuple[Wanted, memory.Memories]:
    kept = weeks.after_run(memories, results, START)
    rows = [
        Row(Listed(one.url, None, "README.md", line), one, kept.get(memory.key(one.url), blank(one.url)))
        for line, one in enumerate(results, 3)
    ]
    return weekly_text.wanted(Run(PLACE, "main", rows, kept, START, complete=False)), kept


def test_a_check_that_was_cut_says_how_many_links_are_left_and_closes_nothing() -> None:
    model = Model()
    run(model, week([FOUND["odd"]])[0])
    said, _ = cut([result(HERE, Reason.OK), result(NEW, Reason.DEADLINE), result(GONE, Reason.DEADLINE)], {})
    assert said.text.text == (
        "No link that was checked needs a look.\n\n"
        "**2 links not reached**: the time was up. The next check begins with what was not asked for longest, and "
        "nothing that earlier checks found is taken back.\n"
    )
    (done,) = run(model, said)
    assert isinstance(done, EditIssue)
    assert (done.state, model.issues[1].is_open) == (None, True)
    assert run(model, said) == []
    (done,) = run(model, week([result(HERE, Reason.OK)])[0])
    assert isinstance(done, EditIssue)
    assert done.state == "closed"


def test_a_check_that_was_cut_opens_an_issue_for_what_it_found_and_none_for_what_it_did_not() -> None:
    said, _ = cut([result(HERE, Reason.OK), result(NEW, Reason.DEADLINE)], {})
    assert plan([], OWN.id, said, "0" * 16) == []
    said, _ = cut([FOUND["gone"], result(NEW, Reason.DEADLINE)], {})
    (create,) = plan([], OWN.id, said, "0" * 16)
    assert isinstance(create, CreateIssue)
    assert "\n**1 link not reached**: the time was up." in create.body
    assert "could not be verified" not in create.body


# Evidence -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "sources", "said"),
    [
        (Reason.REGISTRY_ABSENT, ["arxiv", "doi"], "arXiv and doi.org both say: not there"),
        (Reason.REGISTRY_ABSENT, ["arxiv", "datacite", "doi"], "arXiv, DataCite and doi.org say: not there"),
        (Reason.REGISTRY_ABSENT, ["openreview", "openreview-v1"], "OpenReview says: not there"),
        (Reason.REGISTRY_WITHDRAWN, ["arxiv"], "arXiv says: withdrawn by its authors"),
        (Reason.STATUS_404, ["page"], "the server says that there is no such page (404)"),
        (Reason.STATUS_404, ["page", "page"], "the server says that there is no such page (404), asked twice"),
        (
            Reason.STATUS_404,
            ["github", "page"],
            "the server says that there is no such page (404), and GitHub does not have it",
        ),
        (
            Reason.NXDOMAIN,
            ["doi", "crossref", "page"],
            "there is no such host, and doi.org and Crossref do not have it",
        ),
        (Reason.CLOSED_SITE, ["table"], "the site was closed"),
        (Reason.PARKED, ["page"], "the domain seems to be for sale"),
        (Reason.REGISTRY_ABSENT, ["not-ours"], "`not-ours` says: not there"),
        (Reason.REGISTRY_ABSENT, [], "its registry does not have it"),
    ],
)
def test_evidence_names_who_said_so(reason: Reason, sources: list[str], said: str) -> None:
    assert phrases.evidence(reason, sources).text == said


def test_every_registry_has_a_name_that_people_know() -> None:
    for registry in roster.registries(Settings()):
        assert "`" not in phrases.evidence(Reason.REGISTRY_ABSENT, [registry.name]).text


def test_the_longest_list_of_witnesses_is_remembered() -> None:
    many = result(HERE, Reason.STATUS_404, witnesses=("page",) * 30)
    memories = weeks.after_run({}, [many], START)
    assert memory.read(memory.written(memories)) == memories


# Last alive -----------------------------------------------------------------------------------------------------------

keys = st.integers(0, 2**32 - 1).map(lambda number: f"{number:08x}{number:08x}")


@given(st.dictionaries(keys, st.integers(0, 65_535), max_size=40))
def test_days_are_read_as_they_were_written(days: dict[str, int]) -> None:
    read = alive_days.read("text\n" + alive_days.written(days, 60_000))
    assert alive_days.of(read, days) == {key: day * DAY for key, day in days.items()}
    assert alive_days.of(read, ["f" * 16]) == ({} if "f" * 16 not in days else {"f" * 16: days["f" * 16] * DAY})


@given(st.dictionaries(keys, st.integers(20_000, 20_003), min_size=1, max_size=300), st.integers(0, 2_000))
def test_no_more_room_is_taken_than_there_is_and_the_newest_days_stay(days: dict[str, int], room: int) -> None:
    comment = alive_days.written(days, room)
    assert len(comment) <= room
    read = alive_days.of(alive_days.read(comment), days)
    assert read.items() <= {key: day * DAY for key, day in days.items()}.items()
    left_out = [day for key, day in days.items() if key not in read]
    assert not read or not left_out or max(left_out) * DAY <= min(read.values())


def test_of_links_with_one_hash_nothing_is_said() -> None:
    days = {"0" * 16: 20_000, "0" * 15 + "1": 20_007, "f" * 16: 20_000}
    assert alive_days.of(alive_days.read(alive_days.written(days, 60_000)), days) == {"f" * 16: 20_000 * DAY}


@given(st.binary(max_size=60).map(lambda payload: payload.hex()) | st.text(max_size=60))
def test_any_comment_of_days_is_survived(payload: str) -> None:
    assert all(0 <= day <= 65_535 for day in alive_days.read(f"<!-- listbot:alive {payload} -->").values())


def test_days_of_a_long_list_fit_beside_the_rows_and_rows_go_first() -> None:
    results = [result(f"{HERE}{number}", Reason.OK) for number in range(2_500)]
    kept = weeks.after_run({}, results, START)
    rows = [Row(Listed(one.url, None, "README.md", 3), one, blank(one.url)) for one in results]
    days = alive_days.after_run({}, results)
    said = weekly_text.wanted(Run(PLACE, "main", rows, kept, START, days))
    assert alive_days.of(alive_days.read(said.alive), days).keys() == days.keys()
    bad = [result(f"{HERE}{number}/{'x' * 60}", Reason.STATUS_404) for number in range(800)]
    kept = weeks.after_run({}, bad, START)
    rows = [Row(Listed(one.url, None, "README.md", 3), one, kept[memory.key(one.url)]) for one in bad]
    full = weekly_text.wanted(Run(PLACE, "main", rows, kept, START, days))
    assert full.text == weekly_text.wanted(Run(PLACE, "main", rows, kept, START)).text
    (create,) = plan([], OWN.id, full, "0" * 16)
    assert isinstance(create, CreateIssue)
    assert len(create.body.encode()) <= BODY


def test_the_days_of_all_but_what_is_gone_are_kept() -> None:
    known = {memory.key(NEW): START - WEEK}
    results = [
        result(HERE, Reason.OK),
        result(NEW, Reason.BOT_WALL),
        result(GONE, Reason.STATUS_404, standing=Standing(last_alive=START - WEEK)),
        result(HERE + "x", Reason.TIMEOUT, standing=Standing(last_alive=START - 2 * WEEK)),
        result(HERE + "y", Reason.TIMEOUT),
    ]
    today = int(START / DAY)
    assert alive_days.after_run(known, results) == {
        memory.key(HERE): today,
        memory.key(NEW): today - 7,
        memory.key(HERE + "x"): today - 14,
    }


def test_of_what_the_issue_and_the_store_know_the_later_day_counts() -> None:
    link = memory.key(GONE)
    for stored, issued, said in ((-DAY, -WEEK, START - DAY), (-WEEK, -DAY, START - DAY), (None, -DAY, START - DAY)):
        standing = Standing(last_alive=None if stored is None else START + stored)
        bad = result(GONE, Reason.STATUS_404, standing=standing)
        memories = weeks.after_run({}, [bad], START, {link: START + issued})
        assert memories[link].a == said // 60


def test_outcomes_that_stand_for_a_retraction_are_those_of_what_is_alive() -> None:
    assert weeks.is_retracted(LinkMemory(u="0" * 16, r=Reason.REGISTRY_PRESENT))
    assert not weeks.is_retracted(LinkMemory(u="0" * 16, r=Reason.REGISTRY_WITHDRAWN))
    assert Outcome.ALIVE not in {result(HERE, reason).outcome for reason in UNTOLD}
