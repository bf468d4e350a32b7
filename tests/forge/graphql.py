"""GitHub's GraphQL API: documents are judged by its own schema and carried out by the reference library."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError, GraphQLSchema, build_schema, graphql_sync, parse, validate

from tests.forge import npm
from tests.forge.answers import Answer, RefusalError, Request, Token
from tests.forge.description import Json
from tests.forge.objects import blob_sha
from tests.forge.pull import Pull
from tests.forge.records import Account, Remark, Review, ReviewRemark
from tests.forge.repository_bodies import node_id
from tests.forge.routes.call import BODY_LIMIT, Call, is_listed
from tests.forge.world import Repository

if TYPE_CHECKING:
    from tests.forge.forge import Forge


_TEXT_LIMIT = 512_000


@functools.cache
def schema() -> GraphQLSchema:
    """GitHub's schema definition, without the descriptions that are half of it. Raises `npm.AbsentError`."""
    written = (npm.modules() / "@octokit/graphql-schema/schema.graphql").read_text("utf-8")
    return build_schema(re.sub(r'"""(?:[^"\\]|\\.|"(?!""))*"""', "", written), assume_valid=True, no_location=True)


def wrong_with(document: str) -> list[str]:
    """What GitHub's schema holds against a document, as sentences."""
    try:
        return [error.message for error in validate(schema(), parse(document))]
    except GraphQLError as error:
        return [error.message]


def respond(forge: Forge, request: Request) -> Answer:
    """200 even for errors, as GraphQL has it."""
    fields: Any = request.body
    if not isinstance(fields, dict) or not isinstance(fields.get("query"), str):
        forge.record("graphql", "POST /graphql", "no `query` in the body")
        raise RefusalError(400, "A query attribute must be specified and must be a string.")
    if wrong := wrong_with(fields["query"]):
        for sentence in wrong:
            forge.record("graphql", "POST /graphql", sentence)
        return Answer(200, {"errors": [{"message": sentence} for sentence in wrong]})
    result = graphql_sync(
        schema(), fields["query"], Root(forge, request).fields(), variable_values=fields.get("variables")
    )
    errors = [
        {"message": error.message, "path": error.path} | {"type": (error.extensions or {}).get("type", "INVALID")}
        for error in result.errors or []
    ]
    return Answer(200, {"data": result.data} | ({"errors": errors} if errors else {}))


