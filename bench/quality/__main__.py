"""`python -m bench.quality NAME`."""

from __future__ import annotations

import sys

from bench.quality import changes, counts, entries, fixes, noise, precision, rules, sections, titles

MEASURES = {
    "changes": changes.main,
    "counts": counts.main,
    "entries": entries.main,
    "fixes": fixes.main,
    "noise": noise.main,
    "precision": precision.main,
    "rules": rules.main,
    "sections": sections.main,
    "titles": titles.main,
}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in MEASURES:
        print(f"usage: python -m bench.quality {{{','.join(MEASURES)}}} [options]", file=sys.stderr)
        return 2
    return MEASURES[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
