"""missing-section: a section that the configuration requires."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from listbot import contents_table, section_names
from listbot.document import Document
from listbot.finding import Finding, Related
from listbot.rule import Context
from listbot.section_roles import BODY, role_of
from listbot.source import Span

_ALIKE = 0.6


class Options(NamedTuple):
    required: list[str]
    """Headings, or patterns of headings, that must be there."""


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    contents = contents_table.find(document) if context.options.required else None
    lines = [line.link for line in contents.lines if line.fragment not in document.anchors] if contents else []
    for wanted in context.options.required:
        if not any(section_names.matches(wanted, heading.text) for heading in document.headings):
            first = document.headings[0].span if document.headings else Span(0, 0)
            meant = _meant(document, wanted)
            hint = f"“{meant}” may be meant; if so, require “{wanted} | {meant}”" if meant else None
            message = f"the configuration requires a section “{wanted}”, and there is none"
            stale = tuple(link for link in lines if section_names.matches(wanted, document.source[link.label]))
            related = tuple(Related(link.span, "its line in the table of contents") for link in stale)
            explains = tuple(link.destination for link in stale)
            yield Finding(first, message, hint=hint, related=related, explains=explains)


def _meant(document: Document, wanted: str) -> str | None:
    """The heading that serves the same purpose, else one that reads much like it."""
    role = role_of(wanted)
    headings = [heading.text.strip() for heading in document.headings[1:]]
    same = next((text for text in headings if role not in (BODY, "") and role_of(text) == role), None)
    by_case = {text.casefold(): text for text in headings}
    near = get_close_matches(wanted.casefold(), by_case, 1, _ALIKE)
    return same or (by_case[near[0]] if near else None)
