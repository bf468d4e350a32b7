"""The ways in which the fake GitHub goes wrong, each seen from a client's side."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import requests

from tests.forge.contract import Contract
from tests.forge.faults import (
    BadGateway,
    BadGatewayAfterCommit,
    Fault,
    ListLag,
    MovedHead,
    PrimaryLimit,
    Refused,
    Rendezvous,
    ResetAfterCommit,
    SecondaryLimit,
    weather,
)
from tests.forge.forge import Forge
from tests.forge.pull import Pull
from tests.forge.world import Repository


class Caller:
    """The barest client: one session, one token, the status or None where the connection was cut."""

    def __init__(self, forge: Forge, repository: Repository) -> None:
        token = forge.token({"pull-requests": "write", "issues": "write", "contents": "read"})
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token.value}"
        self.home = f"{forge.api}/repos/{repository.full_name}"

    def comment(self, body: str = "hello") -> int | None:
        try:
            answer = self.session.post(f"{self.home}/issues/1/comments", json={"body": body}, timeout=15)
        except requests.ConnectionError:
            return None
        return answer.status_code

    def comments(self) -> list[str]:
        answer = self.session.get(f"{self.home}/issues/1/comments", timeout=15)
        return [comment["body"] for comment in answer.json()]


@pytest.fixture
def papers(forge: Forge) -> Repository:
    return forge.repository("lists/papers")


@pytest.fixture
def pull(papers: Repository) -> Pull:
    return papers.open_pull({"README.md": "# Papers\n"}, head_owner="newcomer")


@pytest.fixture
def caller(forge: Forge, papers: Repository, pull: Pull) -> Iterator[Caller]:
    assert pull.number == 1
    made = Caller(forge, papers)
    yield made
    made.session.close()


@pytest.mark.parametrize(
    ("fault", "first", "made"),
    [
        (BadGateway(on="POST *"), 502, 0),
        (BadGatewayAfterCommit(), 502, 1),
        (ResetAfterCommit(), None, 1),
        (Refused(on="POST *", status=503, message="Sorry"), 503, 0),
        (PrimaryLimit(on="POST *"), 403, 0),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Fault) else str(value),
)
def test_a_fault_strikes_once_and_makes_or_does_not_make_the_change(
    forge: Forge, pull: Pull, caller: Caller, fault: Fault, first: int | None, made: int
) -> None:
    forge.fault(fault)
    assert caller.comment() == first
    assert len(pull.comments) == made
    assert caller.comment() == 201
    assert [request.status for request in forge.requests] == [first or 0, 201]


def test_a_fault_strikes_where_it_hangs(forge: Forge, pull: Pull, caller: Caller) -> None:
    forge.fault(BadGatewayAfterCommit(on="POST */reviews"))
    assert caller.comment() == 201
    assert len(pull.comments) == 1


def test_a_list_lags_behind(forge: Forge, caller: Caller) -> None:
    forge.fault(ListLag(on="POST */comments", lists=2))
    caller.comment("first")
    caller.comment("second")
    assert [caller.comments() for _ in range(3)] == [["second"], ["second"], ["first", "second"]]


def test_the_secondary_limit_comes_after_writes_and_passes(forge: Forge, caller: Caller) -> None:
    forge.fault(SecondaryLimit(writes=2, times=2, retry_after=7))
    assert [caller.comment() for _ in range(7)] == [201, 201, 403, 403, 201, 201, 403]
    answer = caller.session.post(f"{caller.home}/issues/1/comments", json={"body": "b"}, timeout=5)
    assert answer.headers["Retry-After"] == "7"
    assert answer.json()["message"].startswith("You have exceeded a secondary rate limit.")


def test_reading_is_outside_the_secondary_limit(forge: Forge, caller: Caller) -> None:
    forge.fault(SecondaryLimit(writes=0, times=9))
    assert caller.comments() == []
    query = {"query": "query { viewer { login } }"}
    assert caller.session.post(f"{forge.url}/graphql", json=query, timeout=5).status_code == 200


def test_the_head_moves_between_two_reads(forge: Forge, pull: Pull, caller: Caller) -> None:
    forge.fault(MovedHead(pull=pull, files={"README.md": "# Papers, again\n"}))
    before = pull.head_sha
    seen = [caller.session.get(f"{caller.home}/pulls/1", timeout=5).json()["head"]["sha"] for _ in range(3)]
    assert seen == [before, pull.head_sha, pull.head_sha]
    assert before != pull.head_sha


def test_two_runners_post_before_either_has_seen_the_other(
    forge: Forge, papers: Repository, pull: Pull, caller: Caller
) -> None:
    meeting = Rendezvous()
    forge.fault(meeting)
    other = Caller(forge, papers)
    seen: list[list[str]] = []

    def run(runner: Caller) -> None:
        seen.append(runner.comments())
        runner.comment()

    threads = [threading.Thread(target=run, args=(runner,)) for runner in (caller, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.session.close()
    assert (meeting.met, seen, len(pull.comments)) == (True, [[], []], 2)


def test_who_waits_alone_goes_on_alone(forge: Forge, caller: Caller) -> None:
    meeting = Rendezvous(patience=0.01)
    forge.fault(meeting)
    assert caller.comment() == 201
    assert not meeting.met


def test_one_seed_is_one_history(contract: Contract) -> None:
    histories = [_history(contract, seed) for seed in (1, 1, 2)]
    assert histories[0] == histories[1]
    assert histories[0] != histories[2]
    assert {0, 201, 502} <= set(histories[0])


def _history(contract: Contract, seed: int) -> list[int]:
    """The statuses of sixty comments in bad weather."""
    with Forge(contract, seed=seed) as forge:
        papers = forge.repository("lists/papers")
        papers.open_pull({"README.md": "# Papers\n"})
        forge.fault(*weather())
        caller = Caller(forge, papers)
        for number in range(60):
            caller.comment(str(number))
        caller.session.close()
        return [request.status for request in forge.requests]
