"""`python -m bench.quality NAME`."""

from __future__ import annotations

import sys

from bench.quality import changes, counts, duplicates, entries, link_forms, sections

MEASURES = {
    "changes": changes.main,
    "counts": counts.main,
    "duplicates": duplicates.main,
    "entries": entries.main,
    "link-forms": link_forms.main,
    "sections": sections.main,
}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in MEASURES:
        print(f"usage: python -m bench.quality {{{','.join(MEASURES)}}} [options]", file=sys.stderr)
        return 2
    return MEASURES[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
