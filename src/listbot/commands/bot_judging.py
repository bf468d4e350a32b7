"""Two versions of a file -> what the change does. Shared by both stages: of one text they say the same, except where
the first knows more of a link than it may hand on (`artifact`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from listbot import engine, inputs
from listbot.bot import change
from listbot.bot.change import Change, Text
from listbot.commands import files, link_targets
from listbot.config import Settings
from listbot.document import Document
from listbot.entries import looks_like_list
from listbot.finding import FileReport
from listbot.liveness import LinkResult
from listbot.parser import parse
from listbot.rule import Surroundings
from listbot.rulebook import pages
from listbot.source import Source

Results = Mapping[str, LinkResult]
"""By `Link.target`."""


class Content(NamedTuple):
    """One version of a file: its bytes, and what stands around it there."""

    content: bytes
    around: Surroundings
    own: bytes | None = None
    """The newer version as the pull request's head has it, where a merge was judged and is another text."""


class Versions(NamedTuple):
    """Both versions of a file, read; `base` is None for a file that is new."""

    path: str
    head: Document
    head_around: Surroundings
    own: Source | None
    base: tuple[Document, Surroundings] | None
    is_list: bool
    links: tuple[str, ...]
    """The links' targets that the change adds, each once."""


def versions(path: str, head: Content, base: Content | None, settings: Settings) -> Versions:
    """Read both versions. Raises InputError where one is no Markdown text."""
    document = parse(inputs.decode(head.content, path))
    configured = settings.lists is not None
    is_list = files.matches(settings.root / path, settings, "lists") if configured else looks_like_list(document)
    older = (parse(inputs.decode(base.content, path)), base.around) if base is not None else None
    own = inputs.decode(head.own, path) if head.own not in (None, head.content) else None
    return Versions(path, document, head.around, own, older, is_list, _added(document, older[0] if older else None))


def judged(read: Versions, settings: Settings, results: Results | None) -> Change:
    """What the change does; without `results` the rules about links do not speak."""
    head = Text(read.head, _judge(settings, read.head_around, read.is_list, results), read.own)
    base = None
    if read.base is not None:
        base = Text(read.base[0], _judge(settings, read.base[1], read.is_list, results))
    from_afar = frozenset(page.id for page in pages().values() if page.from_afar)
    return change.of_file(read.path, head, base, frozenset(read.links), is_list=read.is_list, from_afar=from_afar)


def excluded(path: str, settings: Settings) -> bool:
    """Whether the configuration leaves a file out."""
    return files.matches(settings.root / path, settings, "exclude")


def links_of(read: Sequence[Versions]) -> dict[str, str]:
    """The targets that a pull request adds, each once, with what the list calls them; empty where it does not."""
    found: dict[str, str] = {}
    for one in read:
        titles = link_targets.titles(one.head) if one.links else {}
        for target in one.links:
            found[target] = found.get(target) or titles.get(link_targets.address(target) or "", "")
    return found


def _added(head: Document, base: Document | None) -> tuple[str, ...]:
    targets = {link.target: url for link in head.links if (url := link_targets.address(link.target)) is not None}
    new = link_targets.added(targets.values(), base)
    return tuple(target for target, url in targets.items() if url in new)


def _judge(
    settings: Settings, around: Surroundings, is_list: bool, results: Results | None
) -> Callable[[Document], FileReport]:
    return lambda document: engine.check(
        document, settings.enabled, around, is_list=is_list, known=pages(), links=results
    )
