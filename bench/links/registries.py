"""`python -m bench.links --registries`: a list of papers, listbot with registries beside lychee, tuned to what each of
the hosts bears (which no user knows)."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.links import papers, tools
from bench.links.papers import SITES, Paper, address_of
from bench.links.report import Goal, goal_line
from bench.links.running import simulated
from bench.links.tools import LYCHEE, FailedError, Run, Tool, Verdict
from bench.links.truth import Truth

FEWER = 4.0
WALL_TO_TUNED = 1 / 3
_HEAD = (
    f"{'tool':<14}{'wall s':>8}{'cpu s':>7}{'MiB':>6}{'requests':>10}{'429s':>6}{'false':>7}{'of them walls':>14}"
    f"{'missed':>8}{'unclear':>8}{'unsure':>7}"
)


def run(count: int, seed: int, limit: float) -> int:
    """Measure, print, and return the exit code."""
    web = [sys.executable, "-m", "bench.links.papers_web", str(count), str(seed), str(60.0 + 2 * limit)]
    with tempfile.TemporaryDirectory(prefix="listbot-papers-") as folder, simulated(web) as (port, begin):
        found = list(papers.papers(count, seed, port))
        path = Path(folder) / "README.md"
        path.write_text(papers.markdown(found), "utf-8")
        _title(found)
        runs: dict[str, Run] = {}
        for tool in tools_for(Path(folder), port):
            why = tool.absent()
            if why is not None:
                print(f"SKIPPED {tool.name}: {why}", file=sys.stderr)
                continue
            try:
                runs[tool.name] = tools.measure(tool, path, port, limit, begin)
            except FailedError as error:
                print(f"FAILED {error}", file=sys.stderr, flush=True)
                continue
            print(_row(tool.name, runs[tool.name], found), flush=True)
    for goal in goals(runs, found):
        print(goal_line(goal))
    return 0


def _title(found: Sequence[Paper]) -> None:
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(paper.kind for paper in found).most_common())
    true = Counter(paper.truth for paper in found)
    print(f"{len(found):,} links: {kinds}\n" + ", ".join(f"{true[one]:,} {one}" for one in Truth) + "\n\n" + _HEAD)


# The tools ------------------------------------------------------------------------------------------------------------


def tools_for(folder: Path, port: int) -> tuple[Tool, Tool]:
    """listbot and lychee, with room for their own files."""
    return _listbot(), _lychee(folder, port)


def _listbot() -> Tool:
    def command(path: Path, port: int) -> Sequence[str]:
        here = ["--allow-address", "127.1.0.0/16", "--canary", f"http://127.1.0.1:{port}/ok/canary", "--isolated"]
        store = ["--store", str(path.with_name("store.sqlite"))]
        root = str(Path(__file__).parents[2])
        start = f"import sys; sys.path.insert(0, {root!r}); from bench.links import papers_here; "
        code = start + f"sys.exit(papers_here.run({port}, sys.argv[1:]))"
        return [sys.executable, "-c", code, "links", "--format", "json", *here, *store, str(path)]

    return Tool("listbot", command, tools.read_listbot, tools.no_command)


def _lychee(folder: Path, port: int) -> Tool:
    """Led to the simulated web by rewriting URLs. An interval a host, a little longer than what it bears."""

    def command(path: Path, _port: int) -> Sequence[str]:
        config = folder / "lychee.toml"
        config.write_text("".join(_hosts()), "utf-8")
        maps = [
            part
            for name, site in SITES.items()
            for part in ("--remap", f"https://{site.host.replace('.', '[.]')}/ http://{address_of(name)}:{port}/")
        ]
        options = ["--no-progress", "--format", "json", "--timeout", "10", "--config", str(config)]
        return [str(LYCHEE), *options, *maps, str(path)]

    def read(text: str) -> Mapping[str, tools.Said]:
        for name, site in SITES.items():
            text = text.replace(f"http://{address_of(name)}:{port}/", f"https://{site.host}/")
        return tools.read_lychee(text)

    return Tool("lychee-tuned", command, read, lambda: None if LYCHEE.exists() else "run bench.peers")


def _hosts() -> Iterator[str]:
    yield 'host_request_interval = "10ms"\nhost_concurrency = 32\n'
    for name, site in SITES.items():
        interval = int(1_050 / site.limit.rate)
        yield f'[hosts."{address_of(name)}"]\nconcurrency = 4\nrequest_interval = "{interval}ms"\n'


# What they said -------------------------------------------------------------------------------------------------------


def _said(run: Run, found: Sequence[Paper], verdict: Verdict, *true: Truth) -> list[Paper]:
    return [paper for paper in found if paper.truth in true and _heard(run, paper.url) is verdict]


def _heard(run: Run, url: str) -> Verdict:
    return run.said[url].verdict if url in run.said else Verdict.ALIVE


def _row(name: str, run: Run, found: Sequence[Paper]) -> str:
    false = _said(run, found, Verdict.DEAD, Truth.LIVE)
    walls = [paper for paper in false if paper.kind in SITES and SITES[paper.kind].wall]
    missed = _said(run, found, Verdict.ALIVE, Truth.DEAD) + _said(run, found, Verdict.UNSURE, Truth.DEAD)
    unclear = _said(run, found, Verdict.DEAD, Truth.UNCLEAR)
    unsure = _said(run, found, Verdict.UNSURE, Truth.LIVE)
    return (
        f"{name:<14}{run.wall:>8.1f}{run.cpu:>7.2f}{run.peak:>6.0f}{run.counts['requests']:>10,}"
        f"{run.counts['limited']:>6,}{len(false):>7}{len(walls):>14}{len(missed):>8}{len(unclear):>8}{len(unsure):>7}"
    )


def goals(runs: Mapping[str, Run], found: Sequence[Paper]) -> Iterator[Goal]:
    """Those that the tools that ran allow to judge."""
    ours, theirs = runs.get("listbot"), runs.get("lychee-tuned")
    if ours is None:
        return
    false = len(_said(ours, found, Verdict.DEAD, Truth.LIVE, Truth.UNCLEAR, Truth.SOFT))
    missed = len(found) - len(_said(ours, found, Verdict.DEAD, Truth.DEAD))
    missed -= sum(paper.truth is not Truth.DEAD for paper in found)
    yield Goal("dead: 0 false (walls and faults among them), 0 missed", f"{false}, {missed}", not false + missed)
    yield Goal("what registries forbid: 0", str(ours.counts["misdeeds"]), not ours.counts["misdeeds"])
    if theirs is None:
        return
    fewer = theirs.counts["requests"] / ours.counts["requests"]
    yield Goal(f"at least {FEWER:g} times fewer requests than lychee-tuned", f"{fewer:.1f}", fewer >= FEWER)
    wall = ours.wall / theirs.wall
    yield Goal("wall at most 1/3 x lychee-tuned", f"{wall:.2f}", wall <= WALL_TO_TUNED)
