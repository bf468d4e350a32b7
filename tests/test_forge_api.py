"""The fake GitHub answers as the real one does, by the judgement of GitHub's description and of a client not ours."""

from __future__ import annotations

import io
import random
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from github import Auth, Github, GithubException, UnknownObjectException
from github.PullRequest import PullRequest
from github.Repository import Repository as ClientRepository

from tests.forge import events
from tests.forge.answers import Token
from tests.forge.forge import Forge, workflow_permissions
from tests.forge.graphql import wrong_with
from tests.forge.patches import anchors, change
from tests.forge.pull import Pull
from tests.forge.records import Account
from tests.forge.world import Repository

LIST = "# Papers\n\n## Work\n\n- [A](https://a.example.com)\n- [B](https://b.example.com)\n"
LONGER = LIST + "- [C](https://c.example.com)\n"
EVERYTHING = dict.fromkeys(["actions", "checks", "contents", "issues", "pull-requests"], "write")
Client = Callable[[Token], Github]


@pytest.fixture
def client(forge: Forge) -> Iterator[Client]:
    """Makes PyGithub clients: no retries, no pauses."""
    made: list[Github] = []

    def connect(token: Token) -> Github:
        made.append(
            Github(
                auth=Auth.Token(token.value), base_url=forge.api, lazy=True, retry=None, api_version="2022-11-28",
                seconds_between_requests=0, seconds_between_writes=0, per_page=100,
            )
        )  # fmt: skip
        return made[-1]

    yield connect
    for github in made:
        github.close()


@pytest.fixture
def papers(forge: Forge) -> Repository:
    return forge.repository("lists/papers", {"README.md": LIST})


@pytest.fixture
def pull(papers: Repository) -> Pull:
    return papers.open_pull({"README.md": LONGER}, head_owner="newcomer")


@pytest.fixture
def theirs(forge: Forge, client: Client, papers: Repository) -> ClientRepository:
    """The repository as a client with every permission sees it."""
    return client(forge.token(EVERYTHING)).get_repo(papers.full_name)


@pytest.fixture
def their_pull(theirs: ClientRepository, pull: Pull) -> PullRequest:
    return theirs.get_pull(pull.number)


def status_of(act: Callable[[], Any]) -> int:
    """The status with which a call is refused."""
    with pytest.raises(GithubException) as refused:
        act()
    return refused.value.status


def test_the_description_is_kept_in_every_webhook(forge: Forge, papers: Repository, pull: Pull) -> None:
    for action in ("opened", "synchronize", "reopened"):
        assert events.pull_request(forge, pull, action)["pull_request"]["head"]["sha"] == pull.head_sha
    assert events.workflow_run(forge, papers, papers.run(pull))["workflow_run"]["pull_requests"] == []
    issue = papers.open_issue("Dead links", "- [x] one")
    remark = papers.comment(2, "/listbot ignore", author="owner")
    assert events.issue_comment(forge, papers, remark)["comment"]["body"] == "/listbot ignore"
    assert events.workflow_dispatch(forge, papers)["inputs"] is None
    assert events.issues_edited(forge, papers, issue, forge.person("owner"), "- [ ] one")["issue"]["number"] == 2


def test_a_pull_request_of_a_fork(pull: Pull, their_pull: PullRequest) -> None:
    assert their_pull.head.sha == pull.head_sha
    assert their_pull.head.repo.full_name == "newcomer/papers"
    assert their_pull.base.repo.full_name == "lists/papers"
    assert (their_pull.additions, their_pull.deletions, their_pull.changed_files) == (1, 0, 1)
    [commit] = their_pull.get_commits()
    assert commit.sha == pull.head_sha


def test_a_pull_request_is_found_by_its_branch(theirs: ClientRepository, pull: Pull) -> None:
    assert [found.number for found in theirs.get_pulls(head="newcomer:patch-1")] == [pull.number]
    assert [found.number for found in theirs.get_pulls(head="other:patch-1")] == []
    pull.close()
    assert [found.number for found in theirs.get_pulls(head="newcomer:patch-1")] == []
    assert [found.number for found in theirs.get_pulls(state="all", head="newcomer:patch-1")] == [pull.number]


