"""GitHub: its GraphQL API, and the pages of repositories for those who have no token.

https://docs.github.com/en/graphql. A repository that is not there is `null` with an error of type `NOT_FOUND`, and the
others are answered; so is one that the token may not see. A renamed repository is answered under its new name. Used up
limits come as 200 with an error. Documents are parsed by the reference library, not by patterns of ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphql import FieldNode, FragmentDefinitionNode, GraphQLError, OperationDefinitionNode, parse
from graphql.language import FragmentSpreadNode, SelectionSetNode
from graphql.utilities import value_from_ast_untyped

from tests.links.registries.impostor import Asked, Fault, Impostor, Told, told_json

TOKEN = "ghp_a-token-of-nobody"  # noqa: S105 - it opens nothing


class Repo(NamedTuple):
    """What GitHub has of a repository."""

    name: str
    """`Owner/name` as it is now."""
    archived: bool = False
    empty: bool = False
    disabled: bool = False
    locked: bool = False
    private: bool = False
    """There, and shown to nobody who asks here."""
    parent: str | None = None
    description: str | None = None


class Github(Impostor):
    """api.github.com/graphql."""

    name = "github"
    host = "api.github.com"
    most = 100

    def __init__(self, rows: Mapping[str, Repo] | None = None, *, token: str = TOKEN, points: int = 1_000) -> None:
        super().__init__()
        self.rows: dict[str, Repo] = {name.lower(): row for name, row in (rows or {}).items()}
        """By the name under which it is asked for, also an old one."""
        self.files: set[tuple[str, str]] = set()
        """Repository as it is asked for, and `branch:path`."""
        self.points = points
        self.documents: list[str] = []
        self._token = token

    def row_of(self, name: str) -> Repo | None:
        """By an old name or the one of today."""
        known = self.rows.get(name.lower())
        return known or next((row for row in self.rows.values() if row.name.lower() == name.lower()), None)

    def authorized(self, _asked: Asked) -> None:
        """This is whom the token is for."""

    def ids(self, asked: Asked) -> tuple[str, ...]:
        """Repositories, each with the file or folder of it that is looked for."""
        return tuple(f"{name}:{file}" if (file := seen.get("file")) else name for _, name, seen in self._fields(asked))

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        if (asked.method, asked.path) != ("POST", "/graphql"):
            return told_json(404, {"message": "Not Found"})
        shown = asked.headers.get("authorization", "").partition(" ")[2]
        if shown != self._token:
            message = "Bad credentials" if shown else "This endpoint requires you to be authenticated."
            return told_json(401, {"message": message})
        if "user-agent" not in asked.headers:
            return Told(403, "Request forbidden by administrative rules.", {}, "text/plain")
        if self.points <= 0:
            return exhausted(Told(200, ""))
        document = json.loads(asked.body)["query"]
        self.documents.append(document)
        try:
            parse(document)
        except GraphQLError as error:
            return told_json(200, {"errors": [{"message": error.message}]})
        self.points -= 1
        return self._carried_out(asked, ids)

    def _carried_out(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        found: dict[str, Any] = {"rateLimit": {"cost": 1, "remaining": self.points}}
        errors = []
        for alias, name, selected in self._fields(asked):
            row = self.row_of(name)
            if row is None or row.private:
                found[alias] = None
                message = f"Could not resolve to a Repository with the name '{name}'."
                errors.append({"type": "NOT_FOUND", "path": [alias], "message": message})
            else:
                known = _repository(row)
                known["file"] = {"__typename": "Blob"} if (name.lower(), selected.get("file")) in self.files else None
                found[alias] = {field: known[field] for field in selected}
        assert ids
        body = {"data": found, **({"errors": self.mixed(errors)} if errors else {})}
        return told_json(200, body, x_ratelimit_remaining=str(self.points), x_ratelimit_limit="1000")

    def _fields(self, asked: Asked) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Alias, name and wanted fields of each repository; with the expression, where an object is wanted."""
        try:
            body = json.loads(asked.body)
            document = parse(body["query"], no_location=True)
        except (ValueError, KeyError, TypeError, GraphQLError):
            return
        variables = body.get("variables") or {}
        fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
        operation = next(one for one in document.definitions if isinstance(one, OperationDefinitionNode))
        for field in operation.selection_set.selections:
            if isinstance(field, FieldNode) and field.name.value == "repository":
                given = {one.name.value: value_from_ast_untyped(one.value, variables) for one in field.arguments or ()}
                alias = field.alias.value if field.alias is not None else "repository"
                yield alias, f"{given['owner']}/{given['name']}", dict(_selected(field.selection_set, fragments))


