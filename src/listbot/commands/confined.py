"""Work on text that a stranger chose, in a process of its own: little time, memory and room on disk, and no token.

    text = confined.answer(work, first, second)

`work` is a function of a module, so that the child finds it; what it gives back is a text, which the caller judges as
it judges anything that comes from outside. Where the operating system has no limits (Windows), the clock alone holds.
"""

from __future__ import annotations

import errno
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import NamedTuple

from listbot.errors import InternalError, ListbotError

_EXHAUSTED = 75
"""How the child ends that has run into a limit and could still say so."""
_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
"""Variables that the child gets. No token is among them."""


class Limits(NamedTuple):
    """What the child may take; a limit that it meets ends it."""

    cpu: int = 90
    """Seconds of processor time. A list of 2 MB, the largest that is looked at, takes 15 and 300 MB of memory."""
    wall: int = 180
    """Seconds."""
    memory: int = 2_147_483_648
    """Bytes of address space, on Linux."""
    file: int = 8_000_000
    """Bytes that it may write to a file, its answer among them."""


class ExhaustedError(ListbotError):
    """The child ran into a limit."""


def answer(work: Callable[..., str], *arguments: object, limits: Limits = Limits()) -> str:  # noqa: B008 - a constant
    """What `work` makes of `arguments`.

    Raises ExhaustedError where that takes more than the limits, InternalError where it fails.
    """
    command = [sys.executable, "-I", "-B", "-m", "listbot.commands.confined"]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=err, env=environment)  # noqa: S603
        try:
            child.communicate(pickle.dumps((limits, work, arguments)), timeout=limits.wall)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.returncode < 0 or child.returncode == _EXHAUSTED:
            raise ExhaustedError("this takes more time or memory than is given to a pull request")
        if child.returncode != 0:
            err.seek(0)
            raise InternalError(err.read(10_000).decode("utf-8", "replace").strip().rpartition("\n")[2])
        out.seek(0)
        return out.read(limits.file).decode("utf-8", "surrogatepass")


def _child() -> None:
    """Take the limits on before any of it is looked at."""
    stream = pickle.Unpickler(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    try:
        limits, work, arguments = stream.load()
        _take_on(limits)
        sys.stdout.buffer.write(work(*arguments).encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(_EXHAUSTED)
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        os._exit(_EXHAUSTED)


def _take_on(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file, limits.file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the address space holds what was never asked for
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


if __name__ == "__main__":
    _child()