def test_a_pull_request_whose_fork_was_deleted(pull: Pull, their_pull: PullRequest) -> None:
    pull.delete_fork()
    assert their_pull.raw_data["head"]["repo"] is None
    assert their_pull.head.sha == pull.head_sha


def test_a_merged_pull_request_stays_what_it_was(papers: Repository, pull: Pull, theirs: ClientRepository) -> None:
    papers.commit({"OTHER.md": "meanwhile"})
    before = (pull.base_sha, pull.head_sha)
    merged = pull.merge()
    seen = theirs.get_pull(pull.number)
    assert (seen.merged, seen.state, (seen.base.sha, seen.head.sha)) == (True, "closed", before)
    assert [file.filename for file in seen.get_files()] == ["README.md"]
    assert (merged.files["OTHER.md"], merged.files["README.md"]) == (b"meanwhile", LONGER.encode())
    assert papers.head is merged


def test_files_with_their_patches(their_pull: PullRequest) -> None:
    [file] = their_pull.get_files()
    assert (file.filename, file.status, file.additions) == ("README.md", "modified", 1)
    assert file.patch == (
        "@@ -4,3 +4,4 @@\n \n - [A](https://a.example.com)\n - [B](https://b.example.com)\n+- [C](https://c.example.com)"
    )


def test_a_comment_is_made_listed_edited_hidden_and_deleted(pull: Pull, their_pull: PullRequest) -> None:
    made = their_pull.create_issue_comment("one")
    made.edit("two")
    assert [(remark.body, remark.author.id) for remark in pull.comments] == [("two", 41898282)]
    assert made.minimize("OUTDATED")
    assert pull.comments[0].minimized == "OUTDATED"
    [listed] = their_pull.get_issue_comments()
    assert listed.raw_data["minimized"] == {"reason": "outdated"}
    assert made.unminimize()
    made.delete()
    assert pull.comments == []


def test_who_wrote_a_comment_and_by_which_app(forge: Forge, their_pull: PullRequest) -> None:
    made = their_pull.create_issue_comment("one")
    assert (made.user.login, made.user.id, made.user.type) == ("github-actions[bot]", 41898282, "Bot")
    assert made.raw_data["performed_via_github_app"]["slug"] == "github-actions"
    forge.names_the_app = False
    [listed] = their_pull.get_issue_comments()
    assert listed.raw_data["performed_via_github_app"] is None


def test_a_body_has_65536_characters_at_most(pull: Pull, their_pull: PullRequest) -> None:
    their_pull.create_issue_comment("é" * 65_536)
    assert status_of(lambda: their_pull.create_issue_comment("é" * 65_537)) == 422
    assert len(pull.comments) == 1


def test_lists_are_paged_by_the_number_of_the_repository(
    forge: Forge, papers: Repository, pull: Pull, their_pull: PullRequest
) -> None:
    for number in range(230):
        papers.comment(pull.number, f"remark {number}", author="somebody")
    assert [remark.body for remark in their_pull.get_issue_comments()] == [f"remark {n}" for n in range(230)]
    first = requests.get(f"{forge.api}/repos/lists/papers/issues/1/comments", timeout=5)
    assert len(first.json()) == 30
    base = f"{forge.api}/repositories/{papers.id}/issues/1/comments"
    assert first.headers["Link"] == f'<{base}?page=2>; rel="next", <{base}?page=8>; rel="last"'


def test_issues_are_made_and_found_by_author_and_label(theirs: ClientRepository, pull: Pull) -> None:
    made = theirs.create_issue("Dead links", body="none", labels=["listbot"])
    [found] = theirs.get_issues(state="all", creator="github-actions[bot]", labels=["listbot"])
    assert (found.number, found.title, found.user.id) == (made.number, "Dead links", 41898282)
    everything = list(theirs.get_issues(state="all"))
    assert [(it.number, it.pull_request is not None) for it in everything] == [(2, False), (pull.number, True)]


