"""`python -m bench.links [web|cost|scale|virtual]`: listbot beside other checkers of links, on one simulated web.

- `web`: the truth, the time and the manners. 400 hosts with latency, limits and faults, 10,000 links, 55 % of them on
  one host. lychee twice: as it comes, and tuned to what the big host bears; linkinator with a time limit and retries.
  About 15 minutes; `--urls 300 --tools listbot,lychee-tuned` takes one.
- `cost`: CPU a link, with no latency, no limits and no faults, 10,000 links; lychee without pauses.
- `scale`: the same for 100,000 links of one list over 4,000 hosts: peak memory.
- `--registries`: a list of papers whose registries are there too, lychee tuned beside it; twelve minutes, most of them
  lychee's, which has to ask arXiv for one page after the other.
- `virtual`: listbot alone on the web of `web` in virtual time, in seconds: what a change of its manners gains.

The tools run one after the other, each against a web that has forgotten the one before, in as many rounds as asked for.
CPU, wall time and peak memory are those of the whole process (wait4). Only loopback is used; what takes longer than
`--limit` is stopped and said to have no result.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.links import registries, report, tools, truth, virtual
from bench.links.running import simulated
from bench.links.tools import FailedError, Run


class Scene(NamedTuple):
    """One measurement: which links, and which tools by default."""

    urls: int
    hosts: int
    tools: tuple[str, ...]
    calm: bool


SCENES = {
    "web": Scene(10_000, 400, ("listbot", "lychee", "lychee-tuned", "linkinator"), False),
    "cost": Scene(10_000, 400, ("listbot", "lychee-free"), True),
    "scale": Scene(100_000, 4_000, ("listbot", "lychee-free"), True),
    "virtual": Scene(10_000, 400, (), False),
}

PAPERS = 900
"""Links of a list of papers."""


def present(names: Sequence[str]) -> list[tools.Tool]:
    """The tools that can run here; of each other one it says why not."""
    chosen = []
    for tool in tools.ALL:
        if tool.name not in names:
            continue
        why = tool.absent()
        if why is None:
            chosen.append(tool)
        else:
            print(f"SKIPPED {tool.name}: {why}", file=sys.stderr)
    return chosen


def raced(asked: argparse.Namespace, drawn: truth.Set) -> tuple[list[str], dict[str, list[Run]]]:
    """Every tool in turn, in rounds: the URLs, and what came of it. Each run is printed when it is over."""
    chosen = present(asked.tools.split(",") if asked.tools else SCENES[asked.scene].tools)
    runs: dict[str, list[Run]] = {}
    lifetime = 60.0 + asked.limit * asked.rounds * len(chosen)
    with (
        tempfile.TemporaryDirectory(prefix="listbot-links-") as folder,
        simulated([sys.executable, "-m", "bench.links.web", str(drawn.hosts), str(lifetime)]) as (port, begin),
    ):
        path = Path(folder) / "list.md"
        path.write_text(truth.markdown(drawn, port), encoding="utf-8")
        urls = begun(drawn, port)
        for tool in chosen * asked.rounds:
            try:
                run = tools.measure(tool, path, port, asked.limit, partial(begin, calm=drawn.calm))
            except FailedError as error:
                print(f"FAILED {error}", file=sys.stderr, flush=True)
                continue
            runs.setdefault(tool.name, []).append(run)
            print(report.row(tool.name, run, urls), flush=True)
    return urls, runs


def imagined(drawn: truth.Set) -> tuple[list[str], dict[str, list[Run]]]:
    """The same for listbot alone, in virtual time."""
    urls = begun(drawn, virtual.PORT)
    run = virtual.run(drawn)
    print(report.row("listbot", run, urls))
    return urls, {"listbot": [run]}


def begun(drawn: truth.Set, port: int) -> list[str]:
    """The URLs of a set, after its title was printed."""
    urls = list(truth.links(drawn, port))
    print(report.title(drawn, Counter(map(truth.truth_of, urls))), flush=True)
    return urls


def main() -> int:
    asked = _arguments()
    if asked.registries:
        return registries.run(asked.urls or PAPERS, asked.seed, asked.limit)
    scene = SCENES[asked.scene]
    drawn = truth.Set(asked.urls or scene.urls, asked.hosts or scene.hosts, asked.seed, scene.calm)
    urls, runs = imagined(drawn) if asked.scene == "virtual" else raced(asked, drawn)
    for name, found in runs.items():
        for line in report.mistakes(name, found[-1], urls):
            print(line)
    for line in report.ratios(runs):
        print(line)
    for goal in report.goals(runs, drawn, urls):
        print(report.goal_line(goal))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.links", description=__doc__.splitlines()[0])
    parser.add_argument("scene", nargs="?", choices=list(SCENES), default="web")
    parser.add_argument("--registries", action="store_true", help="a list of papers, with the impostors of registries")
    parser.add_argument("--urls", type=int, metavar="N", help="links in the list")
    parser.add_argument("--hosts", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--tools", metavar="A,B", help=", ".join(tool.name for tool in tools.ALL))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--limit", type=float, default=600.0, metavar="SECONDS", help="for one tool")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
