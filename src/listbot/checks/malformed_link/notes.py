"""Notes in square brackets that lost one of them: `https://tool.example Save]` among `https://tool.example [Save]`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from listbot.checks.malformed_link.grades import STRAY
from listbot.document import Block, Document
from listbot.finding import Finding
from listbot.source import Span
from listbot.typed import Typed

_REACH = 400
_ENOUGH = 5
_SHARE = 0.9
"""Of the items of the list that end with a note or with half of one, so many have it whole."""


def check(document: Document, typed: Typed) -> Iterator[Finding]:
    """Items whose note lacks a bracket, in lists whose items end with a note in brackets."""
    alone = set(typed.unmatched) - typed.excused
    lists: dict[int, list[Block]] = defaultdict(list)
    for index, leaf in enumerate(document.blocks):
        above = document.blocks[leaf.parent] if leaf.parent >= 0 else leaf
        if leaf.kind == "paragraph" and above.kind == "item" and index == leaf.parent + 1:
            lists[above.parent].append(leaf)
    for leaves in lists.values():
        ends = [(leaf, _end(typed, leaf)) for leaf in leaves]
        whole = sum(typed.text[end] == "]" and end in typed.partner for _, end in ends)
        halves = [half for leaf, end in ends if (half := _half(typed, leaf, end, alone)) is not None]
        if whole >= max(_ENOUGH, _SHARE * (whole + len(halves))):
            for half in halves:
                yield _finding(typed, half, whole)


def _finding(typed: Typed, half: int, whole: int) -> Finding:
    other, where = ("[", "begins") if typed.text[half] == "]" else ("]", "ends")
    has_another = typed.text[half] == "]" and "[" in typed.text[typed.line_around(half, _REACH).start : half]
    missing = "“]” closes nothing" if has_another else f"the “{other}” of this note is missing"
    return Finding(
        Span(half, half + 1),
        f"{missing}; {whole:,} other items here end with a note in brackets",
        STRAY,
        hint=f"put “{other}” where the note {where}",
    )


def _end(typed: Typed, leaf: Block) -> int:
    """Where the last character of a paragraph stands that is no blank."""
    return leaf.span.start + len(typed.text[leaf.span.start : leaf.span.end].rstrip()) - 1


def _half(typed: Typed, leaf: Block, end: int, alone: set[int]) -> int | None:
    """The bracket of an item's note whose other half is missing."""
    halves = [at for at in range(leaf.span.start, end + 1) if at in alone]
    if len(halves) != 1:
        return None  # `(0, 1]` is an interval
    (half,) = halves
    if typed.text[half] == "]":
        return half if half == end and _is_word(typed.text[half - 1]) else None
    is_last = typed.text[half] == "[" and "]" not in typed.text[half:end]
    return half if is_last and _is_word(typed.text[half + 1]) else None


def _is_word(character: str) -> bool:
    """Brackets beside links are told where links are."""
    return character.isalnum()
