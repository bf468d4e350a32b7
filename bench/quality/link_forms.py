"""`python -m bench.quality link-forms`: how well pdf-link-format does.

The seed list's labels, with the misses and with what nobody labelled; then how many of the link forms
that maintainers changed (`mined_context.jsonl.gz`) are reported: a description of lists' taste, because most of these
changes follow a policy that the list did not have before.
"""

from __future__ import annotations

import json
from collections import Counter

from bench.quality.checked import SHARED, diagnostics, read
from bench.quality.duplicates import SEED, lists_with

RULE = "pdf-link-format"


def main() -> int:
    labels = [x for x in json.loads(read(SHARED / "data" / "seed_labels.json"))["labels"] if x["kind"] == RULE]
    found = [one for one in diagnostics(SEED, read(SHARED / "corpus" / SEED), (RULE,)) if one.severity.value != "hint"]
    lines = {one.start.line for one in found}
    for confidence in ("high", "medium", "low"):
        labelled = {label["line"] for label in labels if label["confidence"] == confidence}
        print(f"seed, {confidence}: {len(labelled & lines)} of {len(labelled)}; missed {sorted(labelled - lines)[:12]}")
    nobody = sorted(lines - {label["line"] for label in labels})
    print(f"seed, not labelled: {nobody}")
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for one in lists_with("pdf-format"):
        reported = {place.start.line for place in diagnostics(one["path"], one["text"], (RULE,))}
        for label in one["labels"]:
            if label["kind"] == "pdf-format":
                total[label["sub"]] += 1
                hits[label["sub"]] += label["line"] in reported
    for sub in sorted(total):
        print(f"changed by maintainers, {sub:16} {hits[sub]:3} of {total[sub]:3} reported")
    return 0
