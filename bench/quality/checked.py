"""Running rules over a text as `listbot check --pedantic` does, for measurements."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from listbot import config, engine
from listbot.checks import RULES
from listbot.config import Selection, UserConfig
from listbot.document import Document
from listbot.finding import Diagnostic
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEED = "chenhongyu2048+LLM-inference-optimization-paper.md"
KNOWN = frozenset(rule.id for rule in RULES)
"""The rules that have a check."""


class NobodyKnows:
    """Surroundings of a text without its repository."""

    def exists(self, path: str) -> bool | None:  # noqa: ARG002 - no path is known
        return None

    def is_repository(self) -> bool:
        return False

    def anchors(self, path: str) -> frozenset[str] | None:  # noqa: ARG002 - no path is known
        return None

    def read(self, path: str) -> str | None:  # noqa: ARG002 - no path is known
        return None

    def names(self, path: str) -> frozenset[str]:  # noqa: ARG002 - no path is known
        return frozenset()


def diagnostics(name: str, text: str, rules: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """What the rules say of a list, hints included; all rules where none is named."""
    return diagnostics_of(parse(Source(name, text)), rules)


def diagnostics_of(document: Document, rules: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """The same of a list that is parsed already."""
    settings = config.settle(UserConfig({}, None, Path()), pages(), RULES, Selection(select=tuple(rules)))
    return engine.check(document, settings.enabled, NobodyKnows(), is_list=True, known=pages()).diagnostics


def read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def corpus() -> Iterator[tuple[Path, str]]:
    """The lists of the corpus and their repositories, `owner/name`, in alphabetical order."""
    repositories = _repositories()
    for path in sorted((SHARED / "corpus").glob("*.md")):
        yield path, repositories[path.name]


@cache
def _repositories() -> Mapping[str, str]:
    return {row["file"]: row["repo"] for row in json.loads(read(SHARED / "corpus" / "manifest.json"))}
