"""Programs of other people that run beside a test: started, waited for until they are ready, and ended."""

from __future__ import annotations

import contextlib
import queue
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO


class UnreadyError(Exception):
    """A program did not say in time that it is ready; the message has what it said instead."""


@contextlib.contextmanager
def running(command: Sequence[str | Path], ready: str, patience: float) -> Iterator[None]:
    """Run a program while the block lasts; it is ready once it prints `ready`. Raises `UnreadyError`."""
    program = subprocess.Popen(
        list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if program.stdout is None:
        raise UnreadyError("no pipe to the program")
    said: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    reader = threading.Thread(target=_read, args=(program.stdout, said), daemon=True)
    reader.start()
    try:
        _wait(said, ready, time.monotonic() + patience)
        yield
    finally:
        program.terminate()
        try:
            program.wait(10)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
        reader.join()
        program.stdout.close()


def free_port() -> int:
    """A port of loopback that was free a moment ago, for programs that cannot choose one themselves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _read(pipe: IO[str], said: queue.SimpleQueue[str | None]) -> None:
    for line in pipe:
        said.put(line)
    said.put(None)


def _wait(said: queue.SimpleQueue[str | None], ready: str, deadline: float) -> None:
    heard: list[str] = []
    while True:
        try:
            line = said.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty as late:
            raise UnreadyError("not ready in time; it said: " + "".join(heard)[-500:]) from late
        if line is None:
            raise UnreadyError("it ended at once; it said: " + "".join(heard)[-500:])
        heard.append(line)
        if ready in line:
            return
