"""How well malformed-link and placeholder-link do on real lists: `python -m bench.quality.malformed [--all]`.

Recall: lines that maintainers repaired by hand (`shared/data/mined_dev.jsonl`, kinds `malformed-md` and malformed
URLs of `link-fixed`), alone and inside whole lists (`mined_context.jsonl.gz`), by sub kind, with the misses. Precision
has no labels: every finding over `shared/corpus/` is printed, to be read; with `--all` hints as well.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from listbot.checks import malformed_link, placeholder_link
from listbot.finding import Finding, Severity
from listbot.parser import parse
from listbot.rule import Context, NoOptions
from listbot.rulebook import pages
from listbot.source import Source

SHARED = Path(__file__).resolve().parents[3] / "shared"
OTHER_RULES = frozenset(
    {
        "no-space-after-hash",
        "no-space-after-bullet",
        "spaced-**",
        "odd-**",
        "unclosed-emphasis",
        "odd-backtick",
        "padded-target",
        "no-space-before-link",
        "no-space-after-link",
    }
)
"""Sub kinds that belong to `unrendered-markdown` or `spacing`, or are valid Markdown."""


class NobodyKnows:
    """Surroundings of a text without its repository."""

    def exists(self, path: str) -> bool | None:  # noqa: ARG002
        return None

    def anchors(self, path: str) -> frozenset[str] | None:  # noqa: ARG002
        return None


def findings(text: str) -> Iterator[tuple[str, Finding]]:
    """What the two rules say of a text, with the rule's id."""
    document = parse(Source("README.md", text))
    options = {name.replace("-", "_"): value for name, value in pages()["placeholder-link"].options.items()}
    for finding in malformed_link.check(Context(document, NoOptions(), NobodyKnows())):
        yield "malformed-link", finding
    for finding in placeholder_link.check(Context(document, placeholder_link.Options(**options), NobodyKnows())):
        yield "placeholder-link", finding


def lines_found(text: str) -> set[int]:
    """The lines on which one of the rules finds something, counted as git counts them."""
    return {text.count("\n", 0, finding.span.start) + 1 for _, finding in findings(text)}


def as_document(line: str) -> str:
    """A line taken from its list: without its indentation, and a table's row under a head of as many cells."""
    line = line.strip()
    if not line.startswith("|"):
        return line
    cells = line.count("|") + 1  # a row may have fewer cells than its head, and the surplus of one with more is cut off
    return "|" + " a |" * cells + "\n|" + " - |" * cells + "\n" + line


def mined() -> Iterator[tuple[tuple[str, bool], dict[str, Any]]]:
    """Labels that belong to malformed-link, keyed by sub kind and whether rendering was broken."""
    with (SHARED / "data" / "mined_dev.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["kind"] == "malformed-md" and row["sub"] not in OTHER_RULES:
                yield (row["sub"], row["detail"]["render_changed"]), row
            elif row["kind"] == "link-fixed" and row["sub"].startswith("malformed:"):
                yield (row["sub"], True), row


def recall_on_lines() -> None:
    hits: Counter[tuple[str, bool]] = Counter()
    total: Counter[tuple[str, bool]] = Counter()
    for key, row in mined():
        total[key] += 1
        hit = bool(lines_found(as_document(row["before"])))
        hits[key] += hit
        if not hit:
            print(f"  missed {key[0]}: {row['repo']} {row['before'].strip()[:160]!r}")
    for key in sorted(total):
        print(f"{key[0]:28} {'broken' if key[1] else 'style':7} {hits[key]:4} of {total[key]}")
    for broken in (True, False):
        found, labels = (sum(n for key, n in counter.items() if key[1] == broken) for counter in (hits, total))
        print(f"{'all':28} {'broken' if broken else 'style':7} {found:4} of {labels} = {found / labels:.3f}")


def recall_in_lists() -> None:
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with gzip.open(SHARED / "data" / "mined_context.jsonl.gz", "rt", encoding="utf-8") as lists:
        for one in map(json.loads, lists):
            labels = [x for x in one["labels"] if x["kind"] == "malformed-md" and x["sub"] not in OTHER_RULES]
            found = lines_found(one["text"]) if labels else set()
            for label in labels:
                total[label["sub"]] += 1
                hits[label["sub"]] += label["line"] in found
                if label["line"] not in found:
                    print(f"  missed {label['sub']}: {one['repo']} line {label['line']}")
    for sub in sorted(total):
        print(f"{sub:28} {hits[sub]:4} of {total[sub]}")
    print(f"{'all':28} {hits.total():4} of {total.total()} = {hits.total() / total.total():.3f}")


def read_corpus(hints: bool) -> None:
    count: Counter[tuple[str, str]] = Counter()
    for path in sorted((SHARED / "corpus").glob("*.md")):
        with path.open(encoding="utf-8", newline="") as file:
            source = Source(path.name, file.read())
        for rule, finding in findings(source.text):
            severity = pages()[rule].severities[finding.grade]
            count[rule, finding.grade] += 1
            if hints or severity != Severity.HINT:
                line, column = source.position(finding.span.start)
                shown = " ".join(source[finding.span].split())[:110]
                print(f"{path.stem}:{line}:{column}: {severity}[{rule}] {finding.message}\n    {shown}")
    for (rule, grade), number in sorted(count.items()):
        print(f"{rule:18} {grade:12} {number:4}")


def main() -> None:
    print("== recall on single lines")
    recall_on_lines()
    print("\n== recall in whole lists")
    recall_in_lists()
    print("\n== findings over the corpus")
    read_corpus(hints="--all" in sys.argv)


if __name__ == "__main__":
    main()