def test_an_issue_is_closed_reopened_and_called_a_duplicate(papers: Repository, theirs: ClientRepository) -> None:
    first, second = theirs.create_issue("Dead links"), theirs.create_issue("Dead links")
    first.edit(body="all well", state="closed", state_reason="completed")
    assert (papers.issues[1].state, papers.issues[1].state_reason) == ("closed", "completed")
    first.edit(state="open")
    assert (papers.issues[1].state, papers.issues[1].state_reason) == ("open", "reopened")
    duplicate = {"state": "closed", "state_reason": "duplicate", "duplicate_issue_id": first.id}
    theirs.requester.requestJsonAndCheck("PATCH", second.url, input=duplicate)
    assert papers.issues[2].duplicate_of == first.id


def test_labels_of_a_stranger_are_dropped_without_a_word(forge: Forge, client: Client, papers: Repository) -> None:
    stranger = client(forge.token(EVERYTHING, login="stranger")).get_repo(papers.full_name)
    assert stranger.create_issue("A question", labels=["urgent"]).labels == []
    papers.collaborators["stranger"] = "write"
    assert [label.name for label in stranger.create_issue("A question", labels=["urgent"]).labels] == ["urgent"]


def test_issues_can_be_switched_off(papers: Repository, theirs: ClientRepository) -> None:
    papers.has_issues = False
    assert status_of(lambda: theirs.create_issue("Dead links")) == 410


