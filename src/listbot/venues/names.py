"""The venue of a phrase: a name of the table, with what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from listbot import tables
from listbot.venues.dates import CENTURY, YEAR, year

_WORD = re.compile(r"['’`]?\d+(?:[./]\d{1,2}){0,2}|[^\W\d_](?:[\w&+.-]*[^\W\d_+])?|[^\s]")
_ARXIV_ID = re.compile(
    r"(?P<name>ar[Xx]iv|bioRxiv|medRxiv|CoRR)(?:\s+preprint)?[:\s]+(?:arXiv:|abs/)?(?:\d{4}\.\d{4,5}|\d{4}\.\d\d\.\d\d\.\d{6,}|\d{6,})(?:v\d+)?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:(?:to appear|accepted|published|presented|appear(?:ed|s|ing))(?: as \w+)?\s+)?(?:in|at|by|to|on|for)"
    r"|accepted|published|presented)(?::|\s)\s*(?:the\s+)?(?=[A-Z0-9])",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(rf"{YEAR}\s*[-–/:,]\s*(?=[^\W\d_])")
"""`2013-NIPS`: the year is read, and no part of the name."""
_DATED = re.compile(r"(?P<name>.*[^\s,;])(?:\s*[,;]\s*|\s+on\s+)(?P<date>[^,;]+)", re.DOTALL)
_CITATION = re.compile(rf"[^\W\d_][^()]*\({YEAR}\)")
"""A journal's name, volume and year, as in `Elife 12 (2023): e79854`."""
_WHO_AND_WHEN = re.compile(r"[^\W\d_][^()\d]*\((?:19|20)\d\d\)")
_FULL_YEAR = re.compile(YEAR)
_SHORT_YEAR = re.compile(r"['’`]?\d\d")
_TWO_DIGITS = re.compile(r"\d\d")
_SMALL = frozenset("of the on in for and at to & : , . - / @ ( ) ' ’ a an v".split())
_ACRONYM = re.compile(r"[A-Z]{2,}")
_BEFORE_NAME = _SMALL | frozenset(
    "proceedings proc findings annual international conference workshop symposium meeting ieee acm springer".split()
)
"""Words that may stand before a venue's name and belong to it."""
_DIGIT = re.compile(r"\d")
_ASCII_DIGIT = re.compile(r"[0-9]")
"""Twice as fast: no table of Unicode is asked."""
_NO_LETTERS = re.compile(r"[^\w&+/ -]|\d")
_JOINTS = re.compile(r"[-_/]+")
_ALNUM = re.compile(r"[^\W_]")
_WORDS = re.compile(r"(?:[^\W_]|[&+])++")
_FIRST_WORD = re.compile(r"[^\W_](?:[^\W_]|[&+])*+")
_IN_LEAD = frozenset("to appear appeared appears appearing accepted published presented in at by on for".split())
"""The first words of `_LEAD`."""
_FOLDED = bytes(ord(chr(code).lower() if _WORDS.match(chr(code)) else " ") for code in range(128)) + bytes(128)
"""For `bytes.translate`: ASCII letters become small, and what is in no word a blank."""
_LONGEST = 240
_MOST_WORDS = 16


class Venue(NamedTuple):
    """Where a venue stands in the phrase, as offsets, and the year that stands with it."""

    start: int
    end: int
    year: int | None


class _Words(NamedTuple):
    whole: frozenset[str]
    """Full names, in lower case with single blanks."""
    single: frozenset[str]
    """Names of one word."""
    open: frozenset[str]
    tell: tuple[str, ...]
    suffix: frozenset[str]


@cache
def _words() -> _Words:
    table = tables.load("venues")
    whole = frozenset(_plain(name) for name in table["names"])
    single = frozenset(word for name in whole for word in [name] if " " not in word)
    suffix = frozenset(word.lower() for words in table["suffixes"] for word in words.split())
    return _Words(whole, single, frozenset(_plain(name) for name in table["open"]), tuple(table["words"]), suffix)


def _plain(name: str) -> str:
    return " ".join(_JOINTS.sub(" ", name).lower().split())


def may_hold(text: str) -> bool:
    """Whether a text may hold a venue or a year: a quick no for most notes."""
    if _has_digit(text) or _tells(text):
        return True
    if text.isascii():  # bytes are lowered, blanked and split in half of the time of any expression
        return not _first_words_folded().isdisjoint(text.encode("ascii").translate(_FOLDED).split())
    return not _first_words().isdisjoint(_WORDS.findall(text.lower()))


def _has_digit(text: str) -> bool:
    return (_ASCII_DIGIT if text.isascii() else _DIGIT).search(text) is not None


@cache
def _first_words() -> frozenset[str]:
    names = tables.load("venues")["names"]
    return frozenset(word for name in names for word in _WORDS.findall(name.lower())[:1])


@cache
def _first_words_folded() -> frozenset[bytes]:
    return frozenset(word.encode("utf-8") for word in _first_words())


def _tells(text: str) -> bool:
    return _telling_words().search(text) is not None


@cache
def _telling_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _words().tell)))


def _may_be(text: str) -> bool:
    """Whether a phrase as a whole may be a venue: it begins like one, has a digit or a telling word."""
    first = _FIRST_WORD.search(text)
    if first is None:
        return False
    return first[0].lower() in _openings() or _has_digit(text) or _tells(text)


@cache
def _openings() -> frozenset[str]:
    """The words with which a venue's name begins, or what may stand before it."""
    table = _words()
    return _first_words() | table.single | table.suffix | _BEFORE_NAME | _IN_LEAD


