"""Two versions of a file -> what the change does. Shared by both stages, so that they say the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from listbot import engine, inputs
from listbot.bot import change
from listbot.bot.change import Change, Text
from listbot.commands import files
from listbot.commands.surroundings import Around
from listbot.config import Settings
from listbot.document import Document
from listbot.entries import looks_like_list
from listbot.finding import FileReport
from listbot.parser import parse
from listbot.rulebook import pages


class Content(NamedTuple):
    """One version of a file: its bytes, and what stands around it there."""

    content: bytes
    around: Around


def changed(path: str, head: Content, base: Content | None, settings: Settings) -> Change:
    """Raises InputError where the head version is no Markdown text."""
    document = parse(inputs.decode(head.content, path))
    configured = settings.lists is not None
    is_list = files.matches(settings.root / path, settings, "lists") if configured else looks_like_list(document)
    older = Text(parse(inputs.decode(base.content, path)), _judge(settings, base.around, is_list)) if base else None
    newer = Text(document, _judge(settings, head.around, is_list))
    from_afar = frozenset(page.id for page in pages().values() if page.from_afar)
    return change.of_file(path, newer, older, is_list=is_list, from_afar=from_afar)


def excluded(path: str, settings: Settings) -> bool:
    """Whether the configuration leaves a file out."""
    return files.matches(settings.root / path, settings, "exclude")


def _judge(settings: Settings, around: Around, is_list: bool) -> Callable[[Document], FileReport]:
    return lambda document: engine.check(document, settings.enabled, around, is_list=is_list, known=pages())
