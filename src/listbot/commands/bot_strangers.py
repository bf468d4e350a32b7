"""What the second stage makes of a pull request's files: read, judged and put into words where no token is.

Whoever opens a pull request chooses what is parsed here. So it happens in a process of its own, with limits to its
time, memory and files (`confined`), twice: to learn which links are new, and, when something is known of them, to say
what the change does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from listbot.bot import carried, pull_text
from listbot.bot.gaps import Gaps
from listbot.bot.links_to import Place
from listbot.bot.pull_planning import Wanted
from listbot.bot.pull_text import Compared
from listbot.commands import bot_judging, confined
from listbot.commands.bot_judging import Content, Versions
from listbot.config import Settings
from listbot.errors import InputError
from listbot.liveness import LinkResult


class Given(NamedTuple):
    """One file of the pull request, unread; `base` is None for one that is new."""

    path: str
    head: Content
    base: Content | None
    patch: str | None


class Subject(NamedTuple):
    """The pull request that is spoken of."""

    place: Place
    number: int
    head: str
    compared: Compared
    gaps: Gaps
    """What is not among the files that are given, and more."""
    changes_settings: bool


def links_of(files: Sequence[Given], settings: Settings) -> carried.Links:
    """The links that the change adds. Raises ExhaustedError."""
    return carried.Links.model_validate_json(confined.answer(_links, tuple(files), settings))


def wanted(files: Sequence[Given], settings: Settings, results: Mapping[str, LinkResult], subject: Subject) -> Wanted:
    """What there is to say of the change. Raises ExhaustedError."""
    said = confined.answer(_said, tuple(files), settings, dict(results), subject)
    return carried.read(said, subject.number, subject.head)


def _links(files: Sequence[Given], settings: Settings) -> str:
    unread: dict[str, str] = {}
    return carried.links(bot_judging.links_of([*_read(files, settings, unread)]), [*unread.values()])


def _said(files: Sequence[Given], settings: Settings, results: Mapping[str, LinkResult], subject: Subject) -> str:
    unread: dict[str, str] = {}
    changes = [bot_judging.judged(one, settings, results or None) for one in _read(files, settings, unread)]
    pull = pull_text.Pull(
        place=subject.place,
        number=subject.number,
        head=subject.head,
        compared=subject.compared,
        changes=changes,
        patches={one.path: one.patch for one in files},
        results=results,
        gaps=subject.gaps._replace(unread=(*subject.gaps.unread, *unread)),
        changes_settings=subject.changes_settings,
    )
    return carried.written(pull_text.wanted(pull))


def _read(files: Sequence[Given], settings: Settings, unread: dict[str, str]) -> Iterator[Versions]:
    """Those that can be read; why the others cannot goes into `unread`, by path."""
    for one in files:
        try:
            yield bot_judging.versions(one.path, one.head, one.base, settings)
        except InputError as error:
            unread[one.path] = str(error)
