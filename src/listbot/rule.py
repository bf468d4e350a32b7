"""The contract between the engine, the checks and the configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from listbot.document import Document
from listbot.finding import Finding, Severity
from listbot.generated import Neighbours
from listbot.liveness import LinkResult
from listbot.rulebook import Page


class Surroundings(Neighbours, Protocol):
    """What stands around the file: the rest of its repository. Checks ask; they never touch the disk themselves.

    `exists` says None where nobody can know, as for a text that came from standard input.
    """

    def is_repository(self) -> bool:
        """Whether the file is known to lie where it belongs, so that what it links must be there too."""

    def anchors(self, path: str) -> frozenset[str] | None:
        """The anchors of another Markdown file, or None where the file cannot be read."""


class Context(NamedTuple):
    """All that a check may look at."""

    document: Document
    options: Any
    """An instance of the rule's `Options`."""
    surroundings: Surroundings
    links: Mapping[str, LinkResult] | None = None
    """What is known of links, by `Link.target`; None where links were not checked."""


Check = Callable[[Context], Iterable[Finding]]


class Rule(NamedTuple):
    """A check under the id of its page."""

    id: str
    check: Check
    options: type[tuple[Any, ...]]
    """A NamedTuple without defaults: its annotations are the types of the options, the page has the values."""
    needs_links: bool = False
    """Whether it has something to say only where links were checked."""


class NoOptions(NamedTuple):
    """For rules without options."""


class EnabledRule(NamedTuple):
    """A rule with the user's settings. `rule` is None for the engine's own."""

    page: Page
    rule: Rule | None
    options: Any
    cap: Severity | None
