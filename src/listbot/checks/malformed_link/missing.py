"""Texts in brackets that were meant to be links, as their siblings are, and have no target.

`[…]` alone is legal and common: tags, venues, notes. What gives a forgotten target away is the company: an item that
begins with a title in brackets among items that begin with a linked title; `[pdf]` in a list whose other `[pdf]`s are
links; `[page](Title of the paper)`; and `[Title]: word`, which Markdown swallows as the definition of a reference.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from listbot.checks.malformed_link import heads
from listbot.checks.malformed_link.grades import BROKEN, DOUBTFUL, NOT_YET
from listbot.checks.malformed_link.joint import short
from listbot.checks.malformed_link.labels import COMPANION, PAPER, PUT_OFF, plain
from listbot.document import Definition, Document
from listbot.finding import Edit, Finding, Fix
from listbot.slugs import slug
from listbot.source import Span
from listbot.typed import LINK, Typed

_TITLE = re.compile(
    r"\[(?![Pp]lease\s|[Aa]dd\b|[Ii]nsert\b|[Yy]our\b|TODO|TBD)(?P<title>[^\[\]\r\n\x01]{12,300}+)\](?!\()"
    r"(?=[*_]*+(?:[:,.;：，。–—-]|[ \t]*+(?:[\r\n]|$|[a-z(–—*_-])))"
)
"""What follows is notes or nothing; a capital letter would make it a tag before the title."""
_FEWEST_WORDS = 3
_BESIDE_ITS_URL = re.compile(
    r"\[(?P<title>[^\[\]\r\n\x01]{2,120}+)\][ \t]{0,3}+(?P<url>https?://[^\s()\[\]<>\x00-\x1f|]*[^\s()\[\]<>\x00-\x1f|.,;:!?*_])"
    r"(?=[.,;:*_]?(?:\s|$))"
)
_NOT_TITLE = re.compile(r"[\W\d_]*|.*\b(?:19|20)\d\d\b.*")
"""A number, a year or a venue is a tag before the title."""
_LABEL = re.compile(r"\[(?P<label>[A-Za-z][A-Za-z ]{1,15})\](?![(\[:：（{h])")
_FEWEST_LINKED_LABELS = 5
_LONGEST_LABEL = 40
_REACH = 400
_BLANK = re.compile(r"[ \t]")
_ENDING = r"\.(?:pdf|md|markdown|html?|png|jpe?g|gif|svg|webp|txt|ipynb|pptx?|docx?|csv|zip)"
_FILE_NAME = re.compile(_ENDING + r"\Z", re.IGNORECASE)
_PART = r"(?:[^()\[\]<>\"\x00-\x1f]|\([^()\[\]<>\"\x00-\x1f]{0,80}\))"
_BLANK_TARGET = re.compile(
    rf"\]\((?:(?P<fragment>#(?!\d){_PART}{{1,200}})|(?P<path>(?!\w+:){_PART}{{1,200}}{_ENDING}))[ \t]?\)", re.IGNORECASE
)
_WORDS_FOR_URL = re.compile(
    r"\[(?P<label>[A-Za-z][A-Za-z ]{1,15})\]{1,2}"
    r"\((?P<words>[^#()\s\x00-\x03][^()\s\x00-\x03]*+(?:[ \t]++[^()\s\x00-\x03]++)++)\)"
)
_WORD = re.compile(r"[\w’'.,+-]+")


def check(document: Document, typed: Typed) -> Iterator[Finding]:
    """Every text of a document that lacks its target."""
    yield from _titles(document, typed)
    with_targets = sorted([*_cut_by_blanks(document, typed), *_spelt_out(typed)], key=lambda finding: finding.span)
    yield from with_targets
    spans = [finding.span for finding in with_targets]
    for label in _labels(document, typed):
        # `[[pdf]](Title of the paper)`: its target is wrong, and so it does not lack one.
        before = bisect_right(spans, label.span)
        if not any(span.overlaps(label.span) for span in spans[max(0, before - 1) : before + 1]):
            yield label
    yield from _swallowed(document)


def _titles(document: Document, typed: Typed) -> Iterator[Finding]:
    """Items that begin with `[A whole title]`, or with `[A title] https://…`, among items that begin with a link."""
    for head in heads.of(document, typed):
        beside = _BESIDE_ITS_URL.match(typed.text, head.at)
        if beside is not None and _NOT_TITLE.fullmatch(beside["title"]) is None:
            yield _without_joint(beside)
            continue
        title = _TITLE.match(typed.text, head.at)
        if (
            title is not None
            and len(_WORD.findall(title["title"])) >= _FEWEST_WORDS
            and not document.links_in(head.block.span)
        ):
            yield Finding(
                Span(*title.span()),
                "this title has no target, and the other items of the list begin with a link",
                BROKEN,
                hint="write [title](URL)",
            )


def _without_joint(found: re.Match[str]) -> Finding:
    """`[A title] https://…`."""
    gap, end = Span(found.end("title") + 1, found.start("url")), found.end("url")
    fix = Fix(f"write [{found['title']}]({found['url']})", (Edit(gap, "("), Edit(Span(end, end), ")")), safe=False)
    return Finding(
        Span(found.start(), end),
        f"the URL of “{short(found['title'])}” stands beside it, and the other items of the list begin with a link",
        BROKEN,
        fix=fix,
        hint=fix.message,
    )


def _labels(document: Document, typed: Typed) -> Iterator[Finding]:
    """`[pdf]` where `[pdf](…)` is how this document writes it."""
    linked = Counter(
        plain(document.source[link.label]).casefold()
        for link in document.links
        if link.kind == "inline" and link.label.end - link.label.start <= _LONGEST_LABEL
    )
    for found in _LABEL.finditer(typed.text):
        label = found["label"].strip().casefold()
        paper = PAPER.fullmatch(label)
        if linked[label] < _FEWEST_LINKED_LABELS or not (paper or COMPANION.fullmatch(label)):
            continue
        if document.entry_at(found.start()) is None:
            continue
        yield Finding(
            Span(*found.span()),
            f"“{found['label']}” has no target here; elsewhere in this list it is a link",
            DOUBTFUL if paper else NOT_YET,
        )


def _cut_by_blanks(document: Document, typed: Typed) -> Iterator[Finding]:
    """`[notes](my notes.pdf)` and `[Usage](#getting started)`."""
    for found in _BLANK_TARGET.finditer(typed.text):
        opening = typed.partner.get(found.start(), -1)
        if not 0 <= found.start() - opening <= _REACH or opening < 0 or LINK in typed.text[opening : found.start()]:
            continue
        kind = "fragment" if found["fragment"] else "path"
        target, span = found[kind].strip(), Span(*found.span(kind))
        if not _BLANK.search(target):
            continue
        written = _anchor(document, target) if kind == "fragment" else _BLANK.sub("%20", target)
        fix = Fix(f"write {written}", (Edit(span, written),), safe=True) if written else None
        hint = fix.message if fix else "the anchor of a heading is in lower case, with “-” for each blank"
        message = f"the blank in the {kind} ends it, so this is no link"
        yield Finding(Span(opening, found.end()), message, BROKEN, fix=fix, hint=hint)


def _anchor(document: Document, fragment: str) -> str | None:
    """The fragment as GitHub writes it, if a heading of that name is there."""
    anchor = slug(fragment[1:].strip())
    return f"#{anchor}" if anchor in document.anchors else None


def _spelt_out(typed: Typed) -> Iterator[Finding]:
    """`[page](Title of the paper)`."""
    for found in _WORDS_FOR_URL.finditer(typed.text):
        label, words = found["label"].strip(), found["words"].strip()
        if (PAPER.fullmatch(label) or COMPANION.fullmatch(label)) and not _FILE_NAME.search(words):
            grade = NOT_YET if PUT_OFF.search(words) else BROKEN
            yield Finding(Span(*found.span()), f"words stand where the URL of “{label}” should be", grade)


def _swallowed(document: Document) -> Iterator[Finding]:
    """`[Title of the paper]: word` at the start of an item: a definition, of which a reader sees nothing."""
    used = {link.destination for link in document.links + document.images if link.kind == "reference"}
    for definition in document.definitions.values():
        if definition.destination is None or definition.destination in used or not _reads_as_title(definition):
            continue
        line = document.source.line_span(definition.line)
        start = document.source.text.find("[", line.start, line.end)
        yield Finding(
            Span(max(line.start, start), definition.destination.end),
            "Markdown takes this line for the definition of a reference, and shows nothing of it",
            BROKEN,
            hint="write [title](URL): notes",
        )


def _reads_as_title(definition: Definition) -> bool:
    words = _WORD.findall(definition.label)
    target = definition.target
    return len(words) >= _FEWEST_WORDS and not definition.label.startswith("^") and not re.search(r"[/#.@:]", target)
