"""The forge: a GitHub of one's own on loopback.

    with Forge(contract) as forge:
        repository = forge.repository("lists/papers", {"README.md": "# Papers\\n"})
        pull = repository.open_pull({"README.md": "# Papers\\n\\n- …\\n"}, head_owner="newcomer")
        token = forge.token({"pull-requests": "write", "contents": "read"})
        ...  # a client with GITHUB_API_URL=forge.api and GITHUB_TOKEN=token.value
        assert [comment.body for comment in pull.comments] == [...]

Every request and answer is held against GitHub's description; `violations` lists what did not fit.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import random
import re
import threading
from collections.abc import Iterator
from types import TracebackType
from urllib.parse import unquote

from tests.forge import graphql
from tests.forge.answers import READ_ONLY, Answer, Need, RefusalError, Request, Token
from tests.forge.bodies import Bodies
from tests.forge.contract import Contract, Violation
from tests.forge.description import Json
from tests.forge.faults import CUT, Fault
from tests.forge.pull import Files
from tests.forge.records import ACTIONS, Account
from tests.forge.routes import TABLE, Call
from tests.forge.server import Server
from tests.forge.skeletons import Skeletons
from tests.forge.world import Clock, Repository

VERSIONS = {"2022-11-28"}
"""The values of `X-GitHub-Api-Version` whose shapes are served."""
_HOURLY = 1_000  # requests that a workflow's token has


class Forge:
    """State, faults and the log of one fake GitHub; a context manager that serves while it is open.

    `prefix` is `/api/v3` for a GitHub Enterprise Server, where `actions`, who acts with the tokens of workflows, has
    another id too. `web` is where browsers go.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        prefix: str = "",
        web: str = "https://github.com",
        seed: int = 0,
        actions: Account = ACTIONS,
    ) -> None:
        self.contract = contract
        self.skeletons = Skeletons(contract.description)
        self.prefix, self.web = prefix, web
        self.lock = threading.RLock()
        self.repositories: dict[str, Repository] = {}
        self.requests: list[Request] = []
        """Everything that was asked, in the order in which it was answered."""
        self.violations: list[Violation] = []
        self.faults: list[Fault] = []
        self.lag = 0
        """How many lists leave out what is made now; `ListLag` sets it."""
        self.names_the_app = True
        """Whether what a workflow's token wrote says by which app it did; GitHub does not always."""
        self.tree_limit = 100_000
        """Entries of a tree; what is more is left out, and `truncated` says so."""
        self.raw_media = "application/vnd.github.raw+json; charset=utf-8"
        """The media type of a file's raw content."""
        self.clock, self.ids = Clock(), itertools.count(1_000_001)
        self._tokens: dict[str, Token] = {}
        self._used = 0
        self._people: dict[str, Account] = {actions.login: actions}
        self._random = random.Random(seed)  # noqa: S311 repeatable on purpose
        self._server, self._store = Server(self._respond, self._crashed), Server(self._serve_file, self._crashed)
        self.public = self._server.url
        """The origin in the URLs of answers; a proxy that stands in front sets its own."""

    def __enter__(self) -> Forge:
        self._server.start()
        self._store.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        self._store.close()
        self.contract.broken.extend(self.violations)

    # What tests make and ask for.

    @property
    def url(self) -> str:
        """Where it listens itself, whatever stands in front."""
        return self._server.url

    @property
    def api(self) -> str:
        """What a workflow has in `GITHUB_API_URL`."""
        return self.public + self.prefix

    @property
    def store(self) -> str:
        """The origin of artifacts' archives, another host than the API's."""
        return self._store.url

    @property
    def bodies(self) -> Bodies:
        return Bodies(self.skeletons, self.api, self.web, names_the_app=self.names_the_app)

    def repository(self, full_name: str, files: Files | None = None, *, private: bool = False) -> Repository:
        """A new repository with one commit of these files on `main`."""
        owner, name = full_name.split("/")
        repository = Repository(
            owner=self.person(owner),
            name=name,
            id=next(self.ids),
            clock=self.clock,
            numbers=self.ids,
            created=self.clock.tick(),
            private=private,
            people=self._people,
            forked=self._forked,
        )
        repository.commit(files or {"README.md": f"# {name}\n"}, message="Begin")
        self.repositories[full_name] = repository
        return repository

    def _forked(self, fork: Repository) -> None:
        self.repositories[fork.full_name] = fork

    def person(self, login: str) -> Account:
        """The account of a login; always the same one."""
        if login not in self._people:
            self._people[login] = Account(login, next(self.ids), "Bot" if login.endswith("[bot]") else "User")
        return self._people[login]

    def token(
        self, permissions: dict[str, str] | None = None, *, login: str = ACTIONS.login, denied: int = 403
    ) -> Token:
        """A token with what a workflow's `permissions:` grant, nothing unless named."""
        token = Token(f"ghs_{len(self._tokens):036d}", self.person(login), permissions or {}, denied)
        self._tokens[token.value] = token
        return token

    def fork_token(self, denied: int = 403) -> Token:
        """The token of a fork's pull request: reads, and is refused every write with 403 or 404."""
        return self.token(dict(READ_ONLY), denied=denied)

    def fault(self, *hung: Fault) -> None:
        """Hang faults on; they strike in the order in which they hang."""
        self.faults.extend(hung)

    def draw(self) -> float:
        """The next number of the seeded stream."""
        with self.lock:
            return self._random.random()

    @property
    def writes(self) -> list[Request]:
        """The requests that change something."""
        return [request for request in self.requests if request.writes]

    def needs(self, token: Token | None = None) -> dict[str, str]:
        """The least `permissions:` that would have allowed all requests so far (of one token)."""
        least: dict[str, str] = {}
        for request in self.requests:
            if token is None or request.token is token:
                for need in request.needs:
                    if need.name != "metadata" and least.get(need.name) != "write":
                        least[need.name] = need.level
        return least

    @contextlib.contextmanager
    def expecting_violations(self) -> Iterator[list[Violation]]:
        """Violations within are the test's business and not the suite's: they go into the list it gets."""
        kept, self.violations = self.violations, []
        try:
            yield self.violations
        finally:
            self.violations = kept

    # What happens to a request.

    def _respond(self, request: Request) -> Answer:
        """From the wire to the wire: faults around the truth, and a line in the log."""
        request.path = self._plain_path(request.path)
        match = self.contract.description.match(request.method, request.path)
        if match:
            request.operation = match.operation
            request.variables = {name: unquote(value) for name, value in match.variables.items()}
        answer = next(filter(None, (fault.before(self, request) for fault in list(self.faults))), None)
        if answer is None:
            with self.lock:
                answer = self._truth(request)
            for fault in list(self.faults):
                answer = fault.after(self, request, answer) or answer
        with self.lock:
            request.status = answer.status
            self.requests.append(request)
            self._used += answer.status != 304 and request.path != "/rate_limit"
        if answer is CUT:
            return answer
        return Answer(answer.status, answer.body, self._headers() | answer.headers)

    def _plain_path(self, path: str) -> str:
        """Without the prefix, and with a repository's name where its number stands, as `Link` gives it."""
        if path == f"{self.prefix.removesuffix('/v3')}/graphql":
            return "/graphql"
        plain = path.removeprefix(self.prefix)
        if numbered := re.match(r"/repositories/(\d+)", plain):
            for name, repository in self.repositories.items():
                if str(repository.id) == numbered[1]:
                    return f"/repos/{name}{plain[numbered.end() :]}"
        return plain

    def _truth(self, request: Request) -> Answer:
        """What GitHub would answer on a good day, held against the description."""
        try:
            answer = self._routed(request)
        except RefusalError as refusal:
            answer = refusal.answer
        if request.operation and not isinstance(answer.body, bytes):
            for sentence in self.contract.answer(request.operation, answer.status, answer.body):
                self.record("answer", f"{request.operation} {answer.status}", sentence)
        return self._conditional(request, answer)

    def _routed(self, request: Request) -> Answer:
        request.token = self._caller(request)
        if request.path == "/graphql" and request.method == "POST":
            return graphql.respond(self, request)
        if request.operation is None:
            self.record("request", f"{request.method} {request.path}", "no operation that is served here")
            raise RefusalError(404, "Not Found")
        wrong = [*self.contract.query(request.operation, request.query)]
        wrong += self.contract.body(request.operation, request.body)
        for sentence in wrong:
            self.record("request", str(request.operation), sentence)
        if wrong:
            raise RefusalError(422, "Invalid request.\n\n" + "\n".join(wrong))
        respond, needs = TABLE[request.operation]
        call = Call(self, request, request.token)
        if "owner" in request.variables and call.repository.archived and request.writes:
            raise RefusalError(403, "Repository was archived so is read-only.")
        for need in needs:
            call.need(*need)
        return respond(call)

    def _caller(self, request: Request) -> Token:
        """Whose token it is. Raises `RefusalError`: 401, 403 without a user agent, 400 for an unknown version."""
        if not request.headers.get("user-agent"):
            raise RefusalError(403, "Request forbidden by administrative rules. It has no User-Agent header.")
        version = request.headers.get("x-github-api-version")
        if version is not None and version not in VERSIONS:
            raise RefusalError(400, f"The API version {version} is not supported.")
        authorization = request.headers.get("authorization")
        if authorization is None:
            return Token("", Account("anonymous", 0), dict(READ_ONLY))
        scheme, _, value = authorization.partition(" ")
        if scheme.lower() not in ("token", "bearer") or value not in self._tokens:
            raise RefusalError(401, "Bad credentials")
        return self._tokens[value]

    def _conditional(self, request: Request, answer: Answer) -> Answer:
        """An `ETag` on what can be read, and 304 for whoever has it already."""
        if request.method != "GET" or answer.status != 200:
            return answer
        tag = f'"{hashlib.sha256(answer.content()).hexdigest()}"'
        headers = answer.headers | {"ETag": tag}
        if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
            return Answer(304, None, headers)
        return Answer(200, answer.body, headers)

    def rate(self) -> Json:
        """The primary limit. Its reset is far away: nothing here waits for it."""
        left = max(0, _HOURLY - self._used)
        return {"limit": _HOURLY, "used": self._used, "remaining": left, "reset": 4_102_444_800}

    def _headers(self) -> dict[str, str]:
        rate = self.rate()
        names = {"limit": "Limit", "used": "Used", "remaining": "Remaining", "reset": "Reset"}
        return {f"X-RateLimit-{shown}": str(rate[name]) for name, shown in names.items()} | {
            "X-GitHub-Request-Id": f"{len(self.requests):08X}",
            "X-GitHub-Media-Type": "github.v3; format=json",
        }

    def _serve_file(self, request: Request) -> Answer:
        """The store behind the redirect of an artifact's download: it refuses, and reports, a request with a token."""
        if "authorization" in request.headers:
            self.record("conduct", request.path, "the token was sent to the host of the archives")
            return Answer(400, {"message": "InvalidAuthenticationInfo"})
        number = re.fullmatch(r"/artifacts/(\d+)\.zip", request.path)
        for repository in self.repositories.values():
            if number and int(number[1]) in repository.artifacts:
                content = repository.artifacts[int(number[1])].archive
                return Answer(200, content, {"Content-Type": "application/zip"})
        return Answer(404, {"message": "The specified blob does not exist."})

    def record(self, side: str, where: str, what: str) -> None:
        """Note a violation."""
        self.violations.append(Violation(side, where, what))

    def _crashed(self, trace: str) -> None:
        self.record("answer", "the forge itself", trace)


def workflow_permissions(granted: dict[str, str], needs: dict[str, str]) -> list[str]:
    """What was needed and not granted, as sentences; none where the workflow's `permissions:` suffice."""
    token = Token("", permissions=granted)
    return [f"{name}: {level}" for name, level in needs.items() if not token.may(Need(name, level))]
