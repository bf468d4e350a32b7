"""A simulated web in a process of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol


class Begin(Protocol):
    """Begins a run on a web that has forgotten the one before, and tells the counts of that one."""

    def __call__(self, *, calm: bool = False) -> Mapping[str, int]: ...


@contextmanager
def simulated(command: Sequence[str]) -> Iterator[tuple[int, Begin]]:
    """The web that a command serves: its port, and what begins a run. It ends with its input."""
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as web:
        assert web.stdin is not None
        assert web.stdout is not None
        into, out = web.stdin, web.stdout

        def begin(*, calm: bool = False) -> Mapping[str, int]:
            into.write("calm\n" if calm else "real\n")
            into.flush()
            told: dict[str, int] = json.loads(out.readline())
            return told

        yield int(out.readline()), begin
        into.close()
