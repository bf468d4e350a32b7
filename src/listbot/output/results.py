"""What a run found, as formats take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from listbot.finding import Diagnostic, FileReport, Severity
from listbot.source import Source

HOME = "https://github.com/listbot/listbot"
PAGES = f"{HOME}/blob/main/rules"
"""Where the page of a rule is read: `{PAGES}/{rule}.md`."""


class Results(NamedTuple):
    """The reports of all files, in the order in which they were asked for."""

    reports: Sequence[FileReport]
    sources: Mapping[str, Source]
    """By path, as the reports name it."""
    unread: Sequence[str]
    """Sentences about what could not be checked."""
    seconds: float
    fail_on: Severity
    """The mildest severity that counts for the exit code."""

    def fails(self, diagnostic: Diagnostic) -> bool:
        return diagnostic.severity.rank <= self.fail_on.rank
