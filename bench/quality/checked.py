"""Running rules over a text as `listbot check --pedantic` does, for measurements."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from listbot import config, engine
from listbot.checks import RULES
from listbot.config import Selection, UserConfig
from listbot.finding import Diagnostic
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source

SHARED = Path(__file__).resolve().parents[3] / "shared"


class NobodyKnows:
    """Surroundings of a text without its repository."""

    def exists(self, path: str) -> bool | None:  # noqa: ARG002
        return None

    def is_repository(self) -> bool:
        return False

    def anchors(self, path: str) -> frozenset[str] | None:  # noqa: ARG002
        return None


def diagnostics(name: str, text: str, rules: Collection[str]) -> tuple[Diagnostic, ...]:
    """What the rules say of a list, hints included."""
    settings = config.settle(UserConfig({}, None, Path()), pages(), RULES, Selection(select=tuple(rules)))
    document = parse(Source(name, text))
    return engine.check(document, settings.enabled, NobodyKnows(), is_list=True, known=pages()).diagnostics


def read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()
