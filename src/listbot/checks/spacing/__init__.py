"""spacing: a blank too many or too few in what a list says in its own words.

Each form is one row of `forms.FORMS`: what is wrong, and what the same place looks like where it is right; links and
titles have their own modules. A list that does the one nearly as often as the other does it on purpose, or does not
care; then the row is silent. Chinese, Japanese and Korean set no blanks between words and brackets, so every row asks
for Latin letters on both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from listbot import own_words
from listbot.checks.spacing import links, titles
from listbot.checks.spacing.forms import FORMS, KEY, TWO, Form
from listbot.document import Document
from listbot.finding import Edit, Finding, Fix
from listbot.habits import ENOUGH
from listbot.own_words import OwnWords
from listbot.rule import Context
from listbot.source import Span

_HARDLY_SEEN = frozenset({TWO, links.EDGE.message})
_UNSEEN = 0.01
"""A page shows two blanks as one, and one at a link's edge by its underline. Where more lines than this have them
somewhere, few would care."""
_ADDRESS = re.compile(r"[\w.+-]{1,80}@[\w-]{1,80}\.[\w.-]{1,80}$")
_LONGEST_ADDRESS = 120
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")
_NEAR = 60
"""So many characters to either side tell in which writing a comma stands."""
_LOWER_BEFORE = re.compile(r"(?<![\w-])[a-z][\w-]* \Z")
_LAST_WORD = re.compile(r"([A-Z][^\W\d_]+),\Z")
_FIRST_WORD = re.compile(r"[A-Z][^\W\d_]+")
_NAME_BEFORE = re.compile(r", [A-Z][^\W\d_]+\Z")
_NAME_BEHIND = re.compile(r"\. [A-Z][^\W\d_]+ [A-Z][^\W\d_]+(?:,| and | & )")
_MOST_STEADY = 5
"""So few wrong places are no habit, whatever the share: a short list has few right ones."""


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    words = own_words.of(document)
    found = [(form, _places(words, form)) for form in FORMS]
    found.append((KEY, _keys(words)))
    found += links.places(document, words.text)
    found += titles.places(document)
    taken: set[int] = set()
    for form, places in found:
        lines = {document.source.line_of(span.start) for span in places}
        unseen = form.message in _HARDLY_SEEN and len(lines) > _MOST_STEADY and len(lines) > _UNSEEN * len(words.leaves)
        grade = "taste" if unseen else form.grade
        for line, in_line in groupby(places, lambda span: document.source.line_of(span.start)):
            spans = [span for span in in_line if span.start not in taken]
            taken.update(span.start for span in spans)
            if spans:
                yield _finding(document, form._replace(grade=grade), spans, line)


def _keys(words: OwnWords) -> list[Span]:
    """Where a line's first word has no blank behind its colon, and at nearly all other lines has one."""
    right = Counter(found[1] for found in words.finditer(KEY.right))
    wrong = [(found[1], Span(*found.span("gap"))) for found in words.finditer(KEY.wrong)]
    count = Counter(key for key, _ in wrong)
    return [gap for key, gap in wrong if right[key] >= max(ENOUGH, KEY.least * (right[key] + count[key]))]


def _places(words: OwnWords, form: Form) -> list[Span]:
    """Where a row is wrong; nothing where the list does so on purpose."""
    found = [Span(*match.span("gap")) for match in words.finditer(form.wrong) if not _is_meant(words.text, match)]
    if not found:
        return []
    right = sum(1 for _ in words.finditer(form.right))
    few = len(found) <= _MOST_STEADY and right >= len(found)
    return found if few or right >= form.least * (right + len(found)) else []


def _is_key_of_list(text: str, match: re.Match[str]) -> bool:
    """Whether the list writes the word before the colon so everywhere, `Game:Chess`, or both are a name in a sentence,
    as in `the Metamod:Source plugin`."""
    key, end = match.re.groupindex.get("key") and match["key"], match.end()
    if not key:
        return False
    start = match.start("key")
    if key.istitle() and _LOWER_BEFORE.search(text, max(0, start - _NEAR), start) and text[end : end + 2] != "A ":
        return True
    written = rf"(?<!\w){re.escape(key)}:"
    close, apart = (sum(1 for _ in re.finditer(written + behind, text)) for behind in (r"(?=[^\W_])", r"(?= )"))
    return close >= ENOUGH and apart < KEY.least * (close + apart)


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """Whether a line sets its columns by blanks, a blank keeps a full stop out of an address of mail, a full stop is a
    slip among names, or the words around are of another writing."""
    start = text.rfind("\n", 0, match.start()) + 1
    if _ADDRESS.search(text, max(start, match.start("gap") - _LONGEST_ADDRESS), match.start("gap")):
        return True
    if _is_key_of_list(text, match) or _is_among_authors(text, match):
        return True
    if "," in match[0] or "，" in match[0]:
        return _is_no_comma(text, match)
    return text[start : match.end()].strip()[:1] == "|" and match["gap"].isspace() and len(match["gap"]) > 3


def _is_among_authors(text: str, match: re.Match[str]) -> bool:
    """Whether names stand before and behind: `Tim Lark, Ann . Wren Ada, Roe`."""
    start, end = match.span("gap")
    before = _NAME_BEFORE.search(text, max(0, start - _NEAR), start)
    return before is not None and _NAME_BEHIND.match(text, end) is not None


def _is_no_comma(text: str, match: re.Match[str]) -> bool:
    """Whether a comma stands among Chinese, Japanese or Korean, or between two names that are one elsewhere."""
    gap = match.span("gap")
    around = (
        text[max(0, gap[0] - _NEAR) : gap[0]].rpartition("\n")[2] + text[gap[1] : gap[1] + _NEAR].partition("\n")[0]
    )
    if _WIDE.search(around):
        return True
    before, behind = _LAST_WORD.search(text, max(0, gap[0] - _NEAR), gap[0]), _FIRST_WORD.match(text, gap[1])
    return before is not None and behind is not None and f"{before[1]} {behind[0]}" in text


def _finding(document: Document, form: Form, spans: list[Span], line: int) -> Finding:
    """One finding a line: who mends one place sees the others."""
    more = f" ({len(spans)} times in this line)" if len(spans) > 1 else ""
    shown = spans[0]
    if shown.start == shown.end:
        shown = Span(shown.start - 1, shown.end + 1)
    in_line = document.source.line_span(line)
    fix = Fix(form.fix, tuple(Edit(span, form.blank) for span in spans), safe=form.safe)
    whole = all(in_line.contains(span) for span in spans)
    heading = document.in_heading(shown.start)
    return Finding(shown, form.message + more, form.grade, fix=fix if whole and not heading else None)
