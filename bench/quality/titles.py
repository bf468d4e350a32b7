"""`python -m bench.quality titles`: how well titles are told apart, on the labelled pairs of `title_pairs.jsonl`.

False `dup`s, true pairs below `maybe`, and the counts. Renamed works have nothing in common that a title could tell.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

from bench.quality.checked import SHARED, read
from listbot.title_match import compare


def main() -> int:
    if not SHARED.is_dir():
        print("needs ../shared, which is not here", file=sys.stderr)
        return 2
    count: Counter[tuple[bool, str | None]] = Counter()
    false, below = 0, 0
    for pair in map(json.loads, read(SHARED / "data" / "title_pairs.jsonl").splitlines()):
        tier = compare(pair["a"], pair["b"])
        count[pair["same"], tier] += 1
        if (pair["same"] and tier is None) or (not pair["same"] and tier == "dup"):
            false += not pair["same"] and pair["cls"] != "identical"
            below += pair["same"] and pair["cls"] != "renamed"
            print(f"  {pair['cls']}: {'same' if pair['same'] else 'not the same'}, found {tier}")
    for same in (True, False):
        shown = ", ".join(f"{tier or 'no'} {count[same, tier]}" for tier in ("dup", "maybe", None))
        print(f"  {'same' if same else 'not the same'}: {shown}")
    print(f"  false but for identical titles {false}  goal 1 {'met' if false <= 1 else 'MISSED'}")
    print(f"  true below maybe but for renamed works {below}  goal 0 {'met' if below == 0 else 'MISSED'}")
    return 0
