"""What could not be looked at is said, and never passes for what has been put right."""

from __future__ import annotations

import pytest
import requests

from listbot.bot import download
from listbot.bot.api import NoPermissionError
from listbot.liveness import Reason
from tests.bot.stage import Stage, stage
from tests.bot.test_report import (
    DUPLICATE,
    LIST,
    OTHER_FORM,
    ours,
    report,
    repository,
    token,
    with_facts,
)
from tests.forge.answers import Token
from tests.forge.faults import BadGateway, Fault, Refused, SecondaryLimit
from tests.forge.forge import Forge
from tests.forge.pull import Files, Pull
from tests.forge.world import Repository

__all__ = ["repository", "stage", "token"]

TOOL = "https://tool.test/tool"
LINKED = f"- [Tool]({TOOL})\n"
NOT_ALL = "### Nothing found in what was looked at\n\nBut not all was, so what was said here before may still hold.\n\n"


@pytest.mark.parametrize(
    ("then", "why"),
    [
        (
            {"README.md": f"{LIST}{DUPLICATE}- [Long](https://example.com/) {'x' * 20_100}\n"},
            "- Could not be read, and is not judged: `README.md`",
        ),
        ({"README.md": "x\n" * 1_000_001}, "- Could not be read, and is not judged: `README.md`"),
        ({"README.md": (LIST + DUPLICATE).encode() + b"\xff\n"}, "- Could not be read, and is not judged: `README.md`"),
        (
            {"README.md": LIST + DUPLICATE, **{f"A{number:02}.md": "# A\n" for number in range(26)}},
            "- Not looked at here, as this change has so many files: "
            "`A20.md`, `A21.md`, `A22.md`, `A23.md`, `A24.md` and 2 more",
        ),
    ],
)
def test_what_is_not_read_is_not_put_right(
    stage: Stage, forge: Forge, repository: Repository, token: Token, then: Files, why: str
) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    report(stage, forge, pull, token)
    pull.push(then)
    assert report(stage, forge, pull, token).code == 0
    assert ours(pull) == [NOT_ALL + why]
    assert report(stage, forge, pull, token).writes == []
    pull.push({"README.md": LIST, **{path: None for path in then if path != "README.md"}})
    report(stage, forge, pull, token)
    assert ours(pull) == ["### All fixed\n\nWhat this change brought up has been put right. Thank you!"]


def test_a_comment_with_findings_names_what_was_not_read(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE, "more.md": b"\xff"}, head_owner="newcomer")
    report(stage, forge, pull, token)
    assert "\n- Could not be read, and is not judged: `more.md`\n" in ours(pull)[0]


def test_a_dead_link_of_which_nothing_is_known_any_more_is_not_put_right(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    """The first stage was cancelled, or its artifact has gone."""
    pull = repository.open_pull({"README.md": LIST + LINKED}, head_owner="newcomer")
    with_facts(stage, forge, pull, token, TOOL)
    assert ours(pull)[0].startswith("### This change brings 1 error\n")
    report(stage, forge, pull, token)
    unknown = "- Whether its new links lead anywhere is not known here"
    assert ours(pull) == [NOT_ALL + unknown]
    with_facts(stage, forge, pull, token, alive=[TOOL])
    assert ours(pull)[0].startswith("### All fixed")


@pytest.mark.parametrize(
    ("reason", "is_told"),
    [
        (Reason.TIMEOUT, False),
        (Reason.STATUS_5XX, False),
        (Reason.RATE_LIMITED, False),
        (Reason.ONCE_GONE, False),
        (Reason.BOT_WALL, True),
        (Reason.REDIRECT_PERMANENT, True),
        (Reason.OK, True),
    ],
)
def test_a_dead_link_that_gives_no_answer_is_not_put_right(
    stage: Stage, forge: Forge, repository: Repository, token: Token, reason: Reason, is_told: bool
) -> None:
    pull = repository.open_pull({"README.md": LIST + LINKED}, head_owner="newcomer")
    with_facts(stage, forge, pull, token, TOOL)
    assert ours(pull)[0].startswith("### This change brings 1 error\n")
    with_facts(stage, forge, pull, token, other={TOOL: reason})
    if is_told:
        assert "gave no answer" not in ours(pull)[0]
    else:
        assert ours(pull) == [NOT_ALL + "- 1 new link gave no answer"]
    pull.push({"README.md": LIST})
    report(stage, forge, pull, token)
    assert ours(pull)[0].startswith("### All fixed")


def unreachable(*_: object, **__: object) -> None:
    raise requests.exceptions.ConnectionError("reset")


def gone(_url: str, _limit: int) -> bytes:
    raise NoPermissionError("GitHub's store does not give the artifact away (410)")


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("store reset", "GitHub cannot be reached"),
        ("store gone", "GitHub's store does not give the artifact away (410)"),
        ("zip gone", "GitHub does not give the artifact away (410)"),
        ("list refused", "GitHub says no to the artifact (403)"),
        ("list away", "GitHub cannot be reached"),
    ],
)
def test_an_artifact_that_cannot_be_had_keeps_no_comment_away(
    stage: Stage,
    forge: Forge,
    repository: Repository,
    token: Token,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    why: str,
) -> None:
    if fault.startswith("store"):
        monkeypatch.setattr(download, "fetched", unreachable if fault.endswith("reset") else gone)
    elif fault.startswith("zip"):
        forge.fault(Refused(on="GET */zip", status=410), Refused(on="GET */{archive_format}", status=410))
    else:
        on = "GET */artifacts"
        forge.fault(Refused(on=on, times=9) if fault.endswith("refused") else BadGateway(on=on, times=9))
    pull = repository.open_pull({"README.md": LIST + DUPLICATE + LINKED}, head_owner="newcomer")
    done = with_facts(stage, forge, pull, token, TOOL)
    assert (done.code, len(ours(pull))) == (0, 1)
    assert f"listbot: what the first stage found of links is left out: {why}" in done.err
    assert "is already listed on line 18" in ours(pull)[0]


