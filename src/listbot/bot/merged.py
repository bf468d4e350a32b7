"""Lines of the merge that was judged -> lines of the pull request's own head, which its patch and its checks count.

Where the branch that a pull request goes to has moved on, the two differ.
"""

from __future__ import annotations

from listbot.alignment import Alignment
from listbot.bot.anchors import Lines
from listbot.source import Source


class Own:
    """One file as it was judged, and as the pull request's head has it; None where that is the same."""

    def __init__(self, judged: Source, own: Source | None) -> None:
        self._judged = judged
        self._own = own
        self._was = Alignment(own, judged) if own is not None else None

    def lines(self, lines: Lines) -> Lines | None:
        """Where lines stand letter by letter, and together, in the head; None where they do not."""
        if self._was is None or self._own is None:
            return lines
        judged, own = self._judged, self._own
        first = self._was.was(lines.first)
        if first is None:
            return None
        there = Lines(first, first + lines.last - lines.first)
        same = there.last <= own.line_count and all(
            judged.line(lines.first + step) == own.line(there.first + step)
            for step in range(lines.last - lines.first + 1)
        )
        return there if same else None

    def near(self, line: int) -> int:
        """Where a line stands in the head, or the nearest one above it that does; else the first."""
        if self._was is None:
            return line
        return next((was for above in range(line, 0, -1) if (was := self._was.was(above)) is not None), 1)
