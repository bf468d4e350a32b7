"""Addresses of our own making: lines of a repository's files, runs, pages of rules."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

_RULES = "https://github.com/listbot/listbot/blob/main/rules"


class Place(NamedTuple):
    """A repository, and the run that speaks."""

    server: str
    """`https://github.com`, or a GitHub Enterprise Server."""
    owner: str
    name: str
    run: int | None = None

    def line(self, path: str, ref: str, first: int, last: int | None = None) -> str:
        """Lines of a file as plain text, where they are what the numbers count."""
        lines = f"L{first}" if last in (None, first) else f"L{first}-L{last}"
        return f"{self._home()}/blob/{quote(ref)}/{quote(path)}?plain=1#{lines}"

    def summary(self) -> str | None:
        """The run's page, which shows its job summary."""
        return None if self.run is None else f"{self._home()}/actions/runs/{self.run}"

    def _home(self) -> str:
        return f"{self.server}/{quote(self.owner)}/{quote(self.name)}"


def rule_page(rule: str) -> str:
    """The page that explains a rule."""
    return f"{_RULES}/{rule}.md"
