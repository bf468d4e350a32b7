"""Registries: whoever can say of many works at once whether they exist. The interface; one file a registry.

A registry is pure: it builds requests and reads answers, and knows neither connections nor clocks. `asking` is the
only one that asks, `roster` names them all, and `rules/data/registries.toml` says which are asked for what, in which
order.

Whatever a registry sends is hostile: it is read by a model of pydantic or by `feeds`, its text is cut and folded by
`text_of`, and nothing of it becomes a request but an id that was ours before.
"""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from listbot.links.transport import Answer
from listbot.liveness import Reason, Record

_LONGEST = 400
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Link(NamedTuple):
    """A link as registries look at it."""

    url: str
    title: str = ""
    """What the list calls the work; empty where nobody knows."""


class Settings(NamedTuple):
    """What registries need to know of us."""

    bases: Mapping[str, str] = {}
    """From names of registries to where they are asked instead of at their own host: for mirrors, and for tests."""
    mail: str = ""
    """An address of mail that polite clients give along; empty where there is none."""
    tokens: Mapping[str, str] = {}
    """From names of registries to what opens them. A token goes into requests of that registry, and nowhere else."""


class Request(NamedTuple):
    """One request, whose answer is read as a whole. Redirects are not followed."""

    method: str
    url: str
    headers: Mapping[str, str] = {}
    body: bytes = b""


class Word(NamedTuple):
    """A registry knows the work."""

    reason: Reason = Reason.REGISTRY_PRESENT
    final: str = ""
    """Where it is now, where it has moved."""
    record: Record = Record()
    latest: int | None = None
    """The number of its latest version, where the registry counts them."""


class Absent(NamedTuple):
    """A registry does not know the work."""

    authoritative: bool = True
    """It would have to know it. Two registries must say no, one of them with authority, before a link is gone."""


class Spoiled(Exception):  # noqa: N818 - it names what happened
    """One id of the batch makes the registry refuse all of it: the halves are asked in its place."""


class Garbled(Exception):  # noqa: N818 - it names what happened
    """The answer is not of the documented form. The halves are asked, and a row of such answers ends it."""


class Empty(Exception):  # noqa: N818 - it names what happened
    """There is nothing in the answer, which may be so, or an accident: the same is asked once more."""

    def __init__(self, said: Mapping[str, Word | Absent]) -> None:
        """`said` is what holds when the second answer is empty as well."""
        super().__init__()
        self.said = said


class Refused(Exception):  # noqa: N818 - it names what happened
    """The registry wants no more requests in this run."""


class Registry(ABC):
    """One registry. The attributes are its documented limits."""

    name: str
    """What is shown as the source: `arxiv`, `crossref`, …"""
    host: str
    """Its documented host. Registries of one owner (`arxiv.org`) share its patience."""
    site: str = ""
    """The registry at whose address it is asked, where that is another one and its own is not set."""
    batch: int = 1
    """The largest number of ids in a request."""
    interval: float = 0.0
    """Seconds between the starts of two requests."""
    at_once: int = 1
    """Requests under way at a time."""
    by_title: bool = False
    """It is asked with the list's own words: not for those who may send ids only."""
    refusals: frozenset[int] = frozenset({403, 429})
    """Statuses by which it wants no more requests in this run."""
    speaks_at: frozenset[int] = frozenset()
    """Statuses of 5xx whose answers it documents."""
    unseen: str = ""
    """What pages do not tell in its place."""
    witnesses: int = 0
    """How many ids are added to a request that others know already, so that what it misses is told from a question that
    it did not understand."""

    def __init__(self, settings: Settings = Settings()) -> None:  # noqa: B008 - a frozen record
        self.settings, bases = settings, settings.bases
        self.base = next((bases[n] for n in (self.name, self.site) if n in bases), f"https://{self.host}").rstrip("/")

    def token(self) -> str:
        """What opens it, where requests go to its own host by a safe connection, or stay on this machine; else none."""
        parts = urlsplit(self.base)
        is_its_own = parts.scheme == "https" and parts.netloc == self.host
        return self.settings.tokens.get(self.name, "") if is_its_own or parts.hostname in _LOOPBACK else ""

    def unasked(self) -> str:
        """Why it is not asked at all; empty where it is."""
        return ""

    @abstractmethod
    def identifier(self, link: Link) -> str | None:
        """The id by which it asks for a link, validated; None where the link is not one of its own."""

    def group(self, identifier: str) -> str:  # noqa: ARG002 - most registries have no groups
        """Ids of different groups are never in one batch: for registries whose request is a page of one venue."""
        return ""

    @abstractmethod
    def request(self, ids: Sequence[str]) -> Request:
        """The request for at most `batch` ids of one group."""

    @abstractmethod
    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        """What an answer says of each id; one that is left out was not spoken of. Any status but `refusals` and 5xx
        (except `speaks_at`) comes here. Raises Spoiled, Garbled, Empty, Refused."""

    def is_witness(self, identifier: str) -> bool:  # noqa: ARG002 - most registries want no witnesses
        """Whether it has to have an id that another registry knows; for those that want `witnesses`."""
        return False

    def judged(self, link: Link, word: Word) -> Word | None:  # noqa: ARG002 - most words hold for all links of an id
        """What a word about an id means for one link with that id; None where it says nothing of that link."""
        return word


def text_of(text: str | None) -> str:
    """A registry's text as one line of bounded length, without control characters."""
    if not text:
        return ""
    folded = " ".join(text[: 4 * _LONGEST].split())
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cc", "Cf"))[:_LONGEST].strip()
