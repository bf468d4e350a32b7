"""`python -m bench.quality changes`: what `--since` says of real commits (`changes.jsonl.gz`).

Three kinds. *only-moved*: the commit moves lines and does nothing else; nothing may be reported. *defect-added*: a
maintainer's fix turned round; the labelled defect has to be reported on a line that the change brought (for a duplicate
a related line counts), and nothing on other lines unless the change caused it. *one-line-added*: an ordinary line; all
that is reported is printed, to be judged by eye.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench.quality.checked import SHARED, NobodyKnows
from listbot import baseline, config, engine
from listbot.alignment import Alignment
from listbot.checks import RULES
from listbot.config import Selection, UserConfig
from listbot.entries import looks_like_list
from listbot.finding import Diagnostic, Severity
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source

RULES_OF = {
    "duplicate-removed": ("duplicate-entry", "title-conflict", "placeholder-link"),
    "anchor-fixed": ("broken-anchor", "toc-mismatch"),
    "malformed-md": ("malformed-link",),
    "unrendered": ("unrendered-markdown",),
    "typo": ("typo", "misspelling"),
}
"""The rules that may report a kind of defect. Kinds of which no rule exists yet are listed apart."""
UNRENDERED = frozenset({"no-space-after-bullet", "no-space-after-hash", "unclosed-emphasis"})
"""Forms of `malformed-md` that are no links: the contract gives them to another rule."""
GOAL = 0.9
NOISE = 2


class Judged(NamedTuple):
    """What was said of a change."""

    name: str
    """`only-moved`, `defect-added typo`, …"""
    verdict: str
    """`found`, `hint only`, `missed` or `no rule yet` for a defect, else `something said` or `nothing said`."""
    remarks: tuple[str, ...]
    """Lines to be read: what was missed, and what was said of anything but the labelled defect."""
    stray: int
    """Findings on lines that did not change."""


def main() -> int:
    counts: Counter[tuple[str, str]] = Counter()
    for change in changes():
        judged = judge(change)
        counts[judged.name, judged.verdict] += 1
        for remark in judged.remarks:
            print(remark)
    print()
    for name in sorted({name for name, _ in counts}):
        row = {verdict: count for (other, verdict), count in sorted(counts.items()) if other == name}
        print(f"{name:32} {', '.join(f'{verdict} {count}' for verdict, count in row.items())}")
    _goals(counts)
    return 0


def judge(change: dict[str, Any]) -> Judged:
    """Ask what a change introduces, and compare it with the label."""
    found, lines = introduced(change)
    shown = [one for one in found if one.severity != Severity.HINT]
    verdict = _verdict(change, found, shown)
    remarks = []
    if verdict in ("missed", "hint only"):
        remarks.append(f"{verdict} {_kind(change)}: {_place(change)} {json.dumps(change['detail'])[:120]}")
    strays = [one for one in shown if not lines.touches(one.start.line, one.end.line)]
    for one in shown:
        if one in strays or change["what"] != "defect-added" or not _is_labelled(change, one):
            afar = " (on a line that did not change)" if one in strays else ""
            said = f"{one.start.line}: {one.rule} {one.message[:120]}{afar}"
            remarks.append(f"{change['what']} {_kind(change)}: {_place(change)}: {said}")
    return Judged(f"{change['what']} {_kind(change)}".strip(), verdict, tuple(remarks), len(strays))


def changes() -> Iterator[dict[str, Any]]:
    """The commits: `what`, `kind`, `base`, `head`, `line` of the labelled defect in head, `detail`."""
    with gzip.open(SHARED / "data" / "changes.jsonl.gz", "rt", encoding="utf-8") as rows:
        yield from map(json.loads, rows)


def introduced(change: dict[str, Any]) -> tuple[tuple[Diagnostic, ...], Alignment]:
    """What a change introduces, hints included, and which of its lines are new."""
    settings = config.settle(UserConfig({}, None, Path()), pages(), RULES, Selection())
    head, base = (parse(Source(change["path"], change[side])) for side in ("head", "base"))
    is_list = looks_like_list(head)
    new, old = (
        baseline.Version(one, engine.check(one, settings.enabled, NobodyKnows(), is_list=is_list, known=pages()))
        for one in (head, base)
    )
    from_afar = {page.id for page in pages().values() if page.from_afar}
    return baseline.introduced(new, old, from_afar).diagnostics, Alignment(base.source, head.source)


def _verdict(change: dict[str, Any], found: tuple[Diagnostic, ...], shown: list[Diagnostic]) -> str:
    if change["what"] != "defect-added":
        return "something said" if shown else "nothing said"
    if not set(RULES_OF[_kind(change)]) & set(pages()):
        return "no rule yet"
    if any(_is_labelled(change, one) for one in shown):
        return "found"
    return "hint only" if any(_is_labelled(change, one) for one in found) else "missed"


def _is_labelled(change: dict[str, Any], one: Diagnostic) -> bool:
    places = [(one.start.line, one.end.line), *((place.start.line, place.end.line) for place in one.related)]
    return one.rule in RULES_OF[_kind(change)] and any(first <= change["line"] <= last for first, last in places)


def _kind(change: dict[str, Any]) -> str:
    """The kind of defect, empty for other changes."""
    kind = str(change.get("kind", ""))
    return "unrendered" if kind == "malformed-md" and set(change["detail"]["forms"]) <= UNRENDERED else kind


def _place(change: dict[str, Any]) -> str:
    return f"{change['repo']}/{change['path']}:{change.get('line', '')}"


def _goals(counts: Counter[tuple[str, str]]) -> None:
    moved = counts["only-moved", "something said"]
    print(f"only moved: {moved} say something; the goal is none: {'met' if not moved else 'MISSED'}")
    judged = {verdict: sum(n for (name, v), n in counts.items() if name.startswith("defect") and v == verdict)
              for verdict in ("found", "hint only", "missed")}  # fmt: skip
    total = sum(judged.values())
    met = "met" if judged["found"] >= GOAL * total else "MISSED"
    print(f"defects of kinds that have a rule: {judged['found']} of {total} found; the goal is {GOAL:.0%}: {met}")
    said = counts["one-line-added", "something said"]
    print(f"one line added: {said} say something; at most {NOISE} may be noise: read them above")


if __name__ == "__main__":
    main()
