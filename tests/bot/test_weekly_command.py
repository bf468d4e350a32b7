"""The weekly stage on a GitHub that is held against GitHub's own description, week after week."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from listbot.bot import marker, memory
from listbot.bot.weekly_planning import TITLE
from listbot.commands import bot_weekly, link_results
from listbot.commands.link_options import Options
from listbot.commands.link_results import CheckedLinks
from listbot.document import Document
from listbot.links.store import Store, default_path
from listbot.liveness import LinkResult, Reason, outcome_of
from tests.bot.stage import Done, Stage, stage
from tests.forge import events
from tests.forge.answers import Token
from tests.forge.faults import BadGatewayAfterCommit, ListLag, Refused, ResetAfterCommit
from tests.forge.forge import Forge, workflow_permissions
from tests.forge.records import Issue
from tests.forge.world import Repository

__all__ = ["stage"]

GRANTED = {"contents": "read", "issues": "write"}
"""What `.github/workflows/listbot-weekly.yml` grants."""
LIST = """\
# Tools

- [One](https://one.test/a) - Notes.
- [Two](https://two.test/) - Notes.
- [One again](https://one.test/a) - Notes.
"""
DAY = 86_400.0
Week = Callable[..., Done]


@pytest.fixture
def repository(forge: Forge) -> Repository:
    return forge.repository("curator/tools", {"README.md": LIST})


@pytest.fixture
def token(forge: Forge) -> Token:
    return forge.token(GRANTED)


@pytest.fixture
def week(
    stage: Stage,
    forge: Forge,
    repository: Repository,
    token: Token,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Week:
    """One weekly run; `found` says what there is to say against links, `day` when it is."""
    (tmp_path / "list").mkdir()
    (tmp_path / "list" / "README.md").write_text(LIST, "utf-8")
    monkeypatch.chdir(tmp_path / "list")

    def run(
        found: Mapping[str, Reason],
        day: int = 0,
        *arguments: str,
        inconclusive: str | None = None,
        stopped: Reason | None = None,
        token: Token = token,
        event: str = "schedule",
        payload: Any = None,
        **more: str,
    ) -> Done:
        now = 1_770_000_000.0 + day * DAY
        monkeypatch.setattr(bot_weekly, "time", SimpleNamespace(time=lambda: now))

        def of_documents(documents: Iterable[Document], name: str, options: Options) -> CheckedLinks:
            assert (name, options.archive, options.refresh) == ("weekly of curator/tools", True, True)
            urls = [link.target for document in documents for link in document.links]
            reasons = {url: found.get(url, Reason.OK) for url in urls}
            results = {url: LinkResult(url, outcome_of(r), r, at=now) for url, r in reasons.items()}
            with Store(Path(options.store or "")) as store:
                store.begin(name, len(urls), now)
            return CheckedLinks(results, inconclusive, stopped)

        monkeypatch.setattr(link_results, "of_documents", of_documents)
        sent = payload if payload is not None else events.schedule(forge, repository)
        return stage.run("weekly", *arguments, event=event, payload=sent, token=token, **more)

    return run


def ours(repository: Repository) -> list[Issue]:
    return [issue for issue in repository.issues.values() if issue.title == TITLE]


GONE = {"https://one.test/a": Reason.STATUS_404}


def test_nothing_is_opened_where_all_is_well(week: Week, repository: Repository) -> None:
    done = week({})
    assert (done.code, done.writes, ours(repository)) == (0, [], [])


def test_a_year_of_weeks_in_one_issue(week: Week, repository: Repository, forge: Forge, token: Token) -> None:
    assert week(GONE).writes == ["POST /repos/curator/tools/issues"]
    (issue,) = ours(repository)
    assert "[line 3](" in (issue.body or "")
    assert " and 1 more place<br>" in (issue.body or "")
    assert week(GONE, 0).writes == []
    for day in (7, 14):
        assert len(week(GONE, day).writes) == 1
    assert "### Gone" in (issue.body or "")
    assert week(GONE, 21).writes == []
    week({}, 28)
    assert (issue.state, issue.state_reason) == ("closed", "completed")
    assert week({}, 35).writes == []
    week(GONE, 42)
    assert (issue.state, issue.state_reason, len(ours(repository))) == ("open", "reopened", 1)
    assert workflow_permissions(GRANTED, forge.needs(token)) == []


def tick(repository: Repository, what: str, login: str) -> None:
    (issue,) = ours(repository)
    box = memory.checkbox(what, memory.key("https://one.test/a"))
    body = (issue.body or "").replace(f"[ ] {box}", f"[x] {box}")
    assert body != issue.body
    repository.edit(issue, body, login)


def test_ticks_of_people_with_write_access_are_read(week: Week, repository: Repository) -> None:
    repository.collaborators["friend"] = "write"
    week(GONE)
    tick(repository, "ignore", "friend")
    done = week(GONE, 7)
    (issue,) = ours(repository)
    assert issue.state == "closed"
    assert "1 link left out because somebody ticked a box." in (issue.body or "")
    assert "1 tick read" in done.err
    week(GONE, 14)  # the third strike is remembered, and nobody hears of it
    assert week(GONE, 21).writes == []
    week(GONE, 100)
    assert issue.state == "open"


def test_ticks_of_others_are_not_read(week: Week, repository: Repository) -> None:
    week(GONE)
    tick(repository, "works", "stranger")
    done = week(GONE, 7)
    (issue,) = ours(repository)
    assert issue.state == "open"
    assert "not only by people with write access" in done.err
    assert "[x]" not in (issue.body or "")


def test_what_people_write_into_the_issue_is_put_right_though_nothing_else_changed(
    week: Week, repository: Repository
) -> None:
    week(GONE)
    (issue,) = ours(repository)
    before = issue.body or ""
    tick(repository, "works", "stranger")
    assert len(week(GONE).writes) == 1
    assert marker.shown(issue.body or "") == marker.shown(before)
    repository.edit(
        issue, before.partition("\n")[0] + "\nnothing" + before[before.index("<!-- listbot:history") :], "x"
    )
    assert len(week(GONE).writes) == 1
    assert marker.shown(issue.body or "") == marker.shown(before)
    repository.edit(issue, before.replace("\n", "\r\n"), "x")
    assert week(GONE).writes == []


@pytest.mark.parametrize("body", ["", "hello", "<!-- listbot:v1 kind=weekly id=AAAA -->\nmine"])
def test_an_issue_that_people_have_been_at_is_survived(week: Week, repository: Repository, body: str) -> None:
    week(GONE)
    (issue,) = ours(repository)
    repository.edit(issue, body, "curator")
    assert week(GONE, 7).code == 0
    assert week(GONE, 7).writes == []
    assert "### Not found" in (ours(repository)[-1].body or "")


@pytest.mark.parametrize("fault", [BadGatewayAfterCommit(), ResetAfterCommit(), ListLag(lists=2)])
def test_one_issue_whatever_goes_wrong(week: Week, repository: Repository, forge: Forge, fault: ListLag) -> None:
    forge.fault(fault)
    week(GONE)
    week(GONE, 7)
    assert [issue.state for issue in ours(repository)].count("open") == 1


def test_other_peoples_issues_and_pull_requests_are_left_alone(week: Week, repository: Repository) -> None:
    for number in range(120):
        repository.open_issue(f"Issue {number}", "text", author="github-actions[bot]" if number % 2 else "somebody")
    week(GONE)
    week(GONE, 7)
    assert len(ours(repository)) == 1
    assert {issue.body for issue in repository.issues.values() if issue.title != TITLE} == {"text"}


def test_a_run_that_means_nothing_writes_nothing(week: Week) -> None:
    week(GONE)
    done = week({}, 7, inconclusive="12 of 14 hosts are silent")
    assert (done.code, done.requests) == (4, [])
    assert "12 of 14 hosts are silent; the issue stays as it is" in done.err


def test_a_run_that_was_interrupted_leaves_everything_as_it_is(
    week: Week, repository: Repository, tmp_path: Path
) -> None:
    summary = tmp_path / "summary.md"
    week(GONE)
    (issue,) = ours(repository)
    before = issue.body
    stopped = Reason.INTERRUPTED
    done = week({"https://two.test/": stopped}, 7, stopped=stopped, GITHUB_STEP_SUMMARY=str(summary))
    assert (done.code, done.requests, issue.state, issue.body) == (4, [], "open", before)
    assert "the run was interrupted: 1 URL not checked; the issue stays as it is" in done.err
    assert not summary.exists()


def test_a_run_whose_time_was_up_writes_what_it_found_and_closes_nothing(
    week: Week, repository: Repository, tmp_path: Path
) -> None:
    summary = tmp_path / "summary.md"
    late = Reason.DEADLINE
    done = week({**GONE, "https://two.test/": late}, stopped=late, GITHUB_STEP_SUMMARY=str(summary))
    (issue,) = ours(repository)
    assert (done.code, done.writes) == (4, ["POST /repos/curator/tools/issues"])
    assert "the time was up: 1 URL not checked; the next run begins with what was not asked for longest" in done.err
    for text in (issue.body or "", summary.read_text("utf-8")):
        assert "\n**1 link not reached**: the time was up." in text
        assert "strike 1 of 3: " in text
    assert "https://two.test/" not in (issue.body or "")
    assert week({**GONE, "https://two.test/": late}, stopped=late).writes == []
    done = week({"https://one.test/a": late}, 7, stopped=late)
    assert (done.code, issue.state) == (4, "open")
    assert "<br>the last check did not reach it\n" in (issue.body or "")
    done = week({"https://two.test/": late}, 14, stopped=late)
    assert (done.code, issue.state) == (4, "open")
    assert "\nNo link that was checked needs a look.\n\n**1 link not reached**" in (issue.body or "")
    done = week({}, 21)
    assert (done.code, issue.state) == (0, "closed")
    done = week({"https://two.test/": late}, 28, stopped=late)
    assert (done.code, issue.state, len(ours(repository))) == (4, "closed", 1)


def test_a_host_that_is_blocked_for_a_week_neither_closes_the_issue_nor_takes_its_row(
    week: Week, repository: Repository
) -> None:
    url = "https://two.test/"
    for found, shown in (
        (Reason.SOFT_404, "### Worth a look"),
        (Reason.REDIRECT_PERMANENT, "### Moved"),
        (Reason.REGISTRY_WITHDRAWN, "### Withdrawn"),
    ):
        week({url: found}, 0)
        (issue,) = ours(repository)
        for blocked in (Reason.BOT_WALL, Reason.TIMEOUT, Reason.RATE_LIMITED):
            week({url: blocked}, 7)
            assert issue.state == "open"
            assert shown in (issue.body or "")
            assert week({url: blocked}, 14).writes == []
        week({}, 21)
        assert issue.state == "closed"


def test_rows_stand_in_the_order_of_the_list_and_notify_nobody_upstream(
    week: Week, repository: Repository, tmp_path: Path
) -> None:
    urls = (
        "https://github.com/a//../b/issues/4",
        "https://github.com/z/y/pull/1",
        "https://one.test/a",
        "https://GitHub.com:443/m/n/discussions/2",
    )
    (tmp_path / "list" / "README.md").write_text("# Tools\n\n" + "".join(f"- [A]({url})\n" for url in urls), "utf-8")
    week(dict.fromkeys(reversed(urls), Reason.STATUS_404))
    (issue,) = ours(repository)
    body = issue.body or ""
    places = [body.index(f"[`{url}`](") for url in urls]
    assert places == sorted(places)
    targets = re.findall(r"\]\(<(https?://[^/>]*)(/[^>?]*)", body)
    hosts = [host.lower() for host, path in targets if "/blob/" not in path]
    assert hosts == ["https://redirect.github.com"] * 2 + ["https://one.test", "https://redirect.github.com"]


def test_a_store_that_cannot_be_read_is_said_and_done_without(
    week: Week, repository: Repository, tmp_path: Path
) -> None:
    broken = tmp_path / "cache" / "listbot" / "links.sqlite"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"not a database, but long enough to be looked at" * 100)
    done = week(GONE)
    assert (done.code, len(ours(repository))) == (0, 1)
    assert "this store of links cannot be opened" in done.err
    assert "this run does without what it knows" in done.err


def test_a_dry_run_leaves_the_store_as_it_is(week: Week, tmp_path: Path) -> None:
    home = tmp_path / "cache" / "listbot"
    week(GONE, 0, "--dry-run")
    assert not home.exists()
    week(GONE)
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    assert "links.sqlite" in before
    week(GONE, 7, "--dry-run")
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before


def test_what_a_dry_run_knows_is_what_the_store_knows(stage: Stage, tmp_path: Path) -> None:
    assert stage
    with Store(default_path()) as store:
        store.keep(store.begin("weekly", 3, 1.0))
        path = bot_weekly._store(tmp_path, dry_run=True)  # while another process has it open
        with Store(path) as copy:
            assert (path.parent, copy.last_count("weekly")) == (tmp_path, 3)


def test_a_payload_that_holds_the_schedule_alone_is_enough(week: Week, repository: Repository) -> None:
    done = week(GONE, payload={"schedule": "17 4 * * 1"}, GITHUB_REPOSITORY="curator/tools")
    assert (done.code, len(ours(repository))) == (0, 1)
    assert "/curator/tools/blob/HEAD/README.md?plain=1#L3>" in (ours(repository)[0].body or "")


@pytest.mark.parametrize(("branch", "count"), [("side", 0), ("main", 1)])
def test_a_run_by_hand_is_about_the_default_branch(
    week: Week, forge: Forge, repository: Repository, branch: str, count: int
) -> None:
    payload = events.workflow_dispatch(forge, repository) | {"ref": f"refs/heads/{branch}"}
    done = week(GONE, event="workflow_dispatch", payload=payload)
    assert (done.code, len(ours(repository)), len(done.requests) > 0) == (0, count, count == 1)
    assert ("this was started on 'refs/heads/side', and the issue is about the list of 'main'" in done.err) != count


@pytest.mark.parametrize("reason", ["not_planned", "duplicate"])
def test_what_people_closed_for_good_stays_closed(week: Week, repository: Repository, reason: str) -> None:
    week(GONE)
    (issue,) = ours(repository)
    issue.state, issue.state_reason, issue.closed_by = "closed", reason, repository.owner
    week(GONE, 7)
    week({**GONE, "https://two.test/": Reason.NXDOMAIN}, 14)
    assert (issue.state, issue.state_reason, len(ours(repository))) == ("closed", reason, 1)
    assert "https://two.test/" in (issue.body or "")


def test_what_we_closed_as_a_duplicate_is_opened_where_the_other_is_gone(week: Week, repository: Repository) -> None:
    week(GONE)
    (issue,) = ours(repository)
    issue.state, issue.state_reason, issue.closed_by = "closed", "duplicate", issue.author
    week(GONE, 7)
    assert (issue.state, issue.state_reason) == ("open", "reopened")


def test_what_github_refuses_is_said_and_is_no_bug(week: Week, repository: Repository, forge: Forge) -> None:
    forge.fault(Refused(on="POST */issues", status=422, message="was submitted too quickly"))
    done = week(GONE)
    assert (done.code, ours(repository)) == (0, [])
    assert "the issue stays as it is (GitHub refuses this (422): " in done.err


def test_a_dry_run_prints_the_plan(week: Week) -> None:
    done = week(GONE, 0, "--dry-run")
    assert (done.code, done.writes) == (0, [])
    assert done.out.startswith("would create the issue of dead links\n")


def test_a_list_that_cannot_be_read_is_no_empty_list(week: Week) -> None:
    Path("README.md").write_bytes(b"\xff\xfe")
    done = week(GONE)
    assert (done.code, done.requests) == (2, [])


@pytest.mark.parametrize("granted", [{}, {"contents": "read", "issues": "read"}])
@pytest.mark.parametrize("denied", [403, 404])
def test_a_token_that_may_not_write_leaves_the_summary_and_is_no_failure(
    week: Week, repository: Repository, forge: Forge, tmp_path: Path, granted: dict[str, str], denied: int
) -> None:
    summary = tmp_path / "summary.md"
    done = week(GONE, 0, token=forge.token(granted, denied=denied), GITHUB_STEP_SUMMARY=str(summary))
    assert (done.code, ours(repository)) == (0, [])
    assert "the issue stays as it is (" in done.err
    assert "[`https://one.test/a`]" in summary.read_text("utf-8")


def test_issues_that_are_disabled_are_no_failure(week: Week, repository: Repository) -> None:
    repository.has_issues = False
    assert week(GONE).code == 0


def test_an_issue_that_is_edited_meanwhile_is_read_again(
    week: Week, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.collaborators["friend"] = "write"
    week(GONE)
    seen: list[int] = []
    real = memory.read

    def read(body: str) -> memory.Memories:
        if not seen:
            tick(repository, "ignore", "friend")
        seen.append(1)
        return real(body)

    monkeypatch.setattr(memory, "read", read)
    week(GONE, 7)
    assert len(seen) == 2
    assert ours(repository)[0].state == "closed"


def test_an_app_of_ones_own_keeps_one_issue_and_reads_its_ticks(
    week: Week, repository: Repository, forge: Forge
) -> None:
    repository.collaborators["friend"] = "write"
    own = forge.token(GRANTED, login="house-bot[bot]")
    account = {"LISTBOT_BOT_ID": str(forge.person("house-bot[bot]").id)}
    week(GONE, 0, token=own, **account)
    week({**GONE, "https://two.test/": Reason.NXDOMAIN}, 7, token=own, **account)
    tick(repository, "ignore", "friend")
    done = week(GONE, 14, token=own, **account)
    assert "1 tick read" in done.err
    assert [issue.state for issue in ours(repository)] == ["closed"]
    looks = [one for one in done.requests if one.method == "GET" and one.path.endswith("/issues")]
    assert {one.first("creator") for one in looks} == {"house-bot[bot]"}
