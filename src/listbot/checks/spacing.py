"""spacing: a blank too many or too few in what a list says in its own words.

Each form is one row of `FORMS`: what is wrong, and what the same place looks like where it is right. A list that does
the one nearly as often as the other does it on purpose, or does not care; then the row is silent. Chinese, Japanese
and Korean set no blanks between words and brackets, so every row asks for Latin letters on both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from listbot import own_words
from listbot.document import Document
from listbot.finding import Edit, Finding, Fix
from listbot.habits import ENOUGH
from listbot.own_words import OwnWords
from listbot.rule import Context
from listbot.source import Span

_TWO = "two blanks stand here where one is enough"
_LATIN = "A-Za-z\u00c0-\u024f"

_OPENERS = "|".join(
    (
        "A|An|The|It|Its|This|That|These|Those|There|We|Our|They|Their|You|Your|In|On|At|For|From|With|By|To|As|If",
        "When|While|Where|However|Also|And|But|Or|So|Here|Then|Thus|All|Each|Both|Some|Many|Most|Not|No|Only",
    )
)
"""Words that begin sentences and no names."""


class Form(NamedTuple):
    """One way to set blanks wrong."""

    wrong: re.Pattern[str]
    """The group `gap` is what is replaced; it may be empty."""
    right: re.Pattern[str]
    """The same place, set right."""
    least: float
    """The share of right places below which the list is silent: its own habit is another, or none."""
    blank: str
    """What stands in the gap where it is right."""
    message: str
    grade: str
    why: str


def _form(wrong: str, right: str, least: float, blank: str, message: str, grade: str, why: str) -> Form:
    return Form(re.compile(wrong, re.MULTILINE), re.compile(right), least, blank, message, grade, why)


FORMS = (
    _form(
        rf"(?<=[{_LATIN}0-9,:;)\]%–—-])(?P<gap> {{2,}})(?=[{_LATIN}0-9(])",
        r"\w \w",
        0.995,
        " ",
        _TWO,
        "text",
        "between words; a sentence's end and what stands before marks and links are the next row's",
    ),
    _form(
        rf"(?<=[.!?*\x01])(?P<gap> {{2,}})(?=[{_LATIN}0-9(\[\x01])",
        r"(?<=[.!?*\x01]) (?=\S)",
        0.9,
        " ",
        _TWO,
        "taste",
        "two blanks behind a sentence are an old habit of typists, and nobody sees them on the page",
    ),
    _form(
        rf"(?<![\w.\\])(?<!\w-)(?=[{_LATIN}][{_LATIN}'’0-9-]{{0,40}}[{_LATIN}0-9]\()(?:[{_LATIN}'’-]{{2,40}}\d{{0,4}})(?P<gap>)"
        rf"(?=\((?:\?\)|[^()\n\x00\u2e80-\uffef]{{0,80}}?[{_LATIN}]{{3}}[^()\n\x00\u2e80-\uffef]{{0,300}}\)))"
        r"(?!\((?:[A-Z]?[a-z]{1,40}|[^\s()]{0,80},[^\s(),]{0,80})\))",
        rf"[{_LATIN}0-9] \([{_LATIN}?]",
        0.65,
        " ",
        "the blank before “(” is missing",
        "text",
        "words around and words inside; `f(x)`, `SE(3)`, `word(s)`, `Net(working)`, `load(a,b)` are names or one word",
    ),
    _form(
        rf"(?:(?<=['’]\d\d)|(?<=(?:19|20)\d\d))(?P<gap>)(?=\([{_LATIN}]{{3,40}}\))",
        rf"[{_LATIN}0-9] \([{_LATIN}?]",
        0.65,
        " ",
        "the blank before “(” is missing",
        "text",
        "a year and a remark, `2024(oral)`: where the word before is a year, one word inside is no part of a name",
    ),
    _form(
        rf"(?<![\w(/_=.,-])[{_LATIN}][{_LATIN}'’-]{{1,40}},(?P<gap>)(?=[{_LATIN}]{{2,}}[\s.,;:)])",
        rf"[{_LATIN}], [{_LATIN}]",
        0.9,
        " ",
        "the blank behind “,” is missing",
        "text",
        "a word before and a word after",
    ),
    _form(
        r"(?<![\w:/.-])[a-z]{3,40}:(?P<gap>)(?=[A-Z][a-z]{1,40} [a-z])",
        rf"[{_LATIN}]: [{_LATIN}]",
        0.9,
        " ",
        "the blank behind “:” is missing",
        "text",
        "a sentence begins behind it; `key:Value` alone is a tag",
    ),
    _form(
        rf"(?<=[a-z]{{3}})\.(?P<gap>)(?=(?:{_OPENERS}) [a-z])",
        r"[a-z]{3}\. [A-Z]",
        0.0,
        " ",
        "the blank behind “.” is missing",
        "text",
        "a sentence begins behind it, with a word that begins no name: `http.Handler wrapper`, `Node.js` are names",
    ),
    _form(
        rf"(?<![\w:/.@+-])[{_LATIN}][{_LATIN}-]{{1,40}}:(?P<gap>)"
        rf"(?=(?:A|[A-Z][a-z]{{1,40}}) [{_LATIN}]{{1,40}} [{_LATIN}])",
        rf"[{_LATIN}]: [{_LATIN}]",
        0.9,
        " ",
        "the blank behind “:” is missing",
        "text",
        "three words behind it, of which the first begins like a sentence: `MtDNA:Nuclear ratio`, `JSON:API` are names",
    ),
    _form(
        rf"(?<=[{_LATIN}0-9)\]\x01])(?P<gap> +)(?=[,;](?:\s+[{_LATIN}0-9\x01\[(*]|\s*$)|\.\s*$)",
        rf"[{_LATIN}0-9)\]\x01][,;.](?:\s|$)",
        0.9,
        "",
        "the blank before this mark is one too many",
        "text",
        "a comma or semicolon inside a line, a full stop at its end; French sets blanks before others",
    ),
    _form(
        rf"(?<=[{_LATIN}]{{2}})(?P<gap> +)(?=\.\s+[A-Z][a-z]{{2}})",
        rf"[{_LATIN}]{{2}}\. [A-Z]",
        0.9,
        "",
        "the blank before this mark is one too many",
        "text",
        "a full stop between sentences; ` .NET` and ` ...` are no full stops",
    ),
    _form(
        rf"(?<=[{_LATIN}]{{2}})(?P<gap> +)(?=: [{_LATIN}\x01\[])",
        rf"[{_LATIN}]{{2}}: [{_LATIN}\x01\[]",
        0.9,
        "",
        "the blank before this mark is one too many",
        "text",
        "a colon between words; behind a link it sets titles apart, which is `entry-format`'s",
    ),
    _form(
        r"(?<=[a-z]{3})(?P<gap> +)(?=[!?]\s*$)",
        r"[a-z]{2}[!?](?:\s|$)",
        0.5,
        "",
        "the blank before this mark is one too many",
        "text",
        "at a line's end; French sets a blank there, and then does so everywhere",
    ),
    _form(
        rf"(?P<gap>(?<=\s\() +(?=[{_LATIN}]{{2}}[^()\n]{{0,200}}\))|(?<=[a-z]{{2}}) +(?=\)))",
        rf"(?<=\s)\([{_LATIN}]{{2}}|[a-z]{{3}}\)",
        0.9,
        "",
        "the blank inside the brackets is one too many",
        "text",
        "words in brackets; `f( x )` is a call, and so is one letter",
    ),
    _form(
        r"\bet(?:\.)(?P<gap>)(?=al\b)",
        r"\bet\.? al\b",
        0.0,
        " ",
        "the blank in “et al.” is missing",
        "abbreviation",
        "two words of Latin; which of “et al.” and “etc.” was meant is not known",
    ),
    _form(
        r"(?<![\w-])[A-Za-z]?[a-z]{3,40}(?P<gap>)(?=20\d\d[/-]\d{1,2}[/-]\d)",
        r"[a-z] 20\d\d[/-]\d",
        0.0,
        " ",
        "the blank before the date is missing",
        "text",
        "a word grown together with a whole date",
    ),
)
_KEY = _form(
    rf"^[ \t]*([{_LATIN}]{{2,30}}):(?P<gap>)(?=[{_LATIN}\x01\[])",
    rf"(?m)^[ \t]*([{_LATIN}]{{2,30}}): +[{_LATIN}\x01\[]",
    0.9,
    " ",
    "the blank behind “:” is missing",
    "text",
    "`paper: …`, `code: …` in lines of an entry; each word is weighed by itself",
)
_UNSEEN = 0.01
"""A page shows two blanks as one. Where more lines than this have them somewhere, few would care."""
_ADDRESS = re.compile(r"[\w.+-]{1,80}@[\w-]{1,80}\.[\w.-]{1,80}$")
_LONGEST_ADDRESS = 120
_MOST_STEADY = 5
"""So few wrong places are no habit, whatever the share: a short list has few right ones."""


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    words = own_words.of(document)
    found = [(form, _places(words, form)) for form in FORMS]
    found.append((_KEY, _keys(words)))
    taken: set[int] = set()
    for form, places in found:
        lines = {document.source.line_of(span.start) for span in places}
        unseen = form.message == _TWO and len(lines) > _MOST_STEADY and len(lines) > _UNSEEN * len(words.leaves)
        grade = "taste" if unseen else form.grade
        for line, in_line in groupby(places, lambda span: document.source.line_of(span.start)):
            spans = [span for span in in_line if span.start not in taken]
            taken.update(span.start for span in spans)
            if spans:
                yield _finding(document, form._replace(grade=grade), spans, line)


def _keys(words: OwnWords) -> list[Span]:
    """Where a line's first word has no blank behind its colon, and at nearly all other lines has one."""
    right = Counter(found[1] for found in words.finditer(_KEY.right))
    wrong = [(found[1], Span(*found.span("gap"))) for found in words.finditer(_KEY.wrong)]
    count = Counter(key for key, _ in wrong)
    return [gap for key, gap in wrong if right[key] >= max(ENOUGH, _KEY.least * (right[key] + count[key]))]


