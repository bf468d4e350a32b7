"""Verdicts: what readers judged, kept in the repository under hashes, without a word of the lists. Pure but for files.

`verdicts/<sample>.jsonl` has a row a case and reader: `{"id", "reader", "verdict", "why"}`, `also` where the rule's
second question was answered, and `saw` where the reader saw what the rule proposes to write; sorted, so that files of
two people merge.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).with_name("verdicts")
_VERDICTS = frozenset({"right", "wrong", "unknown"})


class Verdict(NamedTuple):
    """What one reader judged of one case."""

    id: str
    reader: str
    verdict: str
    why: str = ""
    also: str = ""
    saw: str = ""
    """The proposal that was judged with the finding, as `cases.proposal` has it."""


Verdicts = Mapping[tuple[str, str], Verdict]
"""By id and reader."""


def path_of(sample: str) -> Path:
    return FOLDER / f"{sample}.jsonl"


def load(path: Path) -> dict[tuple[str, str], Verdict]:
    """The verdicts of a file; none where there is no file. Raises ValueError, with file and line, for a broken row."""
    return parse(path.read_text("utf-8").splitlines(), path.name) if path.exists() else {}


def parse(lines: Iterable[str], name: str) -> dict[tuple[str, str], Verdict]:
    """The rows of a file. Raises ValueError where one is broken or stands twice."""
    found: dict[tuple[str, str], Verdict] = {}
    for number, line in enumerate(lines, 1):
        try:
            one = Verdict(**json.loads(line))
        except (ValueError, TypeError):
            raise ValueError(f"{name}:{number}: expected an object with id, reader, verdict and why") from None
        if one.reader not in ("a", "b") or one.verdict not in _VERDICTS:
            raise ValueError(f"{name}:{number}: the reader is a or b, the verdict right, wrong or unknown")
        if (one.id, one.reader) in found:
            raise ValueError(f"{name}:{number}: reader {one.reader} judged {one.id} on an earlier line already")
        found[one.id, one.reader] = one
    return found


def dump(verdicts: Iterable[Verdict]) -> str:
    """The text of a file: sorted rows, without empty fields."""
    rows = (
        {key: value for key, value in one._asdict().items() if value or key not in ("also", "saw")}
        for one in sorted(verdicts)
    )
    return "".join(json.dumps(row, sort_keys=False) + "\n" for row in rows)


def standing(known: Verdicts, proposals: Mapping[str, str]) -> Verdicts:
    """The verdicts without those on another proposal than the case has now: they have to be judged anew."""
    return {key: one for key, one in known.items() if one.saw in ("", proposals.get(one.id, one.saw))}


def add(path: Path, new: Iterable[Verdict]) -> None:
    """Put verdicts into a file; a reader's later verdict replaces the earlier one. Written beside, then moved there."""
    whole = load(path) | {(one.id, one.reader): one for one in new}
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(dump(whole.values()))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


class Tally(NamedTuple):
    """What the verdicts say of a sample."""

    of: int
    judged: int
    """By both readers."""
    right: int
    """By both readers right: whatever one of them doubts or does not know counts as false."""
    unknown: int
    """Judged, and unknown to one of them at least."""
    disagreed: tuple[str, ...]
    """Ids on which two readers said different things, in the order of the sample."""
    false: tuple[str, ...]
    """Ids that both judged and not both found right, the disagreements included."""
    also: Mapping[str, Counter[str]]
    """By reader: the answers to the second question, of what that reader found right."""

    @property
    def complete(self) -> bool:
        """Whether a figure may be claimed."""
        return self.judged == self.of > 0

    @property
    def precision(self) -> float:
        return self.right / self.judged if self.judged else 0.0


def tally(ids: Sequence[str], verdicts: Verdicts) -> Tally:
    both = {key: (verdicts[key, "a"].verdict, verdicts[key, "b"].verdict) for key in ids if _judged(key, verdicts)}
    also = {
        reader: Counter(
            one.also for key in ids if (one := verdicts.get((key, reader))) and one.verdict == "right" and one.also
        )
        for reader in ("a", "b")
    }
    return Tally(
        of=len(ids),
        judged=len(both),
        right=sum(pair == ("right", "right") for pair in both.values()),
        unknown=sum("unknown" in pair for pair in both.values()),
        disagreed=tuple(key for key, (a, b) in both.items() if a != b),
        false=tuple(key for key, pair in both.items() if pair != ("right", "right")),
        also=also,
    )


def _judged(key: str, verdicts: Verdicts) -> bool:
    return (key, "a") in verdicts and (key, "b") in verdicts


def on_controls(ids: Collection[str], verdicts: Verdicts) -> tuple[int, int]:
    """How many controls the blind reader judged, and on how many they denied, as an honest reader does."""
    given = [verdicts[key, "b"].verdict for key in ids if (key, "b") in verdicts]
    return given.count("wrong"), len(given)
