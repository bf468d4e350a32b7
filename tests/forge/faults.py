"""How GitHub goes wrong: faults that are hung on a forge, alone or together, and drawn by a seed where asked.

`on` is a pattern over `METHOD /path/template`, such as `POST */comments`; `times` is how often the fault strikes at
most, `chance` how likely it is each time (1 is always). A fault with a chance draws from the forge's seeded stream, so
that one seed is one history.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from tests.forge.answers import Answer, RefusalError, Request

if TYPE_CHECKING:
    from tests.forge.forge import Forge
    from tests.forge.pull import Files, Pull

_SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. "
    "If you reach out to GitHub Support for help, please include the request ID."
)


@dataclass(kw_only=True)
class Fault:
    """A fault that does nothing; the others say what they do before and after a request is answered."""

    on: str = "*"
    times: int = 1
    chance: float = 1.0
    struck: int = field(default=0, init=False)

    def before(self, forge: Forge, request: Request) -> Answer | None:  # noqa: ARG002 others use them
        """An answer in place of the true one, which then never happens."""
        return None

    def after(self, forge: Forge, request: Request, answer: Answer) -> Answer | None:  # noqa: ARG002 others use them
        """What the client gets instead; the change has been made. `CUT` cuts the connection."""
        return None

    def strikes(self, forge: Forge, request: Request) -> bool:
        """Whether it is this request's turn, and count it."""
        if self.struck >= self.times or not fnmatchcase(name_of(request), self.on):
            return False
        if self.chance < 1 and forge.draw() >= self.chance:
            return False
        self.struck += 1
        return True


CUT = Answer(0, by_fault=True)
"""No answer: the connection is reset."""


def name_of(request: Request) -> str:
    """What `on` is compared with; the mutations of GraphQL count as `MUTATION /graphql`."""
    if request.path == "/graphql":
        return f"{'MUTATION' if request.writes else 'QUERY'} /graphql"
    return str(request.operation) if request.operation else f"{request.method} {request.path}"


@dataclass(kw_only=True)
class BadGateway(Fault):
    """502 before anything has happened."""

    def before(self, forge: Forge, request: Request) -> Answer | None:
        return _bad_gateway() if self.strikes(forge, request) else None


@dataclass(kw_only=True)
class BadGatewayAfterCommit(Fault):
    """The change is made, and the answer is 502."""

    on: str = "POST *"

    def after(self, forge: Forge, request: Request, answer: Answer) -> Answer | None:
        return _bad_gateway() if answer.status < 400 and self.strikes(forge, request) else None


@dataclass(kw_only=True)
class ResetAfterCommit(Fault):
    """The change is made, and the connection is cut before the answer."""

    on: str = "POST *"

    def after(self, forge: Forge, request: Request, answer: Answer) -> Answer | None:
        return CUT if answer.status < 400 and self.strikes(forge, request) else None


@dataclass(kw_only=True)
class ListLag(Fault):
    """What was just made is missing from the next `lists` lists, as a replica lags behind."""

    on: str = "POST *"
    lists: int = 1

    def before(self, forge: Forge, request: Request) -> Answer | None:
        if request.method == "POST":
            forge.lag = self.lists if self.strikes(forge, request) else 0
        return None


@dataclass(kw_only=True)
class SecondaryLimit(Fault):
    """After `writes` writes, 403 for the next `times`, and then as many writes again.

    Counted in requests and not in minutes, so that no test waits for a clock. `retry_after` in seconds, None for the
    answer without that header, which GitHub gives too.
    """

    on: str = "*"
    writes: int = 80
    retry_after: int | None = 1
    status: int = 403
    _made: int = 0

    def before(self, forge: Forge, request: Request) -> Answer | None:
        if not request.writes or not fnmatchcase(name_of(request), self.on):
            return None
        self._made += 1
        if self._made <= self.writes:
            return None
        if not self.strikes(forge, request):
            self._made, self.struck = 1, 0
            return None
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return _refused(self.status, _SECONDARY, headers)


@dataclass(kw_only=True)
class PrimaryLimit(Fault):
    """403 with nothing remaining until a moment in seconds since 1970."""

    reset: int = 0

    def before(self, forge: Forge, request: Request) -> Answer | None:
        if not self.strikes(forge, request):
            return None
        headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(self.reset)}
        return _refused(403, "API rate limit exceeded for installation ID 1.", headers)


@dataclass(kw_only=True)
class MovedHead(Fault):
    """Somebody pushes right after a request is answered: the next read sees another head."""

    pull: Pull
    files: Files
    on: str = "GET */pulls/{pull_number}"

    def after(self, forge: Forge, request: Request, answer: Answer) -> Answer | None:  # noqa: ARG002 the seam has it
        if self.strikes(forge, request):
            with forge.lock:
                self.pull.push(self.files, f"Pushed in between, {self.struck}")
        return None


@dataclass(kw_only=True)
class Rendezvous(Fault):
    """Two runners at once: a request waits until a second one of its kind has come; both then go on together.

    Hung on the POST of a comment, it makes both runners decide to post before either has. `patience` in seconds.
    """

    on: str = "POST */comments"
    times: int = 2
    patience: float = 10
    met: bool = False

    def __post_init__(self) -> None:
        self._barrier = threading.Barrier(2)

    def before(self, forge: Forge, request: Request) -> Answer | None:
        if self.strikes(forge, request):
            try:
                self._barrier.wait(self.patience)
                self.met = True
            except threading.BrokenBarrierError:
                self.met = False
        return None


@dataclass(kw_only=True)
class Refused(Fault):
    """Any status with GitHub's kind of body, such as 401, 404, 410 or 503."""

    status: int = 403
    message: str = "Resource not accessible by integration"

    def before(self, forge: Forge, request: Request) -> Answer | None:
        return _refused(self.status, self.message, {}) if self.strikes(forge, request) else None


def weather() -> list[Fault]:
    """Bad weather for long random histories: everything that passes by itself, each now and then."""
    often = 1_000_000
    return [
        BadGateway(chance=0.03, times=often),
        BadGatewayAfterCommit(chance=0.05, times=often),
        ResetAfterCommit(chance=0.05, times=often),
        ListLag(chance=0.2, times=often),
        SecondaryLimit(writes=6, retry_after=0),
    ]


def _bad_gateway() -> Answer:
    return Answer(502, b"<html><body><h1>502 Bad Gateway</h1></body></html>", {"Content-Type": "text/html"}, True)


def _refused(status: int, message: str, headers: dict[str, str]) -> Answer:
    answer = RefusalError(status, message).answer
    return Answer(status, answer.body, headers, by_fault=True)