def test_a_review_with_comments_on_lines_and_ranges(pull: Pull, their_pull: PullRequest) -> None:
    comments = [
        {"path": "README.md", "body": "one line", "line": 7, "side": "RIGHT"},
        {"path": "README.md", "body": "two lines", "start_line": 6, "start_side": "RIGHT", "line": 7, "side": "RIGHT"},
    ]
    commit = their_pull.base.repo.get_commit(pull.head_sha)
    review = their_pull.create_review(commit=commit, body="see below", event="COMMENT", comments=comments)
    assert review.state == "COMMENTED"
    assert [(it.start_line, it.line, it.body) for it in their_pull.get_review_comments()] == [
        (None, 7, "one line"),
        (6, 7, "two lines"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"line": 1},
        {"line": 8},
        {"path": "OTHER.md"},
        {"start_line": 7, "start_side": "RIGHT"},
        {"start_line": 1, "start_side": "RIGHT"},
        {"line": 7, "side": "LEFT"},
        {"body": "x" * 65_537},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_one_anchor_outside_the_patch_refuses_the_whole_review(
    pull: Pull, their_pull: PullRequest, wrong: dict[str, Any]
) -> None:
    good = {"path": "README.md", "body": "fine", "line": 7, "side": "RIGHT"}
    commit = their_pull.base.repo.get_commit(pull.head_sha)
    refused = lambda: their_pull.create_review(  # noqa: E731 it is called once, below
        commit=commit, body="see", event="COMMENT", comments=[good, good | wrong]
    )
    assert status_of(refused) == 422
    assert pull.review_comments == []


def test_a_push_outdates_the_comments_of_changed_lines(pull: Pull, their_pull: PullRequest) -> None:
    commit = their_pull.base.repo.get_commit(pull.head_sha)
    their_pull.create_review_comment("here", commit, "README.md", line=7, side="RIGHT")
    pull.push({"README.md": "# Papers\n\nA line more.\n\n" + LONGER.partition("\n\n")[2]})
    assert [it.line for it in their_pull.get_review_comments()] == [9]
    pull.push({"README.md": LIST + "- [D](https://d.example.com)\n"})
    [outdated] = their_pull.get_review_comments()
    assert (outdated.line, outdated.original_line, outdated.position) == (None, 7, None)


def test_check_runs_take_fifty_annotations_at_a_time(
    forge: Forge, papers: Repository, pull: Pull, theirs: ClientRepository
) -> None:
    note = {"path": "README.md", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "n"}
    output = {"title": "t", "summary": "s", "annotations": [note] * 50}
    run = theirs.create_check_run("lint", pull.head_sha, status="in_progress", output=output)
    run.edit(output=output, conclusion="neutral")
    assert len(list(run.get_annotations())) == 100
    assert (run.status, run.conclusion) == ("completed", "neutral")
    [listed] = theirs.get_commit(pull.head_sha).get_check_runs()
    assert listed.id == run.id
    with forge.expecting_violations() as seen:
        assert status_of(lambda: run.edit(output=output | {"annotations": [note] * 51})) == 422
        assert status_of(lambda: run.edit(conclusion="warning")) == 422
    assert ["is too long" in seen[0].what, "'warning'" in seen[-1].what] == [True, True]
    assert len(papers.check_runs[run.id].annotations) == 100


def test_an_artifact_is_fetched_without_the_token(forge: Forge, papers: Repository, pull: Pull, client: Client) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("listbot.json", "{}")
    run = papers.run(pull, conclusion="failure")
    papers.artifact(run, "listbot", written.getvalue())
    token = forge.token({"actions": "read"})
    found = client(token).get_repo(papers.full_name).get_workflow_run(run.id)
    assert (found.head_repository.full_name, found.event, found.raw_data["pull_requests"]) == (
        "newcomer/papers",
        "pull_request",
        [],
    )
    [artifact] = found.get_artifacts()
    headers = {"Authorization": f"Bearer {token.value}"}
    moved = requests.get(artifact.archive_download_url, headers=headers, allow_redirects=False, timeout=5)
    assert moved.status_code == 302
    assert requests.get(moved.headers["Location"], timeout=5).content == written.getvalue()
    with forge.expecting_violations() as seen:
        assert requests.get(moved.headers["Location"], headers=headers, timeout=5).status_code == 400
    assert [it.side for it in seen] == ["conduct"]


def test_contents_of_a_commit_raw_and_in_base_64(forge: Forge, pull: Pull, theirs: ClientRepository) -> None:
    file = theirs.get_contents("README.md", ref=pull.head_sha)
    assert not isinstance(file, list)
    assert file.decoded_content == LONGER.encode()
    headers = {"Accept": "application/vnd.github.raw+json"}
    raw = requests.get(
        f"{forge.api}/repos/lists/papers/contents/README.md?ref={pull.head_sha}", headers=headers, timeout=5
    )
    assert raw.text == LONGER
    assert status_of(lambda: theirs.get_contents("MISSING.md")) == 404
    assert status_of(lambda: theirs.get_contents("README.md", ref="no-such-branch")) == 404


def test_folders_trees_commits_and_comparisons(forge: Forge, papers: Repository, theirs: ClientRepository) -> None:
    papers.commit({"docs/a.md": "a", "docs/deep/b.md": "b"}, branch="side")
    folder = theirs.get_contents("docs", ref="side")
    assert isinstance(folder, list)
    assert [(it.path, it.type) for it in folder] == [("docs/a.md", "file"), ("docs/deep", "dir")]
    assert [it.path for it in theirs.get_git_tree("side").tree] == ["README.md", "docs"]
    whole = theirs.get_git_tree("side", recursive=True)
    assert [it.path for it in whole.tree] == ["README.md", "docs", "docs/a.md", "docs/deep", "docs/deep/b.md"]
    forge.tree_limit = 3
    cut = theirs.get_git_tree("side", recursive=True)
    assert (len(cut.tree), cut.raw_data["truncated"], whole.raw_data["truncated"]) == (3, True, False)
    between = theirs.compare("main", "side")
    assert (between.status, between.ahead_by, [it.filename for it in between.files]) == (
        "ahead",
        1,
        ["docs/a.md", "docs/deep/b.md"],
    )
    assert theirs.get_commit("side").commit.message == "Change"


def test_who_may_write(papers: Repository, theirs: ClientRepository) -> None:
    papers.collaborators["helper"] = "write"
    found = [theirs.get_collaborator_permission(login) for login in ("lists", "helper", "stranger")]
    assert found == ["admin", "write", "read"]


def test_search_and_the_rate_limit(forge: Forge, client: Client, papers: Repository, pull: Pull) -> None:
    papers.open_issue("Dead links", "some", author="somebody")
    github = client(forge.token())
    assert [it.number for it in github.search_issues("repo:lists/papers is:issue Dead")] == [2]
    assert [it.number for it in github.search_issues("repo:lists/papers is:pr")] == [pull.number]
    assert github.get_rate_limit().resources.core.limit == 1000


def test_the_token_of_a_workflow_cannot_ask_who_it_is_but_graphql_tells(forge: Forge, client: Client) -> None:
    github = client(forge.token())
    assert status_of(lambda: github.get_user().login) == 403
    _, answer = github.requester.graphql_query("query { viewer { login databaseId } }", {})
    assert answer["data"]["viewer"] == {"login": "github-actions[bot]", "databaseId": 41898282}


def test_many_repositories_in_one_query(forge: Forge) -> None:
    forge.repository("some/tool").archived = True
    query = """query {
        a: repository(owner: "some", name: "tool") { nameWithOwner isArchived stargazerCount pushedAt }
        b: repository(owner: "no", name: "where") { isArchived }
    }"""
    body = {"query": query}
    headers = {"Authorization": f"Bearer {forge.token().value}"}
    answer = requests.post(f"{forge.url}/graphql", json=body, headers=headers, timeout=5).json()
    assert answer["data"]["a"]["isArchived"] is True
    assert answer["data"]["b"] is None
    assert answer["errors"][0]["type"] == "NOT_FOUND"
    assert answer["errors"][0]["path"] == ["b"]


def test_threads_with_their_answers(papers: Repository, pull: Pull, their_pull: PullRequest) -> None:
    commit = their_pull.base.repo.get_commit(pull.head_sha)
    their_pull.create_review_comment("here", commit, "README.md", line=7, side="RIGHT")
    papers.reply(pull.review_comments[0], "why?", "newcomer")
    query = """query($number: Int!) { repository(owner: "lists", name: "papers") { pullRequest(number: $number) {
        reviewThreads(first: 100) { pageInfo { hasNextPage endCursor } nodes { isOutdated isResolved
            comments(first: 2) { totalCount nodes { author { login ... on Bot { databaseId } } } } } } } } }"""
    _, answer = their_pull.requester.graphql_query(query, {"number": 1})
    [thread] = answer["data"]["repository"]["pullRequest"]["reviewThreads"]["nodes"]
    assert thread["comments"]["totalCount"] == 2
    assert thread["comments"]["nodes"][0]["author"] == {"login": "github-actions", "databaseId": 41898282}
    assert thread["comments"]["nodes"][1]["author"] == {"login": "newcomer"}


def test_who_edited_an_issue(papers: Repository, theirs: ClientRepository) -> None:
    theirs.create_issue("Dead links", body="- [ ] one").edit(body="- [ ] two")
    assert papers.edit(papers.issues[1], "- [x] two", by="owner") == "- [ ] two"
    papers.edit(papers.issues[1], "- [x] two", by="nobody, for nothing changes")
    query = """query { repository(owner: "lists", name: "papers") { issue(number: 1) {
        body userContentEdits(first: 50) { nodes { editedAt editor { login } } } } } }"""
    _, answer = theirs.requester.graphql_query(query, {})
    seen = answer["data"]["repository"]["issue"]
    editors = [edit["editor"]["login"] for edit in seen["userContentEdits"]["nodes"]]
    assert (seen["body"], editors) == ("- [x] two", ["owner", "github-actions", "github-actions"])


def test_a_document_that_the_schema_does_not_know_is_a_violation(forge: Forge, client: Client) -> None:
    assert wrong_with("query { viewer { nickname } }") == [
        "Cannot query field 'nickname' on type 'User'. Did you mean 'name'?"
    ]
    requester = client(forge.token()).requester
    with forge.expecting_violations() as seen, pytest.raises(GithubException):
        requester.graphql_query("query { viewer { nickname } }", {})
    assert [it.side for it in seen] == ["graphql"]


@pytest.mark.parametrize("denied", [403, 404])
def test_the_token_of_a_fork_reads_and_does_not_write(
    forge: Forge, client: Client, papers: Repository, pull: Pull, denied: int
) -> None:
    theirs = client(forge.fork_token(denied)).get_repo(papers.full_name)
    seen = theirs.get_pull(pull.number)
    assert status_of(lambda: seen.create_issue_comment("hello")) == denied
    assert status_of(lambda: theirs.create_issue("hello")) == denied
    assert (pull.comments, len(papers.issues)) == ([], 1)


@pytest.mark.usefixtures("pull")
def test_comments_of_pull_requests_and_of_issues_need_different_permissions(
    forge: Forge, client: Client, papers: Repository
) -> None:
    papers.open_issue("Dead links")
    for granted, allowed, refused in (("pull-requests", 1, 2), ("issues", 2, 1)):
        theirs = client(forge.token({granted: "write"})).get_repo(papers.full_name)
        theirs.get_issue(allowed).create_comment("hello")
        assert status_of(lambda: theirs.get_issue(refused).create_comment("hello")) == 403  # noqa: B023 called at once
    assert [remark.number for remark in papers.remarks.values()] == [1, 2]


def test_what_was_needed_is_counted_and_compared(forge: Forge, their_pull: PullRequest) -> None:
    their_pull.create_issue_comment("hello")
    list(their_pull.get_files())
    assert forge.needs() == {"pull-requests": "write"}
    assert workflow_permissions({"pull-requests": "write"}, forge.needs()) == []
    assert workflow_permissions({"pull-requests": "read"}, forge.needs()) == ["pull-requests: write"]
    assert [str(request) for request in forge.writes] == ["POST /repos/lists/papers/issues/1/comments -> 201"]


def test_unknown_fields_parameters_and_endpoints_are_violations(forge: Forge, papers: Repository) -> None:
    headers = {"Authorization": f"Bearer {forge.token(EVERYTHING).value}"}
    home = f"{forge.api}/repos/{papers.full_name}"
    with forge.expecting_violations() as seen:
        requests.post(f"{home}/issues", json={"title": "t", "color": "red"}, headers=headers, timeout=5)
        requests.post(f"{home}/issues", json={"body": "t"}, headers=headers, timeout=5)
        requests.get(f"{home}/issues?stat=open", headers=headers, timeout=5)
        requests.get(f"{home}/issues?state=dead", headers=headers, timeout=5)
        requests.get(f"{home}/teapots", headers=headers, timeout=5)
    assert [it.what for it in seen] == [
        "$: unknown field 'color'",
        "$: 'title' is a required property",
        "unknown parameter 'stat'",
        "state='dead' is not one of ['open', 'closed', 'all']",
        "no operation that is served here",
    ]
    assert papers.issues == {}


def test_who_asks_wrongly_is_told_so(forge: Forge, papers: Repository) -> None:
    url = f"{forge.api}/repos/{papers.full_name}"
    for headers, status in (
        ({"Authorization": "Bearer nonsense"}, 401),
        ({"X-GitHub-Api-Version": "1999-01-01"}, 400),
        ({"User-Agent": ""}, 403),
        ({}, 200),
    ):
        assert requests.get(url, headers=headers, timeout=5).status_code == status


def test_what_has_not_changed_is_304(forge: Forge, papers: Repository) -> None:
    url = f"{forge.api}/repos/{papers.full_name}/issues"
    first = requests.get(url, timeout=5)
    again = requests.get(url, headers={"If-None-Match": first.headers["ETag"]}, timeout=5)
    assert (again.status_code, again.content) == (304, b"")
    papers.open_issue("Dead links")
    assert requests.get(url, headers={"If-None-Match": first.headers["ETag"]}, timeout=5).status_code == 200


def test_a_server_of_ones_own_has_a_prefix(forge: Forge) -> None:
    actions = Account("github-actions[bot]", 7, "Bot")
    with Forge(forge.contract, prefix="/api/v3", actions=actions) as enterprise:
        enterprise.repository("lists/papers")
        answer = requests.get(f"{enterprise.api}/repos/lists/papers", timeout=5).json()
        assert answer["url"] == f"{enterprise.url}/api/v3/repos/lists/papers"
        token = {"Authorization": f"Bearer {enterprise.token().value}"}
        query = {"query": "query { viewer { login databaseId } }"}
        said = requests.post(f"{enterprise.url}/api/graphql", json=query, headers=token, timeout=5).json()
        assert said == {"data": {"viewer": {"login": "github-actions[bot]", "databaseId": 7}}}


def test_large_and_binary_files_have_no_patch(papers: Repository, theirs: ClientRepository) -> None:
    large = "".join(f"- [{number}](https://example.com/{number})\n" for number in range(20_001))
    made = papers.open_pull({"large.md": large, "picture.png": b"\x89PNG\0", "small.md": "x"}, branch="large")
    found = {
        file.filename: (file.patch is not None, file.additions) for file in theirs.get_pull(made.number).get_files()
    }
    assert found == {"large.md": (False, 20_001), "picture.png": (False, 0), "small.md": (True, 1)}


def test_a_moved_file_has_a_former_name_and_no_patch(papers: Repository, theirs: ClientRepository) -> None:
    made = papers.open_pull({"README.md": None, "docs/README.md": LIST}, branch="move")
    [file] = theirs.get_pull(made.number).get_files()
    assert (file.filename, file.previous_filename, file.status) == ("docs/README.md", "README.md", "renamed")
    assert (file.patch, file.changes) == (None, 0)


def test_a_pull_request_shows_three_thousand_files(papers: Repository, theirs: ClientRepository) -> None:
    made = papers.open_pull({f"{number:05}.md": "x\n" for number in range(3_001)}, branch="many")
    assert sum(1 for _ in theirs.get_pull(made.number).get_files()) == 3_000


def test_a_missing_repository_is_404(forge: Forge, client: Client) -> None:
    with pytest.raises(UnknownObjectException):
        client(forge.token()).get_repo("no/where").get_pull(1).complete()


TEXTS = ["", "a\n", "a", LIST, LONGER, LIST.replace("A", "Z"), LIST * 3 + "x\n", "\n\n" + LIST, LIST.rstrip("\n")]


@pytest.mark.parametrize("old", TEXTS)
def test_patches_are_those_that_git_applies(tmp_path: Path, old: str) -> None:
    """git itself makes the new text from the old one and our patch."""
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for new in TEXTS:
        if old == new or not old or not new:
            continue
        (tmp_path / "f").write_text(old, "utf-8", newline="")
        patch = "--- a/f\n+++ b/f\n" + change(old, new).patch + "\n"
        subprocess.run(
            ["git", "-c", "core.autocrlf=false", "apply", "-"], cwd=tmp_path, input=patch.encode(), check=True
        )
        assert (tmp_path / "f").read_bytes() == new.encode()


def test_patches_are_those_that_git_prints(tmp_path: Path) -> None:
    """Letter by letter over forty made changes, headings behind the hunks included."""
    rng = random.Random(11)  # noqa: S311 repeatable on purpose
    for _ in range(40):
        kinds = ["## Section {}\n", "\n", "- [Paper {}](https://example.com/{})\n", "- [ ] [Paper {}](x)\n"]
        old = [rng.choice(kinds).format(number, number) for number in range(rng.randint(4, 90))]
        new = list(old)
        for change_number in range(rng.randint(1, 4)):
            place = rng.randrange(len(new))
            new[place : place + rng.randint(0, 1)] = [f"- [New {change_number}](https://example.com/new)\n"]
        (tmp_path / "old").write_text("".join(old), "utf-8", newline="")
        (tmp_path / "new").write_text("".join(new), "utf-8", newline="")
        command = ["git", "-c", "diff.algorithm=myers", "diff", "--no-index", "old", "new"]
        printed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout
        assert change("".join(old), "".join(new)).patch == printed.split("\n", 4)[4].removesuffix("\n")


def test_anchors_stand_on_the_lines_of_both_sides() -> None:
    patch = change(LIST, LONGER.replace("[A]", "[Z]")).patch
    lines = {("LEFT", 5): "- [A]", ("RIGHT", 5): "- [Z]", ("RIGHT", 7): "- [C]"}
    found = {(anchor.side, anchor.line): anchor.position for anchor in anchors(patch)}
    for place, begins in lines.items():
        assert patch.split("\n")[found[place]][1:].startswith(begins)
    assert ("LEFT", 7) not in found
