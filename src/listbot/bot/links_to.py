"""Addresses of our own making: lines of a repository's files, runs, pages of rules."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from listbot.output.results import PAGES


class Place(NamedTuple):
    """A repository."""

    server: str
    """`https://github.com`, or a GitHub Enterprise Server."""
    owner: str
    name: str

    def line(self, path: str, ref: str, first: int, last: int | None = None) -> str:
        """Lines of a file as plain text, where they are what the numbers count."""
        lines = f"L{first}" if last in (None, first) else f"L{first}-L{last}"
        return f"{self._home()}/blob/{quote(ref)}/{quote(path)}?plain=1#{lines}"

    def checks(self, pull: int) -> str:
        """Where a pull request's runs stand, and their summaries. It stays the same from run to run."""
        return f"{self._home()}/pull/{pull}/checks"

    def workflow(self, name: str) -> str:
        """Where the runs of a workflow stand, the newest first."""
        return f"{self._home()}/actions/workflows/{quote(name)}"

    def _home(self) -> str:
        return f"{self.server}/{quote(self.owner)}/{quote(self.name)}"


def rule_page(rule: str) -> str:
    """The page that explains a rule."""
    return f"{PAGES}/{rule}.md"
