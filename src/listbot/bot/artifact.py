"""What the first stage hands to the second: hashes, line numbers and words from fixed tables. No free text.

The first stage of a fork's pull request runs what its author wants, so whatever it left behind is read as hostile: one
file in one archive of bounded size, of exactly this shape. At worst it says a dead link is alive.

Where a link has moved to is text of a stranger's choice, and a suggestion would put it into the list with one click. So
only that the same address answers by https is handed on; registries are asked themselves, and of any other move the
comment says that there is one.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from listbot.bot.memory import key
from listbot.liveness import LinkResult, Reason, outcome_of

NAME = "listbot"
"""Of the artifact."""
FILE = "listbot.json"
MAX_ARCHIVE = 1_048_576
"""Bytes."""
_MAX_FILE = 5_242_880
_MAX_LINKS = 5_000
_PLAIN = re.compile(r"http://(?P<rest>[^/?#:@\s]+(?:[/?][^#]*)?)(?:#.*)?", re.IGNORECASE | re.DOTALL)


class LinkFact(BaseModel):
    """What was found of one link."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    url: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """Hash of the address, which the second stage reads from the list itself."""
    reason: Reason
    https: bool = False
    """It has moved for good to the same address by https."""


class Artifact(BaseModel):
    """The file."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    version: Literal[1]
    head: Annotated[str, Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")]
    """The head of the pull request that was looked at."""
    links: Annotated[list[LinkFact], Field(max_length=_MAX_LINKS)]


def written(head: str, results: Mapping[str, LinkResult]) -> str:
    """The file's text, from results by target."""
    facts = [
        LinkFact(url=key(target), reason=result.reason, https=_is_upgraded(target, result))
        for target, result in results.items()
    ]
    return Artifact(version=1, head=head, links=facts[:_MAX_LINKS]).model_dump_json(exclude_defaults=True) + "\n"


def read(archive: bytes, head: str) -> Mapping[str, LinkFact]:
    """Facts by the hash of the address. Nothing where anything at all is not as we would have written it."""
    content = _only_file(archive)
    if content is None:
        return {}
    try:
        artifact = Artifact.model_validate_json(content)
    except ValidationError:
        return {}
    return {fact.url: fact for fact in artifact.links} if artifact.head == head else {}


def results(facts: Mapping[str, LinkFact], urls: Iterable[str]) -> dict[str, LinkResult]:
    """What the facts say of addresses that stand in the list."""
    return {url: _result(url, facts[key(url)]) for url in urls if key(url) in facts}


def _result(url: str, fact: LinkFact) -> LinkResult:
    found = LinkResult(url, outcome_of(fact.reason), fact.reason, added=True)
    if fact.https and fact.reason == Reason.REDIRECT_PERMANENT and (target := _by_https(url)) is not None:
        return found._replace(target=target, certain=True)
    return found


def _by_https(url: str) -> str | None:
    """The same address by https, without its fragment; None where it has a port or is no address by http."""
    match = _PLAIN.fullmatch(url)
    return f"https://{match['rest']}" if match is not None else None


def _is_upgraded(url: str, result: LinkResult) -> bool:
    target = result.target if result.certain else None
    upgraded = _by_https(url)
    return target is not None and upgraded is not None and target.rstrip("/") == upgraded.rstrip("/")


def _only_file(archive: bytes) -> bytes | None:
    """The content of the one file, read no further than its limit; None for any other archive."""
    if len(archive) > MAX_ARCHIVE:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            members = opened.infolist()
            if len(members) != 1 or not _is_plain(members[0]):
                return None
            with opened.open(members[0]) as stream:
                content = stream.read(_MAX_FILE + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return None  # what zipfile raises for archives that are damaged or encrypted
    return content if len(content) <= _MAX_FILE else None


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """A regular file under our name and no other: no path, no link, no directory."""
    kind = member.external_attr >> 28
    packed = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return member.filename == FILE and member.file_size <= _MAX_FILE and packed and kind in (0, 0o10)
