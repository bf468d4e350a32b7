"""What the weekly issue says: what is gone, what moved, what looks odd, and what nobody could tell.

A row a link, in the order of the list, so that a text is the same as long as nothing changes. Links are named as the
list names them; reasons are listbot's own sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from listbot.bot import memory, phrases
from listbot.bot.budget import BODY, SUMMARY, Part, fitted
from listbot.bot.links_to import Place
from listbot.bot.markdown import Code, Markdown, joined, link, md
from listbot.bot.memory import LinkMemory, Memories
from listbot.bot.phrases import counted
from listbot.bot.weekly_planning import Wanted
from listbot.links import hosts
from listbot.links.verdict import STRIKES
from listbot.liveness import SUSPICIONS, LinkResult, Outcome, Reason, Standing

WORKFLOW = "listbot-weekly.yml"
"""The workflow, as list owners copy it."""
_MAX_HOSTS = 8
_MARKER = 1_000
"""Bytes that are kept free for the marker."""


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


class Run(NamedTuple):
    """One weekly look at a list."""

    place: Place
    branch: str
    rows: Sequence[Row]
    memories: Memories
    at: float
    """Seconds since 1970."""


def wanted(run: Run) -> Wanted:
    """The issue's text for a run."""
    history = memory.written(run.memories)
    stamp = md("\n<sub>Checked every week; this text last changed on {day}.</sub>", day=_day(run.at))
    text = _text(run, BODY - len(history) - stamp.size - _MARKER)
    return Wanted(text, bool(_work(run)), history, stamp)


def summary(run: Run) -> Markdown:
    """The job summary: the same with all rows."""
    return _text(run, SUMMARY)


def _text(run: Run, limit: int) -> Markdown:
    work = _work(run)
    head = _head(work) if work else _ALL_WELL
    unverified = _unverified([row for row in run.rows if not memory.is_quiet(row.memory)])
    parts = [Part(head), *(group.part(run) for group in work), *([unverified] if unverified is not None else [])]
    return fitted(parts, _foot(run, bool(work)), lambda left: _more(run.place, left), limit)


class _Group(NamedTuple):
    """Links that need the same."""

    name: Markdown
    heading: Markdown
    note: Markdown | None
    rows: Sequence[Row]
    shown: Callable[[Run, Row], Markdown]

    def part(self, run: Run) -> Part:
        opening = md("\n{heading}\n", heading=self.heading)
        if self.note is not None:
            opening = md("{opening}\n{note}\n", opening=opening, note=self.note)
        return Part(opening, [self.shown(run, row) for row in self.rows])


def _work(run: Run) -> list[_Group]:
    """What there is for people to do, the gravest first; empty groups left out."""
    loud = [row for row in run.rows if not memory.is_quiet(row.memory)]
    dead = [row for row in loud if _is_gone(row) and _standing(row).dead]
    failing = [row for row in loud if _is_gone(row) and not _standing(row).dead]
    moved = [row for row in loud if row.result.outcome == Outcome.MOVED]
    withdrawn = [row for row in loud if _is_taken_back(row)]
    odd = [row for row in loud if row.result.reason in SUSPICIONS]
    groups = [
        _Group(md("gone"), md("### Gone"), None, dead, _gone),
        _Group(md("not found"), md("### Not found"), _NOT_FOUND, failing, _gone),
        _Group(md("moved"), md("### Moved"), None, moved, _moved),
        _Group(md("withdrawn"), md("### Withdrawn"), None, withdrawn, _taken_back),
        _Group(md("worth a look"), md("### Worth a look"), _ODD, odd, _said),
    ]
    return [group for group in groups if group.rows]


_ALL_WELL = md("Every link of the list has been checked: none needs a look.")
_NOT_FOUND = md(
    "Not there at the last check, and perhaps back at the next. A link is called gone when it was not found three "
    "times, at least three days apart."
)
_ODD = md("These answer, but not with what the list promises. Look with your own eyes.")


def _head(work: Sequence[_Group]) -> Markdown:
    shown = joined(", ", [md("{n} {what}", n=len(group.rows), what=group.name) for group in work])
    return md(
        "{shown}. What you mend in the list, or tick here, leaves this issue at the next check.",
        shown=shown,
    )


def _foot(run: Run, has_work: bool) -> Markdown:
    quiet = sum(memory.is_quiet(row.memory) for row in run.rows)
    lines: list[Markdown] = []
    if quiet:
        lines.append(md("{links} left out because somebody ticked a box.", links=counted(quiet, "link")))
    if has_work:
        lines.append(md("This issue closes by itself when nothing is left. Closed as *not planned*, it stays closed."))
    return md("\n{lines}", lines=joined("\n", lines)) if lines else md("")


