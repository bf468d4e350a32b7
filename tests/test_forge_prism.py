"""One whole scenario through a validator that we did not write: it finds nothing, and it does find what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from github import Auth, Github, GithubException

from tests.forge import prism
from tests.forge.contract import Contract
from tests.forge.forge import Forge

LIST = "# Papers\n\n- [A](https://a.example.com)\n"
LONGER = LIST + "- [B](https://b.example.com)\n"


@pytest.fixture(scope="module")
def watched(contract: Contract, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Forge, str]]:
    """A forge and the proxy before it."""
    with Forge(contract) as forge, prism.in_front_of(forge, tmp_path_factory.mktemp("prism")) as url:
        yield forge, url


def test_a_whole_scenario_passes_a_foreign_validator(watched: tuple[Forge, str]) -> None:
    forge, url = watched
    papers = forge.repository("lists/papers", {"README.md": LIST})
    pull = papers.open_pull({"README.md": LONGER}, head_owner="newcomer")
    for number in range(45):
        papers.comment(pull.number, f"remark {number}", author="somebody")
    token = forge.token({"pull-requests": "write", "issues": "write", "checks": "write", "contents": "read"})
    pauses = {"seconds_between_requests": 0, "seconds_between_writes": 0}
    github = Github(
        auth=Auth.Token(token.value), base_url=url, lazy=True, retry=None, api_version="2022-11-28", **pauses
    )
    theirs = github.get_repo(papers.full_name)
    seen = theirs.get_pull(pull.number)
    assert [file.filename for file in seen.get_files()] == ["README.md"]
    assert len(list(seen.get_issue_comments())) == 45
    seen.create_issue_comment("hello").edit("all fixed")
    lines = [{"path": "README.md", "body": "here", "line": 4, "side": "RIGHT"}]
    seen.create_review(commit=theirs.get_commit(pull.head_sha), body="see", event="COMMENT", comments=lines)
    assert [remark.line for remark in seen.get_review_comments()] == [4]
    note = {"path": "README.md", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "n"}
    output = {"title": "t", "summary": "s", "annotations": [note] * 50}
    theirs.create_check_run("lint", pull.head_sha, output=output).edit(output=output, conclusion="neutral")
    issue = theirs.create_issue("Dead links", body="none", labels=["listbot"])
    issue.edit(body="- [ ] one", state="closed", state_reason="not_planned")
    assert [found.number for found in theirs.get_issues(state="all")] == [2, 1]
    assert github.requester.graphql_query("query { viewer { login } }", {})[1]["data"]["viewer"]
    headers = {"Accept": "application/vnd.github.raw+json", "Authorization": f"Bearer {token.value}"}
    content = f"{url}/repos/{papers.full_name}/contents/README.md?ref={pull.head_sha}"
    assert requests.get(content, headers=headers, timeout=15).text == LONGER
    with pytest.raises(GithubException) as refused:
        theirs.create_check_run("lint", pull.head_sha, output=output | {"annotations": [note] * 51})
    assert prism.errors(str(refused.value)) == ["UNPROCESSABLE_ENTITY"]
    assert not forge.violations
    github.close()


def test_it_finds_a_wrong_answer_of_the_fake(watched: tuple[Forge, str], monkeypatch: pytest.MonkeyPatch) -> None:
    forge, url = watched
    forge.repository("lists/other")
    good = forge.rate
    monkeypatch.setattr(forge, "rate", lambda: good() | {"limit": "many"})
    with forge.expecting_violations() as seen:
        answer = requests.get(f"{url}/rate_limit", timeout=15)
    assert (answer.status_code, prism.errors(answer.text)) == (500, ["VIOLATIONS"])
    assert [violation.side for violation in seen] == ["answer"] * 2
