"""Which lines of a text were there before, wherever they stand now.

A moved line is an old line, so this is no diff: lines are paired by their text (blanks folded), first where their
neighbours agree too, so that of two equal lines the one that stayed is the old one. Linear in the size of the texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import accumulate, pairwise

from listbot.source import Source, Span

_Key = Callable[[Sequence[str], int], Hashable]


class Alignment:
    """The lines of a newer text (`head`), each with the line of the older one (`base`) that it was, or None."""

    def __init__(self, base: Source, head: Source) -> None:
        self._head = head
        self._texts = _folded(head)
        older = _folded(base)
        self._was = _paired(older, self._texts)
        self._rank = list(accumulate(map(bool, older)))

    def was(self, line: int) -> int | None:
        """The 1-based line in the older text that a line of the newer one was; None where the change brought it."""
        before = self._was[line - 1]
        return None if before is None else before + 1

    def touches(self, first: int, last: int) -> bool:
        """Whether the change brought one of these lines (blank ones do not count), or put in or took out between."""
        lines = range(first - 1, last)
        if any(self._was[line] is None and self._texts[line] for line in lines):
            return True
        kept = [self._rank[before] for line in lines if (before := self._was[line]) is not None and self._texts[line]]
        return any(after - before != 1 for before, after in pairwise(kept))

    def touches_span(self, span: Span) -> bool:
        return self.touches(self._head.line_of(span.start), self._head.line_of(max(span.start, span.end - 1)))


def _folded(source: Source) -> list[str]:
    return [" ".join(source.line(line).split()) for line in range(1, source.line_count + 1)]


def _paired(base: Sequence[str], head: Sequence[str]) -> list[int | None]:
    """For each line of `head` the index of its line in `base`; each line of `base` is used once."""
    was: list[int | None] = [None] * len(head)
    start = 0
    while start < min(len(base), len(head)) and base[start] == head[start]:
        was[start] = start
        start += 1
    end = 0
    while end < min(len(base), len(head)) - start and base[-1 - end] == head[-1 - end]:
        was[len(head) - 1 - end] = len(base) - 1 - end
        end += 1
    free: Sequence[int] = range(start, len(base) - end)
    for key in (_between, _after, _before, _alone):
        free = _pair_off(base, head, was, free, key)
    return was


def _pair_off(
    base: Sequence[str], head: Sequence[str], was: list[int | None], free: Sequence[int], key: _Key
) -> Sequence[int]:
    """Pair lines of equal keys that have no partner yet, in the order of the texts. Returns what is left of `base`."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for line in reversed(free):
        waiting[key(base, line)].append(line)
    for line, before in enumerate(was):
        if before is None and (found := waiting.get(key(head, line))):
            was[line] = found.pop()
    return sorted(line for lines in waiting.values() for line in lines)


def _line(texts: Sequence[str], index: int) -> str:
    return texts[index] if 0 <= index < len(texts) else ""


def _between(texts: Sequence[str], index: int) -> Hashable:
    return _line(texts, index - 1), texts[index], _line(texts, index + 1)


def _after(texts: Sequence[str], index: int) -> Hashable:
    return _line(texts, index - 1), texts[index]


def _before(texts: Sequence[str], index: int) -> Hashable:
    return texts[index], _line(texts, index + 1)


def _alone(texts: Sequence[str], index: int) -> Hashable:
    return texts[index]
