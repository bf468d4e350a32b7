"""The second stage on a GitHub that is held against GitHub's own description: what people see in the end."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pytest

from listbot.bot import artifact
from listbot.commands import confined
from listbot.liveness import LinkResult, Outcome, Reason, outcome_of
from tests.bot.hostile import ATTACKS, assert_inert, assert_suggestion_is_inert
from tests.bot.stage import APART, Done, Stage, stage
from tests.forge import events, prism
from tests.forge.answers import Token
from tests.forge.contract import Contract
from tests.forge.faults import (
    BadGateway,
    BadGatewayAfterCommit,
    ListLag,
    MovedHead,
    PrimaryLimit,
    Refused,
    ResetAfterCommit,
)
from tests.forge.forge import Forge, workflow_permissions
from tests.forge.records import ACTIONS
from tests.forge.world import Pull, Repository

__all__ = ["stage"]

GRANTED = {"contents": "read", "pull-requests": "write", "actions": "read"}
"""What `.github/workflows/listbot-report.yml` grants."""
ENTRIES = "".join(f"- [Paper {n}](https://arxiv.org/abs/2205.1413{n}) - Notes.\n" for n in range(10))
LIST = f"# Papers\n\n## Memory\n\n{ENTRIES}\n## Speed\n\n- [Fast](https://arxiv.org/abs/1706.03762)\n"
DUPLICATE = "- [Fast again](https://arxiv.org/abs/1706.03762)\n"
RULES = 'select = ["broken-anchor", "dead-link", "duplicate-entry", "malformed-link", "pdf-link-format"]\n'
"""The rules that these tests are about; others may come."""
OTHER_FORM = "- [Reformer](https://arxiv.org/pdf/2001.04451)\n"


@pytest.fixture
def repository(forge: Forge) -> Repository:
    return forge.repository("curator/papers", {"README.md": LIST, "listbot.toml": RULES})


@pytest.fixture
def token(forge: Forge) -> Token:
    return forge.token(GRANTED)


def report(stage: Stage, forge: Forge, pull: Pull, token: Token, *arguments: str, **more: str) -> Done:
    run = pull.repository.run(pull, conclusion="failure")
    payload = events.workflow_run(forge, pull.repository, run)
    return stage.run("report", *arguments, event="workflow_run", payload=payload, token=token, **more)


def ours(pull: Pull) -> list[str]:
    return [comment.body.partition("\n")[2] for comment in pull.comments if comment.author.login == ACTIONS.login]


def test_nothing_is_said_where_all_is_well(stage: Stage, forge: Forge, repository: Repository, token: Token) -> None:
    pull = repository.open_pull(
        {"README.md": LIST + "- [New](https://arxiv.org/abs/2001.04451)\n"}, head_owner="newcomer"
    )
    done = report(stage, forge, pull, token)
    assert (done.code, done.writes) == (0, [])
    assert len(done.requests) <= 12


def test_one_comment_true_to_the_last_state(stage: Stage, forge: Forge, repository: Repository, token: Token) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    first = report(stage, forge, pull, token)
    assert (first.code, len(pull.comments)) == (0, 1)
    assert "arxiv:1706.03762 is already listed on line 18" in ours(pull)[0]
    again = report(stage, forge, pull, token)
    assert again.writes == []
    pull.push({"README.md": LIST + DUPLICATE + "\n##Tools\n"})
    report(stage, forge, pull, token)
    pull.push({"README.md": LIST})
    fixed = report(stage, forge, pull, token)
    assert ours(pull) == ["### All fixed\n\nWhat this change brought up has been put right. Thank you!"]
    assert report(stage, forge, pull, token).writes == []
    assert all(len(done.requests) <= 12 for done in (first, again, fixed))
    assert workflow_permissions(GRANTED, forge.needs(token)) == []


def test_old_findings_are_not_the_newcomers(stage: Stage, forge: Forge, repository: Repository, token: Token) -> None:
    repository.commit({"README.md": LIST + DUPLICATE})
    pull = repository.open_pull({"README.md": LIST + DUPLICATE + "- [New](https://arxiv.org/abs/2001.04451)\n"})
    assert report(stage, forge, pull, token).writes == []


def test_a_suggestion_that_applies_with_a_click(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    pull = repository.open_pull({"README.md": LIST + OTHER_FORM}, head_owner="newcomer")
    report(stage, forge, pull, token)
    (remark,) = pull.review_comments
    assert (remark.path, remark.line) == ("README.md", LIST.count("\n") + 1)
    assert remark.body.endswith("\n\n```suggestion\n- [Reformer](https://arxiv.org/abs/2001.04451)\n```")
    pull.push({"README.md": LIST + OTHER_FORM.replace("pdf", "abs")})
    with_facts(stage, forge, pull, token, alive=["https://arxiv.org/abs/2001.04451"])
    assert remark.minimized == "OUTDATED"
    assert ours(pull)[0].startswith("### All fixed")
    assert with_facts(stage, forge, pull, token, alive=["https://arxiv.org/abs/2001.04451"]).writes == []


def test_a_suggestion_is_shown_again_when_its_finding_comes_back(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    pull = repository.open_pull({"README.md": LIST + OTHER_FORM}, head_owner="newcomer")
    report(stage, forge, pull, token)
    (remark,) = pull.review_comments
    repository.commit({"listbot.toml": RULES + 'ignore = ["pdf-link-format"]\n'})
    report(stage, forge, pull, token)
    assert remark.minimized == "OUTDATED"
    repository.commit({"listbot.toml": RULES})
    report(stage, forge, pull, token)
    assert (remark.minimized, pull.review_comments) == (None, [remark])
    assert {review.minimized for review in repository.reviews.values()} == {None}
    assert report(stage, forge, pull, token).writes == []


def test_the_fullest_run_takes_eleven_requests_and_each_write_follows_a_fresh_look(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    """Settings, four files, an artifact, a comment with suggestions; then a push that mends one and breaks another, on
    a base that has moved on. GitHub, asked as a registry, makes it twelve."""
    tool = "- [Tool](https://tool.test/tool)\n"
    repository.commit({"docs/one.md": "# One\n", "docs/two.md": "# Two\n", "three.md": "# Three\n"})
    others: dict[str, str | bytes | None] = {
        "docs/one.md": "# One\n\nMore.\n",
        "docs/2.md": "# Two\n",
        "docs/two.md": None,
        "three.md": "# 3\n",
    }
    pull = repository.open_pull({"README.md": LIST + OTHER_FORM + tool, **others}, head_owner="newcomer")
    first = with_facts(stage, forge, pull, token, "https://tool.test/tool")
    assert [one.partition("papers/")[2] for one in first.writes] == ["issues/1/comments", "pulls/1/reviews"]
    pull.push({"README.md": LIST + tool + "- [Longformer](https://arxiv.org/pdf/2004.05150)\n"})
    repository.commit({"README.md": LIST.replace("# Papers\n", "# Papers\n\nAn introduction.\n")})
    second = with_facts(stage, forge, pull, token, "https://tool.test/tool")
    assert [one.partition("papers/")[2] for one in second.writes] == ["", "pulls/1/reviews"]
    old, new = pull.review_comments
    assert (old.minimized, new.minimized) == ("OUTDATED", None)
    assert [review.minimized for review in repository.reviews.values()] == ["OUTDATED", None]
    for done, most in ((first, 10), (second, 11)):
        assert len(done.requests) == most
        for before, write in zip(done.requests, done.requests[1:], strict=False):
            assert not write.writes or (before.path, before.writes) == ("/graphql", False)


def with_facts(
    stage: Stage,
    forge: Forge,
    pull: Pull,
    token: Token,
    *dead: str,
    alive: Sequence[str] = (),
    other: Mapping[str, Reason] = MappingProxyType({}),
) -> Done:
    """A second stage whose first stage found links dead, others alive, and others something else."""
    repository = pull.repository
    run = repository.run(pull)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        facts = {url: LinkResult(url, Outcome.GONE, Reason.STATUS_404) for url in dead}
        facts |= {url: LinkResult(url, Outcome.ALIVE, Reason.OK) for url in alive}
        facts |= {url: LinkResult(url, outcome_of(reason), reason) for url, reason in other.items()}
        archive.writestr("listbot.json", artifact.written(pull.head_sha, facts))
    repository.artifact(run, "listbot", stream.getvalue())
    payload = events.workflow_run(forge, repository, run)
    return stage.run("report", event="workflow_run", payload=payload, token=token)


def test_what_a_stranger_wrote_is_read_in_a_process_of_its_own(
    stage: Stage, forge: Forge, repository: Repository, token: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = {"README.md": LIST + OTHER_FORM + "- [Tool](https://tool.test/tool)\n", "bad.md": b"\xff\xfe"}
    pulls = [repository.open_pull(text, branch=branch) for branch in ("here", "apart")]
    with_facts(stage, forge, pulls[0], token, "https://tool.test/tool")
    asked: list[str] = []

    def apart(work: Callable[..., str], *arguments: object) -> str:
        asked.append(work.__name__)
        return APART(work, *arguments)

    monkeypatch.setattr(confined, "answer", apart)
    done = with_facts(stage, forge, pulls[1], token, "https://tool.test/tool")
    assert asked == ["_links", "_said"]
    assert "bad.md: this file is UTF-16" in done.err
    said = [ours(pull)[0].replace(pull.head_sha, "").replace(pull.head_sha[:10], "") for pull in pulls]
    assert said[0] == said[1]
    bodies = [[one.body.partition("\n")[2] for one in pull.review_comments] for pull in pulls]
    assert bodies[0] == bodies[1] != []


def test_a_pull_request_that_takes_too_much_is_left_alone(
    stage: Stage, forge: Forge, repository: Repository, token: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*_: object) -> str:
        raise confined.ExhaustedError("this takes more time or memory than is given to a pull request")

    monkeypatch.setattr(confined, "answer", exhausted)
    done = report(stage, forge, repository.open_pull({"README.md": LIST + DUPLICATE}), token)
    assert (done.code, done.writes) == (0, [])
    assert "more time or memory than is given" in done.err


def test_comments_on_lines_that_github_does_not_take_are_no_failure(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    pull = repository.open_pull({"README.md": LIST + OTHER_FORM}, head_owner="newcomer")
    forge.fault(Refused(on="POST */reviews", status=422, message="Line could not be resolved"))
    done = report(stage, forge, pull, token)
    assert (done.code, len(ours(pull)), pull.review_comments) == (0, 1, [])
    assert "GitHub did not take this: create a review of #1 with 1 comment on lines" in done.err
    report(stage, forge, pull, token)
    assert len(pull.review_comments) == 1


def test_settings_are_those_of_the_branch_that_it_goes_to(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    off = RULES + 'ignore = ["duplicate-entry"]\n'
    pull = repository.open_pull({"README.md": LIST + DUPLICATE, "listbot.toml": off})
    report(stage, forge, pull, token)
    assert len(ours(pull)) == 1
    repository.commit({"listbot.toml": off})
    with_facts(stage, forge, pull, token, alive=["https://arxiv.org/abs/1706.03762"])
    assert ours(pull)[0].startswith("### All fixed")


def test_another_branch_has_settings_of_its_own(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    """As in the first stage."""
    repository.commit({"listbot.toml": RULES + 'ignore = ["duplicate-entry"]\n'}, branch="next")
    for base, said in (("next", 0), ("main", 1)):
        pull = repository.open_pull({"README.md": LIST + DUPLICATE}, base=base, branch=f"to-{base}")
        report(stage, forge, pull, token)
        assert len(ours(pull)) == said


@pytest.mark.parametrize(
    ("on", "what"),
    [
        ("GET */pulls", "the list of pull requests"),
        ("QUERY /graphql", "GraphQL"),
        ("GET */compare/{basehead}", "the comparison of two commits"),
        ("GET */trees/{tree_sha}", "the list of files"),
    ],
)
def test_a_refusal_to_read_names_what_was_refused(
    stage: Stage, forge: Forge, repository: Repository, token: Token, on: str, what: str
) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    forge.fault(Refused(on=on, status=404, message="Not Found", times=9))
    done = report(stage, forge, pull, token)
    assert (done.code, done.writes) == (0, [])
    assert f"this token may not read what is needed (GitHub says no to {what} (404): " in done.err


def test_an_event_of_another_kind_is_told_so(stage: Stage, token: Token, tmp_path: Path) -> None:
    path = tmp_path / "pull_request.json"
    path.write_text(json.dumps({"repository": {"id": 7, "name": "papers", "owner": {"login": "curator"}}}), "utf-8")
    done = stage.run("report", "--event", str(path), event="push", payload={}, token=token)
    assert (done.code, done.err) == (
        0,
        "listbot: the event tells of no finished workflow; name the file of one of 'workflow_run'; nothing to do\n",
    )


def test_a_pull_request_to_another_branch_is_held_against_that_branch(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    rules = RULES.replace('"dead-link"', '"broken-path", "dead-link"')
    repository.commit({"more.md": "# More\n", "listbot.toml": rules}, branch="next")
    linked = LIST + "- [More](more.md)\n- [Nothing](nothing.md)\n"
    pull = repository.open_pull({"README.md": linked}, base="next")
    report(stage, forge, pull, token)
    assert "nothing.md" in ours(pull)[0]
    assert "more.md" not in ours(pull)[0].replace("nothing.md", "")


def test_a_suppression_of_the_change_is_listed_and_silences_no_error(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    silenced = DUPLICATE.rstrip("\n") + " <!-- listbot: ignore[duplicate-entry] @me likes it -->\n"
    pull = repository.open_pull({"README.md": LIST + silenced})
    report(stage, forge, pull, token)
    (said,) = ours(pull)
    assert "is already listed on line 18" in said
    assert "**This change asks listbot to ignore**" in said
    assert ": `duplicate-entry` `@\u200bme likes it`" in said


OTHER = "- [Other](https://arxiv.org/abs/2303.06865)\n"
ALLOWED = "<!-- listbot: ignore[duplicate-entry] two readings of it -->"


@pytest.mark.parametrize(
    ("base", "head"),
    [
        # an old comment is moved above another entry
        (f"{ALLOWED}\n{OTHER}", f"{OTHER}{ALLOWED}\n{DUPLICATE}"),
        # an old comment now holds for the whole file
        (DUPLICATE.rstrip() + f" {ALLOWED}\n", DUPLICATE.rstrip() + f" {ALLOWED}\n".replace("ignore", "ignore-file")),
        # a new one for the whole file
        ("", f"\n{ALLOWED}\n".replace("ignore", "ignore-file")),
        # on the line above
        ("", f"{ALLOWED}\n- [Fast indeed](https://arxiv.org/abs/1706.03762)\n"),
    ],
)
def test_no_comment_of_the_change_silences_its_errors(
    stage: Stage, forge: Forge, repository: Repository, token: Token, base: str, head: str
) -> None:
    repository.commit({"README.md": LIST + base})
    third = DUPLICATE.replace("again", "for ever")
    pull = repository.open_pull({"README.md": LIST + head + third}, head_owner="newcomer")
    report(stage, forge, pull, token)
    (said,) = ours(pull)
    assert "### This change brings" in said
    assert "error" in said.partition("\n")[0]
    assert "**This change asks listbot to ignore**" in said


def test_old_comments_hold_wherever_they_stand(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    repository.commit({"README.md": LIST + DUPLICATE.rstrip() + f" {ALLOWED}\n"})
    moved = f"{LIST}\n## More\n\n{ALLOWED}\n{DUPLICATE}"
    pull = repository.open_pull({"README.md": moved + "- [New](https://arxiv.org/abs/2001.04451)\n"})
    assert report(stage, forge, pull, token).writes == []


def test_what_the_first_stage_found_of_links_is_shown(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    tool = "https://tool.test/tool"
    pull = repository.open_pull({"README.md": LIST + DUPLICATE + f"- [Tool]({tool})\n"}, head_owner="newcomer")
    done = with_facts(stage, forge, pull, token, tool)
    assert done.code == 0
    assert "[project](<https://tool.test/tool>) ❌ gone" in ours(pull)[0]
    assert len(done.requests) <= 12


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_lists_make_inert_comments(stage: Stage, forge: Forge, token: Token, attack: str) -> None:
    repository = forge.repository("curator/papers", {"README.md": LIST})
    bad = attack.replace("\x00", "")  # a file that holds NUL is no text
    text = (
        f"{LIST}- [{bad}](https://arxiv.org/pdf/2205.14135)\n- {bad} [x](https://arxiv.org/abs/1706.03762\n## {bad}\n"
    )
    pull = repository.open_pull({"README.md": text}, head_owner="newcomer")
    done = report(stage, forge, pull, token, GITHUB_ACTIONS="true")
    assert done.code == 0
    (said,) = ours(pull)
    assert_inert(said)
    for remark in pull.review_comments:
        assert_suggestion_is_inert(remark.body.partition("\n")[2])


@pytest.mark.parametrize("fault", [BadGatewayAfterCommit(), ResetAfterCommit(), ListLag(lists=2)])
def test_one_comment_whatever_goes_wrong(
    stage: Stage, forge: Forge, repository: Repository, token: Token, fault: ListLag
) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    forge.fault(fault)
    report(stage, forge, pull, token)
    report(stage, forge, pull, token)
    assert len(ours(pull)) == 1


def test_a_head_that_moves_is_left_to_the_next_run(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    forge.fault(MovedHead(pull=pull, files={"README.md": LIST}, on="GET */compare/{basehead}"))
    done = report(stage, forge, pull, token)
    assert (done.code, done.writes) == (0, [])
    assert "the pull request has moved on" in done.err


@pytest.mark.parametrize("denied", [403, 404])
def test_a_token_that_may_not_comment_is_no_failure(
    stage: Stage, forge: Forge, repository: Repository, denied: int
) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    done = report(stage, forge, pull, forge.fork_token(denied))
    assert (done.code, pull.comments) == (0, [])
    assert "this token may not comment here" in done.err


def test_a_token_of_a_person_is_told_so_and_leaves_nothing(stage: Stage, forge: Forge, repository: Repository) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    done = report(stage, forge, pull, forge.token(GRANTED, login="curator"))
    assert (done.code, pull.comments) == (2, [])
    assert "a person and no bot" in done.err


def test_a_closed_pull_request_and_a_second_one_of_the_same_head_are_left_alone(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    pull.close()
    done = report(stage, forge, pull, token)
    assert (done.code, done.writes) == (0, [])
    assert "0 open pull requests have this head" in done.err


def test_a_list_that_is_renamed_or_deleted_brings_nothing(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    repository.commit({"README.md": LIST + DUPLICATE, "old.md": LIST + DUPLICATE + "\nThe end.\n"})
    moved: dict[str, str | bytes | None] = {"README.md": None, "LIST.md": LIST + DUPLICATE, "old.md": None}
    done = report(stage, forge, repository.open_pull(moved, head_owner="newcomer"), token)
    assert (done.code, done.writes, done.err) == (0, [], "")


def test_a_file_that_is_no_list_has_findings_and_no_cards(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    prose = "# Guide\n\n" + "Read this before you begin, and take your time.\n\n" * 8 + "- [Place](#nowhere)\n"
    pull = repository.open_pull({"guide.md": prose}, head_owner="newcomer")
    report(stage, forge, pull, token)
    (said,) = ours(pull)
    assert "broken-anchor" in said
    assert "| entry |" not in said


def test_twenty_files_are_looked_at_in_one_request_and_the_others_are_counted(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    files: dict[str, str | bytes | None] = {f"docs/{number:02}.md": LIST + DUPLICATE for number in range(22)}
    pull = repository.open_pull(files, head_owner="newcomer")
    done = report(stage, forge, pull, token)
    assert "docs/19.md" not in done.err
    assert "listbot: docs/21.md is not looked at here: 20 files of a pull request are\n" in done.err
    assert len(done.requests) <= 12
    checks = f"https://github.com/curator/papers/pull/{pull.number}/checks"
    assert f"`docs/19.md`, and in [the summary of the run](<{checks}>) 2 more files at `" in ours(pull)[0]


def test_a_symbolic_link_is_no_file(stage: Stage, forge: Forge, repository: Repository, token: Token) -> None:
    repository.symlinks.add("linked.md")
    pull = repository.open_pull({"linked.md": LIST + DUPLICATE}, head_owner="newcomer")
    done = report(stage, forge, pull, token)
    assert (done.code, done.writes, done.err) == (0, [], "")
    repository.symlinks.clear()
    assert len(report(stage, forge, pull, token).writes) == 1


def test_an_event_is_given_by_hand(
    stage: Stage, forge: Forge, repository: Repository, token: Token, tmp_path: Path
) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    path = tmp_path / "by-hand.json"
    path.write_text(json.dumps(events.workflow_run(forge, repository, repository.run(pull))), "utf-8")
    done = stage.run("report", "--event", str(path), event="push", payload={}, token=token)
    assert (done.code, len(ours(pull))) == (0, 1)


def test_a_dry_run_prints_the_plan(stage: Stage, forge: Forge, repository: Repository, token: Token) -> None:
    pull = repository.open_pull({"README.md": LIST + OTHER_FORM}, head_owner="newcomer")
    done = report(stage, forge, pull, token, "--dry-run")
    assert (done.code, done.writes) == (0, [])
    lines = done.out.splitlines()
    assert lines[0] == f"would create a comment on #{pull.number}"
    assert lines[2] == "    ### This change brings 1 warning"
    review = lines[lines.index(f"would create a review of #{pull.number} with 1 comment on lines") :]
    line = LIST.count("\n") + 1
    assert review[3] == f"  on README.md, line {line}:"
    assert review[-3:] == ["    ```suggestion", "    - [Reformer](https://arxiv.org/abs/2001.04451)", "    ```"]
    report(stage, forge, pull, token)
    pull.push({"README.md": LIST})
    again = report(stage, forge, pull, token, "--dry-run").out.splitlines()
    assert f"would edit our comment #issuecomment-{pull.comments[0].id}" in again
    assert f"would fold a comment of ours as outdated: #discussion_r{pull.review_comments[0].id}" in again


def test_a_dry_run_says_that_the_head_has_moved(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    pull = repository.open_pull({"README.md": LIST + OTHER_FORM}, head_owner="newcomer")
    forge.fault(MovedHead(pull=pull, files={"README.md": LIST}, on="GET */compare/{basehead}"))
    done = report(stage, forge, pull, token, "--dry-run")
    assert (done.code, done.out) == (0, "")
    assert "the pull request has moved on" in done.err


def test_a_new_file_and_a_file_that_is_no_text(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    files = {"docs/more.md": LIST + DUPLICATE, "bad.md": b"\xff\xfe\x00", "long.md": "x" * 20_001, "README.md": LIST}
    pull = repository.open_pull(files, head_owner="newcomer")
    done = report(stage, forge, pull, token)
    assert done.code == 0
    assert "bad.md: this file is UTF-16" in done.err
    assert "long.md: a line of this is longer than the 20,000 bytes" in done.err
    assert len(ours(pull)) == 1


def test_five_thousand_entries_with_eight_hundred_findings_keep_to_every_limit(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    entries = [
        f"- [Paper {n}](https://arxiv.org/abs/{2001 + n // 2000}.{n % 2000 + 10_000}) - Notes.\n" for n in range(4_600)
    ]
    entries += [
        f"- [Paper {n}](https://arxiv.org/abs/2001.{n + 10_000}?utm_source=mail) - Notes.\n" for n in range(400)
    ]
    pull = repository.open_pull({"README.md": LIST + "".join(entries)}, head_owner="newcomer")
    done = report(stage, forge, pull, token)
    assert done.code == 0
    (comment,) = pull.comments
    assert len(comment.body.encode()) <= 60_000
    assert len(pull.review_comments) == 20
    assert len(done.requests) <= 12
    assert comment.body.partition("<details>")[0].count("\n- ") == 20
    assert " more in [the summary of the run](" in comment.body
    assert report(stage, forge, pull, token).writes == []


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (BadGateway(on="GET *", times=50), 0, "GitHub cannot be reached; the next run does what is left"),
        (BadGateway(on="POST *", times=50), 0, "GitHub answers 502; the next run does what is left"),
        (Refused(status=401, message="Bad credentials"), 2, "GITHUB_TOKEN is not accepted (401)"),
        (PrimaryLimit(reset=4_102_444_800), 0, "GitHub's rate limit is reached"),
    ],
)
def test_what_is_nobodys_fault_fails_nobody(
    stage: Stage, forge: Forge, repository: Repository, token: Token, fault: BadGateway, code: int, said: str
) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    forge.fault(fault)
    done = report(stage, forge, pull, token)
    assert (done.code, ours(pull)) == (code, [])
    assert said in done.err


def test_a_whole_story_passes_a_validator_that_is_not_ours(stage: Stage, contract: Contract, tmp_path: Path) -> None:
    with Forge(contract) as forge, prism.in_front_of(forge, tmp_path) as url:
        repository = forge.repository("curator/papers", {"README.md": LIST, "listbot.toml": RULES})
        token = forge.token(GRANTED)
        pull = repository.open_pull({"README.md": LIST + DUPLICATE + OTHER_FORM}, head_owner="newcomer")
        assert report(stage, forge, pull, token, GITHUB_API_URL=url).err.count("did create") == 2
        pull.push({"README.md": LIST})
        assert report(stage, forge, pull, token, GITHUB_API_URL=url).code == 0
        assert ours(pull)[0].startswith("### All fixed")
        assert [remark.minimized for remark in pull.review_comments] == ["OUTDATED"]
        assert not forge.violations


def test_an_enterprise_server_is_spoken_to_as_whoever_the_token_is(stage: Stage, contract: Contract) -> None:
    with Forge(contract, prefix="/api/v3", web="https://git.example.com") as forge:
        repository = forge.repository("curator/papers", {"README.md": LIST, "listbot.toml": RULES})
        token = forge.token(GRANTED, login="house-bot[bot]")
        pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
        more = {"GITHUB_API_URL": forge.api, "GITHUB_SERVER_URL": forge.web, "LISTBOT_BOT_ID": ""}
        for _ in range(2):
            done = report(stage, forge, pull, token, **more)
            assert (done.code, len(done.requests) <= 12) == (0, True)
        (comment,) = pull.comments
        assert comment.author.login == "house-bot[bot]"
        assert "(<https://git.example.com/curator/papers/blob/" in comment.body


def test_a_lone_carriage_return_moves_no_line(stage: Stage, forge: Forge, repository: Repository, token: Token) -> None:
    """It ends a line of Markdown, and none of GitHub's: a suggestion would replace the entry below."""
    old = LIST.replace("## Memory\n", "## Memory\n\nAn old\rmac line.\n")
    repository.commit({"README.md": old})
    text = old + OTHER_FORM + DUPLICATE
    pull = repository.open_pull({"README.md": text}, head_owner="newcomer")
    report(stage, forge, pull, token)
    (said,) = ours(pull)
    assert pull.review_comments == []
    lines = text.split("\n")
    first, twice = (lines.index(line.strip()) + 1 for line in (OTHER_FORM, DUPLICATE))
    listed = lines.index("- [Fast](https://arxiv.org/abs/1706.03762)") + 1
    assert f"is already listed on line {listed}`" in said
    for line in (first, twice, listed):
        assert f"[line {line}](<{forge.web}/curator/papers/blob/{pull.head_sha}/README.md?plain=1#L{line}>)" in said
    assert said.count(f"#L{first}>") == said.count(f"#L{twice}>") == 2


def test_what_github_refuses_is_said_and_is_no_bug(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    forge.fault(Refused(on="POST */comments", status=422, message="was submitted too quickly"))
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    done = report(stage, forge, pull, token)
    assert (done.code, ours(pull)) == (0, [])
    assert "listbot: GitHub refuses this (422): " in done.err


@pytest.mark.parametrize("edited", ["", "thanks, looking into it", "\n{body}", "A note.\n\n{body}"])
def test_a_comment_that_somebody_edited_is_not_made_twice(
    stage: Stage, forge: Forge, repository: Repository, token: Token, edited: str
) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    report(stage, forge, pull, token)
    said = ours(pull)
    (comment,) = pull.comments
    for _ in range(2):
        comment.rewrite(edited.format(body=comment.body), forge.clock.tick())
        assert report(stage, forge, pull, token).writes == ["POST /graphql"]
        assert ours(pull) == said
    assert report(stage, forge, pull, token).writes == []