def test_without_permission_to_read_artifacts_the_comment_is_there(
    stage: Stage, forge: Forge, repository: Repository
) -> None:
    poor = forge.token({"contents": "read", "pull-requests": "write"})
    pull = repository.open_pull({"README.md": LIST + DUPLICATE + LINKED}, head_owner="newcomer")
    assert with_facts(stage, forge, pull, poor, TOOL).code == 0
    assert len(ours(pull)) == 1


@pytest.mark.parametrize(
    "fault",
    [
        BadGateway(on="POST */reviews"),
        SecondaryLimit(on="POST */reviews", writes=0, retry_after=1),
    ],
)
def test_a_review_that_failed_is_made_by_the_second_try(
    stage: Stage, forge: Forge, repository: Repository, token: Token, fault: Fault
) -> None:
    """That the comment before it was written proves nothing of the review."""
    forge.fault(fault)
    pull: Pull = repository.open_pull({"README.md": LIST + OTHER_FORM}, head_owner="newcomer")
    done = report(stage, forge, pull, token)
    assert (done.code, len(pull.review_comments)) == (0, 1)
    assert [one.partition("papers/")[2] for one in done.writes].count("pulls/1/reviews") == 2


def test_one_monstrous_entry_hides_no_other(stage: Stage, forge: Forge, repository: Repository, token: Token) -> None:
    broken = " ".join(f"[a{number}](#no-{number})" for number in range(900))
    text = f"{LIST}- [All](https://arxiv.org/abs/2001.00001) {broken}\n{DUPLICATE}"
    pull = repository.open_pull({"README.md": text}, head_owner="newcomer")
    assert report(stage, forge, pull, token).code == 0
    (said,) = ours(pull)
    assert said.startswith("### This change brings 901 errors\n")
    assert said.count("broken-anchor](") == 10
    assert "\n  - and 890 more here\n" in said
    assert "is already listed on line 18" in said


@pytest.mark.parametrize("has_moved", [False, True])
def test_a_very_long_list_takes_a_request_for_each_version_and_no_more(
    stage: Stage, forge: Forge, repository: Repository, token: Token, has_moved: bool
) -> None:
    """GraphQL cuts texts of half a megabyte. Suggestions are spared where the base has moved on, for they would take
    a third."""
    entries = "".join(
        f"- [Paper number {number}](https://example.org/paper/{number}) - A description of some length, {number}.\n"
        for number in range(7_000)
    )
    repository.commit({"README.md": LIST + entries})
    pull = repository.open_pull({"README.md": LIST + entries + OTHER_FORM + LINKED}, head_owner="newcomer")
    if has_moved:
        repository.commit({"README.md": (LIST + entries).replace("# Papers\n", "# Papers\n\nIntroduction.\n")})
    done = with_facts(stage, forge, pull, token, TOOL)
    assert len(LIST + entries) > 512_000
    assert (done.code, len(ours(pull)), len(pull.review_comments)) == (0, 1, 0 if has_moved else 1)
    assert sum("/git/blobs/" in one.path for one in done.requests) == 2
    assert len(done.requests) == 12


def test_a_change_of_the_settings_is_mentioned_and_silences_nothing(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    off: Files = {"README.md": LIST + DUPLICATE, "listbot.toml": 'ignore = ["duplicate-entry"]\n'}
    pull = repository.open_pull(off, head_owner="newcomer")
    report(stage, forge, pull, token)
    assert "is already listed on line 18" in ours(pull)[0]
    assert "\n**This change edits listbot's settings**, which hold from the merge on" in ours(pull)[0]
