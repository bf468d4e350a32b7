"""missing-section: a section that the configuration requires."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from listbot import section_names
from listbot.finding import Finding
from listbot.rule import Context
from listbot.source import Span


class Options(NamedTuple):
    required: list[str]
    """Headings, or patterns of headings, that must be there."""


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    for wanted in context.options.required:
        if not any(section_names.matches(wanted, heading.text) for heading in document.headings):
            first = document.headings[0].span if document.headings else Span(0, 0)
            yield Finding(first, f"the configuration requires a section “{wanted}”, and there is none")
