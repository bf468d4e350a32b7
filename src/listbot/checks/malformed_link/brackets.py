"""Brackets without a partner that touch a link: the link works, and the page shows the bracket.

A bracket that touches no link is left alone: intervals `[0, 1)`, smileys, `a)` and quoted code are nobody's slip.
Where the list writes its labels `[[pdf](…)]`, a `]` behind a label is not one too many: the `[` before it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from listbot.checks.malformed_link import notes
from listbot.checks.malformed_link.grades import BROKEN, STRAY, UNPAIRED
from listbot.document import Document, Link
from listbot.finding import Edit, Finding, Fix
from listbot.habits import majority
from listbot.source import Span
from listbot.typed import IMAGE, LINK, Typed

_PARTNER = {"[": "]", "(": ")", "（": "）", "【": "】", "［": "］"}
_OTHER_HALF = {closing: opening for opening, closing in _PARTNER.items()}
_BRACKETS = frozenset("".join(_PARTNER) + "".join(_PARTNER.values()))
_TOUCHED = frozenset((LINK, IMAGE))
_ROUND_BRACKETS = "()（）"
_ROUND_OPENING = "(（"
"""A parenthesis that is never closed is a slip of the sentence, and no more than that."""
_FURTHEST = 3
"""So many brackets may stand between a link and the one that is too many: `[[pdf](…)]]`."""
_LONGEST_LABEL = 2
"""Words; a longer text is a title."""
_EMPTY_PAIR = re.compile(r"(?<![\w\]])\[\](?=\x01)")
_NEEDS_NO_PARTNER = re.compile(
    r"\([^()]*+\)|[:;=][-'^]?[()]|(?:^\W*|[,;]\s?)\w{1,3}\)|\\[()]|`[^`]*+`|\$[^$]*+\$|\[[^\[\]()]*+\)|\([^()\[\]]*+\]"
)
"""Pairs; smileys, `a)` and `1)` of an enumeration, escapes, code, formulas, half-open intervals."""
_ROUND = re.compile(r"[()]")
_WORD = re.compile(r"\w")
_BLANKS = " \t"
_ESCAPES = re.compile(r"\\[\[\]]")


def check(document: Document, typed: Typed) -> Iterator[Finding]:
    """Every stray bracket of a document."""
    yield from _beside_links(typed, _answered(document), _bracketed(document))
    yield from notes.check(document, typed)
    yield from _escaped(document)
    for pair in _EMPTY_PAIR.finditer(typed.text):
        yield Finding(Span(*pair.span()), "empty brackets stand before this link", STRAY, hint="take them out")
    for link in document.links:
        if link.kind == "inline":
            yield from _inside(document, link)


def _answered(document: Document) -> frozenset[int]:
    """Round brackets right beside a link whose partner stands in its text, so that a reader sees a pair."""
    found: set[int] = set()
    for link in document.links:
        alone = _alone(document, link) if link.kind == "inline" else None
        if alone is not None:
            found.add(link.span.end if document.source.text[alone] in _PARTNER else link.span.start - 1)
    return frozenset(found)


def _bracketed(document: Document) -> Mapping[int, int]:
    """Where the list writes its labels in brackets: from the end of each label's link to its start. Else nothing."""
    text = document.source.text
    labels = [link for link in document.links if link.kind == "inline" and _is_label(document.source[link.label])]
    most = majority(f"{text[max(0, link.span.start - 1)]}{text[link.span.end : link.span.end + 1]}" for link in labels)
    if most is None or not most.settled or most.what != "[]":
        return {}
    return {link.span.end: link.span.start for link in labels}


def _is_label(text: str) -> bool:
    return 0 < len(text.split()) <= _LONGEST_LABEL and "[" not in text


def _beside_links(typed: Typed, answered: frozenset[int], labels: Mapping[int, int]) -> Iterator[Finding]:
    """Unmatched brackets around links and images; an opening and a closing one of unlike kinds are one slip."""
    text = typed.text
    opened = -1
    for at in typed.unmatched:
        if at in typed.excused or (at in answered and text[at] in _ROUND_BRACKETS):
            continue
        touches = _touches(text, at) or _stands_alone(text, at)
        if text[at] in _PARTNER:
            if opened >= 0:
                yield _never_closed(text, opened)
            opened = at if touches else -1
            continue
        if opened >= 0 and "\n" not in text[opened:at]:
            yield _unlike(text, opened, at)
        else:
            if opened >= 0:
                yield _never_closed(text, opened)
            if touches:
                missing = labels.get(at) if text[at] == "]" else None
                yield _never_opened(text, at) if missing is None else _without_opening(at, missing)
        opened = -1
    if opened >= 0:
        yield _never_closed(text, opened)


