"""Lists -> the links to check, and where each stands."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from listbot import inputs, works
from listbot.document import Document
from listbot.errors import UsageError
from listbot.liveness import Place
from listbot.parser import parse

_SCHEMES = ("http://", "https://")


def targets(document: Document) -> list[tuple[str, Place]]:
    """The web addresses that a document links or shows, in the order of the text."""
    found = []
    for link in sorted(document.links + document.images):
        url = address(link.target)
        if url is not None:
            position = document.source.position(link.destination.start)
            found.append((url, Place(document.source.path, position.line, position.column)))
    return found


def address(target: str) -> str | None:
    """A target as a web address; None for paths, fragments, and other schemes, which other rules look after."""
    target = target.strip()
    if target.startswith("//"):
        return "https:" + target
    return target if target.lower().startswith(_SCHEMES) else None


def name_of(paths: Iterable[Path]) -> str:
    """What lists are called in the store: the same for the same files, from wherever they are named."""
    return "\n".join(sorted(str(path.resolve()) for path in paths))


def by_place(found: Iterable[tuple[str, Place]]) -> dict[str, list[Place]]:
    """Each address once, with all of its places."""
    places: dict[str, list[Place]] = {}
    for url, place in found:
        places.setdefault(url, []).append(place)
    return places


def added(urls: Iterable[str], older: Document | None) -> set[str]:
    """Of addresses, those that an older version of the list did not have in any spelling."""
    before = {_key(url) for url, _ in targets(older)} if older is not None else set()
    return {url for url in urls if _key(url) not in before}


def _key(url: str) -> str:
    return works.normalise(url.partition("#")[0]) or url


def older(path: Path, revision: str, max_size: int) -> Document | None:
    """A file as it is in a commit; None where the commit has no such file.

    Raises UsageError where there is no such commit, and InputError where its version cannot be read.
    """
    commit = _git(path.resolve().parent, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    if commit is None:
        raise UsageError(f"{revision!r} names no commit of the repository of {path}; `git log --oneline` lists them")
    name = commit.decode("ascii").strip() + ":./" + path.name
    content = _git(path.resolve().parent, "cat-file", "blob", name)
    if content is None or len(content) > max_size:
        return None
    return parse(inputs.decode(content, inputs.shown_path(path)))


def added_at(place: Place) -> float | None:
    """When the line of a link was written, in seconds since 1970; None where git does not know."""
    path = Path(place.path)
    lines = f"{place.line},{place.line}"
    said = _git(path.resolve().parent, "blame", "--porcelain", "-L", lines, "--", path.name)
    found = re.search(rb"^author-time (\d+)$", said, re.MULTILINE) if said is not None else None
    return float(found[1]) if found is not None else None


def _git(directory: Path, *arguments: str) -> bytes | None:
    """What git prints; None where it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments; no shell reads it
            ["git", "--no-pager", "-c", "core.fsmonitor=false", *arguments],  # noqa: S607 - the user's git
            cwd=directory,
            env={**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise UsageError("git is not installed, and --since asks it for the older version") from None
    return done.stdout if done.returncode == 0 else None