class GithubPages(Impostor):
    """github.com: 404 for what is not there and for what is private, 301 for what was renamed. Strict with programs."""

    name = "github-pages"
    host = "github.com"

    def __init__(self, api: Github) -> None:
        super().__init__()
        self._api = api

    def ids(self, asked: Asked) -> tuple[str, ...]:
        return ("/".join(asked.path.strip("/").split("/")[:2]),)

    def told(self, asked: Asked, ids: tuple[str, ...]) -> Told:
        row = self._api.row_of(ids[0])
        if row is None or row.private:
            return Told(404, "<title>Page not found · GitHub</title>", {}, "text/html")
        if row.name.lower() != ids[0].lower():
            rest = asked.path.strip("/").split("/")[2:]
            target = "https://github.com/" + "/".join([row.name, *rest])
            return Told(301, "", {"location": target}, "text/html")
        return Told(200, f"<title>{row.name}</title>", {}, "text/html")


def _selected(
    selection: SelectionSetNode | None, fragments: Mapping[str, FragmentDefinitionNode]
) -> Iterator[tuple[str, Any]]:
    for one in selection.selections if selection is not None else ():
        if isinstance(one, FieldNode):
            given = [value_from_ast_untyped(argument.value) for argument in one.arguments or ()]
            yield one.alias.value if one.alias is not None else one.name.value, given[0] if given else None
        elif isinstance(one, FragmentSpreadNode):
            yield from _selected(fragments[one.name.value].selection_set, fragments)


def _repository(row: Repo) -> dict[str, Any]:
    return {
        "__typename": "Repository",
        "nameWithOwner": row.name,
        "url": f"https://github.com/{row.name}",
        "isArchived": row.archived,
        "isDisabled": row.disabled,
        "isEmpty": row.empty,
        "isFork": row.parent is not None,
        "isLocked": row.locked,
        "isPrivate": False,
        "description": row.description,
        "pushedAt": None if row.empty else "2026-10-01T00:00:00Z",
        "archivedAt": "2025-01-01T00:00:00Z" if row.archived else None,
        "parent": {"nameWithOwner": row.parent} if row.parent is not None else None,
        "defaultBranchRef": None if row.empty else {"name": "main"},
    }


# Its own faults -------------------------------------------------------------------------------------------------------


def exhausted(_told: Told) -> Told:
    """The primary limit: 200, an error, and a header."""
    error = {"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}
    return told_json(200, {"errors": [error]}, x_ratelimit_remaining="0", x_ratelimit_reset="1900000000")


def secondary(_told: Told) -> Told:
    """The secondary limit."""
    message = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}
    return told_json(403, message, retry_after="60")


def too_slow(_told: Told) -> Told:
    """More than ten seconds of work."""
    return told_json(502, {"data": None, "errors": [{"message": "Something went wrong while executing your query."}]})


def protected(alias: str) -> Fault:
    """An organisation that wants single sign-on: there, and not shown."""

    def fault(told: Told) -> Told:
        body = json.loads(told.body)
        body["data"][alias] = None
        error = {
            "type": "FORBIDDEN",
            "path": [alias],
            "extensions": {"saml_failure": True},
            "message": "Resource protected by organization SAML enforcement. You must grant your OAuth token access.",
        }
        body["errors"] = [*body.get("errors", []), error]
        return told_json(200, body)

    return fault
