"""The weekly issue: one, true, stable, and with a memory of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from listbot.bot import marker, memory, weekly_text, weeks
from listbot.bot.budget import BODY
from listbot.bot.links_to import Place
from listbot.bot.memory import LinkMemory, Tick
from listbot.bot.observed import Comment, Issue
from listbot.bot.plan import CreateIssue, EditIssue, Write
from listbot.bot.weekly_planning import TITLE, Wanted, own_issues, plan
from listbot.bot.weekly_text import Listed, Row, Run
from listbot.bot.writing import Executor, Look
from listbot.liveness import LinkResult, Reason, Standing, outcome_of
from tests.bot.hostile import TOKEN, assert_inert, texts
from tests.bot.model import OWN, SOMEBODY, Model

EXPECTED = Path(__file__).parent / "expected"
DAY = 86_400.0
START = 20_454 * DAY
"""2026-01-01."""
PLACE = Place("https://github.com", "curator", "awesome")
NONCES = (f"{number:016x}" for number in count(1))


def result(url: str, reason: Reason, at: float = START, **more: object) -> LinkResult:
    return LinkResult(url, outcome_of(reason), reason, at=at, **more)  # type: ignore[arg-type]  # fields by name


def week(
    results: Sequence[LinkResult], memories: memory.Memories | None = None, at: float = START, title: str = "A tool"
) -> tuple[Wanted, memory.Memories]:
    after = weeks.after_run(memories or {}, results, at)
    rows = [
        Row(Listed(one.url, title, "README.md", line), one, after.get(memory.key(one.url), blank(one.url)))
        for line, one in enumerate(results, 3)
    ]
    complete = all(one.reason is not Reason.DEADLINE for one in results)
    return weekly_text.wanted(Run(PLACE, "main", rows, after, at, complete=complete)), after


def blank(url: str) -> LinkMemory:
    return LinkMemory(u=memory.key(url))


GONE = "https://example.com/gone"
OLD = "https://github.com/a/b/issues/4"
ARCHIVED = "https://web.archive.org/web/20250601080000/https://example.com/gone"
SEEN = Standing(last_alive=START - DAY)
STATES = st.sampled_from(
    [
        Reason.OK,
        Reason.STATUS_404,
        Reason.TIMEOUT,
        Reason.PARKED,
        Reason.BOT_WALL,
        Reason.REDIRECT_PERMANENT,
        Reason.REGISTRY_WITHDRAWN,
        Reason.DEADLINE,
    ]
)
MINUTES = st.integers(0, 10**9)


def test_one_monstrous_address_takes_no_room_of_the_others() -> None:
    monster = "https://example.com/?" + "é" * 30_000
    kept = "https://web.archive.org/web/20250601080000/" + monster
    results = [result(monster, Reason.STATUS_404, archived=kept), result(GONE, Reason.STATUS_404)]
    said, _ = week(results)
    assert said.text.size < 2_000
    assert f"[`{GONE}`](<{GONE}>)" in said.text.text
    assert "<br>`https://example.com/?" in said.text.text
    assert " more in " not in said.text.text


# The text -------------------------------------------------------------------------------------------------------------


def test_the_issue_letter_by_letter() -> None:
    memories: memory.Memories = {}
    for number in range(3):
        at = START + number * 7 * DAY
        said, memories = week(
            [
                result(GONE, Reason.STATUS_404, at, standing=SEEN, archived=ARCHIVED, witnesses=("page", "page")),
                result("https://example.org/new", Reason.NXDOMAIN if number == 2 else Reason.OK, at),
                result(OLD, Reason.REDIRECT_PERMANENT, at, target=OLD.replace("/a/", "/c/"), certain=True),
                result("https://example.net/odd", Reason.PARKED, at),
                result("https://wall.example/x", Reason.BOT_WALL, at),
                result("https://wall.example/y", Reason.BOT_WALL, at),
                result("https://slow.example/", Reason.TIMEOUT, at),
            ],
            memories,
            at,
        )
    assert said.has_work
    assert said.text.text == (EXPECTED / "weekly.md").read_text("utf-8")
    assert said.stamp.text == "\n<sub>Checked every week; this text last changed on 2026-01-15.</sub>"


def test_links_that_could_not_be_verified_are_no_reason_for_an_issue() -> None:
    said, _ = week([result("https://wall.example/x", Reason.BOT_WALL)])
    assert not said.has_work
    assert plan([], OWN.id, said, "0" * 16) == []


def test_a_gone_link_stays_named_while_nobody_answers() -> None:
    _, memories = week([result(GONE, Reason.STATUS_404)])
    said, after = week([result(GONE, Reason.TIMEOUT, START + 7 * DAY)], memories, START + 7 * DAY)
    assert said.has_work
    assert (
        "<br>the server says that there is no such page (404)<br>strike 1 of 3: 2026-01-01; last alive: not known<br>"
        "the last check could not tell: it does not answer in time\n"
    ) in said.text.text
    assert after == memories


@given(texts, texts)
def test_hostile_titles_and_urls_are_inert(title: str, url: str) -> None:
    urls = ["https://example.com/" + url, "https://example.com/2" + url]
    results = [
        result(urls[0], Reason.STATUS_404),
        result(urls[1], Reason.REDIRECT_PERMANENT, target="https://example.org/" + url),
        result("https://" + TOKEN + ".example/" + url, Reason.BOT_WALL),
    ]
    said, _ = week(results, title=title)
    page = assert_inert(said.text.text)
    assert page.tags.count("h3") == 2
    assert memory.ticks(said.text.text, {memory.key(one) for one in urls}) == []


def test_eight_hundred_links_keep_to_the_limit_and_are_remembered() -> None:
    urls = [f"https://example.com/{number}/{'x' * 60}" for number in range(800)]
    memories: memory.Memories = {}
    for number in range(4):
        at = START + number * 7 * DAY
        said, memories = week([result(url, Reason.STATUS_404, at) for url in urls], memories, at)
    (create,) = plan([], OWN.id, said, "0" * 16)
    assert isinstance(create, CreateIssue)
    assert len(create.body.encode()) <= BODY
    assert memory.read(create.body) == memories
    assert all(weeks.standing_of(one).dead for one in memories.values())
    shown = create.body.count("- **`A tool`**")
    assert (
        f"\n{800 - shown} more in [the summary of the newest run](<{PLACE.workflow(weekly_text.WORKFLOW)}>)."
        in create.body
    )
    assert shown > 50


def test_a_memory_too_large_for_a_body_keeps_what_is_worst() -> None:
    at = [27_000_000, 27_010_080, 27_020_160]
    memories = {f"{n:016x}": LinkMemory(u=f"{n:016x}", g=at[: n % 3 + 1]) for n in range(0, 10**9, 200_003)}
    comment = memory.written(memories)
    kept = memory.read(comment)
    assert len(comment) <= 24_000
    assert {link for link, one in memories.items() if len(one.g) == 3} <= set(kept)
    assert len(kept) < len(memories)


def test_what_people_ticked_is_forgotten_last() -> None:
    at = [27_000_000, 27_010_080, 27_020_160]
    gone = {f"{n:016x}": LinkMemory(u=f"{n:016x}", g=at) for n in range(0, 10**9, 200_003)}
    ignored = LinkMemory(u="f" * 16, i=27_100_000)
    vouched = LinkMemory(u="e" * 16, w=27_000_000, a=27_000_000)
    kept = memory.read(memory.written({**gone, ignored.u: ignored, vouched.u: vouched}))
    assert (kept[ignored.u], kept[vouched.u]) == (ignored, vouched)
    assert len(kept) < len(gone)


# The memory -----------------------------------------------------------------------------------------------------------


def test_three_strikes_three_days_apart_call_a_link_gone() -> None:
    memories: memory.Memories = {}
    for day, strikes in ((0, 1), (1, 1), (3, 2), (5, 2), (6, 3), (13, 3)):
        _, memories = week([result(GONE, Reason.STATUS_404, START + day * DAY)], memories, START + day * DAY)
        assert weeks.standing_of(memories[memory.key(GONE)]).strikes == strikes


def test_a_link_that_lives_again_is_forgotten() -> None:
    _, memories = week([result(GONE, Reason.STATUS_404)])
    assert week([result(GONE, Reason.OK, START + DAY)], memories, START + DAY)[1] == {}
    assert week([], memories)[1] == {}


def test_works_for_me_silences_until_three_new_strikes() -> None:
    _, memories = week([result(GONE, Reason.STATUS_404)])
    memories = weeks.ticked(memories, [Tick("works", memory.key(GONE))], START)
    heard = []
    for number in range(1, 5):
        at = START + number * 7 * DAY
        said, memories = week([result(GONE, Reason.STATUS_404, at)], memories, at)
        heard.append(said.has_work)
    assert heard == [False, False, True, True]


def test_ignore_silences_for_ninety_days_and_is_said() -> None:
    _, memories = week([result(GONE, Reason.STATUS_404)])
    memories = weeks.ticked(memories, [Tick("ignore", memory.key(GONE))], START)
    said, memories = week([result(GONE, Reason.STATUS_404, START + 89 * DAY)], memories, START + 89 * DAY)
    assert not said.has_work
    assert "1 link left out because somebody ticked a box." in said.text.text
    said, _ = week([result(GONE, Reason.STATUS_404, START + 90 * DAY)], memories, START + 90 * DAY)
    assert said.has_work


def test_ticks_are_read_back_and_only_ours() -> None:
    said, memories = week([result(GONE, Reason.STATUS_404)])
    link = memory.key(GONE)
    body = said.text.text.replace("- [ ] <!-- listbot:ignore", "- [x] <!-- listbot:ignore")
    assert memory.ticks(body, memories) == [Tick("ignore", link)]
    assert memory.ticks(body.replace("- [x]", "* [X]").replace("\n", "\r\n"), memories) == [Tick("ignore", link)]
    assert memory.ticks("- [x] <!-- listbot:works=0000000000000000 -->", memories) == []
    assert memory.ticks(f"- [x] <!-- listbot:delete={link} -->", memories) == []
    assert memory.ticks("", memories) == []


@given(st.text(max_size=200))
def test_any_memory_is_survived(payload: str) -> None:
    assert memory.read(f"<!-- listbot:history {payload} -->") == {}


@given(
    st.dictionaries(
        st.integers(0, 2**64 - 1).map(lambda n: f"{n:016x}"),
        st.tuples(
            st.lists(MINUTES, max_size=3),
            st.none() | MINUTES,
            st.none() | MINUTES,
        ),
        max_size=20,
    )
)
def test_memories_are_read_as_they_were_written(raw: dict[str, tuple[list[int], int | None, int | None]]) -> None:
    memories = {link: LinkMemory(u=link, g=g, a=a, i=i) for link, (g, a, i) in raw.items()}
    assert memory.read("text\n" + memory.written(memories)) == memories


# The plan -------------------------------------------------------------------------------------------------------------


def run(model: Model, said: Wanted, first: list[Write] | None = None) -> list[Write]:
    nonce = next(NONCES)

    planned = [first] if first is not None else []

    def eyes(created: Sequence[Comment | Issue]) -> Look:
        if planned:
            return Look(planned.pop(), ())
        seen = {issue.number: issue for issue in model.list_issues()}
        new = {one.number: model.issues[one.number] for one in created if isinstance(one, Issue)}
        nonces = {marker.nonce_of(issue.body) for issue in seen.values()}
        return Look(plan(list((new | seen).values()), OWN.id, said, nonce), nonces)

    executor = Executor(model, pause=lambda _: None)
    executor.run(eyes)
    return executor.done


BAD, _ = week([result(GONE, Reason.STATUS_404)])
WORSE, _ = week([result(GONE, Reason.STATUS_404), result("https://example.com/2", Reason.STATUS_410)])
CLEAN, _ = week([result(GONE, Reason.OK)])


def test_one_issue_is_opened_kept_closed_and_opened_again() -> None:
    model = Model()
    assert [type(write) for write in run(model, BAD)] == [CreateIssue]
    assert run(model, BAD) == []
    assert [type(write) for write in run(model, WORSE)] == [EditIssue]
    (done,) = run(model, CLEAN)
    assert (done.state, done.reason) == ("closed", "completed")  # type: ignore[union-attr]  # an EditIssue
    assert run(model, CLEAN) == []
    (done,) = run(model, BAD)
    assert (done.state, done.reason) == ("open", "reopened")  # type: ignore[union-attr]  # an EditIssue
    assert len(model.issues) == 1


def test_nothing_is_opened_where_all_is_well() -> None:
    assert run(Model(), CLEAN) == []


def test_the_date_alone_is_no_reason_to_write() -> None:
    model = Model()
    run(model, BAD)
    assert run(model, BAD._replace(stamp=weekly_text.md("another day"))) == []


def test_an_issue_closed_as_not_planned_stays_closed() -> None:
    model = Model()
    run(model, BAD)
    model.issues[1] = model.issues[1]._replace(is_open=False, is_unwanted=True)
    assert run(model, BAD) == []
    (done,) = run(model, WORSE)
    assert done == EditIssue(1, body=model.issues[1].body)
    assert not model.issues[1].is_open


def test_of_two_the_lowest_number_stays() -> None:
    model = Model()
    both = [plan([], OWN.id, BAD, next(NONCES)) for _ in range(2)]
    run(model, BAD, both[0])
    run(model, BAD, both[1])
    assert {issue.number: issue.is_open for issue in model.issues.values()} == {1: True, 2: False}


@pytest.mark.parametrize("body", ["", " \n", "mine now"])
def test_an_issue_whose_text_is_gone_is_known_by_its_title(body: str) -> None:
    model = Model()
    run(model, BAD)
    model.issues[1] = model.issues[1]._replace(body=body)
    run(model, BAD)
    assert len(own_issues(list(model.issues.values()), OWN.id)) == 1
    assert len(model.issues) == 1
    assert "### Not found" in model.issues[1].body


@pytest.mark.parametrize(
    "edited", ["\n{body}", "\ufeff{body}", "We are on it.\n\n{body}", "{history}", "Notes.\r\n{history}"]
)
def test_an_edited_issue_keeps_its_memory_whatever_its_title(edited: str) -> None:
    model = Model()
    run(model, BAD)
    body = model.issues[1].body
    history = next(line for line in body.splitlines() if line.startswith("<!-- listbot:history"))
    edited = edited.format(body=body, history=history)
    model.issues[1] = model.issues[1]._replace(title="Rotten links", body=edited)
    assert memory.read(edited) == memory.read(body)
    assert run(model, BAD) == [EditIssue(1, body=model.issues[1].body)]
    assert marker.shown(model.issues[1].body) == marker.shown(body)
    assert run(model, BAD) == []


def test_a_quote_of_our_issue_is_not_ours() -> None:
    model = Model()
    run(model, BAD)
    mine = model.issues[1]
    quoted = f"> {mine.body}".replace("\n", "\n> ")
    for number, body in enumerate((quoted, f"~~~\n{mine.body}\n~~~"), 50):
        model.issues[number] = mine._replace(number=number, title="Report", body=body)
    assert own_issues(list(model.issues.values()), OWN.id) == [mine]


def test_other_peoples_issues_are_not_ours() -> None:
    model = Model()
    run(model, BAD)
    copied = model.issues[1]
    for number, issue in enumerate(
        [copied._replace(author=SOMEBODY), copied._replace(is_pull_request=True), copied._replace(title="x", body="")],
        50,
    ):
        model.issues[number] = issue._replace(number=number)
    assert [issue.number for issue in own_issues(list(model.issues.values()), OWN.id)] == [1]


class Weeks(RuleBasedStateMachine):
    """Weeks go by: links die and live again, people tick, close, edit and empty, runs fail and race."""

    urls = [f"https://example.com/{number}" for number in range(6)]  # noqa: RUF012 - read only

    @initialize()
    def begin(self) -> None:
        self.model = Model()
        self.now = START
        self.state = dict.fromkeys(self.urls, Reason.OK)
        self.said: Wanted | None = None

    @rule(
        states=st.lists(STATES, min_size=6, max_size=6),
        days=st.integers(1, 40),
    )
    def a_week(self, states: list[Reason], days: int) -> None:
        self.now += days * DAY
        self.state = dict(zip(self.urls, states, strict=True))
        self.look()

    def look(self) -> None:
        ours = own_issues(list(self.model.issues.values()), OWN.id)
        body = ours[0].body if ours else ""
        known = {memory.key(url) for url in self.urls}
        memories = weeks.ticked(memory.read(body), memory.ticks(body, known), self.now)
        self.said, _ = week([result(url, reason, self.now) for url, reason in self.state.items()], memories, self.now)
        run(self.model, self.said)

    @rule(what=st.sampled_from(["works", "ignore"]), number=st.integers(0, 5))
    def somebody_ticks(self, what: str, number: int) -> None:
        box = memory.checkbox(what, memory.key(self.urls[number]))
        for issue in own_issues(list(self.model.issues.values()), OWN.id):
            self.model.issues[issue.number] = issue._replace(body=issue.body.replace(f"[ ] {box}", f"[x] {box}"))

    def ours(self) -> list[Issue]:
        """By their author, as a person would count; another workflow opens reports as the same account."""
        return [one for one in self.model.issues.values() if one.author == OWN and one.title != "Report"]

    @rule(
        body=st.sampled_from(
            [
                "",
                "hello",
                "<!-- listbot:v1 kind=weekly id=AAAA -->\nhello",
                "\n{body}",
                "Note.\n\n{body}",
                "```\n{body}",
            ]
        )
    )
    def somebody_edits(self, body: str) -> None:
        for issue in self.ours():
            self.model.issues[issue.number] = issue._replace(body=body.replace("{body}", issue.body))

    @rule()
    def another_workflow_reports(self) -> None:
        for issue in self.ours()[:1]:
            number = self.model.next_id()
            quoted = f"> {issue.body}".replace("\n", "\n> ")
            self.model.issues[number] = Issue(number, number, OWN, "Report", quoted, True, False)

    @rule(unwanted=st.booleans())
    def somebody_closes(self, unwanted: bool) -> None:
        for issue in own_issues(list(self.model.issues.values()), OWN.id):
            self.model.issues[issue.number] = issue._replace(is_open=False, is_unwanted=unwanted)

    @rule()
    def somebody_opens_another(self) -> None:
        number = self.model.next_id()
        self.model.issues[number] = Issue(number, number, SOMEBODY, TITLE, "see above", True, False)

    @rule(fault=st.sampled_from(["lost", "done"]), lag=st.integers(0, 1))
    def trouble(self, fault: str, lag: int) -> None:
        self.model.faults = [fault]
        self.model.lag = lag

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        self.model.faults, self.model.lag = [], 0
        self.look()
        self.look()
        writes = self.model.writes
        self.look()
        assert self.model.writes == writes
        ours = self.ours()
        open_ones = [issue for issue in ours if issue.is_open]
        assert self.said is not None
        if self.said.complete or self.said.has_work:
            assert len(open_ones) == (self.said.has_work and not ours[0].is_unwanted)
        assert len(open_ones) <= 1
        assert not ours or self.said.text.text in ours[0].body
        assert all(issue.body == "see above" for issue in self.model.issues.values() if issue.author == SOMEBODY)
        assert all(issue.is_open for issue in self.model.issues.values() if issue.title == "Report")


TestWeeks = Weeks.TestCase
TestWeeks.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.nightly
def test_three_hundred_long_histories() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis leaves it untyped
        Weeks, settings=settings(max_examples=300, stateful_step_count=60, deadline=None)
    )
