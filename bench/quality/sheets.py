"""Work sheets: what a reader sees of a case, and reading what they answered.

A sheet is JSON lines. The reader fills in `answer` and, in a word or three, `why`; the rest stays as it is. Sheets hold
text of the lists and stay outside the repository.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bench.quality import questions
from bench.quality.cases import Case, Listed, proposal
from bench.quality.drawing import digest
from bench.quality.verdicts import Verdict
from listbot import works
from listbot.document import Document
from listbot.finding import Fix
from listbot.source import Span

READERS = ("a", "b")
"""a sees what the rule says; b sees the places only, and controls among them."""
_AROUND = 2
_MOST_LINES = 12
_WIDE = 700
"""Longer lines are cut around the mark."""
_MOST_PLACES = 4
_BESIDE = 12
_WHY = re.compile(r"[a-z][a-z-]{0,15}(?: [a-z-]{1,16}){0,2}")
OPEN_MARK, CLOSE_MARK = "⟦", "⟧"


class SheetError(Exception):
    """A filled sheet that cannot be read; the message says where and what to do."""


def row(case: Case, one: Listed, reader: str) -> dict[str, Any]:
    """What a reader sees of a case. The blind reader's rows of findings and of controls look alike."""
    question = questions.of(case.about)
    asked: dict[str, Any] = {"question": question.open if reader == "a" else question.question}
    asked["answers"] = list(question.answers(reader))
    if reader == "a":
        asked |= {"rule": case.rule, "message": case.message}
    shown: dict[str, Any] = {
        "list": one.file,
        "places": [_place(one.document, span) for span in case.places[:_MOST_PLACES]],
    }
    if question.beside:
        shown["others"] = _family(one.document, case.places[0], case.id)
    if case.fix is not None:
        shown["after"] = _after(one.document, case.fix)
    filled: dict[str, Any] = {"answer": "", "why": ""}
    if question.also is not None:
        asked[f"{question.also.key}?"] = f"{question.also.question} ({', '.join(question.also.answers)})"
        filled[question.also.key] = ""
    return {"id": case.id, **asked, **shown, **filled}


def _place(document: Document, span: Span) -> dict[str, Any]:
    """A place with its section and the lines around it; the place itself stands between ⟦ and ⟧."""
    source = document.source
    first, last = source.line_of(span.start), source.line_of(max(span.start, span.end - 1))
    entry = document.entry_at(span.start)
    top = min(first, entry.first) if entry is not None else first
    bottom = max(last, entry.last) if entry is not None else last
    lines = range(max(1, top - _AROUND, first - _MOST_LINES), min(source.line_count, bottom + _AROUND) + 1)
    section = " / ".join(document.section_path(document.section_at(span.start)))
    shown = [f"{line:>5} {_marked(document, line, span)}" for line in lines[: 2 * _MOST_LINES]]
    return {"section": section, "line": first, "lines": shown}


def _marked(document: Document, line: int, span: Span) -> str:
    here, text = document.source.line_span(line), document.source.line(line)
    if span.end < here.start or span.start > here.end or (span.start == here.end and span.start != span.end):
        return text if len(text) <= _WIDE else text[:_WIDE] + "…"
    start, end = max(span.start - here.start, 0), min(span.end - here.start, len(text))
    before, after = text[:start], text[end:]
    if len(text) > _WIDE:
        before, after = before[-_WIDE // 2 :], after[: _WIDE // 2]
    return before + OPEN_MARK + text[start:end] + CLOSE_MARK + after


def _after(document: Document, fix: Fix) -> list[str]:
    """The lines that a fix touches, as they will be."""
    text, edits = document.source.text, sorted(fix.edits)
    first = document.source.line_span(document.source.line_of(edits[0].span.start)).start
    last = document.source.line_span(document.source.line_of(edits[-1].span.end)).end
    pieces, position = [], first
    for edit in edits:
        pieces += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join([*pieces, text[position:last]]).splitlines()


def _family(document: Document, span: Span, key: str) -> dict[str, Any]:
    """Other links of the list to the same family of works, or to the same host, and which schemes all links have."""
    url = next((link.url for link in document.links if link.span.overlaps(span)), document.source[span])
    family = _family_of(url)
    others = [link.url for link in document.links if _family_of(link.url) == family and not link.span.overlaps(span)]
    some = sorted(others, key=lambda url: digest(key, url))[:_BESIDE]
    schemes = Counter(link.url.partition(":")[0].lower() for link in document.links if "://" in link.url)
    return {
        "family": family,
        "how many": len(others),
        "some": some,
        "schemes of all links": dict(schemes.most_common(2)),
    }


def _family_of(url: str) -> str:
    work = works.of(url)
    if work is not None:
        return work.family
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return url


# What was answered ---------------------------------------------------------------------------------------------------


class Answers(NamedTuple):
    """A filled sheet."""

    verdicts: list[Verdict]
    blank: int
    """Rows without an answer."""


def answers(lines: Sequence[str], reader: str) -> Answers:
    """The verdicts of a filled sheet. Raises SheetError where a row is not as it was or the answer not allowed."""
    rows = list(_rows(lines))
    given = [(number, row) for number, row in rows if row["answer"]]
    return Answers([_verdict(number, row, reader) for number, row in given], len(rows) - len(given))


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise SheetError(f"line {number}: not JSON; each line of a sheet is one object") from None
        if not isinstance(row, dict) or not {"id", "question", "answer", "why"} <= row.keys():
            raise SheetError(
                f"line {number}: a row has id, question, answer and why; fill in a sheet that --draw wrote"
            )
        yield number, row


def _verdict(number: int, row: dict[str, Any], reader: str) -> Verdict:
    question = questions.asking(row["question"])
    if question is None:
        raise SheetError(f"line {number}: no rule asks {row['question'][:60]!r}; leave the question as it was drawn")
    allowed = question.answers(reader)
    if row["answer"] not in allowed:
        raise SheetError(f"line {number}: the answer is {row['answer']!r}; expected one of {', '.join(allowed)}")
    if row["why"] and not _WHY.fullmatch(row["why"]):
        raise SheetError(f"line {number}: why is {row['why'][:40]!r}; expected one to three words in lower case")
    also = row.get(question.also.key, "") if question.also is not None else ""
    if question.also is not None and also and also not in question.also.answers:
        raise SheetError(
            f"line {number}: {question.also.key} is {also!r}; expected one of {', '.join(question.also.answers)}"
        )
    saw = proposal(row.get("message", ""))
    return Verdict(row["id"], reader, question.verdict(reader, row["answer"]), row["why"], also, saw)
