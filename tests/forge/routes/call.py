"""A request on its way through a route, and the table of all routes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tests.forge.answers import Answer, Need, RefusalError, Request, Token, not_found, unprocessable
from tests.forge.bodies import Bodies
from tests.forge.description import Operation
from tests.forge.pull import Pull
from tests.forge.records import Issue, Remark, ReviewRemark
from tests.forge.world import Repository

if TYPE_CHECKING:
    from tests.forge.forge import Forge

BODY_LIMIT = 65_536
"""Characters that a body may have."""


class Call:
    """What a route needs: the request, who asks, the repository, and how to write an answer."""

    def __init__(self, forge: Forge, request: Request, token: Token) -> None:
        self.forge, self.request, self.token = forge, request, token
        self.variables = request.variables
        self.fields: dict[str, Any] = request.body or {}

    @property
    def bodies(self) -> Bodies:
        return self.forge.bodies

    @property
    def repository(self) -> Repository:
        """The repository of the path; 404 where there is none."""
        name = f"{self.variables['owner']}/{self.variables['repo']}"
        if name not in self.forge.repositories:
            raise not_found()
        return self.forge.repositories[name]

    @property
    def issue(self) -> Issue:
        """The issue or pull request of the path."""
        number = self.variables["issue_number"]
        found = self.repository.issues.get(int(number)) if number.isdigit() else None
        if found is None:
            raise not_found()
        return found

    @property
    def pull(self) -> Pull:
        """The pull request of the path."""
        number = self.variables["pull_number"]
        found = self.repository.issues.get(int(number)) if number.isdigit() else None
        if found is None or found.pull is None:
            raise not_found()
        return found.pull

    def need(self, name: str, level: str) -> None:
        """Write down that this took a permission, and refuse where the token has it not."""
        need = Need(name, level)
        if need not in self.request.needs:
            self.request.needs.append(need)
        if not self.token.may(need):
            if self.token.denied == 404:
                raise not_found()
            raise RefusalError(403, "Resource not accessible by integration")

    def need_for(self, issue: Issue, level: str) -> None:
        """Comments and labels of a pull request go by `pull-requests`, those of an issue by `issues`."""
        self.need("pull-requests" if issue.pull else "issues", level)

    def checked_body(self, resource: str, *, required: bool = False) -> str | None:
        """The field `body` within the limits that the description does not know."""
        body = self.fields.get("body")
        if required and not (body or "").strip():
            raise unprocessable({"resource": resource, "field": "body", "code": "missing_field"})
        if body is not None and len(body) > BODY_LIMIT:
            message = f"body is too long (maximum is {BODY_LIMIT} characters)"
            raise unprocessable({"resource": resource, "field": "body", "code": "custom", "message": message})
        return body

    def page(self, found: Sequence[Any], write: Callable[[Any], Any], wrapped: str | None = None) -> Answer:
        """One page of a list, with the `Link` that GitHub gives: by the repository's number, not by its name."""
        size = min(_positive(self.request.first("per_page", "30")), 100)
        page = _positive(self.request.first("page", "1"))
        body: Any = [write(thing) for thing in found[(page - 1) * size : page * size]]
        if wrapped:
            body = {"total_count": len(found), wrapped: body}
        last = max(1, -(-len(found) // size))
        around = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
        if page <= 1:
            del around["prev"], around["first"]
        if page >= last:
            del around["next"], around["last"]
        links = ", ".join(f'<{self._paged(number)}>; rel="{rel}"' for rel, number in around.items())
        return Answer(200, body, {"Link": links} if links else {})

    def _paged(self, page: int) -> str:
        query = {name: values[-1] for name, values in self.request.query.items()} | {"page": str(page)}
        path = self.request.path
        if "owner" in self.variables:
            here = f"/repos/{self.variables['owner']}/{self.variables['repo']}"
            path = f"/repositories/{self.repository.id}{path.removeprefix(here)}"
        return f"{self.forge.api}{path}?{urlencode(query)}"


def is_listed(thing: Remark | ReviewRemark | Issue) -> bool:
    """Whether a list shows it yet; each list that does not brings the moment nearer."""
    if thing.listed_after > 0:
        thing.listed_after -= 1
        return False
    return True


def _positive(text: str) -> int:
    return max(1, int(text)) if text.isdigit() else 1


Respond = Callable[[Call], Answer]
TABLE: dict[Operation, tuple[Respond, tuple[Need, ...]]] = {}


def route(operation: str, *needs: str) -> Callable[[Respond], Respond]:
    """Enter a function into the table under `GET /repos/{owner}/{repo}`, with the permissions that it always takes."""
    method, template = operation.split(" ")

    def enter(respond: Respond) -> Respond:
        TABLE[Operation(method, template)] = (respond, tuple(Need(*need.split(":")) for need in needs))
        return respond

    return enter
