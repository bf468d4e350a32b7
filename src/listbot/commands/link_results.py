"""Files -> what is known of their links. Links are checked before any rule runs, so that rules stay pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from listbot import inputs
from listbot.commands import link_options, link_targets
from listbot.commands.files import SettingsFor
from listbot.document import Document
from listbot.errors import InputError
from listbot.links import session
from listbot.liveness import LinkResult, Place
from listbot.parser import parse


class CheckedLinks(NamedTuple):
    """What came of it."""

    results: Mapping[str, LinkResult]
    """By `Link.target`."""
    inconclusive: str | None
    """Why nothing can be concluded; then nobody's link is called gone for it."""


def of_files(
    found: Iterable[tuple[Path, str]],
    settings_for: SettingsFor,
    options: link_options.Options,
    since: str | None = None,
) -> CheckedLinks:
    """Check the links of files in one run. A file that cannot be read is passed over: the rules' run tells of it.

    With `since`, only links that a commit's version does not have are asked, and they count as added.
    """
    documents: list[Document] = []
    added: set[str] = set()
    paths: list[Path] = []
    for path, shown in found:
        limit = settings_for(path.parent).max_file_size
        try:
            document = parse(inputs.read(path, shown, limit))
        except InputError:
            continue
        paths.append(path)
        documents.append(document)
        if since is not None:
            urls = [url for url, _ in link_targets.targets(document)]
            added |= link_targets.added(urls, link_targets.older(path, since, limit))
    if paths:
        options = link_options.settled(options, settings_for(paths[0].parent).links)
    return of_documents(documents, link_targets.name_of(paths), options, added if since is not None else None)


def of_documents(
    documents: Iterable[Document], name: str, options: link_options.Options, added: set[str] | None = None
) -> CheckedLinks:
    """Check the links of documents. `added`: the addresses to ask, which are new in the change; None: all of them."""
    urls: dict[str, str] = {}
    places: dict[str, Place] = {}
    titles: dict[str, str] = {}
    for document in documents:
        titles = link_targets.titles(document) | titles
        for url, place in link_targets.targets(document):
            places.setdefault(url, place)
        for link in document.links + document.images:
            address = link_targets.address(link.target)
            if address is not None and (added is None or address in added):
                urls[link.target] = address
    plan = link_options.plan(options, name, whole=added is None)
    with link_options.progress() as on_tick:
        done = session.check(
            urls.values(),
            plan,
            titles=titles,
            dated=lambda url: link_targets.added_at(places[url]),
            on_tick=on_tick,
        )
    inconclusive = done.inconclusive or ("there is no link in what was read" if added is None and not urls else None)
    if done.inconclusive is not None:
        return CheckedLinks({}, inconclusive)
    results = {target: done.results[url]._replace(added=added is not None) for target, url in urls.items()}
    return CheckedLinks(results, inconclusive)
