"""The client against a GitHub that is held against GitHub's own description."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from listbot.bot import answers, contents
from listbot.bot.api import DeferredError, LimitedError, NoPermissionError, RefusedError, UncertainError
from listbot.bot.github import Hub
from listbot.bot.observed import At, Author
from listbot.bot.plan import DeleteComment, EditComment, EditInline, EditIssue, Minimize, NewInline
from tests.forge.faults import (
    BadGateway,
    BadGatewayAfterCommit,
    PrimaryLimit,
    Refused,
    ResetAfterCommit,
    SecondaryLimit,
)
from tests.forge.forge import Forge
from tests.forge.objects import blob_sha
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
    assert seen == (pull.number, pull.head_sha, pull.base_sha, pull.head.id, repository.id, True, "main")
    comparison = hub.compare(seen.base, seen.head)
    assert comparison.merge_base == pull.merge_base
    assert [(one.path, one.status) for one in comparison.files] == [("README.md", "modified")]
    assert "+- [Two](https://example.com/2)" in (comparison.files[0].patch or "")
    held = frozenset({"README.md", "docs/a b.md"})
    assert hub.tree(seen.head) == (held, held, True)
    odd, none, folder, changed = (
        At("main", "docs/a b.md"),
        At("main", "no.md"),
        At("main", "docs"),
        At(seen.head, "nor this.md"),
    )
    found = hub.files([odd, none, folder, changed], 100, pull.number)
    assert found.files == {odd: (5, "# Ü\n".encode())}
    assert found.merge == (pull.test_merge.sha, pull.base_sha, pull.head_sha) if pull.test_merge else False
    assert hub.discussion(pull.number) == (pull.head_sha, True, (), (), ())
    assert len(forge.requests) == 5


def test_files_are_what_git_has_byte_by_byte(forge: Forge, repository: Repository, connect: Connect) -> None:
    """What GraphQL cuts, or gives no text of, is fetched by its hash; what is larger than was asked for is not."""
    files: dict[str, str | bytes | None] = {
        "crlf.md": b"\xef\xbb\xbf# Title\r\n\r\n",
        "long.md": "ü" * 300_000,
        "utf16.md": "# Title".encode("utf-16"),
        "huge.md": "x" * 1_000_001,
        "empty.md": b"",
    }
    commit = repository.commit(files)
    hub = connect()
    before = len(forge.requests)
    found = hub.files([At(commit.sha, path) for path in sorted(files)], 1_000_000).files
    expected = {path: commit.files[path] if path != "huge.md" else None for path in files}
    assert {at.path: file.content for at, file in found.items()} == expected
    assert found[At(commit.sha, "huge.md")].size == 1_000_001
    assert [request.path.rpartition("/")[2] for request in forge.requests[before:]] == [
        "graphql",
        blob_sha(commit.files["long.md"]),
        blob_sha(commit.files["utf16.md"]),
    ]


def test_text_that_is_not_what_git_has_is_not_believed() -> None:
    row = {"__typename": "Blob", "oid": blob_sha(b"# A\r\n"), "byteSize": 5, "isTruncated": False, "text": "# A\r\n"}
    assert contents.text_of(row) == b"# A\r\n"
    assert contents.text_of(row | {"text": "# A\n"}) is None
    assert contents.text_of(row | {"text": "# A\ud800"}) is None
    longer = hashlib.sha256(b"blob 5\0# A\r\n").hexdigest()
    assert contents.text_of(row | {"oid": longer}) == b"# A\r\n"


def test_a_pull_request_that_cannot_be_merged_has_no_merge(repository: Repository, connect: Connect) -> None:
    pull = repository.open_pull({"README.md": LIST + "- [Two](https://example.com/2)\n"})
    repository.commit({"README.md": LIST + "- [Three](https://example.com/3)\n"})
    assert connect().files([], 100, pull.number).merge is None


def test_all_of_a_long_discussion_is_read_a_hundred_of_a_kind_at_a_time(
    forge: Forge, repository: Repository, connect: Connect
) -> None:
    pull = repository.open_pull({"README.md": LIST + "- two\n- three\n"})
    hub = connect()
    for number in range(201):
        repository.comment(pull.number, f"comment {number}")
    for _ in range(6):
        hub.create_review(pull.number, pull.head_sha, "Lines.", [NewInline("README.md", 4, 4, "x")] * 20)
    before = len(forge.requests)
    seen = hub.discussion(pull.number)
    assert [comment.body for comment in seen.comments] == [f"comment {number}" for number in range(201)]
    assert (len(seen.inline), len(seen.reviews)) == (120, 6)
    assert len({comment.node for comment in seen.inline}) == 120
    assert len(forge.requests) - before == 3


def test_comments_are_made_edited_and_deleted(repository: Repository, connect: Connect) -> None:
    pull = repository.open_pull({"README.md": "# New\n"})
    hub = connect()
    made = hub.create_comment(pull.number, "one")
    assert made.author == Author(ACTIONS.id, True)
    hub.change([EditComment(made.node, "two")])
    assert hub.discussion(pull.number).comments == (made._replace(body="two", first="one"),)
    hub.change([DeleteComment(made.node), EditComment("gone", "x")])
    hub.change([DeleteComment(made.node)])
    assert pull.comments == []


def test_a_review_with_lines_is_made_changed_and_folded_in_one_request(
    forge: Forge, repository: Repository, connect: Connect
) -> None:
    pull = repository.open_pull({"README.md": LIST + "- two\n- three\n"})
    hub = connect()
    lines = [NewInline("README.md", 4, 4, "one line"), NewInline("README.md", 4, 5, "two lines")]
    hub.create_review(pull.number, pull.head_sha, "Suggestions.", lines)
    repository.reply(pull.review_comments[0], "why?", "curator")
    seen = hub.discussion(pull.number)
    first, second = seen.inline
    assert (first.body, first.outdated, first.folded, first.answered) == ("one line", False, False, True)
    assert (second.body, second.answered, second.review) == ("two lines", False, seen.reviews[0].node)
    before = len(forge.requests)
    hub.change([EditInline(first.node, "better"), Minimize(second.node), Minimize(seen.reviews[0].node)])
    assert len(forge.requests) - before == 1
    after = hub.discussion(pull.number)
    assert [(one.body, one.folded) for one in after.inline] == [("better", False), ("two lines", True)]
    assert [review.folded for review in after.reviews] == [True]
    pull.push({"README.md": LIST})
    assert all(one.outdated for one in hub.discussion(pull.number).inline)


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
        BadGateway(on="*", times=3),
        BadGatewayAfterCommit(on="*", times=2),
        SecondaryLimit(on="*", writes=0, retry_after=0),
        SecondaryLimit(on="*", writes=0, retry_after=None),
        SecondaryLimit(on="*", writes=0, status=429),
        Refused(on="*", status=503, message="Service unavailable"),
    ],
)
def test_a_change_is_repeated_until_it_is_made(
    forge: Forge, repository: Repository, connect: Connect, fault: BadGateway
) -> None:
    pull = repository.open_pull({"README.md": "# New\n"})
    hub = connect()
    made = hub.create_comment(pull.number, "one")
    issue = hub.create_issue("Links", "one")
    forge.fault(replace(fault, on="MUTATION /graphql"), replace(fault, on="PATCH *"))
    hub.change([EditComment(made.node, "two")])
    hub.edit_issue(EditIssue(issue.number, body="two"))
    assert [comment.body for comment in pull.comments] == ["two"]
    assert repository.issues[issue.number].body == "two"


def test_a_question_is_repeated_until_it_is_answered(forge: Forge, repository: Repository, connect: Connect) -> None:
    pull = repository.open_pull({"README.md": "# New\n"})
    forge.fault(BadGateway(on="QUERY /graphql", times=3))
    assert connect().discussion(pull.number).head == pull.head_sha


def test_a_creation_that_a_limit_stops_says_how_long_to_wait(
    forge: Forge, repository: Repository, connect: Connect
) -> None:
    pull = repository.open_pull({"README.md": "# New\n"})
    for wanted, wait in ((7, 7), (None, 0.01)):
        forge.faults.clear()
        forge.fault(SecondaryLimit(on="POST */comments", writes=0, retry_after=wanted))
        with pytest.raises(LimitedError) as raised:
            connect().create_comment(pull.number, "hello")
        assert raised.value.wait == wait
    forge.faults.clear()
    forge.fault(PrimaryLimit(reset=4_102_444_800))
    with pytest.raises(LimitedError) as raised:
        connect().create_comment(pull.number, "hello")
    assert raised.value.wait > 3_600
    assert pull.comments == []


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"type": "FORBIDDEN", "message": "no"}, NoPermissionError),
        ({"type": "NOT_FOUND", "message": "no"}, NoPermissionError),
        ({"type": "RATE_LIMITED", "message": "slow"}, DeferredError),
        ({"message": "Something went wrong while executing your query."}, DeferredError),
        ({"type": "UNPROCESSABLE", "message": "too long"}, RefusedError),
    ],
)
def test_errors_of_graphql_are_told_apart(error: dict[str, str], kind: type[Exception]) -> None:
    assert type(answers.refusal(error)) is kind


def test_what_every_request_says_of_itself(forge: Forge, repository: Repository, connect: Connect) -> None:
    pull = repository.open_pull({"README.md": "# New\n"}, head_owner="newcomer")
    run = repository.run(pull)
    repository.artifact(run, "listbot", b"PK")
    hub = connect()
    hub.open_pulls("newcomer", "patch-1")
    hub.compare(pull.base_sha, pull.head_sha)
    hub.tree("main")
    hub.files([At("main", "README.md")], 10_000)
    hub.artifact(run.id, "listbot", 100)
    hub.change([EditComment(hub.create_comment(pull.number, "one").node, "two")])
    hub.create_issue("Links", "text")
    assert {one.headers.get("x-github-api-version") for one in forge.requests} == {"2022-11-28"}
    assert {one.headers["user-agent"].partition("/")[0] for one in forge.requests} == {"listbot"}
    assert {one.headers["accept"] for one in forge.requests} <= {
        "application/vnd.github+json", "application/vnd.github.v3+json", "*/*",
    }  # fmt: skip


def test_a_limit_that_lasts_an_hour_is_left_to_the_next_run(
    forge: Forge, repository: Repository, connect: Connect
) -> None:
    pull = repository.open_pull({"README.md": "# New\n"})
    forge.fault(PrimaryLimit(reset=4_102_444_800))
    with pytest.raises(DeferredError):
        connect().discussion(pull.number)


def test_a_list_is_one_request_a_page(forge: Forge, repository: Repository, connect: Connect) -> None:
    for number in range(40):
        repository.open_issue(f"Issue {number}", "text", author="github-actions[bot]")
    hub = connect()
    before = len(forge.requests)
    assert len(hub.own_issues()) == 40
    assert len(forge.requests) - before == 1
