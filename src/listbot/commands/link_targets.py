"""Lists -> the links to check, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from listbot import inputs, works
from listbot.commands.versions import Asked, Versions
from listbot.document import Document
from listbot.errors import UsageError
from listbot.liveness import Place
from listbot.parser import parse
from listbot.revisions import Repository

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


def titles(document: Document) -> dict[str, str]:
    """What a document calls the works that its web addresses lead to, by address; pages beside a paper have no title
    of their own. Empty where no address is a work's that a registry could know by its title: entries are half of the
    memory of a long list, and are read for these titles only."""
    if not any(works.of(link.target) is not None for link in document.links):
        return {}
    found: dict[str, str] = {}
    for entry in document.entries:
        for link in entry.links if entry.title else ():
            url = address(link.link.target)
            if url is not None and (link == entry.primary or link.role in ("paper", "pdf")):
                found.setdefault(url, entry.title or "")
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
    """A file as it is in a commit, under its older name where it was renamed; None where the commit has no such file.

    Raises UsageError where there is no such commit, and InputError where the file cannot be read.
    """
    compared = Versions(Asked(revision)).of_file(path, inputs.shown_path(path), max_size)
    return parse(compared.bases[0].source) if compared.bases else None


def added_at(place: Place) -> float | None:
    """When the line of a link was written, in seconds since 1970; None where git does not know."""
    path = Path(place.path).resolve()
    try:
        repository = Repository(path.parent)
    except UsageError:
        return None  # no repository, or no git: nobody asked for history here
    return repository.written(path, place.line)
