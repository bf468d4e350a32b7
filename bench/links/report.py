"""What runs of checkers mean: the truth beside what they said, rows, and goals."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from bench.links.tools import Run, Verdict
from bench.links.truth import Set, Truth, kind_of, truth_of

WALL_TO_LYCHEE = 0.30
WALL_TO_TUNED = 1.10
LIMITED = 0.005
CPU_TO_LYCHEE, CPU_AIM = 20.0, 4.0
PEAK_TO_LYCHEE = 0.5
MANY = 100_000
"""With so many links memory is judged; with few it is the interpreter's."""


class Score(NamedTuple):
    """What was said beside what is true."""

    false: tuple[str, ...]
    """URLs that live and were called dead."""
    missed: tuple[str, ...]
    """URLs that are dead and were not called so."""
    unclear: int
    """Of those that nobody can judge, how many were called dead."""
    soft: int
    """Of the soft 404s, how many were called dead."""
    unsure: tuple[str, ...]
    """URLs that live, and of which the tool does not know it."""


def score(run: Run, urls: Sequence[str]) -> Score:
    """`urls` is the whole set; what a run said of other URLs (it may follow links of its own accord) does not count."""

    def said(verdict: Verdict, true: Truth) -> tuple[str, ...]:
        return tuple(url for url in urls if heard(url) is verdict and truth_of(url) is true)

    def heard(url: str) -> Verdict:
        return run.said[url].verdict if url in run.said else Verdict.ALIVE

    return Score(
        false=said(Verdict.DEAD, Truth.LIVE),
        missed=said(Verdict.ALIVE, Truth.DEAD) + said(Verdict.UNSURE, Truth.DEAD),
        unclear=len(said(Verdict.DEAD, Truth.UNCLEAR)),
        soft=len(said(Verdict.DEAD, Truth.SOFT)),
        unsure=said(Verdict.UNSURE, Truth.LIVE),
    )


_HEAD = (
    f"{'tool':<13}{'wall s':>8}{'cpu s':>7}{'ms/link':>8}{'MiB':>6}{'requests':>9}{'429s':>8}{'early':>7}{'HEADs':>8}"
    f"{'conns':>8}{'at once':>8}{'big':>5}{'other':>6}{'false':>6}{'missed':>7}{'unclear':>8}{'soft':>5}{'unsure':>7}"
)
_LEGEND = (
    "early: requests before a host's Retry-After was over; at once: most under way, on all hosts, on the big one, on"
    " any other;\nfalse: live links called dead; missed: dead links not called so; unclear and soft: how many of them"
    " were called dead;\nunsure: live links that the tool says it does not know"
)


def title(drawn: Set, true: Mapping[Truth, int]) -> str:
    of = ", ".join(f"{true.get(kind, 0):,} {kind}" for kind in Truth)
    cores, load = os.cpu_count(), os.getloadavg()[0]
    machine = f"{platform.machine()}, {cores} cores with a load of {load:.1f}, Python {platform.python_version()}"
    manners = "no latency, no limits" if drawn.calm else "latency, limits and faults"
    links = f"{drawn.urls:,} links over {drawn.hosts:,} hosts, seed {drawn.seed}, {manners}: {of}"
    return "\n".join((links, machine, _LEGEND, "", _HEAD))


def row(name: str, run: Run, urls: Sequence[str]) -> str:
    counts, right = run.counts, score(run, urls)
    return (
        f"{name:<13}{run.wall:>8.1f}{run.cpu:>7.2f}{run.cpu / len(urls) * 1e3:>8.3f}{run.peak:>6.0f}"
        f"{counts['requests']:>9,}{counts['limited']:>8,}{counts['early']:>7,}{counts['heads']:>8,}"
        f"{counts['connections']:>8,}{counts['most']:>8,}{counts['most_big']:>5}{counts['most_small']:>6}"
        f"{len(right.false):>6}{len(right.missed):>7}{right.unclear:>8}{right.soft:>5}{len(right.unsure):>7}"
    )


def mistakes(name: str, run: Run, urls: Sequence[str]) -> Iterator[str]:
    """The mistakes of a run by kind, each with one example in the tool's own words."""
    right = score(run, urls)
    for sort, wrong in (("false", right.false), ("missed", right.missed), ("unsure", right.unsure)):
        kinds: dict[str, list[str]] = {}
        for url in wrong:
            kinds.setdefault(kind_of(url), []).append(url)
        for kind, found in kinds.items():
            words = run.said[found[0]].words if found[0] in run.said else "said nothing"
            yield f"  {name}: {len(found)} {sort} of kind {kind}, such as {found[0]} ({words})"


def ratios(runs: Mapping[str, Sequence[Run]]) -> Iterator[str]:
    """listbot by each other tool: the median over the rounds, and the least and the most where there are several."""
    for name in runs:
        if name == "listbot" or "listbot" not in runs:
            continue
        shown = []
        for field in ("wall", "cpu", "peak"):
            pairs = zip(runs["listbot"], runs[name], strict=False)  # a run that failed has no partner
            found = [getattr(ours, field) / getattr(theirs, field) for ours, theirs in pairs]
            spread = f" ({min(found):.2f}-{max(found):.2f})" if len(found) > 1 else ""
            shown.append(f"{field} {median(found):.2f}{spread}")
        yield f"listbot / {name}: {', '.join(shown)}"


class Goal(NamedTuple):
    """What has to hold of listbot, with the figure that was measured."""

    what: str
    figure: str
    met: bool


def goals(runs: Mapping[str, Sequence[Run]], drawn: Set, urls: Sequence[str]) -> Iterator[Goal]:
    """Those that the tools that ran allow to judge. Ratios are of medians; counts are the worst of all rounds."""
    ours = runs.get("listbot", ())
    if not ours:
        return
    right = [score(run, urls) for run in ours]
    false, missed = max(len(r.false) for r in right), max(len(r.missed) for r in right)
    unclear = max(r.unclear for r in right)
    yield Goal(
        "outcome gone: 0 false, 0 missed, 0 unclear", f"{false}, {missed}, {unclear}", not false + missed + unclear
    )
    if drawn.calm:
        yield from _against(runs, "lychee-free", "CPU a link", "cpu", CPU_TO_LYCHEE, f" (aim {CPU_AIM:g})")
        if drawn.urls >= MANY:
            yield from _against(runs, "lychee-free", "peak memory", "peak", PEAK_TO_LYCHEE)
        return
    limited = max(run.counts["limited"] / run.counts["requests"] for run in ours)
    yield Goal(f"429s at most {LIMITED:.1%} of requests", f"{limited:.2%}", limited <= LIMITED)
    yield from _against(runs, "lychee", "wall", "wall", WALL_TO_LYCHEE)
    yield from _against(runs, "lychee-tuned", "wall", "wall", WALL_TO_TUNED)
    yield from _against(runs, "lychee", "CPU", "cpu", CPU_TO_LYCHEE, f" (aim {CPU_AIM:g})")


def _against(
    runs: Mapping[str, Sequence[Run]], other: str, what: str, field: str, most: float, aim: str = ""
) -> Iterator[Goal]:
    if not runs.get(other):
        return
    ours, theirs = (median(getattr(run, field) for run in runs[name]) for name in ("listbot", other))
    yield Goal(f"{what} at most {most:g} x {other}{aim}", f"{ours / theirs:.2f}", ours <= most * theirs)


def goal_line(goal: Goal) -> str:
    return f"goal {goal.what:<50} {goal.figure:>10}  {'met' if goal.met else 'MISSED'}"
