"""`** bold **`, `**bold ** text`, `**never closed`, `*italics.**`: stars that a reader sees.

CommonMark decides by what stands on either side of a run of stars whether it opens or closes
(https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run). A run that found no partner is shown. Single stars
are also signs of their own (`A*`, `*.js`, footnotes), so they need more company than double ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from listbot import own_words
from listbot.checks.unrendered_markdown.grades import LIKELY, RAW
from listbot.document import LEAF_KINDS, Block, Document
from listbot.finding import Edit, Finding, Fix
from listbot.places import Place, of_lines
from listbot.plain_text import Unpaired, unpaired
from listbot.source import Span

_LONGEST_BOLD = 400
_PLAIN_PAIR = re.compile(r"(?<![^\s(])(\*\*?)[^*\s`\[\\<](?:[^*`\[\\<]{0,300}[^*\s`\[\\<])?\1(?![^\s.,:;)])")
"""Emphasis that nobody needs to pair by the rules: blanks around it, and nothing but text inside."""
_SPACED_LINES = re.compile(r"(?<![\w_])__(?=[^_\n]{1,400}__)(?:[^\W_][^_\n]*[ \t]|[ \t][^_\n]*)__(?![\w_])")
"""`__bold __`, `__ bold__`."""
_INSIDE_WORD = re.compile(r"[^\W_]_+[^\W_]")
_NAMES = {"*": "stars", "_": "underlines"}
_LENGTHS = {"*": (1, 2), "_": (2,)}
"""How many marks make text stand out, of those looked at."""
_MOST_RUNS = 12
"""A text with more lonely stars than this is a drawing, a table of marks, or hostile."""
_FEWEST_ITALIC = 2
"""So many paragraphs in italics make another that begins with a star one of them."""
_QUOTE = 30
_CLOSED = re.compile(r"[^\W\d_]\*\*(?:[)\]]| [-–—] |:\s)")
"""What follows the end of bold text; behind a footnote's mark stands a comma or nothing."""
_YEAR = re.compile(r"(?:19|20)\d\d\b")
"""Other numbers behind two stars are powers, or marks of significance."""
_BEFORE = frozenset(' \t\u00a0\u3000([{|"“‘—–-/')
"""What stands before bold text; behind another mark a run ends something."""


class _Text(NamedTuple):
    """A leaf's text with the runs that a reader sees."""

    block: Block
    place: Place
    text: str
    runs: tuple[Unpaired, ...]

    def span(self, start: int, end: int) -> Span:
        return self.place.span(Span(start, end))

    def around(self, run: Unpaired) -> tuple[str, str]:
        """The characters before and after a run; a blank where there is none."""
        return self.text[run.start - 1 : run.start] or " ", self.text[run.end : run.end + 1] or " "


def check(document: Document) -> Iterator[Finding]:
    italic = _italic_paragraphs(document)
    rest: list[tuple[_Text, Unpaired]] = []
    for text in _texts(document, "*"):
        pairs = _spaced_pairs(text)
        yield from (_spaced(document, text, *pair) for pair in pairs)
        taken = {run.start for pair in pairs for run in pair}
        for run in text.runs:
            if run.start not in taken:
                finding = _alone(text, run, italic)
                if finding is not None:
                    yield finding
                else:
                    rest.append((text, run))
    lonely = [(text, run) for text, run in rest if run.length > 1]
    finding = _only_one(*lonely[0]) if len(lonely) == 1 else None
    if finding is not None:
        yield finding
    for text in _texts(document, "_"):  # which stand in names, too: only whole pairs are looked at
        yield from (_spaced(document, text, *pair) for pair in _spaced_pairs(text))


