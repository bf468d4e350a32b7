"""Random histories on a GitHub that goes wrong end with one comment and one issue of ours, true to the last state."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest

from listbot.bot import gaps, marker, memory, weeks
from listbot.bot.gaps import Gaps
from listbot.bot.pull_planning import INLINE, InlineState
from listbot.bot.weekly_planning import TITLE
from listbot.cli import main
from listbot.commands import bot_weekly, link_results
from listbot.commands.link_options import Options
from listbot.commands.link_results import CheckedLinks
from listbot.document import Document
from listbot.liveness import LinkResult, Reason, outcome_of
from tests.bot.stage import Done, Stage, stage
from tests.bot.test_report import DUPLICATE, GRANTED, LIST, OTHER_FORM, RULES
from tests.forge import events
from tests.forge.answers import Answer, Request, Token
from tests.forge.faults import Fault, MovedHead, Rendezvous, SecondaryLimit, weather
from tests.forge.forge import Forge, workflow_permissions
from tests.forge.records import ACTIONS, Issue, Remark, ReviewRemark
from tests.forge.world import Pull, Repository

__all__ = ["stage"]

WEEKLY = {"contents": "read", "issues": "write"}
LINES = (
    DUPLICATE,
    OTHER_FORM,
    "- [Broken] (https://arxiv.org/abs/2303.06865)\n",
    "- [Fine](https://arxiv.org/abs/2303.06865)\n",
    "- [Longformer](https://arxiv.org/pdf/2004.05150)\n",
    "- [Nowhere](#no-such-place)\n",
)
URLS = ("https://one.test/a", "https://two.test/", "https://three.test/x")
NEED_A_LOOK = (Reason.STATUS_404, Reason.SOFT_404, Reason.REDIRECT_PERMANENT, Reason.REGISTRY_WITHDRAWN)
UNTOLD = (Reason.TIMEOUT, Reason.BOT_WALL, Reason.DEADLINE)
"""The last one: the check was cut before it came to this link."""
BY_HAND = (
    "",
    "mine",
    "{title}",
    "{half}",
    "```\n{body}\n```",
    "\n{body}",
    "\ufeff{body}",
    "A note.\n\n{body}\n\nAnother.",
    "> {quoted}\n\nWhy?",
)
"""What becomes of our text where somebody edits it."""
STATES = (Reason.OK, Reason.OK, *NEED_A_LOOK, *UNTOLD)


SEEN: Counter[str] = Counter()
"""What the histories that were played have been through."""


class SecondRunner(Fault):
    """A second runner starts and ends while the first one waits for the answer to one of its requests."""

    def __init__(self, on: str, run: Callable[[], object]) -> None:
        super().__init__(on=on)
        self._run = run

    def before(self, forge: Forge, request: Request) -> Answer | None:
        if self.strikes(forge, request):
            self._run()
        return None


class History:
    """One repository with a pull request and a weekly issue."""

    def __init__(self, seed: int, forge: Forge, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self.forge, self.stage, self.monkeypatch = forge, stage, monkeypatch
        self.repository: Repository = forge.repository(
            f"curator/papers-{seed}", {"README.md": LIST, "listbot.toml": RULES}
        )
        self.report_token: Token = forge.token(GRANTED)
        self.weekly_token: Token = forge.token(WEEKLY)
        owner = self.chance.choice([None, "newcomer"])
        self.pull: Pull = self.repository.open_pull({"README.md": self.text()}, head_owner=owner)
        self.links = dict.fromkeys(URLS, Reason.OK)
        self.day = 0
        self.others: dict[int, str] = {}
        """What other people and other workflows wrote, by the comment's id."""
        self.other_issues: dict[int, str] = {}
        """What other workflows opened, by the issue's number."""

    def text(self) -> str:
        return LIST + "".join(line for line in LINES if self.chance.random() < 0.4)

    STEPS = (
        "push", "push", "push", "report", "report", "report", "others_speak", "forge_a_marker", "quote",
        "week", "week", "week", "tick", "two_runners", "two_weeks", "moved_head", "answer", "fold", "damage",
        "damage_issue", "close",
    )  # fmt: skip

    def step(self) -> None:
        name = self.chance.choice(self.STEPS)
        SEEN[name] += 1
        getattr(self, name)()

    # What people do ---------------------------------------------------------------------------------------------------

    def push(self) -> None:
        self.pull.push({"README.md": self.text()}, force=self.chance.random() < 0.2)

    def others_speak(self) -> None:
        for number in range(self.chance.choice([1, 100])):
            self.somebody_says(f"comment {number}")

    def forge_a_marker(self) -> None:
        for comment in [*self.our_comments()]:
            self.somebody_says(comment.body)
        for issue in [one for one in self.repository.issues.values() if one.title == TITLE]:
            self.repository.open_issue(TITLE, issue.body, author="somebody")

    def quote(self) -> None:
        """Another workflow writes as the account that we write as, and shows what we said."""
        for comment in [*self.our_comments()]:
            shown = "\n".join(f"> {line}" for line in comment.body.split("\n"))
            for body in (shown, f"Log:\n~~~~\n{comment.body}\n~~~~\n"):
                self.others[self.repository.comment(self.pull.number, body, ACTIONS).id] = body
        for issue in self.our_issues():
            body = f"> {issue.body}".replace("\n", "\n> ")
            self.other_issues[self.repository.open_issue("Report", body, author=ACTIONS.login).number] = body

    def somebody_says(self, body: str) -> None:
        self.others[self.repository.comment(self.pull.number, body, "somebody").id] = body

    def tick(self) -> None:
        what, url = self.chance.choice(["works", "ignore"]), self.chance.choice(URLS)
        box = memory.checkbox(what, memory.key(url))
        for issue in self.our_issues():
            body = self.chance.choice(["", (issue.body or "").replace(f"[ ] {box}", f"[x] {box}")])
            self.repository.edit(issue, body, "curator")

    def answer(self) -> None:
        for remark in self.our_lines()[:1]:
            self.repository.reply(remark, "why?", "newcomer")

    def fold(self) -> None:
        for remark in self.our_lines()[-1:]:
            remark.minimized = "RESOLVED"

    def damage(self) -> None:
        """Somebody edits our comment, or takes it away."""
        for comment in self.our_comments():
            comment.rewrite(self.by_hand(comment.body), self.forge.clock.tick())
            if self.chance.random() < 0.3:
                del self.repository.remarks[comment.id]

    def damage_issue(self) -> None:
        """Somebody edits our issue."""
        for issue in self.our_issues():
            self.repository.edit(issue, self.by_hand(issue.body or ""), "curator")

    def by_hand(self, body: str) -> str:
        chosen = self.chance.choice(BY_HAND)
        SEEN[chosen] += 1
        quoted = body.replace("\n", "\n> ")
        return chosen.format(body=body, title=TITLE, half=body.partition("=")[0], quoted=quoted)

    def close(self) -> None:
        for issue in self.our_issues():
            issue.state, issue.closed_by = "closed", self.repository.owner
            issue.state_reason = self.chance.choice(["completed", "not_planned", "duplicate"])

    # What runs --------------------------------------------------------------------------------------------------------

    def report(self) -> Done:
        run = self.repository.run(self.pull, conclusion="failure")
        payload = events.workflow_run(self.forge, self.repository, run)
        return self.stage.run("report", event="workflow_run", payload=payload, token=self.report_token)

    def two_runners(self) -> None:
        self.push()
        self.with_a_second("report", self.chance.choice(["POST *", "MUTATION *", "QUERY *"]), self.report)

    def two_weeks(self) -> None:
        self.with_a_second("weekly", self.chance.choice(["POST *", "PATCH *", "GET *"]), self.week)

    def with_a_second(self, stage: str, on: str, first: Callable[[], Done]) -> None:
        second = SecondRunner(on, lambda: main(["bot", stage]))
        self.forge.faults.insert(0, second)
        first()
        self.forge.faults.remove(second)
        SEEN[f"{stage} met a second at {on}"] += second.struck

    def moved_head(self) -> None:
        on = self.chance.choice(["QUERY /graphql", "GET */compare/{basehead}", "POST */comments"])
        moved = MovedHead(pull=self.pull, files={"README.md": self.text()}, on=on)
        self.forge.fault(moved)
        self.report()
        self.forge.faults.remove(moved)
        SEEN["the head moved"] += moved.struck

    def week(self, *, look: bool = True) -> Done:
        if look:
            self.day += self.chance.randint(1, 30)
            self.links = {url: self.chance.choice(STATES) for url in URLS}
        now = 1_770_000_000.0 + self.day * 86_400

        def of_documents(_documents: Iterable[Document], _name: str, _options: Options) -> CheckedLinks:
            results = {url: LinkResult(url, outcome_of(r), r, at=now) for url, r in self.links.items()}
            return CheckedLinks(results, None, Reason.DEADLINE if self.is_cut() else None)

        SEEN.update(reason.value for reason in self.links.values())
        self.monkeypatch.setattr(link_results, "of_documents", of_documents)
        self.monkeypatch.setattr(bot_weekly, "time", SimpleNamespace(time=lambda: now))
        payload = events.schedule(self.forge, self.repository)
        return self.stage.run("weekly", event="schedule", payload=payload, token=self.weekly_token)

    def is_cut(self) -> bool:
        """Whether the time of the weekly check was up before it came to its end."""
        return Reason.DEADLINE in self.links.values()

    # What is there ----------------------------------------------------------------------------------------------------

    def our_comments(self) -> list[Remark]:
        """By their author, as a person would count."""
        return [one for one in self.pull.comments if one.author == ACTIONS and one.id not in self.others]

    def our_lines(self) -> list[ReviewRemark]:
        found = [one for one in self.pull.review_comments if one.author == ACTIONS]
        return [one for one in found if one.minimized is None]

    def our_issues(self) -> list[Issue]:
        found = self.repository.issues.values()
        return [one for one in found if one.author == ACTIONS and one.number not in self.other_issues]

    def ends_well(self) -> None:
        for fault in self.forge.faults:
            SEEN[type(fault).__name__] += fault.struck
        SEEN[SecondaryLimit.__name__] += sum(one.status == 403 for one in self.forge.requests)
        self.forge.faults.clear()
        self.forge.lag = 0
        for late in (*self.pull.comments, *self.pull.review_comments, *self.repository.issues.values()):
            late.listed_after = 0  # the last list has caught up
        pages = len(self.pull.comments) // 100
        for _ in range(3):  # the first may have to put right what somebody took away
            done, week = self.report(), self.week(look=False)
            assert (done.code, week.code) == (0, 4 if self.is_cut() else 0)
            looks = sum(one.path == "/graphql" and not one.writes for one in done.requests)
            assert len(done.requests) <= 12 + looks * pages, "\n".join(map(str, done.requests))
        assert done.writes == week.writes == []
        assert {number: self.repository.remarks[number].body for number in self.others} == self.others
        issues = {number: self.repository.issues[number] for number in self.other_issues}
        assert {number: one.body for number, one in issues.items()} == self.other_issues
        assert {one.state for one in issues.values()} <= {"open"}
        self.comment_is_true()
        self.issue_is_true()
        self.a_bad_week_takes_nothing_back()
        assert workflow_permissions(GRANTED, self.forge.needs(self.report_token)) == []
        assert workflow_permissions(WEEKLY, self.forge.needs(self.weekly_token)) == []

    def comment_is_true(self) -> None:
        """It says what it would say of the same change in a pull request that nothing ever happened to."""
        files = self.pull.repository.commits[self.pull.head_sha].files
        twin = self.repository.open_pull(files, head_owner="twin", branch="twin")
        mine, self.pull = self.pull, twin
        self.report()
        theirs, their_lines = self.our_comments(), self.our_lines()
        self.pull = mine
        shown = [one.body.partition("\n")[2].replace(mine.head_sha[:10], "") for one in self.our_comments()]
        expected = [one.body.partition("\n")[2].replace(twin.head_sha[:10], "") for one in theirs]
        if theirs:
            assert [one.replace(mine.head_sha[10:], "") for one in shown] == [
                one.replace(twin.head_sha[10:], "") for one in expected
            ]
        else:
            assert shown in ([], *([gaps.cleared(one).text] for one in (Gaps(), Gaps(facts=False))))
        self._lines_are_true({key_of(one) for one in their_lines})

    def _lines_are_true(self, wanted: set[str]) -> None:
        answered = {one.reply_to for one in self.pull.review_comments}
        standing = [key_of(one) for one in self.our_lines() if one.id not in answered]
        assert len(standing) == len(set(standing))
        assert set(standing) <= wanted
        every = [one for one in self.pull.review_comments if one.author == ACTIONS and one.line is not None]
        assert wanted <= {key_of(one) for one in every}

    def issue_is_true(self) -> None:
        ours = self.our_issues()
        is_open = [one.state == "open" for one in ours]
        assert sum(is_open) <= 1
        assert not any(is_open[1:])
        failing = {url for url, reason in self.links.items() if reason in NEED_A_LOOK}
        if not ours:
            assert not failing
            return
        said = (ours[0].body or "").partition("<!-- listbot:history")[0]
        memories = memory.read(ours[0].body or "")
        quiet = {link for link, one in memories.items() if weeks.is_quiet(one)}
        for url, reason in self.links.items():
            if reason is Reason.OK:
                assert url not in said
            elif url in failing:
                assert (url in said) == (memory.key(url) not in quiet)
        if failing and not {memory.key(url) for url in failing} <= quiet:
            assert is_open[0] or ours[0].state_reason in ("not_planned", "duplicate")
            assert is_open[0] or ours[0].closed_by != ACTIONS
        for url in URLS:
            link = memories.get(memory.key(url))
            assert (url in said) == (link is not None and link.r is not None and link.u not in quiet)
        if not self.is_cut() and not self.rows():
            assert not is_open[0]

    def rows(self) -> set[str]:
        """The links that the issue names."""
        ours = self.our_issues()
        said = (ours[0].body or "").partition("<!-- listbot:history")[0] if ours else ""
        return {url for url in URLS if url in said}

    def a_bad_week_takes_nothing_back(self) -> None:
        """No host answers, and the time is up, perhaps: the issue names what it named, and stays as open as it was."""
        rows, states = self.rows(), [(one.state, one.state_reason) for one in self.our_issues()]
        self.links = {url: self.chance.choice(UNTOLD) for url in URLS}
        self.week(look=False)
        assert self.rows() == rows
        if rows:
            assert [(one.state, one.state_reason) for one in self.our_issues()] == states
        self.issue_is_true()


