"""`listbot links --export` and `--import`: the history of links as JSON lines, for a branch or another machine."""

from __future__ import annotations

import sys
from pathlib import Path

from listbot import writing
from listbot.errors import EXIT_CLEAN, InputError
from listbot.links import history_file
from listbot.links.store import Store, default_path
from listbot.output.text import counted

_SCREEN = "-"


def export(store: str | None, target: str) -> int:
    """Write the history, sorted by URL. Raises UserError where it cannot be read or written."""
    with Store(_path(store)) as open_store:
        lines = list(history_file.written(open_store.dossiers()))
    if target == _SCREEN:
        sys.stdout.writelines(lines)
    else:
        writing.replace(Path(target), "".join(lines))
    print(f"listbot: the history of {counted(len(lines), 'link')}", file=sys.stderr)
    return EXIT_CLEAN


def merge(store: str | None, origin: str) -> int:
    """Add a history to the store; nothing of it where a line is no such line. Raises UserError."""
    try:
        with Path(origin).open(encoding="utf-8", newline="\n") as lines, Store(_path(store)) as open_store:
            count = open_store.merge(history_file.read(lines, origin))
    except OSError as error:
        raise InputError(f"{origin}: this history cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{origin}: not UTF-8 at byte offset {error.start}") from None
    print(f"listbot: {counted(count, 'link')} read", file=sys.stderr)
    return EXIT_CLEAN


def _path(store: str | None) -> Path:
    return Path(store) if store is not None else default_path()