class Root:
    """The entry points that are served. What is a callable is asked with the field's arguments."""

    def __init__(self, forge: Forge, request: Request) -> None:
        self._forge = forge
        self._token: Token = request.token or Token("")
        self._call = Call(forge, request, self._token)

    def fields(self) -> Json:
        return {
            "viewer": self._viewer(),
            "repository": self._repository,
            "rateLimit": {"limit": 1000, "cost": 1, "remaining": 999, "nodeCount": 1, "used": 1},
            "minimizeComment": self._minimize,
            "unminimizeComment": self._unminimize,
            "updateIssueComment": self._edit,
            "updatePullRequestReviewComment": self._edit,
            "deleteIssueComment": self._delete,
        }

    def _viewer(self) -> Json:
        account = self._token.account
        return {"login": account.login, "databaseId": account.id, "id": node_id("BOT", account.id)}

    def _repository(self, _info: Any, **asked: Any) -> Json:
        found = self._forge.repositories.get(f"{asked['owner']}/{asked['name']}")
        if found is None:
            name = f"{asked['owner']}/{asked['name']}"
            message = f"Could not resolve to a Repository with the name '{name}'."
            raise GraphQLError(message, extensions={"type": "NOT_FOUND"})
        bodies = self._forge.bodies
        return {
            "__typename": "Repository",
            "id": node_id("R", found.id),
            "databaseId": found.id,
            "name": found.name,
            "nameWithOwner": found.full_name,
            "url": f"{bodies.web}/{found.full_name}",
            "isArchived": found.archived,
            "isPrivate": found.private,
            "isFork": found.parent is not None,
            "isDisabled": False,
            "isEmpty": False,
            "stargazerCount": found.stars,
            "pushedAt": found.head.date,
            "defaultBranchRef": {"name": found.default_branch, "target": _commit(found.head.sha)},
            "object": lambda _info, **asked: self._object(found, asked["expression"]),
            "issue": lambda _info, **asked: self._issue(found, asked["number"]),
            "pullRequest": lambda _info, **asked: self._pull(found, asked["number"]),
        }  # fmt: skip

    def _object(self, repository: Repository, expression: str) -> Json | None:
        """What `version:path` names; a folder where files lie below it."""
        self._need("contents", "read")
        version, _, path = expression.partition(":")
        commit = repository.resolve(version)
        content = commit.files.get(path) if commit is not None else None
        if commit is not None and content is None and any(file.startswith(f"{path}/") for file in commit.files):
            return {"__typename": "Tree", "oid": commit.tree}
        return _blob(content) if content is not None else None

    def _issue(self, repository: Repository, number: int) -> Json:
        issue = repository.issues.get(number)
        if issue is None or issue.pull is not None:
            message = f"Could not resolve to an Issue with the number of {number}."
            raise GraphQLError(message, extensions={"type": "NOT_FOUND"})
        self._need("issues", "read")
        edits = [{"__typename": "UserContentEdit", "editedAt": date, "editor": _author(by)} for date, by in issue.edits]
        return {
            "__typename": "Issue",
            "id": node_id("I", issue.id),
            "databaseId": issue.id,
            "number": number,
            "title": issue.title,
            "body": issue.body or "",
            "state": issue.state.upper(),
            "author": _author(issue.author),
            "userContentEdits": lambda _info, **asked: _connection(edits, asked),
            "comments": lambda _info, **asked: _connection(list(map(_remark, repository.comments_of(number))), asked),
        }

    def _pull(self, repository: Repository, number: int) -> Json:
        issue = repository.issues.get(number)
        if issue is None or issue.pull is None:
            message = f"Could not resolve to a PullRequest with the number of {number}."
            raise GraphQLError(message, extensions={"type": "NOT_FOUND"})
        self._need("pull-requests", "read")
        pull = issue.pull
        return {
            "__typename": "PullRequest",
            "id": node_id("PR", issue.id),
            "number": number,
            "headRefOid": pull.head_sha,
            "state": "MERGED" if pull.merged else issue.state.upper(),
            "potentialMergeCommit": lambda _info: _test_merge(pull),
            "comments": lambda _info, **asked: _connection(
                [_remark(it) for it in pull.comments if is_listed(it)], asked
            ),
            "reviewThreads": lambda _info, **asked: _connection(_threads(pull), asked),
            "reviews": lambda _info, **asked: _connection(list(map(_review, _reviews(pull))), asked),
        }

    def _edit(self, _info: Any, **asked: Any) -> Json:
        fields = asked["input"]
        remark = self._subject(fields.get("id") or fields["pullRequestReviewCommentId"])
        if isinstance(remark, Review):
            raise GraphQLError("Could not resolve to a comment.", extensions={"type": "NOT_FOUND"})
        if not fields["body"].strip() or len(fields["body"]) > BODY_LIMIT:
            raise GraphQLError("Body is blank or too long", extensions={"type": "UNPROCESSABLE"})
        now = self._forge.clock.tick()
        if isinstance(remark, Remark):
            remark.rewrite(fields["body"], now)
        else:
            remark.body, remark.updated = fields["body"], now
        name = "issueComment" if isinstance(remark, Remark) else "pullRequestReviewComment"
        return {name: _remark(remark), "clientMutationId": fields.get("clientMutationId")}

    def _delete(self, _info: Any, **asked: Any) -> Json:
        remark = self._subject(asked["input"]["id"])
        for repository in self._forge.repositories.values():
            if isinstance(remark, Remark) and repository.remarks.get(remark.id) is remark:
                del repository.remarks[remark.id]
        return {"clientMutationId": asked["input"].get("clientMutationId")}

    def _minimize(self, _info: Any, **asked: Any) -> Json:
        remark = self._subject(asked["input"]["subjectId"])
        remark.minimized = asked["input"]["classifier"]
        return {"minimizedComment": _minimized(remark), "clientMutationId": asked["input"].get("clientMutationId")}

    def _unminimize(self, _info: Any, **asked: Any) -> Json:
        remark = self._subject(asked["input"]["subjectId"])
        remark.minimized = None
        return {"unminimizedComment": _minimized(remark), "clientMutationId": asked["input"].get("clientMutationId")}

    def _subject(self, identity: str) -> Remark | ReviewRemark | Review:
        """The comment of a node id, if the token may write there."""
        for repository in self._forge.repositories.values():
            for remark in repository.remarks.values():
                if node_id("IC", remark.id) == identity:
                    issue = repository.issues[remark.number]
                    self._need("pull-requests" if issue.pull else "issues", "write")
                    return remark
            for line_remark in repository.review_remarks.values():
                if node_id("PRRC", line_remark.id) == identity:
                    self._need("pull-requests", "write")
                    return line_remark
            for review in repository.reviews.values():
                if node_id("PRR", review.id) == identity:
                    self._need("pull-requests", "write")
                    return review
        message = f"Could not resolve to a node with the global id of '{identity}'"
        raise GraphQLError(message, extensions={"type": "NOT_FOUND"})

    def _need(self, name: str, level: str) -> None:
        try:
            self._call.need(name, level)
        except RefusalError as refusal:
            raise GraphQLError(str(refusal), extensions={"type": "FORBIDDEN"}) from refusal


