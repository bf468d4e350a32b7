"""Writes a file anew: whole or not at all.

The new text goes to a temporary file beside the old one, which is renamed over it once it is on the disk. Whoever is
killed in between leaves the old file, and perhaps `.NAME.listbot-….tmp`, which can be deleted.
"""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from listbot.errors import OutputError
from listbot.source import Source

_LONGEST_NAME = 60
"""Characters of the file's name that the temporary one shows."""


def rewrite(path: Path, old: Source, new: str) -> None:
    """Replace the text of a file, which must still be `old`; `new` is without byte order mark, which is kept.

    Mode and owner are kept, and a symbolic link stays one: what it points at is rewritten. Raises OutputError where
    the file has changed since it was read, or cannot be written.
    """
    try:
        target = Path(os.path.realpath(path))
        target.stat()
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "")
        _replace(target, old, _bytes(old, new))
    except OSError as error:
        raise OutputError(f"{old.path}: {_reason(error)}; nothing was written to it") from error


def _bytes(source: Source, text: str) -> bytes:
    return ("\ufeff" * source.bom + text).encode("utf-8")


def _replace(target: Path, old: Source, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(".tmp", f".{target.name[:_LONGEST_NAME]}.listbot-", target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            _keep_mode(target, stream.fileno())
            os.fsync(stream.fileno())
        if target.read_bytes() != _bytes(old, old.text):
            raise OutputError(f"{old.path}: this file was changed while listbot ran; run it again")
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_directory(target.parent)


def _keep_mode(target: Path, descriptor: int) -> None:
    if not hasattr(os, "fchmod"):
        return  # Windows has no modes
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


def _reason(error: OSError) -> str:
    reasons = {
        errno.EACCES: "no permission to write here; change the mode of the file or its directory",
        errno.EPERM: "no permission to write here; change the mode of the file or its directory",
        errno.EROFS: "this file system is read-only",
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.ENOENT: "this file or its directory is gone",
    }
    return reasons.get(error.errno or 0, f"it cannot be written: {error.strerror or error}")
