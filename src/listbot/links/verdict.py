"""Evidence -> outcome, and history -> standing. The one place where either is decided; pure.

An answer is read by `reason_of`; what several probes of one URL say together is decided by `judge`; what the probes of
weeks say, by `standing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlsplit

from listbot import works
from listbot.links import hosts, signatures
from listbot.links.signatures import Page
from listbot.liveness import SUSPICIONS, Evidence, Hop, LinkResult, Outcome, Probe, Reason, Standing, outcome_of

STRIKES = 3
"""How often a link must be found gone before it is called dead: InternetArchiveBot's rule (reference/links.md §5)."""
BETWEEN_STRIKES = 3 * 86_400.0
"""In seconds: a strike within this time of the last one adds nothing."""
_PERMANENT = frozenset({301, 308})
_WALLS = frozenset({403, 405, 406, 418, 999})
_ROOTS = frozenset({"", "/", "/index.html", "/index.htm", "/index.php", "/home", "/home/", "/en", "/en/"})
_DOORS = frozenset({"login", "signin", "sign_in", "sign-in"})
"""Parts of a path that are a door wherever they stand; those below only in front, for projects have such names."""
_FRONT_DOORS = frozenset({"sso", "oauth", "oauth2", "authorize", "auth", "cas"})
_PAGE_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp)$")


def beforehand(url: str) -> Evidence | None:
    """What the tables know of a URL, so that nobody needs to be asked; None where somebody does."""
    host = hosts.host_of(url)
    now = hosts.mirrored(url)
    if now is not None:
        return Evidence(Reason.MIRROR_SHUT, "table", final=now)
    site = hosts.closed(url)
    if site is not None and not site.ends_at:
        return Evidence(Reason.CLOSED_SITE, "table")
    return Evidence(Reason.BOT_WALL, "table") if hosts.kind_of(host) == "unasked" else None


# One answer -----------------------------------------------------------------------------------------------------------


def reason_of(page: Page, asked: str, hops: Sequence[Hop] = ()) -> Reason:
    """What the end of a chain says of the URL that was asked."""
    if signatures.is_challenge(page):
        return Reason.BOT_WALL
    if 200 <= page.status < 300:
        return _of_success(page, asked, hops)
    reason = _of_refusal(page.status)
    if outcome_of(reason) != Outcome.BLOCKED and hosts.kind_of(hosts.host_of(page.url)) == "wall":
        return Reason.BOT_WALL
    return reason


def _of_success(page: Page, asked: str, hops: Sequence[Hop]) -> Reason:
    if page.status == 202:
        return Reason.BOT_WALL  # accepted and nothing to read: AWS and others answer programs so
    site = hosts.closed(asked)
    if site is not None and (not site.ends_at or page.url.rstrip("/") in site.ends_at):
        return Reason.CLOSED_SITE
    if hops and _is_door(page.url) and not _is_door(asked):
        return Reason.LOGIN
    if signatures.is_parked(page, redirected=bool(hops)):
        return Reason.PARKED
    if signatures.is_soft_404(page, redirected=bool(hops)):
        return Reason.SOFT_404
    if hops and _fell_to_root(asked, page.url):
        return Reason.REDIRECT_TO_ROOT
    return Reason.OK


def _of_refusal(status: int) -> Reason:
    named = {
        401: Reason.LOGIN,
        402: Reason.LOGIN,
        404: Reason.STATUS_404,
        407: Reason.LOGIN,
        410: Reason.STATUS_410,
        429: Reason.RATE_LIMITED,
        451: Reason.LEGAL,
    }
    if status in named:
        return named[status]
    if status in _WALLS:
        return Reason.BOT_WALL
    if 500 <= status < 600:
        return Reason.STATUS_5XX
    return Reason.STATUS_4XX if 400 <= status < 500 else Reason.STATUS_ODD


def _is_door(url: str) -> bool:
    """Whether a URL is a page to log in at."""
    parts = [part.partition(".")[0] for part in urlsplit(url).path.lower().strip("/").split("/")]
    return parts[0] in _FRONT_DOORS or not _DOORS.isdisjoint(parts)


def _fell_to_root(asked: str, final: str) -> bool:
    """Whether a page below a site leads to the front page of that site."""
    before, after = urlsplit(asked), urlsplit(final)
    deep = before.path.lower() not in _ROOTS or bool(before.query)
    return deep and after.path.lower() in _ROOTS and not after.query and _site(asked) == _site(final)


def _site(url: str) -> str:
    """The last two labels of the host: near enough to what one owner has, and only used to suspect."""
    return ".".join(hosts.host_of(url).split(".")[-2:])


# Several probes -------------------------------------------------------------------------------------------------------


def is_final(evidence: Sequence[Evidence]) -> bool:
    """Whether asking again would not change what is said. Death is believed when it was seen twice, and not by HEAD."""
    last = evidence[-1]
    outcome = outcome_of(last.reason)
    if outcome == Outcome.GONE:
        return last.source == "table" or _seen_twice(evidence)
    if outcome == Outcome.UNKNOWN:
        return last.reason in SUSPICIONS or last.reason in (
            Reason.REFUSED_ADDRESS,
            Reason.REFUSED_URL,
            Reason.REDIRECT_LOOP,
            Reason.REDIRECT_BROKEN,
            Reason.STATUS_4XX,
        )
    return last.reason != Reason.RATE_LIMITED


