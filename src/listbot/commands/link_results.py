"""Files -> what is known of their links. Links are checked before any rule runs, so that rules stay pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from listbot import inputs
from listbot.checks.moved_repository import is_repository_move
from listbot.commands import link_options, link_targets
from listbot.commands.files import SettingsFor
from listbot.document import Document
from listbot.errors import InputError
from listbot.links import session
from listbot.liveness import LinkResult, Outcome, Place, Reason
from listbot.parser import parse


class CheckedLinks(NamedTuple):
    """What came of it."""

    results: Mapping[str, LinkResult]
    """By `Link.target`."""
    inconclusive: str | None
    """Why nothing can be concluded; then nobody's link is called gone for it."""
    stopped: Reason | None = None
    """`deadline` or `interrupted` where the run ended before all was asked."""


def of_files(
    found: Iterable[tuple[Path, str]],
    settings_for: SettingsFor,
    options: link_options.Options,
    since: str | None = None,
) -> CheckedLinks:
    """Check the links of files in one run. A file that cannot be read is passed over: the rules' run tells of it.

    With `since`, only links that a commit's version does not have are asked, and they count as added.
    """
    wanted = _Wanted(since is not None)
    paths: list[Path] = []
    for path, shown in found:
        limit = settings_for(path.parent).max_file_size
        try:
            document = parse(inputs.read(path, shown, limit))
        except InputError:
            continue
        paths.append(path)
        added = None
        if since is not None:
            urls = [url for url, _ in link_targets.targets(document)]
            added = link_targets.added(urls, link_targets.older(path, since, limit))
        wanted.take(document, added)
    if paths:
        options = link_options.settled(options, settings_for(paths[0].parent).links)
    return _checked(wanted, link_targets.name_of(paths), options)


def of_documents(
    documents: Iterable[Document], name: str, options: link_options.Options, added: set[str] | None = None
) -> CheckedLinks:
    """Check the links of documents. `added`: the addresses to ask, which are new in the change; None: all of them."""
    wanted = _Wanted(added is not None)
    for document in documents:
        wanted.take(document, added)
    return _checked(wanted, name, options)


def moves(results: Iterable[LinkResult], *, certain: bool) -> dict[str, str]:
    """The links that have moved, by URL, each with the rule that tells of it and fixes it."""
    return {
        result.url: "moved-repository" if is_repository_move(result) else "moved-link"
        for result in results
        if result.outcome == Outcome.MOVED and result.certain == certain
    }


class _Wanted:
    """What is asked for: all that is kept of documents while the network is waited for."""

    def __init__(self, is_change: bool) -> None:
        self.is_change = is_change
        self.addresses: dict[str, str] = {}
        """By `Link.target`."""
        self.places: dict[str, Place] = {}
        self.titles: dict[str, str] = {}

    def take(self, document: Document, added: set[str] | None) -> None:
        """The links of a document; of those only what is in `added`, where that is given."""
        self.titles = link_targets.titles(document) | self.titles
        for address, place in link_targets.targets(document):
            self.places.setdefault(address, place)
        for link in document.links + document.images:
            found = link_targets.address(link.target)
            if found is not None and (added is None or found in added):
                self.addresses[link.target] = found


def _checked(wanted: _Wanted, name: str, options: link_options.Options) -> CheckedLinks:
    plan = link_options.plan(options, name, whole=not wanted.is_change)
    places, addresses = wanted.places, wanted.addresses
    with link_options.progress() as on_tick:
        done = session.check(
            addresses.values(),
            plan,
            titles=wanted.titles,
            dated=lambda url: link_targets.added_at(places[url]),
            on_tick=on_tick,
        )
    if done.inconclusive is not None:
        return CheckedLinks({}, done.inconclusive)
    results = {target: done.results[url]._replace(added=wanted.is_change) for target, url in addresses.items()}
    empty = not (wanted.is_change or addresses)
    return CheckedLinks(results, "there is no link in what was read" if empty else None, done.stopped)
