"""Bodies have a size: rows are taken whole or not at all, and what is left out is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from listbot.bot.markdown import Markdown

BODY = 60_000
"""Bytes of UTF-8 in a comment or an issue. GitHub refuses 65,536 characters; the rest is for what it counts otherwise
(`reference/bots.md` M11)."""
SUMMARY = 900_000
"""Bytes in a job summary. Over 1 MiB the whole summary is lost."""


_SHARE = 6
"""Of a body, that one row may take before others go past it."""


class Part(NamedTuple):
    """A part of a body: what opens it, its rows, what closes it. Without rows it is `head` alone, always kept."""

    head: Markdown
    rows: Sequence[Markdown] = ()
    tail: Markdown = Markdown("")
    counts: bool = True
    """Whether its rows are missed where they are left out, and not just a help."""


def fitted(parts: Sequence[Part], foot: Markdown, more: Callable[[int], Markdown], limit: int) -> Markdown:
    """All parts, with as many rows as `limit` bytes hold; `more` says how many rows are missing.

    Rows go in their order; after the first that does not fit, none follows, so that nothing grave is left out for
    something small. But one that is larger than a share of the whole never shuts the others out.
    """
    wanted = sum(len(part.rows) for part in parts)
    room = limit - foot.size - more(wanted).size - sum(_frame(part) for part in parts) - 2
    pieces: list[str] = []
    left = 0
    full = False
    for part in parts:
        kept: list[str] = []
        for row in part.rows:
            size = row.size + 1
            if full or size > room:
                full = full or size <= limit // _SHARE
                continue
            room -= size
            kept.append(row.text)
        left += (len(part.rows) - len(kept)) * part.counts
        if kept or not part.rows:
            pieces.extend((part.head.text, *kept, part.tail.text))
    if left:
        pieces.append(more(left).text)
    pieces.append(foot.text)
    return Markdown("\n".join(piece for piece in pieces if piece) + "\n")


def _frame(part: Part) -> int:
    return part.head.size + part.tail.size + 2
