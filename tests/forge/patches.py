"""Patches as git makes them, and which lines of one a review comment may stand on.

difflib finds shorter or longer runs than git does, so a patch may cut a change differently; what GitHub promises holds
all the same: hunks with three lines of context that turn the old text into the new one.
"""

from __future__ import annotations

import difflib
import functools
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


class Anchor(NamedTuple):
    """A line of a patch: which hunk it is in, on which side and line, and how far down the patch it stands."""

    hunk: int
    side: str
    line: int
    position: int


class Change(NamedTuple):
    """What a patch does to one file."""

    patch: str
    additions: int
    deletions: int


@functools.lru_cache(512)
def change(old: str, new: str) -> Change:
    """The patch from one text to another in GitHub's form: hunks only, no file names, no newline at the end."""
    before, after = _lines(old), _lines(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    lines: list[str] = []
    for group in matcher.get_grouped_opcodes(3):
        first, last = group[0], group[-1]
        lines.append(f"@@ -{_span(first[1], last[2])} +{_span(first[3], last[4])} @@{_heading(before, first[1])}")
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                lines += _marked(" ", before[start:end])
            else:
                lines += [*_marked("-", before[start:end]), *_marked("+", after[new_start:new_end])]
    return Change("\n".join(lines), _count(lines, "+"), _count(lines, "-"))


def anchors(patch: str) -> Iterator[Anchor]:
    """Every line of a patch that a comment may stand on; a line of context stands on both sides."""
    hunk, old, new = -1, 0, 0
    for position, line in enumerate(patch.split("\n")):
        if header := _HUNK.match(line):
            hunk, old, new = hunk + 1, int(header[1]), int(header[3])
            continue
        if line[:1] in ("-", " "):
            yield Anchor(hunk, "LEFT", old, position)
            old += 1
        if line[:1] in ("+", " "):
            yield Anchor(hunk, "RIGHT", new, position)
            new += 1


def hunk_until(patch: str, position: int) -> str:
    """The hunk from its header to a position: what GitHub shows above a comment."""
    lines = patch.split("\n")[: position + 1]
    start = max(index for index, line in enumerate(lines) if _HUNK.match(line))
    return "\n".join(lines[start:])


def merged(
    base: Mapping[str, bytes], ours: Mapping[str, bytes], theirs: Mapping[str, bytes]
) -> dict[str, bytes] | None:
    """All files as git merges them; None where it would ask somebody."""
    found: dict[str, bytes] = {}
    for path in {*base, *ours, *theirs}:
        old, mine, other = base.get(path), ours.get(path), theirs.get(path)
        if other == old or mine == other:
            chosen = mine
        elif mine == old:
            chosen = other
        elif old is None or mine is None or other is None or (chosen := _merged(old, mine, other)) is None:
            return None
        if chosen is not None:
            found[path] = chosen
    return found


def _merged(old: bytes, mine: bytes, other: bytes) -> bytes | None:
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / part for part in ("mine", "old", "other")]
        for path, content in zip(paths, (mine, old, other), strict=True):
            path.write_bytes(content)
        done = subprocess.run(["git", "merge-file", "-p", *map(str, paths)], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def _lines(text: str) -> list[str]:
    """Lines with their ends, cut at `\\n` only, as git cuts them."""
    return re.findall(r"[^\n]*\n|[^\n]+$", text)


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _span(start: int, end: int) -> str:
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _heading(lines: list[str], start: int) -> str:
    """The text behind a hunk's header: git takes the last line above that begins with a letter, `_` or `$`."""
    for line in reversed(lines[:start]):
        if re.match(r"[A-Za-z_$]", line):
            cut = line.encode()[:80].decode(errors="ignore").rstrip()
            return f" {cut}"
    return ""


def _count(lines: list[str], mark: str) -> int:
    return sum(line.startswith(mark) for line in lines)
