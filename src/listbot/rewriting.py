"""Rewrites a file that was read before, and nothing else in its place: whole or not at all (see `writing`)."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from listbot import writing
from listbot.errors import OutputError
from listbot.source import Source


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
        writing.whole(target, _bytes(old, new), lambda: _is_still(target, old))
    except OSError as error:
        raise OutputError(f"{old.path}: {_reason(error)}; nothing was written to it") from error


def _is_still(target: Path, old: Source) -> None:
    if target.read_bytes() != _bytes(old, old.text):
        raise OutputError(f"{old.path}: this file was changed while listbot ran; run it again")


def _bytes(source: Source, text: str) -> bytes:
    return ("\ufeff" * source.bom + text).encode("utf-8")


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
