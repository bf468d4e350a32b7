"""Parsing beside its own foundation: `python -m bench.parse`.

The seed list, in process, the three alternated: markdown-it-py's full parse (no columns at all), its block rules alone,
and listbot's parse with exact spans and all parts of all entries. CPU seconds, median (least, most); the goal is judged
by the least, which other processes disturb least.
Then every list of the corpus: parsed once each beside markdown-it-py's full parse, in one process; then through
`listbot entries`: seconds and peak memory. Then hostile kinds: seconds of 1 MB, and how much more that is than 500 kB.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median

from markdown_it import MarkdownIt
from tests.test_parser_properties import HOSTILE

from bench.quality.entries import SHARED
from listbot.document import Entry
from listbot.parser import parse
from listbot.source import Source

SEED = "chenhongyu2048+LLM-inference-optimization-paper.md"
ROUNDS = 9
GOAL_SPEED = 4.0
GOAL_SECONDS = 15.0
GOAL_MEGABYTES = 200.0
GOAL_HOSTILE_SECONDS = 2.0
GOAL_RATIO = 2.5


def cpu(action: Callable[[], object]) -> float:
    started = time.process_time()
    action()
    return time.process_time() - started


def entries(name: str, text: str) -> list[Entry]:
    """A text parsed, with all parts of all entries."""
    return parse(Source(name, text)).entries


def mark(met: bool) -> str:
    return "met" if met else "MISSED"


def seed() -> None:
    text = (SHARED / "corpus" / SEED).read_bytes().decode("utf-8")
    markdown = MarkdownIt("commonmark").enable("table")
    actions: dict[str, Callable[[], object]] = {
        "markdown-it-py, full": lambda: markdown.parse(text),
        "markdown-it-py, blocks": lambda: markdown.block.parse(text, markdown, {}, []),
        "listbot, spans and entries": partial(entries, SEED, text),
    }
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(ROUNDS):
        for name, action in actions.items():
            times[name].append(cpu(action))
    size = len(text.encode()) / 1e6
    for name, found in times.items():
        middle = median(found)
        shown = f"{middle * 1e3:6.1f} ms ({min(found) * 1e3:.1f}-{max(found) * 1e3:.1f})  {size / middle:5.2f} MB/s"
        best = size / min(found)
        goal = f", at best {best:.2f}  goal {GOAL_SPEED} MB/s {mark(best >= GOAL_SPEED)}" if "listbot" in name else ""
        print(f"{name:<28} {shown}{goal}")
    ratio = min(times["listbot, spans and entries"]) / min(times["markdown-it-py, full"])
    print(f"listbot / markdown-it-py, full: {ratio:.2f}")


def all_lists() -> None:
    markdown = MarkdownIt("commonmark").enable("table")
    size = ours = theirs = 0.0
    for path in sorted((SHARED / "corpus").glob("*.md")):
        text = path.read_bytes().decode("utf-8")
        size += len(text.encode()) / 1e6
        theirs += cpu(partial(markdown.parse, text))
        ours += cpu(partial(entries, path.name, text))
    speeds = f"{size / ours:.2f} MB/s, markdown-it-py, full: {size / theirs:.2f} MB/s"
    print(f"all lists, {size:.1f} MB: {speeds}, ratio {ours / theirs:.2f}")


def corpus() -> None:
    files = sorted(str(path) for path in (SHARED / "corpus").glob("*.md"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "listbot", "entries", "--isolated", "--format", "jsonl", *files]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    megabytes = after.ru_maxrss / 1024
    met = seconds <= GOAL_SECONDS and megabytes <= GOAL_MEGABYTES
    print(f"{len(files)} lists: {seconds:.1f} s, {megabytes:.0f} MB  goal {GOAL_SECONDS} s, 200 MB {mark(met)}")


def hostile() -> None:
    for name, make in HOSTILE.items():
        unit = len(make(1_000).encode()) / 1_000
        texts = [make(int(size / unit)) for size in (500_000, 1_000_000)]
        half, whole = (cpu(partial(entries, name, text)) for text in texts)
        met = whole <= GOAL_HOSTILE_SECONDS and whole / half <= GOAL_RATIO
        print(f"{name:<28} {len(texts[1].encode()) / 1e6:.2f} MB {whole:6.2f} s, ratio {whole / half:.2f}  {mark(met)}")


def main() -> int:
    if not SHARED.is_dir():
        print("needs ../shared, which is not here", file=sys.stderr)
        return 2
    seed()
    all_lists()
    corpus()
    hostile()
    return 0


if __name__ == "__main__":
    sys.exit(main())