def key_of(remark: ReviewRemark) -> str:
    state = marker.read(remark.body, INLINE, InlineState)
    assert state is not None
    return state.key


def check_out(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list that the weekly stage checks."""
    (directory / "list").mkdir(exist_ok=True)
    entries = "".join(f"- [Tool](<{url}>) - Notes.\n" for url in URLS)
    (directory / "list" / "README.md").write_text(f"# Tools\n\n{entries}", "utf-8")
    monkeypatch.chdir(directory / "list")


def play(seed: int, steps: int, forge: Forge, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    check_out(tmp_path, monkeypatch)
    history = History(seed, forge, stage, monkeypatch)
    forge.fault(*weather())
    for _ in range(steps):
        history.step()
    history.damage()
    history.damage_issue()
    history.ends_well()


@pytest.mark.parametrize("seed", range(30))
def test_thirty_histories(
    seed: int, forge: Forge, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    play(seed, 12, forge, stage, monkeypatch, tmp_path)
    SEEN["history"] += 1


def test_the_thirty_histories_have_been_through_everything() -> None:
    """Played before this one, in this process."""
    if SEEN["history"] < 30:
        pytest.skip("the thirty histories were not played")
    wanted = {
        *History.STEPS,
        *BY_HAND,
        *(reason.value for reason in STATES),
        *(type(fault).__name__ for fault in weather()),
        "the head moved",
    }
    wanted |= {f"report met a second at {on}" for on in ("POST *", "MUTATION *", "QUERY *")}
    wanted |= {f"weekly met a second at {on}" for on in ("POST *", "PATCH *", "GET *")}
    assert {name for name in wanted if not SEEN[name]} == set(), SEEN


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(1_000, 1_300))
def test_three_hundred_long_histories(
    seed: int, forge: Forge, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    play(seed, 25, forge, stage, monkeypatch, tmp_path)


@pytest.mark.parametrize("what", ["report", "weekly"])
def test_two_runners_at_once_leave_one(
    what: str, forge: Forge, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    check_out(tmp_path, monkeypatch)
    history = History(1, forge, stage, monkeypatch)
    history.pull.push({"README.md": LIST + DUPLICATE})
    meeting = Rendezvous(on="POST */comments" if what == "report" else "POST */issues")
    forge.fault(meeting)
    history.links = dict.fromkeys(URLS, Reason.STATUS_404)
    runner = threading.Thread(target=lambda: history.report() if what == "report" else history.week(look=False))
    runner.start()
    while runner.is_alive() and not meeting.struck:
        pass
    assert main(["bot", what]) == 0
    runner.join()
    assert meeting.met
    history.ends_well()
    if what == "report":
        assert len([one for one in history.pull.comments if one.author.login == ACTIONS.login]) == 1
    else:
        assert [one.state for one in history.repository.issues.values() if one.title == TITLE] == ["open", "closed"]