def _commit(sha: str) -> Json:
    return {"__typename": "Commit", "oid": sha}


def _test_merge(pull: Pull) -> Json | None:
    found = pull.test_merge if not pull.merged else None
    if found is None:
        return None
    parents = [_commit(sha) for sha in found.parents]
    return _commit(found.sha) | {"parents": lambda _info, **asked: _connection(parents, asked)}


def _blob(content: bytes) -> Json:
    """A file; GitHub gives no text of what is binary, and half a megabyte of what is long."""
    try:
        text = content.decode("utf-8") if b"\0" not in content else None
    except UnicodeDecodeError:
        text = None
    return {
        "__typename": "Blob",
        "oid": blob_sha(content),
        "byteSize": len(content),
        "isBinary": text is None,
        "isTruncated": len(content) > _TEXT_LIMIT,
        "text": text[:_TEXT_LIMIT] if text is not None else None,
    }


def _minimized(remark: Remark | ReviewRemark | Review) -> Json:
    reason = remark.minimized.lower() if remark.minimized else None
    kind = {Remark: "IssueComment", ReviewRemark: "PullRequestReviewComment", Review: "PullRequestReview"}[type(remark)]
    return {"__typename": kind, "isMinimized": remark.minimized is not None, "minimizedReason": reason}


def _remark(remark: Remark | ReviewRemark) -> Json:
    kind = "IC" if isinstance(remark, Remark) else "PRRC"
    return _minimized(remark) | {
        "id": node_id(kind, remark.id),
        "databaseId": remark.id,
        "fullDatabaseId": str(remark.id),
        "body": remark.body,
        "createdAt": remark.created,
        "author": _author(remark.author),
        "viewerDidAuthor": False,
        "pullRequestReview": _of_review(remark),
        "userContentEdits": lambda _info, **asked: _connection(_versions(remark), asked),
    }


def _versions(remark: Remark | ReviewRemark) -> list[Json]:
    edits = remark.edits if isinstance(remark, Remark) else []
    return [{"__typename": "UserContentEdit", "editedAt": date, "diff": text} for date, text in edits]


def _of_review(remark: Remark | ReviewRemark) -> Json | None:
    number = remark.review if isinstance(remark, ReviewRemark) else None
    return {"__typename": "PullRequestReview", "id": node_id("PRR", number)} if number is not None else None


def _comments(pull: Pull) -> list[Json]:
    return [_remark(remark) for remark in pull.comments if is_listed(remark)]


def _reviews(pull: Pull) -> list[Review]:
    return [review for review in pull.repository.reviews.values() if review.number == pull.number]


def _review(review: Review) -> Json:
    return _minimized(review) | {
        "id": node_id("PRR", review.id),
        "databaseId": review.id,
        "fullDatabaseId": str(review.id),
        "body": review.body,
        "state": review.state,
        "author": _author(review.author),
    }


def _author(account: Account) -> Json:
    """GraphQL knows a bot by its login without `[bot]`."""
    login = account.login.removesuffix("[bot]")
    return {"__typename": account.type, "login": login, "databaseId": account.id, "id": node_id("U", account.id)}


def _threads(pull: Pull) -> list[Json]:
    """A comment on a line and the answers to it."""
    found = []
    for first in pull.review_comments:
        if first.reply_to is None and is_listed(first):
            remarks = [first, *(other for other in pull.review_comments if other.reply_to == first.id)]
            found.append(
                {
                    "__typename": "PullRequestReviewThread",
                    "id": node_id("PRRT", first.id),
                    "isResolved": first.resolved,
                    "isOutdated": first.line is None,
                    "path": first.path,
                    "line": first.line,
                    "comments": lambda _info, remarks=remarks, **asked: _connection(list(map(_remark, remarks)), asked),
                }
            )
    return found


def _connection(nodes: list[Json], asked: Json) -> Json:
    """One page; a cursor is the count of what lies before. GitHub wants `first` or `last`, at most 100."""
    size = asked.get("first") or asked.get("last")
    if not size or size > 100:
        raise GraphQLError("You must provide a `first` or `last` value of at most 100.")
    start = int(asked.get("after") or 0) if asked.get("first") else max(0, len(nodes) - size)
    end = min(start + size, len(nodes))
    page = {
        "hasNextPage": end < len(nodes),
        "hasPreviousPage": start > 0,
        "startCursor": str(start),
        "endCursor": str(end),
    }
    return {
        "totalCount": len(nodes),
        "nodes": nodes[start:end],
        "pageInfo": page,
        "edges": [{"node": node} for node in nodes[start:end]],
    }
