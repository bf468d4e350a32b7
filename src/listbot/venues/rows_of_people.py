"""How sure a phrase is a row of people."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTICLES = frozenset(
    "de da del della di do dos du van von der den la le el al bin ibn ter y e i jr sr ii iii st zu san".split()
)
_NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*\.?")
_DOTTED = re.compile(r"\.[a-z]")
"""`Next.js` is no name of a person."""
_INITIAL = re.compile(r"(?:[A-Z]\.-?){1,3}|[A-Z]{1,3}\.|[A-Z]")
_MOST_PEOPLE = 400
_AMONG_NAMES = _PARTICLES | frozenset("and et al others etc".split())
_CONJUNCTION = re.compile(r"\band\b|&")
_ACRONYM = re.compile(r"[A-Z]{2,}")
_AND = re.compile(r"\s*(?:,|;|\band\b|&|\n)\s*")
_ET_AL = re.compile(r",?\s*(?:et\.?\s*al\b\.?,?|and others|等(?:人)?|\betc\b\.?|\.\.\.|…)", re.IGNORECASE)
_AFFILIATION = re.compile(r"\s*[(（][^()（）]*[)）]|[*†‡§¶∗#^]|\\\*|\s+\d(?:,\d)*$|(?<=[a-z])\d+$|\u200b")
_MAY_AFFILIATE = re.compile(r"[(（*†‡§¶∗#^\u200b\d]")
_IN_ET_AL = ("et", "other", "等", "...", "…")
"""What every match of `_AFFILIATION` and of `_ET_AL` holds: cheap to look for, and mostly absent."""
_MOST_NAME_WORDS = 5


def _is_person(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= _MOST_NAME_WORDS:
        return False
    if len(words) == 1 and text.isupper() and len(text) > 1 and "." not in text:
        return False
    if words[0] == "A" and len(words) > 2 and not any(map(_INITIAL.fullmatch, words[1:])):
        return False  # the article: `A Fast Training System`
    capital = 0
    for word in words:
        if word.lower().rstrip(".") in _PARTICLES and not word[0].isupper():
            continue
        if not word[0].isupper() or not _NAME.fullmatch(word) or _DOTTED.search(word) is not None:
            return False
        if len(word) > 3 and word.isascii() and _ACRONYM.search(word) and len(word.strip(".")) > 3:
            return False  # an acronym, and no name
        capital += 1
    return capital > 0


def is_et_al(text: str) -> bool:
    """Whether a phrase is nothing but `et al.` or its like."""
    return _ET_AL.fullmatch(text) is not None


def _reads_as_prose(text: str) -> bool:
    """Whether a word begins with a small letter and is no part of names: a quick no for most phrases."""
    words = text.split(None, _MOST_PEOPLE)
    if len(words) > _MOST_PEOPLE:
        return True
    for word in words:  # noqa: SIM110 - a loop takes half the time of any() with a generator
        if word[0].islower() and word.strip(".,;:") not in _AMONG_NAMES:
            return True
    return False


def _are_full(names: list[str]) -> bool:
    """Whether these are two names or more, each of a first name and a surname."""
    return len(names) > 1 and all(2 <= len(name.split()) <= 3 for name in names)


@lru_cache(maxsize=16_384)
def people(text: str) -> int:
    """How sure a phrase is a row of people: 0 not, 1 a single name, 2 two names, 3 more, initials or `et al.`"""
    if "(" not in text and "（" not in text and _reads_as_prose(text):
        return 0
    cleaned = _AFFILIATION.sub("", text) if _MAY_AFFILIATE.search(text) else text
    cleaned = cleaned.strip(" \t.,;:*_-–—\u200b")
    lowered = cleaned.lower()
    others = _ET_AL.search(cleaned) if any(word in lowered for word in _IN_ET_AL) else None
    if others is not None and cleaned[others.end() :].strip(" .,;"):
        return 0
    shorter = cleaned[: others.start()] if others is not None else cleaned
    names = [name for name in _AND.split(shorter) if name]
    if not names or not all(_is_person(name) for name in names):
        return 0
    initials = sum(any(_INITIAL.fullmatch(word) for word in name.split()) and len(name.split()) > 1 for name in names)
    if initials == 1 and others is None and names[0].startswith("A ") and not _are_full(names[1:]):
        return int(len(names) == 1)  # the article: `A Survey`, `A Scalable and Efficient System`
    full = sum(len(name.split()) > 1 for name in names)
    if others is not None or initials * 2 > len(names) or (len(names) > 2 and full * 2 >= len(names)):
        return 3
    if len(names) > 2 and full and _CONJUNCTION.search(shorter) is not None:
        return 2
    surnames_first = len(names) % 2 == 0 and "," in shorter and _CONJUNCTION.search(shorter) is not None
    if len(names) > 1 and (full * 2 >= len(names) or surnames_first):
        return 2
    return 1
