"""GitHub: a hundred repositories in one request of GraphQL, and what became of each: moved, archived, empty.

https://docs.github.com/en/graphql. A repository that was renamed is answered under its new name (`followRenames` is
the schema's default). One that is not there is null with an error of type `NOT_FOUND`, and so is one that the token may
not see: whoever has no business there is told nothing, so its page is asked as well before anything is called gone.
Limits that are used up come with status 200 and an error. The API wants a token: without one nobody is asked here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from listbot import works
from listbot.links.registries import Absent, Garbled, Link, Refused, Registry, Request, Word, text_of
from listbot.links.registries.lenient import Maybe, Rows, Text
from listbot.links.transport import Answer
from listbot.liveness import Reason, Record

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9._-]{1,100}"
_REPOSITORY = re.compile(_NAME)
_FILE = re.compile(r"(?:tree|blob)/(?P<branch>[\w.-]{1,100})/(?P<path>[\w./@+ -]{1,400})")
"""A path in a repository. A branch may have a slash in its name, and then this finds nothing, which says nothing."""
_SUCCESSOR = re.compile(
    r"\b(?:moved|migrated|relocated|superseded|replaced|succeeded|continued|continues)\b[^.]{0,40}?"
    rf"https://github\.com/(?P<name>{_NAME})",
    re.IGNORECASE,
)
_FIELDS = "fragment F on Repository { nameWithOwner isArchived isDisabled isEmpty description }"
_LIMITS = frozenset({"RATE_LIMIT", "RATE_LIMITED", "MAX_NODE_LIMIT_EXCEEDED"})
"""Both spellings of the first are seen."""


class Github(Registry):
    """GitHub's GraphQL API."""

    name = "github"
    host = "api.github.com"
    batch = 100
    refusals = frozenset({401, 403, 429})
    unseen = "archived and empty repositories are not seen, and moved ones as far as pages tell"

    def identifier(self, link: Link) -> str | None:
        """`owner/name` in lower case, with the path of a file or folder where the link names one."""
        work = works.of(link.url)
        if work is None or not work.id.startswith("github:") or not self.token():
            return None
        owner, name, rest = _parts(work.id)
        repository = f"{owner}/{name}"
        if _REPOSITORY.fullmatch(repository) is None:
            return None
        file = _FILE.fullmatch(unquote(rest)) if rest else None
        return f"{repository}/{file[0]}" if file is not None else repository

    def request(self, ids: Sequence[str]) -> Request:
        asked = " ".join(_asked(number, identifier) for number, identifier in enumerate(ids))
        headers = {
            "Authorization": f"bearer {self.token()}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        body = json.dumps({"query": f"query {{ rateLimit {{ cost remaining }} {asked} }} {_FIELDS}"}).encode()
        return Request("POST", f"{self.base}/graphql", headers, body)

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        try:
            said = _Answer.model_validate_json(answer.text)
        except ValidationError:
            raise Garbled from None
        if any(error.type in _LIMITS for error in said.errors):
            raise Refused
        if said.data is None and answer.headers.get("x-ratelimit-remaining", "").strip() == "0":
            raise Refused
        if said.data is None or answer.status != 200:
            raise Garbled
        absent = {error.path[0] for error in said.errors if error.type == "NOT_FOUND" and len(error.path) == 1}
        return dict(_said(ids, said.data, absent))

    def judged(self, link: Link, word: Word) -> Word | None:
        """A word about a repository, for a link into it. Whether an issue or a release is there, it does not say."""
        work = works.of(link.url)
        if work is None:
            return None
        owner, name, rest = _parts(work.id)
        if rest and _FILE.fullmatch(unquote(rest)) is None:
            return None
        if not word.final:
            return word
        now = word.final.removeprefix("https://github.com/")
        if now.lower() == f"{owner}/{name}".lower():
            return word._replace(reason=Reason.REGISTRY_PRESENT, final="")
        return word._replace(final=word.final + _after_repository(link.url))

    def unasked(self) -> str:
        if self.token():
            return ""
        has_token = bool(self.settings.tokens.get(self.name))
        return f"no token goes to {text_of(self.base)}" if has_token else "there is no token (GITHUB_TOKEN)"


def _parts(work: str) -> tuple[str, str, str]:
    """Owner, name, and the rest of the path."""
    owner, _, rest = work.removeprefix("github:").partition("/")
    name, _, rest = rest.partition("/")
    return owner, name, rest


def _after_repository(url: str) -> str:
    """What follows `owner/name` in a URL, with its query; fragments are the caller's."""
    parts = urlsplit(url)
    rest = "/".join(parts.path.strip("/").split("/")[2:])
    return (f"/{rest}" if rest else "") + (f"?{parts.query}" if parts.query else "")


# Question and answer --------------------------------------------------------------------------------------------------


def _asked(number: int, identifier: str) -> str:
    owner, name, rest = _parts(identifier)
    file = _FILE.fullmatch(rest)
    wanted = json.dumps(f"{file['branch']}:{file['path'].rstrip('/')}") if file is not None else ""
    path = f" file: object(expression: {wanted}) {{ __typename }}" if wanted else ""
    return f"r{number}: repository(owner: {json.dumps(owner)}, name: {json.dumps(name)}) {{ ...F{path} }}"


class _File(BaseModel):
    typename: str = Field(alias="__typename")


class _Repository(BaseModel):
    name: Annotated[str, StringConstraints(pattern=f"^{_NAME}$")] = Field(alias="nameWithOwner")
    is_archived: bool = Field(alias="isArchived")
    is_disabled: bool = Field(alias="isDisabled")
    is_empty: bool = Field(alias="isEmpty")
    description: Text = ""
    file: Maybe[_File] = None


class _Error(BaseModel):
    type: Text = ""
    path: Rows[str | int] = []


class _Answer(BaseModel):
    """Of `data`, what is no repository is None."""

    data: dict[str, Maybe[_Repository]] | None = None
    errors: Rows[_Error] = []


def _said(
    ids: Sequence[str], found: Mapping[str, _Repository | None], absent: set[str | int]
) -> Iterator[tuple[str, Word | Absent]]:
    """What is there, and what is not; nothing of what is hidden for another reason, or taken down."""
    for number, identifier in enumerate(ids):
        alias = f"r{number}"
        repository = found.get(alias)
        if repository is None:
            if alias in absent:
                yield identifier, Absent()
            continue
        asks_for_file = identifier.count("/") > 1
        if not repository.is_disabled and (repository.file is not None or not asks_for_file):
            yield identifier, _word(identifier, repository)


def _word(identifier: str, repository: _Repository) -> Word:
    owner, name, _ = _parts(identifier)
    moved = repository.name.lower() != f"{owner}/{name}".lower()
    record = Record(
        archived=repository.is_archived,
        empty=repository.is_empty,
        successor=_successor(repository) if repository.is_archived else "",
    )
    reason = Reason.REGISTRY_MOVED if moved else Reason.REGISTRY_PRESENT
    return Word(reason, f"https://github.com/{repository.name}" if moved else "", record)


def _successor(repository: _Repository) -> str:
    """The repository that an archived one says it moved to, in its description."""
    named = _SUCCESSOR.search(repository.description[:1_000])
    if named is None or named["name"].rstrip(".").lower() == repository.name.lower():
        return ""
    return f"https://github.com/{named['name'].rstrip('.')}"
