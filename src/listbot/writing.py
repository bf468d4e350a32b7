"""Whole files, written so that a reader sees the old one or the new one and never half of either."""

from __future__ import annotations

import os
from pathlib import Path

from listbot.errors import UsageError

_MODE = 0o666


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
        _rename_over(target, text.encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(f"{path}: this file cannot be written: {error.strerror or error}") from None


def _rename_over(target: Path, content: bytes) -> None:
    import tempfile  # not needed where nothing is written

    handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(target.stat().st_mode if target.exists() else _MODE & ~_umask())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The process's mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