def _touches(text: str, at: int) -> bool:
    """Whether a link or image is on the bracket's inner side, other brackets between them left out."""
    step = 1 if text[at] in _PARTNER else -1
    for distance in range(1, _FURTHEST + 1):
        place = at + step * distance
        if not 0 <= place < len(text):
            return False
        if text[place] in _TOUCHED:
            return True
        if text[place] not in _BRACKETS:
            return False
    return False


def _stands_alone(text: str, at: int) -> bool:
    """Whether a closing bracket stands between blanks, with a link before it: `[Lark](…) ) - parses`."""
    before = text[max(0, at - _FURTHEST) : at]
    return (
        text[at] in _OTHER_HALF
        and before[-1:] in _BLANKS
        and before.rstrip(_BLANKS)[-1:] == LINK
        and text[at + 1 : at + 2] in _BLANKS + "\r\n"
    )


def _never_closed(text: str, at: int) -> Finding:
    if at and text[at - 1] == "]" and text[at] == "(":
        message = "the target of this link is a link itself, or its “)” is missing"
        return Finding(Span(at, at + 1), message, BROKEN, hint="write [text](URL)")
    return Finding(
        Span(at, at + 1),
        f"“{text[at]}” before this link is never closed",
        UNPAIRED if text[at] in _ROUND_OPENING else STRAY,
        hint=f"put “{_PARTNER[text[at]]}” where it ends, or take it out",
    )


def _never_opened(text: str, at: int) -> Finding:
    return Finding(
        Span(at, at + 1),
        f"“{text[at]}” after this link closes nothing",
        STRAY,
        fix=Fix("take it out", (Edit(Span(len(text[:at].rstrip(_BLANKS)), at + 1), ""),), safe=False),
        hint=f"take it out, or put “{_OTHER_HALF[text[at]]}” where it begins",
    )


def _without_opening(at: int, link: int) -> Finding:
    """A `]` behind a label, whose link begins at `link`, in a list that has its labels in brackets."""
    return Finding(
        Span(at, at + 1),
        "the “[” before this link is missing",
        STRAY,
        fix=Fix("write [ before the link", (Edit(Span(link, link), "["),), safe=False),
        hint="write “[” before it, as the list does elsewhere",
    )


def _unlike(text: str, opened: int, at: int) -> Finding:
    meant = _PARTNER[text[opened]]
    return Finding(
        Span(at, at + 1),
        f"“{text[at]}” after this link closes what “{text[opened]}” opened",
        STRAY,
        fix=Fix(f"write {meant}", (Edit(Span(at, at + 1), meant),), safe=False),
        hint=f"write “{meant}”",
    )


def _escaped(document: Document) -> Iterator[Finding]:
    """`[pdf\\]](…)` where the list writes `[\\[pdf\\]](…)`."""
    labels = [link for link in document.links if link.kind == "inline" and "\\" in document.source[link.label]]
    most = majority("".join(_ESCAPES.findall(document.source[link.label])) for link in labels)
    if most is None or not most.settled or most.what != "\\[\\]":
        return
    for link in labels:
        label = document.source[link.label]
        if _ESCAPES.findall(label) == ["\\]"] and label.endswith("\\]"):
            place, half, where = link.label.start, "\\[", "begins"
        elif _ESCAPES.findall(label) == ["\\["] and label.startswith("\\["):
            place, half, where = link.label.end, "\\]", "ends"
        else:
            continue
        yield Finding(
            link.label,
            f"this link's text {where} without the “{half}” that {most.count:,} of {most.of:,} such texts have",
            STRAY,
            fix=Fix(f"write {half}", (Edit(Span(place, place), half),), safe=True),
            hint=f"write “{half}”",
        )


def _inside(document: Document, link: Link) -> Iterator[Finding]:
    """A round bracket of the link's text whose partner is missing."""
    at = _alone(document, link)
    if at is None:
        return
    half = document.source.text[at]
    opening = half in _PARTNER
    beside = document.source.text[link.span.end : link.span.end + 1] if opening else _before(document, link)
    if beside == (_PARTNER | _OTHER_HALF)[half] or not _WORD.search(document.source[link.label]):
        return  # its other half stands right beside the link
    verb = "closed" if opening else "opened"
    yield Finding(Span(at, at + 1), f"“{half}” in this link's text is never {verb}", UNPAIRED)


def _alone(document: Document, link: Link) -> int | None:
    """The only round bracket of a link's text that has no partner in it."""
    label = document.source[link.label].replace("（", "(").replace("）", ")")
    if not _ROUND.search(label):
        return None
    bare = _NEEDS_NO_PARTNER.sub(lambda found: " " * len(found[0]), label)
    left = [found.start() for found in _ROUND.finditer(bare)]
    return link.label.start + left[0] if len(left) == 1 else None


def _before(document: Document, link: Link) -> str:
    return document.source.text[max(0, link.span.start - 1) : link.span.start]