def _more(place: Place, left: int) -> Markdown:
    summary = link(md("the summary of the newest run"), place.workflow(WORKFLOW))
    return md("\n{n} more in {summary}.", n=left, summary=summary)


# Rows -----------------------------------------------------------------------------------------------------------------


def _gone(run: Run, row: Row) -> Markdown:
    standing = _standing(row)
    facts = [phrases.reason(row.result.reason)]
    if standing.gone_since is not None:
        since = _day(standing.gone_since)
        facts.append(
            md("not found since {day}", day=since)
            if standing.dead
            else md("not found {n} of {of} times since {day}", n=standing.strikes, of=STRIKES, day=since)
        )
    if standing.last_alive is not None:
        facts.append(md("last alive {day}", day=_day(standing.last_alive)))
    if row.result.archived is not None:
        facts.append(link(md("archived copy"), row.result.archived))
    return _row(run, row, joined("; ", facts))


def _moved(run: Run, row: Row) -> Markdown:
    target = row.result.target or ""
    new = md("now {url}", url=link(Code(target), target))
    certain = md("; `listbot fix --links` writes it") if row.result.certain else md("; look before you change it")
    return _row(run, row, md("{new}{certain}", new=new, certain=certain), vouch=False)


def _said(run: Run, row: Row) -> Markdown:
    return _row(run, row, phrases.reason(row.result.reason))


def _taken_back(run: Run, row: Row) -> Markdown:
    if row.result.outcome == Outcome.WITHDRAWN:
        return _said(run, row)
    return _row(run, row, md("its publisher retracted it"), vouch=False)  # that its page works, nobody doubts


def _row(run: Run, row: Row, what: Markdown, *, vouch: bool = True) -> Markdown:
    listed = row.listed
    where = link(md("line {line}", line=listed.line), run.place.line(listed.path, run.branch, listed.line))
    more = md(" and {places}", places=counted(listed.more, "more place")) if listed.more else md("")
    name = md("**{title}** · ", title=Code(listed.title, 80)) if listed.title else md("")
    boxes = [md("  - [ ] {hidden}works for me", hidden=phrases.checkbox("works", row.result.url))] if vouch else []
    boxes.append(md("  - [ ] {hidden}ignore for 90 days", hidden=phrases.checkbox("ignore", row.result.url)))
    known = joined(" · ", [*phrases.record(row.result.record)]) if row.result.record is not None else md("")
    return md(
        "- {name}{where}{more}<br>{url}<br>{what}\n{boxes}",
        name=name,
        where=where,
        more=more,
        url=link(Code(listed.url), listed.url),
        what=md("{what}<br>{known}", what=what, known=known) if known.text else what,
        boxes=joined("\n", boxes),
    )


def _unverified(rows: Iterable[Row]) -> Part | None:
    """What could not be told, by reason and host: there is nothing to do about it, so it stays folded."""
    found: dict[Reason, Counter[str]] = {}
    for row in rows:
        if _is_unverified(row) and not _is_gone(row):
            found.setdefault(row.result.reason, Counter())[_host(row.result.url)] += 1
    if not found:
        return None
    total = sum(counter.total() for counter in found.values())
    head = md(
        "\n<details><summary>{links} could not be verified, which says nothing against them</summary>\n",
        links=counted(total, "link"),
    )
    ordered = sorted(found.items(), key=lambda one: (-one[1].total(), one[0]))
    return Part(head, [_hosts(reason, counter) for reason, counter in ordered], md("\n</details>"))


def _host(url: str) -> str:
    return hosts.host_of(url) or url


def _hosts(reason: Reason, counter: Counter[str]) -> Markdown:
    ordered = sorted(counter.items(), key=lambda one: (-one[1], one[0]))
    named = joined(", ", [md("{host} {n}", host=Code(host, 60), n=count) for host, count in ordered[:_MAX_HOSTS]])
    rest = len(ordered) - _MAX_HOSTS
    more = md(" and {hosts}", hosts=counted(rest, "more host")) if rest > 0 else md("")
    return md(
        "- {n}: {reason} ({named}{more})", n=counter.total(), reason=phrases.reason(reason), named=named, more=more
    )


def _is_gone(row: Row) -> bool:
    """Found gone now, or before and no answer since."""
    return row.result.outcome == Outcome.GONE or (_is_unverified(row) and bool(row.memory.g))


def _is_taken_back(row: Row) -> bool:
    """By its authors, or by its publisher, whose retraction leaves the page where it was."""
    record = row.result.record
    return row.result.outcome == Outcome.WITHDRAWN or (record is not None and record.notice is not None)


def _is_unverified(row: Row) -> bool:
    result = row.result
    return result.outcome in (Outcome.BLOCKED, Outcome.UNKNOWN) and result.reason not in SUSPICIONS


def _standing(row: Row) -> Standing:
    return memory.standing_of(row.memory)


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, UTC).date()