def _texts(document: Document, mark: str) -> Iterator[_Text]:
    """The leaves in which a reader sees marks of emphasis."""
    for block in document.blocks:
        if block.kind not in LEAF_KINDS or mark not in block.text or not _may_be_shown(block.text, mark):
            continue
        place = _place(document, block)
        if place is None:
            continue
        formulas = own_words.math(block.text)
        runs = tuple(
            run
            for run in unpaired(block.text, document.definitions)
            if run.mark == mark
            and not _INSIDE_WORD.match(block.text, max(0, run.start - 1))
            and not any(math.start <= run.start < math.end for math in formulas)
        )
        if 0 < len(runs) <= _MOST_RUNS:
            yield _Text(block, place, block.text, runs)


def _may_be_shown(text: str, mark: str) -> bool:
    return "*" in _PLAIN_PAIR.sub("", text) if mark == "*" else _SPACED_LINES.search(text) is not None


def _place(document: Document, block: Block) -> Place | None:
    """Where a leaf's text stands; None for a cell with escaped pipes, whose text is not the source's."""
    if document.source[block.span] == block.text:
        return Place(block.span.start)
    return of_lines(document.source, block.first, block.text) if block.kind == "paragraph" else None


def _italic_paragraphs(document: Document) -> int:
    """How many paragraphs are nothing but one text in italics."""
    return sum(
        block.kind == "paragraph" and re.fullmatch(r"\*[^*\s][^*]*[^*\s]\*", block.text) is not None
        for block in document.blocks
    )


# Two runs that were meant for each other -----------------------------------------------------------------------------


def _spaced_pairs(text: _Text) -> list[tuple[Unpaired, Unpaired]]:
    """Pairs of runs that are shown, none of them twice."""
    found: list[tuple[Unpaired, Unpaired]] = []
    for run, other in _candidates(text):
        if (not found or found[-1][1].start < run.start) and _is_spaced_pair(text, run, other):
            found.append((run, other))
    return found


def _candidates(text: _Text) -> Iterator[tuple[Unpaired, Unpaired]]:
    """Runs that may belong together: where their number is even, the first and second, the third and fourth, …"""
    runs = text.runs
    if len(runs) % 2 == 0:
        yield from zip(runs[::2], runs[1::2], strict=True)
        return
    for run, other in pairwise(runs):
        before_other, after = text.around(other)
        if not (before_other.isspace() and after.isalnum()):  # that is where another begins
            yield run, other


def _is_spaced_pair(text: _Text, run: Unpaired, other: Unpaired) -> bool:
    """Whether two runs would be a pair but for the blanks inside, or for a letter right behind."""
    inner = text.text[run.end : other.start]
    if (
        run.left != other.left
        or run.left not in _LENGTHS[run.mark]
        or not inner.strip()
        or "\n" in inner
        or len(inner) > _LONGEST_BOLD
    ):
        return False
    before, after_run = text.around(run)
    before_other, after = text.around(other)
    if (before.isalnum() and not _is_wide(before)) or (after_run.isspace() and before not in _BEFORE):
        return False  # a footnote's mark, a power, or the end of something
    if inner == inner.strip():
        return run.left == 2 and run.opens and not other.closes and other.length == 2
    if run.left == 1:
        # one star alone: `*Doe, Roe *, 2020`, and not `a * b * c`, `*.js and *.ts`
        return run.opens and after_run.isalpha() and before_other == " " and not after.isalnum()
    both_apart = after_run.isspace() and before.isspace() and before_other.isspace() and after.isspace()
    return not both_apart or not text.text[: run.start].strip(" >|")


def _is_wide(character: str) -> bool:
    return character >= "\u2e80"


def _spaced(document: Document, text: _Text, run: Unpaired, other: Unpaired) -> Finding:
    marks = run.mark * run.left
    inner = text.text[run.end : other.start]
    cause = "a blank inside" if inner != inner.strip() else "the character behind"
    return Finding(
        text.span(run.start, other.end),
        f"{cause} “{marks}” keeps “{_short(inner)}” from being {_name(run.left)}, and the {_NAMES[run.mark]} are shown",
        RAW,
        fix=_fix(document, text, run, other),
        hint=f"write “{marks}{_short(inner.strip())}{marks}”",
    )


def _name(left: int) -> str:
    return "bold" if left == 2 else "in italics"


