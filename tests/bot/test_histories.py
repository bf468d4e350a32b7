"""Random histories on a GitHub that goes wrong end with one comment and one issue of ours, true to the last state."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest

from listbot.bot import memory
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
from tests.forge.answers import Token
from tests.forge.faults import Rendezvous, weather
from tests.forge.forge import Forge, workflow_permissions
from tests.forge.records import ACTIONS
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
STATES = (Reason.OK, Reason.STATUS_404, Reason.TIMEOUT, Reason.SOFT_404)


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

    def text(self) -> str:
        return LIST + "".join(line for line in LINES if self.chance.random() < 0.4)

    def step(self) -> None:
        self.chance.choice(
            [
                self.push,
                self.push,
                self.report,
                self.report,
                self.others_speak,
                self.forge_a_marker,
                self.week,
                self.tick,
            ]
        )()

    def push(self) -> None:
        self.pull.push({"README.md": self.text()}, force=self.chance.random() < 0.2)

    def others_speak(self) -> None:
        for number in range(self.chance.choice([1, 100])):
            self.repository.comment(self.pull.number, f"comment {number}", "somebody")

    def forge_a_marker(self) -> None:
        for comment in [one for one in self.pull.comments if one.author.login == ACTIONS.login]:
            self.repository.comment(self.pull.number, comment.body, "somebody")
        for issue in [one for one in self.repository.issues.values() if one.title == TITLE]:
            self.repository.open_issue(TITLE, issue.body, author="somebody")

    def tick(self) -> None:
        what, url = self.chance.choice(["works", "ignore"]), self.chance.choice(URLS)
        box = memory.checkbox(what, memory.key(url))
        for issue in [one for one in self.repository.issues.values() if one.author.login == ACTIONS.login]:
            body = self.chance.choice(["", (issue.body or "").replace(f"[ ] {box}", f"[x] {box}")])
            self.repository.edit(issue, body, "curator")

    def report(self) -> Done:
        run = self.repository.run(self.pull, conclusion="failure")
        payload = events.workflow_run(self.forge, self.repository, run)
        return self.stage.run("report", event="workflow_run", payload=payload, token=self.report_token)

    def week(self, *, look: bool = True) -> Done:
        if look:
            self.day += self.chance.randint(1, 30)
            self.links = {url: self.chance.choice(STATES) for url in URLS}
        now = 1_770_000_000.0 + self.day * 86_400

        def of_documents(_documents: Iterable[Document], _name: str, _options: Options) -> CheckedLinks:
            return CheckedLinks({url: LinkResult(url, outcome_of(r), r, at=now) for url, r in self.links.items()}, None)

        self.monkeypatch.setattr(link_results, "of_documents", of_documents)
        self.monkeypatch.setattr(bot_weekly, "time", SimpleNamespace(time=lambda: now))
        payload = events.schedule(self.forge, self.repository)
        return self.stage.run("weekly", event="schedule", payload=payload, token=self.weekly_token)

    def ends_well(self) -> None:
        self.forge.faults.clear()
        for _ in range(2):
            assert self.report().code == self.week(look=False).code == 0
        last, week = self.report(), self.week(look=False)
        assert last.writes == week.writes == []
        pages = 2 * (len(self.pull.comments) // 100)
        assert len(last.requests) <= 12 + pages, "\n".join(
            f"{one.method} {one.path} {one.status}" for one in last.requests
        )
        ours = [one.body for one in self.pull.comments if one.author.login == ACTIONS.login]
        dirty = any(
            line in self.pull.repository.commits[self.pull.head_sha].files["README.md"].decode() for line in DIRTY
        )
        assert len(ours) == 1 or (not dirty and not ours)
        assert all(("This change brings" in body) == dirty for body in ours)
        issues = [
            one for one in self.repository.issues.values() if one.title == TITLE and one.author.login == ACTIONS.login
        ]
        assert sum(one.state == "open" for one in issues) <= 1
        assert workflow_permissions(GRANTED, self.forge.needs(self.report_token)) == []
        assert workflow_permissions(WEEKLY, self.forge.needs(self.weekly_token)) == []


DIRTY = tuple(line for line in LINES if "Fine" not in line)


def play(seed: int, steps: int, forge: Forge, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "list").mkdir(exist_ok=True)
    entries = "".join(f"- [Tool](<{url}>) - Notes.\n" for url in URLS)
    (tmp_path / "list" / "README.md").write_text(f"# Tools\n\n{entries}", "utf-8")
    monkeypatch.chdir(tmp_path / "list")
    history = History(seed, forge, stage, monkeypatch)
    forge.fault(*weather())
    for _ in range(steps):
        history.step()
    history.ends_well()


@pytest.mark.parametrize("seed", range(30))
def test_thirty_histories(
    seed: int, forge: Forge, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    play(seed, 8, forge, stage, monkeypatch, tmp_path)


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
    (tmp_path / "README.md").write_text("# Tools\n\n- [Tool](https://one.test/a)\n", "utf-8")
    monkeypatch.chdir(tmp_path)
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