def _places(words: OwnWords, form: Form) -> list[Span]:
    """Where a row is wrong; nothing where the list does so on purpose."""
    found = [Span(*match.span("gap")) for match in words.finditer(form.wrong) if not _is_meant(words.text, match)]
    if not found:
        return []
    right = sum(1 for _ in words.finditer(form.right))
    few = len(found) <= _MOST_STEADY and right >= len(found)
    return found if few or right >= form.least * (right + len(found)) else []


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """Whether a line sets its columns by blanks, or a blank keeps a full stop out of an address of mail."""
    start = text.rfind("\n", 0, match.start()) + 1
    if _ADDRESS.search(text, max(start, match.start("gap") - _LONGEST_ADDRESS), match.start("gap")):
        return True
    return text[start : match.end()].strip()[:1] == "|" and match["gap"].isspace() and len(match["gap"]) > 3


def _finding(document: Document, form: Form, spans: list[Span], line: int) -> Finding:
    """One finding a line: who mends one place sees the others."""
    more = f" ({len(spans)} times in this line)" if len(spans) > 1 else ""
    shown = spans[0]
    if shown.start == shown.end:
        shown = Span(shown.start - 1, shown.end + 1)
    in_line = document.source.line_span(line)
    name = "put a blank here" if form.blank and spans[0].start == spans[0].end else "take the blanks out"
    fix = Fix(name, tuple(Edit(span, form.blank) for span in spans), safe=form.grade != "abbreviation")
    whole = all(in_line.contains(span) for span in spans)
    heading = document.in_heading(shown.start)
    return Finding(shown, form.message + more, form.grade, fix=fix if whole and not heading else None)
