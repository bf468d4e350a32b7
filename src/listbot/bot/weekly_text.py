"""What the weekly issue says: what is gone, what moved, what looks odd, and what nobody could tell.

A row a link, in the order of the list, so that a text is the same as long as nothing changes. Links are named as the
list names them; reasons are listbot's own sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from listbot.bot import alive_days, memory, phrases, weekly_rows, weeks
from listbot.bot.budget import BODY, SUMMARY, Part, fitted
from listbot.bot.links_to import Place
from listbot.bot.markdown import Code, Markdown, joined, link, md
from listbot.bot.memory import Memories
from listbot.bot.phrases import counted
from listbot.bot.weekly_planning import Wanted
from listbot.bot.weekly_rows import Home, Listed, Row
from listbot.links import hosts
from listbot.liveness import Outcome, Reason

__all__ = ["Listed", "Row"]

WORKFLOW = "listbot-weekly.yml"
"""The workflow, as list owners copy it."""
_MAX_HOSTS = 8
_MARKER = 1_000
"""Bytes that are kept free for the marker."""


class Run(NamedTuple):
    """One weekly look at a list."""

    place: Place
    branch: str
    rows: Sequence[Row]
    memories: Memories
    at: float
    """Seconds since 1970."""
    alive: Mapping[str, int] = {}
    """When links were last alive, in days since 1970, by `memory.key`."""
    complete: bool = True
    """The check came to its end."""

    @property
    def home(self) -> Home:
        return Home(self.place, self.branch)


def wanted(run: Run) -> Wanted:
    """The issue's text for a run."""
    history = memory.written(run.memories)
    stamp = md("\n<sub>Checked every week; this text last changed on {day}.</sub>", day=weekly_rows.day(run.at))
    room = BODY - len(history) - stamp.size - _MARKER
    text = _text(run, room)
    alive = alive_days.written(run.alive, room - text.size)
    return Wanted(text, bool(_work(run)), history, stamp, alive, run.complete)


def summary(run: Run) -> Markdown:
    """The job summary: the same with all rows."""
    return _text(run, SUMMARY)


def _text(run: Run, limit: int) -> Markdown:
    work = _work(run)
    unverified = _unverified(_loud(run))
    parts = [Part(_head(run, work)), *(group.part(run) for group in work)]
    if unverified is not None:
        parts.append(unverified)
    return fitted(parts, _foot(run, bool(work)), lambda left: _more(run.place, left), limit)


class _Group(NamedTuple):
    """Links that need the same."""

    name: Markdown
    heading: Markdown
    note: Markdown | None
    rows: Sequence[Row]
    shown: Callable[[Home, Row], Markdown]

    def part(self, run: Run) -> Part:
        opening = md("\n{heading}\n", heading=self.heading)
        if self.note is not None:
            opening = md("{opening}\n{note}\n", opening=opening, note=self.note)
        return Part(opening, [self.shown(run.home, row) for row in self.rows])


def _loud(run: Run) -> list[Row]:
    return [row for row in run.rows if not weeks.is_quiet(row.memory)]


def _work(run: Run) -> list[_Group]:
    """What there is for people to do, the gravest first; empty groups left out."""
    kinds: dict[Outcome | None, list[Row]] = {}
    for row in _loud(run):
        kinds.setdefault(weekly_rows.kind(row), []).append(row)
    gone, moved = kinds.get(Outcome.GONE, []), kinds.get(Outcome.MOVED, [])
    dead = [row for row in gone if weeks.standing_of(row.memory).dead]
    failing = [row for row in gone if not weeks.standing_of(row.memory).dead]
    ready = _READY if any(row.memory.s for row in moved) else None
    back, odd = kinds.get(Outcome.WITHDRAWN, []), kinds.get(Outcome.UNKNOWN, [])
    groups = [
        _Group(md("gone"), md("### Gone"), _GONE, dead, weekly_rows.gone),
        _Group(md("not found"), md("### Not found"), _NOT_FOUND, failing, weekly_rows.gone),
        _Group(md("moved"), md("### Moved"), ready, moved, weekly_rows.moved),
        _Group(md("withdrawn"), md("### Withdrawn"), None, back, weekly_rows.taken_back),
        _Group(md("worth a look"), md("### Worth a look"), _ODD, odd, weekly_rows.odd),
    ]
    return [group for group in groups if group.rows]


_GONE = md("Three strikes: not found by three checks, at least three days apart, and no sign of life since.")
_NOT_FOUND = md(
    "Not found, and perhaps back at the next check. After three strikes, at least three days apart, a link is called "
    "gone."
)
_READY = md(
    "`listbot fix --links --select moved-link,moved-repository` writes the new addresses, but for those that need a "
    "look first."
)
_ODD = md("These answer, but not with what the list promises. Look with your own eyes.")


def _head(run: Run, work: Sequence[_Group]) -> Markdown:
    if work:
        shown = joined(", ", [md("{n} {what}", n=len(group.rows), what=group.name) for group in work])
        said = md("{shown}. What you mend in the list, or tick here, leaves this issue at the next check.", shown=shown)
    elif run.complete:
        said = md("Every link of the list has been checked: none needs a look.")
    else:
        said = md("No link that was checked needs a look.")
    return said if run.complete else md("{said}\n\n{rest}", said=said, rest=_rest(run))


def _rest(run: Run) -> Markdown:
    """That the check did not come to its end."""
    left = sum(map(weekly_rows.is_unreached, run.rows))
    if not left:
        return md("The time was up before every link could be asked again that should have been.")
    return md(
        "**{links} not reached**: the time was up. The next check begins with what was not asked for longest, and "
        "nothing that earlier checks found is taken back.",
        links=counted(left, "link"),
    )


def _foot(run: Run, has_work: bool) -> Markdown:
    quiet = sum(weeks.is_quiet(row.memory) for row in run.rows)
    lines: list[Markdown] = []
    if quiet:
        lines.append(md("{links} left out because somebody ticked a box.", links=counted(quiet, "link")))
    if has_work:
        lines.append(md("This issue closes by itself when nothing is left. Closed as *not planned*, it stays closed."))
    return md("\n{lines}", lines=joined("\n", lines)) if lines else md("")


def _more(place: Place, left: int) -> Markdown:
    summary = link(md("the summary of the newest run"), place.workflow(WORKFLOW))
    return md("\n{n} more in {summary}.", n=left, summary=summary)


# What nobody could tell -----------------------------------------------------------------------------------------------


def _unverified(rows: Iterable[Row]) -> Part | None:
    """What could not be told, by reason and host: there is nothing to do about it, so it stays folded."""
    found: dict[Reason, Counter[str]] = {}
    for row in rows:
        if weekly_rows.is_undecided(row) and not weekly_rows.is_unreached(row) and weekly_rows.kind(row) is None:
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
