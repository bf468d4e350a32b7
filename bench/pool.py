"""`python -m bench.pool`: from how many bytes on several processes are faster than one."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from listbot.commands import pool
from listbot.commands.checked import Task
from listbot.commands.versions import Asked
from listbot.config import Selection

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
JUDGE = pool.Judge(None, True, Selection(), Asked(), False)
COUNTS = (2, 4, 8, 16, 32)
ROUNDS = 3


def main() -> int:
    lists = sorted(CORPUS.glob("*.md"))
    print(f"{'files':>6} {'bytes':>10} {'one':>7} {'two':>7}  seconds, the best of {ROUNDS}")
    for count in COUNTS:
        tasks = [Task(path, path.name, {}) for path in lists[:: max(1, len(lists) // count)][:count]]
        size = sum(task.path.stat().st_size for task in tasks)
        one, two = (min(_seconds(tasks, processes) for _ in range(ROUNDS)) for processes in (1, 2))
        print(f"{len(tasks):>6} {size:>10,} {one:>7.2f} {two:>7.2f}")
    return 0


def _seconds(tasks: list[Task], processes: int) -> float:
    started = time.perf_counter()
    for _ in pool.run(tasks, JUDGE, processes):
        pass
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
