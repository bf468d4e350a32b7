"""Sections: what listbot takes every heading of the corpus to be for, to be read by eye.

There are no labels: the measure is the reader. Every heading that is not body is printed with its list and line, then
how often each role occurs, over all lists and in how many. `python -m bench.quality sections --body` prints the body's
headings instead, because a missing row of the table shows only there.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from listbot.document import Section
from listbot.parser import parse
from listbot.section_roles import BODY
from listbot.source import Source

SHARED = Path(__file__).resolve().parents[3] / "shared"


def sections(path: Path) -> list[Section]:
    return parse(Source(path.name, path.read_bytes().decode("utf-8"))).sections


def main() -> int:
    if not SHARED.is_dir():
        print("needs ../shared, which is not here", file=sys.stderr)
        return 2
    body = "--body" in sys.argv
    headings: Counter[str] = Counter()
    lists: Counter[str] = Counter()
    for path in sorted((SHARED / "corpus").glob("*.md")):
        found = sections(path)
        headings.update(section.role for section in found)
        lists.update({section.role for section in found})
        for section in found:
            if (section.role == BODY) == body:
                heading = section.heading
                print(f"{section.role:<13}{path.stem}:{heading.first}: {'#' * heading.level} {heading.text}")
    for role, number in headings.most_common():
        print(f"{role:<13}{number:>6} headings in {lists[role]} lists")
    return 0
