"""What is said of the slots of an entry that stand behind its title: the year, and what leads to its labels.

A slot is reduced to a shape (`(2020)`, `|`, bold), and the shape is learned as any other habit is; fewer than forty
entries show none, as slots vary more than separators do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot import separator, vocabulary
from listbot.checks.entry_format.ends import is_stop_of
from listbot.checks.entry_format.outliers import Outlier
from listbot.document import Entry
from listbot.entry_habits import Body
from listbot.finding import Finding
from listbot.habits import Observation
from listbot.source import Span

_ENOUGH = 40
_YEAR = re.compile(r"[*_\"”.,]*[ \t]*(?P<open>[(\[（]?)(?:19|20)\d\d(?!\d)(?:[-./]\d\d?)?(?P<close>[)\]）]?)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LAST_WORD = 6
"""So long is a year with its brackets that is read as a title's last word."""
_MARKS = ("", ".", ",", ":", "|", "。", "，", "：")
_LEADS = "[(（【*_` \t\n"
"""What opens a label, and what stands before it."""
_CLOSING = frozenset("()[]（）【】'’\"”“!?")
_ABBREVIATED = re.compile(r"\b(?:al|[A-Z])\.[\[(（【*_`\s]*\Z")
_LETTER = re.compile(r"[^\W_]")
_MARKUP = re.compile(r"[\[\]*_`\\]+")
_PIECES = {"bold": re.compile(r"(\*\*|__)[^*_]+\1"), "in italics": re.compile(r"([*_])[^*_]+\1")}
_AROUND_PIECE = " \t.,:;([（【"
_AMONG_LABELS = re.compile(r"[\s\[\](){}（）【】*_`\\.,;:|/•·&+-]*")


def years(body: Body) -> Iterator[Observation]:
    """Whether a year stands behind a title, and in which brackets."""
    for entry in body.entries:
        end = separator.title_end(entry)
        if end is not None and entry.kind in ("item", "paragraph"):
            found = _YEAR.match(body.document.source.text, end, _line_end(body, end))
            yield Observation(f"{found['open']}2020{found['close']}" if found else "none", entry.span.start)


def year(body: Body, outlier: Outlier) -> Finding | None:
    """A year in brackets that lacks; one that stands further behind has another place."""
    end = separator.title_end(outlier.entry)
    if end is None or not _is_told(outlier) or outlier.what != "none" or outlier.most.what[:1].isdigit():
        return None
    if _ANY_YEAR.search(body.document.source.text, max(0, end - _LAST_WORD), _line_end(body, end)):
        return None
    reason = outlier.counted("titles", "are followed by a year in brackets")
    return Finding(Span(end - 1, end), f"{reason}; this one is not", "part")


def marks_before_labels(body: Body) -> Iterator[Observation]:
    """The mark between what an entry says and its labels: `ICLR 2021. [pdf]`, `… | [[code]]`.

    The full stop of `et al.` and of `Doe, J.` is none.
    """
    for entry in body.entries:
        before = _before_labels(body, entry)
        if before is not None and not _ABBREVIATED.search(body.document.source[before]):
            mark = _mark(body.document.source[before])
            if mark in _MARKS:
                yield Observation(mark, entry.span.start)


def mark_before_labels(body: Body, outlier: Outlier) -> Finding | None:
    """One that lacks, is another, or is a comma too many; a full stop too many belongs to the sentence before."""
    before = _before_labels(body, outlier.entry)
    most, this = outlier.most.what, outlier.what
    if before is None or outlier.most.of < _ENOUGH or (most == "" and this not in ",，"):
        return None
    if not (outlier.stands_out or (most and this)):
        return None  # tools below papers have other labels
    source = body.document.source
    if "。" in (most, this) and not is_stop_of("。", source[before]):
        return None
    reason = outlier.counted(
        "entries", f"have '{most}' before their labels" if most else "have no mark before their labels"
    )
    says = f"this one has '{this}'" if this else "this one has none"
    end = before.start + len(source[before].rstrip(_LEADS))
    return Finding(Span(end - 1, end), f"{reason}; {says}", "part" if most == "|" else "trifle")


def fronts_of_labels(body: Body) -> Iterator[Observation]:
    """Whether what stands before the labels, behind the last `|`, is bold, in italics, or plain."""
    for entry in body.entries:
        before = _before_labels(body, entry)
        if before is not None:
            yield Observation(_set_apart(body.document.source[before]), entry.span.start)


def front_of_labels(body: Body, outlier: Outlier) -> Finding | None:
    before = _before_labels(body, outlier.entry)
    if before is None or not _is_told(outlier) or outlier.what != "plain" or outlier.most.what not in _PIECES:
        return None
    reason = outlier.counted("entries", f"have what stands before their labels {outlier.most.what}")
    return Finding(before, f"{reason}; here it is plain", "venue")


def _is_told(outlier: Outlier) -> bool:
    return outlier.most.of >= _ENOUGH and outlier.stands_out


def _before_labels(body: Body, entry: Entry) -> Span | None:
    """What an entry says between its title and the labels that end the line; None where it says nothing."""
    document, end = body.document, separator.title_end(entry)
    if end is None or entry.kind not in ("item", "paragraph"):
        return None
    links = [link for link in document.links_in(Span(end, entry.span.end)) if not (link.image or link.badge)]
    if not links or vocabulary.role_of_label(_MARKUP.sub("", document.source[links[0].label]).strip()) is None:
        return None
    start = links[0].span.start
    line = document.source.line_span(document.source.line_of(start))
    before = Span(max(line.start, end), start)
    said = _LETTER.search(document.source[before]) is not None
    return before if said and _are_labels(body, Span(start, line.end)) else None


def _are_labels(body: Body, rest: Span) -> bool:
    """Whether the rest of a line is nothing but links, and the marks between them."""
    text, at = body.document.source.text, rest.start
    for link in body.document.links_in(rest):
        if not _AMONG_LABELS.fullmatch(text, at, max(at, link.span.start)):
            return False
        at = max(at, link.span.end)
    return _AMONG_LABELS.fullmatch(text, at, max(at, rest.end)) is not None


def _mark(before: str) -> str:
    """The mark at the end of what is said before a label, without emphasis and blanks."""
    said = before.rstrip(_LEADS)
    start = len(said)
    while start and not said[start - 1].isalnum() and said[start - 1] not in _CLOSING:
        start -= 1
    return re.sub(r"[\s*_`]+", "", said[start:])


def _set_apart(before: str) -> str:
    piece = before.rstrip(_AROUND_PIECE + "|").rpartition("|")[2].strip(_AROUND_PIECE)
    whole = next((what for what, marks in _PIECES.items() if marks.fullmatch(piece)), None)
    return whole or ("in parts" if re.search(r"[*_]", piece) else "plain")


def _line_end(body: Body, offset: int) -> int:
    return body.document.source.line_span(body.document.source.line_of(offset - 1)).end
