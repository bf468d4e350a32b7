"""A line of authors -> their names, where the text leaves no choice. Pure.

Lists write `Tri Dao, Daniel Y. Fu, et al.`, `Dao, T., Fu, D.`, `Vaswani et al.` and much else. A comma that stands
between two people in one list stands inside one name in the next; where both readings are possible, none is taken.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MORE = re.compile(
    r"[\s,;]*(?:\b(?:and|&)\s+)?(?:\bet\.?\s*al\b\.?|\band others\b|\bothers\b|\.\.\.|…|等)\s*$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*,\s*(?:(?:and\b|&)\s*)?|\s+(?:and|&)\s+|\s*[、，]\s*", re.IGNORECASE)
_EXPLICIT = re.compile(r"\s(?:and|&)\s|[、，]", re.IGNORECASE)
_NOT_OF_NAMES = re.compile(r"[\d_()\[\]{}<>@/\\=|:!?*\"“”#+$%^~]")
_ORGANISATION = re.compile(
    r"\b(?:universit\w+|institut\w*|laborator\w+|labs?|research|team|group|college|school|academy|cent(?:er|re)|inc|ltd|"
    r"corporation|foundation|project|authors?)\b",
    re.IGNORECASE,
)
_FULL = re.compile(r"\S+(?: \S+){1,5}")
_INITIALS = re.compile(r"[A-Z]{1,3}|(?:[A-Z]\.-?)+|(?:Jr|Sr|II|III|IV)\.?")
_PARTICLES = frozenset("van von de der den del della di da dos du el al bin ibn la le san st.".split())
_LONGEST = 2_000


class PersonNames(NamedTuple):
    """The people that a text names, in its order."""

    names: tuple[str, ...]
    """As written, `First Last` or `Last, First`."""
    more: bool
    """The text says that there are others (`et al.`)."""


def split(text: str) -> PersonNames | None:
    """The names in a line of authors; None where that would be a guess, or where it names an organisation."""
    text = " ".join(text.split()).strip(",;")
    if len(text) > _LONGEST:
        return None
    rest = _MORE.sub("", text)
    more = rest != text
    if not rest or _NOT_OF_NAMES.search(rest) or _ORGANISATION.search(rest):
        return None
    names = _by_semicolons(rest) if ";" in rest else _by_commas(rest, more)
    return PersonNames(names, more) if names and all(map(_could_be_a_name, names)) else None


def _could_be_a_name(text: str) -> bool:
    return any(c.isalpha() for c in text) and text.lower() not in ("and", "others")


def _by_semicolons(text: str) -> tuple[str, ...] | None:
    """`Dao, Tri; Fu, Daniel`: what stands between semicolons is one person, with a comma in the name at most."""
    names = tuple(re.sub(r"^and\s+", "", part.strip(), flags=re.IGNORECASE) for part in text.split(";"))
    clear = all(
        name.count(",") <= 1 and not name.strip().startswith(",") and not _EXPLICIT.search(name) for name in names
    )
    return names if clear else None


def _by_commas(text: str, more: bool) -> tuple[str, ...] | None:
    names = tuple(name for name in _BETWEEN.split(text) if name)
    if "," not in text or len(names) == 1:
        return names
    if not all(_FULL.fullmatch(name) and not _INITIALS.fullmatch(name.split()[-1]) for name in names):
        return None
    one_person = len(names) == 2 and not more and not _EXPLICIT.search(text)
    return None if one_person and names[0].split()[0].lower() in _PARTICLES else names
