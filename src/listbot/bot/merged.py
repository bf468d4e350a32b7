"""Lines of the merge that was judged -> lines of the pull request's own head, which its patch and its checks count.

Where the branch that a pull request goes to has moved on, the two differ. And so they do behind a carriage return that
stands alone: it ends a line of Markdown, and none for git and GitHub.
"""

from __future__ import annotations

import re

from listbot.alignment import Alignment
from listbot.bot.anchors import Lines
from listbot.source import Source

_ALONE = re.compile(r"\r(?!\n)")
_LINE_NUMBER = re.compile(r"(?<=\bline )\d+")


class Own:
    """One file as it was judged, and as the pull request's head has it; None where that is the same."""

    def __init__(self, judged: Source, own: Source | None) -> None:
        self._judged = judged
        self._own = own
        self._was = Alignment(own, judged) if own is not None else None
        self._is_judged_alike = not _ALONE.search(judged.text)
        self._is_alike = self._is_judged_alike and not (own is not None and _ALONE.search(own.text))

    def lines(self, lines: Lines) -> Lines | None:
        """Where lines stand letter by letter, and together, in the head; None where they do not, or where GitHub counts
        lines otherwise than we do: what a click replaces must be beyond doubt."""
        if not self._is_alike:
            return None
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
        """Where a line stands in the head, or the nearest one above it that does; else the first. As GitHub counts."""
        if self._was is None or self._own is None:
            return self.shown(line)
        found = next((was for above in range(line, 0, -1) if (was := self._was.was(above)) is not None), 1)
        return found if self._is_alike else _counted(self._own, found)

    def shown(self, line: int) -> int:
        """The number by which GitHub knows a line of the text that was judged."""
        return line if self._is_judged_alike else _counted(self._judged, line)

    def told(self, message: str) -> str:
        """A message of ours, its `line 12` as GitHub counts."""
        if self._is_judged_alike:
            return message
        most = self._judged.line_count
        return _LINE_NUMBER.sub(
            lambda found: str(self.shown(int(found[0]))) if 1 <= int(found[0]) <= most else found[0], message
        )


def _counted(source: Source, line: int) -> int:
    return source.text.count("\n", 0, source.line_span(line).start) + 1