def judge(url: str, evidence: Sequence[Evidence]) -> LinkResult:
    """All probes of one URL in one run -> what we say of it.

    A good answer outweighs all others, and a registry's outweighs the page's; `gone` needs two probes that both saw it,
    whoever they asked. A registry's silence says nothing.
    """
    if not evidence:
        return LinkResult(url, Outcome.UNKNOWN, Reason.DEADLINE)
    deciding = _deciding(evidence)
    reason, target, certain = deciding.reason, None, False
    if outcome_of(reason) == Outcome.GONE and deciding.source != "table" and not _seen_twice(evidence):
        reason = Reason.ONCE_GONE
    if reason == Reason.OK:
        target, certain = moved_to(url, deciding)
        reason = Reason.REDIRECT_PERMANENT if target is not None else reason
    elif outcome_of(reason) == Outcome.MOVED:
        target, certain = deciding.final, True
    told = _deciding([seen for seen in evidence if seen.record is not None] or [deciding]).record
    outcome = outcome_of(reason)
    saw = sorted(seen.source for seen in evidence if _proves_gone(seen)) if outcome == Outcome.GONE else ()
    result = LinkResult(url, outcome, reason, deciding.status, target, certain, deciding.source, record=told)
    return result._replace(witnesses=tuple(saw))


def _seen_twice(evidence: Sequence[Evidence]) -> bool:
    return sum(_proves_gone(seen) for seen in evidence) >= 2


def _proves_gone(seen: Evidence) -> bool:
    return outcome_of(seen.reason) == Outcome.GONE and not seen.head


def _deciding(evidence: Sequence[Evidence]) -> Evidence:
    """The probe that decides: the weightiest, whatever the order in which they came."""
    return max(evidence, key=_rank)


def _rank(seen: Evidence) -> tuple[int, str, str, int, str, str]:
    return _weight(seen), seen.source, seen.reason, seen.status or 0, seen.final, repr(seen.record)


def _weight(seen: Evidence) -> int:
    outcome = outcome_of(seen.reason)
    if outcome in (Outcome.ALIVE, Outcome.MOVED, Outcome.WITHDRAWN):
        return 8 if seen.source in ("page", "table") else 9
    if seen.reason in SUSPICIONS or seen.reason == Reason.REFUSED_ADDRESS:
        return 7
    if outcome == Outcome.BLOCKED:
        return 6
    return 5 if outcome == Outcome.GONE else 4


def moved_to(url: str, seen: Evidence) -> tuple[str | None, bool]:
    """Where a page has moved for good, and whether that is certain enough to write it down without a look.

    Nothing where a step of the way is temporary, where the name is meant to redirect (DOIs), or where both spellings
    stand for one address or work: which of them a list writes is its style. Certain within one site, and for https in
    the place of http.
    """
    if not seen.hops or not seen.final or not all(map(_is_for_good, seen.hops)):
        return None, False
    if hosts.kind_of(hosts.host_of(url)) == "resolver":
        return None, False
    upgraded = urlsplit(url).scheme != urlsplit(seen.final).scheme
    if _same_work(url, seen.final) and not upgraded:
        return None, False
    return seen.final, _is_certain(url, seen.final)


def _is_for_good(hop: Hop) -> bool:
    """Whether a step is permanent. One to the same address by https is, whatever its status: Apache's `Redirect` says
    302 unless it is told otherwise, and nobody goes back."""
    before, after = urlsplit(hop.url), urlsplit(hop.target)
    upgraded = (before.scheme, after.scheme) == ("http", "https") and hosts.host_of(hop.url) == hosts.host_of(
        hop.target
    )
    return hop.status in _PERMANENT or (upgraded and (before.path, before.query) == (after.path, after.query))


def _same_work(url: str, final: str) -> bool:
    before, after = (works.identity(address.partition("#")[0]) for address in (url, final))
    return before == after if before is not None else url == final


def _is_certain(url: str, final: str) -> bool:
    before, after = urlsplit(url), urlsplit(final)
    if hosts.host_of(url) != hosts.host_of(final) or (before.scheme, after.scheme) == ("https", "http"):
        return False
    added = set(parse_qsl(after.query)) - set(parse_qsl(before.query))
    if added or _is_door(final) or after.port not in (None, before.port):
        return False
    return _last_name(before.path) == _last_name(after.path) or _is_renamed_work(url, final)


def _last_name(path: str) -> str:
    """The last part of a path without its ending. A page that was dropped redirects to what it stood under, or to a
    page like it, as permanently as one that moved; only the latter keeps its name."""
    name = path.rstrip("/").rpartition("/")[2].casefold()
    return _PAGE_ENDING.sub("", name).replace("_", "-")


def _is_renamed_work(url: str, final: str) -> bool:
    """Whether both are works of one family, as repositories are: those redirect only where they were renamed."""
    before, after = works.of(url), works.of(final)
    return before is not None and after is not None and before.family == after.family


# Weeks of probes ------------------------------------------------------------------------------------------------------


def standing(probes: Iterable[Probe]) -> Standing:
    """The history of one link -> its standing. The order in which probes are given does not matter."""
    ordered = sorted(probes, key=lambda probe: (probe.at, _is_sign_of_life(probe.outcome)))
    strikes: list[float] = []
    last_alive: float | None = None
    for probe in ordered:
        if _is_sign_of_life(probe.outcome):
            strikes, last_alive = [], probe.at
        elif probe.outcome == Outcome.GONE and (not strikes or probe.at - strikes[-1] >= BETWEEN_STRIKES):
            strikes.append(probe.at)
    return Standing(
        strikes=len(strikes),
        dead=len(strikes) >= STRIKES,
        first_seen=ordered[0].at if ordered else None,
        last_alive=last_alive,
        gone_since=strikes[0] if strikes else None,
    )


def _is_sign_of_life(outcome: Outcome) -> bool:
    return outcome in (Outcome.ALIVE, Outcome.MOVED, Outcome.WITHDRAWN)
