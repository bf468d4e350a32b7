"""`--statistics`: how often each rule speaks, the most frequent first."""

from __future__ import annotations

from collections import Counter, defaultdict

from listbot.finding import Severity
from listbot.output.results import Results
from listbot.output.text import all_diagnostics, counted


def render(results: Results) -> str:
    """A line a rule: how many, the rule, how many of each severity."""
    ranked = ranking(results)
    numbers = max((len(f"{counts.total():,}") for _, counts in ranked), default=0)
    names = max((len(rule) for rule, _ in ranked), default=0)
    return "".join(f"{counts.total():>{numbers},}  {rule:<{names}}  {_severities(counts)}\n" for rule, counts in ranked)


def ranking(results: Results) -> list[tuple[str, Counter[Severity]]]:
    """Each rule that spoke, and how often with which severity."""
    by_rule: dict[str, Counter[Severity]] = defaultdict(Counter)
    for diagnostic in all_diagnostics(results.reports):
        by_rule[diagnostic.rule][diagnostic.severity] += 1
    return sorted(by_rule.items(), key=lambda row: (-row[1].total(), row[0]))


def _severities(counts: Counter[Severity]) -> str:
    return ", ".join(counted(counts[severity], severity.value) for severity in Severity if counts[severity])
