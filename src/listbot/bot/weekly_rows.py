"""One row of the weekly issue: a link that needs a look, how that is known, and what people can tick.

A row is made of what is remembered of the link, which is what this check found, or, where it could not tell, what the
last one found that could; then the row says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from listbot.bot import phrases, weeks
from listbot.bot.links_to import Place
from listbot.bot.markdown import Code, Markdown, joined, link, md
from listbot.bot.memory import LinkMemory
from listbot.bot.phrases import counted
from listbot.links.archive import SHOWN_AT
from listbot.links.verdict import STRIKES
from listbot.liveness import SUSPICIONS, UNCHECKED, LinkResult, Outcome, outcome_of

_LONGEST_LINK = 4_000
"""Bytes: a longer one would take the room of other rows."""


class Listed(NamedTuple):
    """Where a link stands in the list."""

    url: str
    title: str | None
    path: str
    line: int
    more: int = 0
    """In how many further places."""


class Row(NamedTuple):
    """A link of the list with what is known of it."""

    listed: Listed
    result: LinkResult
    memory: LinkMemory


class Home(NamedTuple):
    """Where the list is."""

    place: Place
    branch: str


def is_unreached(row: Row) -> bool:
    """Whether the check ended before this link."""
    return row.result.reason in UNCHECKED


def is_undecided(row: Row) -> bool:
    """Whether the check could not tell what is with this link."""
    return row.result.outcome in (Outcome.BLOCKED, Outcome.UNKNOWN) and row.result.reason not in SUSPICIONS


def day(at: float) -> date:
    """Seconds since 1970 -> the day in UTC."""
    return datetime.fromtimestamp(at, UTC).date()


# What is said ---------------------------------------------------------------------------------------------------------


def gone(home: Home, row: Row) -> Markdown:
    """Not found: by whom and how often, when it was last alive, where a copy is."""
    seen = row.memory
    facts = [_strikes(seen), _last_alive(seen)]
    if seen.c is not None:
        facts.append(_linked(_copy(seen.c), f"{SHOWN_AT}/{seen.c}/{row.result.url}"))
    return _row(home, row, md("{seen}<br>{facts}", seen=_evidence(seen), facts=joined("; ", facts)), dated=False)


def _strikes(seen: LinkMemory) -> Markdown:
    """`strike 2 of 3: 2026-01-01, 2026-01-08`."""
    days = joined(", ", [md("{day}", day=day(at * 60.0)) for at in seen.g])
    return md("strike {n} of {of}: {days}", n=weeks.standing_of(seen).strikes, of=STRIKES, days=days)


def _last_alive(seen: LinkMemory) -> Markdown:
    if seen.a is None:
        return md("last alive: not known")
    last = day(seen.a * 60.0)
    return md("worked for somebody on {day}", day=last) if seen.w == seen.a else md("last alive on {day}", day=last)


def _evidence(seen: LinkMemory) -> Markdown:
    return phrases.evidence(seen.r, seen.b) if seen.r is not None else md("not found")


def _copy(stamp: str) -> Markdown:
    """`archived copy of 2025-06-01`; the year alone where the archive has no more."""
    if len(stamp) < 8:
        return md("archived copy")
    try:
        made = datetime.strptime(stamp[:8], "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return md("archived copy")
    return md("archived copy of {day}", day=made)


def moved(home: Home, row: Row) -> Markdown:
    """Where it is now."""
    target = row.memory.t
    new = (
        md("now {url}", url=_linked(md("{url}", url=Code(target)), target))
        if target is not None
        else md("moved for good")
    )
    certain = md("") if row.memory.s else md("; look before you change it")
    return _row(home, row, md("{new}{certain}", new=new, certain=certain), vouch=False)


def odd(home: Home, row: Row) -> Markdown:
    """What makes one suspicious."""
    return _row(home, row, _evidence(row.memory))


def taken_back(home: Home, row: Row) -> Markdown:
    """By whom."""
    if weeks.is_retracted(row.memory):
        return _row(home, row, md("its publisher retracted it"), vouch=False)  # that its page works, nobody doubts
    return _row(home, row, _evidence(row.memory), vouch=False)


def _row(home: Home, row: Row, what: Markdown, *, vouch: bool = True, dated: bool = True) -> Markdown:
    listed = row.listed
    where = link(md("line {line}", line=listed.line), home.place.line(listed.path, home.branch, listed.line))
    more = md(" and {places}", places=counted(listed.more, "more place")) if listed.more else md("")
    name = md("**{title}** · ", title=Code(listed.title, 80)) if listed.title else md("")
    boxes = [md("  - [ ] {hidden}works for me", hidden=phrases.checkbox("works", row.result.url))] if vouch else []
    boxes.append(md("  - [ ] {hidden}ignore for 90 days", hidden=phrases.checkbox("ignore", row.result.url)))
    return md(
        "- {name}{where}{more}<br>{url}<br>{what}\n{boxes}",
        name=name,
        where=where,
        more=more,
        url=_linked(md("{url}", url=Code(listed.url)), listed.url),
        what=joined("<br>", [what, *_beside(row, dated=dated)]),
        boxes=joined("\n", boxes),
    )


def _linked(text: Markdown, url: str) -> Markdown:
    """A text that leads somewhere, if it takes no monster to do so."""
    shown = link(text, url)
    return shown if shown.size <= _LONGEST_LINK else text


def _beside(row: Row, *, dated: bool) -> Iterator[Markdown]:
    """What registries call it; and that this check could not tell, where it could not."""
    if row.result.record is not None:
        known = joined(" · ", [*phrases.record(row.result.record)])
        if known.text:
            yield known
    if not is_undecided(row):
        return
    told = (
        md("the last check did not reach it")
        if is_unreached(row)
        else md("the last check could not tell: {why}", why=phrases.reason(row.result.reason))
    )
    if dated and row.memory.d is not None:
        yield md("found on {day}; {told}", day=day(row.memory.d * 60.0), told=told)
    else:
        yield told


def kind(row: Row) -> Outcome | None:
    """What is remembered of a link: `unknown` where it is only suspicious, None where it needs no look."""
    reason = row.memory.r
    if reason is None:
        return None
    return Outcome.WITHDRAWN if weeks.is_retracted(row.memory) else outcome_of(reason)
