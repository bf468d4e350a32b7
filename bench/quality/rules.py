"""`python -m bench.quality rules [KIND...]`: how well every rule does on every label that there is.

For each row of `kinds.toml`: recall, over all labels and as the mean over repositories; false findings and precision
where the labels are complete (the seed list); hits by rule and by sub-kind; and the misses one by one, `path:line`,
the sub-kind, and what was done about it. `KIND` is a part of a row's name. awesome-lint stands beside where a row
names one of its rules; it knows no related place, so a group counts as found where two of its lines carry a message,
which is more than the reader of that message learns.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bench import peers
from bench.peers import spellers
from bench.quality import labels, recall
from bench.quality.checked import KNOWN, SHARED, diagnostics
from bench.quality.kinds import Kind, kinds
from bench.quality.labels import Label, Labelled
from bench.quality.recall import Said, Score
from listbot.finding import Severity


class Hit(NamedTuple):
    """What became of a label."""

    text: Labelled
    label: Label
    by: Said | None


def main() -> int:
    if not SHARED.is_dir():
        print("needs ../shared, which is not here", file=sys.stderr)
        return 2
    wanted = sys.argv[2:]
    rows = [kind for kind in kinds() if not wanted or any(part in kind.name for part in wanted)]
    for source in labels.SOURCES:
        of_source = [kind for kind in rows if kind.source == source]
        texts = [text for text in labels.load(source) if any(_concerns(kind, text) for kind in of_source)]
        found = [_said(text) for text in texts] if any(_present(kind.rules) for kind in of_source) else []
        for kind in of_source:
            _show(kind, texts, found)
    print(f"\nno label speaks of {', '.join(sorted(KNOWN - {rule for kind in kinds() for rule in kind.rules}))}")
    return 0


def _concerns(kind: Kind, text: Labelled) -> bool:
    return kind.source == "seed" or any(kind.selects(label) for label in text.labels)


def _said(text: Labelled) -> list[Said]:
    return [recall.said(one) for one in diagnostics("README.md", text.text)]


def _present(rules: Iterable[str]) -> list[str]:
    return [rule for rule in rules if rule in KNOWN]


def _show(kind: Kind, texts: Sequence[Labelled], found: Sequence[Sequence[Said]]) -> None:
    print(f"\n== {kind.name} ({kind.source}): {', '.join(_present(kind.rules)) or 'no rule'}")
    absent = [rule for rule in kind.rules if rule not in KNOWN]
    if absent:
        print(f"  there is no check yet for {', '.join(absent)}")
    if len(absent) == len(kind.rules):
        print("  NOT MEASURED")
        return
    hits = [hit for text, all_said in zip(texts, found, strict=True) for hit in _hits(kind, text, all_said)]
    if hits:
        _show_recall(kind, hits)
    if kind.source == "seed" and not kind.counts:
        for text, all_said in zip(texts, found, strict=True):
            _show_precision(kind, text, _counting(all_said, kind.judged, kind.severity))
    if kind.spellers:
        for text in texts:
            _show_spellers(kind, text)
    if kind.peer:
        concerned = [number for number, text in enumerate(texts) if any(map(kind.selects, text.labels))]
        _show_peer(kind, [texts[number] for number in concerned])
        ours = sum(len(_counting(found[number], kind.rules, kind.severity)) for number in concerned)
        print(f"  listbot in the same lists: {ours} findings")


def _hits(kind: Kind, text: Labelled, all_said: Sequence[Said]) -> list[Hit]:
    counting = _counting(all_said, kind.rules, kind.severity)
    wanted = [label for label in text.labels if kind.selects(label)]
    return [Hit(text, label, recall.finder(label, counting, kind.match)) for label in wanted]


def _counting(all_said: Iterable[Said], rules: Iterable[str], mildest: Severity) -> list[Said]:
    return [one for one in all_said if one.rule in rules and one.severity.rank <= mildest.rank]


def _show_recall(kind: Kind, hits: Sequence[Hit]) -> None:
    for hit in hits:
        if hit.by is None and not kind.counts:
            print(f"  missed {hit.text.repo}:{hit.label.listed}: {hit.label.sub}: {hit.label.fix}")
    by_sub: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_sub[hit.label.sub].append(hit)
    for sub in sorted(by_sub) if len(by_sub) > 1 else ():
        by = Counter(f"{one.by.rule} {one.by.severity}" for one in by_sub[sub] if one.by is not None)
        shown = ", ".join(f"{name} {count}" for name, count in sorted(by.items()))
        print(f"  {sub:28} {by.total():3}/{len(by_sub[sub]):<3} {shown}")
    results = [(hit.text.repo, hit.by is not None) for hit in hits]
    score, macro = recall.over_all(results), recall.over_repositories(results)
    several = len({repository for repository, _ in results}) > 1
    beside = f", mean over repositories {macro:.3f}" if several else ""
    reached = macro if kind.average == "repositories" else score.share
    print(f"  recall {score}{beside}{_goal(kind.recall, reached, kind.average if several else '')}")


def _goal(goal: float | None, reached: float, average: str = "") -> str:
    if goal is None:
        return ""
    over = f" over {average}" if average else ""
    return f"  goal {goal:.2f}{over} {'met' if reached >= goal else 'MISSED'}"


def _show_precision(kind: Kind, text: Labelled, judged: Sequence[Said]) -> None:
    """Findings that no label makes true, but for those about labels that count neither way."""
    neutral = [label for label in text.labels if label.sub in kind.neutral]
    true = [label for label in text.labels if kind.makes_true(label)]
    right = [one for one in judged if recall.is_true(one, true, kind.match)]
    false = [one for one in judged if one not in right and not recall.is_true(one, neutral, kind.match)]
    for one in false:
        print(f"  not labelled {text.repo}:{one.first}: {one.severity}[{one.rule}] {one.message[:90]}")
    score = Score(len(right), len(right) + len(false))
    most = f"  goal {kind.false} {'met' if len(false) <= kind.false else 'MISSED'}" if kind.false is not None else ""
    print(f"  false {len(false)} of {score.of}{most}")
    print(f"  precision {score}{_goal(kind.precision, score.share)}")


def _show_spellers(kind: Kind, text: Labelled) -> None:
    """Recall and precision of the spell checkers, counted as ours are."""
    wanted = [label for label in text.labels if kind.selects(label)]
    true = [label for label in text.labels if kind.makes_true(label)]
    for name, speller in spellers.ALL.items():
        try:
            marked = speller(text.text)
        except peers.AbsentError as absent:
            print(f"  beside: {absent}")
            continue
        all_said = [_marked(name, one) for one in marked]
        found = sum(recall.finder(label, all_said, kind.match) is not None for label in wanted)
        right = sum(recall.is_true(one, true, kind.match) for one in all_said)
        print(f"  beside: {name}: recall {Score(found, len(wanted))}, precision {Score(right, len(all_said))}")


def _marked(name: str, one: spellers.Marked) -> Said:
    columns = (one.column, one.column + len(one.word))
    return Said(name, Severity.ERROR, one.line, one.line, columns, (), one.word)


def _show_peer(kind: Kind, texts: Sequence[Labelled]) -> None:
    try:
        by_text = peers.awesome_lint({str(n): text.text for n, text in enumerate(texts)}, [kind.peer])
    except peers.AbsentError as absent:
        print(f"  beside: {absent}")
        return
    results = [
        (text.repo, _peer_finds(kind, label, by_text[str(number)]))
        for number, text in enumerate(texts)
        for label in text.labels
        if kind.selects(label)
    ]
    messages = sum(map(len, by_text.values()))
    macro = recall.over_repositories(results)
    print(
        f"  beside: awesome-lint {kind.peer}: recall {recall.over_all(results)}, mean {macro:.3f}, {messages} messages"
    )


def _peer_finds(kind: Kind, label: Label, messages: Sequence[peers.Message]) -> bool:
    lines = {message.line for message in messages}
    return len(lines & set(label.lines)) > 1 if kind.match == "group" else label.line in lines
