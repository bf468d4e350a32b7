"""GitHub by way of PyGithub: reads into plain records, and writes. What GitHub refuses, `refusals` tells apart; nothing
else imports PyGithub.

PyGithub's own retry repeats a POST up to ten times on a 5xx, which makes four comments of one, and never repeats a
PATCH. Here everything but a POST is repeated, and a POST goes out exactly once: `writing.py` looks whether it happened
(`reference/bots.md` §4). What is asked in GraphQL is a POST too, but harmless when repeated, so it has a client of its
own. The API's version is pinned, and `base_url` is a GitHub Enterprise Server where there is one.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any

from github import Auth, Github, GithubRetry
from github.Repository import Repository

from listbot import __version__
from listbot.bot import answers, contents, discussion, download, refusals
from listbot.bot.api import NoPermissionError
from listbot.bot.observed import (
    At,
    Author,
    ChangedFile,
    Comment,
    Comparison,
    Contents,
    Discussion,
    File,
    Issue,
    Pull,
    Tree,
)
from listbot.bot.plan import Change, DeleteComment, EditIssue, NewInline

API_VERSION = "2022-11-28"
"""Until March 2028 at least (https://docs.github.com/en/rest/about-the-rest-api/api-versions)."""
ACTIONS_BOT = 41898282
"""The id of `github-actions[bot]` on github.com; on other servers it has another."""
_PERMANENT_HOST = "api.github.com"
_RETRIED = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"})
_STATUSES = (403, 429, 500, 502, 503, 504)
_MAX_WAIT = 120
"""Seconds; a run that GitHub asks to wait for longer leaves the rest to the next one."""
_TIMEOUT = 15
_SYMLINK = "120000"
"""Its mode in git."""


class Hub:
    """One repository on GitHub, as one token sees it. Keeps all interfaces of `api.py`."""

    def __init__(
        self,
        repository: str,
        token: str,
        base_url: str,
        *,
        own: int | None = None,
        pace: float = 1.0,
        backoff: float = 1.0,
        wait: float = 60.0,
    ) -> None:
        """`repository` is `owner/name`, `own` the id of the token's account.

        `pace` is seconds between writes, `backoff` and `wait` those after failures.
        """

        def client(methods: frozenset[str]) -> Github:
            retry = GithubRetry(
                total=4,
                backoff_factor=backoff,
                secondary_rate_wait=wait,
                max_rate_limit_wait=_MAX_WAIT,
                status_forcelist=list(_STATUSES),
                allowed_methods=methods,
            )
            return Github(
                auth=Auth.Token(token),
                base_url=base_url,
                user_agent=f"listbot/{__version__}",
                per_page=100,
                timeout=_TIMEOUT,
                retry=retry,
                seconds_between_requests=min(pace, 0.05),
                seconds_between_writes=pace,
                lazy=True,
                api_version=API_VERSION,
            )

        self._github = client(_RETRIED)
        self._graphql = client(frozenset({"POST"}))
        self._wait = wait
        self._owner, _, self._name = repository.partition("/")
        self._own = own
        self._blobs: dict[At, answers.Row | None] = {}
        """Files that were asked for, None for what is none."""
        self._repository: Repository = self._github.get_repo(repository)

    def close(self) -> None:
        """Let go of the connection."""
        self._github.close()
        self._graphql.close()

    def own_id(self) -> int:
        """The id of the account that we write as. It is asked only where it is not known: away from github.com."""
        if self._own is None and self._github.requester.hostname == _PERMANENT_HOST:
            self._own = ACTIONS_BOT
        if self._own is None:
            self._own = int(self._viewer["databaseId"])
        return self._own

    @cached_property
    def _viewer(self) -> answers.Row:
        found: answers.Row = self._asked("query { viewer { databaseId login } }", {})["viewer"]
        return found

    # Pull requests ----------------------------------------------------------------------------------------------------

    def open_pulls(self, owner: str, branch: str) -> Sequence[Pull]:
        with refusals.refused("the list of pull requests"):
            asked = {"state": "open", "head": f"{owner}:{branch}"}
            return [answers.pull(row) for row in self._rows("pulls", asked)]

    def compare(self, base: str, head: str) -> Comparison:
        with refusals.refused("the comparison of two commits"):
            found = self._repository.compare(base, head)
            files = tuple(
                ChangedFile(one.filename, one.previous_filename or one.filename, one.status, one.patch)
                for one in found.files
            )
            return Comparison(found.merge_base_commit.sha, files)

    def tree(self, ref: str) -> Tree:
        with refusals.refused("the list of files"):
            found = self._repository.get_git_tree(ref, recursive=True)
            held = [one for one in found.tree if one.type != "tree"]
            files = frozenset(one.path for one in held if one.type == "blob" and one.mode != _SYMLINK)
            return Tree(frozenset(one.path for one in held), files, not found.raw_data["truncated"])

    def files(
        self, wanted: Sequence[At], limit: int, pull: int | None = None, spare: Collection[At] = frozenset()
    ) -> Contents:
        """One request for what is new, and one for each file, if no spare, that GraphQL does not give as it is."""
        new = [at for at in wanted if at not in self._blobs]
        merge = None
        if new or pull is not None:
            document, variables = contents.question(new)
            asked = {"owner": self._owner, "name": self._name, "number": pull or 0, "pull": pull is not None}
            answer = self._asked(document, asked | variables)["repository"]
            self._blobs |= dict.fromkeys(new) | contents.blobs(answer, new)
            merge = contents.merge(answer)
        found = {
            at: File(row["byteSize"], self._content(row) if row["byteSize"] <= limit else None)
            for at in wanted
            if (row := self._blobs[at]) is not None
            and (at not in spare or row["byteSize"] > limit or contents.text_of(row) is not None)
        }
        return Contents(found, merge)

    def _content(self, row: answers.Row) -> bytes:
        content = contents.text_of(row)
        if content is None:
            with refusals.refused("a file"):
                content = base64.b64decode(self._get(f"git/blobs/{row['oid']}")["content"])
        return content

    def discussion(self, number: int) -> Discussion:
        asked = {"owner": self._owner, "name": self._name, "number": number}
        more: dict[str, Any] | None = {**discussion.FIRST}
        pages: list[answers.Row] = []
        while more is not None:
            answer = self._asked(discussion.QUESTION, asked | more | {"who": self._own is None})
            if "viewer" in answer:
                self._own = int(answer["viewer"]["databaseId"])
            pages.append(answer["repository"]["pullRequest"])
            more = discussion.rest(pages[-1])
        return discussion.read(pages)

    def artifact(self, run: int, name: str, limit: int) -> bytes | None:
        with refusals.refused("the artifact"):
            answer = self._get(f"actions/runs/{run}/artifacts", {"name": name})
            found = [one for one in answer["artifacts"] if not one["expired"]]
            newest = max(found, key=lambda one: int(one["id"]), default=None)  # a run that is tried again leaves two
            if newest is None or newest["size_in_bytes"] > limit:
                return None
            status, headers, _ = self._github.requester.requestJson("GET", newest["archive_download_url"])
            if status != 302:
                raise NoPermissionError(f"GitHub does not give the artifact away ({status})")
            return download.fetched(headers["location"], limit)

    # Issues -----------------------------------------------------------------------------------------------------------

    def own_issues(self) -> Sequence[Issue]:
        """Asked for by the login, and told apart by the author's id."""
        own = self.own_id()
        login = "github-actions[bot]" if own == ACTIONS_BOT else self._viewer["login"]
        asked = {"state": "all", "sort": "created", "direction": "asc", "creator": login}
        with refusals.refused():
            found = [answers.issue(row) for row in self._rows("issues", asked)]
        return [issue for issue in found if issue.author.id == own]

    def editors(self, issue: Issue) -> Sequence[str]:
        asked = {"owner": self._owner, "name": self._name, "number": issue.number}
        edits = self._asked(discussion.EDITORS, asked)["repository"]["issue"]["userContentEdits"]["nodes"]
        return answers.editors_since(edits, self.own_id())

    def can_write(self, login: str) -> bool:
        """Somebody whom GitHub does not know, or no longer, has none."""
        try:
            with refusals.refused():
                return self._repository.get_collaborator_permission(login) in ("admin", "write")
        except NoPermissionError:
            return False

    # Writing ----------------------------------------------------------------------------------------------------------

    def create_comment(self, number: int, body: str) -> Comment:
        """Raises UsageError where the token turns out to write as somebody else, after taking the comment back."""
        with refusals.of_creating(self._wait):
            made = answers.comment(self._post(f"issues/{number}/comments", {"body": body}))
        if made.author != Author(self.own_id(), True):
            self.change([DeleteComment(made.node)])
            raise answers.stranger(made.author)
        return made

    def change(self, changes: Sequence[Change]) -> None:
        """All at once. What is gone was deleted by somebody, or by a run beside this one, and needs no change."""
        document, variables = discussion.mutation(changes)
        self._asked(document, variables, gone_is_fine=True)

    def create_review(self, number: int, head: str, body: str, comments: Sequence[NewInline]) -> None:
        shown: list[dict[str, Any]] = []
        for one in comments:
            place: dict[str, Any] = {"path": one.path, "body": one.body, "line": one.last, "side": "RIGHT"}
            if one.first < one.last:  # GitHub refuses a range of one line
                place |= {"start_line": one.first, "start_side": "RIGHT"}
            shown.append(place)
        with refusals.of_creating(self._wait):
            fields = {"commit_id": head, "body": body, "event": "COMMENT", "comments": shown}
            self._post(f"pulls/{number}/reviews", fields)

    def create_issue(self, title: str, body: str) -> Issue:
        """Raises UsageError where the token turns out to write as somebody else, after closing the issue."""
        with refusals.of_creating(self._wait):
            made = answers.issue(self._post("issues", {"title": title, "body": body}))
        if made.author != Author(self.own_id(), True):
            self.edit_issue(EditIssue(made.number, state="closed", reason="not_planned"))
            raise answers.stranger(made.author)
        return made

    def edit_issue(self, write: EditIssue) -> None:
        fields = {
            "title": write.title,
            "body": write.body,
            "state": write.state,
            "state_reason": write.reason,
            "duplicate_issue_id": write.duplicate_of,
        }
        given = {name: value for name, value in fields.items() if value is not None}
        with refusals.refused():
            self._github.requester.requestJsonAndCheck(
                "PATCH", f"{self._repository.url}/issues/{write.number}", input=given
            )

    # Requests ---------------------------------------------------------------------------------------------------------

    def _rows(self, path: str, asked: dict[str, str] | None = None) -> Iterator[answers.Row]:
        """The rows of a list, page after page."""
        url: str | None = f"{self._repository.url}/{path}"
        parameters: dict[str, str] | None = {**(asked or {}), "per_page": "100"}
        while url is not None:
            headers, rows = self._github.requester.requestJsonAndCheck("GET", url, parameters)
            yield from rows
            url, parameters = answers.next_page(headers.get("link")), None

    def _get(self, path: str, asked: dict[str, str] | None = None) -> answers.Row:
        answer: answers.Row
        _, answer = self._github.requester.requestJsonAndCheck("GET", f"{self._repository.url}/{path}", asked)
        return answer

    def _post(self, path: str, fields: dict[str, Any]) -> answers.Row:
        answer: answers.Row
        _, answer = self._github.requester.requestJsonAndCheck("POST", f"{self._repository.url}/{path}", input=fields)
        return answer

    def _asked(self, document: str, variables: dict[str, Any], *, gone_is_fine: bool = False) -> answers.Row:
        """What GraphQL answers. It says 200 to everything and writes beside it what went wrong."""
        requester = self._graphql.requester
        with refusals.refused("GraphQL"):
            _, answer = requester.requestJsonAndCheck(
                "POST", requester.graphql_url, input={"query": document, "variables": variables}
            )
        wrong = [one for one in answer.get("errors", ()) if not (gone_is_fine and one.get("type") == "NOT_FOUND")]
        if wrong:
            raise answers.refusal(wrong[0])
        found: answers.Row = answer["data"]
        return found
