"""Identity at speed: `python -m bench.works`.

The first 10,000 different URLs of the corpus identified, and its first 10,000 different titles matched against each
other, on one core, nothing remembered from before. CPU seconds, median (least, most).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import islice
from statistics import median

from bench.quality.checked import SHARED, read
from listbot import title_match, titles, works
from listbot.parser import parse
from listbot.source import Source

MANY = 10_000
ROUNDS = 5
GOAL_URLS = 0.3
GOAL_TITLES = 1.0


def corpus() -> tuple[list[str], list[str]]:
    """Different URLs and titles of the corpus, in the order of its files."""
    urls: dict[str, None] = {}
    names: dict[str, None] = {}
    for path in sorted((SHARED / "corpus").glob("*.md")):
        if len(urls) >= MANY and len(names) >= MANY:
            break
        document = parse(Source(path.name, read(path)))
        urls |= dict.fromkeys(link.target for link in document.links if "://" in link.target)
        names |= dict.fromkeys(entry.title for entry in document.entries if entry.title)
    return list(islice(urls, MANY)), list(islice(names, MANY))


def forget() -> None:
    """Empties what the functions remember, as in a new process; tables stay read and patterns compiled."""
    for remembering in (works.of, works.normalise, titles.keys, title_match._key):
        remembering.cache_clear()


def cpu(action: Callable[[], object]) -> list[float]:
    """CPU seconds of each round. The first round, which reads the tables, is not counted."""
    times = []
    for _ in range(ROUNDS + 1):
        forget()
        started = time.process_time()
        action()
        times.append(time.process_time() - started)
    return times[1:]


def show(name: str, times: list[float], found: int, goal: float) -> None:
    middle = median(times)
    mark = "met" if middle < goal else "MISSED"
    print(f"{name:<28} {middle:.3f} s ({min(times):.3f}-{max(times):.3f})  {found:,} found  goal {goal} s {mark}")


def main() -> int:
    if not SHARED.is_dir():
        print("needs ../shared, which is not here", file=sys.stderr)
        return 2
    urls, names = corpus()
    if len(urls) < MANY or len(names) < MANY:
        print(f"the corpus has only {len(urls):,} URLs and {len(names):,} titles", file=sys.stderr)
        return 2
    times = cpu(lambda: [works.identity(url) for url in urls])
    show("10,000 URLs identified", times, len({works.identity(url) for url in urls}), GOAL_URLS)
    times = cpu(lambda: list(title_match.matches(names)))
    show("10,000 titles matched", times, len(list(title_match.matches(names))), GOAL_TITLES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
