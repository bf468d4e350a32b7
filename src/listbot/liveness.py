"""What is known of a link: evidence, reasons, outcomes and results. Types and their table only; nothing here decides.

`links/verdict.py` turns evidence into outcomes; rules and outputs read `LinkResult`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What we say of a link."""

    ALIVE = "alive"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    """The work is there, and its authors took it back."""
    GONE = "gone"
    BLOCKED = "blocked"
    """The host does not talk to programs: nobody knows, and that is no fault of the link."""
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why, from a fixed table: `OUTCOMES` says which outcome each has, `SENTENCES` how people read it."""

    OK = "ok"
    REGISTRY_PRESENT = "registry-present"
    REGISTRY_WORK = "registry-work"
    REDIRECT_PERMANENT = "redirect-permanent"
    MIRROR_SHUT = "mirror-shut"
    REGISTRY_MOVED = "registry-moved"
    REGISTRY_WITHDRAWN = "registry-withdrawn"
    STATUS_404 = "status-404"
    STATUS_410 = "status-410"
    NXDOMAIN = "nxdomain"
    REGISTRY_ABSENT = "registry-absent"
    CLOSED_SITE = "closed-site"
    BOT_WALL = "bot-wall"
    LOGIN = "login"
    RATE_LIMITED = "rate-limited"
    LEGAL = "legal"
    SOFT_404 = "soft-404"
    REDIRECT_TO_ROOT = "redirect-to-root"
    PARKED = "parked"
    ANCHOR_MISSING = "anchor-missing"
    ONCE_GONE = "once-gone"
    REGISTRY_SILENT = "registry-silent"
    STATUS_4XX = "status-4xx"
    STATUS_5XX = "status-5xx"
    STATUS_ODD = "status-odd"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    RESET = "reset"
    TLS = "tls"
    SERVFAIL = "servfail"
    PROTOCOL = "protocol"
    REDIRECT_LOOP = "redirect-loop"
    REDIRECT_BROKEN = "redirect-broken"
    REFUSED_ADDRESS = "refused-address"
    REFUSED_URL = "refused-url"
    DEADLINE = "deadline"
    INTERRUPTED = "interrupted"


OUTCOMES: dict[Reason, Outcome] = {
    Reason.OK: Outcome.ALIVE,
    Reason.REGISTRY_PRESENT: Outcome.ALIVE,
    Reason.REGISTRY_WORK: Outcome.ALIVE,
    Reason.REDIRECT_PERMANENT: Outcome.MOVED,
    Reason.MIRROR_SHUT: Outcome.MOVED,
    Reason.REGISTRY_MOVED: Outcome.MOVED,
    Reason.REGISTRY_WITHDRAWN: Outcome.WITHDRAWN,
    Reason.STATUS_404: Outcome.GONE,
    Reason.STATUS_410: Outcome.GONE,
    Reason.NXDOMAIN: Outcome.GONE,
    Reason.REGISTRY_ABSENT: Outcome.GONE,
    Reason.CLOSED_SITE: Outcome.GONE,
    Reason.BOT_WALL: Outcome.BLOCKED,
    Reason.LOGIN: Outcome.BLOCKED,
    Reason.RATE_LIMITED: Outcome.BLOCKED,
    Reason.LEGAL: Outcome.BLOCKED,
}
"""What is not named here is `unknown`."""

SUSPICIONS = frozenset({Reason.SOFT_404, Reason.REDIRECT_TO_ROOT, Reason.PARKED, Reason.ANCHOR_MISSING})
"""Reasons to look at a page with one's own eyes. Suspicion is not death."""

UNCHECKED = frozenset({Reason.DEADLINE, Reason.INTERRUPTED})
"""Reasons that say nothing of a link: the run ended before it."""

UNSENT = frozenset({Reason.REFUSED_ADDRESS, Reason.REFUSED_URL})
"""Reasons for which a request never left this machine: they say nothing of a host, nor of the network."""

SENTENCES: dict[Reason, str] = {
    Reason.OK: "it answers",
    Reason.REGISTRY_PRESENT: "its registry has it",
    Reason.REGISTRY_WORK: "its registry has the work; whether in this form as well, it does not say",
    Reason.REDIRECT_PERMANENT: "it has moved for good",
    Reason.MIRROR_SHUT: "this mirror is shut",
    Reason.REGISTRY_MOVED: "its registry has it under another name",
    Reason.REGISTRY_WITHDRAWN: "its authors withdrew it",
    Reason.STATUS_404: "the server says that there is no such page (404)",
    Reason.STATUS_410: "the server says that it was removed (410)",
    Reason.NXDOMAIN: "there is no such host",
    Reason.REGISTRY_ABSENT: "its registry does not have it",
    Reason.CLOSED_SITE: "the site was closed",
    Reason.BOT_WALL: "the host does not answer programs",
    Reason.LOGIN: "the host asks for a login",
    Reason.RATE_LIMITED: "the host answers no more requests for now",
    Reason.LEGAL: "the host does not show it here for legal reasons (451)",
    Reason.SOFT_404: "it answers, and its title says that there is no such page",
    Reason.REDIRECT_TO_ROOT: "it leads to the front page of its site",
    Reason.PARKED: "the domain seems to be for sale",
    Reason.ANCHOR_MISSING: "the page has no place of that name",
    Reason.ONCE_GONE: "it was gone in one of two tries",
    Reason.REGISTRY_SILENT: "its registry says nothing, and its host is not asked by programs",
    Reason.STATUS_4XX: "the server refuses the request",
    Reason.STATUS_5XX: "the server has a fault",
    Reason.STATUS_ODD: "the server gives an answer that means nothing",
    Reason.TIMEOUT: "it does not answer in time",
    Reason.REFUSED: "nothing accepts connections there",
    Reason.RESET: "the connection breaks off",
    Reason.TLS: "no safe connection can be made",
    Reason.SERVFAIL: "the name of the host cannot be looked up",
    Reason.PROTOCOL: "the answer is not HTTP",
    Reason.REDIRECT_LOOP: "it redirects without end",
    Reason.REDIRECT_BROKEN: "it redirects to what is no web address",
    Reason.REFUSED_ADDRESS: "it leads to a private address, which is not asked",
    Reason.REFUSED_URL: "it is of a kind that is not asked",
    Reason.DEADLINE: "there was no time left to check it",
    Reason.INTERRUPTED: "the run was interrupted before it was checked",
}


