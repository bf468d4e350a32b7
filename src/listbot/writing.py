"""Whole files, written so that a reader sees the old one or the new one and never half of either."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from listbot.errors import UsageError

_MODE = 0o666
_LONGEST_NAME = 60
"""Characters of the file's name that the temporary one shows."""


def replace(path: Path, text: str) -> None:
    """Write `path` anew as UTF-8, line endings as given; a symbolic link stays one, an existing file keeps its mode.

    Raises UsageError where it cannot be written.
    """
    try:
        target = path.resolve()
        if target.is_dir():
            raise UsageError(f"{path}: this is a directory; the name of a file was expected")
        if target.exists() and not target.is_file():
            target.write_bytes(text.encode("utf-8", "replace"))  # /dev/stdout, a pipe: there is nothing to replace
            return
        whole(target, text.encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(f"{path}: this file cannot be written: {error.strerror or error}") from None


def whole(target: Path, content: bytes, unless: Callable[[], None] | None = None) -> None:
    """Put content in the place of a file, or nothing: beside it first, and renamed over it once it is on the disk.

    Mode and owner of an existing file are kept. `unless` is called last and may raise. Whoever is killed in between
    leaves the old file, and perhaps `.NAME.listbot-….tmp`, which can be deleted. Raises OSError.
    """
    import tempfile  # not needed where nothing is written

    descriptor, name = tempfile.mkstemp(".tmp", f".{target.name[:_LONGEST_NAME]}.listbot-", target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            _set_mode(target, stream.fileno())
            os.fsync(stream.fileno())
        if unless is not None:
            unless()
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_directory(target.parent)


def _set_mode(target: Path, descriptor: int) -> None:
    if not hasattr(os, "fchmod"):
        return  # Windows has no modes
    if not target.exists():
        os.fchmod(descriptor, _MODE & ~_umask())
        return
    status = target.stat()
    with suppress(PermissionError):  # only root gives files away; the new one is then the writer's, as with git
        os.fchown(descriptor, status.st_uid, status.st_gid)
    os.fchmod(descriptor, status.st_mode & 0o7777)


def _sync_directory(directory: Path) -> None:
    """Make the rename last. Where directories cannot be opened (Windows) the system sees to it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    """The process's mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
