"""The branch that a pull request goes to moves on: both stages say the same, on the lines that people see."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.bot.anchors import Lines
from listbot.bot.merged import Own
from listbot.source import Source
from tests.bot.stage import Done, Stage, stage
from tests.bot.test_report import DUPLICATE, LIST, OTHER_FORM, ours, report, repository, token
from tests.forge import events
from tests.forge.answers import Token
from tests.forge.forge import Forge
from tests.forge.pull import Files, Pull
from tests.forge.world import Repository, objects_of

__all__ = ["repository", "stage", "token"]

REFORMER = "- [Reformer](https://arxiv.org/abs/2001.04451)\n"
ABOVE = LIST.replace("## Memory\n", "Two lines\n\n## Memory\n")
MOVES: dict[str, Files] = {
    "not at all": {},
    "in another file": {"other.md": "# Other\n\n##No heading\n"},
    "in lines above": {"README.md": ABOVE},
    "by the same paper": {"README.md": ABOVE.replace("## Speed\n", REFORMER + "\n## Speed\n")},
    "by a file that is linked": {"README.md": ABOVE, "docs/new.md": "# New\n"},
    "by the end of a file that is linked": {"README.md": ABOVE, "docs/old.md": None},
}


def lint(stage: Stage, forge: Forge, pull: Pull, directory: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Done, str]:
    """The first stage on the merge that GitHub Actions checks out, and the summary that it wrote."""
    work, summary = directory / "work", directory / "summary.md"
    assert pull.test_merge is not None
    subprocess.run(["git", "init", "-q", str(work)], check=True)
    for commit in pull.repository.commits.values():
        for made in objects_of(commit):
            made.write(work / ".git")
    subprocess.run(["git", "reset", "-q", "--hard", pull.test_merge.sha], cwd=work, check=True)
    monkeypatch.chdir(work)
    more = {"RUNNER_ENVIRONMENT": "self-hosted", "GITHUB_STEP_SUMMARY": str(summary)}
    payload = events.pull_request(forge, pull)
    done = stage.run("lint", event="pull_request", payload=payload, token=None, **more)
    return done, summary.read_text("utf-8")


def said(text: str) -> list[str]:
    """What both have in common: findings, cards, and what was compared."""
    lines = text.replace(" Where a suggestion stands under *Files changed*, a click applies it.", "").splitlines()
    return [line.partition("<br>To do:")[0] for line in lines]


@pytest.mark.parametrize("move", MOVES)
def test_both_stages_say_the_same_of_a_base_that_has_moved_on(
    stage: Stage, forge: Forge, token: Token, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, move: str
) -> None:
    chosen = ["broken-anchor", "broken-path", "duplicate-entry", "malformed-link", "pdf-link-format"]
    files: Files = {"README.md": LIST, "listbot.toml": f"select = {chosen}\n", "docs/old.md": "# Old\n"}
    repository = forge.repository("curator/moving", files)
    added = OTHER_FORM + DUPLICATE + "- [New](docs/new.md)\n- [Old](docs/old.md)\n"
    pull = repository.open_pull({"README.md": LIST + added}, head_owner="newcomer")
    if MOVES[move]:
        repository.commit(MOVES[move])
    first, summary = lint(stage, forge, pull, tmp_path, monkeypatch)
    assert first.code == 1
    report(stage, forge, pull, token)
    (comment,) = ours(pull)
    assert said(comment) == said(summary)
    assert ("docs/new.md" in comment.partition("| entry |")[0]) == ("linked" not in move or "end" in move)
    assert ("docs/old.md" in comment.partition("| entry |")[0]) == ("end" in move)
    assert ("arxiv:2001.04451 is already listed on line " in comment) == (move == "by the same paper")
    # What stands on lines stands on those of the head, whatever the merge counts.
    line = LIST.count("\n") + 1
    assert [(remark.line, remark.commit) for remark in pull.review_comments] == [(line, pull.head_sha)]
    annotated = {int(one.partition("line=")[2].partition(",")[0]) for one in first.out.splitlines()}
    assert {line, line + 1} <= annotated <= set(range(line, line + 4))


def test_links_lead_to_the_lines_of_the_merge(stage: Stage, forge: Forge, repository: Repository, token: Token) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    repository.commit({"README.md": ABOVE})
    report(stage, forge, pull, token)
    (comment,) = ours(pull)
    assert pull.test_merge is not None
    line = ABOVE.count("\n") + 1
    assert (
        f"[line {line}](<{forge.web}/curator/papers/blob/{pull.test_merge.sha}/README.md?plain=1#L{line}>)" in comment
    )
    assert comment.endswith(f"`README.md` at `{pull.head_sha[:10]}`, merged into `{pull.base_sha[:10]}`.\n"), comment[
        -200:
    ]


def test_what_the_base_has_taken_over_meanwhile_is_no_longer_brought(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    """The same file and the same line came by another pull request."""
    both: Files = {"README.md": LIST + DUPLICATE, "docs/more.md": LIST + DUPLICATE}
    pull = repository.open_pull(both, head_owner="newcomer")
    repository.commit(both)
    done = report(stage, forge, pull, token)
    assert (done.code, done.writes, done.err) == (0, [], "")


def test_a_change_that_cannot_be_merged_is_held_against_where_it_began(
    stage: Stage, forge: Forge, repository: Repository, token: Token
) -> None:
    pull = repository.open_pull({"README.md": LIST + DUPLICATE}, head_owner="newcomer")
    repository.commit({"README.md": LIST + REFORMER})
    done = report(stage, forge, pull, token)
    (comment,) = ours(pull)
    assert "arxiv:1706.03762 is already listed on line 18" in comment
    assert comment.endswith(f"`README.md` at `{pull.head_sha[:10]}`.\n")
    assert len(done.requests) <= 12


lines = st.lists(st.sampled_from(["a", "b", "c", "", "  a"]), min_size=1, max_size=8)


@given(lines, lines)
def test_lines_are_the_same_letter_by_letter_where_they_are_found(one: list[str], other: list[str]) -> None:
    judged, own = Source("x.md", "\n".join(one)), Source("x.md", "\n".join(other))
    between = Own(judged, own)
    for first in range(1, judged.line_count + 1):
        assert 1 <= between.near(first) <= own.line_count
        for last in range(first, judged.line_count + 1):
            there = between.lines(Lines(first, last))
            if there is not None:
                assert [judged.line(n) for n in range(first, last + 1)] == [
                    own.line(n) for n in range(there.first, there.last + 1)
                ]


def test_without_another_text_lines_are_their_own() -> None:
    between = Own(Source("x.md", "a\nb"), None)
    assert (between.lines(Lines(1, 2)), between.near(2)) == (Lines(1, 2), 2)


with_returns = st.text(alphabet="ab\r\n", max_size=30)


@given(with_returns, with_returns)
def test_lines_are_numbered_as_git_counts_them(one: str, other: str) -> None:
    judged, own = Source("x.md", one), Source("x.md", other)
    between, alone = Own(judged, own), Own(judged, None)
    for number in range(1, judged.line_count + 1):
        assert judged.line(number) in one.split("\n")[alone.shown(number) - 1]
        assert alone.near(number) == between.shown(number) == alone.shown(number)
        assert 1 <= between.near(number) <= other.count("\n") + 1
        assert alone.told(f"already on line {number}") == f"already on line {alone.shown(number)}"
    if "\r" in (one + other).replace("\r\n", ""):
        assert between.lines(Lines(1, 1)) is None