def outcome_of(reason: Reason) -> Outcome:
    """The outcome that a reason stands for."""
    return OUTCOMES.get(reason, Outcome.UNKNOWN)


class Hop(NamedTuple):
    """A redirect that was followed."""

    url: str
    status: int
    target: str
    """Where it led, as an absolute URL."""


class Notice(NamedTuple):
    """A public statement that a work should not be relied on."""

    kind: str
    """`withdrawal` (by its authors) or `retraction` (by its publisher)."""
    link: str = ""
    """Where it can be read."""
    text: str = ""
    """What it says, in the words of whoever took the work back; not ours, and hostile."""


class Publication(NamedTuple):
    """What a registry has of the published version of a preprint, beside its address."""

    by: str
    """The registry."""
    title: str = ""
    """Empty where the preprint's own record names its publication: then nobody took two records for one work."""
    authors: tuple[str, ...] = ()
    """Surnames."""
    year: int | None = None
    venue: str = ""


class Record(NamedTuple):
    """What registries say of a work beyond that it exists. Text is theirs, cut to a bound; empty where none said it."""

    title: str = ""
    first_title: str = ""
    """The title of its first version, where that is another: a paper that was renamed is not a wrong one."""
    authors: tuple[str, ...] = ()
    """Surnames, in their order."""
    year: int | None = None
    venue: str = ""
    published: str = ""
    """URL of the published version of a preprint."""
    notice: Notice | None = None
    archived: bool = False
    """A repository that its owners set to read only."""
    empty: bool = False
    """A repository with nothing in it."""
    successor: str = ""
    """URL of what its authors or owners name in its place."""
    publication: Publication | None = None
    """What is at `published`; None also where there is nothing to hold it against."""


class Evidence(NamedTuple):
    """What one probe of one URL saw: the end of its chain of redirects."""

    reason: Reason
    """What the end of the chain says for itself."""
    source: str = "page"
    """Who said so: `page`, `table` (closed sites and mirrors), or a registry's name."""
    status: int | None = None
    """The HTTP status at the end of the chain."""
    final: str = ""
    """The URL at the end of the chain; empty where nothing answered."""
    hops: tuple[Hop, ...] = ()
    head: bool = False
    """The last answer was one to HEAD, which never proves that something is gone."""
    record: Record | None = None
    """What a registry told along with it."""


class Probe(NamedTuple):
    """One dated outcome of a link, as the history keeps it."""

    at: float
    """In seconds since 1970."""
    outcome: Outcome
    reason: Reason
    status: int | None = None


class Standing(NamedTuple):
    """What the history of a link says."""

    strikes: int = 0
    """Probes that found it gone, at least three days apart, since it was last alive."""
    dead: bool = False
    first_seen: float | None = None
    last_alive: float | None = None
    gone_since: float | None = None
    """When the first of the strikes was."""


class LinkResult(NamedTuple):
    """All that is known of one URL."""

    url: str
    """The URL that was asked, without fragment."""
    outcome: Outcome
    reason: Reason
    status: int | None = None
    target: str | None = None
    """Where it has moved to, for good."""
    certain: bool = False
    """The move is certain enough to be written into the list without a look."""
    source: str = "page"
    at: float | None = None
    """When it was asked, in seconds since 1970; None where it was not."""
    remembered: bool = False
    """The answer is one from an earlier run."""
    standing: Standing = Standing()
    added: bool = False
    """The link is one that the change under review adds."""
    archived: str | None = None
    """A copy in a web archive, proposed for what is gone."""
    record: Record | None = None
    """What registries say of the work."""
    witnesses: tuple[str, ...] = ()
    """Who found it gone, each as often as it was asked: `page`, or a registry's name."""


class Place(NamedTuple):
    """Where a link stands; line and column start at 1, columns count code points."""

    path: str
    line: int
    column: int


class HostFacts(NamedTuple):
    """What a run learned of a host."""

    host: str
    """`name`, or `name:port` where the port is not the usual one."""
    requests: int
    limited: int
    """Answers that asked for fewer requests."""
    answered: bool


_SECRETIVE = frozenset({"github", "hugging-face"})
"""Registries that say the same of what is gone and of what is private."""


def sentence(result: LinkResult) -> str:
    """Why a link is what it is."""
    if result.outcome == Outcome.GONE and _SECRETIVE & set(result.witnesses):
        return "not found or private, as its registry and its page say"
    return SENTENCES[result.reason]
