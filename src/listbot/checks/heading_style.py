"""heading-style: a heading that is written otherwise than nearly all others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from listbot import lexicon, section_roles
from listbot.document import Document, Heading
from listbot.finding import Finding
from listbot.habits import majority
from listbot.rule import Context
from listbot.source import Span

_HOUSE_STYLE = 0.95
_ENOUGH = 10
"""Of fewer headings one may be in title case or not by chance: how many words have a choice is chance too."""
_FEW = 5
"""A first letter, closing punctuation and capitals throughout are seen in every heading, so fewer of them will do."""
_WORD = re.compile(r"[^\W\d_][\w'’.+#-]*")
_PLAIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*,?")
_SMALL = frozenset("a an and as at but by for from in into nor of on or over per the to up via vs with without".split())
_GO_ON = _SMALL - {"a", "an", "the"}
"""A heading that begins with one of these goes on the one above it: `### with Temporal Data`."""
_CLOSING = ":：.。;；,，"
_ABBREVIATED = re.compile(r"(?:^|[^\w])[^\W\d_]{1,3}\.$")
_LETTERS = re.compile(r"[^\W\d_]+,?")
_TWO = 2
_LONG_WORD = 6


class _Habit(NamedTuple):
    """What headings are asked, and what is said of the outliers."""

    observe: Callable[[Heading], str | None]
    does: str
    message: str
    grade: str
    enough: int


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    headings = [heading for heading in document.headings[1:] if heading.text and not heading.nested]
    for habit in _HABITS:
        observed = [(heading, what) for heading in headings if (what := habit.observe(heading)) is not None]
        most = majority(what for _, what in observed)
        if most is None or most.what != habit.does or most.of < habit.enough:
            continue
        if most.of - most.count > max(1, (1 - _HOUSE_STYLE) * most.of):
            continue
        for heading, what in observed:
            if what != most.what and not _is_meant(document, heading, what):
                counted = f"{most.count:,} of {most.of:,}"
                yield Finding(_shown(document, heading), habit.message.format(counted), habit.grade)


def _shown(document: Document, heading: Heading) -> Span:
    """A heading's first line, blanks at its end off."""
    start, end = document.source.line_span(heading.first)
    return Span(heading.span.start, start + len(document.source.text[start:end].rstrip()))


def _is_meant(document: Document, heading: Heading, what: str) -> bool:
    """Whether a heading differs for a reason: its first word is a name, or it is the page's own, as `Contents` is."""
    if what == "open":
        return section_roles.role_of(heading.text) != section_roles.BODY
    if what == "all":
        return not _is_shouted(document, heading)
    return what in ("lower", "upper") and _is_name(document, heading)


def _is_name(document: Document, heading: Heading) -> bool:
    """Whether the first word is that of a tool, which its URL tells; or has a capital, and is nowhere written small."""
    word = _LETTERS.findall(heading.text)[0].rstrip(",")
    small = word.casefold()
    if word != small and re.search(rf"\b{small}\b", document.prose) is None:
        return True
    return any(small in _names_in(link.url.casefold()) for link in document.links)


def _is_shouted(document: Document, heading: Heading) -> bool:
    """Whether capitals are no abbreviation: they spell two words of the language, or one that is written small here."""
    words = [word.rstrip(",").casefold() for word in _LETTERS.findall(heading.text)]
    long = [word for word in words if len(word) >= _LONG_WORD and lexicon.knows(word)]
    return len(long) >= _TWO or any(re.search(rf"\b{word}\b", document.prose) for word in long)


def _names_in(url: str) -> list[str]:
    """The name of a URL's site, and the whole segments of its path: `grafana` of `https://grafana.com/docs`."""
    host, _, path = url.partition("://")[2].partition("/")
    return [*host.split(".")[-_TWO:-1], *re.split(r"[/?#]", path)]


def _first_letter(heading: Heading) -> str | None:
    """Whether a heading of several words begins in lower case; names such as `iOS` and `scikit-learn` show nothing."""
    words = heading.text.split()
    plain = [word for word in words if _WORD.search(word)]
    if len(plain) < _TWO or not _LETTERS.fullmatch(plain[0]) or not plain[0][1:].islower() or plain[0] in _GO_ON:
        return None
    return "lower" if plain[0][0].islower() else "upper" if plain[0][0].isupper() else None


def _first_capital(heading: Heading) -> str | None:
    """As `_first_letter`; a single word with a capital shows that headings begin with one."""
    alone = len(heading.text.split()) < _TWO and _LETTERS.fullmatch(heading.text) and heading.text.istitle()
    return "upper" if alone else _first_letter(heading)


def _words(heading: Heading) -> str | None:
    """Whether every word but the small ones begins in upper case; punctuation at the end is another habit's."""
    shown = heading.text.rstrip(_CLOSING).split()
    words = [word for word in shown[1:] if _PLAIN.fullmatch(word) and word.casefold() not in _SMALL]
    if not words:
        return None
    lower = sum(word.islower() for word in words)
    return "title" if lower == 0 else "sentence" if lower == len(words) else None


def _capitals(heading: Heading) -> str | None:
    """Whether a heading is in capitals throughout; short words may be abbreviations."""
    if not any(len(word) >= _LONG_WORD for word in _LETTERS.findall(heading.text)):
        return None
    return "all" if heading.text.isupper() else "some"


def _closing(heading: Heading) -> str | None:
    """Whether a heading ends in punctuation; the full stop of `etc.` and `Co.` is their own."""
    return "closed" if heading.text[-1:] in _CLOSING and not _ABBREVIATED.search(heading.text) else "open"


_HABITS = (
    _Habit(_first_capital, "upper", "{} headings begin in upper case; this one does not", "first-letter", _FEW),
    _Habit(_first_letter, "lower", "{} headings begin in lower case; this one does not", "trifle", _ENOUGH),
    _Habit(_words, "title", "{} headings are in title case; this one is not", "words", _ENOUGH),
    _Habit(_words, "sentence", "{} headings are in sentence case; this one is not", "words", _ENOUGH),
    _Habit(_capitals, "some", "{} headings are not in capitals throughout; this one is", "capitals", _FEW),
    _Habit(_closing, "open", "{} headings have no punctuation at their end; this one has", "closing", _FEW),
    _Habit(_closing, "closed", "{} headings have punctuation at their end; this one has none", "closing", _FEW),
)
