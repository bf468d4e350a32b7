"""What comes in, what goes out, and how an answer that is no success leaves a route."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.forge.description import Operation
from tests.forge.records import ACTIONS, Account

READ_ONLY = dict.fromkeys(["actions", "checks", "contents", "issues", "pull-requests"], "read")
"""What the token of a fork's pull request may do, whatever its workflow asks for."""


@dataclass
class Token:
    """A token: who acts with it, and what a workflow's `permissions:` grant it, in the spelling of workflows."""

    value: str
    account: Account = ACTIONS
    permissions: dict[str, str] = field(default_factory=dict)
    denied: int = 403
    """What it hears when it may not: GitHub answers 403, and 404 where it hides that the thing exists."""

    def may(self, need: Need) -> bool:
        """Whether it has a permission at that level or above."""
        levels = ["none", "read", "write"]
        return need.name == "metadata" or levels.index(self.permissions.get(need.name, "none")) >= levels.index(
            need.level
        )


class Need(NamedTuple):
    """A permission that an operation asks for, in the spelling of workflows: `pull-requests`, `write`."""

    name: str
    level: str


@dataclass
class Request:
    """One request as it came in, and what became of it."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    """Names in lower case."""
    body: Any
    operation: Operation | None = None
    variables: dict[str, str] = field(default_factory=dict)
    token: Token | None = None
    needs: list[Need] = field(default_factory=list)
    """The permissions that it took."""
    status: int = 0
    """What it was answered; 0 where the connection was cut instead."""

    def first(self, name: str, default: str = "") -> str:
        """A parameter of the query."""
        return self.query.get(name, [default])[-1]

    @property
    def writes(self) -> bool:
        """Whether it changes something; a GraphQL query is a POST that changes nothing."""
        if self.path == "/graphql":
            return "mutation" in str((self.body or {}).get("query", ""))
        return self.method not in ("GET", "HEAD")

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status or 'cut'}"


@dataclass
class Answer:
    """An answer; `body` is JSON unless it is bytes."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    by_fault: bool = False
    """Made by a fault, so that the description need not know it."""

    def content(self) -> bytes:
        """The bytes on the wire."""
        if self.body is None:
            return b""
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, ensure_ascii=False).encode()


class RefusalError(Exception):
    """A route's answer that is no success."""

    def __init__(self, status: int, message: str, *errors: Any) -> None:
        super().__init__(message)
        documentation = "https://docs.github.com/rest"
        body: dict[str, Any] = {"message": message, "documentation_url": documentation, "status": str(status)}
        if status == 422:
            del body["status"]  # GitHub sends it there too; its description of that answer has forgotten it
        if errors:
            body["errors"] = list(errors)
        self.answer = Answer(status, body)


def not_found() -> RefusalError:
    """What GitHub says of all that is not there, or that the caller may not know of."""
    return RefusalError(404, "Not Found")


def unprocessable(*errors: str | dict[str, Any]) -> RefusalError:
    """A request that GitHub understands and will not carry out."""
    if errors and isinstance(errors[0], str):
        return RefusalError(422, "Unprocessable Entity", *errors)
    return RefusalError(422, "Validation Failed", *errors)


def fault_in(resource: str, field_name: str, message: str) -> dict[str, Any]:
    """One entry of a 422's list of errors."""
    return {"resource": resource, "field": field_name, "code": "custom", "message": message}
