"""pseudo-heading: a line that stands for a heading and is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from listbot import lost_headings
from listbot.document import Block, Document
from listbot.finding import Finding, Related
from listbot.habits import in_body
from listbot.rule import Context
from listbot.source import Span

_EMPHASIS = re.compile(r"(?P<mark>\*\*|__|\*|_)(?P<text>[^*_\n]{2,80})(?P=mark):?")
_EMPHASIS_ALONE = re.compile(rf"[ \t]*{_EMPHASIS.pattern}[ \t]*")
_SENTENCE = (".", "!", "?", "。", ":", "：")
"""What ends in one says something; what ends in a colon introduces the list below it, and is a title in bold only."""
_MOST_WORDS = 8
_FEW = 0.05
"""Of the headings; more such lines are a habit of the list."""
_FEWEST_HEADINGS = 5


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    linked = lost_headings.read(document)
    yield from _linked(document)
    for grade, find in _FORMS:
        found = [one for one in find(document) if document.source.line_of(one[0].end) not in linked]
        if len(document.headings) >= _FEWEST_HEADINGS and len(found) <= _few(document):
            for span, how in found:
                message = f"a line {how} stands for a heading here; {len(document.headings)} sections have a real one"
                yield Finding(span, message, grade, hint="make it a heading, so that it has an anchor")


def _few(document: Document) -> float:
    return max(1, _FEW * len(document.headings))


def _linked(document: Document) -> Iterator[Finding]:
    """Lines whose anchors are asked for: a link shows that a heading was meant, however many such lines there are."""
    for number, lost in lost_headings.read(document).items():
        line = document.source.line_span(number)
        emphasis = _EMPHASIS_ALONE.fullmatch(document.source.text, line.start, line.end)
        how = "of its own" if emphasis is None else "in bold" if len(emphasis["mark"]) > 1 else "in italics"
        if not lost.hashes:  # those are unrendered-markdown's
            yield Finding(
                Span(*emphasis.span("text")) if emphasis is not None else line,
                f"a line {how} stands for a heading here, and #{lost.anchor} leads nowhere until it is one",
                "linked",
                related=(Related(lost.links[0], "a link to it"),),
                hint="make it a heading, so that it has an anchor",
                explains=lost.links,
            )


def _parting(document: Document) -> Iterator[tuple[Span, str]]:
    """Short lines that part a list from the one below: a rule above them (then from the rule on), or the first list."""
    for before, line, following in _captions(document):
        plain = _EMPHASIS.fullmatch(line.text.strip()) is None and line.text.strip()[:1].isalnum()
        if plain and _lists(following) and not line.text.strip().endswith(_SENTENCE):
            if before.kind == "rule" and line.first == before.last + 1:
                yield Span(before.span.start, line.span.end), "below a rule"
            elif _lists(before):
                yield line.span, "between two lists"


def _emphatic(document: Document) -> Iterator[tuple[Span, str]]:
    """Lines in bold above a list; in italics only where they part two lists, because a note may stand in italics.

    None where more lines stand so, whatever is below them: the list has such lines by habit.
    """
    alone = list(_in_emphasis(document))
    for line, following, how in alone if len(alone) <= _few(document) else ():
        if _lists(following):
            yield line.span, how


def _in_emphasis(document: Document) -> Iterator[tuple[Block, Block, str]]:
    """A line that is all in bold or in italics, the block below it, and which."""
    for before, line, following in _captions(document):
        emphasis = _EMPHASIS.fullmatch(line.text.strip())
        if emphasis is None or emphasis["text"].endswith(_SENTENCE[:4]):
            continue
        if len(emphasis["mark"]) > 1:
            yield line, following, "in bold"
        elif _lists(before) and emphasis["text"][0].isalnum():
            yield line, following, "in italics"


_FORMS: tuple[tuple[str, Callable[[Document], Iterator[tuple[Span, str]]]], ...] = (
    ("parting", _parting),
    ("emphatic", _emphatic),
)


def _captions(document: Document) -> Iterator[tuple[Block, Block, Block]]:
    """A line that may be a caption, with the block above it and the one below it."""
    top: Sequence[Block] = [block for block in document.blocks if block.parent < 0]
    for before, line, following in zip(top, top[1:], top[2:], strict=False):
        if _is_caption(document, line):
            yield before, line, following


def _lists(block: Block) -> bool:
    """Whether a block is a list or a table, or was meant as one."""
    return block.kind in ("list", "table") or block.text.startswith("|")


def _is_caption(document: Document, line: Block) -> bool:
    text = line.text.strip()
    return (
        line.kind == "paragraph"
        and line.first == line.last
        and 0 < len(text.split()) <= _MOST_WORDS
        and any(character.isalpha() for character in text)
        and not document.links_in(line.span)
        and in_body(document, line.span.start)
    )
