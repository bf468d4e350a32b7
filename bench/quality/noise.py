"""`python -m bench.quality noise [--lists] [NAME...]`: findings per 100 entries, by rule and by list.

Every list of the corpus at default settings: errors and warnings, all rules, as `listbot check` shows them, but for
`broken-path`, because the lists stand here without the files around them. Beside it
awesome-lint (without its rules about the repository), markdownlint-cli2 and rumdl, each with its defaults. A tool is
summed up by the median list: half of the lists hear less. `NAME` is a part of a list's file name; `--lists` prints a
line a list.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from bench import peers
from bench.peers import Message, Messages
from bench.quality.checked import SHARED, corpus, diagnostics_of, read
from listbot.document import Document
from listbot.finding import Severity
from listbot.parser import parse
from listbot.source import Source

_SHOWN = 12
"""So many rules of a tool are printed, the loudest first."""


class Heard(NamedTuple):
    """What tools say of one list."""

    file: str
    entries: int
    by_tool: Mapping[str, Sequence[Message]]

    def per_100(self, tool: str, rule: str = "") -> float:
        """Messages per 100 entries, of one rule or of all."""
        messages = [message for message in self.by_tool[tool] if rule in ("", message.rule)]
        return 100 * len(messages) / max(self.entries, 1)


def main() -> int:
    if not SHARED.is_dir():
        print("needs ../shared, which is not here", file=sys.stderr)
        return 2
    names = [name for name in sys.argv[2:] if name != "--lists"]
    texts = {path.name: read(path) for path, _ in corpus() if not names or any(name in path.name for name in names)}
    if not texts:
        print(f"no list of the corpus has {' or '.join(names)} in its name", file=sys.stderr)
        return 2
    heard = _hear(texts)
    for tool in heard[0].by_tool:
        _show(tool, heard)
    if "--lists" in sys.argv[2:]:
        _show_lists(heard)
    return 0


def _hear(texts: Mapping[str, str]) -> list[Heard]:
    documents = {name: parse(Source(name, text)) for name, text in texts.items()}
    by_tool: dict[str, Messages] = {"listbot": {name: _listbot(document) for name, document in documents.items()}}
    for tool, listen in peers.ALL.items():
        try:
            by_tool[tool] = listen(texts)
        except peers.AbsentError as absent:
            print(absent, file=sys.stderr)
    return [
        Heard(name, len(document.entries), {tool: said[name] for tool, said in by_tool.items()})
        for name, document in documents.items()
    ]


def _listbot(document: Document) -> list[Message]:
    found = diagnostics_of(document)
    return [Message(one.start.line, one.rule) for one in found if one.severity != Severity.HINT]


def _show(tool: str, heard: Sequence[Heard]) -> None:
    rates = [one.per_100(tool) for one in heard]
    messages = Counter(message.rule for one in heard for message in one.by_tool[tool])
    print(f"\n== {tool}: median list {median(rates):.1f} per 100 entries, {messages.total()} messages")
    print(f"  {'rule':32} {'messages':>8} {'lists':>6} {'per 100 entries: median':>24} {'loudest':>8}")
    for rule, count in messages.most_common(None if tool == "listbot" else _SHOWN):
        of_rule = [one.per_100(tool, rule) for one in heard]
        lists = sum(rate > 0 for rate in of_rule)
        print(f"  {rule:32} {count:>8} {lists:>6} {median(of_rule):>24.2f} {max(of_rule):>8.1f}")


def _show_lists(heard: Sequence[Heard]) -> None:
    tools = list(heard[0].by_tool)
    print(f"\n{'list':60} {'entries':>8} " + " ".join(f"{tool:>18}" for tool in tools))
    for one in sorted(heard, key=lambda one: -one.per_100("listbot")):
        print(f"{one.file:60} {one.entries:>8} " + " ".join(f"{one.per_100(tool):>18.1f}" for tool in tools))