@lru_cache(maxsize=32_768)
def venue(text: str, marked: bool = False) -> Venue | None:
    """The venue that a phrase is: `CVPR 2024`, `In Proceedings of EMNLP`, `NeurIPS'23 Workshop`, `arXiv:2401.06151`.

    `marked` phrases stand between brackets, in italics, under a venue's column: there an unknown name with a year is
    a venue, and a word that prose uses too (`Nature`) is one.
    """
    if len(text) > _LONGEST or not _may_be(text):
        return None
    start = len(text) - len(text.lstrip(' \t.,;:|([*_`"“-–—\u200b'))
    end = len(text.rstrip(' \t.,;:|*_`"”-–—\u200b'))
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    core = text[start:end]
    if not core or len(core) > 160 or not any(c.isalpha() for c in core):
        return None
    if core.endswith((")", "]")) and not ("(" in core or "[" in core):
        core, end = core[:-1].rstrip(), end - 1
    preprint = _ARXIV_ID.fullmatch(core)
    if preprint is not None:
        return Venue(start, start + preprint.end("name"), None)
    years = _years(core)
    dating = _YEAR_FIRST.match(core)
    if dating is not None:
        core, start = core[dating.end() :], start + dating.end()
    dated = _DATED.fullmatch(core) if "," in core or ";" in core or "on" in core else None
    if dated is not None and year(dated["date"]) is not None:
        core, years = dated["name"], [year(dated["date"]) or 0]
        end = start + len(core)
    found = _known(core, marked or bool(years) or lead is not None)
    if not found and dating is not None:
        found = _ACRONYM.fullmatch(core) is not None  # `2014-ML`: a journal that no table knows
    if not found:
        found = _telling(core, marked or lead is not None)
    if not found and marked and years and ";" not in core:
        found = _looks_like_name(core) or _CITATION.match(core) is not None
    return Venue(start, end, years[-1] if years else None) if found else None


def _years(core: str) -> list[int]:
    if _DIGIT.search(core) is None:
        return []
    found = []
    previous = ""
    for word in _WORD.findall(core):
        if _FULL_YEAR.match(word) and len(word) <= 10:
            found.append(int(word[:4]))
        elif _SHORT_YEAR.fullmatch(word) and (not word[0].isdigit() or previous.isupper()):
            found.append(CENTURY + int(word[-2:]))
        elif word[0] in "'’`" and _FULL_YEAR.match(word[1:]):
            found.append(int(word[1:5]))
        elif previous in ("'", "’") and _TWO_DIGITS.fullmatch(word):
            found.append(CENTURY + int(word))  # `EuroSys' 26`
        previous = word
    return found


def _known(core: str, marked: bool) -> bool:
    """Whether every word belongs to a known venue: its name, its suffixes, small words, a year."""
    table = _words()
    letters = _plain(_NO_LETTERS.sub(" ", core))
    if letters in table.whole:
        return marked or letters not in table.open or bool(_years(core))
    names = rest = 0
    years: list[int] | None = None
    before = _BEFORE_NAME
    for word in _WORD.findall(core):
        lowered = word.lower()
        if lowered in table.single or lowered.replace("-", " ") in table.whole:
            if not marked and lowered in table.open:
                years = _years(core) if years is None else years
                names += bool(years)
            else:
                names += 1
        elif "-" in word and all(part.lower() in table.single | table.suffix for part in word.split("-")):
            names += 1
        elif (
            lowered in before
            or (names and lowered in table.suffix)
            or word[0] in "'’`"
            or word[0].isdigit()
            or _ALNUM.search(word) is None
        ):
            rest += 1
        else:
            return False
    return names > 0 and rest <= _MOST_WORDS


def _telling(core: str, marked: bool) -> bool:
    """A phrase with a word such as Proceedings or Journal in it."""
    if len(core.split()) > _MOST_WORDS or not (marked or core[0].isupper()) or not _tells(core):
        return False
    return (
        marked or bool(_years(core)) or core.startswith(("Proc", "IEEE", "ACM", "Journal", "Transactions", "Findings"))
    )


def _looks_like_name(core: str) -> bool:
    words = [word for word in _WORD.findall(core) if word[0].isalpha()]
    capital = [word for word in words if word[0].isupper() or word.lower() in _SMALL]
    return 0 < len(words) <= 8 and len(capital) == len(words) and words[0][0].isupper() and year(core) is None


@lru_cache(maxsize=16_384)
def is_known(text: str) -> bool:
    """Whether a text is nothing but a venue of the table, with its year and suffixes."""
    core = text.strip(" .,;:()[]")
    return bool(core) and may_hold(core) and _known(core, True)


def cites(text: str) -> bool:
    """Whether a link's text has the form of a citation, `Lark, Finch (1998)`, and no table knows the name for a venue:
    nobody can tell then whether a person or a journal is meant."""
    return len(text) <= _LONGEST and _WHO_AND_WHEN.fullmatch(text) is not None and not is_known(text)


_IN_TEXT = re.compile(
    r"(?<![\w/.-])(?P<name>[A-Z][A-Za-z&/-]*[A-Za-z])(?:\s?['’]\s?|\s|-)?(?P<year>(?:19|20)\d\d|\d\d)(?![\w/-]|\.\d)"
)


def venue_in(text: str) -> Venue | None:
    """The first known venue with a year inside a text: `… for LLM serving, accepted by EuroSys'25`."""
    return next(venues_in(text), None)


def venues_in(text: str) -> Iterator[Venue]:
    """The known venues with a year inside a text."""
    for match in _IN_TEXT.finditer(text):
        name = match["name"].lower()
        if (name in _words().single or name.replace("-", " ") in _words().whole) and not (
            len(match["year"]) == 2 and not match["name"].isupper() and "'" not in match[0] and "’" not in match[0]
        ):
            number = int(match["year"])
            start, end = match.span()
            yield Venue(start, end, number if number >= CENTURY // 2 else CENTURY + number)
