"""Paths -> Markdown texts. Each thing that can be wrong with a file is one sentence.

`find` turns what the user named into files; `read` turns one file into a `Source`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from listbot.errors import InputError
from listbot.source import Source

MAX_FILE = 8_000_000
"""In bytes; no list comes near, and a file that does would keep the linter busy for long."""
MAX_LINE = 1_000_000
"""In code points."""
_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_NOT_ENTERED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})


def default_readme(directory: Path) -> Path:
    """The README of a directory. Raises InputError where there is none."""
    for path in sorted(directory.iterdir()):
        if path.stem.lower() == "readme" and path.suffix.lower() in _SUFFIXES and path.is_file():
            return path
    raise InputError("there is no README.md in the current directory; name a file or directory")


def find(path: Path, excluded: Callable[[Path], bool]) -> list[Path]:
    """The Markdown files that a path stands for: itself, or all below a directory, in a fixed order.

    A file that is named is always taken; files and directories below a directory are asked of `excluded`. Hidden
    directories and those of package managers are not entered, symbolic links to directories not followed.
    Raises InputError where there is nothing.
    """
    try:
        is_directory = path.is_dir()
    except OSError as error:
        raise _unreadable(path, error) from error
    if not is_directory:
        return [path]
    found = list(_below(path, excluded))
    if not found:
        raise InputError(f"{path}: this directory holds no Markdown file; name a file or another directory")
    return found


def _below(directory: Path, excluded: Callable[[Path], bool]) -> Iterator[Path]:
    for root, directories, files in os.walk(directory):
        here = Path(root)
        directories[:] = sorted(
            name
            for name in directories
            if not name.startswith(".") and name not in _NOT_ENTERED and not excluded(here / name)
        )
        for name in sorted(files):
            path = here / name
            if path.suffix.lower() in _SUFFIXES and not excluded(path):
                yield path


def shown_path(path: Path) -> str:
    """A path as every output can carry it: forward slashes, and bytes that are no UTF-8 replaced."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def read(path: Path, shown: str, max_size: int) -> Source:
    """Read one file; `shown` is its path as the user knows it, `max_size` the limit in bytes.

    Raises InputError where it is missing, too large, not UTF-8, binary, or holds a line over 1 MB.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError(f"{shown}: this is a directory; a Markdown file was expected")
        if not path.is_file():
            raise InputError(f"{shown}: this is not a regular file; a Markdown file was expected")
        if size > max_size:
            raise InputError(_too_large(shown, size, max_size))
        with path.open("rb") as stream:
            content = stream.read(max_size + 1)
    except OSError as error:
        raise _unreadable(path, error, shown) from error
    if len(content) > max_size:
        raise InputError(_too_large(shown, len(content), max_size))
    return decode(content, shown)


def decode(content: bytes, shown: str) -> Source:
    """Bytes -> Source. Raises InputError where they are no UTF-8 text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{shown}: this file is UTF-16; save it as UTF-8")
    nul = content.find(b"\0", 0, 8_192)
    if nul >= 0:
        raise InputError(f"{shown}: this is a binary file (a NUL byte at offset {nul}); a Markdown text was expected")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{shown}: not UTF-8 at byte offset {error.start} (0x{content[error.start]:02x}); save the file as UTF-8"
        ) from None
    source = Source(shown, text)
    for line in range(1, source.line_count + 1):
        span = source.line_span(line)
        if span.end - span.start > MAX_LINE:
            raise InputError(f"{shown}:{line}: this line is longer than 1 MB; no list has such a line, so break it")
    return source


def _too_large(shown: str, size: int, limit: int) -> str:
    return (
        f"{shown}: {size:,} bytes, and the limit is {limit:,}; raise 'max-file-size' in the configuration "
        "if this really is a list"
    )


def _unreadable(path: Path, error: OSError, shown: str | None = None) -> InputError:
    reasons = {
        errno.ENOENT: "there is no such file; check the path",
        errno.EACCES: "no permission to read this; change its mode or run as its owner",
        errno.EPERM: "no permission to read this; change its mode or run as its owner",
        errno.ELOOP: "a loop of symbolic links; let the link point at a file",
        errno.ENOTDIR: "a part of this path is a file and not a directory; check the path",
        errno.ENAMETOOLONG: "this path is too long; check it",
    }
    reason = reasons.get(error.errno or 0, f"it cannot be read: {error.strerror or error}")
    return InputError(f"{shown or path}: {reason}")
