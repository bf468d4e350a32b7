"""What all formats of `listbot links` share: rows, their order, their counts and their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from listbot.links.hosts import host_of
from listbot.liveness import SENTENCES, SUSPICIONS, UNCHECKED, HostFacts, LinkResult, Outcome, Place, Reason, sentence
from listbot.output.text import counted, visible


class LinkRow(NamedTuple):
    """One URL as it is written, what is known of it, and all of its places."""

    url: str
    result: LinkResult
    places: Sequence[Place]


class Checked(NamedTuple):
    """All that a check of links found."""

    rows: Sequence[LinkRow]
    hosts: Sequence[HostFacts]
    inconclusive: str | None
    stopped: str | None
    unread: Sequence[str]
    seconds: float
    notes: Sequence[str] = ()
    """What could not be asked, and what is not seen therefore: a line each."""


GROUPS = ("dead", "gone", "moved", "suspicious", "withdrawn", "unknown", "blocked", "unchecked", "alive")
"""Sections of a report, the gravest first."""
COUNTED = frozenset({"unchecked", "alive"})
"""Sections that are counted and not shown."""
HEADLINES = {
    "dead": "Dead",
    "gone": "Gone, in fewer than three checks",
    "moved": "Moved for good",
    "suspicious": "To be looked at",
    "withdrawn": "Withdrawn by their authors",
    "unknown": "Unknown",
    "blocked": "Not answered to programs",
    "unchecked": "Not checked",
    "alive": "Alive",
}


def group_of(result: LinkResult) -> str:
    """The section of a result. Suspicions stand in one of their own: they are unknown, and worth a look."""
    if result.outcome == Outcome.GONE:
        return "dead" if result.standing.dead else "gone"
    if result.reason in UNCHECKED:
        return "unchecked"
    return "suspicious" if result.reason in SUSPICIONS else result.outcome.value


def sections(checked: Checked) -> Iterator[tuple[str, list[LinkRow]]]:
    """What is shown, by section."""
    for group in GROUPS:
        rows = [row for row in checked.rows if group_of(row.result) == group] if group not in COUNTED else []
        if rows:
            yield group, rows


def unfinished(stopped: str | None, results: Iterable[LinkResult]) -> str | None:
    """A sentence where the run ended before all was asked."""
    if stopped is None:
        return None
    left = sum(result.reason in UNCHECKED for result in results)
    ended = "the time was up" if stopped == Reason.DEADLINE else "the run was interrupted"
    return f"{ended}: {counted(left, 'URL')} not checked"


def counts(checked: Checked) -> dict[str, int]:
    """The numbers of a summary; `unknown` has the suspicious in it, `gone` the dead."""
    outcomes = Counter(row.result.outcome for row in checked.rows)
    return {
        "links": sum(len(row.places) for row in checked.rows),
        "urls": len(checked.rows),
        **{outcome.value: outcomes[outcome] for outcome in Outcome},
        "suspicious": sum(group_of(row.result) == "suspicious" for row in checked.rows),
        "dead": sum(group_of(row.result) == "dead" for row in checked.rows),
        "remembered": sum(row.result.remembered for row in checked.rows),
        "requests": sum(host.requests for host in checked.hosts),
        "limited": sum(host.limited for host in checked.hosts),
    }


def why(result: LinkResult) -> str:
    """What is known, in one phrase: the reason, where it moved, since when it is gone, where a copy is."""
    parts = [sentence(result)]
    if result.target is not None:
        doubt = "" if result.certain or result.outcome != Outcome.MOVED else " (not certain)"
        parts.append(f"now {visible(result.target)}{doubt}")
    standing = result.standing
    if result.outcome == Outcome.GONE:
        if standing.gone_since is not None and standing.strikes > 1:
            parts.append(f"{standing.strikes} times since {day(standing.gone_since)}")
        if standing.last_alive is not None:
            parts.append(f"last alive {day(standing.last_alive)}")
        if result.archived is not None:
            parts.append(f"a copy: {visible(result.archived)}")
    return "; ".join(parts)


def place(row: LinkRow) -> str:
    """`README.md:12:3`, with how often the URL stands elsewhere."""
    first = row.places[0]
    more = f" (+{len(row.places) - 1})" if len(row.places) > 1 else ""
    return f"{visible(first.path)}:{first.line}:{first.column}{more}"


def day(at: float) -> str:
    """Seconds since 1970 -> `2026-07-01`."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")


_MOST = 6
_UNVERIFIED = ("suspicious", "unknown", "blocked")
"""A line each. What the run's end left unchecked is told by `unfinished`."""
_VERIFIED = (Outcome.ALIVE, Outcome.MOVED, Outcome.WITHDRAWN, Outcome.GONE)


def told_by(checked: Checked) -> Counter[str]:
    """How many URLs each source decided: registries by their names, `page`, `table`."""
    return Counter(row.result.source for row in checked.rows if row.result.outcome in _VERIFIED)


def costs(checked: Checked) -> list[str]:
    """Lines: how often each host was asked, who told of how many URLs, and what could not be verified and why."""
    lines = []
    asked = {host.host: host.requests for host in checked.hosts if host.requests}
    if asked:
        lines.append(f"asked: {_by_host(asked)}")
    sources = told_by(checked)
    if sources:
        lines.append(f"told by: {', '.join(f'{name} {count:,}' for name, count in _ranked(sources))}")
    lines.extend(visible(note) for note in checked.notes)
    lines.extend(_unverified(checked))
    return lines


def _unverified(checked: Checked) -> Iterator[str]:
    """`not verified, 11 blocked: the host does not answer programs (dl.acm.org 7, …)`, a line a section."""
    for group in _UNVERIFIED:
        results = [row.result for row in checked.rows if group_of(row.result) == group]
        if results:
            reasons = Counter(SENTENCES[result.reason] for result in results)
            told = _most(reasons, "more reason") if len(reasons) > 1 else next(iter(reasons))
            hosts = _by_host(Counter(host_of(result.url) or "no host" for result in results))
            yield f"not verified, {len(results):,} {group}: {told} ({hosts})"


def _by_host(counts: Mapping[str, int]) -> str:
    """`arxiv.org 12, doi.org 3, and 9 more hosts 14`."""
    return _most(counts, "more host")


def _most(counts: Mapping[str, int], noun: str) -> str:
    """The most frequent of what was counted, and how much the rest is, of so many of `noun`."""
    ranked = _ranked(counts)
    shown = [f"{visible(name)} {count:,}" for name, count in ranked[:_MOST]]
    rest = ranked[_MOST:]
    if rest:
        shown.append(f"and {counted(len(rest), noun)} {sum(count for _, count in rest):,}")
    return ", ".join(shown)


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def summary(checked: Checked) -> str:
    """One line: how many, by section, requests, time."""
    groups = Counter(group_of(row.result) for row in checked.rows)
    by_group = ", ".join(f"{groups[group]:,} {group}" for group in GROUPS if groups[group]) or "nothing"
    numbers = counts(checked)
    memory = f", {numbers['remembered']:,} from memory" if numbers["remembered"] else ""
    limited = f" ({numbers['limited']:,} refused as too many)" if numbers["limited"] else ""
    return (
        f"{counted(numbers['urls'], 'URL')} in {counted(numbers['links'], 'link')}: {by_group}; "
        f"{counted(numbers['requests'], 'request')}{limited}{memory}, {checked.seconds:.1f} s"
    )