def _short(inner: str) -> str:
    shown = " ".join(inner.split())
    return shown if len(shown) <= _QUOTE else shown[: _QUOTE - 1].rstrip() + "…"


def _fix(document: Document, text: _Text, run: Unpaired, other: Unpaired) -> Fix | None:
    """Blanks go from inside the stars to outside; None where the stars would still be shown."""
    if run.length != run.left or other.length != other.left:
        return None
    inner = text.text[run.end : other.start]
    marks = run.mark * run.left
    before, after = text.around(run)[0], text.around(other)[1]
    left = " " if inner[0] == " " and before not in " ([{" and run.start else ""
    right = " " if (inner[-1] == " " or inner == inner.strip()) and (after.isalnum() or after in "[*") else ""
    written = f"{left}{marks}{inner.strip()}{marks}{right}"
    repaired = text.text[: run.start] + written + text.text[other.end :]
    if len(unpaired(repaired, document.definitions)) != len(_all_runs(document, text)) - 2:
        return None
    start, end = run.start, other.end
    edit = Edit(text.span(start, end), written)
    return Fix(f"write “{_short(written)}”", (edit,), safe=inner != inner.strip())


def _all_runs(document: Document, text: _Text) -> list[Unpaired]:
    """All runs that a reader sees, those of `_` and `~` and in formulas included."""
    return unpaired(text.text, document.definitions)


# One run without company ---------------------------------------------------------------------------------------------


def _alone(text: _Text, run: Unpaired, italic: int) -> Finding | None:
    before, after = text.around(run)
    span = text.span(run.start, run.end)
    if run.length == 2 and run.left == 2:
        if before in "([" and after in ")]":
            return Finding(span, "there is nothing between these stars, and they are shown", LIKELY)
        if (
            run.opens
            and not run.closes
            and (before.isspace() or before in "[|")
            and (after.isalpha() or after in "[\"“'" or _YEAR.match(text.text, run.end) is not None)
        ):
            if before == " " and not text.text[: run.start].strip() and not _has_company(text):
                return None  # `**Note` below a table explains a mark in it
            return Finding(span, "“**” is opened here and never closed, and the stars are shown", LIKELY)
        if run.closes and not run.opens and len(text.runs) == 1 and _CLOSED.match(text.text, run.start - 1):
            return Finding(span, "“**” closes nothing here, and the stars are shown", LIKELY)
        return None
    if run.length == 1 and not text.text[: run.start].strip() and _reads_as_italics(text, run, italic):
        return Finding(span, "“*” is opened here and never closed, and the star is shown", LIKELY)
    return None


def _only_one(text: _Text, run: Unpaired) -> Finding | None:
    """A finding on the document's only stars of which nothing else is said: a footnote's mark would be there twice."""
    before, after = text.around(run)
    span = text.span(run.start, run.end)
    whole = run.left == run.length == 2
    if whole and run.closes and (before.isalnum() or before in ").!?") and not after.isalnum() and _has_company(text):
        return Finding(span, "“**” closes nothing here, and the stars are shown", LIKELY)
    if run.left == 1 and run.length > 1 and (run.opens if run.length == 3 else run.opens != run.closes):
        # the text that it was to set apart belongs to the finding: others read it as plain
        other = text.text.find("*", run.end) if run.opens else text.text.rfind("*", 0, run.start)
        whole_span = span if other < 0 else text.span(min(run.start, other), max(run.end, other + 1))
        stars = "*" * run.length
        return Finding(whole_span, f"one star of “{stars}” has no partner, and is shown", LIKELY)
    return None


def _has_company(text: _Text) -> bool:
    """Whether the leaf stands in an item, or as a heading."""
    return text.block.kind == "heading" or text.block.parent >= 0


def _reads_as_italics(text: _Text, run: Unpaired, italic: int) -> bool:
    return (
        text.block.kind == "paragraph"
        and len(text.runs) == 1
        and run.opens
        and text.around(run)[1].isupper()
        and "\n" not in text.text
        and italic >= _FEWEST_ITALIC
    )
