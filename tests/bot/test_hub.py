"""The client against a GitHub that is held against GitHub's own description."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from listbot.bot.api import DeferredError, NoPermissionError, UncertainError
from listbot.bot.github import Hub
from listbot.bot.observed import Author
from listbot.bot.plan import EditIssue, NewInline
from tests.forge.faults import (
    BadGateway,
    BadGatewayAfterCommit,
    PrimaryLimit,
    Refused,
    ResetAfterCommit,
    SecondaryLimit,
)
from tests.forge.forge import Forge
from tests.forge.records import ACTIONS
from tests.forge.world import Repository

LIST = "# Papers\n\n- [One](https://example.com/1)\n"
ALL = {"contents": "read", "pull-requests": "write", "issues": "write", "actions": "read"}
Connect = Callable[..., Hub]


@pytest.fixture
def repository(forge: Forge) -> Repository:
    return forge.repository("lists/papers", {"README.md": LIST, "docs/a b.md": "# Ü\n"})


@pytest.fixture
def connect(forge: Forge, repository: Repository) -> Iterator[Connect]:
    hubs: list[Hub] = []

    def connected(permissions: dict[str, str] | None = None, own: int | None = ACTIONS.id) -> Hub:
        token = forge.token(ALL if permissions is None else permissions)
        hubs.append(Hub(repository.full_name, token.value, forge.api, own=own, pace=0, backoff=0, wait=0.01))
        return hubs[-1]

    yield connected
    for hub in hubs:
        hub.close()


def test_a_pull_request_of_a_fork_is_read_with_few_requests(
    forge: Forge, repository: Repository, connect: Connect
) -> None:
    pull = repository.open_pull({"README.md": LIST + "- [Two](https://example.com/2)\n"}, head_owner="newcomer")
    hub = connect()
    (seen,) = hub.open_pulls("newcomer", "patch-1")
    assert seen == (pull.number, pull.head_sha, pull.base_sha, pull.head.id, repository.id, True)
    assert hub.pull(pull.number) == seen
    comparison = hub.compare(seen.base, seen.head)
    assert comparison.merge_base == pull.merge_base
    assert [(one.path, one.status) for one in comparison.files] == [("README.md", "modified")]
    assert "+- [Two](https://example.com/2)" in (comparison.files[0].patch or "")
    assert hub.tree("main").sizes.keys() == {"README.md", "docs/a b.md"}
    assert hub.file("docs/a b.md", "main") == "# Ü\n".encode()
    assert hub.file("no.md", "main") is None
    assert hub.file("docs", "main") is None
    assert hub.comments(pull.number) == []
    assert hub.inline_comments(pull.number) == []
    assert len(forge.requests) == 9


def test_a_hundred_and_one_comments_are_all_read(repository: Repository, connect: Connect) -> None:
    pull = repository.open_pull({"README.md": "# New\n"})
    for number in range(101):
        repository.comment(pull.number, f"comment {number}")
    assert len(connect().comments(pull.number)) == 101


def test_comments_are_made_edited_and_deleted(repository: Repository, connect: Connect) -> None:
    pull = repository.open_pull({"README.md": "# New\n"})
    hub = connect()
    made = hub.create_comment(pull.number, "one")
    assert made.author == Author(ACTIONS.id, True)
    hub.edit_comment(made.id, "two")
    assert [one.body for one in hub.comments(pull.number)] == ["two"]
    hub.delete_comment(made.id)
    hub.delete_comment(made.id)
    assert pull.comments == []


def test_a_review_with_lines_is_made_edited_and_folded(repository: Repository, connect: Connect) -> None:
    pull = repository.open_pull({"README.md": LIST + "- two\n- three\n"})
    hub = connect()
    lines = [NewInline("README.md", 4, 4, "one line"), NewInline("README.md", 4, 5, "two lines")]
    hub.create_review(pull.number, pull.head_sha, "Suggestions.", lines)
    first, second = hub.inline_comments(pull.number)
    assert (first.line, second.line, first.reply_to) == (4, 5, None)
    hub.edit_inline(first.id, "better")
    hub.minimize(second.node)
    assert [remark.body for remark in pull.review_comments] == ["better", "two lines"]
    assert [remark.minimized for remark in pull.review_comments] == [None, "OUTDATED"]


def test_issues_are_found_made_closed_and_opened_again(repository: Repository, connect: Connect) -> None:
    repository.open_issue("Other", "text", author="somebody")
    hub = connect()
    made = hub.create_issue("Links", "body")
    hub.edit_issue(EditIssue(made.number, body="better", state="closed", reason="completed"))
    (seen,) = hub.own_issues()
    assert (seen.number, seen.body, seen.is_open, seen.is_unwanted, seen.is_pull_request) == (
        2,
        "better",
        False,
        False,
        False,
    )
    hub.edit_issue(EditIssue(made.number, state="open", reason="reopened"))
    assert hub.own_issues()[0].is_open


def test_whose_token_it_is_is_asked_where_it_is_not_known(connect: Connect) -> None:
    assert connect(own=None).own_id() == ACTIONS.id


def test_who_may_write(repository: Repository, connect: Connect) -> None:
    repository.collaborators["friend"] = "write"
    hub = connect()
    assert [hub.can_write(login) for login in ("lists", "friend", "stranger")] == [True, True, False]


def test_an_artifact_is_read_within_its_limit(repository: Repository, connect: Connect) -> None:
    run = repository.run(repository.open_pull({"README.md": "# New\n"}))
    repository.artifact(run, "listbot", b"PK" + b"x" * 1000)
    hub = connect()
    assert hub.artifact(run.id, "listbot", 2_000) == b"PK" + b"x" * 1000
    assert hub.artifact(run.id, "listbot", 500) is None
    assert hub.artifact(run.id, "other", 500) is None


@pytest.mark.parametrize("denied", [403, 404])
def test_a_token_that_may_not_write_is_told_apart(forge: Forge, repository: Repository, denied: int) -> None:
    pull = repository.open_pull({"README.md": "# New\n"}, head_owner="newcomer")
    hub = Hub(repository.full_name, forge.fork_token(denied).value, forge.api, pace=0, backoff=0)
    with pytest.raises(NoPermissionError):
        hub.create_comment(pull.number, "hello")
    hub.close()


@pytest.mark.parametrize("fault", [BadGatewayAfterCommit(), ResetAfterCommit(), BadGateway(on="POST *")])
def test_a_creation_that_failed_on_the_way_goes_out_once(
    forge: Forge, repository: Repository, connect: Connect, fault: BadGateway
) -> None:
    pull = repository.open_pull({"README.md": "# New\n"})
    forge.fault(fault)
    with pytest.raises(UncertainError):
        connect().create_comment(pull.number, "hello")
    assert len(forge.writes) == 1


@pytest.mark.parametrize(
    "fault",
    [
        BadGateway(on="PATCH *", times=3),
        SecondaryLimit(on="PATCH *", writes=0, retry_after=0),
        SecondaryLimit(on="PATCH *", writes=0, retry_after=None),
        SecondaryLimit(on="PATCH *", writes=0, status=429),
        Refused(on="PATCH *", status=503, message="Service unavailable"),
    ],
)
def test_a_change_is_repeated_until_it_is_made(
    forge: Forge, repository: Repository, connect: Connect, fault: BadGateway
) -> None:
    pull = repository.open_pull({"README.md": "# New\n"})
    hub = connect()
    made = hub.create_comment(pull.number, "one")
    forge.fault(fault)
    hub.edit_comment(made.id, "two")
    assert [comment.body for comment in pull.comments] == ["two"]


def test_a_limit_that_lasts_an_hour_is_left_to_the_next_run(
    forge: Forge, repository: Repository, connect: Connect
) -> None:
    pull = repository.open_pull({"README.md": "# New\n"})
    forge.fault(PrimaryLimit(reset=4_102_444_800))
    with pytest.raises(DeferredError):
        connect().comments(pull.number)


def test_a_list_is_one_request_a_page(forge: Forge, repository: Repository, connect: Connect) -> None:
    pull = repository.open_pull({"README.md": LIST + "- two\n- three\n"})
    hub = connect()
    hub.create_review(pull.number, pull.head_sha, "Lines.", [NewInline("README.md", 4, 4, "x")] * 15)
    for number in range(40):
        repository.open_issue(f"Issue {number}", "text", author="github-actions[bot]")
    before = len(forge.requests)
    assert len(hub.inline_comments(pull.number)) == 15
    assert len(hub.own_issues()) == 40
    assert len(forge.requests) - before == 2
